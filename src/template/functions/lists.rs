//! Filters over lists that make a sentence of them: 列举, 一是.

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::phrases::{phrase, printed, said};
use super::tables::READING;
use super::{FunctionError, add_filter, missing};
use crate::template::datum::is_absent;
use crate::template::records::{Record, Values};
use crate::template::session::{charge, charge_text};
use crate::wording;

pub fn register(env: &mut Environment<'static>) {
    add_filter(env, "列举", enumerate);
    add_filter(env, "一是", firstly);
}

/// The items of a list that are there, with how they print.
pub struct Items {
    /// What they were taken from.
    pub values: Vec<Jinja>,
    pub texts: Vec<String>,
}

/// The items of a list; what is none is left out. `Err(value)`: something is missing.
pub fn items(args: &Args) -> Result<Result<Items, Jinja>, Error> {
    if let Some(missing) = args.missing(&[0]) {
        return Ok(Err(missing));
    }
    let mut items = Items { values: Vec::new(), texts: Vec::new() };
    for value in args.list(0)? {
        charge(READING)?;
        if let Some(missing) = missing(&value) {
            return Ok(Err(missing));
        }
        if value.downcast_object_ref::<Record>().is_some() {
            return Err(FunctionError::new("这里是一张表，不是一列数据", "先用“| 取(\"列名\")”取出一列").into());
        }
        if !is_absent(&value) {
            // The same text may stand in the list a hundred thousand times.
            let text = printed(&value);
            charge_text(text.len())?;
            items.texts.push(text);
            items.values.push(value);
        }
    }
    if args.value(0).downcast_object_ref::<Values>().is_some() {
        items.values = vec![args.value(0)];
    }
    Ok(Ok(items))
}

/// 值列 | 列举(个数=3, 量词="个")
fn enumerate(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("列举", &["值列", "个数", "量词"], 1, given)?;
    let items = match items(&args)? {
        Ok(items) => items,
        Err(missing) => return Ok(missing),
    };
    let Ok(most) = usize::try_from(args.digits(1, 3)?) else { return Err(args.wrong(1, "0以上的整数").into()) };
    said(&items, phrase(&args, &[], wording::enumerate(&items.texts, most, &args.text(2, "个")?))?)
}

/// 值列 | 一是
fn firstly(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("一是", &["值列"], 1, given)?;
    match items(&args)? {
        Ok(items) => said(&items, phrase(&args, &[], wording::firstly(&items.texts))?),
        Err(missing) => Ok(missing),
    }
}
