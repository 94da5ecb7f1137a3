//! H-04, H-08: numbers of headings, typed or set by the program.

use std::collections::{BTreeMap, BTreeSet};

use super::{Mark, Prose, mark};
use crate::document::PassageKind;
use crate::vocabulary::numeral;

/// How the levels of 7.3.3 are numbered.
const LEVELS: [&str; 4] = ["一、", "（一）", "1.", "（1）"];

/// How a typed number of a paragraph is written: 第一章, 第一条, 一、 （一） 1. （1）.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Chapter,
    Article,
    Han,
    HanInBrackets,
    Digits,
    DigitsInBrackets,
}

impl Style {
    /// Its level by 7.3.3; chapters and articles have none.
    fn level(self) -> Option<usize> {
        match self {
            Style::Chapter | Style::Article => None,
            Style::Han => Some(1),
            Style::HanInBrackets => Some(2),
            Style::Digits => Some(3),
            Style::DigitsInBrackets => Some(4),
        }
    }
}

/// The number with which a paragraph begins, and where it ends.
pub(super) fn typed_number(text: &[char]) -> Option<(Style, usize, usize)> {
    if let Some(('第', rest)) = text.split_first().map(|(first, rest)| (*first, rest)) {
        let length = rest.iter().take_while(|c| numeral::digit(**c).is_some() || "十百".contains(**c)).count();
        let style = match rest.get(length)? {
            '章' => Style::Chapter,
            '条' => Style::Article,
            _ => return None,
        };
        let next = rest.get(length + 1).is_none_or(|c| matches!(c, ' ' | '\u{3000}'));
        let number = numeral::read(&rest[..length].iter().collect::<String>())? as usize;
        return next.then_some((style, number, length + 2));
    }
    let open = text.first() == Some(&'（');
    let from = usize::from(open);
    let body = |c: &char| c.is_ascii_digit() || numeral::digit(*c).is_some() || *c == '十';
    let length = text[from.min(text.len())..].iter().take_while(|c| body(c)).count();
    let word: String = text.get(from..from + length)?.iter().collect();
    let digits = word.chars().all(|c| c.is_ascii_digit());
    let number = if digits { word.parse().ok()? } else { numeral::read(&word)? as usize };
    let close = text.get(from + length)?;
    let style = match (open, digits, close) {
        (true, true, '）') => Style::DigitsInBrackets,
        (true, false, '）') => Style::HanInBrackets,
        (false, true, '.' | '．') if !text.get(from + length + 1)?.is_ascii_digit() => Style::Digits,
        (false, false, '、') => Style::Han,
        _ => return None,
    };
    (length > 0 && (1..100).contains(&number)).then_some((style, number, from + length + 1))
}

/// The same, where it is a number of a heading and not of two quarters.
fn heading_number(text: &[char]) -> Option<(Style, usize, usize)> {
    let (style, number, end) = typed_number(text)?;
    // 三、四季度，…; 七、八月份
    let next: String = text[end..].iter().take(3).collect();
    let pair = style == Style::Han && next.chars().next().is_some_and(|c| numeral::digit(c).is_some());
    let measures = ["季", "月", "年", "等", "产", "类", "级", "号", "组"];
    let counts = pair && measures.iter().any(|w| next[3.min(next.len())..].starts_with(w));
    (!counts).then_some((style, number, end))
}

