//! What the files say, before it is known which year is the report's; and how several
//! files make one dataset.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::pairs::Pair;
use super::{Cell, Dataset, FieldSheet, Table, Value, YearData, scalar};
use crate::diagnostic::{Diagnostic, Origin, SourceId, codes};
use crate::source::date::Epoch;
use crate::vocabulary::years::YearKey;

/// A cell in a column 年份 that holds no year.
pub fn not_a_year(cell: &Cell) -> Diagnostic {
    Diagnostic::new(codes::D011, format!("“{}”不是年份，应为四位数字", cell.shown))
        .at(cell.origin)
        .help("例如 2026 或 2026年")
}

/// Everything that was read, in reading order.
#[derive(Debug, Default)]
pub struct Gathered {
    pub report: Vec<(Arc<str>, Vec<Cell>)>,
    pub fields: Vec<(YearKey, Arc<str>, Cell)>,
    /// Further names of fields; a field of that name or another alias takes it away.
    pub aliases: Vec<(YearKey, Arc<str>, Cell)>,
    pub tables: Vec<(YearKey, Table)>,
    pub field_sheets: Vec<FieldSheet>,
    /// The files, and how each counts days.
    pub files: Vec<(SourceId, Epoch)>,
    /// 对应: what the template calls by another name.
    pub pairs: Vec<Pair>,
    /// Sheets that can be meant in two ways, each with the place where its values go.
    pub undecided: Vec<(Mark, Undecided)>,
}

/// One sheet, read as figures by year and as a table.
#[derive(Debug)]
pub struct Undecided {
    /// What the table would be called.
    pub name: Arc<str>,
    /// Figures, as long as nobody asks for anything else.
    pub likely: bool,
    pub as_fields: Part,
    pub as_table: Part,
}

/// What one way of reading a sheet gives.
#[derive(Debug, Default)]
pub struct Part {
    pub gathered: Gathered,
    pub told: Vec<Diagnostic>,
}

/// How much was gathered before a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    pub fields: usize,
    pub aliases: usize,
    pub tables: usize,
    pub field_sheets: usize,
    pub told: usize,
}

impl Gathered {
    /// Where the next sheet's values go, with so many messages before them.
    pub fn mark(&self, told: usize) -> Mark {
        Mark {
            fields: self.fields.len(),
            aliases: self.aliases.len(),
            tables: self.tables.len(),
            field_sheets: self.field_sheets.len(),
            told,
        }
    }
}

/// Makes the dataset; repeated names, in one file or in two, are errors naming both.
pub fn settle(gathered: Gathered, wanted: Option<i16>, diagnostics: &mut Vec<Diagnostic>) -> Dataset {
    let report = settle_report(gathered.report, diagnostics);
    let (stated, year_origin) = stated_year(&report, diagnostics);
    let data_year = stated.or(wanted).or_else(|| guess_year(&gathered.fields, &gathered.tables, diagnostics));
    let year = wanted.or(data_year);
    // As long as no year is said, 上年 is still another one than 本年.
    let resolve = |key: YearKey| key.resolved(data_year.unwrap_or(0));
    let mut years: BTreeMap<i16, YearData> = BTreeMap::new();
    for (key, name, cell) in gathered.fields {
        add_field((resolve(key), name, cell), &mut years, diagnostics);
    }
    add_aliases(gathered.aliases.into_iter().map(|(key, name, cell)| (resolve(key), name, cell)).collect(), &mut years);
    for (key, table) in gathered.tables {
        add_table(table, years.entry(resolve(key)).or_default(), diagnostics);
    }
    if let Some(year) = year {
        years.entry(year).or_default();
    }
    let lists = report.iter().filter(|(_, cells)| cells.len() > 1).map(|(key, cells)| (key.clone(), cells.clone()));
    let mut dataset = Dataset {
        year,
        year_origin,
        report_lists: lists.collect(),
        report: report.into_iter().filter_map(|(key, cells)| Some((key, cells.into_iter().next()?))).collect(),
        years: years.into_iter().map(|(year, data)| (year, Arc::new(data))).collect(),
        field_sheets: gathered.field_sheets,
        files: gathered.files,
    };
    report_dates(&mut dataset, diagnostics);
    dataset
}

