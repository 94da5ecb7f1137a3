//! How a whole is made up, and figures for each head: 构成, 比值, 成数, 人均, 每万.

use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::args::Args;
use super::compared::{of_both, pair};
use super::items::with_unit;
use super::phrases::{count, perhaps, phrase};
use super::{add_figure, add_filter, missing};
use crate::quantity::{Quantity, unit};
use crate::template::datum::{Call, Datum, From, is_absent, quantity};
use crate::template::years;
use crate::wording::{self, Amount, MoneyUnit, WordingError};

pub fn register(env: &mut Environment<'static>) {
    let mut add = |name: &'static str, call: Call| {
        add_figure(env, name, call);
        add_filter(env, name, call);
    };
    add("构成", structure);
    add("比值", ratio);
    add("成数", portion);
    add("人均", per_head);
    add("每万", per_ten_thousand);
}

/// The numbers of a list in the unit of the first. `Err(value)`: one is missing.
fn numbers(args: &Args, list: &Jinja) -> Result<Result<Vec<Decimal>, Jinja>, Error> {
    let mut found: Vec<Decimal> = Vec::new();
    let mut like: Option<Quantity> = None;
    for value in list.try_iter()? {
        crate::template::session::charge(crate::template::session::READING)?;
        if let Some(missing) = missing(&value) {
            return Ok(Err(missing));
        }
        if is_absent(&value) {
            continue;
        }
        let own = quantity(&value).ok_or_else(|| args.wrong(0, "一列数").with_value(&value))?;
        let first = like.get_or_insert_with(|| own.clone());
        first.together(&own, "并列").map_err(|err| crate::template::operators::refused(&err, &[&value]))?;
        let number = own.spoken_in(&first.spoken_unit()).unwrap_or_else(|| own.spoken_number());
        found.push(number.decimal);
    }
    Ok(Ok(found))
}

