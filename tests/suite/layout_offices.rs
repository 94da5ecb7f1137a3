//! The page of an office (版面): whatever it asks for, the lines of the PDF fill its grid and the DOCX says the
//! same; what makes no page is refused.

use std::sync::Arc;

use huibao::diagnostic::{Origin, SourceId};
use huibao::document::Document;
use huibao::layout::{self, Profile};

use crate::frames::{Sheet, near, sheets_with};
use crate::layout_docx;
use crate::layout_pdf::{KIT, long_report, paragraph, report};

fn asked(changes: &[(&str, String)]) -> Vec<(Arc<str>, Arc<str>, Origin)> {
    changes.iter().map(|(key, value)| (Arc::from(*key), Arc::from(&**value), Origin::whole(SourceId(0)))).collect()
}

/// A number of a row of them that only the seed decides (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

/// Changes as an office could write them: each key is there or not.
fn changes(dice: &mut Dice) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for key in ["上边距", "下边距"] {
        out.push((key, format!("{}毫米", 25 + dice.below(18))));
    }
    for key in ["左边距", "右边距"] {
        out.push((key, format!("{}毫米", 20 + dice.below(14))));
    }
    let numbers = [("每面行数", 18 + dice.below(9)), ("每行字数", 24 + dice.below(10))];
    out.extend(numbers.into_iter().map(|(key, number)| (key, number.to_string())));
    out.push(("正文字号", dice.one(&["三号", "小三", "四号", "15.5磅", "小二"]).into()));
    out.push(("正文字体", dice.one(&["仿宋体", "宋体", "楷体"]).into()));
    out.push(("标题字号", dice.one(&["二号", "小二", "一号", "小一"]).into()));
    out.push(("标题字体", dice.one(&["小标宋体", "黑体", "宋体"]).into()));
    out.push(("一级标题字体", dice.one(&["黑体", "楷体", "小标宋体"]).into()));
    out.push(("一级标题字号", dice.one(&["三号", "小二", "四号"]).into()));
    out.push(("二级标题加粗", dice.one(&["是", "否"]).into()));
    out.push(("三级标题加粗", dice.one(&["是", "否"]).into()));
    out.push(("页码", dice.one(&["居中", "外侧"]).into()));
    out.push(("页码样式", dice.one(&["— 1 —", "-1-", "第1页", "1"]).into()));
    out.push(("首页页码", dice.one(&["是", "否"]).into()));
    out.retain(|_| dice.below(3) > 0);
    out
}

