//! The records of a table as subjects: each with the same unit's records of other years.

use std::collections::HashMap;
use std::sync::Arc;

use crate::dataset::renames::{RENAMES, Renames};
use crate::dataset::{Cell, Dataset, Table};
use crate::diagnostic::{Diagnostic, Origin, Severity, codes, nearest};
use crate::template::Subject;

/// Prefix of columns that stand for 报告信息.
const REPORT_PREFIX: &str = "报告.";

/// Units that are named in one message.
const TOLD: usize = 10;

/// One record of the batch.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Position in the table, from 0.
    pub row: usize,
    /// What the unit is called; empty when the record does not say.
    pub name: Arc<str>,
    /// Place of its key.
    pub origin: Origin,
    pub subject: Subject,
    /// File name without extension.
    pub file_name: String,
    /// What is wrong or doubtful in its data.
    pub diagnostics: Vec<Diagnostic>,
}

/// All records of the table in its order, with what is doubtful. `key`: the column that names a unit.
pub fn units(data: &Dataset, by: &str, key: &str) -> Result<(Vec<Unit>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let table = table(data, by).map_err(|d| vec![*d])?;
    let column = key_column(table, key).map_err(|d| vec![*d])?;
    let year = data.year.unwrap_or(0);
    let mut found = Vec::new();
    let mut first: HashMap<&str, Origin> = HashMap::new();
    let older = Older::new(data, by, key)?;
    let mut units = Vec::with_capacity(table.records.len());
    for (row, record) in table.records.iter().enumerate() {
        let Some(cell) = record.cells.get(column) else { continue };
        let mut diagnostics = Vec::new();
        if cell.is_missing() {
            diagnostics.push(
                Diagnostic::new(codes::B003, format!("“{by}”第{}条记录没有“{key}”，不知道是哪个单位", row + 1))
                    .at(cell.origin)
                    .help(format!("填上“{key}”，或者删去这一行")),
            );
        } else if let Some(before) = first.insert(&cell.shown, cell.origin) {
            found.push(
                Diagnostic::new(codes::B004, format!("“{by}”里有两条“{}”的记录，分不清是哪一条", cell.shown))
                    .at(cell.origin)
                    .also(before, "第一条在这里")
                    .help(format!("让每条记录的“{key}”都不同，或者在 template.yaml 里用“主键”另指一列")),
            );
        }
        let (mut rows, unclear) = match cell.is_missing() {
            true => (Vec::new(), Vec::new()),
            false => older.rows(&cell.shown, by),
        };
        diagnostics.extend(unclear);
        rows.push((year, row));
        rows.sort();
        let report = report(table, &record.cells);
        let subject = Subject { table: table.name.clone(), rows, report, digest: "".into() };
        let name = cell.shown.clone();
        units.push(Unit { row, name, origin: cell.origin, subject, file_name: String::new(), diagnostics });
    }
    if !found.is_empty() {
        return Err(found);
    }
    let mut doubts = older.former.doubts(|old| older.rows.contains_key(old), |new| first.contains_key(new));
    doubts.extend(strangers(data, by, key, &units));
    Ok((units, doubts))
}

/// Units without a record of last year beside records of last year that no unit has: most
/// often one name in two spellings (石桥 and 石桥镇), which would drop the comparison silently.
fn strangers(data: &Dataset, by: &str, key: &str, units: &[Unit]) -> Option<Diagnostic> {
    let last = data.year? - 1;
    let (now, old) = (data.current()?.tables.get(by)?, data.years.get(&last)?.tables.get(by)?);
    let column = old.column(key)?;
    let had = |unit: &Unit| unit.subject.rows.iter().any(|(year, _)| *year == last);
    let new: Vec<&Unit> = units.iter().filter(|unit| !unit.name.is_empty() && !had(unit)).collect();
    let taken = |row: usize| units.iter().any(|unit| unit.subject.rows.contains(&(last, row)));
    let gone: Vec<&Cell> = (old.records.iter().enumerate())
        .filter(|(row, record)| !record.cells[column].is_missing() && !taken(*row))
        .map(|(_, record)| &record.cells[column])
        .collect();
    let (first, place) = (new.first()?, gone.first()?);
    let list = |names: Vec<&str>| {
        let named: Vec<String> = names.iter().take(TOLD).map(|name| format!("“{name}”")).collect();
        if names.len() > TOLD { format!("{}等{}个", named.join("、"), names.len()) } else { named.join("、") }
    };
    let message = format!(
        "{}没有上年的数；上年的表里却有今年没有的{}",
        list(new.iter().map(|unit| &*unit.name).collect()),
        list(gone.iter().map(|cell| &*cell.shown).collect())
    );
    Some(
        Diagnostic::new(codes::B026, message)
            // It is about the table: of one unit only its own list entry would speak.
            .at(now.origin)
            .also(first.origin, "今年的在这里")
            .also(place.origin, "上年的在这里")
            .help(format!("同一个单位两年的“{key}”要一样；改了名的，在“{}”表里写明", RENAMES)),
    )
}

