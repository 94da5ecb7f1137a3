//! What templates reach: the containers of the dataset as objects that note every read.
//! Order of names: special names, the batch subject's columns, tables, fields, groups.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use minijinja::Value as Jinja;
use minijinja::value::{Enumerator, Object, ObjectRepr};
use rust_decimal::Decimal;

use super::columns::Columns;
use super::log::{Entry, note};
use super::names::REPORT_KEYS;
use super::records::{Records, TableMissing};
use super::value::{decimal_to_jinja, missing, to_jinja};
use crate::dataset::{Cell, Dataset, YearData};
use crate::figures::Read;
use crate::source::Origin;

/// Names that a template may use though the data do not give them: declared by the pack.
#[derive(Debug, Default, Clone)]
pub struct Declared {
    pub fields: Vec<Arc<str>>,
    /// Table and its columns.
    pub tables: Vec<(Arc<str>, Vec<Arc<str>>)>,
}

/// The record that a report of a batch is about.
#[derive(Debug, Clone)]
pub struct Subject {
    pub table: Arc<str>,
    /// (year, row of that year's table), newest last. A unit that others were merged into
    /// has several rows in an older year.
    pub rows: Vec<(i16, usize)>,
    /// What the record itself says of 报告信息 (columns `报告.期号` …), over what is shared.
    pub report: Vec<(Arc<str>, Cell)>,
    /// Digest of the data that the record gives; names the source in the file's properties.
    pub digest: Arc<str>,
}

/// The data of one report.
#[derive(Debug)]
pub struct World {
    pub data: Arc<Dataset>,
    pub declared: Arc<Declared>,
    pub subject: Option<Subject>,
    /// What is known of whole columns, shared by the reports of a batch.
    pub columns: Arc<Columns>,
    /// The template asked for the subject's table as a whole.
    whole_table: AtomicBool,
}

impl World {
    pub fn new(data: Arc<Dataset>, declared: Arc<Declared>, subject: Option<Subject>) -> World {
        World { data, declared, subject, columns: Arc::default(), whole_table: AtomicBool::new(false) }
    }

    /// The same world over columns that are known already: of the same years.
    pub fn with_columns(self, columns: Arc<Columns>) -> World {
        World { columns, ..self }
    }

    /// Whether the report depends on other records of the subject's table.
    pub fn read_whole_table(&self) -> bool {
        self.whole_table.load(Ordering::Relaxed)
    }

    fn reached(&self, table: &str) {
        if self.subject.as_ref().is_some_and(|s| &*s.table == table) {
            self.whole_table.store(true, Ordering::Relaxed);
        }
    }

    pub fn year(&self) -> i16 {
        self.data.year.unwrap_or(0)
    }

    fn year_data(&self, year: i16) -> Option<&YearData> {
        self.data.years.get(&year).map(|data| &**data)
    }

    /// Every name that some year's data or the pack knows at the top.
    pub fn known(&self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = ["年份", "上年", "历年", "报告", "数据"].map(Arc::from).to_vec();
        for data in self.data.years.values() {
            names.extend(data.fields.keys().cloned());
            names.extend(data.tables.keys().cloned());
        }
        names.extend(self.declared.fields.iter().cloned());
        names.extend(self.declared.tables.iter().map(|(n, _)| n.clone()));
        if let Some(table) = self.subject_table() {
            names.extend(table.columns.iter().map(|c| c.name.clone()));
        }
        names.sort();
        names.dedup();
        names
    }

    fn subject_table(&self) -> Option<&crate::dataset::Table> {
        let subject = self.subject.as_ref()?;
        self.year_data(self.year())?.tables.get(&subject.table)
    }

    /// Whether any year's data or the pack knows this name, or names below it.
    fn knows(&self, name: &str) -> bool {
        let below = |n: &str| n == name || n.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let data = self.data.years.values();
        data.flat_map(|y| y.fields.keys().chain(y.tables.keys())).any(|n| below(n))
            || self.declared.fields.iter().chain(self.declared.tables.iter().map(|(n, _)| n)).any(|n| below(n))
            || self.subject_table().is_some_and(|t| t.columns.iter().any(|c| below(&c.name)))
    }
}

/// One year's fields and tables: the top level, 上年, 历年[y], 数据.
#[derive(Debug, Clone)]
pub struct Scope {
    pub world: Arc<World>,
    pub year: i16,
    /// How the template reached it: empty at the top, `上年.`, `历年[2024].`.
    pub prefix: Arc<str>,
    /// Of names below a group: `培训.`.
    pub group: Arc<str>,
    pub top: bool,
}

