//! Forms to tables: a row for each unit, each cell with the place that it was filled in at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::form::{Form, collected_units};
use super::shape::Shape;
use super::units::{self, Match, Units};
use crate::dataset::schema::{FieldSpec, Schema};
use crate::dataset::{Cell, OF_UNIT, Table};
use crate::diagnostic::{Diagnostic, Origin, codes};
use crate::template::Pack;

/// A cell of the collected workbook.
#[derive(Clone, Debug, Default)]
pub struct Slot {
    pub cell: Option<Cell>,
    /// Where it was filled in: `云溪镇.xlsx 乡镇!C7`.
    pub from: String,
}

/// A column of it.
#[derive(Clone, Debug)]
pub struct Head {
    pub name: Arc<str>,
    pub unit: Option<Arc<str>>,
    pub spec: Option<FieldSpec>,
}

/// A sheet of it.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub heads: Vec<Head>,
    pub rows: Vec<Row>,
}

/// A row: whose, of which year.
#[derive(Clone, Debug)]
pub struct Row {
    pub year: i16,
    pub unit: Option<String>,
    /// The form that it is from.
    form: usize,
    pub cells: BTreeMap<Arc<str>, Slot>,
}

/// All that was merged.
#[derive(Default)]
pub struct Merged {
    /// Fields of the whole, by name and year; only where units are rows of a table.
    pub fields: BTreeMap<Arc<str>, BTreeMap<i16, Slot>>,
    pub units: Sheet,
    /// Other tables; where each unit has its own, the rows say whose they are.
    pub others: Vec<Sheet>,
}

/// Puts the forms together. What cannot be put together is said in the forms.
pub fn merge(forms: &mut [Form], shape: &Shape, pack: &Pack, units: Option<&Units>, year: Option<i16>) -> Merged {
    let year = year.unwrap_or(0);
    let mut merged = Merged::default();
    let schema = &pack.schema;
    let (mut rows, mut other) = (Vec::new(), BTreeMap::<Arc<str>, Sheet>::new());
    merged.units.name = shape.table().to_string();
    merged.units.heads = heads(shape, schema);
    for (i, form) in forms.iter().enumerate().filter(|(_, form)| form.data.is_some()) {
        let key = shape.key();
        // A workbook that was collected of forms with fields only has rows of units as well.
        for (of, table) in tables(form, year).filter(|(_, t)| *t.name == *shape.table()) {
            add_heads(&mut merged.units.heads, table);
            rows.extend(of_table(form, i, of, table, |cells| unit_of(table, cells, key, form, units)));
        }
        if matches!(shape, Shape::Fields { .. }) && form.data.as_ref().and_then(collected_units).is_none() {
            rows.extend(of_fields(form, i, year, key));
        }
        for (of, table) in tables(form, year).filter(|(_, t)| *t.name != *shape.table()) {
            if schema.table(&table.name).is_none() {
                continue;
            }
            let sheet = other.entry(table.name.clone()).or_default();
            add_declared(sheet, &table.name, schema);
            add_heads(&mut sheet.heads, table);
            sheet.rows.extend(of_table(form, i, of, table, |cells| unit_of(table, cells, OF_UNIT, form, units)));
        }
    }
    add_fields(&mut merged.units.heads, &rows);
    let (rows, doubled) = one_of_each(rows, forms, year);
    merged.units.rows = in_order(rows, shape.key(), units);
    for (form, diagnostic) in doubled {
        forms[form].tell(diagnostic);
    }
    if matches!(shape, Shape::Rows { .. }) {
        merged.fields = shared_fields(forms, schema, year);
    }
    merged.others = schema.tables.iter().filter_map(|t| other.remove(&t.name)).collect();
    finish_others(&mut merged.others, shape);
    say_left_out(forms, schema);
    merged
}

/// The tables of a form with the year that they are of; without one it is the collected.
fn tables(form: &Form, year: i16) -> impl Iterator<Item = (i16, &Table)> {
    let data = form.data.as_ref();
    let own = data.and_then(|d| d.year).unwrap_or(0);
    let years = data.into_iter().flat_map(|d| d.years.iter());
    years.flat_map(move |(of, d)| d.tables.values().map(move |t| (if *of == own { year } else { *of }, t)))
}

