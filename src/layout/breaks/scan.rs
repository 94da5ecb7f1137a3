//! Paragraphs of all kinds in the faces of the program: where their lines end.

use std::path::Path;

use super::super::fonts::Fonts;
use super::super::glyphs::Glyph;
use super::super::paragraph::cells;
use super::super::standard::{Face, SIZE_3, TYPE_WIDTH, pt};
use super::bonds::Bond;
use super::ends::{Plan, WIDEST};
use super::rules;
use super::*;

/// What must stay whole.
const BOUND: [&str; 58] = [
    "136万m³",
    "2,381km²",
    "33μg/m³",
    "0.56元/kW·h",
    "×100%",
    "≥95%",
    "±0.05",
    "1.92∶1",
    "πr²",
    "120×80×60",
    "2025—2027年",
    "第3位",
    "1月—6月",
    "1—11月",
    "3.6亿元",
    "5,120人次",
    "12.3万人次",
    "39.8℃",
    "0.35‰",
    "12.5％",
    "5%～8%",
    "3～5天",
    "8:30—17:30",
    "DN600mm",
    "K1038+500",
    "PM2.5",
    "10kV·A",
    "3个/km²",
    "50℃/h",
    "20 000元",
    "1亿2,345万元",
    "3‰～5‰",
    "第Ⅲ类",
    "第12期",
    "12月31日",
    "13号",
    "GB/T 9704-2012",
    "0376-6690000",
    "A～Z",
    "0.5～1.0mg/L",
    "100m",
    "3t/d",
    "10元/m³",
    "8.25个百分点",
    "1.2万平方米",
    "36.5平方公里",
    "12件次",
    "2026年",
    "45.6亿元",
    "12345.67万元",
    "7.2亿元",
    "-3.5℃",
    "55dB(A)",
    "≤0.5",
    "1∶500",
    "28.5万千瓦时",
    "3米",
    "60岁",
];
const PROSE: &str = "今年以来全区上下认真贯彻落实各项决策部署扎实推进重点工作取得了新的进展群众的获得感和满意度稳步提高干部作风持续转变";

struct Scan {
    fonts: Fonts,
    lines: usize,
    /// Ends inside what binds, last lines of one character, lines with gaps wider than a quarter.
    parted: Vec<String>,
    runts: Vec<String>,
    loose: Vec<String>,
    light: usize,
}

impl Scan {
    fn new() -> Scan {
        let fonts = Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap();
        Scan { fonts, lines: 0, parted: Vec::new(), runts: Vec::new(), loose: Vec::new(), light: 0 }
    }

    fn look(&mut self, said: &str) {
        let row: Vec<Glyph> = said.chars().map(|c| Glyph { c, face: Face::FangSong, figure: None }).collect();
        let cells = cells(&self.fonts, &row, SIZE_3);
        let room = Room { width: pt(TYPE_WIDTH) - 0.1, indent: 31.5, tracking: -5, doubt: (0.1, 0.41), full: true };
        let plan = Plan::new(&cells, room);
        let lines = lines(&cells, room);
        let text = |range: std::ops::Range<usize>| said.chars().skip(range.start).take(range.len()).collect::<String>();
        let ranges: Vec<_> = lines.ranges(cells.len()).collect();
        self.lines += ranges.len();
        for line in &ranges[..ranges.len() - 1] {
            let shown = format!("{}|{}", text(line.clone()), text(line.end..(line.end + 12).min(cells.len())));
            match plan.bonds[line.end] {
                Bond::Strong => self.parted.push(shown.clone()),
                Bond::Light => self.light += 1,
                Bond::Free => {}
            }
            // Gaps may be wider only where what comes next is whole and takes five characters or more.
            let next = (line.end + 1..cells.len()).find(|&i| plan.bonds[i] == Bond::Free && rules::shared(&cells, i));
            let taken = super::width(&cells, line.end..next.unwrap_or(cells.len()), -5);
            if plan.widened(line.start, line.end) > WIDEST + 0.005 && taken < 5.0 * 15.75 {
                self.loose.push(format!("{:.2} {shown}", 1.0 + plan.widened(line.start, line.end)));
            }
        }
        if lines.starts.last().is_some_and(|&last| plan.is_runt(last)) {
            self.runts.push(said.to_owned());
        }
    }

    fn told(&self) -> String {
        let some = |list: &[String]| list.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
        format!(
            "{} lines; parted {}\n{}\nruns {}\n{}\nloose {}\n{}\nlight {}",
            self.lines,
            self.parted.len(),
            some(&self.parted),
            self.runts.len(),
            some(&self.runts),
            self.loose.len(),
            some(&self.loose),
            self.light
        )
    }
}

/// Numbers that follow each other as in reports.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }
}

#[test]
fn no_line_ends_inside_what_binds() {
    let mut scan = Scan::new();
    for bound in BOUND {
        for before in 8..56 {
            let prose: String = PROSE.chars().cycle().take(before).collect();
            scan.look(&format!("{prose}{bound}左右，完成年度任务的进度快于上年同期，其中重点项目全部开工建设。"));
        }
    }
    let mut random = Random(7);
    let prose: Vec<char> = PROSE.chars().collect();
    for _ in 0..3000 {
        let mut said = String::new();
        for _ in 0..4 + random.below(6) {
            let at = random.below(prose.len() - 12);
            said.extend(&prose[at..at + 4 + random.below(8)]);
            said.push_str(BOUND[random.below(BOUND.len())]);
            said.push_str(["，", "；", "、", "，较上年增长12.5%，", "（占比8.6%）", "，", "。"][random.below(7)]);
        }
        scan.look(&format!("{}。", said.trim_end_matches(['，', '；', '、', '。'])));
    }
    println!("{}", scan.told());
    assert!(scan.parted.is_empty() && scan.runts.is_empty(), "{}", scan.told());
    // Where readers of the DOCX could not be brought to end a line elsewhere.
    assert!(scan.loose.len() * 500 < scan.lines, "{}", scan.told());
}
