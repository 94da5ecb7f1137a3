//! A value of the engine that knows what it is, which cells it was made of, and how it is made
//! again for another year.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use minijinja::Value as Jinja;
use minijinja::value::{DynObject, Object, ObjectRepr, ValueKind};
use rust_decimal::Decimal;

use super::prose;
use super::session::{Live, note, other_years};
use super::tokens::is_mark;
use super::trail::unmarked;
use crate::dataset::{Cell, Date, Value};
use crate::diagnostic::Origin;
use crate::figures::{ColumnRead, Reads};
use crate::quantity::{self, Kind, Quantity, Unit};

/// A function of the figure language over its arguments, named ones last.
pub type Call = fn(&[Jinja]) -> Result<Jinja, minijinja::Error>;

/// A value with its origin.
#[derive(Debug, Clone)]
pub struct Datum {
    pub what: What,
    /// What the cell shows, where the value is printed as it was read.
    pub shown: Option<Arc<str>>,
    pub from: From,
    pub again: Again,
    /// Calculations on top of each other.
    pub depth: u8,
    #[expect(dead_code, reason = "it counts by being there")]
    pub(super) live: Live,
}

#[derive(Debug, Clone)]
pub enum What {
    /// A known name without a value; printing it is an error (in a draft 〔待填：名〕).
    Missing {
        name: Arc<str>,
        origin: Option<Origin>,
    },
    /// Filled in as “there is none”.
    Absent,
    Number(Quantity),
    Day(Date),
    Bool(bool),
    Text(Arc<str>),
}

/// The cells that a value was made of.
#[derive(Debug, Clone, Default)]
pub enum From {
    #[default]
    Nothing,
    /// One cell; its name is that of its place.
    Cell { origin: Origin, shown: Arc<str> },
    /// Those of other values.
    Values(Arc<[Jinja]>),
    /// Those of what the call was given.
    Given,
    /// Whole columns.
    Columns(Arc<[ColumnRead]>),
    /// Known already, where the calculation is too deep to be kept.
    Gathered(Arc<Reads>),
    /// Those of other values; the columns were compared to find them.
    Compared(Arc<[Jinja]>, Arc<[ColumnRead]>),
}

/// How the value is made for another year.
#[derive(Debug, Clone, Default)]
pub enum Again {
    /// It is what it is: typed in the template, or nobody knows how.
    #[default]
    Never,
    /// Looked up in the same place of that year.
    Place(Place),
    /// By the same calculation over what it was given, of that year.
    Call(Call, Arc<[Jinja]>),
}

/// Where a value was looked up: a name of a year's data, a column of a record.
pub trait Lookup: Any + fmt::Debug + Send + Sync {
    /// The name by which the template reached it: `上年.培训场次`, `乡镇[云溪镇].经费`.
    fn name(&self) -> Arc<str>;

    /// The year of the data; `None` for what is the same in all years.
    fn year(&self) -> Option<i16>;

    /// What stands in the same place some years on; `None` for what is the same in all years.
    fn moved(&self, by: i16) -> Option<Jinja>;

    /// The place of one of the cells that were added up to the value.
    fn part(&self, _at: usize) -> Option<Place> {
        None
    }
}

/// A place, shared by the values that are made of it.
pub type Place = Arc<dyn Lookup>;

impl Datum {
    /// A value that a calculation gives; its cells are those of what it was given.
    pub fn made(what: What) -> Datum {
        Datum { what, shown: None, from: From::Given, again: Again::Never, depth: 0, live: Live::default() }
    }

    pub fn number(quantity: Quantity) -> Datum {
        Datum::made(What::Number(quantity))
    }

    pub fn text(text: impl Into<Arc<str>>) -> Datum {
        Datum::made(What::Text(text.into()))
    }

    /// The value of a cell that was looked up in a place; `column` is the unit of its column.
    pub fn of_cell(cell: &Cell, column: Option<&Unit>, place: Place) -> Datum {
        let what = match &cell.value {
            Value::Missing => What::Missing { name: place.name(), origin: Some(cell.origin) },
            Value::Absent => What::Absent,
            Value::Number(number) => What::Number(cell.quantity(column).unwrap_or_else(|| Quantity::of(*number, None))),
            Value::Date(date) => What::Day(*date),
            Value::Bool(flag) => What::Bool(*flag),
            Value::Text(text) => What::Text(printable(text)),
        };
        let from = From::Cell { origin: cell.origin, shown: cell.shown.clone() };
        let shown = (!cell.shown.is_empty()).then(|| printable(&cell.shown));
        let read = Datum { what, shown, from, again: Again::Place(place), depth: 0, live: Live::default() };
        read.held(cell.origin)
    }

    /// A 文稿 with a mark in the place of each of its figures, which stays one whatever is made of
    /// the text until it is printed.
    fn held(self, cell: Origin) -> Datum {
        let (What::Text(text), Again::Place(place)) = (&self.what, &self.again) else { return self };
        if !prose::has_figures(text) || !note(|session| session.is_prose(&place.name())) {
            return self;
        }
        let (text, own) = (text.clone(), self.clone().value());
        let what = What::Text(note(|session| session.prose_held.hold(&text, cell, own)).into());
        Datum { what, ..self }
    }

    /// The place where it was looked up, where that is one of this sort.
    pub fn place<T: Lookup>(&self) -> Option<&T> {
        let Again::Place(place) = &self.again else { return None };
        (&**place as &dyn Any).downcast_ref()
    }

    pub fn value(self) -> Jinja {
        Jinja::from_object(self)
    }