fn declared(specs: &[FieldSpec]) -> Vec<Head> {
    let head = |spec: &FieldSpec| Head { name: spec.name.clone(), unit: spec.unit.clone(), spec: Some(spec.clone()) };
    specs.iter().map(head).collect()
}

fn heads(shape: &Shape, schema: &Schema) -> Vec<Head> {
    match shape {
        Shape::Rows { table, .. } => schema.table(table).map(|t| declared(&t.columns)).unwrap_or_default(),
        Shape::Fields { key, .. } => {
            let mut heads = vec![Head { name: key.clone(), unit: None, spec: None }];
            heads.extend(declared(&schema.fields).into_iter().filter(|h| h.name != *key));
            heads
        }
    }
}

fn add_declared(sheet: &mut Sheet, name: &str, schema: &Schema) {
    if sheet.name.is_empty() {
        sheet.name = name.to_string();
        sheet.heads = schema.table(name).map(|t| declared(&t.columns)).unwrap_or_default();
    }
}

/// Columns that a form has more than were declared stay.
fn add_heads(heads: &mut Vec<Head>, table: &Table) {
    for column in table.columns.iter().filter(|c| !matches!(&*c.name, "序号" | "年份" | "年度")) {
        if heads.iter().all(|h| h.name != column.name) {
            heads.push(Head { name: column.name.clone(), unit: column.unit.clone(), spec: None });
        }
    }
}

/// The same for fields that no template declares, and for 报告信息.
fn add_fields(heads: &mut Vec<Head>, rows: &[Row]) {
    for name in rows.iter().flat_map(|row| row.cells.keys()) {
        if heads.iter().all(|h| h.name != *name) && !matches!(&**name, "序号" | "年份" | "年度") {
            heads.push(Head { name: name.clone(), unit: None, spec: None });
        }
    }
}

fn slot(form: &Form, cell: &Cell) -> Slot {
    Slot { cell: Some(cell.clone()), from: form.sources.describe(cell.origin) }
}

fn of_table(
    form: &Form,
    number: usize,
    year: i16,
    table: &Table,
    unit: impl Fn(&[Cell]) -> Option<String>,
) -> Vec<Row> {
    let row = |cells: &[Cell]| Row {
        year,
        unit: unit(cells),
        form: number,
        cells: table.columns.iter().zip(cells).map(|(c, cell)| (c.name.clone(), slot(form, cell))).collect(),
    };
    table.records.iter().map(|record| row(&record.cells)).collect()
}

/// Whose a row is, as the list of units writes it.
fn unit_of(table: &Table, cells: &[Cell], key: &str, form: &Form, units: Option<&Units>) -> Option<String> {
    let named = table.column(key).and_then(|at| cells.get(at)).filter(|c| !c.is_missing());
    let Some(cell) = named else { return form.unit.clone() };
    let known = units.map(|units| (units, units.find(&cell.shown)));
    Some(match known {
        Some((units, Match::Same(at) | Match::Near(at))) => units.names[at].clone(),
        _ => cell.shown.to_string(),
    })
}

/// A form's fields as rows, one for each year that has any.
fn of_fields(form: &Form, number: usize, year: i16, key: &Arc<str>) -> Vec<Row> {
    let Some(data) = &form.data else { return Vec::new() };
    let own = data.year.unwrap_or(0);
    let mut rows = Vec::new();
    for (of, content) in data.years.iter().rev() {
        let filled = content.fields.values().any(|c| !c.shown.is_empty());
        if !filled {
            continue;
        }
        let mut cells: BTreeMap<Arc<str>, Slot> =
            content.fields.iter().map(|(name, cell)| (name.clone(), slot(form, cell))).collect();
        if *of == own {
            let told = data.report.iter().filter(|(k, c)| !matches!(&***k, "年份" | "模板") && !c.is_missing());
            cells.extend(told.map(|(k, cell)| (Arc::from(format!("报告.{k}")), slot(form, cell))));
        }
        let said = form.said.as_ref().and_then(|(_, origin)| *origin).map(|o| form.sources.describe(o));
        cells.insert(
            key.clone(),
            named(form.unit.as_deref().unwrap_or_default(), said.unwrap_or_else(|| form.file.clone())),
        );
        rows.push(Row { year: if *of == own { year } else { *of }, unit: form.unit.clone(), form: number, cells });
    }
    rows
}

