//! One value against its declaration.

use rust_decimal::Decimal;

use super::{FieldSpec, Kind};
use crate::dataset::convert::{Outcome, fault, into_unit};
use crate::dataset::{Cell, Date, MONEY, Number, Value, scalar};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::quantity::unit;
use crate::source::date::Epoch;

/// What is known of a value beside its cell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints {
    /// Its unit is said for the whole sheet.
    pub unit_of_sheet: bool,
    /// Percentages without a sign are in hundredths, as others of its column show.
    pub in_hundredths: bool,
    pub epoch: Epoch,
}

/// True when some of these values are percentages without a sign above 1: then all of them
/// are in hundredths, 0.9 beside 78.3 as well.
pub fn in_hundredths<'c>(spec: &FieldSpec, cells: impl IntoIterator<Item = &'c Cell>) -> bool {
    let above = |cell: &Cell| cell.number().is_some_and(|n| !n.is_share() && n.decimal.abs() > Decimal::ONE);
    spec.kind == Some(Kind::Percent) && cells.into_iter().any(above)
}

/// Turns a filled cell into what is declared, or says why it cannot be.
pub fn settle(cell: &mut Cell, spec: &FieldSpec, hints: Hints) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    if matches!(cell.value, Value::Missing | Value::Absent) {
        return said;
    }
    let outcome = match spec.kind {
        None => Ok(()),
        Some(Kind::Integer | Kind::Decimal) => number(cell, spec),
        Some(Kind::Percent) => percent(cell, hints.in_hundredths, &mut said),
        Some(Kind::Date) => date(cell, hints.epoch, &mut said),
        Some(Kind::Text | Kind::Prose) => {
            cell.value = Value::Text(cell.shown.clone());
            Ok(())
        }
        Some(Kind::Choice) => choice(cell, spec),
    };
    let outcome = outcome.and_then(|()| match spec.kind {
        Some(Kind::Integer | Kind::Decimal) | None => match &spec.unit {
            Some(unit) => into_unit(cell, unit, &|| wanted(spec), hints.unit_of_sheet, &mut said),
            None => Ok(()),
        },
        _ => Ok(()),
    });
    let outcome = outcome.and_then(|()| whole(cell, spec)).and_then(|()| limits(cell, spec));
    if let Err(error) = outcome {
        said.push(*error);
    }
    said
}

/// “以万元计的数”, “整数（场）”.
fn wanted(spec: &FieldSpec) -> String {
    let noun = if spec.kind == Some(Kind::Integer) { "整数" } else { "数" };
    match &spec.unit {
        Some(unit) => format!("以{unit}计的{noun}"),
        None => noun.to_string(),
    }
}

fn number(cell: &mut Cell, spec: &FieldSpec) -> Outcome {
    if let Value::Text(text) = &cell.value
        && let Some(lenient) = scalar::lenient_number(text)
    {
        cell.value = Value::Number(lenient.number);
        cell.unit = lenient.unit.or_else(|| lenient.money.then(|| MONEY.into())).or(cell.unit.take());
    }
    let in_percent = spec.unit.as_ref().or(cell.unit.as_ref()).is_some_and(|u| unit::same(u) == "%");
    match &cell.value {
        // 88.6% under the unit % is 88.6 of it; templates write the sign themselves.
        Value::Number(n) if n.is_share() && in_percent => {
            let spoken = (n.decimal * Decimal::ONE_HUNDRED).normalize();
            cell.value = Value::Number(Number::plain(spoken));
            cell.shown = cell.shown.trim_end_matches(['%', '％']).trim_end().into();
            cell.unit = Some("%".into());
            Ok(())
        }
        Value::Number(n) if !n.is_share() => Ok(()),
        Value::Number(_) => fault(
            codes::D061,
            format!("“{}”是百分比，应为{}", cell.shown, wanted(spec)),
            match spec.unit {
                Some(_) => "去掉百分号，填数本身；单元格格式改为“常规”",
                None => "是百分数的，单位填“%”；不是的，去掉百分号，单元格格式改为“常规”",
            }
            .to_string(),
        ),
        _ => fault(
            codes::D060,
            format!("“{}”不是数字，应为{}", short(&cell.shown), wanted(spec)),
            match &spec.example {
                Some(example) => format!("只填数字，例如 {example}；没有就填“—”"),
                None => "只填数字；没有就填“—”".to_string(),
            },
        ),
    }
}

fn percent(cell: &mut Cell, in_hundredths: bool, said: &mut Vec<Diagnostic>) -> Outcome {
    if let Value::Text(text) = &cell.value
        && let Some(lenient) = scalar::lenient_number(text)
    {
        cell.value = Value::Number(lenient.number);
    }
    let Value::Number(n) = cell.value else {
        return fault(
            codes::D060,
            format!("“{}”不是数字，应为百分比", short(&cell.shown)),
            "填成 78.3% 这样；没有就填“—”".to_string(),
        );
    };
    if n.is_share() {
        return Ok(());
    }
    let hundred = cell.unit.as_deref().is_some_and(|u| unit::same(u) == "%");
    let ratio = if hundred || in_hundredths || n.decimal.abs() > Decimal::ONE {
        n.decimal / Decimal::ONE_HUNDRED
    } else {
        n.decimal
    };
    let shown = format!("{}%", (ratio * Decimal::ONE_HUNDRED).normalize());
    if !hundred {
        said.push(
            Diagnostic::new(codes::D104, format!("“{}”没有百分号，按 {shown} 读取", cell.shown))
                .help("填成 78.3% 这样，或在列名里写上（%）"),
        );
    }
    cell.value = Value::Number(Number::percent(ratio));
    cell.shown = shown.into();
    cell.unit = None;
    Ok(())
}

