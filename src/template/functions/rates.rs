//! Rates of growth and what stands beside them: 增长, 增速变化, 高于, 拉动, 贡献率, 由至, 任务完成, 双过半.

use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::args::Args;
use super::compared::{of_both, pair};
use super::implied;
use super::items::with_unit;
use super::phrases::{count, nothing, perhaps, phrase};
use super::{add_figure, add_filter};
use crate::quantity::Quantity;
use crate::template::datum::{Call, Datum, From};
use crate::template::years;
use crate::wording::{self, Amount, Elapsed, Grown, WordingError};

pub fn register(env: &mut Environment<'static>) {
    let mut add = |name: &'static str, call: Call| {
        add_figure(env, name, call);
        add_filter(env, name, call);
    };
    add("增长", growth);
    add("增速变化", growth_change);
    add("高于", above);
    add("拉动", |given| grown("拉动", given, wording::pull));
    add("贡献率", |given| grown("贡献率", given, wording::contribution));
    add("由至", from_to);
    add("任务完成", target);
    add("双过半", halves);
}

/// 增长(增速, 前缀="", 位数=1): of a rate that the data give.
fn growth(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("增长", &["增速", "前缀", "位数"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let rate = args.figure(0)?.map_or(Amount::Absent, |q| Amount::Value(q.spoken_number()));
    let prefix = args.text(1, "")?;
    phrase(&args, &[0], count(args.digits(2, 1)?).and_then(|digits| wording::growth(rate, &prefix, digits)))
}

/// 增速变化(新, 旧, 名="增速", 位数=1)
fn growth_change(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("增速变化", &["新", "旧", "名", "位数"], 1, given)?;
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let name = args.text(2, "增速")?;
    let said = count(args.digits(3, 1)?).and_then(|n| wording::growth_change(pair.new, pair.old, &name, n));
    of_both(&args, phrase(&args, &[0, 1], said)?)
}

/// 高于(数, 比, "对象", 高="高于", 低="低于", 单位="", 位数=1)
fn above(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("高于", &["数", "比", "对象", "高", "低", "单位", "位数"], 3, given)?;
    let pair = match pair(&mut args, Some(5))? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let (whose, up, down) = (args.text(2, "")?, args.text(3, "高于")?, args.text(4, "低于")?);
    let said = count(args.digits(6, 1)?)
        .and_then(|n| wording::above((pair.new, pair.old), &whose, (&up, &down), &pair.unit, n));
    of_both(&args, phrase(&args, &[0, 1], said)?)
}

/// 拉动(部分, 全体, 位数=1), 贡献率 alike: by both of this year and last.
fn grown(
    name: &'static str,
    given: &[Jinja],
    say: fn(Grown, u32) -> Result<Option<String>, WordingError>,
) -> Result<Jinja, Error> {
    let args = Args::new(name, &["部分", "全体", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let (part, whole) = (args.value(0), args.value(1));
    let before = [years::moved(&part, -1)?, years::moved(&whole, -1)?];
    if let Some(missing) = before.iter().find_map(super::missing) {
        return Ok(missing);
    }
    let unit = args.figure(1)?.map(|whole| whole.spoken_unit()).unwrap_or_default();
    let number = |value: &Jinja| -> Result<Decimal, Error> {
        let found = crate::template::datum::quantity(value).and_then(|own| own.spoken_in(&unit));
        found.map(|number| number.decimal).ok_or_else(|| args.wrong(0, "与全体同一单位的数").with_value(value).into())
    };
    let grown = Grown { part: (number(&part)?, number(&before[0])?), whole: (number(&whole)?, number(&before[1])?) };
    let said = count(args.digits(2, 1)?).and_then(|digits| say(grown, digits));
    let said = perhaps(&args, &[0, 1], said, "全体没有增长，或者没有变化")?;
    let from = From::Values([part, whole].into_iter().chain(before).collect());
    Ok(Datum { from, ..Datum::text(said.as_str().unwrap_or_default()) }.value())
}

/// 由至(新, 旧, 单位=""): from last year's figure to this.
fn from_to(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("由至", &["新", "旧", "单位"], 1, given)?;
    let pair = match pair(&mut args, Some(2))? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let (Amount::Value(new), Amount::Value(old)) = (pair.new, pair.old) else {
        return phrase(&args, &[0, 1], Err(WordingError::Absent(wording::Operand::Old)));
    };
    let said = |number| with_unit(&Quantity::of(number, None), &pair.unit);
    let way = new.decimal.cmp(&old.decimal);
    let text = wording::from_to(&said(new), &said(old), way, &pair.unit, new.is_share() || old.is_share());
    of_both(&args, Jinja::from(text))
}

/// 任务完成(完成, 任务, 名="年度任务", 单位=""): 超额完成年度任务，超出2场; 完成年度任务的90%，还差4场.
fn target(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("任务完成", &["完成", "任务", "名", "单位"], 1, given)?;
    implied::second(&mut args)?;
    let pair = match pair(&mut args, Some(3))? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let name = args.text(2, "年度任务")?;
    let rate = wording::completion(pair.new, pair.old, 1);
    let (Amount::Value(done), Amount::Value(task)) = (pair.new, pair.old) else {
        return phrase(&args, &[0, 1], rate);
    };
    let gap = format!("{}{}", (done.decimal - task.decimal).abs().normalize(), pair.unit);
    let said = rate.map(|rate| match done.decimal.cmp(&task.decimal) {
        std::cmp::Ordering::Greater => format!("超额完成{name}，超出{gap}"),
        std::cmp::Ordering::Equal => format!("完成{name}"),
        std::cmp::Ordering::Less => format!("完成{name}的{rate}，还差{gap}"),
    });
    of_both(&args, phrase(&args, &[0, 1], said)?)
}

/// 双过半(完成, 任务, 至): 时间过半、任务过半.
fn halves(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("双过半", &["完成", "任务", "至"], 1, given)?;
    implied::second(&mut args)?;
    implied::until(&mut args, 2);
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    if let Some(missing) = args.missing(&[2]) {
        return Ok(missing);
    }
    let elapsed = match implied::elapsed(&args, 2) {
        Ok(elapsed) => elapsed,
        Err(err) => return phrase(&args, &[2], Err(err)),
    };
    let past = match elapsed {
        Elapsed::Months(months) => months >= 6,
        Elapsed::Days { passed, year } => passed * 2 >= year,
    };
    if !past {
        return Err(nothing(&args, "时间没有过半"));
    }
    let said = wording::completion(pair.new, pair.old, 1).map(|_| match (pair.new, pair.old) {
        (Amount::Value(done), Amount::Value(task)) if done.decimal + done.decimal >= task.decimal => {
            "时间过半、任务过半".to_owned()
        }
        _ => "时间过半、任务未过半".to_owned(),
    });
    let said = phrase(&args, &[0, 1], said)?;
    let from = From::Values(Arc::from([args.value(0), args.value(1)]));
    Ok(Datum { from, ..Datum::text(said.as_str().unwrap_or_default()) }.value())
}
