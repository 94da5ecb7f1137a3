//! Values that grow are counted before they are made: texts joined and repeated, lists put
//! behind each other and into each other. So a template ends in time and memory, whatever it does.

use std::cmp::Ordering;

use std::collections::BTreeMap;

use minijinja::value::{Kwargs, Rest, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, State, Value as Jinja};

use super::calls::missing;
use super::datum::{Datum, From, What, datum, is_absent, key, text};
use super::describe::describe;
use super::records::{Record, Records};
use super::refusal::FunctionError;
use super::session::{charge, charge_text};
use super::trail::unmarked;
use super::values::Values;

/// Lists within lists.
pub const DEEPEST: usize = 12;
/// Values of the engine that can be changed after they were made, or that hold what stood around them.
const ENDLESS: [&str; 2] = ["::Namespace", "::Macro"];
/// Bytes of one text.
const LONGEST: usize = 2_000_000;
/// Items of one list that a template makes.
pub const MOST_ITEMS: usize = 200_000;

pub fn register(env: &mut Environment<'static>) {
    env.add_filter("__text", text_filter);
    env.add_function("range", range);
    env.add_function("namespace", |given: Option<ValueOrKwargs>| {
        shallow_parts(given.clone().into_iter().map(ValueOrKwargs::into_value))?;
        minijinja::functions::namespace(given)
    });
    env.add_function("dict", |value: Option<Jinja>, more: Kwargs| {
        shallow_parts(value.clone().into_iter().chain([Jinja::from(more.clone())]))?;
        minijinja::functions::dict(value, more)
    });
    env.add_function("__held", |value: Jinja| -> Result<Jinja, Error> {
        held(&value)?;
        Ok(value)
    });
}

/// The values of maps, before they are put into another.
pub fn shallow_parts(maps: impl Iterator<Item = Jinja>) -> Result<(), FunctionError> {
    maps.into_iter().try_for_each(|map| shallow(&map, DEEPEST))
}

fn too_large(what: &str) -> FunctionError {
    FunctionError::limit(&format!("模板做出的{what}超过上限"), "检查是否在循环中成倍加长文字或列表")
}

/// The text of a value and how long it is, where it may be written into another.
fn written(value: &Jinja) -> Result<String, FunctionError> {
    weigh(value)?;
    let said = match datum(value) {
        Some(own) => own.printed(),
        None => unmarked(&value.to_string()).into_owned(),
    };
    charge_text(said.len())?;
    if said.len() > LONGEST { Err(too_large("文字")) } else { Ok(said) }
}

/// `a ~ b`, and `a + b` of texts.
pub fn joined(given: &[Jinja]) -> Result<Jinja, Error> {
    let mut whole = String::new();
    for value in given {
        if let Some(missing) = missing(value) {
            return Ok(missing);
        }
        if value.is_undefined() {
            return Err(FunctionError::undefined().into());
        }
        whole.push_str(&written(value)?);
    }
    if whole.len() > LONGEST {
        return Err(too_large("文字").into());
    }
    Ok(Datum::text(whole).value())
}

/// A text or a list so many times; `None` where neither is one.
pub fn repeated(a: &Jinja, b: &Jinja) -> Result<Option<Jinja>, Error> {
    let listed = |v: &Jinja| datum(v).is_none() && matches!(v.kind(), ValueKind::Seq | ValueKind::Iterable);
    let texts = |v: &Jinja| super::datum::quantity(v).is_none() && text(v).is_some();
    let (thing, count) = if listed(a) || texts(a) { (a, b) } else { (b, a) };
    if !listed(thing) && !texts(thing) {
        return Ok(None);
    }
    let Ok(count) = usize::try_from(key(count)) else { return Ok(None) };
    if let Some(text) = text(thing) {
        let length = text.len().checked_mul(count).filter(|length| *length <= LONGEST);
        charge_text(length.ok_or_else(|| too_large("文字"))?)?;
        return Ok(Some(Datum::text(text.repeat(count)).value()));
    }
    let items: Vec<Jinja> = thing.try_iter()?.collect();
    let length = items.len().checked_mul(count).filter(|length| *length <= MOST_ITEMS);
    charge(length.ok_or_else(|| too_large("列表"))?)?;
    Ok(Some(Jinja::from(std::iter::repeat_n(items, count).flatten().collect::<Vec<_>>())))
}

/// Refuses a list that would be too long.
pub fn fits(items: usize) -> Result<(), FunctionError> {
    if items > MOST_ITEMS { Err(too_large("列表")) } else { Ok(()) }
}

/// Two lists behind each other.
pub fn chained(a: &Jinja, b: &Jinja) -> Result<Jinja, Error> {
    let length = a.len().unwrap_or(0).saturating_add(b.len().unwrap_or(0));
    charge(length)?;
    fits(length)?;
    Ok(Jinja::from(a.try_iter()?.chain(b.try_iter()?).collect::<Vec<_>>()))
}

