//! What the data can say: series of values by year, each with the expression that gives it and the words that name it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::spell;
use crate::dataset::{Dataset, Date, Value, YearData};
use crate::diagnostic::Origin;
use crate::quantity::{Kind, Measure, Quantity};

/// Most series of one dataset.
const MOST: usize = 80_000;

/// What a series is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A field.
    Field,
    /// One cell of a record that is known by its name.
    Cell,
    /// A sum over a column.
    Sum,
    /// So many records.
    Count,
    /// A mean over a column.
    Mean,
    /// What a column says of the record that has the most, or the least, in another or the same.
    Extreme {
        /// The most.
        greatest: bool,
        /// The column by which it is found, by its label.
        by: usize,
    },
}

/// Values of one meaning by year.
#[derive(Clone, Debug)]
pub struct Series {
    pub of: Of,
    /// The expression that gives it for the year of the report.
    pub expression: String,
    /// By years from the report's, none after it; the number as the data write it, of a share in per cent.
    pub values: BTreeMap<i16, f64>,
    pub kind: Kind,
    /// As the data say it; empty: they say none.
    pub unit: Arc<str>,
    /// Words that name it: the field or column, by numbers of [`Facts::labels`].
    pub name: usize,
    /// The record that it is of.
    pub record: Option<usize>,
    /// What its records have in common: column and value.
    pub condition: Option<(usize, usize)>,
    /// Its table.
    pub table: Option<usize>,
}

/// A day that the data give.
#[derive(Clone, Debug)]
pub struct Day {
    pub expression: String,
    pub date: Date,
    pub name: usize,
    pub record: Option<usize>,
}

/// The records of a table by their names.
#[derive(Clone, Debug)]
pub struct Names {
    pub table: usize,
    /// The expression of the table, and of its column in quotes.
    pub expression: String,
    pub column: String,
    /// It is the column by which records are known.
    pub key: bool,
    /// Functions find a record by it.
    pub by_name: bool,
    /// What all names end with: 村, 卫生院; empty where that differs.
    pub noun: String,
    /// Most of the records were there the year before.
    pub stable: bool,
    /// By row: the expression of the record.
    pub rows: Vec<String>,
    /// Other columns of texts, by row.
    pub others: Vec<(Arc<str>, Vec<Arc<str>>)>,
    /// By row.
    pub texts: Vec<Arc<str>>,
    /// Columns of numbers: label, name, values by row.
    pub numbers: Vec<(usize, Arc<str>, Vec<Option<f64>>)>,
    /// Records that have something in common.
    pub groups: Vec<Group>,
}

/// Records of a table that have something in common.
#[derive(Clone, Debug)]
pub struct Group {
    /// The filter, behind the table.
    pub expression: String,
    /// Column and value, by their labels.
    pub condition: (usize, usize),
    /// By number.
    pub rows: Vec<usize>,
}

/// A bound that the text names: 30万元以上.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// As it is said.
    pub said: String,
    pub value: f64,
    pub unit: String,
    /// 大于, 至少, 小于, 至多
    pub test: &'static str,
}

/// All that the data can say.
#[derive(Debug, Default)]
pub struct Facts {
    pub series: Vec<Series>,
    pub labels: Vec<Arc<str>>,
    by_label: BTreeMap<Arc<str>, usize>,
    pub names: Vec<Names>,
    pub days: Vec<Day>,
    /// Texts of fields: expression, text, name.
    pub texts: Vec<(String, Arc<str>, usize)>,
    pub year: i16,
}

impl Facts {
    /// Without anything in it, for a year.
    pub fn new(year: i16) -> Facts {
        Facts { year, ..Facts::default() }
    }

    /// The number of a label.
    pub fn label(&mut self, text: &str) -> usize {
        if let Some(known) = self.by_label.get(text) {
            return *known;
        }
        let text: Arc<str> = text.into();
        self.labels.push(text.clone());
        self.by_label.insert(text, self.labels.len() - 1);
        self.labels.len() - 1
    }

    pub fn add(&mut self, series: Series) {
        if self.series.len() < MOST && series.values.contains_key(&0) | series.values.contains_key(&-1) {
            self.series.push(series);
        }
    }

