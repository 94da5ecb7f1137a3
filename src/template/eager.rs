//! Filters of the engine that would give a value which is made only when it is looked at: one
//! upon the other in a loop, they would never end. Here each is made at once, and counted.

use std::collections::BTreeMap;

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, State, Value as Jinja};

use super::calls::{add_filter, missing};
use super::datum::{Datum, text};
use super::limits::{self, MOST_ITEMS};
use super::records::Records;
use super::refusal::FunctionError;
use super::session::charge;
use super::values::Values;

pub fn register(env: &mut Environment<'static>) {
    add_filter(env, "reverse", reverse);
    add_filter(env, "chain", chain);
    add_filter(env, "zip", zip);
    add_filter(env, "items", items);
    env.add_filter("list", |state: &State, value: Jinja| match is_column(&value) {
        true => Ok(value),
        false => minijinja::filters::list(state, value),
    });
}

/// Records and columns are lists already, which know how they were picked.
fn is_column(value: &Jinja) -> bool {
    value.downcast_object_ref::<Records>().is_some() || value.downcast_object_ref::<Values>().is_some()
}

fn listed(value: &Jinja) -> Result<Vec<Jinja>, Error> {
    let told = || FunctionError::new("这里不是一列数据", "只有表和列表可以这样用").with_value(value);
    charge(value.len().unwrap_or(MOST_ITEMS))?;
    Ok(value.try_iter().map_err(|_| told())?.collect())
}

/// The last first; records stay records of their table.
fn reverse(given: &[Jinja]) -> Result<Jinja, Error> {
    let value = &given[0];
    if let Some(missing) = missing(value) {
        return Ok(missing);
    }
    if let Some(text) = text(value) {
        charge(text.len() / 64 + 1)?;
        return Ok(Datum::text(text.chars().rev().collect::<String>()).value());
    }
    if let Some(records) = value.downcast_object_ref::<Records>() {
        charge(records.len())?;
        return Ok(Jinja::from_object(records.select((0..records.len()).rev(), (reverse, given))));
    }
    let mut items = listed(value)?;
    items.reverse();
    Ok(Jinja::from(items))
}

/// Lists behind each other, or maps into one.
fn chain(given: &[Jinja]) -> Result<Jinja, Error> {
    if let Some(missing) = given.iter().find_map(missing) {
        return Ok(missing);
    }
    if given.iter().all(|value| value.kind() == ValueKind::Map) {
        let mut whole: BTreeMap<Jinja, Jinja> = BTreeMap::new();
        for map in given {
            for key in listed(map)? {
                let value = map.get_item(&key)?;
                whole.insert(key, value);
            }
        }
        return Ok(Jinja::from_object(whole));
    }
    let mut whole = Vec::new();
    for list in given {
        whole.extend(listed(list)?);
        limits::fits(whole.len())?;
    }
    Ok(Jinja::from(whole))
}

/// The items of lists beside each other, as far as the shortest goes.
fn zip(given: &[Jinja]) -> Result<Jinja, Error> {
    let lists = given.iter().map(listed).collect::<Result<Vec<_>, _>>()?;
    let shortest = lists.iter().map(Vec::len).min().unwrap_or(0);
    limits::fits(shortest.saturating_mul(lists.len()))?;
    let beside = |at: usize| Jinja::from(lists.iter().map(|list| list[at].clone()).collect::<Vec<_>>());
    Ok(Jinja::from((0..shortest).map(beside).collect::<Vec<_>>()))
}

/// The keys of a map with their values.
fn items(given: &[Jinja]) -> Result<Jinja, Error> {
    let value = &given[0];
    if value.kind() != ValueKind::Map {
        return Err(FunctionError::new("这里不是一组数据", "只有 {键: 值} 可以这样用").with_value(value).into());
    }
    let pair = |key: Jinja| Ok(Jinja::from(vec![key.clone(), value.get_item(&key)?]));
    Ok(Jinja::from(listed(value)?.into_iter().map(pair).collect::<Result<Vec<_>, Error>>()?))
}
