//! One returned form: read, checked against the template, and whose it is.

use std::path::PathBuf;
use std::sync::Arc;

use super::shape::Shape;
use crate::check::{self, Levels};
use crate::dataset::schema::{self, Schema};
use crate::dataset::{Cell, Dataset, Input, LoadOptions, Pair, Record, Table, UNITS_TABLE, read_inputs};
use crate::diagnostic::{Diagnostic, Origin, Severity, SourceId, SourceMap, codes};
use crate::template::Pack;
use crate::{pipeline, source};

/// One file.
pub struct Form {
    pub path: PathBuf,
    /// Its name within the folder.
    pub file: String,
    /// What was read; `None`: nothing of it is taken.
    pub data: Option<Dataset>,
    pub sources: SourceMap,
    pub diagnostics: Vec<Diagnostic>,
    /// Whose it is, by the form itself, and where that stands.
    pub said: Option<(String, Option<Origin>)>,
    /// The unit that it is taken for.
    pub unit: Option<String>,
    /// The units of its rows, where it has several: a workbook that was collected itself.
    pub rows: Vec<String>,
    /// The year that it says.
    pub year: Option<i16>,
}

/// What forms are read against.
pub struct Reading<'p> {
    pub pack: &'p Pack,
    pub shape: &'p Shape,
    pub levels: &'p Levels,
    /// 对应 of huibao.yaml.
    pub pairs: Vec<Pair>,
}

impl Form {
    pub fn has(&self, severity: Severity) -> bool {
        self.diagnostics.iter().any(|d| d.severity >= severity)
    }

    /// Whether it is this unit's, or has its row.
    pub fn is_of(&self, unit: &str) -> bool {
        if self.rows.is_empty() { self.unit.as_deref() == Some(unit) } else { self.rows.iter().any(|row| row == unit) }
    }

    /// The place of the form as a whole.
    pub fn whole(&self) -> Option<Origin> {
        self.sources.iter().next().map(|(id, _)| Origin::whole(id))
    }

    /// Says something of the form, at a place or of the whole.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        let place = diagnostic.origin.or(self.whole());
        self.diagnostics.push(Diagnostic { origin: place, ..diagnostic });
    }

    /// It is not taken, for this reason.
    pub fn refuse(&mut self, diagnostic: Diagnostic) {
        self.tell(diagnostic);
        self.data = None;
    }
}

/// Reads one form and looks at it as far as that goes without the others.
pub fn read(path: PathBuf, file: String, reading: &Reading) -> Form {
    let bytes = source::file::read(&path, source::file::MAX_FILE_BYTES);
    let empty = |diagnostics| Form {
        path: path.clone(),
        file: file.clone(),
        data: None,
        sources: SourceMap::new(),
        diagnostics,
        said: None,
        unit: None,
        rows: Vec::new(),
        year: None,
    };
    let loaded = match bytes {
        Ok(bytes) => {
            let files = read_inputs(vec![Input::Bytes { name: file.clone(), bytes }], &LoadOptions::default());
            pipeline::settle(files, reading.pack, reading.shape.rows(), reading.pairs.clone())
        }
        Err(error) => return empty(vec![*error]),
    };
    let mut form = Form { sources: loaded.sources, ..empty(loaded.diagnostics) };
    let Some(mut data) = loaded.dataset else { return form };
    form.year = data.year;
    if let Some(wrong) = other_template(&data, reading.pack) {
        form.refuse(wrong);
        return form;
    }
    let renamed = rename(&mut data, reading.shape, &reading.pack.schema);
    form.diagnostics.extend(renamed);
    drop_unfilled(&mut data, reading.shape);
    form.said = said(&data, reading.shape);
    if is_blank(&data, reading.shape) {
        form.refuse(blank(&form.path));
        return form;
    }
    let schema = of_a_form(&reading.pack.schema, reading.shape, &data);
    form.diagnostics.extend(schema::check(&mut data, &schema));
    schema::forgive(&data, &schema, &mut form.diagnostics);
    let findings = check::examine_data(&data, &schema, reading.levels);
    form.diagnostics.extend(reading.levels.apply(findings).into_iter().map(|f| f.diagnostic));
    form.data = Some(data);
    form
}

/// The units of a workbook that was collected of forms with fields only.
pub fn collected_units(data: &Dataset) -> Option<&Table> {
    data.current()?.tables.get(UNITS_TABLE).filter(|table| !table.records.is_empty())
}

/// What is asked of one form: where units are rows of a table, the fields are those of the whole.
fn of_a_form(schema: &Schema, shape: &Shape, data: &Dataset) -> Schema {
    let table = match shape {
        Shape::Rows { table, .. } => table,
        Shape::Fields { key, .. } if collected_units(data).is_some() => key,
        Shape::Fields { .. } => return schema.clone(),
    };
    let mut asked = schema.clone();
    asked.fields.iter_mut().for_each(|field| field.required = false);
    asked.tables.iter_mut().filter(|t| t.name != *table).for_each(|t| t.required = false);
    asked.relations.clear();
    asked
}

