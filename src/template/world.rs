//! The data of one report, and the names that it may use.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::columns::Columns;
use super::session::AllNames;
use crate::dataset::{Cell, Dataset, Table, YearData};

/// Names that a template may use though the data do not give them: declared by the pack.
#[derive(Debug, Default, Clone)]
pub struct Declared {
    /// Full names, nesting joined with `.`.
    pub fields: Vec<Arc<str>>,
    /// The column that names a unit (主键).
    pub key: Arc<str>,
    /// Table and its columns.
    pub tables: Vec<(Arc<str>, Vec<Arc<str>>)>,
    /// What must be filled in: fields, and columns as `表.列`.
    pub required: Arc<BTreeSet<Arc<str>>>,
    /// What is a 文稿, in the same way; of a batch's own table the columns as well.
    pub prose: Arc<BTreeSet<Arc<str>>>,
}

/// The record that a report of a batch is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Its name; in every year the same.
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
    /// Shared by all reports of a run.
    pub data: Arc<Dataset>,
    /// Names that are no mistake where the data lack them.
    pub declared: Arc<Declared>,
    /// `None`: a report of the data as a whole.
    pub subject: Option<Subject>,
    /// What is known of whole columns, shared by the reports of a batch.
    pub columns: Arc<Columns>,
    /// The template asked for the subject's table as a whole.
    whole_table: AtomicBool,
}

impl AllNames for World {
    /// Every name that some year's data or the pack knows at the top.
    fn known(&self) -> Vec<Arc<str>> {
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
}

impl World {
    /// With nothing known of whole columns yet.
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

    /// The template asked for this table as a whole.
    pub fn reached(&self, table: &str) {
        if self.subject.as_ref().is_some_and(|s| &*s.table == table) {
            self.whole_table.store(true, Ordering::Relaxed);
        }
    }

    /// The report's year; 0 where the data name none.
    pub fn year(&self) -> i16 {
        self.data.year.unwrap_or(0)
    }

    /// The data of one year.
    pub fn year_data(&self, year: i16) -> Option<&YearData> {
        self.data.years.get(&year).map(|data| &**data)
    }

    /// The table of the report's subject, of its year.
    pub fn subject_table(&self) -> Option<&Table> {
        let subject = self.subject.as_ref()?;
        self.year_data(self.year())?.tables.get(&subject.table)
    }

    /// Whether any year's data or the pack knows this name, or names below it.
    pub fn knows(&self, name: &str) -> bool {
        let below = |n: &str| n == name || n.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let data = self.data.years.values();
        data.flat_map(|y| y.fields.keys().chain(y.tables.keys())).any(|n| below(n))
            || self.declared.fields.iter().chain(self.declared.tables.iter().map(|(n, _)| n)).any(|n| below(n))
            || self.subject_table().is_some_and(|t| t.columns.iter().any(|c| below(&c.name)))
    }
}
