//! Cells as the engine sees them: plain scalars where there is a value, small objects for
//! dates and for what is missing.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use minijinja::Value as Jinja;
use minijinja::value::{DynObject, Object, ObjectRepr};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::log::note;
use crate::dataset::{Cell, Date, Value};
use crate::source::Origin;

/// A known name without a value. Falsy; printing it is an error (in a draft 〔待填：名〕).
#[derive(Debug, Clone)]
pub struct Missing {
    pub name: Arc<str>,
    pub origin: Option<Origin>,
}

impl Object for Missing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn get_value(self: &Arc<Self>, _key: &Jinja) -> Option<Jinja> {
        // What belongs to something missing is missing as well.
        Some(Jinja::from_dyn_object(self.clone()))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "〔待填：{}〕", self.name)
    }
}

/// A day or month, printed as its cell shows it.
#[derive(Debug, Clone)]
pub struct Day {
    pub date: Date,
    pub shown: Arc<str>,
}

impl Object for Day {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        match key.as_str()? {
            "年" => Some(Jinja::from(self.date.year as i64)),
            "月" => Some(Jinja::from(self.date.month as i64)),
            "日" => Some(self.date.day.map_or(Jinja::from(()), |d| Jinja::from(d as i64))),
            _ => None,
        }
    }

    /// A month that is all that is given stands for its last day.
    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let end = |date: Date| (date.year, date.month, date.day.unwrap_or(i8::MAX));
        other.downcast_ref::<Day>().map(|other| end(self.date).cmp(&end(other.date)))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// The engine's value of a cell; `name` is how the template reached it.
pub fn to_jinja(cell: &Cell, name: &Arc<str>) -> Jinja {
    match &cell.value {
        Value::Missing => missing(name.clone(), Some(cell.origin)),
        Value::Absent => Jinja::from(()),
        Value::Number(n) => decimal_to_jinja(n.decimal, n.percent),
        Value::Date(date) => Jinja::from_object(Day { date: *date, shown: cell.shown.clone() }),
        Value::Bool(b) => Jinja::from(*b),
        Value::Text(text) => Jinja::from(text.as_ref()),
    }
}

pub fn missing(name: Arc<str>, origin: Option<Origin>) -> Jinja {
    Jinja::from_object(Missing { name, origin })
}

/// Whole numbers as integers, others as floats (15 digits of a decimal survive both ways).
pub fn decimal_to_jinja(decimal: Decimal, percent: bool) -> Jinja {
    if !percent
        && decimal.fract().is_zero()
        && let Some(whole) = decimal.to_i64()
    {
        return Jinja::from(whole);
    }
    Jinja::from(decimal.to_f64().unwrap_or(f64::NAN))
}

/// The exact decimal behind a number of the engine: the decimal that was read, or what
/// arithmetic made of it, without the noise of floats.
pub fn jinja_to_decimal(value: &Jinja) -> Option<Decimal> {
    if !value.is_number() {
        return None;
    }
    if value.is_integer() {
        return Decimal::from_str(&value.to_string()).ok();
    }
    let float = f64::try_from(value.clone()).ok()?;
    note(|log| log.find(value).and_then(|e| e.number).map(|n| n.decimal))
        .or_else(|| float_to_decimal(float, note(|log| log.magnitude())))
}

/// A float as the decimal that it stands for, when the numbers that made it were no larger
/// than `magnitude`: floats carry 15 to 16 digits of the largest operand, so what is below
/// its 15th digit (and below ten decimals) is noise.
pub fn float_to_decimal(float: f64, magnitude: f64) -> Option<Decimal> {
    if !float.is_finite() || float.abs() > 1e27 {
        return None;
    }
    let largest = float.abs().max(magnitude.abs()).max(1.0);
    let decimals = (14 - largest.log10().floor() as i32).clamp(0, 10) as usize;
    Decimal::from_str(&format!("{float:.decimals$}")).ok().map(|d| d.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_come_back_as_typed() {
        for text in ["0.1", "31.86", "542.37", "0.783", "99999999999.25", "-2.5"] {
            let decimal = Decimal::from_str(text).unwrap();
            assert_eq!(jinja_to_decimal(&decimal_to_jinja(decimal, false)), Some(decimal), "{text}");
        }
        assert_eq!(float_to_decimal(0.1 + 0.2, 0.2), Decimal::from_str("0.3").ok());
        assert_eq!(float_to_decimal(31.0 - 30.9, 31.0), Decimal::from_str("0.1").ok());
        assert_eq!(float_to_decimal(1e8 + 0.1 - 1e8, 1e8), Decimal::from_str("0.1").ok());
    }
}