fn table<'a>(data: &'a Dataset, by: &str) -> Result<&'a Table, Box<Diagnostic>> {
    let current = data.current();
    let Some(table) = current.and_then(|d| d.tables.get(by)) else {
        let known: Vec<&str> = current.iter().flat_map(|d| d.tables.keys()).map(|n| &**n).collect();
        let year = data.year.map(|y| format!("{y}年的")).unwrap_or_default();
        let diagnostic = Diagnostic::new(codes::B001, format!("{year}数据里没有“{by}”这个表"));
        return Err(Box::new(match nearest(by, known.iter().copied()) {
            Some(near) => diagnostic.help(format!("是不是“{near}”？")),
            None if known.is_empty() => diagnostic.help("数据里一个表也没有"),
            None => diagnostic.help(format!("--by 可以是：{}", known.join("、"))),
        }));
    };
    if table.records.is_empty() {
        return Err(Box::new(
            Diagnostic::new(codes::B002, format!("“{by}”表里一条记录也没有")).at(table.origin).help("每个单位填一行"),
        ));
    }
    Ok(table)
}

fn key_column(table: &Table, key: &str) -> Result<usize, Box<Diagnostic>> {
    table.column(key).ok_or_else(|| {
        let columns: Vec<&str> = table.columns.iter().map(|c| &*c.name).collect();
        Box::new(
            Diagnostic::new(codes::B005, format!("“{}”表里没有“{key}”这一列，不知道每条记录是哪个单位", table.name))
                .at(table.origin)
                .help(format!("在 template.yaml 里写“主键: 列名”，列有：{}", columns.join("、"))),
        )
    })
}

/// Records of other years by the unit's name of that time.
struct Older<'a> {
    rows: HashMap<&'a str, Vec<(i16, usize)>>,
    former: Renames<'a>,
    /// Names that a year of old has twice, with the second place.
    twice: HashMap<&'a str, Vec<(i16, Origin)>>,
}

impl<'a> Older<'a> {
    fn new(data: &'a Dataset, by: &str, key: &str) -> Result<Older<'a>, Vec<Diagnostic>> {
        let mut older = Older { rows: HashMap::new(), former: Renames::read(data)?, twice: HashMap::new() };
        for (&year, of_year) in data.years.iter().filter(|(year, _)| Some(**year) != data.year) {
            let Some(table) = of_year.tables.get(by) else { continue };
            let Some(column) = table.column(key) else { continue };
            for (row, record) in table.records.iter().enumerate() {
                let Some(cell) = record.cells.get(column).filter(|cell| !cell.is_missing()) else { continue };
                let rows = older.rows.entry(&cell.shown).or_default();
                if rows.last().is_some_and(|(y, _)| *y == year) {
                    older.twice.entry(&cell.shown).or_default().push((year, cell.origin));
                } else {
                    rows.push((year, row));
                }
            }
        }
        Ok(older)
    }

    /// The unit's rows in other years, under its present and all its former names; and what
    /// leaves it unclear which they are.
    fn rows(&self, name: &'a str, by: &str) -> (Vec<(i16, usize)>, Vec<Diagnostic>) {
        let names = self.former.all(name);
        let rows = names.iter().filter_map(|n| self.rows.get(n)).flatten().copied().collect();
        let twice = names.iter().flat_map(|n| self.twice.get(n).into_iter().flatten().map(move |at| (*n, at)));
        let twice = twice.map(|(name, (year, origin))| {
            Diagnostic::new(codes::B004, format!("{year}年的“{by}”里有两条“{name}”的记录，分不清是哪一条"))
                .at(*origin)
                .help("改正名称或者删去一条；几个单位合并成一个的，写在“更名”表里")
        });
        (rows, twice.collect())
    }
}

fn report(table: &Table, cells: &[Cell]) -> Vec<(Arc<str>, Cell)> {
    let of_report = table.columns.iter().zip(cells).filter(|(_, cell)| !cell.is_missing());
    of_report.filter_map(|(c, cell)| Some((c.name.strip_prefix(REPORT_PREFIX)?.into(), cell.clone()))).collect()
}

/// Gives each unit what was found in its records; the rest comes back. A mistake in a record of
/// another year that belongs to no present unit stops nobody: it becomes a warning.
pub fn assign(units: &mut [Unit], data: &Dataset, by: &str, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut of_row: HashMap<(i16, usize), usize> = HashMap::new();
    for (i, unit) in units.iter().enumerate() {
        of_row.extend(unit.subject.rows.iter().map(|at| (*at, i)));
    }
    let mut of_place: HashMap<Origin, Option<usize>> = HashMap::new();
    if !diagnostics.is_empty() {
        for (&year, table) in data.years.iter().filter_map(|(y, d)| Some((y, d.tables.get(by)?))) {
            for (row, record) in table.records.iter().enumerate() {
                let unit = of_row.get(&(year, row)).copied();
                of_place.insert(record.origin, unit);
                of_place.extend(record.cells.iter().map(|c| (c.origin, unit)));
            }
        }
    }
    let mut rest = Vec::new();
    let mut give = |diagnostic: Diagnostic| match diagnostic.origin.and_then(|o| of_place.get(&o)) {
        Some(&Some(unit)) => units[unit].diagnostics.push(diagnostic),
        Some(None) => rest.push(Diagnostic { severity: diagnostic.severity.min(Severity::Warning), ..diagnostic }),
        None => rest.push(diagnostic),
    };
    for diagnostic in diagnostics {
        let is_of_records = diagnostic.origin.is_some_and(|o| of_place.contains_key(&o));
        let others = if is_of_records { diagnostic.others.clone() } else { Vec::new() };
        // What was told once for a column is each record's own mistake; what stands in it is the first's.
        for origin in others {
            let said = diagnostic.code.title().to_string();
            give(Diagnostic {
                origin: Some(origin),
                message: said,
                subject: None,
                others: Vec::new(),
                ..diagnostic.clone()
            });
        }
        give(if is_of_records { Diagnostic { others: Vec::new(), ..diagnostic } } else { diagnostic });
    }
    rest
}