impl Scope {
    pub fn top(world: Arc<World>) -> Jinja {
        let year = world.year();
        Jinja::from_object(Scope { world, year, prefix: "".into(), group: "".into(), top: true })
    }

    fn special(&self, name: &str) -> Option<Jinja> {
        let other = |year: i16, prefix: String| {
            let scope = Scope { world: self.world.clone(), year, prefix: prefix.into(), group: "".into(), top: false };
            Jinja::from_object(scope)
        };
        match name {
            "年份" => Some(self.year_value()),
            "上年" => Some(other(self.year - 1, "上年.".to_string())),
            "历年" => Some(Jinja::from_object(Years(self.world.clone()))),
            "报告" => Some(Jinja::from_object(ReportInfo(self.world.clone()))),
            "数据" => Some(other(self.year, String::new())),
            "记录" => self.subject_record(),
            _ => None,
        }
    }

    fn year_value(&self) -> Jinja {
        let value = Jinja::from(self.world.year() as i64);
        match self.world.data.year {
            None => missing("年份".into(), None),
            Some(year) => {
                if let Some(origin) = self.world.data.year_origin {
                    log_read(origin, "年份".into(), year.to_string().into(), value.clone(), None);
                }
                value
            }
        }
    }

    fn lookup(&self, key: &str) -> Option<Jinja> {
        let full = format!("{}{key}", self.group);
        let name: Arc<str> = format!("{}{full}", self.prefix).into();
        if let Some(found) = self.subject_cell(&full, &name) {
            return Some(found);
        }
        if let Some(data) = self.world.year_data(self.year) {
            if let Some(table) = data.tables.get(full.as_str()) {
                self.world.reached(full.as_str());
                return Some(Records::table(self.world.clone(), self.year, table.name.clone(), name));
            }
            if let Some(cell) = data.fields.get(full.as_str()) {
                return Some(read(cell, name));
            }
            if data.fields.keys().chain(data.tables.keys()).any(|n| starts_group(n, &full)) {
                return Some(self.below(&full));
            }
        }
        self.absent(&full, name)
    }

    /// A name that this year's data do not give.
    fn absent(&self, full: &str, name: Arc<str>) -> Option<Jinja> {
        let declared = &self.world.declared;
        if declared.tables.iter().any(|(n, _)| &**n == full) {
            let current = self.year == self.world.year();
            return Some(if current { Jinja::from_object(TableMissing(name)) } else { missing_read(name, None) });
        }
        if declared.fields.iter().any(|n| &**n == full) {
            return Some(missing_read(name, None));
        }
        if self.world.knows(full) {
            let group = declared.fields.iter().any(|n| starts_group(n, full));
            return Some(if group { self.below(full) } else { missing_read(name, None) });
        }
        None
    }

    fn below(&self, full: &str) -> Jinja {
        Jinja::from_object(Scope { group: format!("{full}.").into(), top: false, ..self.clone() })
    }

    /// The subject's own record, for functions that ask for one.
    fn subject_record(&self) -> Option<Jinja> {
        let subject = self.world.subject.as_ref()?;
        let row = subject.rows.iter().rfind(|(year, _)| *year == self.year)?.1;
        Records::single(self.world.clone(), self.year, subject.table.clone(), row)
    }

    fn subject_cell(&self, full: &str, name: &Arc<str>) -> Option<Jinja> {
        let subject = self.world.subject.as_ref()?;
        let known = self.world.subject_table()?;
        known.column(full).or_else(|| known.columns.iter().position(|c| starts_group(&c.name, full)))?;
        let rows: Vec<usize> = subject.rows.iter().filter(|(y, _)| *y == self.year).map(|(_, row)| *row).collect();
        let table = self.world.year_data(self.year).and_then(|d| d.tables.get(&subject.table));
        match (rows.is_empty(), table) {
            (false, Some(table)) => match table.column(full) {
                Some(column) => {
                    let records = rows.iter().filter_map(|row| table.records.get(*row));
                    let cells: Vec<&Cell> = records.filter_map(|r| r.cells.get(column)).collect();
                    Some(joint(&cells, name))
                }
                None if table.columns.iter().any(|c| starts_group(&c.name, full)) => Some(self.below(full)),
                None => Some(missing_read(name.clone(), None)),
            },
            _ => Some(missing_read(name.clone(), None)),
        }
    }
}

