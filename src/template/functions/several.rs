//! Several figures in one clause: 分别, 升降.

use std::sync::Arc;

use minijinja::{Environment, Error, Value as Jinja};
use rust_decimal::Decimal;

use super::args::Args;
use super::items::with_unit;
use super::phrases::phrase;
use super::{add_figure, add_filter, missing};
use crate::quantity::{Kind, Quantity};
use crate::template::datum::{Call, Datum, From, quantity};
use crate::template::years;
use crate::wording::{self, Amount, Went};

pub fn register(env: &mut Environment<'static>) {
    let mut add = |name: &'static str, call: Call| {
        add_figure(env, name, call);
        add_filter(env, name, call);
    };
    add("分别", respectively);
    add("升降", ups_and_downs);
}

/// 分别(值列, 名=[], 词="", 前缀="", 单位=""): with a word (为) what each is; else how each went, by its own rate
/// of growth or against last year.
fn respectively(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("分别", &["值列", "名", "词", "前缀", "单位"], 1, given)?;
    if let Some(missing) = args.missing(&[0, 1]) {
        return Ok(missing);
    }
    let names: Vec<String> =
        if args.given(1) { args.list(1)?.iter().map(super::items::printed).collect() } else { Vec::new() };
    let (word, unit) = (args.text(2, "")?, args.text(4, "")?);
    let mut items = Vec::new();
    let mut cells = Vec::new();
    for (at, value) in args.list(0)?.into_iter().enumerate() {
        if let Some(missing) = missing(&value) {
            return Ok(missing);
        }
        let name = names.get(at).cloned().unwrap_or_default();
        let own = quantity(&value).ok_or_else(|| args.wrong(0, "一列数").with_value(&value))?;
        if word.is_empty() {
            let said = if own.kind() == Kind::Share {
                wording::growth(Amount::Value(own.number), "", 1)
            } else {
                let last = years::moved(&value, -1)?;
                if let Some(missing) = missing(&last) {
                    return Ok(missing);
                }
                let old = quantity(&last)
                    .map_or(Amount::Absent, |q| Amount::Value(q.spoken_in(&own.spoken_unit()).unwrap_or(q.number)));
                cells.push(last);
                wording::year_on_year(Amount::Value(own.spoken_number()), old, &own.spoken_unit(), 1)
                    .map(|said| wording::led("", said))
            };
            let said = said.map_err(|err| super::phrases::refused(&args, &[0], &err))?;
            let at = said.find(|c: char| c.is_ascii_digit()).unwrap_or(said.len());
            items.push(Went { name, way: said[..at].to_owned(), size: said[at..].to_owned() });
        } else {
            items.push(Went { name, way: word.clone(), size: with_unit(&own, &unit) });
        }
        cells.push(value);
    }
    let ways = items.iter().any(|item| item.way != items[0].way);
    if ways && names.len() < items.len() {
        return Err(args.wrong(1, "各个数的名称（有升有降，要说明是哪一个）").into());
    }
    let said = phrase(&args, &[0], wording::respectively(&items, &args.text(3, "")?))?;
    Ok(Datum { from: From::Values(cells.into()), ..Datum::text(said.as_str().unwrap_or_default()) }.value())
}

/// 升降(值列): 两升一降, 三项全部增长, 双下降; rates by their sign, else against last year.
fn ups_and_downs(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("升降", &["值列"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let mut ways = Vec::new();
    let mut cells: Vec<Jinja> = Vec::new();
    for value in args.list(0)? {
        let last = match quantity(&value).filter(|own| own.kind() != Kind::Share) {
            Some(_) => years::moved(&value, -1)?,
            None => Datum::number(Quantity::share(Decimal::ZERO)).value(),
        };
        if let Some(missing) = missing(&value).or_else(|| missing(&last)) {
            return Ok(missing);
        }
        let (Some(new), Some(old)) = (quantity(&value), quantity(&last)) else { continue };
        let order = crate::quantity::compare(&new, &old);
        ways.push(order.map_err(|err| crate::template::operators::refused(&err, &[&value]))?);
        cells.extend([value, last]);
    }
    let said = phrase(&args, &[0], wording::ups_and_downs(&ways))?;
    Ok(Datum { from: From::Values(Arc::from(cells)), ..Datum::text(said.as_str().unwrap_or_default()) }.value())
}