/// So many profiles that hold together, with what was asked.
fn profiles(count: usize) -> Vec<(Vec<(&'static str, String)>, Profile)> {
    let mut dice = Dice(20261128);
    let mut out = Vec::new();
    while out.len() < count {
        let changes = changes(&mut dice);
        if let Ok(profile) = Profile::read(&asked(&changes)) {
            out.push((changes, profile));
        }
    }
    out
}

/// Lines of the type area: baseline, edges, characters.
fn body(sheet: &Sheet, profile: &Profile) -> Vec<(f64, f64, f64, usize)> {
    let foot = 297.0 - profile.grid.bottom;
    let mut lines: Vec<(f64, f64, f64, usize)> = Vec::new();
    for run in sheet.runs.iter().filter(|run| run.y < foot + 0.1 && !run.text.trim().is_empty()) {
        let count = run.text.chars().count();
        match lines.iter_mut().find(|line| (line.0 - run.y).abs() < 0.1) {
            Some(line) => *line = (line.0, line.1.min(run.x0), line.2.max(run.x1), line.3 + count),
            None => lines.push((run.y, run.x0, run.x1, count)),
        }
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    lines
}

#[test]
fn the_grid_holds_for_any_of_thirty_pages() {
    let text = "一二三四五六七八九十".repeat(300);
    for (changes, profile) in profiles(30) {
        let mut document = report(vec![paragraph(&text)]);
        // Without a signature, for which 7.3.5.5 may change the pitch.
        document.signature = Default::default();
        let sheets = sheets_with(&document, &profile);
        let grid = &profile.grid;
        let lines = body(&sheets[1], &profile);
        assert_eq!(lines.len(), grid.lines as usize, "{changes:?}");
        for pair in lines.windows(2) {
            near(pair[1].0 - pair[0].0, profile.pitch * 25.4 / 72.0, 0.01);
        }
        for (_, left, right, count) in &lines {
            assert_eq!(*count, grid.cells as usize, "{changes:?}");
            near(*left, grid.left, 0.1);
            near(*right, 210.0 - grid.right, 0.3);
        }
        let first = sheets[0].runs.iter().find(|run| run.text.starts_with("一二三")).unwrap();
        near(first.x0, grid.left + 2.0 * grid.cell() * 25.4 / 72.0, 0.1);
        assert!((first.size - grid.size).abs() < 1e-6);
        // Page numbers: 7 mm below the type area, none on the first page where it has none.
        let number = |sheet: &Sheet| sheet.runs.iter().any(|run| run.y > 297.0 - grid.bottom + 5.0);
        assert_eq!((number(&sheets[0]), number(&sheets[1])), (profile.number_first, true), "{changes:?}");
    }
}

fn part(document: &Document, profile: &Profile, name: &str) -> String {
    layout_docx::part(&layout::docx_with(document, &KIT, profile).unwrap(), name)
}

#[test]
fn the_docx_says_the_same_of_any_of_thirty_pages() {
    let document = long_report(1);
    let attribute = |text: &str, element: &str, name: &str| -> i64 {
        let own = &text[text.find(&format!("<{element} ")).unwrap_or_else(|| panic!("no {element}"))..];
        let own = &own[..own.find('>').unwrap()];
        let value = &own[own.find(&format!("{name}=\"")).unwrap() + name.len() + 2..];
        value[..value.find('"').unwrap()].parse().unwrap()
    };
    for (changes, profile) in profiles(30) {
        let (xml, styles) =
            (part(&document, &profile, "word/document.xml"), part(&document, &profile, "word/styles.xml"));
        let grid = &profile.grid;
        let [top, bottom, left, right] =
            ["w:top", "w:bottom", "w:left", "w:right"].map(|s| attribute(&xml, "w:pgMar", s));
        let mm = |twip: i64| twip as f64 / 1440.0 * 25.4;
        for (said, own) in [(top, grid.top), (bottom, grid.bottom), (left, grid.left), (right, grid.right)] {
            near(mm(said), own, 0.05);
        }
        let normal = &styles[styles.find(r#"w:styleId="Normal""#).unwrap()..];
        let line = attribute(normal, "w:spacing", "w:line");
        let room = 16838 - top - bottom;
        assert_eq!(room / line, i64::from(grid.lines), "{changes:?}");
        assert_eq!(attribute(&xml, "w:docGrid", "w:linePitch"), line);
        // So many characters with their tracking fill a line, and one more does not fit.
        let run = &normal[normal.find("<w:rPr>").unwrap()..];
        let (tracking, size) = (attribute(run, "w:spacing", "w:val"), attribute(run, "w:sz", "w:val") * 10);
        let (cells, wide) = (i64::from(grid.cells), 11906 - left - right);
        assert!(
            cells * (size + tracking) <= wide && (cells + 1) * (size + tracking) - tracking.max(0) > wide,
            "{changes:?}"
        );
        assert_eq!(xml.contains("<w:titlePg/>"), !profile.number_first);
        let footer = part(&document, &profile, "word/footer1.xml");
        let (before, behind) =
            match changes.iter().find(|(key, _)| *key == "页码样式").map_or("— 1 —", |(_, form)| form) {
                "— 1 —" => ("—", "—"),
                "-1-" => ("-", "-"),
                "第1页" => ("第", "页"),
                _ => ("", ""),
            };
        let text: String =
            footer.split("<w:t").skip(1).filter_map(|t| Some(&t[t.find('>')? + 1..t.find("</w:t>")?])).collect();
        assert!(text.starts_with(before) && text.ends_with(behind), "{changes:?}: {text}");
        assert_eq!(footer.contains(r#"w:jc w:val="center""#), profile.number_centred);
    }
}

#[test]
fn bold_headings_are_drawn_bolder_and_named_bold() {
    let changes =
        [("二级标题加粗", "是".to_owned()), ("三级标题加粗", "是".to_owned()), ("一级标题字号", "小二".to_owned())];
    let profile = Profile::read(&asked(&changes)).unwrap();
    let document = long_report(1);
    let styles = part(&document, &profile, "word/styles.xml");
    let style = |id: &str| {
        let own = &styles[styles.find(&format!(r#"w:styleId="{id}""#)).unwrap()..];
        own[..own.find("</w:style>").unwrap()].to_owned()
    };
    assert!(style("Heading2").contains("<w:b/>") && !style("Heading1").contains("<w:b/>"));
    assert!(style("Heading1").contains(r#"<w:sz w:val="36"/>"#));
    // A heading that runs in is bold itself, and nothing behind it.
    let xml = part(&document, &profile, "word/document.xml");
    let lead = &xml[xml.find("加强培训。").unwrap() - 400..];
    let (own, rest) = lead.split_at(lead.find("加强培训。").unwrap());
    assert!(own.contains("<w:b/>") && !rest[..rest.find("</w:p>").unwrap()].contains("<w:b/>"), "{own}");
    let sheets = sheets_with(&document, &profile);
    near(sheets[0].find("一、基本情况").size, 18.0, 1e-6);
    // 左空二字 of its own characters.
    near(sheets[0].find("一、基本情况").x0, 28.0 + 2.0 * 156.0 / 28.0 * 18.0 / 16.0, 0.1);
}

/// Number and text of every heading, as Word shows them: typed, or counted by the lists.
fn shown(xml: &str, numbering: &str) -> Vec<String> {
    let value = |text: &str, name: &str| -> Option<usize> {
        let own = &text[text.find(&format!("<w:{name} w:val=\""))? + name.len() + 11..];
        own[..own.find('"')?].parse().ok()
    };
    let mut counts = std::collections::BTreeMap::new();
    let mut out = Vec::new();
    for paragraph in xml.split("<w:p>").skip(1) {
        let paragraph = &paragraph[..paragraph.find("</w:p>").unwrap_or(0)];
        let texts = paragraph.split("<w:t").skip(1);
        let text: String = texts.filter_map(|t| Some(&t[t.find('>')? + 1..t.find("</w:t>")?])).collect();
        let mut number = String::new();
        if let (Some(list), Some(level)) = (value(paragraph, "numId"), value(paragraph, "ilvl")) {
            let count: &mut [u32; 4] = counts.entry(list).or_default();
            count[level] += 1;
            count[level + 1..].fill(0);
            let list = &numbering[numbering.find(&format!("w:abstractNumId=\"{list}\"")).unwrap()..];
            let own = &list[list.find(&format!("w:ilvl=\"{level}\"")).unwrap()..];
            let own = &own[own.find("<w:lvlText w:val=\"").unwrap() + 18..];
            let han = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"][count[level] as usize];
            let counted = if level < 2 { han.to_owned() } else { count[level].to_string() };
            number = own[..own.find('"').unwrap()].replace(&format!("%{}", level + 1), &counted);
        }
        if paragraph.contains("Heading") || paragraph.contains("w:outlineLvl") {
            out.push(number + &text);
        }
    }
    out
}

#[test]
fn numbers_that_word_counts_are_those_that_are_typed() {
    let mut document = long_report(4);
    document.annexes = (0..2)
        .map(|_| huibao::document::Annex {
            title: crate::layout_pdf::text("情况表"),
            landscape: false,
            blocks: long_report(2).body,
        })
        .collect();
    let auto = Profile::read(&asked(&[("编号", "自动".to_owned())])).unwrap();
    let typed = shown(&part(&document, &Profile::default(), "word/document.xml"), "");
    let counted = shown(&part(&document, &auto, "word/document.xml"), &part(&document, &auto, "word/numbering.xml"));
    assert_eq!(typed, counted);
    assert!(
        typed.iter().any(|heading| heading.starts_with("四、")) && typed.iter().any(|h| h.starts_with("1.加强培训。"))
    );
    // The annexes count anew.
    assert_eq!(typed.iter().filter(|heading| heading.starts_with("一、")).count(), 3);
    let styles = part(&document, &auto, "word/styles.xml");
    assert!(styles.contains(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#));
    // The PDF does not change by it.
    let pdf = |profile: &Profile| layout::pdf_with(&document, &KIT, profile).unwrap().bytes;
    assert!(pdf(&auto) == pdf(&Profile::default()));
}

#[test]
fn the_outline_has_headings_that_run_in_and_annexes() {
    let mut document = long_report(1);
    let annex = huibao::document::Annex {
        title: crate::layout_pdf::text("各镇情况表"),
        landscape: false,
        blocks: long_report(1).body,
    };
    document.annexes = vec![annex.clone(), annex];
    let pages = layout::pages(&document, &KIT).unwrap();
    let headings = {
        use typst::foundations::{NativeElement, Selector};
        use typst::introspection::Introspector;
        let found = pages.document.introspector().query(&Selector::Elem(typst::model::HeadingElem::ELEM, None));
        let one = |found: &typst::foundations::Content| {
            found.to_packed::<typst::model::HeadingElem>().unwrap().body.plain_text().to_string()
        };
        found.iter().map(one).collect::<Vec<String>>()
    };
    let own = ["一、基本情况和主要做法", "（一）站点建设有序推进", "1.加强培训", "（二）服务质量稳步提升"];
    let expected: Vec<&str> =
        own.into_iter().chain(["附件1 各镇情况表"]).chain(own).chain(["附件2 各镇情况表"]).chain(own).collect();
    assert_eq!(headings, expected);
    let xml = part(&document, &Profile::default(), "word/document.xml");
    let lead = &xml[..xml.find("加强培训。").unwrap()];
    assert!(lead[lead.rfind("<w:p>").unwrap()..].contains(r#"<w:outlineLvl w:val="2"/>"#));
    assert!(xml.contains(r#"<w:pStyle w:val="Title"/>"#) && xml.contains(r#"<w:pStyle w:val="AnnexTitle"/>"#));
}