fn date(cell: &mut Cell, epoch: Epoch, said: &mut Vec<Diagnostic>) -> Outcome {
    if let Value::Date(_) = cell.value {
        return Ok(());
    }
    if let Some(date) = scalar::date(&cell.shown) {
        cell.value = Value::Date(date);
        return Ok(());
    }
    if let Some(notice) = scalar::date_of_serial(cell, epoch) {
        said.push(notice);
        return Ok(());
    }
    let month_help = "年月填成 2026-09 这样";
    let guessed = match month_of(cell)? {
        Some(date) => Some((date, format!("{}-{:02}", date.year, date.month), " ", month_help)),
        None => digits_of_day(&cell.shown).map(|(date, dashed)| (date, dashed, "日期 ", "日期填成 2026-09-30 这样")),
    };
    let Some((date, shown, what, help)) = guessed else {
        return fault(codes::D062, no_date(&cell.shown), DATE_HELP.into());
    };
    said.push(Diagnostic::new(codes::D106, format!("“{}”按{what}{shown} 读取", cell.shown)).help(help));
    cell.value = Value::Date(date);
    cell.shown = shown.into();
    Ok(())
}

const DATE_HELP: &str = "填成 2026-09-30 或 2026年9月30日 这样";

/// The month that is meant: 2027年6月底 is that month, what is printed as a deadline says 底
/// again; 2026.9 is a month here, but a number 2026.1 may have been 2026.10.
fn month_of(cell: &Cell) -> Result<Option<Date>, Box<Diagnostic>> {
    let end = ["底前", "底", "末"].iter().find_map(|end| cell.shown.strip_suffix(end)).and_then(scalar::date);
    if let Some(date) = end.filter(|date| date.day.is_none()) {
        return Ok(Some(date));
    }
    let pointed = cell.shown.split_once('.').filter(|_| cell.number().is_some());
    let Some((year, month)) = pointed else { return Ok(None) };
    let date = scalar::date(&format!("{year}-{month}"));
    if date.is_some() && month == "1" {
        let message = format!("“{}”分不清是 1 月还是 10 月", cell.shown);
        return Err(Box::new(Diagnostic::new(codes::D062, message).help(format!("填成 {year}-01 或 {year}-10 这样"))));
    }
    Ok(date)
}

/// 20260930 typed as a number.
fn digits_of_day(shown: &str) -> Option<(Date, String)> {
    if shown.len() != 8 || !shown.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let dashed = format!("{}-{}-{}", &shown[..4], &shown[4..6], &shown[6..]);
    scalar::date(&dashed).map(|date| (date, dashed))
}

/// Why a text is no date.
fn no_date(text: &str) -> String {
    let shown = short(text);
    if scalar::impossible(text) {
        format!("日历上没有“{shown}”这一天")
    } else if text.contains('月') && !text.contains('年') {
        format!("“{shown}”不是日期：没有写年份")
    } else {
        format!("“{shown}”不是日期")
    }
}

fn choice(cell: &mut Cell, spec: &FieldSpec) -> Outcome {
    let shown = cell.shown.clone();
    if let Some(choice) = spec.choices.iter().find(|c| **c == shown) {
        cell.value = Value::Text(choice.clone());
        return Ok(());
    }
    let choices: Vec<&str> = spec.choices.iter().map(|c| &**c).collect();
    let message = format!("“{}”不在选项里，应为 {} 之一", short(&shown), choices.join("、"));
    match nearest(&shown, choices.iter().copied()) {
        Some(near) => fault(codes::D063, message, format!("是不是“{near}”？")),
        None => fault(codes::D063, message, "从下拉列表里选一个".to_string()),
    }
}

fn whole(cell: &Cell, spec: &FieldSpec) -> Outcome {
    match (&cell.value, spec.kind) {
        (Value::Number(n), Some(Kind::Integer)) if !n.decimal.fract().is_zero() => {
            let exact = n.decimal.normalize();
            let rounded = scalar::plain_number(&cell.shown).is_some_and(|shown| shown.normalize() != exact);
            let what = if rounded {
                format!("单元格显示 {}，里面的数是 {exact}，", cell.shown)
            } else {
                format!("“{exact}”")
            };
            fault(codes::D061, format!("{what}不是整数，应为{}", wanted(spec)), "核对后填整数".to_string())
        }
        _ => Ok(()),
    }
}

fn limits(cell: &Cell, spec: &FieldSpec) -> Outcome {
    let Value::Number(n) = &cell.value else { return Ok(()) };
    let show = |limit: Decimal| {
        if n.is_share() {
            format!("{}%", (limit * Decimal::ONE_HUNDRED).normalize())
        } else {
            limit.normalize().to_string()
        }
    };
    match (spec.min, spec.max) {
        (Some(min), _) if n.decimal < min => {
            fault(codes::D064, format!("“{}”太小，不能小于 {}", cell.shown, show(min)), "核对这个数".to_string())
        }
        (_, Some(max)) if n.decimal > max => fault(
            codes::D064,
            format!("“{}”太大，不能大于 {}", cell.shown, show(max)),
            "核对这个数，以及它的单位".to_string(),
        ),
        _ => Ok(()),
    }
}

fn short(text: &str) -> String {
    let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if flat.chars().count() <= 30 { flat } else { format!("{}…", flat.chars().take(30).collect::<String>()) }
}
