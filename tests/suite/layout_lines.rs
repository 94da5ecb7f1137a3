//! The ends of lines of random paragraphs: those of the PDF stand beside those that are reckoned
//! from the XML of the DOCX and the font files alone, by Word's rules and by LibreOffice's, with half
//! a point more and half a point less room. Nothing here calls the planner.

use std::collections::HashMap;

use huibao::layout;
use ttf_parser::Face;

use crate::frames::sheets;
use crate::layout_pdf::{KIT, paragraph, report};

/// What a line has to spare either way, pt.
const SPARE: f64 = 0.5;
/// 左空二字, pt.
const INDENT: f64 = 31.5;
/// Text width of the DOCX, twip: sheet less margins.
const WIDTH: f64 = 11906.0 - 1587.0 - 1474.0;

pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }

    pub fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    pub fn number(&mut self) -> String {
        let most = [10, 100, 1000, 10000, 1_000_000][self.below(5)];
        let whole = self.below(most);
        match self.below(5) {
            0 => format!("{whole}.{}", self.below(100)),
            1 => format!("{whole}.{}%", self.below(10)),
            2 => format!("{},{:03}", 1 + whole % 999, self.below(1000)),
            _ => whole.to_string(),
        }
    }
}

fn sentence(random: &mut Random) -> String {
    const WORDS: [&str; 16] = [
        "全区",
        "便民服务站",
        "今年以来",
        "共办结",
        "各镇",
        "进一步",
        "培训",
        "督查发现的问题",
        "经费",
        "同比增长",
        "建成",
        "受理群众诉求",
        "累计",
        "代表",
        "的",
        "完成年度任务",
    ];
    const UNITS: [&str; 12] = ["件", "万元", "个百分点", "人次", "公里", "kg", "亿元", "场", "平方米", "%", "个", "名"];
    const LATIN: [&str; 6] = ["GIS", "App", "Wi-Fi", "AI", "IoT", "5G"];
    let mut out = String::new();
    let clauses = 1 + random.below(5);
    for clause in 0..clauses {
        for _ in 0..1 + random.below(3) {
            out.push_str(random.of(&WORDS));
        }
        match random.below(10) {
            0..=4 => out.push_str(&(random.number() + random.of(&UNITS))),
            5 => out.push_str(&format!("“{}”等", random.of(&WORDS))),
            6 => out.push_str(&format!("《{}办法》（2026—{}年）", random.of(&WORDS), 2027 + random.below(9))),
            7 => out.push_str(&format!("{}—{}月", 1 + random.below(6), 7 + random.below(6))),
            8 => out.push_str(&format!("{}平台（“{}”热线）", random.of(&LATIN), 10000 + random.below(9999))),
            _ => out.push_str("——这是短板"),
        }
        out.push_str(if clause + 1 < clauses { random.of(&["，", "、", "；", "，", "："]) } else { "。" });
    }
    out
}

/// A character of the DOCX as its run has it.
#[derive(Clone)]
pub struct Cell {
    pub c: char,
    /// Its width by its face, pt.
    pub wide: f64,
    /// Its spacing, pt.
    spacing: f64,
    /// Number of the stretch that LibreOffice sets at one go.
    stretch: usize,
    /// It is said to be Chinese, though it is Western.
    told: bool,
}

struct Font {
    face: Face<'static>,
    widths: HashMap<char, Option<f64>>,
}

impl Font {
    fn open(name: &str) -> Font {
        let bytes = Box::leak(std::fs::read(format!("fonts/{name}")).unwrap().into_boxed_slice());
        Font { face: Face::parse(bytes, 0).unwrap(), widths: HashMap::new() }
    }

    fn width(&mut self, c: char) -> Option<f64> {
        let face = &self.face;
        *self.widths.entry(c).or_insert_with(|| {
            let advance = face.glyph_hor_advance(face.glyph_index(c)?)?;
            Some(16.0 * f64::from(advance) / f64::from(face.units_per_em()))
        })
    }
}

pub fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let rest = &text[text.find(from)? + from.len()..];
    rest.find(to).map(|end| &rest[..end])
}

