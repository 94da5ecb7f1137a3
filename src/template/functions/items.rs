//! The items of a list and how they print.

use minijinja::{Error, Value as Jinja};

use super::args::Args;
use super::{FunctionError, missing};
use crate::quantity::{Kind, Quantity};
use crate::template::datum::{Datum, datum, is_absent};
use crate::template::records::Record;
use crate::template::session::{READING, charge, charge_text};
use crate::template::trail::unmarked;
use crate::template::values::Values;

/// A list item as it prints: what its cell shows, else its own text.
pub fn printed(value: &Jinja) -> String {
    datum(value).map_or_else(|| unmarked(&value.to_string()).into_owned(), Datum::printed)
}

/// A number with its unit, as a sentence says it that does not name the unit itself.
pub fn with_unit(number: &Quantity, asked: &str) -> String {
    if number.kind() == Kind::Share {
        return format!("{}%", number.spoken());
    }
    let unit = if asked.is_empty() { number.spoken_unit() } else { asked.to_owned() };
    let spoken = number.spoken_in(&unit).unwrap_or_else(|| number.spoken_number());
    format!("{}{unit}", spoken.decimal.normalize())
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
