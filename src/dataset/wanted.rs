//! What a template asks for, as far as reading the data needs to know it.

use std::collections::BTreeSet;

use super::pairs::Pair;
use super::schema::Schema;

/// The names that a template asks for; all empty where it is not known yet.
#[derive(Default)]
pub struct Wanted<'w> {
    /// What the pack declares.
    pub schema: Option<&'w Schema>,
    /// Whether the templates read a field or table of this name.
    pub read: Option<&'w dyn Fn(&str) -> bool>,
    /// The names that the templates read at their top.
    pub asked: Option<&'w BTreeSet<String>>,
    /// Whether the templates read a column of this name.
    pub columns: Option<&'w dyn Fn(&str) -> bool>,
    /// The column that names a unit, in all tables that name units.
    pub key: Option<&'w str>,
    /// The table whose records the reports are about.
    pub by: Option<&'w str>,
    /// 对应 of huibao.yaml.
    pub pairs: Vec<Pair>,
}

impl Wanted<'_> {
    /// Whether the templates read a field or table of this name.
    pub fn reads(&self, name: &str) -> bool {
        self.read.is_some_and(|read| read(name))
    }

    /// Whether the templates read a column of this name.
    pub fn reads_column(&self, name: &str) -> bool {
        self.columns.is_some_and(|read| read(name))
    }
}
