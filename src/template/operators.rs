//! What operators, comparisons and literals of templates become: calls on quantities. Missing
//! stays missing; what does not go together is refused with both cells and both units.

use std::cmp::Ordering;

use minijinja::value::{Rest, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, Value as Jinja};

use super::calls::{add_function, missing};
use super::datum::{Call, Datum, What, datum, gap, is_absent, key, order, quantity, text};
use super::describe::describe;
use super::limits;
use super::records::{Record, Records};
use super::refusal::FunctionError;
use super::session::{READING, charge, note};
use crate::quantity::{Quantity, QuantityError, compare};

pub fn register(env: &mut Environment<'static>) {
    let mut add = |name: &'static str, call: Call| add_function(env, name, call);
    add("__add", plus);
    add("__sub", |given| calculate(given, "相减", Quantity::minus));
    add("__mul", times);
    add("__div", |given| calculate(given, "相除", Quantity::over));
    add("__floor", |given| calculate(given, "整除", Quantity::whole_times));
    add("__rem", |given| calculate(given, "取余", Quantity::remainder));
    add("__pow", |given| calculate(given, "乘方", Quantity::power));
    add("__neg", negate);
    add("__join", limits::joined);
    add("__number", |given| Ok(literal(given)));
    let mut plain = |name: &'static str, call: Call| {
        env.add_function(name, move |given: Rest<ValueOrKwargs>| call(&given.into_values()));
    };
    plain("__key", |given| Ok(key(&given[0])));
    plain("__slice", limits::slice);
    plain("__list", limits::list);
    plain("__map", limits::map);
    plain("__each", each);
    // A clause that decides by something missing goes without it.
    let mut decided = |name: &'static str, call: Call| {
        env.add_function(name, move |given: Rest<ValueOrKwargs>| {
            let given = given.into_values();
            note(|session| given.iter().filter_map(gap).for_each(|(name, at)| _ = session.goes_without(&name, at)));
            call(&given)
        });
    };
    decided("__eq", |given| Ok(Jinja::from(equal(&given[0], &given[1])?)));
    decided("__ne", |given| Ok(Jinja::from(!equal(&given[0], &given[1])?)));
    decided("__lt", |given| holds("<", &given[0], &given[1]).map(Jinja::from));
    decided("__le", |given| holds("<=", &given[0], &given[1]).map(Jinja::from));
    decided("__gt", |given| holds(">", &given[0], &given[1]).map(Jinja::from));
    decided("__ge", |given| holds(">=", &given[0], &given[1]).map(Jinja::from));
    decided("__in", |given| holds("in", &given[0], &given[1]).map(Jinja::from));
    decided("__compare", chain);
}

/// A number as the template writes it; it is never a float.
fn literal(given: &[Jinja]) -> Jinja {
    let decimal =
        given[0].as_str().and_then(|text| text.parse().or_else(|_| rust_decimal::Decimal::from_scientific(text)).ok());
    Datum::number(Quantity::literal(decimal.unwrap_or_default())).value()
}

fn calculate(
    given: &[Jinja],
    act: &'static str,
    with: fn(&Quantity, &Quantity) -> Result<Quantity, QuantityError>,
) -> Result<Jinja, Error> {
    let (a, b) = (&given[0], &given[1]);
    if let Some(missing) = missing(a).or_else(|| missing(b)) {
        return Ok(missing);
    }
    let (left, right) = (operand(a, act)?, operand(b, act)?);
    let result = with(&left, &right).map_err(|err| refused(&err, &[a, b]).of_operation())?;
    Ok(Datum::number(result).value())
}

/// The number of an operand, or why it is none.
fn operand(value: &Jinja, act: &str) -> Result<Quantity, FunctionError> {
    if let Some(quantity) = quantity(value) {
        return Ok(quantity);
    }
    if is_absent(value) {
        let cell = super::lineage::reads([value]).first();
        let name = cell.map_or_else(|| "这个数".to_owned(), |read| format!("“{}”", read.name));
        let shown = datum(value).map_or("无".to_owned(), Datum::printed);
        return Err(FunctionError::new(
            format!("{name}填的是“{shown}”，这里却要用它来计算"),
            "一个也没有的填 0；不知道的先空着，用 --draft 出草稿",
        )
        .of_operation()
        .with_value(value));
    }
    if value.is_undefined() {
        return Err(FunctionError::undefined());
    }
    let found = describe(value);
    Err(FunctionError::new(format!("{found}不能参加计算（{act}）"), "检查运算两边是不是都是数；文字先不要参加运算")
        .of_operation()
        .with_value(value))
}