/// A form of another template, by what it says or by what it holds.
fn other_template(data: &Dataset, pack: &Pack) -> Option<Diagnostic> {
    if let Some(said) = data.report_value("模板") {
        let named = *said.shown == pack.display || *said.shown == pack.name || said.shown.ends_with(&pack.name);
        return (!named).then(|| {
            let message = format!("这是“{}”的表，不是“{}”的", said.shown, pack.display);
            Diagnostic::new(codes::G006, message).at(said.origin).help("请填报单位换用这次发的表")
        });
    }
    let known = |data: &Dataset| {
        data.years.values().any(|year| {
            year.fields.keys().any(|name| pack.schema.field(name).is_some())
                || year.tables.values().any(|t| pack.schema.tables.iter().any(|spec| likeness(t, spec) > 0.3))
        })
    };
    (!known(data)).then(|| {
        let message = format!("表里没有“{}”要的任何一项，像是别的表", pack.display);
        Diagnostic::new(codes::G006, message).help("请填报单位换用这次发的表")
    })
}

/// Which part of the declared columns a table has.
fn likeness(table: &Table, spec: &schema::TableSpec) -> f64 {
    let there = spec.columns.iter().filter(|c| table.column(&c.name).is_some()).count();
    there as f64 / spec.columns.len().max(1) as f64
}

/// The table of units under another name: a sheet that somebody renamed, a .csv.
fn rename(data: &mut Dataset, shape: &Shape, schema: &Schema) -> Option<Diagnostic> {
    let Shape::Rows { table: wanted, .. } = shape else { return None };
    let spec = schema.table(wanted)?;
    if data.years.values().any(|year| year.tables.contains_key(wanted)) {
        return None;
    }
    let tables = data.years.values().flat_map(|year| year.tables.values());
    let mut alike: Vec<Arc<str>> = tables
        .filter(|t| schema.table(&t.name).is_none() && likeness(t, spec) >= 0.6)
        .map(|t| t.name.clone())
        .collect();
    alike.dedup();
    let [name] = &alike[..] else { return None };
    let mut place = None;
    for year in data.years.values_mut().map(Arc::make_mut) {
        if let Some(mut table) = year.tables.shift_remove(name) {
            table.name = wanted.clone();
            place = Some(table.origin);
            year.tables.insert(wanted.clone(), table);
        }
    }
    let told = Diagnostic::new(codes::G015, format!("没有“{wanted}”表，“{name}”的列相同，按“{wanted}”读取"));
    Some(Diagnostic { origin: place, ..told }.help(format!("不用处理；把工作表改名为“{wanted}”最清楚")))
}

/// Columns that a form is sent out with.
const GIVEN: [&str; 6] = ["名称", "类别", "序号", "编号", "年份", "年度"];

/// Rows in which only that stands which the form was sent out with are nobody's return.
fn drop_unfilled(data: &mut Dataset, shape: &Shape) {
    let Shape::Rows { table, key } = shape else { return };
    let year = data.year.unwrap_or(0);
    let Some(current) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    let Some(table) = current.tables.get_mut(table) else { return };
    let given: Vec<bool> = table.columns.iter().map(|c| c.name == *key || GIVEN.contains(&&*c.name)).collect();
    // A cell that cannot be read is missing, but not blank.
    let filled = |record: &Record| record.cells.iter().zip(&given).any(|(c, given)| !given && !c.shown.is_empty());
    table.records.retain(filled);
}

/// Nothing is filled in; a picture of the figures (a screenshot pasted in) is none.
fn blank(path: &std::path::Path) -> Diagnostic {
    let bytes = source::file::read(path, source::file::MAX_FILE_BYTES).unwrap_or_default();
    let parts = source::package::Package::open(&bytes).map(|p| p.names().to_vec()).unwrap_or_default();
    if parts.iter().any(|part| part.starts_with("xl/media/") || part.starts_with("Pictures/")) {
        return Diagnostic::new(codes::G008, "表里没有填数，只有图片，图片里的数读不出来")
            .help("请填报单位把数填在单元格里，不要贴截图");
    }
    Diagnostic::new(codes::G008, "表是空的，一项也没有填").help("请填报单位填好再交；交错了空白表的，换成填好的那一份")
}

fn is_blank(data: &Dataset, shape: &Shape) -> bool {
    let Some(current) = data.current() else { return true };
    match shape {
        Shape::Rows { table, .. } => current.tables.get(table).is_none_or(|t| t.records.is_empty()),
        Shape::Fields { .. } => current.fields.values().all(|c| c.shown.is_empty()) && collected_units(data).is_none(),
    }
}

/// Whose form it is: the one row of the table, else 报告信息, else the field that names the place.
fn said(data: &Dataset, shape: &Shape) -> Option<(String, Option<Origin>)> {
    let as_said = |cell: &Cell| (!cell.is_missing()).then(|| (cell.shown.to_string(), Some(cell.origin)));
    let current = data.current();
    match shape {
        Shape::Rows { table, key } => {
            let table = current.and_then(|d| d.tables.get(table));
            let cell = table.filter(|t| t.records.len() == 1).and_then(|t| t.records[0].cells.get(t.column(key)?));
            cell.and_then(as_said).or_else(|| data.report_value("单位").and_then(as_said))
        }
        Shape::Fields { names, .. } => {
            let field = |name: &Arc<str>| current.and_then(|d| d.fields.get(name)).and_then(as_said);
            names.iter().find_map(field).or_else(|| data.report_value("单位").and_then(as_said))
        }
    }
}

/// The source of a form in its own map.
pub fn source_of(form: &Form) -> Option<SourceId> {
    form.sources.iter().next().map(|(id, _)| id)
}
