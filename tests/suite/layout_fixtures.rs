//! The fixture documents of tests/fixtures, made as a user makes them: places on the page in mm
//! (layout on Typst's frames) and the same said by the DOCX, row by row of the standard.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use huibao::document::Document;
use huibao::layout::{self, ColophonPage};
use huibao::pipeline::{self, Request};

use crate::frames::{Run, Sheet, near, sheets};
use crate::layout_pdf::KIT;

const OFFICIAL: [&str; 6] = ["sealed", "upward", "joint", "joint-five", "stamp", "many"];
/// mm: a line, a character of 3号 and of 4号.
const LINE: f64 = 225.0 / 22.0;
const CELL: f64 = 156.0 / 28.0;
const CELL_4: f64 = 14.0 * 25.4 / 72.0;

pub fn fixture(pack: &str, data: &str) -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(pack);
    let request = Request {
        data: vec![folder.join(format!("{data}.yaml"))],
        template: Some(folder.to_string_lossy().into_owned()),
        folders: vec![PathBuf::from(env!("CARGO_MANIFEST_DIR"))],
        ..Request::default()
    };
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{data}: {:?}", f.diagnostics));
    pipeline::compose(&material, None, false).unwrap_or_else(|found| panic!("{data}: {found:?}")).document
}

fn official(data: &str) -> (Document, Vec<Sheet>) {
    let document = fixture("official", data);
    let sheets = sheets(&document);
    (document, sheets)
}

fn part(document: &Document, name: &str) -> String {
    let profile = layout::pages(document, &KIT).unwrap().profile;
    let made = layout::docx_with(document, &KIT, &profile).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(made)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

/// A paragraph of the DOCX with a text, from its start.
fn paragraph<'x>(xml: &'x str, text: &str) -> &'x str {
    let at = xml.find(text).unwrap_or_else(|| panic!("no {text}"));
    &xml[xml[..at].rfind("<w:p>").unwrap()..at + xml[at..].find("</w:p>").unwrap()]
}

/// The line of a run: left and right edge of all that shares its baseline.
fn line(sheet: &Sheet, run: &Run) -> (f64, f64) {
    let runs = sheet.runs.iter().filter(|r| (r.y - run.y).abs() < 0.1 && !r.text.trim().is_empty());
    runs.fold((f64::INFINITY, 0.0), |edge, r| (edge.0.min(r.x0), edge.1.max(r.x1)))
}

/// The page of the signature and the year of its date.
fn signed(sheets: &[Sheet]) -> (&Sheet, &Run) {
    let year = |sheet: &'_ Sheet| sheet.runs.iter().rposition(|run| run.text == "2026" && run.size == 16.0);
    let page = sheets.iter().rfind(|sheet| year(sheet).is_some()).unwrap();
    (page, &page.runs[year(page).unwrap()])
}

fn on_page<'s>(sheets: &'s [Sheet], text: &str) -> (&'s Sheet, &'s Run) {
    let found = sheets.iter().find_map(|sheet| Some((sheet, sheet.runs.iter().find(|run| run.text.contains(text))?)));
    found.unwrap_or_else(|| panic!("no {text}"))
}

#[test]
fn g_7_2_4_and_7_2_7_mark_number_and_rule() {
    for data in OFFICIAL {
        let (_, sheets) = official(data);
        let first = &sheets[0];
        let red: Vec<&Run> = first.runs.iter().filter(|run| run.red).collect();
        assert!(red.iter().all(|run| run.family == "FandolSong"), "{data}");
        near(red.iter().map(|run| run.ink.0).fold(f64::INFINITY, f64::min), 72.0, 1.0);
        let edges = red.iter().fold((f64::INFINITY, 0.0f64), |e, run| (e.0.min(run.x0), e.1.max(run.x1)));
        near((edges.0 + edges.1) / 2.0, 106.0, 0.7);
        assert!(edges.0 > 27.9 && edges.1 < 184.1, "{data} {edges:?}");
        let number = first.find("〔");
        let rule = first.rules.iter().find(|rule| rule.1 - rule.0 > 100.0).unwrap();
        near(rule.0, 28.0, 0.1);
        near(rule.1, 184.0, 0.1);
        let ink = first.runs.iter().filter(|run| (run.y - number.y).abs() < 0.1).map(|run| run.ink.1);
        near(rule.2 - ink.fold(0.0, f64::max), 4.0, 0.3);
        // Two blank lines below the mark, to the number or the first signer.
        let below = first.runs.iter().filter(|run| !run.red && run.y > 90.0 && run.y <= number.y + 0.1);
        let top = below.map(|run| run.y).fold(f64::INFINITY, f64::min) - 0.88 * 16.0 * 25.4 / 72.0;
        near(top - red.iter().map(|run| run.ink.1).fold(0.0, f64::max), 2.0 * LINE, 0.3 * LINE);
    }
}

