//! Raw values to one dataset: fields with a value for each year, tables, and report
//! information (contract §2). Missing, none and zero stay three different things.

mod calendar;
mod convert;
mod dump;
mod gathered;
pub(crate) mod information;
mod load;
mod mapping;
mod pairs;
mod plausible;
pub(crate) mod renames;
mod row_units;
pub mod scalar;
pub mod schema;
mod sets;
mod sheets;
mod taken;
mod turned;
mod undecided;
mod value;
mod wanted;
mod yaml;
mod years;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use indexmap::IndexMap;

pub use dump::dump;
pub use load::{Files, Input, LoadOptions, Loaded, load, load_inputs, read, read_inputs};
pub use pairs::Pair;
pub(crate) use pairs::{COLUMNS as PAIR_COLUMNS, SHEET as PAIRS_SHEET};
pub use sets::{REPORT_PREFIX, Set};
pub(crate) use sheets::collected::{FINDINGS_SHEET, MARKED_SHEET, ORIGINS, ORIGINS_SHEET, STANDING_SHEET};
pub(crate) use sheets::collected::{OF_UNIT, UNITS_TABLE, address, is_marked};
pub use value::{Cell, Date, Number, Value};
use value::{MONEY, is_of_money};
pub use wanted::Wanted;
pub use years::year_columns;

use crate::diagnostic::{Origin, SourceId};
use crate::quantity::Unit;
use crate::source::date::Epoch;
use crate::vocabulary::columns::{Role, YEAR, spellings};

/// All that was read for one run, for all years.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The year of the report; `None` when the data name none (then the template cannot use it).
    pub year: Option<i16>,
    /// Where `year` was said, if it was.
    pub year_origin: Option<Origin>,
    /// 报告信息 / `报告:`, keys as written (标题, 单位, 成文日期, 主送 …). `模板` and `年份` are
    /// here as well when the data name them.
    pub report: IndexMap<Arc<str>, Cell>,
    /// Lists in 报告信息 with more than one value (several 签发人, 抄送 …): key to cells.
    pub report_lists: IndexMap<Arc<str>, Vec<Cell>>,
    /// Fields and tables by year. Tables without a 年份 column and data without a year
    /// belong to `year` (or to year 0 when there is none).
    /// A copy of the dataset shares them.
    pub years: BTreeMap<i16, Arc<YearData>>,
    /// The sheets that were read as figures by year, not as tables.
    pub field_sheets: Vec<FieldSheet>,
    /// The files that were read, and how each counts days.
    pub files: Vec<(SourceId, Epoch)>,
}

/// A sheet with one figure a row and one year a column.
#[derive(Clone, Debug)]
pub struct FieldSheet {
    /// The tab, without its line breaks, the blanks around it and those between Han characters.
    pub name: Arc<str>,
    /// What its first named column is called: 指标, 项目.
    pub heading: Arc<str>,
    /// The unit said above the header for the whole sheet; it is not meant for every figure.
    pub unit: Option<Arc<str>>,
    /// The whole sheet.
    pub origin: Origin,
}

/// Fields and tables of one year.
#[derive(Clone, Debug, Default)]
pub struct YearData {
    /// Full names, nesting joined with `.`: `培训.场次`.
    pub fields: IndexMap<Arc<str>, Cell>,
    /// Tables by their names, each with the records of this year only; those that name no year stand with the
    /// report's.
    pub tables: IndexMap<Arc<str>, Table>,
}

/// A list of records.
#[derive(Clone, Debug)]
pub struct Table {
    /// What the template calls it: the tab, or the key in YAML.
    pub name: Arc<str>,
    /// From left to right.
    pub columns: Vec<Column>,
    /// In the order of the sheet, which is that of the report.
    pub records: Vec<Record>,
    /// 合计 / 总计 / 小计 rows: not records.
    pub totals: Vec<TotalRow>,
    /// The sheet, or the key in YAML.
    pub origin: Origin,
}

/// One column: its name without the unit.
#[derive(Clone, Debug)]
pub struct Column {
    /// As the header says it, without its unit; `.` joins the levels of a header of several rows.
    pub name: Arc<str>,
    /// Out of the header (`经费（万元）`), a row of units, or the sheet's 单位：; `None` where each cell may
    /// say its own.
    pub unit: Option<Arc<str>>,
    /// The unit is said for the whole sheet (“单位：万元”), not for this column.
    pub unit_of_sheet: bool,
    /// The cell of the header.
    pub origin: Origin,
}