/// Why two values do not go together, with their cells.
pub fn refused(err: &QuantityError, values: &[&Jinja]) -> FunctionError {
    let told = FunctionError::new(err.to_string(), err.help());
    values.iter().fold(told, |told, value| told.with_value(value))
}

/// Sum of numbers, else texts or lists behind each other.
fn plus(given: &[Jinja]) -> Result<Jinja, Error> {
    let (a, b) = (&given[0], &given[1]);
    let listed = |v: &Jinja| matches!(v.kind(), ValueKind::Seq | ValueKind::Iterable);
    if listed(a) && listed(b) {
        return limits::chained(a, b);
    }
    match (text(a), text(b)) {
        // A cell that reads like a number but is text would be put behind the other unnoticed.
        (Some(_), Some(_)) if [a, b].iter().any(|v| looks_like_a_number(v)) => {
            let number = if looks_like_a_number(a) { a } else { b };
            let told = format!("“{number}”是文字，不能当数相加");
            let help = "在数据里只填数，单位写到表头里；要连成一句话的用 ~";
            Err(FunctionError::new(told, help).of_operation().with_value(number).into())
        }
        (Some(_), Some(_)) if quantity(a).is_none() && quantity(b).is_none() => limits::joined(given),
        _ => calculate(given, "相加", Quantity::plus),
    }
}

/// A text of the data that would be a number if its cell were one.
fn looks_like_a_number(value: &Jinja) -> bool {
    datum(value).is_some() && text(value).is_some_and(|text| Quantity::read(&text).is_some())
}

/// Product of numbers, else a text or list several times.
fn times(given: &[Jinja]) -> Result<Jinja, Error> {
    if let Some(number) = given.iter().find(|v| looks_like_a_number(v)) {
        let told = format!("“{number}”是文字，不能当数相乘");
        let help = "在数据里只填数，单位写到表头里";
        return Err(FunctionError::new(told, help).of_operation().with_value(number).into());
    }
    match limits::repeated(&given[0], &given[1])? {
        Some(repeated) => Ok(repeated),
        None => calculate(given, "相乘", Quantity::times),
    }
}

fn negate(given: &[Jinja]) -> Result<Jinja, Error> {
    if let Some(missing) = missing(&given[0]) {
        return Ok(missing);
    }
    Ok(Datum::number(operand(&given[0], "取负")?.negated()).value())
}

/// Equality as templates mean it: by value, whatever the unit it is written in; a code equals
/// the text that it is.
pub fn equal(a: &Jinja, b: &Jinja) -> Result<bool, Error> {
    charge(1)?;
    if a.is_undefined() || b.is_undefined() {
        return Err(FunctionError::undefined().into());
    }
    if let (Some(x), Some(y)) = (quantity(a), quantity(b)) {
        let order = compare(&x, &y).map_err(|err| refused(&err, &[a, b]).of_operation())?;
        return Ok(order == Ordering::Equal);
    }
    if let (Some(a), Some(b)) = (text(a), text(b)) {
        return Ok(a == b);
    }
    if is_absent(a) || is_absent(b) {
        return Ok(is_absent(a) && is_absent(b));
    }
    Ok(match (datum(a), datum(b)) {
        (Some(a), Some(b)) => order(&a.what, &b.what) == Some(Ordering::Equal),
        (Some(Datum { what: What::Bool(flag), .. }), None) | (None, Some(Datum { what: What::Bool(flag), .. })) => {
            let other = if datum(a).is_some() { b } else { a };
            other.kind() == ValueKind::Bool && other.is_true() == *flag
        }
        (None, None) => return equal_made(a, b),
        _ => false,
    })
}

