//! What templates reach: the containers of the dataset.
//! Order of names: special names, the batch subject's columns, tables, fields, groups.

use std::sync::Arc;

use minijinja::Value as Jinja;
use minijinja::value::{Enumerator, Object, ObjectRepr};
use rust_decimal::Decimal;

use super::absent::TableMissing;
use super::datum::{self, Again, Datum, From, Lookup, Place, missing};
use super::joint::joint;
use super::records::Records;
use super::session::{Known, note};
use super::world::World;
use crate::dataset::Cell;
use crate::quantity::{Kind, Quantity};
use crate::vocabulary::report;

/// One year's fields and tables: the top level, 上年, 历年[y], 数据.
#[derive(Debug, Clone)]
pub struct Scope {
    pub world: Arc<World>,
    pub year: i16,
    /// Of names below a group: `培训.`.
    pub group: Arc<str>,
    pub top: bool,
    /// 历年[2020]: that year, from whatever year it is looked at.
    pub fixed: bool,
}

impl Scope {
    pub fn of(world: Arc<World>, year: i16, fixed: bool) -> Scope {
        Scope { world, year, group: "".into(), top: false, fixed }
    }

    pub fn top(world: Arc<World>) -> Jinja {
        let year = world.year();
        Jinja::from_object(Scope { top: true, ..Scope::of(world, year, false) })
    }

    /// The same place some years on.
    pub fn moved(&self, by: i16) -> Scope {
        if self.fixed { self.clone() } else { Scope { year: self.year + by, ..self.clone() } }
    }

    /// How the template reaches a name of this year: `上年.培训场次`.
    pub fn full_name(&self, key: &str) -> String {
        let group = &self.group;
        match self.year - self.world.year() {
            0 => format!("{group}{key}"),
            -1 if !self.fixed => format!("上年.{group}{key}"),
            _ => format!("历年[{}].{group}{key}", self.year),
        }
    }

    fn special(&self, name: &str) -> Option<Jinja> {
        let other = |year: i16| Jinja::from_object(Scope::of(self.world.clone(), year, false));
        match name {
            "年份" => Some(self.year_value()),
            "上年" => Some(other(self.year - 1)),
            "历年" => Some(Jinja::from_object(Years(self.world.clone()))),
            "报告" => Some(Jinja::from_object(ReportInfo(self.world.clone()))),
            "数据" => Some(other(self.year)),
            "记录" => self.subject_record(),
            _ => None,
        }
    }

    /// 年份, of this scope's year.
    pub fn year_value(&self) -> Jinja {
        if self.world.data.year.is_none() {
            return missing("年份", None);
        }
        let from = match self.world.data.year_origin {
            Some(origin) => From::Cell { origin, shown: self.world.year().to_string().into() },
            None => From::Nothing,
        };
        let year = Quantity::of_kind(Kind::Year, Decimal::from(self.year));
        Datum {
            from,
            again: Again::Place(Arc::new(OwnYear(Scope { top: false, ..self.clone() }))),
            ..Datum::number(year)
        }
        .value()
    }

    /// A name that may not be there: then it is missing.
    pub fn get(&self, key: &str) -> Jinja {
        self.lookup(key).unwrap_or_else(|| missing(self.full_name(key), None))
    }

    /// The value of a name that is known, whether or not it is there in this year.
    pub fn find(&self, key: &str) -> Option<Jinja> {
        self.lookup(key)
    }

    fn lookup(&self, key: &str) -> Option<Jinja> {
        let full = format!("{}{key}", self.group);
        if let Some(found) = self.subject_cell(&full, key) {
            return Some(found);
        }
        if let Some(data) = self.world.year_data(self.year) {
            if let Some(table) = data.tables.get(full.as_str()) {
                self.world.reached(full.as_str());
                let name = self.full_name(key).into();
                return Some(Jinja::from_object(Records::table(
                    self.world.clone(),
                    self.year,
                    table.name.clone(),
                    name,
                )));
            }
            if let Some(cell) = data.fields.get(full.as_str()) {
                return Some(Datum::of_cell(cell, None, self.place(key)).value());
            }
            if data.fields.keys().chain(data.tables.keys()).any(|n| starts_group(n, &full)) {
                return Some(self.below(&full));
            }
        }
        self.absent(&full, key)
    }

    fn place(&self, key: &str) -> Place {
        Arc::new(InScope { scope: Scope { top: false, ..self.clone() }, key: key.into() })
    }

    /// A known name without a value in this year; in others it may have one.
    fn gap(&self, key: &str, origin: Option<crate::diagnostic::Origin>) -> Jinja {
        let what = super::datum::What::Missing { name: self.full_name(key).into(), origin };
        Datum { from: From::Nothing, again: Again::Place(self.place(key)), ..Datum::made(what) }.value()
    }

    /// A name that this year's data do not give.
    fn absent(&self, full: &str, key: &str) -> Option<Jinja> {
        let declared = &self.world.declared;
        if declared.tables.iter().any(|(n, _)| &**n == full) {
            let current = self.year == self.world.year();
            let name = self.full_name(key).into();
            return Some(if current { Jinja::from_object(TableMissing(name)) } else { self.gap(key, None) });
        }
        if declared.fields.iter().any(|n| &**n == full) {
            return Some(self.gap(key, None));
        }
        if self.world.knows(full) {
            let group = declared.fields.iter().any(|n| starts_group(n, full));
            return Some(if group { self.below(full) } else { self.gap(key, None) });
        }
        None
    }