/// The body paragraphs of the DOCX.
fn paragraphs(xml: &str) -> Vec<Vec<Cell>> {
    let body = xml.split("<w:p>").filter(|p| p.contains(r#"<w:pStyle w:val="Normal"/>"#));
    let mut read = reader(-5.0);
    body.map(&mut read).collect()
}

/// Reads a paragraph whose style has that spacing, twip.
pub fn reader(usual: f64) -> impl FnMut(&str) -> Vec<Cell> {
    let [mut fang, mut latin, mut song] =
        ["FandolFang-Regular.otf", "LiberationSerif-Regular.ttf", "NotoSerifSC-Regular.otf"].map(Font::open);
    move |p: &str| {
        let mut cells: Vec<Cell> = Vec::new();
        let (mut stretch, mut western) = (0, true);
        for run in p.split("<w:r>").skip(1) {
            let says = between(run, "<w:rPr>", "</w:rPr>").unwrap_or_default();
            let spacing = between(says, r#"<w:spacing w:val=""#, "\"").map_or(usual, |n| n.parse().unwrap());
            let own = says.contains("w:ascii=") || says.contains("RareText");
            stretch += 1;
            let told = says.contains(r#"<w:lang w:val="zh-CN"/>"#);
            let ends = run.replace(r#"<w:br w:clear="none"/>"#, "<w:t xml:space=\"preserve\">\n</w:t>");
            let texts = ends.split(r#"<w:t xml:space="preserve">"#).skip(1);
            for c in texts.flat_map(|text| text.split("</w:t>").next().unwrap().chars()) {
                let script = match c {
                    ' ' | '\u{2000}'..='\u{2BFF}' => western,
                    c => c < '\u{590}',
                };
                if script != western {
                    (stretch, western) = (stretch + 1, script);
                }
                let asked = if (c < '\u{250}' || c == '\n') && !own { &mut latin } else { &mut fang };
                let (wide, spacing) = match c {
                    '\n' => (0.0, 0.0),
                    c => (asked.width(c).or_else(|| song.width(c)).unwrap(), spacing / 20.0),
                };
                cells.push(Cell { c, wide, spacing, stretch, told });
            }
        }
        cells
    }
}

const NEVER_FIRST: &str = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～￠";
const NEVER_LAST: &str = "$([{£¥‘“〈《「『【〔〖〝＄（［｛￡￥";

/// Lines by first fit: `more` tells the width that a character adds to a line that goes on or ends
/// with it, `back` where the line ends that `cut` overflows.
fn lines(
    cells: &[Cell],
    (room, indent): (f64, f64),
    width: impl Fn(&[Cell]) -> f64,
    back: impl Fn(usize, usize) -> usize,
) -> Vec<String> {
    let (mut out, mut start) = (Vec::new(), 0);
    while start < cells.len() {
        let room = if start == 0 { room - indent } else { room };
        let fits = |end: usize| {
            let line = &cells[start..end];
            let shown = line.len() - line.iter().rev().take_while(|cell| cell.c == ' ').count();
            width(&line[..shown]) <= room
        };
        let stop = cells[start..].iter().position(|cell| cell.c == '\n').map_or(cells.len(), |at| start + at);
        let cut = (start + 1..=stop).take_while(|&end| fits(end)).last().unwrap_or(start + 1);
        let end = if cut == stop { cut } else { back(start, cut).max(start + 1) };
        out.push(cells[start..end].iter().map(|cell| cell.c).filter(|c| *c != ' ').collect());
        start = if end == stop { end + 1 } else { end };
    }
    out
}

/// Word: every character is tracked; Western text breaks at blanks and hyphens.
pub fn word(cells: &[Cell], room: f64, indent: f64) -> Vec<String> {
    let may = |i: usize| {
        let (a, b) = (cells[i - 1].c, cells[i].c);
        let western = |c: char| c < '\u{250}';
        match (a, b) {
            (_, ' ') => false,
            (' ', b) => !NEVER_FIRST.contains(b),
            (a, b) if western(a) && western(b) => a == '-',
            (a, b) => !(NEVER_FIRST.contains(b) || NEVER_LAST.contains(a) || a == b && "—…".contains(a)),
        }
    };
    let back = |start: usize, cut: usize| (start + 1..=cut).rev().find(|&i| may(i)).unwrap_or(cut);
    lines(cells, (room, indent), |line| line.iter().map(|cell| cell.wide + cell.spacing).sum(), back)
}

/// LibreOffice: the last character of a stretch and of a line is not tracked. What overflows decides:
/// before a Chinese character its lists of marks count alone, else what it does with Western text.
pub fn office(cells: &[Cell], room: f64, indent: f64) -> Vec<String> {
    let western = |c: char| c < '\u{590}';
    let mark = |i: usize| {
        let first = NEVER_FIRST.contains(cells[i].c) && !"%…‰℃∶～".contains(cells[i].c);
        first || NEVER_LAST.contains(cells[i - 1].c)
    };
    let may = |i: usize| match (cells[i - 1].c, cells[i].c) {
        (_, ' ') => false,
        (' ', _) => true,
        (a, b) if western(a) && western(b) => a == '-' && b.is_alphabetic(),
        (a, b) if western(b) => !"，。、）》”’".contains(a) && !mark(i),
        (a, '“' | '‘') => !western(a) && !"，。、：；）》”’—".contains(a) && !mark(i),
        (a, '（' | '《') => !western(a) && !"”’".contains(a) && !mark(i),
        _ => !mark(i),
    };
    let back = |start: usize, cut: usize| {
        let last = |from: usize, may: &dyn Fn(usize) -> bool| (start + 1..=from).rev().find(|&i| may(i));
        // What fits no more, or the letter or digit before it.
        let script = cells[..=cut].iter().rev().find(|cell| cell.c.is_alphanumeric());
        if script.is_none_or(|cell| western(cell.c) && !cell.told) {
            return last(cut, &may).unwrap_or(cut);
        }
        let end = last(cut, &|i| !mark(i)).unwrap_or(cut);
        if western(cells[end].c) && western(cells[end - 1].c) { last(end, &may).unwrap_or(cut) } else { end }
    };
    let width = |line: &[Cell]| {
        let tracked = line.windows(2).filter(|w| w[0].stretch == w[1].stretch).map(|w| w[0].spacing);
        line.iter().map(|cell| cell.wide).sum::<f64>() + tracked.sum::<f64>()
    };
    lines(cells, (room, indent), width, back)
}

#[test]
fn every_reader_ends_the_lines_where_the_pdf_ends_them() {
    let mut random = Random(2012);
    let texts: Vec<String> =
        (0..3000).map(|_| (0..1 + random.below(4)).map(|_| sentence(&mut random)).collect()).collect();
    let document = report(texts.iter().map(|text| paragraph(text)).collect());
    crate::layout_docx::keep(&document, "lines");
    let docx = layout::docx(&document, &KIT).unwrap();
    let read = paragraphs(&crate::layout_docx::part(&docx, "word/document.xml"));
    assert_eq!(read.len(), texts.len());
    let shown = sheets(&document);
    let shown = shown.iter().flat_map(|sheet| sheet.lines()).filter(|(y, runs)| *y < 263.0 && runs[0].size < 17.0);
    let mut shown = shown.map(|(_, runs)| {
        runs.iter().flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).collect::<String>()
    });
    let mut shown = shown.by_ref().skip_while(|line| !texts[0].starts_with(line.as_str()));
    let room = WIDTH / 20.0;
    let (mut wrong, mut count, mut spread, mut by_hand) = (Vec::new(), 0, 0, Vec::new());
    for cells in &read {
        let expected = word(cells, room - SPARE, INDENT);
        let (mut pdf, mut left) = (Vec::new(), cells.iter().filter(|cell| !matches!(cell.c, ' ' | '\n')).count());
        while left > 0 {
            let line = shown.next().unwrap();
            left = left.saturating_sub(line.chars().count());
            pdf.push(line);
        }
        let reckoned = [
            ("Word", word(cells, room + SPARE, INDENT)),
            ("LibreOffice", office(cells, room - SPARE, INDENT)),
            ("LibreOffice", office(cells, room + SPARE, INDENT)),
            ("PDF", pdf),
        ];
        count += expected.len();
        by_hand.extend(
            expected
                .windows(2)
                .scan(0, |at, pair| {
                    *at += pair[0].chars().count();
                    Some((*at, format!("{} | {}", pair[0], pair[1])))
                })
                .filter(|(at, _)| cells.iter().filter(|cell| cell.c != ' ').nth(*at).is_some_and(|c| c.c == '\n'))
                .map(|x| x.1),
        );
        spread += usize::from(cells.iter().any(|cell| !matches!(cell.spacing, -0.25 | 0.0)));
        wrong.extend(
            reckoned
                .into_iter()
                .filter(|(_, lines)| *lines != expected)
                .map(|(who, lines)| format!("{who}\n  {}\nWord\n  {}", lines.join("\n  "), expected.join("\n  "))),
        );
    }
    assert!(count > 6000 && spread > 100, "{count} lines, {spread} paragraphs with spread lines");
    assert!(wrong.is_empty(), "{} of {count} lines:\n{}", wrong.len(), wrong[..wrong.len().min(8)].join("\n"));
    // What has line ends of its own is edited badly: hardly any line has.
    assert!(by_hand.len() * 2000 < count, "{} of {count} lines end by hand:\n{}", by_hand.len(), by_hand.join("\n"));
}

#[test]
fn numbers_stay_whole_in_their_columns() {
    let mut document = report(vec![paragraph("附表如下。")]);
    document.body.push(huibao::document::Block::Table(crate::layout_pdf::wide_table()));
    let shown = sheets(&document);
    let whole = shown.iter().flat_map(|sheet| &sheet.runs).filter(|run| run.text == "12345.67").count();
    assert_eq!(whole, 30 * 14);
}
