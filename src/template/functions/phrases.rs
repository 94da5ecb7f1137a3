//! Functions and filters that put figures into words.

use minijinja::{Environment, Error, Value as Jinja};

use super::args::{Args, amount};
use super::lists::items;
use super::{FunctionError, add_filter, add_function};
use crate::template::value::Day;
use crate::wording::{self, WordingError};

pub fn register(env: &mut Environment<'static>) {
    add_function(env, "同比", year_on_year);
    add_function(env, "增减", difference);
    add_function(env, "占比", share);
    add_function(env, "百分点", points);
    add_filter(env, "顿号", join);
    add_filter(env, "保留", keep);
    add_filter(env, "年月日", year_month_day);
}

/// A phrase, or why it cannot be said with the cells that are to blame.
pub fn phrase(args: &Args, figures: &[usize], said: Result<String, WordingError>) -> Result<Jinja, Error> {
    match said {
        Ok(text) => Ok(Jinja::from(text)),
        Err(err) => Err(refused(args, figures, &err).into()),
    }
}

/// The user's words for a refusal; where the data are to blame, every argument that is a
/// cell is named.
pub fn refused(args: &Args, figures: &[usize], err: &WordingError) -> FunctionError {
    let (help, blames_data) = advice(err);
    let refused = FunctionError::new(format!("{}：{err}", args.function), help);
    let cells = if blames_data { figures } else { &[] };
    cells.iter().fold(refused, |e, i| e.with_value(&args.value(*i)))
}

/// What to do, and whether the data are to blame rather than the template.
fn advice(err: &WordingError) -> (&'static str, bool) {
    match err {
        WordingError::Missing(_) => ("在数据中填写，没有的写“无”", true),
        WordingError::Absent(_) => ("先用 {% if 名称 is not none %} 判断有没有，或者核对数据", true),
        WordingError::Zero(_) => ("核对数据；可能为零的，先用 {% if 名称 %} 判断", true),
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
        WordingError::EmptyList => ("先用 {% if %} 判断有没有内容", false),
        WordingError::NoSuchRecord => ("用这张表里的记录", false),
    }
}

pub fn count(digits: i64) -> Result<u32, WordingError> {
    u32::try_from(digits).ok().filter(|d| *d <= wording::MAX_DIGITS).ok_or(WordingError::WrongDigits(digits))
}

/// 同比(新, 旧, 单位="", 位数=1)
fn year_on_year(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("同比", &["新", "旧", "单位", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1, 2]) {
        return Ok(missing);
    }
    let (new, old, unit) = (args.rate(0)?, args.rate(1)?, args.text(2, "")?);
    let said = count(args.digits(3, 1)?).and_then(|digits| wording::year_on_year(new, old, &unit, digits));
    phrase(&args, &[0, 1], said)
}

/// 增减(新, 旧, 单位="", 前缀="")
fn difference(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("增减", &["新", "旧", "单位", "前缀"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1, 2]) {
        return Ok(missing);
    }
    let (unit, prefix) = (args.text(2, "")?, args.text(3, "")?);
    let said = wording::difference(args.rate(0)?, args.rate(1)?, &unit);
    phrase(&args, &[0, 1], said.map(|said| wording::compared(&prefix, said)))
}

/// 占比(部分, 全体, 位数=1)
fn share(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("占比", &["部分", "全体", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let (part, whole) = (args.amount(0)?, args.amount(1)?);
    let said = count(args.digits(2, 1)?).and_then(|digits| wording::share(part, whole, digits));
    phrase(&args, &[0, 1], said)
}

/// 百分点(新, 旧, 位数=1, 前缀="")
fn points(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("百分点", &["新", "旧", "位数", "前缀"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let (new, old, prefix) = (args.rate(0)?, args.rate(1)?, args.text(3, "")?);
    let said = count(args.digits(2, 1)?).and_then(|digits| wording::percentage_points(new, old, digits));
    phrase(&args, &[0, 1], said.map(|said| wording::compared(&prefix, said)))
}

/// 值列 | 顿号(末="")
fn join(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("顿号", &["值列", "末"], 1, given)?;
    match items(&args)? {
        Ok(texts) => phrase(&args, &[], wording::join(&texts, &args.text(1, "")?)),
        Err(missing) => Ok(missing),
    }
}

/// A list item as it prints: what its cell shows, else its own text.
pub fn printed(value: &Jinja) -> String {
    let shown = crate::template::log::note(|log| log.find(value).map(|e| e.shown.to_string()));
    match (shown, amount(value)) {
        (Some(shown), _) => shown,
        (None, Some(wording::Amount::Value(number))) => wording::show(number).unwrap_or_else(|_| value.to_string()),
        (None, _) => value.to_string(),
    }
}

/// 数 | 保留(位数)
fn keep(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("保留", &["数", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let value = args.amount(0)?;
    phrase(&args, &[0], count(args.digits(1, 0)?).and_then(|digits| wording::keep(value, digits)))
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
    match value.downcast_object_ref::<Day>() {
        Some(day) => Ok(day.date),
        None => wording::parse_date(&value.to_string()),
    }
}