/// H-04: 一、…，三、…
pub fn numbers(prose: &Prose, marks: &mut Vec<Mark>) {
    let mut last: BTreeMap<Style, usize> = BTreeMap::new();
    let mut section = ("", "");
    for (index, passage) in prose.passages.iter().enumerate() {
        let here = (passage.part.as_str(), passage.heading.as_str());
        if here != section {
            last.clear();
            section = here;
        }
        if passage.kind != PassageKind::Body && passage.kind != PassageKind::Item {
            continue;
        }
        // 附件：1.…, and the next line goes on with 2.
        if let Some((Style::Digits, number, _)) =
            passage.text.strip_prefix(&['附', '件', '：'][..]).and_then(typed_number)
        {
            last.insert(Style::Digits, number);
            continue;
        }
        let Some((style, number, end)) = heading_number(&passage.text) else { continue };
        let before = last.get(&style).copied();
        // Articles go on through the chapters.
        last.retain(|own, _| *own <= style || *own == Style::Article);
        last.insert(style, number);
        let fits = number == 1 || before.is_none_or(|before| number == before + 1);
        if !fits {
            let message = format!("序号“{}”与前面的接不上", passage.string(0, end));
            marks.push(mark(index, (0, end), message, &format!("前面一项是第{}项，核对序号", before.unwrap_or(0))));
        }
    }
}

/// A heading of some level.
struct Step {
    passage: usize,
    level: usize,
    /// What is marked: its number, or the heading that the program numbers.
    end: usize,
    /// Of a typed number, which one it is; `None` where the program sets it.
    typed: Option<usize>,
    /// Whether it is a heading and no sentence or item.
    heading: bool,
}

/// Headings of the report and of each annex; articles and chapters begin anew.
fn runs(prose: &Prose) -> Vec<Vec<Step>> {
    let mut runs = vec![Vec::new()];
    for (at, passage) in prose.passages.iter().enumerate() {
        if passage.kind == PassageKind::Title {
            runs.push(Vec::new());
        }
        let set = usize::from(passage.level);
        let step = if set > 0 {
            let end = if passage.lead > 0 { passage.lead } else { passage.text.len() };
            Step { passage: at, level: set, end, typed: None, heading: true }
        } else {
            let number = (passage.kind == PassageKind::Body).then(|| heading_number(&passage.text)).flatten();
            let Some((style, number, end)) = number else { continue };
            let Some(level) = style.level() else {
                runs.push(Vec::new());
                continue;
            };
            // An item of a list ends in a mark, or the next one follows at once.
            let closed = passage.text.last().is_some_and(|c| "。；，：！？".contains(*c));
            let next = prose.passages.get(at + 1).and_then(|next| heading_number(&next.text));
            let heading = !closed && next.is_none_or(|(other, ..)| other != style);
            Step { passage: at, level, end, typed: Some(number), heading }
        };
        if let Some(run) = runs.last_mut() {
            run.push(step);
        }
    }
    runs
}

/// H-08: 一、 and below it 1. or （1）.
pub fn skipped(prose: &Prose, marks: &mut Vec<Mark>) {
    for run in runs(prose) {
        // Of two levels the second may be 1. by usage.
        let usual = |from: usize, to: usize| (from, to) == (1, 3) && run.iter().all(|s| matches!(s.level, 1 | 3));
        let mut told = BTreeSet::new();
        for pair in run.windows(2) {
            let [above, step] = pair else { continue };
            let (from, to) = (above.level, step.level);
            let item = step.typed.is_some() && prose.passages[step.passage].text.last() == Some(&'；');
            if to <= from + 1 || step.typed.is_some_and(|number| number != 1) || item {
                continue;
            }
            let doubtful = !step.heading || usual(from, to);
            if doubtful && !told.insert((from, to)) {
                continue;
            }
            let between: String = LEVELS[from..to - 1].iter().map(|level| format!("“{level}”")).collect();
            let message = format!("“{}”下面直接是“{}”，跳过了{between}", LEVELS[from - 1], LEVELS[to - 1]);
            let own = match step.typed {
                Some(_) => format!("改为“{}”", LEVELS[from]),
                None => format!("改为第{}层标题（“{}”）", ["二", "三", "四"][from - 1], "#".repeat(from + 1)),
            };
            let help = if usual(from, to) { format!("{own}；全文只有两层的，也可以不改") } else { own };
            let mut mark = mark(step.passage, (0, step.end), message, &help);
            mark.hit.doubtful = doubtful;
            marks.push(mark);
        }
    }
}
