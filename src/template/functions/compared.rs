//! More comparisons: 比上年, 环比, 倍数, 完成率, 序时进度.

use minijinja::{Environment, Error, Value as Jinja};

use super::add_function;
use super::args::Args;
use super::phrases::{count, date, phrase};
use crate::template::value::Day;
use crate::wording::{self, Comparison, Elapsed};

pub fn register(env: &mut Environment<'static>) {
    add_function(env, "比上年", against_last_year);
    add_function(env, "环比", period_on_period);
    add_function(env, "倍数", multiple);
    add_function(env, "完成率", completion);
    add_function(env, "序时进度", progress);
}

/// 比上年(新, 旧, 单位="", 位数=1)
fn against_last_year(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("比上年", &["新", "旧", "单位", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1, 2]) {
        return Ok(missing);
    }
    let (new, old, unit) = (args.rate(0)?, args.rate(1)?, args.text(2, "")?);
    let digits = count(args.digits(3, 1)?);
    phrase(&args, &[0, 1], digits.and_then(|d| wording::against_last_year(new, old, &unit, d)))
}

/// 环比(新, 旧, 单位="", 位数=1)
fn period_on_period(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("环比", &["新", "旧", "单位", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1, 2]) {
        return Ok(missing);
    }
    let (new, old, unit) = (args.rate(0)?, args.rate(1)?, args.text(2, "")?);
    let digits = count(args.digits(3, 1)?);
    phrase(&args, &[0, 1], digits.and_then(|d| wording::compare(Comparison::LastPeriod, new, old, &unit, d)))
}

/// 倍数(新, 旧, 位数=1)
fn multiple(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("倍数", &["新", "旧", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let (new, old) = (args.amount(0)?, args.amount(1)?);
    phrase(&args, &[0, 1], count(args.digits(2, 1)?).and_then(|digits| wording::multiple(new, old, digits)))
}

/// 完成率(完成, 任务, 位数=1)
fn completion(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("完成率", &["完成", "任务", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let (done, target) = (args.amount(0)?, args.amount(1)?);
    phrase(&args, &[0, 1], count(args.digits(2, 1)?).and_then(|digits| wording::completion(done, target, digits)))
}

/// 序时进度(完成, 任务, 至, 位数=1): 至 is a number of months or a date.
fn progress(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("序时进度", &["完成", "任务", "至", "位数"], 3, given)?;
    if let Some(missing) = args.missing(&[0, 1, 2]) {
        return Ok(missing);
    }
    let (done, target, until) = (args.amount(0)?, args.amount(1)?, args.value(2));
    let months = u32::try_from(until.clone()).ok().filter(|_| until.downcast_object_ref::<Day>().is_none());
    let elapsed = match months {
        Some(months) => Ok(Elapsed::Months(months)),
        None => date(&until).map(Elapsed::up_to),
    };
    let digits = count(args.digits(3, 1)?);
    let said = elapsed.and_then(|elapsed| wording::schedule_progress(done, target, elapsed, digits?));
    phrase(&args, &[0, 1, 2], said)
}
