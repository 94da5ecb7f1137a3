//! Filters over lists that make a sentence of them: 列举, 一是.

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::phrases::{phrase, printed};
use super::{FunctionError, add_filter, missing};
use crate::template::records::Record;
use crate::wording;

pub fn register(env: &mut Environment<'static>) {
    add_filter(env, "列举", enumerate);
    add_filter(env, "一是", firstly);
}

/// The items as they print, without what is none; `Err` is a missing item to be passed on.
pub fn items(args: &Args) -> Result<Result<Vec<String>, Jinja>, Error> {
    if let Some(missing) = args.missing(&[0]) {
        return Ok(Err(missing));
    }
    let mut texts = Vec::new();
    for value in args.list(0)? {
        if let Some(missing) = missing(&value) {
            return Ok(Err(missing));
        }
        if value.downcast_object_ref::<Record>().is_some() {
            return Err(FunctionError::new("这里是一张表，不是一列数据", "先用“| 取(\"列名\")”取出一列").into());
        }
        if !value.is_none() {
            texts.push(printed(&value));
        }
    }
    Ok(Ok(texts))
}

/// 值列 | 列举(个数=3, 量词="个")
fn enumerate(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("列举", &["值列", "个数", "量词"], 1, given)?;
    let texts = match items(&args)? {
        Ok(texts) => texts,
        Err(missing) => return Ok(missing),
    };
    let Ok(most) = usize::try_from(args.digits(1, 3)?) else { return Err(args.wrong(1, "0以上的整数").into()) };
    phrase(&args, &[], wording::enumerate(&texts, most, &args.text(2, "个")?))
}

/// 值列 | 一是
fn firstly(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("一是", &["值列"], 1, given)?;
    match items(&args)? {
        Ok(texts) => phrase(&args, &[], wording::firstly(&texts)),
        Err(missing) => Ok(missing),
    }
}