    /// What each year up to the report's says, the report's first.
    pub fn by_year<T>(&self, data: &Dataset, read: impl Fn(&YearData) -> Option<T>) -> Vec<(i16, T)> {
        let own = data.years.iter().filter(|(year, _)| **year <= self.year);
        let mut found: Vec<(i16, T)> = own.filter_map(|(year, own)| Some((year - self.year, read(own)?))).collect();
        found.sort_by_key(|(offset, _)| offset.abs());
        found
    }

    /// Days of 报告信息.
    pub fn information(&mut self, data: &Dataset) {
        for (key, cell) in &data.report {
            if let Value::Date(date) = cell.value {
                let name = self.label(key);
                self.days.push(Day { expression: format!("报告.{key}"), date, name, record: None });
            }
        }
    }

    /// The fields of all years.
    pub fn fields(&mut self, data: &Dataset) {
        let mut known = HashSet::new();
        let own = data.current().into_iter().chain(data.years.values().map(|year| &**year));
        let mut names: Vec<Arc<str>> =
            own.flat_map(|year| year.fields.keys()).filter(|name| known.insert((*name).clone())).cloned().collect();
        one_name_each(data, &mut names);
        for name in names {
            let found: Vec<(i16, Quantity)> = self.by_year(data, |year| year.fields.get(&name)?.quantity(None));
            let expression = spell::name(&name);
            let label = self.label(&name);
            let current = data.current().and_then(|year| year.fields.get(&name));
            match current.map(|cell| &cell.value) {
                Some(Value::Date(date)) => {
                    self.days.push(Day { expression: expression.clone(), date: *date, name: label, record: None });
                }
                Some(Value::Text(text)) => self.texts.push((expression.clone(), text.clone(), label)),
                _ => {}
            }
            let Some((_, first)) = found.first() else { continue };
            let (kind, unit) = (first.kind(), unit(first));
            let values = found.iter().map(|(year, quantity)| (*year, spoken(quantity))).collect();
            let series = Series {
                of: Of::Field,
                expression,
                values,
                kind,
                unit,
                name: label,
                record: None,
                condition: None,
                table: None,
            };
            self.add(series);
        }
    }
}

/// A figure that goes by two names (粮食总产量, 农业.粮食总产量) keeps the shorter.
fn one_name_each(data: &Dataset, names: &mut Vec<Arc<str>>) {
    let place =
        |name: &Arc<str>| data.years.values().rev().find_map(|year| year.fields.get(name)).map(|cell| cell.origin);
    let mut shortest: HashMap<Origin, Arc<str>> = HashMap::new();
    for name in names.iter() {
        let Some(origin) = place(name) else { continue };
        let held = shortest.entry(origin).or_insert_with(|| name.clone());
        if name.len() < held.len() {
            *held = name.clone();
        }
    }
    names.retain(|name| place(name).is_none_or(|origin| shortest.get(&origin).is_none_or(|held| held == name)));
}

/// The number as it is spoken: of a share in per cent.
pub fn spoken(quantity: &Quantity) -> f64 {
    let value: f64 = quantity.number.decimal.try_into().unwrap_or(f64::NAN);
    match quantity.kind() {
        Kind::Share => value * 100.0,
        Kind::PerMille => value * 1000.0,
        _ => value,
    }
}

/// The unit of a quantity; empty where it has none.
pub fn unit(quantity: &Quantity) -> Arc<str> {
    quantity.unit.as_ref().map_or("".into(), |unit| unit.symbol.clone())
}

/// What turns a number of this unit into one of the base unit: 10000 of 万元.
pub fn size(unit: &str) -> f64 {
    let measure = Measure::of(unit);
    let size: f64 = measure.size.try_into().unwrap_or(1.0);
    let base: f64 = measure.base.try_into().unwrap_or(1.0);
    size / base
}

/// Whether a figure of the text with this unit may be one of the data with that.
pub fn fits(said: &str, own: &str) -> bool {
    said.is_empty() || own.is_empty() || Measure::of(said).dimension == Measure::of(own).dimension
}