/// A cell with a unit's name.
fn named(name: &str, from: String) -> Slot {
    let origin = Origin::whole(crate::diagnostic::SourceId(0));
    let cell = Cell { value: crate::dataset::Value::Text(name.into()), shown: name.into(), unit: None, origin };
    Slot { cell: Some(cell), from }
}

fn shown(slot: Option<&Slot>) -> &str {
    slot.and_then(|s| s.cell.as_ref()).map_or("", |c| &*c.shown)
}

fn origin(slot: Option<&Slot>) -> Option<Origin> {
    slot.and_then(|s| s.cell.as_ref()).map(|c| c.origin)
}

/// One row for each unit and year. Where two returns say the same it stays; where they differ
/// the cell is blank, and both are told: which of them is right only the unit knows.
fn one_of_each(rows: Vec<Row>, forms: &[Form], year: i16) -> (Vec<Row>, Vec<(usize, Diagnostic)>) {
    let mut kept: Vec<Row> = Vec::new();
    let mut first: BTreeMap<(i16, String), usize> = BTreeMap::new();
    let mut told = Vec::new();
    for row in rows {
        let Some(unit) = row.unit.clone() else {
            kept.push(row);
            continue;
        };
        let Some(&at) = first.get(&(row.year, units::plain_name(&unit))) else {
            first.insert((row.year, units::plain_name(&unit)), kept.len());
            kept.push(row);
            continue;
        };
        let before = &mut kept[at];
        let names: BTreeSet<Arc<str>> = before.cells.keys().chain(row.cells.keys()).cloned().collect();
        let (old_form, new_form) = (&forms[before.form].file, &forms[row.form].file);
        let mut differ = false;
        for name in names {
            let (old, new) = (before.cells.get(&name), row.cells.get(&name));
            if shown(old) == shown(new) {
                continue;
            }
            differ = true;
            let blank = |text: &str| if text.is_empty() { "没有填".to_string() } else { format!("是“{text}”") };
            let (a, b) = (blank(shown(old)), blank(shown(new)));
            let place = |slot: Option<&Slot>, file: &String| slot.map_or(file.clone(), |s| s.from.clone());
            let (here, there) = (place(old, old_form), place(new, new_form));
            let message = format!("“{unit}”交了两份，“{name}”不一样：{here} {a}，{there} {b}；汇总表里空着");
            let help = "问清哪一份对，把另一份从文件夹里移走，再汇总一次";
            for (form, at) in [(row.form, origin(new)), (before.form, origin(old))] {
                let diagnostic = Diagnostic::new(codes::G001, message.clone()).help(help);
                // In the list it stands once, in both copies it is marked.
                if form == row.form || before.form != row.form {
                    told.push((form, Diagnostic { origin: at, ..diagnostic }));
                }
            }
            before.cells.insert(name, Slot::default());
        }
        if !differ && row.year == year {
            let message = format!("“{unit}”交了两份，内容一样，用了“{old_form}”");
            told.push((
                row.form,
                Diagnostic::new(codes::G002, message).help("不用处理；把多的一份从文件夹里移走最清楚"),
            ));
        }
    }
    (kept, told)
}

