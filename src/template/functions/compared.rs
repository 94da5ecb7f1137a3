//! Two figures beside each other: 同比, 比上年, 环比, 增减, 百分点, 占比, 倍数, 完成率, 序时进度. The one
//! compared with may be left out: then it is the same figure of last year.

use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::implied;
use super::phrases::{count, phrase};
use super::{FunctionError, add_figure, add_filter};
use crate::quantity::{Quantity, QuantityError};
use crate::template::datum::{Call, Datum, From};
use crate::template::operators::refused;
use crate::wording::{self, Amount, Comparison, Way, WordingError};

pub fn register(env: &mut Environment<'static>) {
    let mut add = |name: &'static str, call: Call| {
        add_figure(env, name, call);
        add_filter(env, name, call);
    };
    add("同比", |given| change("同比", given, wording::year_on_year));
    add("比上年", |given| change("比上年", given, wording::against_last_year));
    add("环比", |given| {
        change("环比", given, |new, old, unit, digits| {
            wording::compare(Comparison::LastPeriod, new, old, unit, digits)
        })
    });
    add("增减", difference);
    add("百分点", points);
    add("占比", |given| ratio("占比", &["部分", "全体", "位数"], given, wording::share));
    add("完成率", |given| ratio("完成率", &["完成", "任务", "位数"], given, wording::completion));
    add("倍数", multiple);
    add("序时进度", progress);
}

/// Two figures in one unit.
pub struct Pair {
    pub new: Amount,
    pub old: Amount,
    pub unit: String,
}

/// A number without a unit is one of the other's: last year's data may say none.
fn same_unit(a: &mut Quantity, b: &mut Quantity) {
    let bare = |own: &Quantity| own.unit.is_none() && own.is_amount() && !own.number.show.word;
    if bare(a) && b.is_amount() {
        a.unit = b.unit.clone();
    } else if bare(b) && a.is_amount() {
        b.unit = a.unit.clone();
    }
}

/// Both figures in the unit that is asked for, else in that of the new one; what is missing
/// comes back as it is.
pub fn pair(args: &mut Args, unit_at: Option<usize>) -> Result<Result<Pair, Jinja>, Error> {
    if args.missing(&[0]).is_none() {
        args.or_last_year(0, 1)?;
    }
    let needed: Vec<usize> = [0, 1].into_iter().chain(unit_at).collect();
    if let Some(missing) = args.missing(&needed) {
        return Ok(Err(missing));
    }
    let (mut new, mut old) = (args.figure(0)?, args.figure(1)?);
    if let (Some(new), Some(old)) = (&mut new, &mut old) {
        same_unit(new, old);
    }
    let asked = unit_at.map(|at| args.text(at, "")).transpose()?.unwrap_or_default();
    let leader = new.as_ref().filter(|q| q.unit.is_some()).or(old.as_ref());
    let own = leader.map(Quantity::spoken_unit).unwrap_or_default();
    let unit = if asked.is_empty() { own } else { asked };
    let there: Vec<&Quantity> = new.iter().chain(&old).collect();
    if let [new, old] = there.as_slice() {
        new.together(old, "比较").map_err(|err| refused(&err, &[&args.value(0), &args.value(1)]))?;
    }
    let amount = |figure: &Option<Quantity>, at: usize| match figure {
        None => Ok(Amount::Absent),
        Some(figure) => figure.spoken_in(&unit).map(Amount::Value).ok_or_else(|| {
            let own = figure.symbol().unwrap_or_default().to_owned();
            let err = QuantityError::Units { act: "这样写", left: own, right: unit.clone() };
            refused(&err, &[&args.value(at)])
        }),
    };
    Ok(Ok(Pair { new: amount(&new, 0)?, old: amount(&old, 1)?, unit }))
}

/// A comparison is made of both figures, also where last year's was not written.
pub fn of_both(args: &Args, said: Jinja) -> Result<Jinja, Error> {
    let from = From::Values(Arc::from([args.value(0), args.value(1)]));
    Ok(Datum { from, ..Datum::text(said.as_str().unwrap_or_default()) }.value())
}

type Say = fn(Amount, Amount, &str, u32) -> Result<String, WordingError>;

