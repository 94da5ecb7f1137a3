//! The pieces of a 占比: by size, at most eight, each with what part of the whole it is.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::axis::refuse_value;
use super::maker::PackExtras;
use super::rows::at;
use super::series::Known;
use crate::dataset::Number;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::document::model::{Inline, Inlines, Series, plain_text};
use crate::figures::Reads;
use crate::source::yaml::Node;
use crate::wording;

/// Most pieces that are told apart.
const MOST: usize = 8;
/// What the small ones are together.
const REST: &str = "其他";
/// Decimals of a share, as in the text.
const DIGITS: u32 = 1;

/// A piece of the whole.
struct Piece {
    label: Inlines,
    text: Inlines,
    value: Decimal,
    reads: Reads,
    /// It is what remains, by its name.
    rest: bool,
}

/// Labels, the one series and the shares.
type Settled = (Vec<Inlines>, Vec<Series>, Vec<Inlines>);

/// Puts the pieces in order and says what part each is. What is below nothing is no part, and of nothing there are none.
pub fn settle(
    extras: &mut PackExtras,
    node: &Node,
    labels: Vec<Inlines>,
    mut series: Vec<Known>,
    unit: Option<&str>,
) -> Option<Settled> {
    if series.len() > 1 {
        let said = format!("占比图只能有一个系列，这里有{}个", series.len());
        extras.refuse(at(node, "系列"), said, "只留一个系列，或者把“类型”改成柱");
        return None;
    }
    let one = series.pop()?;
    if let Some(k) =
        one.exact.iter().position(|value| value.is_some_and(|value| value.is_sign_negative() && !value.is_zero()))
    {
        let value = one.exact[k].unwrap_or_default();
        let said = format!("“{}”是{value}，负数不能画成占比", plain_text(labels.get(k)?));
        refuse_value(extras, &one, k, said, "改正这个数，或者把“类型”改成柱、条");
        return None;
    }
    let Some(k) = one.exact.iter().position(Option::is_some) else {
        // A draft whose figures are still to come.
        return Some((labels, vec![one.series], Vec::new()));
    };
    let whole = one.exact.iter().flatten().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    let Some(whole) = whole.filter(|whole| !whole.is_zero()) else {
        let help = "改正这些数，或者用 {% if %} 在没有数时不画";
        refuse_value(extras, &one, k, "占比图的数都是0，没有可画的".to_owned(), help);
        return None;
    };
    blanks(extras, &labels, &one);
    let name = one.series.name.clone();
    let mut pieces = pieces(extras, labels, one);
    // What remains comes last, whatever its size.
    pieces.sort_by_key(|piece| (piece.rest, Reverse(piece.value)));
    if pieces.len() > MOST {
        join(extras, &mut pieces, unit)?;
    }
    let mut all = Reads::default();
    pieces.iter().for_each(|piece| all.extend(&piece.reads));
    let shares = pieces.iter().map(|piece| share(extras, piece, whole, &all)).collect();
    let values = pieces.iter().map(|piece| Some((piece.value.to_f64()?, piece.text.clone()))).collect();
    let labels = pieces.into_iter().map(|piece| piece.label).collect();
    Some((labels, vec![Series { name, values, right: false }], shares))
}

/// Says which parts are blank: the others are then shares of less than the whole.
fn blanks(extras: &mut PackExtras, labels: &[Inlines], one: &Known) {
    let blank = labels.iter().enumerate().filter(|(k, _)| one.blank.get(*k) == Some(&true));
    let names: Vec<String> = blank.map(|(_, label)| plain_text(label)).collect();
    if names.is_empty() {
        return;
    }
    let place = one.blank.iter().position(|blank| *blank).and_then(|k| *one.places.get(k)?);
    let said = format!("chart块：占比图里{}没有数，其余各项的占比没有把它算进去", names.join("、"));
    let warning = Diagnostic::new(codes::T040, said).weighing(Severity::Warning).help("填写这些数；没有的填“无”或0");
    extras.diagnostics.push(warning.at(place.unwrap_or(extras.block.place)));
}

/// The labels that have a value.
fn pieces(extras: &PackExtras, labels: Vec<Inlines>, one: Known) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for ((label, shown), exact) in labels.into_iter().zip(one.series.values).zip(one.exact) {
        let (Some((_, text)), Some(value)) = (shown, exact) else { continue };
        let rest = plain_text(&label).trim().starts_with(REST);
        let reads = extras.reads(&text);
        pieces.push(Piece { label, text, value, reads, rest });
    }
    pieces
}

/// Makes the smallest pieces one, with a notice.
fn join(extras: &mut PackExtras, pieces: &mut Vec<Piece>, unit: Option<&str>) -> Option<()> {
    // A piece that is called 其他 already is among them.
    let small = pieces.split_off(MOST - 1);
    let value = small.iter().try_fold(Decimal::ZERO, |sum, piece| sum.checked_add(piece.value))?;
    let mut reads = Reads::default();
    small.iter().for_each(|piece| reads.extend(&piece.reads));
    let names: Vec<String> = small.iter().map(|piece| plain_text(&piece.label)).collect();
    let text = value.normalize().to_string();
    let sign = if small.iter().all(|piece| plain_text(&piece.text).ends_with('%')) { "%" } else { "" };
    let name = format!("合计({})", names.join("、"));
    let text = made(extras, format!("{text}{sign}"), reads.clone(), name);
    let said = format!(
        "占比图有{}项，只画得清{MOST}项：最小的{}项（{}）合成“{REST}”，共{value}{}",
        MOST - 1 + small.len(),
        small.len(),
        names.join("、"),
        unit.unwrap_or_default(),
    );
    let notice = Diagnostic::new(codes::T042, said).help("不用处理；要逐项看的，用条图或表");
    extras.diagnostics.push(notice.at(extras.block.place));
    pieces.push(Piece { label: vec![Inline::Text(REST.into())], text, value, reads, rest: true });
    Some(())
}

/// What part of the whole a piece is: rounded by itself, as in the text.
fn share(extras: &mut PackExtras, piece: &Piece, whole: Decimal, all: &Reads) -> Inlines {
    let (part, of) = (Number::plain(piece.value), Number::plain(whole));
    let Ok(text) = wording::share(part.into(), of.into(), DIGITS) else { return Vec::new() };
    let name = format!("占比({}, 合计)", plain_text(&piece.label));
    let mut reads = piece.reads.clone();
    reads.extend(all);
    made(extras, text, reads, name)
}

/// A figure, or plain text where the block states the values.
fn made(extras: &mut PackExtras, text: String, reads: Reads, name: String) -> Inlines {
    if reads.is_empty() { vec![Inline::Text(text.into())] } else { extras.figure(text.into(), reads, name.into()) }
}