    pub fn is_missing(&self) -> bool {
        matches!(self.what, What::Missing { .. })
    }

    /// What it looks like as text.
    pub fn printed(&self) -> String {
        match (&self.what, &self.shown) {
            (What::Text(text), _) => text.to_string(),
            (_, Some(shown)) => shown.to_string(),
            (What::Missing { name, .. }, _) => format!("〔待填：{name}〕"),
            (What::Absent, _) => "无".into(),
            (What::Number(quantity), _) => quantity.to_string(),
            (What::Day(date), _) => match date.day {
                Some(day) => format!("{}-{:02}-{day:02}", date.year, date.month),
                None => format!("{}-{:02}", date.year, date.month),
            },
            (What::Bool(flag), _) => if *flag { "是" } else { "否" }.into(),
        }
    }
}

/// A text without the private characters by which the program marks figures and clauses.
fn printable(text: &Arc<str>) -> Arc<str> {
    if text.contains(is_mark) { text.replace(is_mark, "\u{FFFD}").into() } else { text.clone() }
}

/// A known name without a value.
pub fn missing(name: impl Into<Arc<str>>, origin: Option<Origin>) -> Jinja {
    let what = What::Missing { name: name.into(), origin };
    Datum { from: From::Nothing, ..Datum::made(what) }.value()
}

/// The name and the cell of something missing.
pub fn gap(value: &Jinja) -> Option<(Arc<str>, Option<Origin>)> {
    match &datum(value)?.what {
        What::Missing { name, origin } => Some((name.clone(), *origin)),
        _ => None,
    }
}

/// The datum behind a value of the engine, if it is one.
pub fn datum(value: &Jinja) -> Option<&Datum> {
    value.downcast_object_ref::<Datum>()
}

/// The number behind a value: of a datum, or typed in the template; a text in quotes counts
/// where it says a unit (`"10%"`).
pub fn quantity(value: &Jinja) -> Option<Quantity> {
    if let Some(datum) = datum(value) {
        return match &datum.what {
            What::Number(quantity) => Some(quantity.clone()),
            _ => None,
        };
    }
    match value.kind() {
        ValueKind::Number => {
            let text = value.to_string();
            let decimal = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&text)).ok()?;
            Some(Quantity::literal(decimal))
        }
        ValueKind::String => {
            let read = Quantity::read(value.as_str()?)?;
            (read.kind() != Kind::Amount || read.unit.is_some()).then_some(read)
        }
        _ => None,
    }
}

/// The text behind a value: of a datum, or typed in the template.
pub fn text(value: &Jinja) -> Option<Arc<str>> {
    match datum(value) {
        Some(Datum { what: What::Text(text), .. }) => Some(text.clone()),
        Some(_) => None,
        None => value.as_str().map(|text| Arc::from(&*unmarked(text))),
    }
}

pub fn is_absent(value: &Jinja) -> bool {
    value.is_none() || datum(value).is_some_and(|d| matches!(d.what, What::Absent))
}

impl Object for Datum {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        match &self.what {
            What::Missing { .. } | What::Absent => false,
            What::Number(quantity) => !quantity.is_zero(),
            What::Bool(flag) => *flag,
            What::Text(text) => !text.is_empty(),
            What::Day(_) => true,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let key = key.as_str()?;
        match (key, &self.what) {
            // What belongs to something missing is missing as well.
            (_, What::Missing { .. }) => Some(Jinja::from_dyn_object(self.clone())),
            // Why it cannot be calculated is told where the value is used.
            ("上年", _) => {
                Some((other_years()?.moved)(&Jinja::from_dyn_object(self.clone()), -1).unwrap_or_else(Jinja::from))
            }
            ("历年", _) => Some((other_years()?.all)(Jinja::from_dyn_object(self.clone()))),
            ("年", What::Day(date)) => Some(Jinja::from(i64::from(date.year))),
            ("月", What::Day(date)) => Some(Jinja::from(i64::from(date.month))),
            ("日", What::Day(date)) => Some(date.day.map_or(Jinja::from(()), |d| Jinja::from(i64::from(d)))),
            _ => None,
        }
    }

    /// For the engine's own sorting and grouping; by true values.
    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        order(&self.what, &other.downcast_ref::<Datum>()?.what)
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed())
    }
}

/// Order of two values of one kind. A month that is all that is given stands for its last day.
pub fn order(a: &What, b: &What) -> Option<Ordering> {
    let end = |date: &Date| (date.year, date.month, date.day.unwrap_or(i8::MAX));
    match (a, b) {
        (What::Number(a), What::Number(b)) => quantity::compare(a, b).ok(),
        (What::Day(a), What::Day(b)) => Some(end(a).cmp(&end(b))),
        (What::Text(a), What::Text(b)) => Some(a.cmp(b)),
        (What::Bool(a), What::Bool(b)) => Some(a.cmp(b)),
        (What::Absent, What::Absent) => Some(Ordering::Equal),
        _ => None,
    }
}

/// A value as the key of a container: numbers and texts without what they know.
pub fn key(value: &Jinja) -> Jinja {
    match datum(value).map(|d| &d.what) {
        Some(What::Number(q)) if q.number.decimal.is_integer() => {
            q.number.decimal.to_string().parse::<i64>().map_or_else(|_| value.clone(), Jinja::from)
        }
        Some(What::Text(text)) => Jinja::from(text.as_ref()),
        None if value.is_safe() => Jinja::from(&*unmarked(value.as_str().unwrap_or_default())),
        _ => value.clone(),
    }
}
