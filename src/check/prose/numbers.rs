//! The numbers of the finished prose: value, unit, and where each came from.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::check::line::{Line, at, before, measure, number_end, starts};
use crate::dataset::{Dataset, Value};
use crate::diagnostic::Origin;
use crate::document::Document;
use crate::document::{Passage, PassageKind};
use crate::figures::FigureId;

/// One number in the prose.
#[derive(Clone, Debug)]
pub struct Quantity {
    pub passage: usize,
    /// In characters, the unit not part of it.
    pub start: usize,
    pub end: usize,
    /// In base units: 1.2亿元 is 120000000 of 元; a percentage is its ratio.
    pub value: Decimal,
    /// Half of the last place that is written, in base units.
    pub half: Decimal,
    pub percent: bool,
    pub unit: String,
    pub from: WrittenBy,
    /// Behind 万, 亿 or %.
    pub stop: usize,
    /// The clause before the number, and what is read right before it.
    pub clause: String,
    /// The sentence before the number.
    pub lead: String,
    /// The number as printed, with 万 or 亿 and its unit.
    pub shown: String,
}

/// Where a number came from.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenBy {
    /// Typed in a template.
    Template,
    /// In a text that a cell holds.
    Text(Origin),
    /// A figure.
    Figure(FigureId),
}

impl Quantity {
    pub fn typed(&self) -> bool {
        !matches!(self.from, WrittenBy::Figure(_))
    }

    /// Whether it is a figure of some weight, not `3个方面`.
    pub fn telling(&self) -> bool {
        self.percent || self.value >= Decimal::TEN || !self.value.fract().is_zero()
    }
}

/// A number in its unit's base: 31.86 of 万元 is 318600 of 元.
pub fn base(value: Decimal, unit: &str) -> (Decimal, &str) {
    let unit = unit.trim_end_matches("（套）");
    for (word, factor) in [("万", 10_000i64), ("亿", 100_000_000)] {
        if let Some(rest) = unit.strip_prefix(word)
            && let Some(value) = value.checked_mul(Decimal::from(factor))
        {
            return (value.normalize(), rest);
        }
    }
    (value.normalize(), unit)
}

/// Every number in the running text that counts or measures something: no years, dates,
/// ordinals, document numbers, times of day.
pub fn quantities(document: &Document, passages: &[Passage], data: &Dataset) -> Vec<Quantity> {
    let texts = text_cells(data);
    let mut out = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        if !matches!(passage.kind, PassageKind::Body | PassageKind::Item | PassageKind::Heading) {
            continue;
        }
        let line = Line::new(passage);
        let mut i = 0;
        while i < line.open.len() {
            let end = if line.open[i].is_ascii_digit() { number_end(&line.open, i) } else { i };
            if end == i {
                i += 1;
                continue;
            }
            if counts(&line, i, end) {
                out.extend(quantity(index, passage, &line, (i, end), document, &texts));
            }
            i = end;
        }
    }
    out
}

/// Cells that hold text, by place.
fn text_cells(data: &Dataset) -> HashMap<Origin, ()> {
    let mut out = HashMap::new();
    for content in data.years.values() {
        let records = content.tables.values().flat_map(|t| &t.records).flat_map(|r| &r.cells);
        for cell in content.fields.values().chain(records) {
            if matches!(cell.value, Value::Text(_)) {
                out.insert(cell.origin, ());
            }
        }
    }
    out
}

/// Whether a number is no part of a date, ordinal, code or numbering.
pub fn counts(line: &Line, start: usize, end: usize) -> bool {
    let s = &line.open;
    let (prev, next) = (before(s, start), at(s, end));
    // 8时30分 is a time, 92.7分 and 18分钟 are none.
    let minute = next == '分' && matches!(prev, '时' | '点');
    let dated =
        minute || "年月日号时秒届版".contains(next) && next != '\0' || starts(s, end, "世纪") || starts(s, end, "周岁");
    let part = "第〔".contains(prev) && prev != '\0' || prev == '\u{E010}' || next == '\u{E010}';
    let chained = "-—－/：:·".contains(prev) && prev != '\0' && before(s, start - 1).is_ascii_digit();
    let numbering = crate::check::line::opens(s, start) && (next == '.' || next == '、' || next == '）');
    let year = end - start == 4 && "—-至～".contains(next) && next != '\0' && matches!(line.raw[start], '1' | '2');
    let of_date = chained && "年月日号时".contains(next);
    !(dated || part || numbering || year || of_date)
}

/// What a number of the text is worth.
struct Measured {
    value: Decimal,
    /// Half of its last decimal.
    half: Decimal,
    percent: bool,
    unit: String,
    /// Behind 万, 亿 or %.
    stop: usize,
}

/// A number with what stands behind it; `None` where it counts no things: 12个月, 3个百分点.
fn measured(line: &Line, start: usize, end: usize) -> Option<Measured> {
    let digits: String = line.open[start..end].iter().filter(|c| **c != ',').collect();
    let value: Decimal = digits.parse().ok()?;
    let half = Decimal::new(5, value.scale() + 1);
    let next = at(&line.open, end);
    let percent = matches!(next, '%' | '％');
    let (value, half, stop) = match next {
        '%' | '％' => (value / Decimal::ONE_HUNDRED, half / Decimal::ONE_HUNDRED, end + 1),
        '万' | '亿' => {
            let factor = Decimal::from(if next == '万' { 10_000i64 } else { 100_000_000 });
            (value.checked_mul(factor)?, half.checked_mul(factor)?, end + 1)
        }
        _ => (value, half, end),
    };
    let of_time = || ["个月", "个工作日", "个小时", "个百分点"].iter().any(|w| starts(&line.open, stop, w));
    let unit = match measure(&line.open, stop) {
        Some("个") if of_time() => return None,
        Some("个百分点") => return None,
        Some(unit) => unit.to_string(),
        None => line.open[stop..].iter().take_while(|c| crate::check::line::han(**c)).take(2).collect(),
    };
    Some(Measured { value, half, percent, unit, stop })
}

fn quantity(
    index: usize,
    passage: &Passage,
    line: &Line,
    (start, end): (usize, usize),
    document: &Document,
    texts: &HashMap<Origin, ()>,
) -> Option<Quantity> {
    let Measured { value, half, percent, unit, stop: after } = measured(line, start, end)?;
    let from = match passage.figure_at(start) {
        None => WrittenBy::Template,
        Some(id) => {
            let figure = document.figures.get(id.0 as usize)?;
            match figure.reads.single() {
                Some(read) if texts.contains_key(&read.origin) => WrittenBy::Text(read.origin),
                _ => WrittenBy::Figure(id),
            }
        }
    };
    let clauses = line.clauses();
    let (head, _) = clauses.iter().rev().find(|(a, _)| *a <= start).copied().unwrap_or((0, 0));
    let (a, _) = passage.sentence(start, end);
    let behind = if percent { "%" } else { &unit };
    let shown = format!("{}{behind}", passage.string(start, after - usize::from(percent)));
    Some(Quantity {
        passage: index,
        start,
        end,
        stop: after,
        value: value.normalize(),
        half,
        percent,
        unit,
        from,
        clause: line.text(head, start),
        lead: line.text(a, start),
        shown,
    })
}
