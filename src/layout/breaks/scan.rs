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
    /// Lines that take more than spacing in the DOCX, and those that no reader is sure to end there.
    told: usize,
    some: usize,
    by_hand: Vec<String>,
    nothing: Vec<String>,
}

impl Scan {
    fn new() -> Scan {
        let fonts = Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap();
        let none = Vec::new;
        Scan {
            fonts,
            lines: 0,
            parted: none(),
            runts: none(),
            loose: none(),
            light: 0,
            told: 0,
            some: 0,
            by_hand: none(),
            nothing: none(),
        }
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
        for (line, held) in ranges[..ranges.len() - 1].iter().zip(&lines.held) {
            let shown = format!("{}|{}", text(line.clone()), text(line.end..(line.end + 12).min(cells.len())));
            match plan.bonds[line.end] {
                Bond::Strong => self.parted.push(shown.clone()),
                Bond::Light => self.light += 1,
                Bond::Free => {}
            }
            match held.by {
                By::Rules => {}
                By::Language(_) => self.told += 1,
                By::Hand => self.by_hand.push(shown.clone()),
                By::Nothing => self.nothing.push(shown.clone()),
            }
            self.some += usize::from(held.parts.first().is_some_and(|part| part.len() < line.len()));
        }
        // Gaps are no wider than a quarter, or than they must be where what binds is long.
        let widest = |starts: &[(usize, usize)]| starts.iter().map(|&(a, b)| plan.widened(a, b)).fold(0.0, f64::max);
        let own: Vec<_> = ranges[..ranges.len() - 1].iter().map(|line| (line.start, line.end)).collect();
        if widest(&own) > WIDEST + 0.005 && widest(&own) > least_of(&plan) + 0.06 {
            let line = |line: &std::ops::Range<usize>| {
                format!("  {:.2} {}", 1.0 + plan.widened(line.start, line.end), text(line.clone()))
            };
            let shown: Vec<_> = ranges.iter().map(line).collect();
            self.loose.push(format!("{:.2}\n{}", 1.0 + least_of(&plan), shown.join("\n")));
        }
        if lines.starts.last().is_some_and(|&last| plan.is_runt(last)) {
            self.runts.push(said.to_owned());
        }
    }

    fn told(&self) -> String {
        let some = |list: &[String]| list.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
        format!(
            "{} lines; parted {}\n{}\nruns {}\n{}\nloose {}\n{}\nlight {}; told {}; some {}; by hand {}\n{}\nnothing {}\n{}",
            self.lines,
            self.parted.len(),
            some(&self.parted),
            self.runts.len(),
            some(&self.runts),
            self.loose.len(),
            some(&self.loose),
            self.light,
            self.told,
            self.some,
            self.by_hand.len(),
            some(&self.by_hand),
            self.nothing.len(),
            some(&self.nothing),
        )
    }
}

/// The widest gaps of a paragraph where its lines are ended so that these are least, by trying all ends.
fn least_of(plan: &Plan) -> f64 {
    let len = plan.cells.len();
    let mut least = vec![f64::INFINITY; len + 1];
    least[len] = 0.0;
    for start in (0..len).rev() {
        let fit = plan.fit(start);
        if fit >= len {
            least[start] = 0.0;
            continue;
        }
        let may = |end: &usize| plan.bonds[*end] != Bond::Strong && rules::word_at_most(plan.cells, *end);
        let ends = (start + 1..=fit).filter(may);
        least[start] = ends.map(|end| plan.widened(start, end).max(least[end])).fold(f64::INFINITY, f64::min);
    }
    least[0]
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
    assert!(scan.parted.is_empty() && scan.runts.is_empty() && scan.loose.is_empty(), "{}", scan.told());
    // No reader of the DOCX ends a line elsewhere, and hardly a line has an end of its own for that.
    assert!(scan.nothing.is_empty() && scan.by_hand.len() * 500 < scan.lines, "{}", scan.told());
}
