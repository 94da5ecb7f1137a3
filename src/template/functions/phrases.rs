//! Functions and filters that put figures into words.

use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::{Decimal, RoundingStrategy};

use super::args::Args;
use super::items::{Items, items, printed};
use super::{FunctionError, add_filter};
use crate::quantity::Quantity;
use crate::template::datum::{Datum, From, What, datum};
use crate::template::limits;
use crate::wording::{self, Amount, WordingError};

pub fn register(env: &mut Environment<'static>) {
    add_filter(env, "顿号", join);
    add_filter(env, "保留", keep);
    add_filter(env, "作", relabel);
    add_filter(env, "年月日", year_month_day);
}

/// A phrase, or why it cannot be said with the cells that are to blame.
pub fn phrase(args: &Args, figures: &[usize], said: Result<String, WordingError>) -> Result<Jinja, Error> {
    match said {
        Ok(text) => Ok(Jinja::from(text)),
        Err(err) => Err(refused(args, figures, &err).into()),
    }
}

/// A list in words: its cells are those of its items.
pub fn said(items: &Items, text: Jinja) -> Result<Jinja, Error> {
    limits::weigh(&text)?;
    let from = From::Values(items.values.as_slice().into());
    Ok(Datum { from, ..Datum::text(text.as_str().unwrap_or_default()) }.value())
}

/// The user's words for a refusal; where the data are to blame, every argument that is a
/// cell is named.
pub fn refused(args: &Args, figures: &[usize], err: &WordingError) -> FunctionError {
    let (help, blames_data) = advice(err);
    let refused = FunctionError::new(format!("{}：{err}", args.function), help);
    let nothing = matches!(err, WordingError::EmptyList | WordingError::Zero(_) | WordingError::Absent(_));
    let refused = if nothing { refused.of_nothing() } else { refused };
    let cells = if blames_data { figures } else { &[] };
    cells.iter().fold(refused, |e, i| e.with_value(&args.value(*i)))
}

/// What to do, and whether the data are to blame rather than the template.
fn advice(err: &WordingError) -> (&'static str, bool) {
    match err {
        WordingError::Missing(_) => ("在数据中填写，没有的写“无”", true),
        WordingError::Absent(_) => ("核对数据；可能没有的，把这一句写进 [[ ]]，没有时略去", true),
        WordingError::Zero(_) => ("核对数据；可能为零的，把这一句写进 [[ ]]，为零时略去", true),
        WordingError::MixedPercent(_) | WordingError::UnclearRate(_) => ("核对数据，两个数都写成百分数，如78.3%", true),
        WordingError::PartExceedsWhole => ("核对数据；可以超过100%的（如任务完成情况）用“完成率”", true),
        WordingError::NotADate(_) | WordingError::NoDay => ("把这个日期填完整", true),
        WordingError::NotANumber { .. } | WordingError::NotWhole(_) | WordingError::NotPositive(_) => {
            ("核对这个数", true)
        }
        WordingError::Negative(_) | WordingError::TooLarge => ("核对这个数有没有填错", true),
        WordingError::WrongDigits(_) => ("改模板里的“位数”", false),
        WordingError::WrongMonth => ("改为1到12的月份，如 期间(1, 9)", true),
        WordingError::NotAMoneyUnit(_) => ("改模板里的单位，如“| 金额(\"万元\")”", false),
        WordingError::EmptyList => ("把这一句写进 [[ ]]，没有内容时略去；也可以先用 {% if %} 判断", false),
        WordingError::NoSuchRecord => ("用这张表里的记录", false),
    }
}

/// Nothing to say: a clause vanishes for it, outside of one it is an error.
pub fn nothing(args: &Args, why: &str) -> Error {
    FunctionError::new(format!("{}：{why}", args.function), "把这一句写进 [[ ]]，不是这样时略去").of_nothing().into()
}

/// A phrase that may have nothing to say.
pub fn perhaps(
    args: &Args,
    figures: &[usize],
    said: Result<Option<String>, WordingError>,
    why: &str,
) -> Result<Jinja, Error> {
    match said {
        Ok(Some(text)) => Ok(Jinja::from(text)),
        Ok(None) => Err(nothing(args, why)),
        Err(err) => Err(refused(args, figures, &err).into()),
    }
}

pub fn count(digits: i64) -> Result<u32, WordingError> {
    u32::try_from(digits).ok().filter(|d| *d <= wording::MAX_DIGITS).ok_or(WordingError::WrongDigits(digits))
}

/// 值列 | 顿号(末="")
fn join(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("顿号", &["值列", "末"], 1, given)?;
    match items(&args)? {
        Ok(items) => said(&items, phrase(&args, &[], wording::join(&items.texts, &args.text(1, "")?))?),
        Err(missing) => Ok(missing),
    }
}

/// 数 | 保留(位数): written to so many decimals; it stays the number that it is.
fn keep(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("保留", &["数", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(figure) = args.figure(0)? else {
        return phrase(&args, &[0], wording::keep(Amount::Absent, 0));
    };
    let digits = count(args.digits(1, 0)?);
    let spoken = figure.spoken_number();
    let written = phrase(&args, &[0], digits.and_then(|digits| wording::keep(Amount::Value(spoken), digits)))?;
    let shown = written.as_str().map(|text| figure.with_tail(text).into());
    Ok(Datum { shown, ..Datum::number(figure) }.value())
}

/// 数 | 作("件"): the number as one of another unit, on purpose; trace shows it.
fn relabel(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("作", &["数", "单位"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(figure) = args.figure(0)? else { return Ok(args.value(0)) };
    let unit = args.text(1, "")?;
    let unit = Some(unit).filter(|unit| !unit.is_empty()).map(crate::quantity::Unit::new);
    let relabelled = figure.relabelled(unit);
    let value = args.value(0);
    let shown = datum(&value).and_then(|own| own.shown.as_deref());
    let shown = shown.and_then(|shown| rounded(shown, &relabelled)).map(Arc::from);
    Ok(Datum { shown, ..Datum::number(relabelled) }.value())
}

/// The digits that a number was rounded to where it was written, if they are that number's.
fn rounded<'s>(shown: &'s str, figure: &Quantity) -> Option<&'s str> {
    let end = shown.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-')).unwrap_or(shown.len());
    let written: Decimal = shown[..end].parse().ok()?;
    let half_up = RoundingStrategy::MidpointAwayFromZero;
    (figure.number.decimal.round_dp_with_strategy(written.scale(), half_up) == written).then_some(&shown[..end])
}

/// 日期 | 年月日
fn year_month_day(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("年月日", &["日期"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let said = date(&args.value(0)).and_then(wording::year_month_day);
    phrase(&args, &[0], said)
}

/// A date from a date cell or from text.
pub fn date(value: &Jinja) -> Result<crate::dataset::Date, WordingError> {
    match datum(value).map(|own| &own.what) {
        Some(What::Day(date)) => Ok(*date),
        _ => wording::parse_date(&printed(value)),
    }
}
