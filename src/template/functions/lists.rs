//! Filters over lists that make a sentence of them: 列举, 一是.

use minijinja::{Environment, Error, Value as Jinja};

use super::add_filter;
use super::args::Args;
use super::items::items;
use super::phrases::{phrase, said};
use crate::wording;

pub fn register(env: &mut Environment<'static>) {
    add_filter(env, "列举", enumerate);
    add_filter(env, "一是", firstly);
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