/// With 只="升" or 只="降" a comparison that did not go that way has nothing to say.
fn only(args: &Args, at: usize, pair: &Pair) -> Result<(), Error> {
    let wanted = match args.text(at, "")?.as_str() {
        "" => return Ok(()),
        "升" => Way::Rise,
        "降" => Way::Fall,
        _ => return Err(args.wrong(at, "“升”或者“降”").into()),
    };
    if wording::way(pair.new, pair.old) == Some(wanted) {
        return Ok(());
    }
    let told = format!("{}：没有{}", args.function, if wanted == Way::Rise { "上升" } else { "下降" });
    Err(FunctionError::new(told, "把这一句写进 [[ ]]，不是这样时略去").of_nothing().into())
}

/// 同比(新, 旧, 单位="", 位数=1, 前缀="同比", 只="") and its like.
fn change(name: &'static str, given: &[Jinja], say: Say) -> Result<Jinja, Error> {
    let mut args = Args::new(name, &["新", "旧", "单位", "位数", "前缀", "只"], 1, given)?;
    let pair = match pair(&mut args, Some(2))? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    only(&args, 5, &pair)?;
    let said = count(args.digits(3, 1)?).and_then(|digits| say(pair.new, pair.old, &pair.unit, digits));
    let prefix = if args.given(4) { Some(args.text(4, "")?) } else { None };
    let said = said.map(|said| prefix.map_or_else(|| said.clone(), |prefix| wording::led(&prefix, said.clone())));
    of_both(&args, phrase(&args, &[0, 1], said)?)
}

/// 增减(新, 旧, 单位="", 前缀="", 只="")
fn difference(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("增减", &["新", "旧", "单位", "前缀", "只"], 1, given)?;
    let pair = match pair(&mut args, Some(2))? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    only(&args, 4, &pair)?;
    let prefix = args.text(3, "")?;
    let said = wording::difference(pair.new, pair.old, &pair.unit);
    of_both(&args, phrase(&args, &[0, 1], said.map(|said| wording::compared(&prefix, said)))?)
}

/// 百分点(新, 旧, 位数=1, 前缀="", 只="")
fn points(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("百分点", &["新", "旧", "位数", "前缀", "只"], 1, given)?;
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    only(&args, 4, &pair)?;
    let prefix = args.text(3, "")?;
    let said = count(args.digits(2, 1)?).and_then(|digits| wording::percentage_points(pair.new, pair.old, digits));
    of_both(&args, phrase(&args, &[0, 1], said.map(|said| wording::compared(&prefix, said)))?)
}

/// 占比(部分, 全体, 位数=1), 完成率(完成, 任务, 位数=1): a share, written to so many decimals.
fn ratio(
    name: &'static str,
    parameters: &'static [&'static str],
    given: &[Jinja],
    say: fn(Amount, Amount, u32) -> Result<String, WordingError>,
) -> Result<Jinja, Error> {
    let mut args = Args::new(name, parameters, 1, given)?;
    implied::second(&mut args)?;
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let said = count(args.digits(2, 1)?).and_then(|digits| say(pair.new, pair.old, digits));
    let written = phrase(&args, &[0, 1], said)?;
    let exact = match (pair.new, pair.old) {
        (Amount::Value(new), Amount::Value(old)) => new.decimal.checked_div(old.decimal),
        _ => None,
    };
    Ok(match exact {
        Some(exact) => {
            Datum { shown: written.as_str().map(Into::into), ..Datum::number(Quantity::share(exact)) }.value()
        }
        None => written,
    })
}

/// 倍数(新, 旧, 位数=1)
fn multiple(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("倍数", &["新", "旧", "位数"], 1, given)?;
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let digits = count(args.digits(2, 1)?);
    of_both(&args, phrase(&args, &[0, 1], digits.and_then(|digits| wording::multiple(pair.new, pair.old, digits)))?)
}

/// 序时进度(完成, 任务, 至, 位数=1): 至 is a number of months or a date.
fn progress(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("序时进度", &["完成", "任务", "至", "位数"], 1, given)?;
    implied::second(&mut args)?;
    implied::until(&mut args, 2);
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    if let Some(missing) = args.missing(&[2]) {
        return Ok(missing);
    }
    let elapsed = implied::elapsed(&args, 2);
    let digits = count(args.digits(3, 1)?);
    let said = elapsed.and_then(|elapsed| wording::schedule_progress(pair.new, pair.old, elapsed, digits?));
    phrase(&args, &[0, 1, 2], said)
}
