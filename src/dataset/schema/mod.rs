//! What a template declares about its data: names, types, units, limits (contract §3).

mod absent;
mod check;
mod context;
mod declare;
mod json;
mod parse;
pub(crate) mod relation;
mod typing;
mod unused;

use std::sync::Arc;

use rust_decimal::Decimal;

pub use check::{check, of_a_draft};
pub use json::json_schema;
pub use relation::Relation;
pub use unused::forgive;

use crate::diagnostic::Origin;

/// The declared fields and tables of a template pack.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// 字段 of template.yaml, in its order, which is that of the form; nesting joined with `.`.
    pub fields: Vec<FieldSpec>,
    /// 表 of template.yaml, in its order, which is that of the form.
    pub tables: Vec<TableSpec>,
    /// 关系 between fields; those of a table's columns are the table's.
    pub relations: Vec<Relation>,
}

/// A declared field, or a declared column of a table.
#[derive(Clone, Debug)]
pub struct FieldSpec {
    /// As data and template name it.
    pub name: Arc<str>,
    /// 类型; `None`: not said, anything goes.
    pub kind: Option<Kind>,
    /// 单位, for numbers.
    pub unit: Option<Arc<str>>,
    /// 必填: blank is an error in the report's year.
    pub required: bool,
    /// 含义, for the form and for messages.
    pub meaning: Option<Arc<str>>,
    /// 示例, as written.
    pub example: Option<Arc<str>>,
    /// 最小 and 最大; percentages as their ratio.
    pub min: Option<Decimal>,
    /// Itself allowed.
    pub max: Option<Decimal>,
    /// 选项 of a [`Kind::Choice`].
    pub choices: Vec<Arc<str>>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A column is declared as a field is.
pub type ColumnSpec = FieldSpec;

/// A declared table.
#[derive(Clone, Debug)]
pub struct TableSpec {
    /// As data and template name it; in a workbook the tab.
    pub name: Arc<str>,
    /// 列, in the order of the form; data may bring them in any order, and more.
    pub columns: Vec<ColumnSpec>,
    /// 必填: the table must have at least one record.
    pub required: bool,
    /// 含义, for the form and for messages.
    pub meaning: Option<Arc<str>>,
    /// 往年: the template compares it with last year's, so that a blank form asks for those rows too.
    pub past: bool,
    /// 关系 that hold in each record.
    pub relations: Vec<Relation>,
    /// Where it is declared.
    pub origin: Origin,
}

/// 类型 of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 整数: a number without decimals.
    Integer,
    /// 小数: any number; whole ones too.
    Decimal,
    /// 百分比: `78.3%`, a cell with a format of %, or a ratio that the unit % declares.
    Percent,
    /// 日期: a day or a month.
    Date,
    /// 文本: taken as it is written; digits as well (`000001`).
    Text,
    /// 选项: one of the texts listed under 选项.
    Choice,
    /// 文稿: a text whose `{{ }}` are filled.
    Prose,
}

impl Kind {
    /// In the order in which messages offer them.
    pub const ALL: [Kind; 7] =
        [Kind::Integer, Kind::Decimal, Kind::Percent, Kind::Date, Kind::Text, Kind::Choice, Kind::Prose];

    /// The word in template.yaml.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Integer => "整数",
            Kind::Decimal => "小数",
            Kind::Percent => "百分比",
            Kind::Date => "日期",
            Kind::Text => "文本",
            Kind::Choice => "选项",
            Kind::Prose => "文稿",
        }
    }
}

impl Schema {
    /// The declared field of a name.
    pub fn field(&self, name: &str) -> Option<&FieldSpec> {
        self.fields.iter().find(|f| &*f.name == name)
    }

    /// The declared table of a name.
    pub fn table(&self, name: &str) -> Option<&TableSpec> {
        self.tables.iter().find(|t| &*t.name == name)
    }

    /// The schema for a batch over `table`: declared fields that are columns of that table
    /// are asked of its records instead of the whole.
    pub fn of_records(&self, table: &str, columns: &[Arc<str>]) -> Schema {
        let (moved, fields): (Vec<_>, Vec<_>) = self.fields.iter().cloned().partition(|f| columns.contains(&f.name));
        let mut tables = self.tables.clone();
        if !moved.is_empty() {
            let at = tables.iter().position(|t| &*t.name == table).unwrap_or_else(|| {
                let origin = moved[0].origin;
                tables.push(TableSpec {
                    name: table.into(),
                    columns: Vec::new(),
                    required: false,
                    meaning: None,
                    past: false,
                    relations: Vec::new(),
                    origin,
                });
                tables.len() - 1
            });
            let of_table = &mut tables[at].columns;
            moved.into_iter().for_each(|f| {
                if of_table.iter().all(|c| c.name != f.name) {
                    of_table.push(f);
                }
            });
        }
        Schema { fields, tables, relations: self.relations.clone() }
    }

    /// Whether nothing is declared: then all data are taken as they are.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.tables.is_empty()
    }
}

impl TableSpec {
    /// The declared column of a name.
    pub fn column(&self, name: &str) -> Option<&ColumnSpec> {
        self.columns.iter().find(|c| &*c.name == name)
    }
}