/// Equality of what the template itself made.
pub fn equal_made(a: &Jinja, b: &Jinja) -> Result<bool, Error> {
    let listed = |v: &Jinja| matches!(v.kind(), ValueKind::Seq | ValueKind::Iterable) && !limits::is_of_the_data(v);
    if !listed(a) || !listed(b) {
        limits::weigh(a)?;
        limits::weigh(b)?;
        return Ok(a == b);
    }
    limits::shallow(a, limits::DEEPEST)?;
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.try_iter()?.zip(b.try_iter()?) {
        if !equal(&a, &b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Equality for picking: a number against a text compares what they look like, a `—` is 无, and
/// what cannot be compared is not equal.
pub fn matches(a: &Jinja, b: &Jinja) -> Result<bool, Error> {
    if equal(a, b).unwrap_or(false) {
        return Ok(true);
    }
    let looks = |value: &Jinja| datum(value).map_or_else(|| value.to_string(), Datum::printed);
    Ok(match (text(a), text(b)) {
        (Some(a), None) if is_absent(b) => matches!(&*a, "无" | "—" | "-" | "/"),
        (None, Some(b)) if is_absent(a) => matches!(&*b, "无" | "—" | "-" | "/"),
        (Some(a), None) => *a == *looks(b),
        (None, Some(b)) => *looks(a) == *b,
        _ => false,
    })
}

/// Whether one comparison holds.
pub fn holds(op: &str, a: &Jinja, b: &Jinja) -> Result<bool, Error> {
    match op {
        "==" => return equal(a, b),
        "!=" => return equal(a, b).map(|same| !same),
        "in" => return contains(b, a),
        "not in" => return contains(b, a).map(|there| !there),
        _ => {}
    }
    charge(1)?;
    if a.is_undefined() || b.is_undefined() {
        return Err(FunctionError::undefined().into());
    }
    // What is still to be filled in counts as there: so the sentence that needs it is reached, and
    // stops there or says 〔待填〕. What is none is neither above nor below.
    if missing(a).is_some() || missing(b).is_some() {
        return Ok(op.starts_with('>') == missing(a).is_some());
    }
    if is_absent(a) || is_absent(b) {
        return Ok(false);
    }
    let order = match (quantity(a), quantity(b)) {
        (Some(x), Some(y)) => compare(&x, &y).map_err(|err| refused(&err, &[a, b]).of_operation())?,
        _ => other_order(a, b)?,
    };
    Ok(match op {
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    })
}

fn other_order(a: &Jinja, b: &Jinja) -> Result<Ordering, Error> {
    if let (Some(a), Some(b)) = (text(a), text(b)) {
        return Ok(a.cmp(&b));
    }
    if let (Some(x), Some(y)) = (datum(a), datum(b))
        && let Some(order) = order(&x.what, &y.what)
    {
        return Ok(order);
    }
    if datum(a).is_none() && datum(b).is_none() && a.kind() == b.kind() {
        return limits::order(a, b);
    }
    let told = format!("{}与{}不能比大小", describe(a), describe(b));
    Err(FunctionError::new(told, "只有数与数、日期与日期可以比大小").of_operation().with_value(a).with_value(b).into())
}

/// `a in b`: an item of a list, a part of a text, a key.
fn contains(container: &Jinja, item: &Jinja) -> Result<bool, Error> {
    if missing(container).is_some() {
        return Ok(false);
    }
    if let Some(whole) = text(container) {
        return Ok(text(item).is_some_and(|part| whole.contains(&*part)));
    }
    if let Some(record) = item.downcast_object_ref::<Record>()
        && let Some(records) = container.downcast_object_ref::<Records>()
    {
        return Ok((0..records.len()).filter_map(|i| records.record(i)).any(|other| other.is_same(record)));
    }
    if matches!(container.kind(), ValueKind::Seq | ValueKind::Iterable) {
        for other in container.try_iter()? {
            charge(READING)?;
            if matches(&other, item)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let found = container.get_item(&key(item))?;
    Ok(!found.is_undefined())
}

/// `a < b <= c`: each operand is calculated once.
fn chain(given: &[Jinja]) -> Result<Jinja, Error> {
    for three in given.windows(3).step_by(2) {
        let op = three[1].as_str().unwrap_or_default();
        if !holds(op, &three[0], &three[2])? {
            return Ok(Jinja::from(false));
        }
    }
    Ok(Jinja::from(true))
}

/// What a loop goes through; a single value is none.
fn each(given: &[Jinja]) -> Result<Jinja, Error> {
    let value = &given[0];
    match datum(value).map(|d| &d.what) {
        Some(What::Missing { name, origin }) if note(|session| session.goes_without(name, *origin)) => {
            Ok(Jinja::from(Vec::<Jinja>::new()))
        }
        Some(What::Missing { name, origin }) => Err(FunctionError::missing(name.clone(), *origin).into()),
        Some(_) => Err(FunctionError::new(
            "这里不是一张表，也不是一列数据，不能逐项写出",
            "写表的名称，如 {% for 行 in 乡镇 %}；一列数据用“乡镇 | 取(\"名称\")”",
        )
        .of_operation()
        .with_value(value)
        .into()),
        None => {
            charge(value.len().unwrap_or(1))?;
            Ok(value.clone())
        }
    }
}