#[test]
fn g_7_2_1_to_7_2_3_corner() {
    let (document, sheets) = official("sealed");
    for (i, (text, family)) in
        [("000001", "Liberation Serif"), ("秘密", "FandolHei"), ("特急", "FandolHei")].iter().enumerate()
    {
        let run = sheets[0].find(text);
        assert_eq!((run.family.as_str(), run.size), (*family, 16.0), "{text}");
        near(run.x0, 28.0, 0.1);
        near(run.y, 37.0 + 21.6 * 25.4 / 72.0 + i as f64 * LINE, 0.1);
    }
    let xml = part(&document, "word/document.xml");
    assert!(paragraph(&xml, "秘密").contains("HeiText"), "{}", paragraph(&xml, "秘密"));
    assert!(xml.find("000001").unwrap() < xml.find("秘密").unwrap());
}

#[test]
fn g_7_2_5_and_7_2_6_number_and_signers() {
    let (_, sheets) = official("sealed");
    let number = sheets[0].find("〔");
    let edges = line(&sheets[0], number);
    near((edges.0 + edges.1) / 2.0, 106.0, 0.5);
    let (document, sheets) = official("upward");
    let first = &sheets[0];
    let (label, name, last) = (first.find("签发人："), first.find("丙丁戊"), first.find("己庚辛"));
    assert_eq!((name.family.as_str(), label.family.as_str()), ("FandolKai", "FandolFang R"));
    near(name.x1, 184.0 - CELL, 0.6);
    near(label.y, name.y, 0.05);
    let number = first.find("〔");
    near(number.y, last.y, 0.05);
    near(line(first, number).0, 28.0 + CELL, 0.3);
    near(last.x0, first.runs.iter().find(|run| run.text == "甲").unwrap().x0, 0.2);
    let xml = part(&document, "word/document.xml");
    let number = paragraph(&xml, "青政〔");
    assert!(number.contains(r#"<w:bottom w:val="single""#) && number.contains(r#"w:color="FF0000""#), "{number}");
}

#[test]
fn g_7_2_4_joint_marks_are_equally_wide_with_文件_in_the_middle() {
    for (data, count) in [("joint", 3), ("joint-five", 5), ("many", 4)] {
        let (_, sheets) = official(data);
        let names: Vec<&Run> = sheets[0].runs.iter().filter(|run| run.red && run.text.contains("青河区")).collect();
        assert_eq!(names.len(), count, "{data}");
        for name in &names {
            near(name.x0, names[0].x0, 0.3);
        }
        let suffix = sheets[0].runs.iter().find(|run| run.text == "文件").unwrap();
        let block = (names[0].ink.0 + names[count - 1].ink.1) / 2.0;
        near((suffix.ink.0 + suffix.ink.1) / 2.0, block, 1.0);
    }
}

#[test]
fn g_7_3_1_to_7_3_3_title_addressee_and_body() {
    for data in OFFICIAL {
        let (document, sheets) = official(data);
        let first = &sheets[0];
        let title: Vec<&Run> = first.runs.iter().filter(|run| run.size == 22.0).collect();
        assert!(title.iter().all(|run| run.family == "FandolSong" && !run.red), "{data}");
        let mut lines: Vec<f64> = title.iter().map(|run| run.y).collect();
        lines.dedup();
        assert!(lines.len() <= 3);
        let mut widths = Vec::new();
        for y in &lines {
            let run = title.iter().find(|run| run.y == *y).unwrap();
            let edges = line(first, run);
            near((edges.0 + edges.1) / 2.0, 106.0, 1.0);
            widths.push(edges.1 - edges.0);
        }
        assert!(widths.windows(2).all(|w| (w[0] - w[1]).abs() > 3.0), "{data}: {widths:?} is a rectangle");
        let rule = first.rules.iter().find(|rule| rule.1 - rule.0 > 100.0).unwrap().3;
        // Ink of the title's first line: two blank lines below the rule (pitch of a title 36 pt).
        near(title[0].y - 0.88 * 22.0 * 25.4 / 72.0 - rule, 2.0 * LINE + 7.0 * 25.4 / 72.0, 0.3 * LINE);
        assert!(first.runs.iter().any(|run| run.text.contains("今年以来")), "{data}: page 1 shows no body");
        near(first.find("今年以来").x0, 28.0 + 2.0 * CELL, 0.4);
        let xml = part(&document, "word/document.xml");
        assert!(paragraph(&xml, "今年以来").contains(r#"<w:pStyle w:val="Normal"/>"#));
        if data != "many" {
            let addressee = document.front.addressee.as_ref().unwrap();
            let text = huibao::document::plain_text(addressee);
            assert!(text.ends_with('：'));
            let start: String = text.chars().take(4).collect();
            let is_it = |run: &&Run| !run.red && run.size == 16.0 && run.text.starts_with(&start);
            let run = first.runs.iter().find(is_it).unwrap();
            near(run.x0, 28.0, 0.1);
            near(run.y - title[title.len() - 1].y, 2.0 * LINE, 0.4 * LINE);
            let own = &xml[xml.find(r#"<w:pStyle w:val="Addressee"/>"#).unwrap()..];
            assert!(own[..own.find("</w:p>").unwrap()].contains(&start));
        }
    }
}

#[test]
fn g_7_3_2_too_many_addressees_move_to_the_foot() {
    let (document, sheets) = official("many");
    let laid = layout::pages(&document, &KIT).unwrap();
    assert!(laid.profile.addressee_below && laid.notices.iter().any(|n| n.code.name() == "L021"));
    assert!(sheets[0].runs.iter().all(|run| !run.text.contains("区发展和改革局")));
    let last = &sheets[sheets.len() - 1];
    let (to, cc) = (last.find("主送："), last.find("抄送："));
    assert!(to.y < cc.y);
    // No rule between the two.
    let rules = last.rules.iter().filter(|rule| rule.1 - rule.0 > 150.0);
    assert!(rules.clone().all(|rule| rule.2 < to.y || rule.2 > cc.y));
    let xml = part(&document, "word/document.xml");
    assert!(xml.find("主送：").unwrap() > xml.find("特此报告").unwrap());
}

#[test]
fn g_7_3_3_levels_of_headings() {
    let (document, sheets) = official("upward");
    let xml = part(&document, "word/document.xml");
    for (text, family, style) in [
        ("一、基本情况", "FandolHei", "Heading1"),
        ("（一）健全工作机制", "FandolKai", "Heading2"),
        ("（1）统一标识", "FandolFang R", "Heading4"),
    ] {
        let found: String = text.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        let (_, run) = on_page(&sheets, &found);
        assert_eq!((run.family.as_str(), run.size), (family, 16.0), "{text}");
        let own = paragraph(&xml, &found);
        assert!(own.contains(style) && !own.contains("<w:b/>"), "{own}");
    }
    // A heading that runs in is a run of its own in its own face; the text goes on in 仿宋.
    let lead = paragraph(&xml, "压实工作责任。");
    assert!(lead.contains("压实工作责任。</w:t></w:r><w:r>") && lead.contains("Normal"), "{lead}");
    for sheet in &sheets {
        for text in ["一、基本情况", "（一）健全", "（1）统一"] {
            let start = sheet.runs.iter().find(|run| text.starts_with(run.text.as_str()) && !run.text.is_empty());
            start.into_iter().for_each(|run| near(run.x0, 28.0 + 2.0 * CELL, 0.4));
        }
    }
}

#[test]
fn g_7_3_4_annex_note() {
    let (document, sheets) = official("sealed");
    let (page, first) = on_page(&sheets, "附件：");
    near(first.x0, 28.0 + 2.0 * CELL, 0.4);
    let numbers: Vec<&Run> = page.runs.iter().filter(|run| run.text == "2." || run.text == "1.").collect();
    assert_eq!(numbers.len(), 2);
    near(numbers[0].x0, 28.0 + 5.0 * CELL, 0.4);
    near(numbers[1].x0, numbers[0].x0, 0.1);
    near(numbers[1].y - numbers[0].y, LINE, 0.1);
    let above = page.find("特此报告").y;
    near(first.y - above, 2.0 * LINE, 0.1);
    let names: Vec<String> = document.annexes.iter().map(|a| huibao::document::plain_text(&a.title)).collect();
    assert!(names.iter().all(|name| !name.ends_with(['。', '；'])));
}

#[test]
fn g_7_3_5_2_plain_signature_of_one_and_of_five() {
    let (document, sheets) = official("upward");
    let (page, date) = signed(&sheets);
    let unit = page.runs.iter().rfind(|run| run.text.contains("青河区人民政府") && run.y < date.y).unwrap();
    near(unit.x1, 184.0 - 2.0 * CELL, 0.3);
    near(line(page, date).0, unit.x0 + 2.0 * CELL, 0.3);
    let xml = part(&document, "word/document.xml");
    assert!(xml.contains("Signatory") && xml.contains("IssueDate"));
    let (_, sheets) = official("joint-five");
    let (page, date) = signed(&sheets);
    let lead = page.runs.iter().rfind(|run| run.text.contains("政务服务局") && run.y < date.y - 1.0).unwrap();
    near(date.y - lead.y, 5.0 * LINE, 0.1);
}

#[test]
fn g_7_3_5_1_seals() {
    let (document, sheets) = official("sealed");
    let page = sheets.iter().find(|sheet| !sheet.images.is_empty()).unwrap();
    let seal = page.images[0];
    near(seal.1 - seal.0, 42.0, 0.1);
    let date = page.runs.iter().rfind(|run| run.text.contains("12") && run.size == 16.0).unwrap();
    let edges = line(page, date);
    near((seal.0 + seal.1) / 2.0, (edges.0 + edges.1) / 2.0, 2.0);
    near(edges.1, 184.0 - 4.0 * CELL, 1.0);
    let text = page.runs.iter().filter(|run| run.y < seal.2).map(|run| run.y).fold(0.0, f64::max);
    assert!(seal.2 - text <= LINE, "{} below the text", seal.2 - text);
    let xml = part(&document, "word/document.xml");
    assert!(xml.contains(r#"behindDoc="1""#) && xml.contains(r#"descr="印章""#));
    let (_, sheets) = official("joint");
    let page = sheets.iter().find(|sheet| !sheet.images.is_empty()).unwrap();
    assert_eq!(page.images.len(), 3);
    for (i, a) in page.images.iter().enumerate() {
        assert!(a.0 >= 28.0 && a.1 <= 184.0 + 2.0, "{a:?}");
        near(a.2, page.images[0].2, 0.1);
        assert!(page.images[i + 1..].iter().all(|b| a.1 <= b.0 || b.1 <= a.0));
    }
}

#[test]
fn g_7_3_5_3_name_stamp() {
    let (document, sheets) = official("stamp");
    let page = sheets.iter().find(|sheet| !sheet.images.is_empty()).unwrap();
    let stamp = page.images[0];
    near(stamp.1, 184.0 - 4.0 * CELL, 0.2);
    let post = page.runs.iter().rfind(|run| run.text == "区长").unwrap();
    near(post.x1, stamp.0 - 2.0 * CELL, 0.4);
    let em = 16.0 * 25.4 / 72.0;
    near(post.y - 0.88 * em + em / 2.0, (stamp.2 + stamp.3) / 2.0, 0.5);
    let date = page.runs.iter().rfind(|run| run.text.contains("12") && run.size == 16.0).unwrap();
    near(line(page, date).1, 184.0 - 4.0 * CELL, 0.5);
    let text = page.find("特此报告").y;
    // Two blank lines above the row of the stamp, one below it.
    let row = text + (28.991 - 21.6) * 25.4 / 72.0 + 2.0 * LINE;
    near((stamp.2 + stamp.3) / 2.0, row + LINE, 0.1);
    near(date.y, row + 3.0 * LINE + 21.6 * 25.4 / 72.0, 0.1);
    let xml = part(&document, "word/document.xml");
    assert!(xml.contains(r#"descr="签名章""#) && !xml.contains(">青河区人民政府</w:t>"));
}

#[test]
fn g_7_3_6_remark() {
    let (_, sheets) = official("upward");
    let (page, remark) = on_page(&sheets, "联系人：");
    near(line(page, remark).0, 28.0 + 2.0 * CELL, 0.4);
    let date = page.runs.iter().rfind(|run| run.text.contains("12") && run.y < remark.y - 1.0).unwrap();
    near(remark.y - date.y, LINE, 0.1);
}

#[test]
fn g_7_3_7_and_8_annexes() {
    let (document, sheets) = official("sealed");
    let label = |number: &str| {
        let on = |sheet: &&Sheet| sheet.runs.iter().any(|run| run.text == format!("附件{number}"));
        sheets.iter().find(on).unwrap()
    };
    let page = label("1");
    let run = page.runs.iter().find(|run| run.text == "附件1").unwrap();
    assert_eq!((run.family.as_str(), run.size), ("FandolHei", 16.0));
    near(run.x0, 28.0, 0.1);
    near(run.y, 37.0 + 21.6 * 25.4 / 72.0, 0.1);
    let title = page.find("建设情况表");
    near(title.y, 37.0 + 2.0 * LINE + 27.0 * 25.4 / 72.0, 1.5);
    near((line(page, title).0 + line(page, title).1) / 2.0, 106.0, 1.0);
    // Clause 8: the page stands upright, its table lies with the head to the left; the number
    // stands where all pages have it.
    let laid = layout::pages(&document, &KIT).unwrap();
    assert!(laid.lying.iter().filter(|lies| **lies).count() >= 1);
    let pdf = layout::pdf(&document, &KIT).unwrap();
    let raw = String::from_utf8_lossy(&pdf.bytes);
    assert_eq!(raw.matches("/Rotate 90").count(), laid.lying.iter().filter(|lies| **lies).count());
    assert_eq!(raw.matches("/MediaBox[0 0 595.2756 841.8898]").count(), laid.lying.len());
    for (sheet, lies) in sheets.iter().zip(&laid.lying).filter(|(_, lies)| **lies) {
        assert!(*lies);
        near(sheet.width, 210.0, 0.1);
        let heads = sheet.runs.iter().filter(|run| run.text.contains("名称")).map(|run| run.y);
        assert!(heads.count() > 0);
        let number = sheet.runs.iter().find(|run| run.text.contains('—') && run.size == 14.0).unwrap();
        near(number.y, 270.9, 0.3);
    }
    let xml = part(&document, "word/document.xml");
    assert!(xml.contains(r#"w:orient="landscape""#) && paragraph(&xml, "附件1").contains("AnnexLabel"));
}

#[test]
fn g_7_4_colophon() {
    for data in OFFICIAL {
        let (document, sheets) = official(data);
        let last = &sheets[sheets.len() - 1];
        let mut rules: Vec<_> = last.rules.iter().filter(|rule| rule.1 - rule.0 > 150.0).collect();
        rules.sort_by(|a, b| a.2.total_cmp(&b.2));
        near(rules[rules.len() - 1].3, 262.0, 0.5);
        for (i, rule) in rules.iter().enumerate() {
            let outer = i == 0 || i + 1 == rules.len();
            near(rule.3 - rule.2, if outer { 0.35 } else { 0.25 }, 0.05);
            near(rule.0, 28.0, 0.1);
            near(rule.1, 184.0, 0.1);
        }
        let imprint = last.runs.iter().rfind(|run| run.text.contains("印发")).unwrap();
        assert_eq!(imprint.size, 14.0);
        near(imprint.x1, 184.0 - CELL_4, 0.3);
        if let Some(cc) = last.runs.iter().find(|run| run.text.starts_with("抄送：")) {
            near(cc.x0, 28.0 + CELL_4, 0.1);
            let wrapped = last.runs.iter().find(|run| run.y > cc.y + 5.0 && run.y < imprint.y - 5.0);
            wrapped.into_iter().for_each(|run| near(run.x0, 28.0 + 4.0 * CELL_4, 0.2));
        }
        if document.colophon.as_ref().unwrap().even_page {
            assert_eq!(sheets.len() % 2, 0, "{data}");
        }
        let xml = part(&document, "word/document.xml");
        assert!(xml.contains(r#"w:vertAnchor="margin""#) && xml.contains(r#"w:tblpYSpec="bottom""#), "{data}");
        assert!(xml.contains(r#"<w:top w:val="single" w:sz="8""#));
    }
}

#[test]
fn g_7_5_a_page_of_the_colophon_behind_a_blank_one_has_no_number() {
    // Text that fills pages so that the 版记 has a page of its own already, an odd one.
    let mut document = fixture("official", "upward");
    let filler = huibao::document::Block::Paragraph {
        lead: None,
        text: vec![huibao::document::Inline::Text("今年以来，各项工作有序推进。".into())],
    };
    document.colophon.as_mut().unwrap().even_page = true;
    let placed = (0..60).find_map(|_| {
        document.body.push(filler.clone());
        let laid = layout::pages(&document, &KIT).unwrap();
        (laid.profile.colophon == ColophonPage::AfterBlank).then_some(laid)
    });
    let laid = placed.expect("no length asks for a blank page");
    assert_eq!(laid.document.pages().len() % 2, 0);
    let sheets = sheets(&document);
    for sheet in &sheets[sheets.len() - 2..] {
        assert!(sheet.runs.iter().all(|run| run.y < 263.0), "a number");
    }
    assert!(sheets[sheets.len() - 2].runs.is_empty());
    let (xml, footer) = (part(&document, "word/document.xml"), part(&document, "word/footer5.xml"));
    let section = &xml[xml.rfind("<w:sectPr>").unwrap()..];
    assert!(section.contains("rIdUnnumbered") && !footer.contains("PAGE"));
}

#[test]
fn r_9_to_r_14_briefing() {
    let document = fixture("briefing-charts", "data");
    let sheets = sheets(&document);
    let first = &sheets[0];
    let name = first.runs.iter().find(|run| run.red).unwrap();
    assert_eq!(name.family, "FandolSong");
    near((name.x0 + name.x1) / 2.0, 106.0, 0.7);
    let issue = first.find("12");
    near((line(first, issue).0 + line(first, issue).1) / 2.0, 106.0, 0.5);
    let unit = first.find("青河区政务服务局");
    near(unit.x0, 28.0 + CELL, 0.3);
    near(line(first, unit).1, 184.0 - CELL, 0.6);
    let rule = first.rules.iter().find(|rule| rule.1 - rule.0 > 100.0).unwrap();
    assert!(rule.3 <= 99.0);
    assert_eq!(first.find("按语：").family, "FandolKai");
    let last = &sheets[sheets.len() - 1];
    for label in ["报：", "送：", "发："] {
        near(last.find(label).x0, 28.0 + CELL_4, 0.1);
    }
    near(last.runs.iter().find(|run| run.text.contains('份')).unwrap().x1, 184.0 - CELL_4, 0.3);
    // A chart is a picture with its caption below, kept together.
    let charts: usize = sheets.iter().map(|sheet| sheet.images.len()).sum();
    assert_eq!(charts, 4);
    for sheet in sheets.iter().filter(|sheet| !sheet.images.is_empty()) {
        for image in &sheet.images {
            let caption = sheet.runs.iter().filter(|run| run.text.starts_with('图')).map(|run| run.y - image.3);
            assert!(caption.into_iter().any(|below| (0.0..12.0).contains(&below)), "a chart without its caption");
        }
    }
}

#[test]
fn g_8p_tables() {
    let document = fixture("elements", "data");
    let sheets = sheets(&document);
    // The header is repeated on every page of a long table, and no row is split.
    let heads = sheets.iter().filter(|sheet| sheet.runs.iter().any(|run| run.text.contains("办结率")));
    assert_eq!(heads.count(), 3);
    let rows = |sheet: &Sheet| {
        sheet.runs.iter().filter(|run| run.text.starts_with('第') && run.x0 < 70.0 && run.size < 14.0).count()
    };
    assert_eq!(sheets.iter().map(rows).sum::<usize>(), 60);
    // Decimal points stand one below the other.
    let first = &sheets[0];
    let points: Vec<f64> = ["31.86", "120.07", "79.25"].iter().map(|text| first.find(text).x1).collect();
    points.windows(2).for_each(|pair| near(pair[0], pair[1], 0.05));
    let heads: Vec<&Run> = first.runs.iter().filter(|run| run.text == "站点" || run.text == "群众申请").collect();
    assert_eq!(heads.len(), 2);
    assert!(heads.iter().all(|run| run.family == "FandolHei"));
    for sheet in sheets.iter().filter(|sheet| sheet.runs.iter().all(|run| run.y <= 297.0)) {
        for run in sheet.runs.iter().filter(|run| run.size < 14.0) {
            assert!(run.x1 <= 184.5, "{} reaches {}", run.text, run.x1);
        }
    }
    let xml = part(&document, "word/document.xml");
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 6);
    assert_eq!(xml.matches("<w:tr>").count(), xml.matches("<w:cantSplit/>").count());
}