/// `[a, b]`
pub fn list(given: &[Jinja]) -> Result<Jinja, Error> {
    charge(given.len())?;
    given.iter().try_for_each(|item| shallow(item, DEEPEST))?;
    Ok(Jinja::from(given.to_vec()))
}

/// `{a: b}`
pub fn map(given: &[Jinja]) -> Result<Jinja, Error> {
    charge(given.len())?;
    given.iter().try_for_each(|item| shallow(item, DEEPEST))?;
    let pairs = given.chunks_exact(2).map(|pair| (key(&pair[0]), pair[1].clone()));
    Ok(Jinja::from_object(pairs.collect::<BTreeMap<Jinja, Jinja>>()))
}

/// Refuses lists that are nested too deep; every look is counted.
pub fn shallow(value: &Jinja, depth: usize) -> Result<(), FunctionError> {
    if datum(value).is_some() || is_of_the_data(value) {
        return Ok(());
    }
    // What can hold itself has no end: neither when it is looked at nor when it is let go.
    if let Some(own) = value.as_object()
        && ENDLESS.iter().any(|name| own.type_name().ends_with(name))
    {
        return Err(FunctionError::limit("namespace 和宏不能放进别的值里", "只把数、文字和列表放进 namespace 和列表"));
    }
    let listed = matches!(value.kind(), ValueKind::Seq | ValueKind::Map | ValueKind::Iterable);
    if !listed {
        return Ok(());
    }
    if depth == 0 {
        return Err(FunctionError::limit("列表套得太深", "检查是否在循环中把列表放进它自己"));
    }
    charge(1)?;
    for item in value.try_iter().into_iter().flatten() {
        charge(1)?;
        let item = if value.kind() == ValueKind::Map { value.get_item(&item).unwrap_or_default() } else { item };
        shallow(&item, depth - 1)?;
    }
    Ok(())
}

/// What a namespace is given. A list that a loop makes longer is given to it again at each turn,
/// so what is neither a list nor a map costs little here.
fn held(value: &Jinja) -> Result<(), FunctionError> {
    if value.kind() != ValueKind::Seq || is_of_the_data(value) {
        return shallow(value, DEEPEST);
    }
    charge(value.len().unwrap_or(0) / 8 + 1)?;
    let mut items = value.try_iter().into_iter().flatten();
    items.try_for_each(|item| match datum(&item) {
        Some(_) => Ok(()),
        None => shallow(&item, DEEPEST - 1),
    })
}

pub fn is_of_the_data(value: &Jinja) -> bool {
    value.downcast_object_ref::<Records>().is_some()
        || value.downcast_object_ref::<Record>().is_some()
        || value.downcast_object_ref::<Values>().is_some()
        || value.downcast_object_ref::<super::scope::Scope>().is_some()
}

/// Counts all that a value holds before something goes through it.
pub fn weigh(value: &Jinja) -> Result<(), FunctionError> {
    if let Some(text) = value.as_str() {
        return charge(text.len() / 64 + 1);
    }
    shallow(value, DEEPEST)
}

/// Order of what the template itself made.
pub fn order(a: &Jinja, b: &Jinja) -> Result<Ordering, Error> {
    weigh(a)?;
    weigh(b)?;
    Ok(a.cmp(b))
}

/// `x[a:b:c]`
pub fn slice(given: &[Jinja]) -> Result<Jinja, Error> {
    let value = &given[0];
    if let Some(missing) = missing(value) {
        return Ok(missing);
    }
    let whole =
        |at: usize| -> Option<i64> { given.get(at).filter(|v| !v.is_none()).and_then(|v| i64::try_from(key(v)).ok()) };
    let step = whole(3).unwrap_or(1);
    if step == 0 {
        return Err(FunctionError::new("切片的步长不能为0", "写法：列表[起:止]，如 列表[:3]").into());
    }
    if let Some(text) = text(value) {
        let chars: Vec<char> = text.chars().collect();
        charge(chars.len())?;
        let kept: String = picked(chars.len(), whole(1), whole(2), step).filter_map(|i| chars.get(i)).collect();
        let own = Datum { from: From::Values([value.clone()].into()), ..Datum::text(kept) };
        return Ok(own.value());
    }
    let length = value.len().ok_or_else(|| FunctionError::new("这里不能切片", "只有表、列表和文字可以写 [起:止]"))?;
    charge(length)?;
    let at = picked(length, whole(1), whole(2), step);
    if let Some(records) = value.downcast_object_ref::<Records>() {
        return Ok(Jinja::from_object(records.select(at, (slice, given))));
    }
    let items: Vec<Jinja> = value.try_iter()?.collect();
    Ok(Jinja::from(at.filter_map(|i| items.get(i).cloned()).collect::<Vec<_>>()))
}

