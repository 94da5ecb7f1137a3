//! Random tables: what the readers of a DOCX make of their cells is reckoned from its XML and the fonts alone.

use huibao::document::{Align, Block, Table, TableCell, TableRow};
use huibao::layout;

use crate::layout_docx::part;
use crate::layout_lines::{Random, between, office, reader, word};
use crate::layout_pdf::{KIT, paragraph, report, text};

fn number(random: &mut Random) -> String {
    match random.below(8) {
        0 => (0..18).map(|_| char::from(b'1' + random.below(9) as u8)).collect(),
        1 => format!("-{}", random.number()),
        2 => format!("{}.{}‰", random.below(1000), random.below(10)),
        3 => format!("{}.{}%", random.below(200), random.below(10)),
        4 => format!(
            "{},{:03},{:03}.{:02}",
            1 + random.below(99),
            random.below(1000),
            random.below(1000),
            random.below(100)
        ),
        _ => random.number(),
    }
}

fn prose(random: &mut Random) -> String {
    const WORDS: [&str; 8] =
        ["加强宣传引导", "按季度通报业务量", "经费", "分层分类开展培训", "群众", "建成", "“一件事”", "系统互联互通"];
    const UNITS: [&str; 8] = ["件", "万元", "个百分点", "人次", "平方公里", "%", "亩", "户"];
    let mut out = String::new();
    for _ in 0..1 + random.below(4) {
        out.push_str(random.of(&WORDS));
        if random.below(3) == 0 {
            out.push_str(&(random.below(100_000).to_string() + random.of(&UNITS) + random.of(&["，", "、", "；"])));
        }
    }
    out
}

fn table(random: &mut Random) -> Table {
    const HEADS: [&str; 8] = [
        "乡镇",
        "计划投资（万元）",
        "同比增减（个百分点）",
        "备注",
        "序号",
        "人均可支配收入（元）",
        "受理群众诉求件数",
        "完成率",
    ];
    let columns = 2 + random.below(6);
    let kinds: Vec<usize> = (0..columns).map(|_| random.below(4)).collect();
    let row = |cells: Vec<String>| TableRow {
        cells: cells.iter().map(|said| TableCell::new(text(said))).collect(),
        total: false,
    };
    let mut header = vec![row((0..columns).map(|_| random.of(&HEADS).to_owned()).collect())];
    if random.below(2) == 0 && columns > 3 {
        let mut above = row((0..columns - 2).map(|_| random.of(&HEADS).to_owned()).collect());
        above.cells.iter_mut().skip(1).for_each(|cell| cell.rows = 2);
        above.cells[0].columns = 3;
        header = vec![above, row((0..3).map(|_| random.of(&HEADS).to_owned()).collect())];
    }
    let body = |random: &mut Random| {
        let cell = |kind: &usize| if *kind < 2 { number(random) } else { prose(random) };
        row(kinds.iter().map(cell).collect())
    };
    Table {
        caption: None,
        unit_line: None,
        aligns: kinds.iter().map(|&kind| [Align::Decimal, Align::Right, Align::Left, Align::Center][kind]).collect(),
        header,
        rows: (0..3 + random.below(40)).map(|_| body(random)).collect(),
        notes: Vec::new(),
    }
}

/// Whether two characters are of one number, or a number and its sign.
fn binds(a: char, b: char) -> bool {
    let inner = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    (inner(a) && (inner(b) || matches!(b, '%' | '‰'))) || (a == '-' && b.is_ascii_digit())
}

#[test]
fn cells_end_their_lines_alike_and_part_no_number() {
    let mut random = Random(18);
    let mut body = vec![paragraph("附表如下。")];
    body.extend((0..60).flat_map(|_| [Block::Table(table(&mut random)), paragraph("表后的文字。")]));
    let docx = layout::docx(&report(body), &KIT).unwrap();
    let xml = part(&docx, "word/document.xml");
    let (mut read, mut cells, mut broken, mut wrong) = (reader(0.0), 0, 0, Vec::new());
    let mut split = Vec::new();
    for cell in xml.split("<w:tc>").skip(1).map(|cell| cell.split("</w:tc>").next().unwrap()) {
        assert!(!cell.contains("<w:br"), "{cell}");
        let size = between(cell, r#"<w:pStyle w:val="Table"#, "\"").unwrap();
        let size: f64 = size.trim_start_matches(char::is_alphabetic).parse::<f64>().unwrap() / 2.0;
        let twips =
            |name: &str| between(cell, &format!(r#"{name}=""#), "\"").map_or(0.0, |n| n.parse::<f64>().unwrap() / 20.0);
        let room = twips("w:tcW w:w") - 8.0 - twips("w:left") - twips("w:right");
        let mut row = read(cell);
        row.iter_mut().for_each(|cell| cell.wide *= size / 16.0);
        let expected = word(&row, room - 0.5, 0.0);
        let reckoned = [office(&row, room - 0.5, 0.0), office(&row, room, 0.0), word(&row, room, 0.0)];
        (cells, broken) = (cells + 1, broken + usize::from(expected.len() > 1));
        let parted = expected.windows(2).any(|pair| {
            let (a, b) = (pair[0].chars().next_back(), pair[1].chars().next());
            a.zip(b).is_some_and(|(a, b)| binds(a, b))
        });
        let alike = reckoned.iter().all(|lines| *lines == expected);
        let shown = format!("{room:.1} at {size} {expected:?} {:?}", reckoned[1]);
        split.extend(parted.then(|| shown.clone()));
        wrong.extend((!alike).then_some(shown));
    }
    assert!(split.is_empty(), "{} of {cells}:\n{}", split.len(), split[..split.len().min(20)].join("\n"));
    assert!(broken > 500, "{broken} of {cells}");
    // Where what binds leaves a narrow cell no line that both end.
    assert!(wrong.len() * 200 < cells, "{} of {cells}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