    fn below(&self, full: &str) -> Jinja {
        Jinja::from_object(Scope { group: format!("{full}.").into(), top: false, ..self.clone() })
    }

    /// The subject's own record, for functions that ask for one.
    fn subject_record(&self) -> Option<Jinja> {
        let subject = self.world.subject.as_ref()?;
        let rows = self.subject_rows();
        Records::single(self.world.clone(), self.year, subject.table.clone(), &rows).map(Jinja::from_object)
    }

    fn subject_rows(&self) -> Vec<usize> {
        let rows = self.world.subject.iter().flat_map(|subject| &subject.rows);
        rows.filter(|(year, _)| *year == self.year).map(|(_, row)| *row).collect()
    }

    fn subject_cell(&self, full: &str, key: &str) -> Option<Jinja> {
        let subject = self.world.subject.as_ref()?;
        let known = self.world.subject_table()?;
        known.column(full).or_else(|| known.columns.iter().position(|c| starts_group(&c.name, full)))?;
        let rows = self.subject_rows();
        let table = self.world.year_data(self.year).and_then(|d| d.tables.get(&subject.table));
        let Some(table) = table.filter(|_| !rows.is_empty()) else { return Some(self.gap(key, None)) };
        match table.column(full) {
            Some(column) => {
                let records = rows.iter().filter_map(|row| table.records.get(*row));
                let cells: Vec<&Cell> = records.filter_map(|r| r.cells.get(column)).collect();
                Some(joint(&cells, table.unit(column).as_ref(), self.place(key)).value())
            }
            None if table.columns.iter().any(|c| starts_group(&c.name, full)) => Some(self.below(full)),
            None => Some(self.gap(key, None)),
        }
    }
}

fn starts_group(name: &str, group: &str) -> bool {
    name.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
}

impl Object for Scope {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let key = datum::key(key);
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Jinja> {
        // The program's own names are asked for at every step.
        if key.starts_with("__") {
            return None;
        }
        if self.top
            && let Some(special) = self.special(key)
        {
            return Some(special);
        }
        let found = self.lookup(key);
        if found.is_none() {
            let known = Known::All(self.world.clone());
            note(|session| session.not_known(self.full_name(key), known));
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

/// A name of a year's data, as the place of a value.
#[derive(Debug)]
pub struct InScope {
    pub scope: Scope,
    /// Below the scope's group.
    pub key: Arc<str>,
}

impl Lookup for InScope {
    fn name(&self) -> Arc<str> {
        self.scope.full_name(&self.key).into()
    }

    fn year(&self) -> Option<i16> {
        Some(self.scope.year)
    }

    fn moved(&self, by: i16) -> Option<Jinja> {
        Some(self.scope.moved(by).get(&self.key))
    }
}

/// 年份 itself.
#[derive(Debug)]
struct OwnYear(Scope);

impl Lookup for OwnYear {
    fn name(&self) -> Arc<str> {
        "年份".into()
    }

    fn year(&self) -> Option<i16> {
        Some(self.0.year)
    }

    fn moved(&self, by: i16) -> Option<Jinja> {
        Some(self.0.moved(by).year_value())
    }
}

/// A key of 报告信息.
#[derive(Debug)]
struct InReport(Arc<str>);

impl Lookup for InReport {
    fn name(&self) -> Arc<str> {
        format!("报告.{}", self.0).into()
    }

    fn year(&self) -> Option<i16> {
        None
    }

    fn moved(&self, _by: i16) -> Option<Jinja> {
        None
    }
}

/// 历年: years by number.
#[derive(Debug)]
struct Years(Arc<World>);

impl Object for Years {
    fn get_value(self: &Arc<Self>, key: &Jinja) -> Option<Jinja> {
        let key = datum::key(key);
        let year = i16::try_from(key.clone()).ok().or_else(|| key.as_str()?.trim_end_matches('年').parse().ok())?;
        Some(Jinja::from_object(Scope::of(self.0.clone(), year, true)))
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
        let key = datum::key(key);
        let key = key.as_str()?;
        let data = &self.0.data;
        // Other names of a key lead to it, as in the data.
        let key = if data.report.contains_key(key) { key } else { report::canonical(key) };
        let place: Place = Arc::new(InReport(key.into()));
        let read = |cell: &Cell| Datum::of_cell(cell, None, place.clone()).value();
        if let Some(cell) = data.report.get(key) {
            return Some(read(cell));
        }
        if let Some(cells) = data.report_lists.get(key) {
            return Some(Jinja::from(cells.iter().map(read).collect::<Vec<_>>()));
        }
        let name = format!("报告.{key}");
        if report::find(key).is_some() {
            return Some(missing(name, None));
        }
        let known = data.report.keys().cloned().chain(report::KEYS.iter().map(|key| Arc::from(key.name))).collect();
        note(|session| session.not_known(name, Known::Names(known)));
        None
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.data.report.keys().map(|k| Jinja::from(k.as_ref())).collect())
    }
}