/// The places that a slice picks, as Python does.
fn picked(length: usize, start: Option<i64>, stop: Option<i64>, step: i64) -> Box<dyn Iterator<Item = usize>> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let place = |at: i64| if at < 0 { at + length } else { at };
    if step > 0 {
        let (from, to) = (place(start.unwrap_or(0)).clamp(0, length), place(stop.unwrap_or(length)).clamp(0, length));
        return Box::new((from..to).step_by(step.unsigned_abs() as usize).map(|i| i as usize));
    }
    let from = start.map_or(length - 1, place).clamp(-1, length - 1);
    let to = stop.map_or(-1, |stop| place(stop).max(-1));
    Box::new((to + 1..from + 1).rev().step_by(step.unsigned_abs() as usize).map(|i| i as usize))
}

/// `range(a, b, c)`, counted.
fn range(given: Rest<Jinja>) -> Result<Jinja, Error> {
    const MOST: i64 = 100_000;
    let numbers: Option<Vec<i64>> = given.iter().map(|v| i64::try_from(key(v)).ok()).collect();
    let (from, to, step) = match numbers.as_deref() {
        Some([to]) => (0, *to, 1),
        Some([from, to]) => (*from, *to, 1),
        Some([from, to, step]) if *step != 0 => (*from, *to, *step),
        _ => {
            return Err(
                FunctionError::new("range 要写整数", "写法：range(止)、range(起, 止)、range(起, 止, 步长)").into()
            );
        }
    };
    let count = ((i128::from(to) - i128::from(from)) / i128::from(step)).max(0);
    if count > i128::from(MOST) {
        return Err(FunctionError::limit("range 的范围太大（上限 100000）", "改用数据中的表来循环").into());
    }
    charge(count as usize)?;
    let mut items = Vec::with_capacity(count as usize);
    let mut at = from;
    while if step > 0 { at < to } else { at > to } {
        items.push(Jinja::from(at));
        at = at.saturating_add(step);
    }
    Ok(Jinja::from(items))
}

/// A filter of the engine that knows texts only, over texts; what it gives keeps the cells.
fn text_filter(state: &mut State, value: Jinja, name: String, args: Rest<ValueOrKwargs>) -> Result<Jinja, Error> {
    let args = args.into_values();
    if let Some(missing) = missing(&value).or_else(|| args.iter().find_map(missing)) {
        return Ok(missing);
    }
    if value.is_undefined() {
        return Err(FunctionError::undefined().into());
    }
    // What is none is still none when its ends are trimmed: its clause vanishes.
    if name == "trim" && is_absent(&value) {
        return Ok(value);
    }
    if name == "format" {
        whole_numbers(&args)?;
    }
    let plain = |value: &Jinja| match datum(value) {
        Some(Datum { what: What::Bool(flag), .. }) => Jinja::from(*flag),
        Some(Datum { what: What::Number(_), .. }) if name == "format" => key(value),
        Some(own) => Jinja::from(own.printed()),
        None if value.is_safe() => Jinja::from_safe_string(unmarked(value.as_str().unwrap_or_default()).into_owned()),
        None => value.clone(),
    };
    let mut given = vec![plain(&value)];
    for arg in &args {
        weigh(arg)?;
        given.push(plain(arg));
    }
    charge_text(grown(&name, &given)?)?;
    let result = state.apply_filter(&name, &given)?;
    weigh(&result)?;
    if let Some(text) = result.as_str() {
        charge_text(text.len())?;
        if result.is_safe() {
            return Ok(result);
        }
        let from = From::Values(std::iter::once(value).chain(args).collect());
        return Ok(Datum { from, ..Datum::text(text) }.value());
    }
    Ok(result)
}

/// `format` knows no exact decimals: what it is given must be whole.
fn whole_numbers(args: &[Jinja]) -> Result<(), FunctionError> {
    let broken =
        args.iter().find(|v| super::datum::quantity(v).is_some_and(|q| !q.is_amount() || !q.spoken().is_integer()));
    match broken {
        None => Ok(()),
        Some(value) => Err(FunctionError::new(
            format!("format 只能用于整数，这里是{}", describe(value)),
            "小数和百分数用“| 保留(位数)”",
        )
        .with_value(value)),
    }
}

/// The most bytes that a filter may make of what it is given.
fn grown(name: &str, given: &[Jinja]) -> Result<usize, FunctionError> {
    let length = |at: usize| given.get(at).map_or(0, |v| v.as_str().map_or(64, str::len));
    let number = |at: usize| given.get(at).and_then(|v| usize::try_from(key(v)).ok()).unwrap_or(0);
    let most = match name {
        "replace" => {
            let from = length(1);
            let times = length(0).checked_div(from).unwrap_or(length(0) + 1);
            length(0).saturating_add(times.saturating_mul(length(2)))
        }
        "indent" => length(0).saturating_mul(number(1).saturating_add(1)),
        // A width is written in digits.
        "format" if given.first().and_then(|v| v.as_str()).is_some_and(wide) => usize::MAX,
        _ => length(0).saturating_mul(6),
    };
    if most > LONGEST { Err(too_large("文字")) } else { Ok(most) }
}

fn wide(format: &str) -> bool {
    format.split('%').skip(1).any(|part| {
        let digits = part.trim_start_matches(['-', '+', ' ', '#', '0']);
        part.contains('*') || digits.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count() > 3
    })
}
