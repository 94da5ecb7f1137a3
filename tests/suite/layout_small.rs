//! Characters that are set otherwise than their face: 上标 and 下标, those that the face lacks, digits in 黑体.

use huibao::document::{Annex, Block};
use huibao::layout;
use huibao::source::docx;

use crate::frames::{Run, near, sheets};
use crate::layout_docx::part;
use crate::layout_pdf::{KIT, official, paragraph, report, text};

#[test]
fn formulas_and_units_are_set_small() {
    let said = "SO₂、PM₂.₅和CO₂达标，PM₂.₅为33μg/m³，排放强度为1.2×10⁻⁶。";
    let document = report(vec![paragraph(said)]);
    let sheet = &sheets(&document)[0];
    let exact = |said: &str| sheet.runs.iter().find(|run| run.text == said).unwrap_or_else(|| panic!("no {said}"));
    let (line, down) = (exact("SO"), exact("2"));
    let letter = sheet.runs.iter().find(|run| run.text.contains('³')).unwrap();
    assert_eq!(down.family, "Liberation Serif");
    near(down.size / line.size, 0.58, 0.001);
    assert!(down.y > line.y + 0.3 && down.y < line.y + 0.7, "{} {}", line.y, down.y);
    assert!(letter.family == "Liberation Serif" && letter.size == line.size, "{letter:?}");
    let power = exact("−6");
    let base = sheet.runs.iter().find(|run| (run.x1 - power.x0).abs() < 0.2 && run.text.ends_with("10")).unwrap();
    assert!(power.y < base.y - 1.0 && power.family == "Liberation Serif", "{power:?} {base:?}");
    let bytes = layout::docx(&document, &KIT).unwrap();
    let xml = part(&bytes, "word/document.xml");
    assert!(
        xml.contains(r#"<w:vertAlign w:val="subscript"/>"#) && xml.contains(r#"<w:vertAlign w:val="superscript"/>"#)
    );
    // Read back, the text is as it was written.
    let read = docx::read(&bytes).unwrap();
    assert!(read.paragraphs().iter().any(|paragraph| paragraph.text == said));
}

#[test]
fn a_small_character_stays_with_its_formula() {
    for before in 0..30 {
        let said = format!("{}PM₂.₅和SO₂的浓度为每立方米33μg/m³，比上年低{}。", "浓".repeat(before), "度".repeat(20));
        let sheets = sheets(&report(vec![paragraph(&said)]));
        let small: Vec<&Run> = sheets[0].runs.iter().filter(|run| run.size < 10.0).collect();
        assert_eq!(small.len(), 3);
        for run in small {
            let holds = |before: &&Run| (before.x1 - run.x0).abs() < 0.2 && (before.y - run.y).abs() < 3.0;
            assert!(sheets[0].runs.iter().filter(|run| run.size > 15.0).any(|b| holds(&b)), "{before}: {run:?}");
        }
    }
}

#[test]
fn a_character_that_the_face_lacks_stands_and_weighs_as_its_neighbours() {
    let mut document = official(0, false);
    document.masthead.issuer_mark = vec![text("浉源县人民政府")];
    document.front.title = text("浉源县人民政府关于䶮水镇工作情况的报告");
    document.body.insert(0, paragraph("㙍头村和浉河区。"));
    let sheet = &sheets(&document)[0];
    let red = sheet.runs.iter().filter(|run| run.red);
    let (rare, own): (Vec<&Run>, Vec<&Run>) = red.partition(|run| run.family != "FandolSong");
    assert_eq!(rare.iter().map(|run| run.text.as_str()).collect::<String>(), "浉");
    // 7.2.4: the top of the mark's ink, whoever draws it.
    near(rare[0].ink.0, own[0].ink.0, 0.6);
    assert!(rare[0].size > 0.9 * own[0].size);
    for title in ["浉", "䶮"] {
        let title = sheet.runs.iter().find(|run| !run.red && run.text == title && run.size > 20.0).unwrap();
        let own = sheet.find("源县人民政府");
        assert!(title.family == "Noto Serif SC" && own.size > 20.0, "{title:?} {own:?}");
    }
    let bytes = layout::docx(&document, &KIT).unwrap();
    let xml = part(&bytes, "word/document.xml");
    let bold = xml.matches(r#"<w:rStyle w:val="RareText"/><w:b/>"#).count();
    assert_eq!(bold, 3, "the mark and twice in the title");
    assert!(xml.matches(r#"<w:rStyle w:val="RareText"/>"#).count() > bold);
}

#[test]
fn secrecy_and_annexes_have_the_digits_of_their_face() {
    let mut document = official(0, false);
    let annex =
        |title: &str| Annex { title: text(title), blocks: vec![paragraph("全区3个站点。")], landscape: false };
    document.annexes = vec![annex("进度表"), annex("名册")];
    let sheets = sheets(&document);
    let runs: Vec<_> = sheets.iter().flat_map(|sheet| &sheet.runs).collect();
    for said in ["秘密★1年", "附件1", "附件2"] {
        // 7.2.2 and 7.3.7: all of it in 黑体.
        let run = runs.iter().find(|run| run.text == said).unwrap_or_else(|| panic!("{said} is not one run"));
        assert_eq!(run.family, "FandolHei");
    }
    assert!(runs.iter().any(|run| run.text == "3" && run.family == "Liberation Serif"));
    let xml = part(&layout::docx(&document, &KIT).unwrap(), "word/document.xml");
    let own = r#"<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:cs="黑体" w:eastAsia="黑体""#;
    assert_eq!(xml.matches(own).count(), 1);
    assert!(xml.contains(">附件1<") && xml.contains(">附件2<"));
}

#[test]
fn a_table_counts_small_characters_as_narrow() {
    let block = |said: &str| Block::Paragraph { lead: None, text: text(said) };
    let line = |said: &str| sheets(&report(vec![block(said)]))[0].find("立方米").x0;
    let wide = line("10 2立方米") - line("10立方米");
    let small = line("10⁵立方米") - line("10立方米");
    assert!(small > 1.0 && small < wide, "{small} {wide}");
}