/// The latest year first; within it in the order of the list, then of the files.
fn in_order(mut rows: Vec<Row>, key: &Arc<str>, units: Option<&Units>) -> Vec<Row> {
    let place = |row: &Row| {
        let at = units.and_then(|u| u.names.iter().position(|name| Some(name) == row.unit.as_ref()));
        (std::cmp::Reverse(row.year), at.unwrap_or(usize::MAX))
    };
    rows.sort_by_key(place);
    for row in &mut rows {
        // As the list writes it, so that the years find each other.
        if let (Some(unit), Some(slot)) = (&row.unit, row.cells.get_mut(key))
            && shown(Some(slot)) != unit
        {
            *slot = named(unit, std::mem::take(&mut slot.from));
        }
    }
    rows
}

/// Fields of the whole that the forms agree on; where they differ the collector has to say.
fn shared_fields(forms: &mut [Form], schema: &Schema, year: i16) -> BTreeMap<Arc<str>, BTreeMap<i16, Slot>> {
    let mut fields: BTreeMap<Arc<str>, BTreeMap<i16, Slot>> = BTreeMap::new();
    let mut told = Vec::new();
    for spec in &schema.fields {
        let mut said: BTreeMap<i16, (usize, Slot)> = BTreeMap::new();
        let mut apart: BTreeMap<i16, usize> = BTreeMap::new();
        for (i, form) in forms.iter().enumerate() {
            let Some(data) = &form.data else { continue };
            let own = data.year.unwrap_or(0);
            for (of, content) in &data.years {
                let of = if *of == own { year } else { *of };
                let Some(cell) = content.fields.get(&spec.name).filter(|c| !c.shown.is_empty()) else { continue };
                match said.get(&of) {
                    None => {
                        said.insert(of, (i, slot(form, cell)));
                    }
                    Some((_, first)) if shown(Some(first)) == &*cell.shown => {}
                    Some((_, first)) => {
                        let message = format!(
                            "“{}”各表填的不一样：{} 是“{}”，这里是“{}”；汇总表里空着",
                            spec.name,
                            first.from,
                            shown(Some(first)),
                            cell.shown
                        );
                        let diagnostic = Diagnostic::new(codes::G011, message).at(cell.origin);
                        told.push((i, diagnostic.help("这是全局的数，由汇总的单位在“指标”表里填")));
                        apart.insert(of, i);
                    }
                }
            }
        }
        said.retain(|of, _| !apart.contains_key(of));
        fields.insert(spec.name.clone(), said.into_iter().map(|(of, (_, slot))| (of, slot)).collect());
    }
    told.into_iter().for_each(|(form, diagnostic)| forms[form].tell(diagnostic));
    fields
}

/// Rows that several forms have in common are one; where each unit has a table of its own, the
/// rows say whose they are: a report of a unit has its own.
fn finish_others(sheets: &mut [Sheet], shape: &Shape) {
    for sheet in sheets {
        if matches!(shape, Shape::Rows { .. }) {
            let mut seen = BTreeSet::new();
            sheet.rows.retain(|row| {
                let texts: Vec<String> =
                    sheet.heads.iter().map(|h| shown(row.cells.get(&h.name)).to_string()).collect();
                seen.insert((row.year, texts))
            });
            continue;
        }
        let head = Head { name: OF_UNIT.into(), unit: None, spec: None };
        sheet.heads.retain(|head| &*head.name != OF_UNIT);
        sheet.heads.insert(0, head);
        for row in &mut sheet.rows {
            row.cells.insert(OF_UNIT.into(), named(row.unit.as_deref().unwrap_or_default(), String::new()));
        }
    }
}

/// Tables of the forms that are in no table of the workbook.
fn say_left_out(forms: &mut [Form], schema: &Schema) {
    for form in forms {
        let Some(data) = &form.data else { continue };
        let tables = data.years.values().flat_map(|y| y.tables.values());
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut seen = BTreeSet::new();
        for table in tables.filter(|t| !t.records.is_empty() && seen.insert(t.name.clone())) {
            let told = match schema.table(&table.name) {
                None => Diagnostic::new(codes::G018, format!("“{}”表不在模板里，没有汇总", table.name))
                    .help("要汇总的，在模板的“表”里写明"),
                Some(_) => continue,
            };
            found.push(told.at(table.origin));
        }
        found.into_iter().for_each(|d| form.tell(d));
    }
}
