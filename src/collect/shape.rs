//! What the forms of a template are to a collected workbook.

use std::sync::Arc;

use crate::dataset::UNITS_TABLE;
use crate::dataset::schema::{Schema, TableSpec};
use crate::template::Pack;
use crate::vocabulary::units;

/// How the forms of a template become one workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Each unit fills its row of a table.
    Rows { table: Arc<str>, key: Arc<str> },
    /// Each unit fills all fields: they become the columns of a table with a row for each unit,
    /// over which `batch` makes a report for each. `names` are fields that say the unit.
    Fields { names: Vec<Arc<str>>, key: Arc<str> },
}

impl Shape {
    pub fn of(pack: &Pack) -> Shape {
        let key: Arc<str> = pack.key.as_str().into();
        // 主要指标 has names as well, but nobody reports by a row of it.
        let keyed = |t: &&TableSpec| {
            let column = t.column(&key).filter(|column| column.required && t.required);
            column.is_some_and(|c| units::are_units(&t.name, c.example.as_deref()) != Some(false))
        };
        match pack.schema.tables.iter().find(keyed) {
            Some(table) => Shape::Rows { table: table.name.clone(), key },
            None => Shape::Fields { names: naming_fields(&pack.schema), key },
        }
    }

    /// The table that has a row for each unit.
    pub fn table(&self) -> &str {
        match self {
            Shape::Rows { table, .. } => table,
            Shape::Fields { .. } => UNITS_TABLE,
        }
    }

    /// The table in which each unit fills its row, where there is one.
    pub fn rows(&self) -> Option<&str> {
        match self {
            Shape::Rows { table, .. } => Some(table),
            Shape::Fields { .. } => None,
        }
    }

    pub fn key(&self) -> &Arc<str> {
        match self {
            Shape::Rows { key, .. } | Shape::Fields { key, .. } => key,
        }
    }
}

/// 乡镇名称, 街道名称: fields in which a unit says its own name.
fn naming_fields(schema: &Schema) -> Vec<Arc<str>> {
    const PLACES: [&str; 9] = ["乡镇", "街道", "单位", "部门", "社区", "村", "县", "区", "市"];
    let names = schema.fields.iter().map(|f| &f.name);
    let fits = |name: &&Arc<str>| name.ends_with("名称") && PLACES.iter().any(|place| name.starts_with(place));
    names.filter(fits).cloned().collect()
}