/// One row: a cell for each column of its table, in the table's order.
#[derive(Clone, Debug)]
pub struct Record {
    /// As many as the table has columns; a blank one is [`Value::Missing`].
    pub cells: Vec<Cell>,
    /// The row's first cell with content.
    pub origin: Origin,
}

/// A row of totals, kept to be compared with the sums.
#[derive(Clone, Debug)]
pub struct TotalRow {
    /// What the row is called: 合计, 总计, 小计.
    pub label: Arc<str>,
    /// As many as the table has columns: what the file says, never a sum that was made here.
    pub cells: Vec<Cell>,
    /// The row's first cell with content.
    pub origin: Origin,
}

impl Table {
    /// Index of a column by its full name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| &*c.name == name)
    }

    /// The unit that a column says for its numbers.
    pub fn unit(&self, at: usize) -> Option<Unit> {
        let column = self.columns.get(at)?;
        column.unit.as_ref().map(|symbol| Unit { symbol: symbol.clone(), loose: column.unit_of_sheet })
    }

    /// The column that names the rows.
    pub fn name_column(&self) -> Option<usize> {
        spellings(Role::Name).find_map(|name| self.column(name))
    }

    /// The column that says the year of each row; one of another name than 年份 does so when
    /// it holds nothing else.
    pub fn year_column(&self) -> Option<usize> {
        let says = |at: usize| {
            let mut said = self.records.iter().filter_map(|r| r.cells.get(at)).filter(|c| !c.is_missing()).peekable();
            said.peek().is_some() && said.all(|cell| cell.year_said().is_some())
        };
        spellings(Role::Year).find_map(|name| self.column(name).filter(|at| name == YEAR || says(*at)))
    }

    /// The name by which a row is told in messages: its 名称 column, else its first text cell.
    pub fn row_name<'a>(&self, cells: &'a [Cell]) -> Option<&'a str> {
        let named = self.name_column().and_then(|i| cells.get(i));
        let first = cells.iter().find(|c| matches!(c.value, Value::Text(_)));
        named.filter(|c| !c.is_missing()).or(first).map(|c| &*c.shown)
    }

    /// The name of a row's unit: the cell in the column that names it.
    pub fn unit_name<'a>(&self, cells: &'a [Cell], key: &str) -> Option<&'a str> {
        let named = self.column(key).and_then(|i| cells.get(i)).filter(|c| !c.is_missing());
        named.map(|c| &*c.shown).or_else(|| self.row_name(cells))
    }

    /// The cells of each record by the name of its unit; the first of a name counts.
    pub fn by_name(&self) -> HashMap<&str, &[Cell]> {
        let mut rows = HashMap::with_capacity(self.records.len());
        for record in &self.records {
            if let Some(name) = self.row_name(&record.cells) {
                rows.entry(name).or_insert(&record.cells[..]);
            }
        }
        rows
    }
}

impl Dataset {
    /// Fields and tables of the report's year.
    pub fn current(&self) -> Option<&YearData> {
        self.years.get(&self.year.unwrap_or(0)).map(|data| &**data)
    }

    /// Where a field, a table or a column of any year stands that is called so.
    pub fn place_of(&self, name: &str) -> Option<Origin> {
        let in_year = |year: &YearData| {
            let field = year.fields.get(name).map(|cell| cell.origin);
            let table = || year.tables.get(name).map(|table| table.origin);
            let columns = || year.tables.values().find_map(|table| Some(table.columns[table.column(name)?].origin));
            field.or_else(table).or_else(columns)
        };
        self.years.values().find_map(|year| in_year(year))
    }

    /// How the source of a value counts days.
    pub fn epoch(&self, origin: Origin) -> Epoch {
        self.files.iter().find(|(id, _)| *id == origin.source).map_or(Epoch::From1900, |(_, epoch)| *epoch)
    }

    /// A value of 报告信息.
    pub fn report_value(&self, key: &str) -> Option<&Cell> {
        self.report.get(key).filter(|c| !c.is_missing())
    }
}