/// The value of a unit in a year in which it was still several: plain numbers add up,
/// anything else must agree.
fn joint(cells: &[&Cell], name: &Arc<str>) -> Jinja {
    let (first, rest) = match cells {
        [] => return missing_read(name.clone(), None),
        [cell] => return read(cell, name.clone()),
        [first, rest @ ..] => (first, rest),
    };
    if let Some(gap) = cells.iter().find(|c| c.is_missing()) {
        return read(gap, name.clone());
    }
    let numbers: Vec<Decimal> =
        cells.iter().filter_map(|c| c.number()).filter(|n| !n.percent).map(|n| n.decimal).collect();
    if numbers.len() < cells.len() {
        let agree = rest.iter().all(|c| c.value == first.value);
        return if agree { read(first, name.clone()) } else { missing_read(name.clone(), Some(first.origin)) };
    }
    cells.iter().for_each(|cell| drop(read(cell, name.clone())));
    decimal_to_jinja(numbers.into_iter().sum(), false)
}

fn starts_group(name: &str, group: &str) -> bool {
    name.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
}

impl Object for Scope {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Jinja> {
        if self.top
            && let Some(special) = self.special(key)
        {
            return Some(special);
        }
        let found = self.lookup(key);
        if found.is_none() {
            let known = self.world.known();
            note(|log| log.not_known(format!("{}{}{key}", self.prefix, self.group), known));
        }
        found
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.world.year_data(self.year).is_some_and(|d| !d.fields.is_empty() || !d.tables.is_empty())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let Some(data) = self.world.year_data(self.year) else { return Enumerator::Empty };
        let names = data.fields.keys().filter_map(|n| n.strip_prefix(&*self.group));
        Enumerator::Values(names.map(Jinja::from).collect())
    }
}

/// 历年: years by number.
#[derive(Debug)]
struct Years(Arc<World>);

impl Object for Years {
    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let year = i16::try_from(key.clone()).ok().or_else(|| key.as_str()?.trim_end_matches('年').parse().ok())?;
        let scope = Scope {
            world: self.0.clone(),
            year,
            prefix: format!("历年[{year}].").into(),
            group: "".into(),
            top: false,
        };
        Some(Jinja::from_object(scope))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.data.years.keys().filter(|y| **y > 0).map(|y| Jinja::from(*y as i64)).collect())
    }
}

/// 报告: what 报告信息 says.
#[derive(Debug)]
struct ReportInfo(Arc<World>);

impl Object for ReportInfo {
    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let key = key.as_str()?;
        let name: Arc<str> = format!("报告.{key}").into();
        let data = &self.0.data;
        if let Some(cell) = data.report.get(key) {
            return Some(read(cell, name));
        }
        if let Some(cells) = data.report_lists.get(key) {
            return Some(Jinja::from(cells.iter().map(|c| read(c, name.clone())).collect::<Vec<_>>()));
        }
        if REPORT_KEYS.contains(&key) {
            return Some(missing_read(name, None));
        }
        let known = data.report.keys().cloned().chain(REPORT_KEYS.map(Arc::from)).collect();
        note(|log| log.not_known(name.to_string(), known));
        None
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.data.report.keys().map(|k| Jinja::from(k.as_ref())).collect())
    }
}

/// Reads a cell: its value for the engine, noted in the log.
pub fn read(cell: &Cell, name: Arc<str>) -> Jinja {
    let value = to_jinja(cell, &name);
    if cell.is_missing() {
        note(|log| log.not_filled(name.clone(), Some(cell.origin)));
        return value;
    }
    let entry = Entry {
        read: Some(Read { origin: cell.origin, name, shown: cell.shown.clone() }),
        value: value.clone(),
        shown: cell.shown.clone(),
        number: cell.number(),
        unit: cell.unit.clone(),
        item: false,
        column: None,
    };
    note(|log| log.entries.push(entry));
    value
}

fn log_read(origin: Origin, name: Arc<str>, shown: Arc<str>, value: Jinja, unit: Option<Arc<str>>) {
    let read = Some(Read { origin, name, shown: shown.clone() });
    note(|log| log.entries.push(Entry { read, value, shown, number: None, unit, item: false, column: None }));
}

/// A known name without a value.
pub fn missing_read(name: Arc<str>, origin: Option<Origin>) -> Jinja {
    note(|log| log.not_filled(name.clone(), origin));
    missing(name, origin)
}