/// 构成(值列, 位数=1, 变化=false): 22.8∶38.8∶38.4; 由…调整为….
fn structure(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("构成", &["值列", "位数", "变化"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    args.list(0)?;
    let now = args.value(0);
    let digits = count(args.digits(1, 1)?);
    let say = |list: &Jinja| -> Result<Result<Result<String, WordingError>, Jinja>, Error> {
        Ok(numbers(&args, list)?.map(|numbers| digits.clone().and_then(|n| wording::structure(&numbers, n))))
    };
    let new = match say(&now)? {
        Ok(said) => said,
        Err(missing) => return Ok(missing),
    };
    if !args.flag(2) {
        let said = phrase(&args, &[0], new)?;
        return Ok(Datum { from: From::Values([now].into()), ..Datum::text(said.as_str().unwrap_or_default()) }.value());
    }
    let then = years::moved(&now, -1)?;
    if let Some(missing) = missing(&then) {
        return Ok(missing);
    }
    let old = match say(&then)? {
        Ok(said) => said,
        Err(missing) => return Ok(missing),
    };
    let said = new.and_then(|new| {
        let old = old?;
        Ok(if new == old { format!("仍为{new}") } else { format!("由{old}调整为{new}") })
    });
    let said = phrase(&args, &[0], said)?;
    Ok(Datum { from: From::Values([now, then].into()), ..Datum::text(said.as_str().unwrap_or_default()) }.value())
}

/// 比值(甲, 乙, 位数=2, 变化=false): 2.02∶1; 由2.05∶1缩小到2.02∶1.
fn ratio(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("比值", &["甲", "乙", "位数", "变化"], 2, given)?;
    let digits = count(args.digits(2, 2)?);
    let change = args.flag(3);
    let mut cells = vec![args.value(0), args.value(1)];
    let mut said = Vec::new();
    for by in if change { vec![0, -1] } else { vec![0] } {
        if by != 0 {
            for at in 0..2 {
                args.set(at, years::moved(&args.value(at), by)?);
                cells.push(args.value(at));
            }
        }
        let pair = match pair(&mut args, None)? {
            Ok(pair) => pair,
            Err(missing) => return Ok(missing),
        };
        let (Amount::Value(a), Amount::Value(b)) = (pair.new, pair.old) else {
            return phrase(&args, &[0, 1], Err(WordingError::Absent(wording::Operand::Only)));
        };
        let found = digits.clone().and_then(|digits| wording::ratio(a.decimal, b.decimal, digits));
        said.push(found.map_err(|err| super::phrases::refused(&args, &[0, 1], &err))?);
    }
    let text = match said[..] {
        [now, then] if now == then => format!("仍为{now}∶1"),
        [now, then] if now < then => format!("由{then}∶1缩小到{now}∶1"),
        [now, then] => format!("由{then}∶1扩大到{now}∶1"),
        _ => format!("{}∶1", said[0]),
    };
    Ok(Datum { from: From::Values(cells.into()), ..Datum::text(text) }.value())
}

/// 成数(部分, 全体): 八成以上, 近七成, 三分之一, 过半.
fn portion(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut args = Args::new("成数", &["部分", "全体"], 1, given)?;
    super::implied::second(&mut args)?;
    let pair = match pair(&mut args, None)? {
        Ok(pair) => pair,
        Err(missing) => return Ok(missing),
    };
    let said = match (pair.new, pair.old) {
        (Amount::Value(part), Amount::Value(whole)) => wording::portion(part.decimal, whole.decimal),
        _ => Err(WordingError::Absent(wording::Operand::Part)),
    };
    let said = perhaps(&args, &[0, 1], said, "部分数是0")?;
    of_both(&args, said)
}

/// A number of its base unit: 100000 of 10万人.
fn counted(number: &Quantity) -> Decimal {
    let factor = number.symbol().map_or(Decimal::ONE, |symbol| unit::multiple(symbol).0);
    number.number.decimal.checked_mul(factor).unwrap_or(number.number.decimal)
}

/// 人均(总数, 人数, 位数=2, 单位=""): 4.63万元; of households and 亩 alike.
fn per_head(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("人均", &["总数", "人数", "位数", "单位"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let (Some(sum), Some(heads)) = (args.figure(0)?, args.figure(1)?) else { return Ok(args.value(0)) };
    let heads = counted(&heads);
    let digits = count(args.digits(2, 2)?).map_err(|err| super::phrases::refused(&args, &[], &err))?;
    let Some(each) = sum.number.decimal.checked_div(heads) else {
        return phrase(&args, &[1], Err(WordingError::Zero(wording::Operand::Whole)));
    };
    let asked = args.text(3, "")?;
    let own = sum.unit.as_ref().and_then(|unit| MoneyUnit::named(&unit.symbol).ok());
    let said = match (own, asked.as_str()) {
        (Some(own), "") => wording::money(Amount::Value(sum.valued(each).number), own),
        (Some(own), wanted) => {
            MoneyUnit::named(wanted).and_then(|to| wording::money_in(Amount::Value(sum.valued(each).number), own, to))
        }
        _ => Ok(with_unit(&sum.valued(each).rounded(digits), &asked)),
    };
    of_both(&args, phrase(&args, &[0, 1], said)?)
}

/// 每万(件数, 人数, 位数=1): 4.7件, of every ten thousand.
fn per_ten_thousand(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("每万", &["件数", "人数", "位数"], 2, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let (Some(cases), Some(heads)) = (args.figure(0)?, args.figure(1)?) else { return Ok(args.value(0)) };
    let digits = count(args.digits(2, 1)?).map_err(|err| super::phrases::refused(&args, &[], &err))?;
    let each = counted(&cases).checked_mul(10_000.into()).and_then(|cases| cases.checked_div(counted(&heads)));
    let Some(each) = each else { return phrase(&args, &[1], Err(WordingError::Zero(wording::Operand::Whole))) };
    Ok(Datum::number(cases.valued(each).rounded(digits)).value())
}
