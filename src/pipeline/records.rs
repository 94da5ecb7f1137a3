//! Whether a pack is about the data as a whole or about the records of one of their tables.

use std::collections::BTreeSet;

use crate::dataset::{Dataset, REPORT_PREFIX, Table};
use crate::template::Pack;

/// Names that mean something in every report, whatever columns are called.
const SPECIAL: [&str; 6] = ["年份", "上年", "历年", "报告", "数据", "记录"];

/// The table whose records a pack is about; `None`: its reports are about the data as a whole.
/// A name that only a column of the table can mean tells it.
pub fn table_of(data: &Dataset, pack: &Pack) -> Option<String> {
    let tables = &data.current()?.tables;
    let used = pack.engine.names();
    let field = |name: &str| data.years.values().any(|y| y.fields.contains_key(name) || y.tables.contains_key(name));
    let declared = |name: &str| {
        pack.schema.fields.iter().any(|f| &*f.name == name) || pack.schema.tables.iter().any(|t| &*t.name == name)
    };
    let meant = |name: &&str| !SPECIAL.contains(name) && !field(name) && !declared(name);
    let own: BTreeSet<&str> = used.iter().map(String::as_str).filter(meant).collect();
    let named = |table: &Table| table.columns.iter().filter(|c| own.contains(&*c.name)).count();
    let keyed = || tables.values().filter(|t| t.column(&pack.key).is_some());
    let of_columns = keyed().filter(|t| named(t) > 0).max_by_key(|t| named(t));
    // A pack for a whole report can be used for each record as well: then its fields are columns.
    let required: Vec<&str> = pack.schema.fields.iter().filter(|f| f.required).map(|f| &*f.name).collect();
    let filled = |table: &Table| required.iter().filter(|name| table.column(name).is_some()).count();
    let of_fields = || {
        let none = !required.is_empty() && required.iter().all(|name| !field(name));
        let best = keyed().max_by_key(|t| filled(t));
        best.filter(|t| none && filled(t) * 2 > required.len())
    };
    of_columns.or_else(of_fields).map(|t| t.name.to_string())
}

/// The keys of 报告信息 that each record of a table gives for its own report.
pub fn own_information(data: &Dataset, table: &str) -> Vec<String> {
    let columns = data.current().and_then(|year| year.tables.get(table)).map_or([].as_slice(), |t| &t.columns);
    columns.iter().filter_map(|c| c.name.strip_prefix(REPORT_PREFIX)).map(str::to_string).collect()
}
