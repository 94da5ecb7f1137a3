//! A value as the user typed it, with its meaning and its place.

use crate::vocabulary::years::YearKey;
use std::sync::{Arc, LazyLock};

use crate::diagnostic::Origin;
pub use crate::quantity::Number;
use crate::quantity::{Measure, Quantity, Unit};
pub use crate::source::Date;

/// What a cell or scalar means.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Blank: not filled in.
    Missing,
    /// Filled in as “there is none”: `—`, `-`, `/`, `无`, `无数据`. Not zero, not blank.
    Absent,
    /// A number with its unit and the kind that its format or sign gives; a percentage is its ratio.
    Number(Number),
    /// A day, or a month where no day is said.
    Date(Date),
    /// TRUE or FALSE: a logical cell, or `true` and `false` without quotes in YAML; 是 and 否 are texts here.
    Bool(bool),
    /// Any other text, trimmed.
    Text(Arc<str>),
}

/// Stands as the unit of a number that only says by its sign that it is money: ￥36.
pub const MONEY: &str = "\u{FFE5}";

/// 元, 万元, 亿元.
pub fn is_of_money(unit: &str) -> bool {
    unit == MONEY || Measure::of(unit).dimension == "元"
}

/// A value with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it means, by the text, the cell's format and the declared type.
    pub value: Value,
    /// What the cell shows, or the scalar as written, trimmed; what is printed when the
    /// figure is printed as it was read. Empty when missing.
    pub shown: Arc<str>,
    /// Unit known from header, column 单位, or typed behind the number.
    pub unit: Option<Arc<str>>,
    /// The cell, or the line of the YAML file.
    pub origin: Origin,
}

/// The one empty text that all missing cells share.
static EMPTY: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from(""));

impl Cell {
    /// A cell that was not filled in.
    pub fn missing(origin: Origin) -> Self {
        Cell { value: Value::Missing, shown: EMPTY.clone(), unit: None, origin }
    }

    /// A cell that holds something that is no value (`#DIV/0!`): missing, and told already.
    pub fn unreadable(origin: Origin, shown: &str) -> Self {
        Cell { shown: shown.into(), ..Cell::missing(origin) }
    }

    /// Whether the cell is blank (to be filled in); `—` and 0 are not.
    pub fn is_missing(&self) -> bool {
        matches!(self.value, Value::Missing)
    }

    /// What the cell is worth, as an amount of the unit that it says itself, else of the one
    /// that its column says.
    pub fn quantity(&self, column: Option<&Unit>) -> Option<Quantity> {
        let number = self.number()?;
        // What a sheet says of all its numbers is the column's; a declaration says it anew.
        let of_sheet = |symbol: &Arc<str>| column.is_some_and(|c| c.loose && Arc::ptr_eq(symbol, &c.symbol));
        let own = self.unit.clone().filter(|symbol| !of_sheet(symbol));
        let symbol = own.map(|symbol| if &*symbol == MONEY { "元".into() } else { symbol });
        let unit = symbol.map(Unit::new).or_else(|| column.cloned());
        Some(Quantity::of(number, unit).settled())
    }

    /// The number alone, without unit; `None` for all else, a date too.
    pub fn number(&self) -> Option<Number> {
        match self.value {
            Value::Number(n) => Some(n),
            _ => None,
        }
    }

    /// The year that the cell says: 2026, 2026年, a date; 今年 and 去年 as well.
    pub fn year_said(&self) -> Option<YearKey> {
        match &self.value {
            Value::Date(date) => Some(YearKey::Year(date.year)),
            _ => YearKey::of(&self.shown),
        }
    }
}
