//! F-01 and F-02: numbers without an origin, and typed numbers that the data hold as well.

use rust_decimal::Decimal;

use super::numbers::{Quantity, WrittenBy};
use super::{Known, Mark, Prose};
use crate::check::line::Hit;
use crate::diagnostic::Severity;
use crate::document::PassageKind;

/// Numbers of a paragraph that are named.
const MOST_SHOWN: usize = 6;

/// F-01: a number that the report prints and no cell stands behind.
pub fn without_origin(prose: &Prose, marks: &mut Vec<Mark>) {
    let typed = |q: &&Quantity| {
        let counted = q.from == WrittenBy::Template && (q.percent || !q.unit.is_empty());
        counted && equal_known(prose, q).is_none() && nearest_known(prose, q).is_none()
    };
    let all: Vec<&Quantity> = prose.quantities.iter().filter(typed).collect();
    // One paragraph is told once, with all of its numbers.
    for group in all.chunk_by(|a, b| a.passage == b.passage) {
        let message = match group {
            [one] => format!("“{}”写在模板文字里，数据变了它不会变", one.shown),
            many => {
                let shown: Vec<&str> = many.iter().take(MOST_SHOWN).map(|q| q.shown.as_str()).collect();
                let etc = if many.len() > MOST_SHOWN { "等" } else { "" };
                format!("这一段有{}个数写在模板文字里（{}{etc}），数据变了它们不会变", many.len(), shown.join("、"))
            }
        };
        marks.push(prose.mark(group[0], message, "改从数据里取；确是固定不变的数，可以不改"));
    }
    // A figure that computes with nothing but numbers of the template.
    for (index, passage) in prose.passages.iter().enumerate() {
        if matches!(passage.kind, PassageKind::Title | PassageKind::Other) {
            continue;
        }
        for span in &passage.segments {
            let Some(figure) = span.figure.and_then(|id| prose.document.figures.get(id.0 as usize)) else { continue };
            let counted = figure.text.chars().any(|c| c.is_ascii_digit());
            // A year of the data in a loop over years names a column; it is no figure.
            let year = figure.text.parse().is_ok_and(|year: i16| prose.data.years.contains_key(&year));
            let named = year || figure.expression.contains("年份");
            if counted && figure.reads.is_empty() && !figure.missing && !named {
                let hit = Hit {
                    start: span.start,
                    end: span.end,
                    message: format!("{{{{ {} }}}} 没有读取任何单元格", figure.expression.trim()),
                    help: "改从数据里取".to_string(),
                    doubtful: false,
                };
                marks.push(Mark { passage: index, hit, level: None, also: Vec::new() });
            }
        }
    }
}

/// F-02: a typed number that equals, or nearly equals, a figure of the data.
pub fn typed(prose: &Prose, marks: &mut Vec<Mark>) {
    for quantity in prose.quantities.iter().filter(|q| q.typed()) {
        let shown = &quantity.shown;
        let help = "改从数据里取，数据改了它就跟着改";
        if let Some(known) = equal_known(prose, quantity) {
            let message = format!("“{shown}”是手写的，与“{}”（{}）相同", known.name(), known.cell.shown);
            let mut mark = prose.mark(quantity, message, help);
            // What a clerk tells in a text of his own may well repeat a figure.
            mark.level = matches!(quantity.from, WrittenBy::Text(_)).then_some(Severity::Notice);
            mark.also.push((known.cell.origin, format!("{} {}", known.name(), known.cell.shown)));
            marks.push(mark);
        } else if let Some(known) = nearest_known(prose, quantity) {
            let message = format!("“{shown}”是手写的，与“{}”（{}）接近而不相同", known.name(), known.cell.shown);
            let mut mark = prose.mark(quantity, message, "核对哪一个对；最好改从数据里取");
            mark.also.push((known.cell.origin, format!("{} {}", known.name(), known.cell.shown)));
            marks.push(mark);
        }
    }
}

/// The units are the same; where the data give none, the name has to be in the clause.
pub fn comparable(quantity: &Quantity, known: &Known) -> bool {
    quantity.percent == known.percent
        && match known.unit.is_empty() {
            true => known.percent || told(&quantity.clause, known.short()),
            false => quantity.unit == known.unit,
        }
}

fn equal_known<'p>(prose: &'p Prose, quantity: &Quantity) -> Option<&'p Known<'p>> {
    let mut all = prose.known().iter().filter(|k| k.value == quantity.value && comparable(quantity, k));
    // A small number is in the data by chance, unless its name is there as well.
    let named = all.clone().find(|k| told(&quantity.clause, k.short()));
    named.or_else(|| all.find(|_| quantity.telling() && heavy(quantity)))
}

/// Round numbers and small percentages meet by chance.
fn heavy(quantity: &Quantity) -> bool {
    let round = [10, 20, 30, 40, 50, 60, 80, 90, 100].map(Decimal::from);
    let shown = if quantity.percent { quantity.value * Decimal::ONE_HUNDRED } else { quantity.value };
    !round.contains(&shown.normalize()) && (quantity.percent || shown >= Decimal::from(20) || !shown.fract().is_zero())
}

/// The figure that the number was rounded from, or that it misses by little.
fn nearest_known<'p>(prose: &'p Prose, quantity: &Quantity) -> Option<&'p Known<'p>> {
    if !quantity.telling() {
        return None;
    }
    let year = prose.data.year?;
    prose.known().iter().filter(|k| k.year == year && comparable(quantity, k)).find(|k| {
        let apart = (k.value - quantity.value).abs();
        let named = told(&quantity.clause, k.short());
        // 五 per cent of it, and its name beside the number.
        let near = named && apart * Decimal::from(20) <= k.value.abs() && k.row().is_none();
        let rounded = apart <= quantity.half && named;
        !apart.is_zero() && (near || rounded)
    })
}

/// Whether a clause tells of a figure: each pair of characters of its name stands in it, the
/// word for a count at its end set aside (培训场次: “组织培训”).
pub fn told(clause: &str, name: &str) -> bool {
    let suffixes = ["总人数", "总数", "人次", "场次", "次数", "件数", "人数", "个数", "总额", "金额", "数量", "数"];
    let core = suffixes.iter().find_map(|s| name.strip_suffix(s)).filter(|c| !c.is_empty()).unwrap_or(name);
    let chars: Vec<char> = core.chars().collect();
    if chars.len() < 2 {
        return false;
    }
    let mut pairs: Vec<String> = chars.chunks(2).filter(|c| c.len() == 2).map(|c| c.iter().collect()).collect();
    if chars.len() % 2 == 1 {
        pairs.push(chars[chars.len() - 2..].iter().collect());
    }
    pairs.iter().all(|p| clause.contains(p.as_str()))
}