/// The values of each key; a blank one gives way to one that is filled.
fn settle_report(
    stated: Vec<(Arc<str>, Vec<Cell>)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> IndexMap<Arc<str>, Vec<Cell>> {
    let mut report: IndexMap<Arc<str>, Vec<Cell>> = IndexMap::new();
    for (key, cells) in stated {
        let Some(cell) = cells.first() else { continue };
        let at = cell.origin;
        match report.get(&key) {
            Some(first) if first.iter().all(Cell::is_missing) => {
                report.insert(key, cells);
            }
            Some(_) if cells.iter().all(Cell::is_missing) => {}
            Some(first) if matches!(&*key, "年份" | "模板") && first[0].shown == cell.shown => {}
            Some(first) => diagnostics.push(repeated(&format!("报告信息“{key}”"), at, first[0].origin)),
            None => {
                report.insert(key, cells);
            }
        }
    }
    report
}

fn add_field(
    (year, name, cell): (i16, Arc<str>, Cell),
    years: &mut BTreeMap<i16, YearData>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let fields = &mut years.entry(year).or_default().fields;
    let Some(first) = fields.get(&name) else {
        fields.insert(name, cell);
        return;
    };
    let what = if year <= 0 { format!("“{name}”") } else { format!("“{name}”（{year}年）") };
    // The columns of one field sheet repeat a name as often as there are years.
    let already = diagnostics.iter().any(|d| d.code == codes::D010 && d.subject.as_deref() == Some(&*name));
    if !already {
        diagnostics.push(repeated(&what, cell.origin, first.origin).about(&*name));
    }
}

fn add_table(mut table: Table, data: &mut YearData, diagnostics: &mut Vec<Diagnostic>) {
    super::row_units::apply(&mut table);
    let units = super::row_units::of(&table);
    super::convert::table(&mut table, &units, diagnostics);
    // Rows without a year and rows that name the report's year are one table.
    if let Some(first) = data.tables.get_mut(&table.name).filter(|first| first.origin == table.origin) {
        first.records.extend(table.records);
        first.totals.extend(table.totals);
        return;
    }
    if let Some(first) = data.tables.get(&table.name) {
        diagnostics.push(repeated(&format!("表“{}”", table.name), table.origin, first.origin));
        return;
    }
    if let Some(field) = data.fields.get(&table.name) {
        diagnostics.push(
            repeated(&format!("“{}”", table.name), table.origin, field.origin)
                .help("一处是表，一处是指标，名字不能相同"),
        );
        return;
    }
    data.tables.insert(table.name.clone(), table);
}

/// Where 报告信息 wants a date, a date in quotes is one (JSON quotes all of them), and so is a
/// day number in a cell without the format of a date.
fn report_dates(dataset: &mut Dataset, diagnostics: &mut Vec<Diagnostic>) {
    for key in crate::vocabulary::report::dates() {
        let Some(cell) = dataset.report.get_mut(key) else { continue };
        if let (Value::Text(_), Some(date)) = (&cell.value, scalar::date(&cell.shown)) {
            cell.value = Value::Date(date);
        }
        let mut cell = cell.clone();
        let epoch = dataset.epoch(cell.origin);
        if let Some(notice) = scalar::date_of_serial(&mut cell, epoch) {
            diagnostics.push(notice.at(cell.origin).about(key));
            dataset.report.insert(key.into(), cell);
        }
    }
}

/// Names that lead to one figure only and that no figure has as its own.
fn add_aliases(aliases: Vec<(i16, Arc<str>, Cell)>, years: &mut BTreeMap<i16, YearData>) {
    let mut found: IndexMap<(i16, Arc<str>), Option<Cell>> = IndexMap::new();
    for (year, name, cell) in aliases {
        found.entry((year, name)).and_modify(|first| *first = None).or_insert(Some(cell));
    }
    let ambiguous: Vec<Arc<str>> = found.iter().filter(|(_, c)| c.is_none()).map(|((_, n), _)| n.clone()).collect();
    for ((year, name), cell) in found {
        let fields = &mut years.entry(year).or_default().fields;
        if let Some(cell) = cell.filter(|_| !fields.contains_key(&name) && !ambiguous.contains(&name)) {
            fields.insert(name, cell);
        }
    }
}

fn repeated(what: &str, at: Origin, first: Origin) -> Diagnostic {
    Diagnostic::new(codes::D010, format!("{what}给了两次"))
        .at(at)
        .also(first, "第一次在这里")
        .help("留下对的一处，删去或改名另一处")
}

/// The year that the data name, if they name one rightly.
fn stated_year(
    report: &IndexMap<Arc<str>, Vec<Cell>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<i16>, Option<Origin>) {
    let Some(cell) = report.get("年份").and_then(|c| c.first()).filter(|c| !c.is_missing()) else {
        return (None, None);
    };
    let year = match &cell.value {
        Value::Date(date) => Some(date.year),
        _ => scalar::year(&cell.shown),
    };
    if year.is_none() {
        diagnostics.push(
            Diagnostic::new(codes::D011, format!("“{}”不是年份，应为四位数字", cell.shown))
                .at(cell.origin)
                .about("年份")
                .help("例如 2026"),
        );
    }
    (year, Some(cell.origin))
}

/// The latest year that stands over a column or in a record, with a notice.
fn guess_year(
    fields: &[(YearKey, Arc<str>, Cell)],
    tables: &[(YearKey, Table)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<i16> {
    let of_fields = fields.iter().map(|(key, _, cell)| (*key, cell.origin));
    let of_tables = tables.iter().map(|(key, table)| (*key, table.origin));
    let years = of_fields.chain(of_tables).filter_map(|(key, origin)| match key {
        YearKey::Year(y) => Some((y, origin)),
        _ => None,
    });
    // The first place of the latest year.
    let latest = years.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let (year, origin) = latest?;
    diagnostics.push(
        Diagnostic::new(codes::D101, format!("数据里没有写“年份”，按最近的一年 {year} 年处理"))
            .at(origin)
            .help(format!("在“报告信息”里加一行：年份 {year}，或用 --year {year}")),
    );
    Some(year)
}
