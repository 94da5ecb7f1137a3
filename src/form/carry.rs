//! The year's round: what last year's data give the form of this year, and what they do not.
//! This year's 上年 is last year's 本年, its 前年 last year's 上年.

use std::sync::Arc;

use super::request::FormRequest;
use super::{fields, information};
use crate::dataset::schema::{ColumnSpec, FieldSpec, Kind, Schema, TableSpec};
use crate::dataset::{Cell, Dataset, Table, Value, YearData};
use crate::diagnostic::{Diagnostic, Origin, codes};
use crate::vocabulary::columns::is_no_figure;
use crate::vocabulary::years::figure_of_column;

/// Names that are told one by one.
const NAMED: usize = 10;
/// Places that are told one by one.
const PLACES: usize = 5;

/// How a table goes over into the next year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Columns 本年, 上年, 前年 side by side: each moves one on.
    Columns,
    /// A record for each unit, or a list of names: this year's names, and the rows of earlier years
    /// by 年份.
    Units,
    /// Texts and events that every year writes anew, above those of earlier years.
    Anew,
}

/// Rows that are ready for what is new this year; where all is written anew, as many as last year
/// had and some more, so that nobody has to put in rows above those of last year.
const SPARE: usize = 5;
const MORE: usize = 2;

/// Rows of each year in a blank form of a table that is compared with last year's: more units than
/// most tables have, so that this year's do not run into last year's.
const OF_YEAR: usize = 25;

/// One row to be written: its year where the table has several, and a cell for each declared column.
pub struct Row {
    /// In a form without a year 0 is this year and -1 the one before.
    pub year: Option<i16>,
    pub cells: Vec<Option<Cell>>,
}

/// How a table goes on, by what it declares. `key`: the column by which units are known.
pub fn way(spec: &TableSpec, key: &str, year: i16) -> Way {
    let years = |c: &ColumnSpec| figure_of_column(&c.name, year);
    let moves = |c: &ColumnSpec| {
        let Some((figure, of)) = years(c) else { return false };
        of == year && spec.columns.iter().filter_map(years).any(|(other, before)| other == figure && before < year)
    };
    if spec.columns.iter().any(moves) {
        return Way::Columns;
    }
    let figures = spec.columns.iter().any(|c| is_figure(c) && !is_no_figure(&c.name));
    let first = spec.columns.first().is_some_and(is_text);
    match (spec.column(key).is_some() || first, figures) {
        (true, true) => Way::Units,
        // A list of names; a list of 文稿 is written anew.
        (true, false) if spec.columns.len() == 1 && spec.columns[0].kind != Some(Kind::Prose) => Way::Units,
        _ => Way::Anew,
    }
}

/// The rows that last year's data give a table; none where they have no such table.
pub fn rows(spec: &TableSpec, request: &FormRequest<'_>) -> Vec<Row> {
    let (Some(data), Some(year)) = (request.previous, request.year) else { return blank(spec, request) };
    let Some(last) = table(data, year - 1, &spec.name) else { return blank(spec, request) };
    let named = |c: &ColumnSpec, i: usize| identifies(c, i, request.key).then(|| last.column(&c.name)).flatten();
    let of = |c: &ColumnSpec, i: usize| match figure_of_column(&c.name, year) {
        Some((_, of)) if of == year => None,
        Some((figure, of)) => column_of(last, &figure, of, year - 1),
        None => named(c, i),
    };
    match way(spec, request.key, year) {
        Way::Columns => of_table(last, None, spec, &of),
        way => {
            let now = if way == Way::Units { of_table(last, Some(year), spec, &named) } else { Vec::new() };
            let spare = if way == Way::Units { SPARE } else { SPARE.max(last.records.len() + MORE) };
            let spare = (0..spare).map(|_| Row { year: Some(year), cells: vec![None; spec.columns.len()] });
            let mut rows: Vec<Row> = now.into_iter().chain(spare).collect();
            for before in [year - 1, year - 2] {
                let Some(table) = table(data, before, &spec.name) else { continue };
                rows.extend(of_table(table, Some(before), spec, &|c, _| table.column(&c.name)));
            }
            rows
        }
    }
}

/// Rows for both years, where the template compares them and no column has the year already.
fn blank(spec: &TableSpec, request: &FormRequest<'_>) -> Vec<Row> {
    let year = request.year.unwrap_or(0);
    if !spec.past || way(spec, request.key, year) == Way::Columns || spec.column("年份").is_some() {
        return Vec::new();
    }
    let row = |year| Row { year: Some(year), cells: vec![None; spec.columns.len()] };
    [year, year - 1].into_iter().flat_map(|year| (0..OF_YEAR).map(move |_| row(year))).collect()
}

/// The records of a table as rows of a declared one; `of` says which column gives which.
fn of_table(
    table: &Table,
    year: Option<i16>,
    spec: &TableSpec,
    of: &dyn Fn(&ColumnSpec, usize) -> Option<usize>,
) -> Vec<Row> {
    let columns: Vec<Option<usize>> = spec.columns.iter().enumerate().map(|(i, c)| of(c, i)).collect();
    let row = |cells: &[Cell]| Row { year, cells: columns.iter().map(|at| known(cells, (*at)?)).collect() };
    table.records.iter().map(|record| row(&record.cells)).collect()
}

fn known(cells: &[Cell], at: usize) -> Option<Cell> {
    cells.get(at).filter(|cell| !cell.is_missing()).cloned()
}

fn table<'a>(data: &'a Dataset, year: i16, name: &str) -> Option<&'a Table> {
    data.years.get(&year)?.tables.get(name)
}

/// The column of a table of `data_year` that holds a figure of another year: 上年 of last year's
/// table is 前年 of this year's.
fn column_of(table: &Table, figure: &str, of: i16, data_year: i16) -> Option<usize> {
    table.columns.iter().position(|c| figure_of_column(&c.name, data_year).is_some_and(|(f, y)| f == figure && y == of))
}

/// Columns that say which row it is: they are the same from year to year.
fn identifies(spec: &ColumnSpec, at: usize, key: &str) -> bool {
    let usual = ["名称", "类别", "单位", "计量单位", "量词", "级别", "序号", "编号", "代码"];
    &*spec.name == key || usual.contains(&&*spec.name) || at == 0 && is_text(spec)
}

fn is_text(spec: &FieldSpec) -> bool {
    matches!(spec.kind, Some(Kind::Text | Kind::Prose) | None)
}

fn is_figure(spec: &FieldSpec) -> bool {
    matches!(spec.kind, Some(Kind::Integer | Kind::Decimal | Kind::Percent))
}

/// The schema with what it does not declare but the template reads (`used`) and last year's data
/// have, so that the form asks for that as well; and the names that nobody reads.
pub fn widened(schema: &Schema, data: &Dataset, used: &dyn Fn(&str) -> bool) -> (Schema, Vec<Arc<str>>) {
    let mut wide = schema.clone();
    let mut left = Vec::new();
    let Some(last) = data.current() else { return (wide, left) };
    for (name, cell) in &last.fields {
        match (schema.field(name), used(name)) {
            (Some(_), _) => {}
            (None, true) => wide.fields.push(found(name.clone(), cell)),
            (None, false) => left.push(name.clone()),
        }
    }
    for (name, table) in &last.tables {
        let declared = wide.tables.iter_mut().find(|spec| spec.name == *name);
        let Some(first) = table.records.first() else { continue };
        let new = table.columns.iter().zip(&first.cells);
        match declared {
            Some(spec) if spec.columns.is_empty() => {
                spec.columns = new.map(|(c, v)| found(c.name.clone(), v)).collect()
            }
            Some(_) => {}
            None if used(name) => wide.tables.push(TableSpec {
                name: name.clone(),
                columns: new.map(|(c, v)| FieldSpec { unit: c.unit.clone(), ..found(c.name.clone(), v) }).collect(),
                required: false,
                meaning: None,
                past: false,
                relations: Vec::new(),
                origin: table.origin,
            }),
            None => left.push(name.clone()),
        }
    }
    (wide, left)
}

/// What a value of last year says of its kind.
fn found(name: Arc<str>, cell: &Cell) -> FieldSpec {
    let kind = match &cell.value {
        Value::Number(number) if number.is_share() => Some(Kind::Percent),
        Value::Number(_) => Some(Kind::Decimal),
        Value::Date(date) if date.day.is_some() => Some(Kind::Date),
        Value::Text(_) => Some(Kind::Text),
        _ => None,
    };
    FieldSpec {
        name,
        kind,
        unit: cell.unit.clone(),
        required: false,
        meaning: None,
        example: None,
        min: None,
        max: None,
        choices: Vec::new(),
        origin: cell.origin,
    }
}

/// What the form took from last year's data and what it did not find in them. `left`: names that
/// the template does not read.
pub fn told(schema: &Schema, request: &FormRequest<'_>, left: &[Arc<str>]) -> Vec<Diagnostic> {
    let (Some(data), Some(year)) = (request.previous, request.year) else { return Vec::new() };
    let last = year - 1;
    let Some(of_last) = data.years.get(&last).filter(|of_last| has_figures(of_last)) else {
        let has: Vec<String> =
            data.years.iter().filter(|(_, d)| has_figures(d)).map(|(y, _)| format!("{y}年")).collect();
        let message = format!("数据里没有{last}年的数，只有{}的；“上年”是空的", has.join("、"));
        let help = format!("核对年份：填报表是{year}年的，数据要是{last}年的；用 --year 指明填报表的年份");
        return vec![Diagnostic::new(codes::F012, message).help(help)];
    };
    let mut round = Round::default();
    round.information(data, request);
    round.fields(schema, data, year);
    for spec in &schema.tables {
        match of_last.tables.get(&spec.name) {
            Some(table) => round.table(spec, table, request, year),
            None => round.lacking.push(format!("没有表“{}”", spec.name)),
        }
    }
    if !left.is_empty() {
        round.lacking.push(format!("模板没有用到、没有带入的有{}", listed(left.iter().map(|name| &**name))));
    }
    round.said(last)
}

fn has_figures(data: &YearData) -> bool {
    data.fields.values().any(|cell| !cell.is_missing()) || data.tables.values().any(|t| !t.records.is_empty())
}

fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("“{name}”")).collect();
    let shown = names[..names.len().min(NAMED)].concat();
    if names.len() > NAMED { format!("{shown}等{}项", names.len()) } else { shown }
}

/// What is found out on the way.
#[derive(Default)]
struct Round {
    taken: Vec<String>,
    lacking: Vec<String>,
    anew: Vec<String>,
    /// Cells that are blank in last year's data.
    blank: Vec<Origin>,
}

impl Round {
    fn information(&mut self, data: &Dataset, request: &FormRequest<'_>) {
        let names = information::rows(request).into_iter();
        let names: Vec<&str> =
            names.filter(|(name, key)| information::last(data, name, *key).is_some()).map(|(name, _)| name).collect();
        if !names.is_empty() {
            self.taken.push(format!("报告信息的{}", names.join("、")));
        }
    }

    fn fields(&mut self, schema: &Schema, data: &Dataset, year: i16) {
        for before in [year - 1, year - 2] {
            let count = schema.fields.iter().filter(|f| fields::value(data, before, &f.name).is_some()).count();
            if count > 0 {
                self.taken.push(format!("{count}项指标{before}年的数"));
            }
        }
        let without = schema.fields.iter().filter(|f| is_figure(f) && fields::value(data, year - 1, &f.name).is_none());
        let without: Vec<&str> = without.map(|f| &*f.name).collect();
        if !without.is_empty() {
            self.lacking.push(format!("指标{}没有{}年的数", listed(without), year - 1));
        }
    }

    fn table(&mut self, spec: &TableSpec, table: &Table, request: &FormRequest<'_>, year: i16) {
        let way = way(spec, request.key, year);
        let rows = rows(spec, request);
        let count = |y| rows.iter().filter(|r| r.year == Some(y) && r.cells.iter().any(Option::is_some)).count();
        let name = &spec.name;
        match way {
            Way::Anew => return self.anew.push(format!("“{name}”")),
            Way::Units => {
                let years = [year, year - 1, year - 2].map(|y| (y, count(y)));
                let old: Vec<String> =
                    years[1..].iter().filter(|(_, n)| *n > 0).map(|(y, n)| format!("{y}年{n}行")).collect();
                self.taken.push(format!("“{name}”的{}个名称和{}", years[0].1, old.join("、")));
            }
            Way::Columns => {
                let moved =
                    spec.columns.iter().filter(|c| figure_of_column(&c.name, year).is_some_and(|(_, y)| y < year));
                let moved: Vec<&str> = moved.map(|c| &*c.name).collect();
                self.taken.push(format!("“{name}”{}行的名称和{}", rows.len(), listed(moved)));
            }
        }
        for (i, column) in spec.columns.iter().enumerate() {
            let of = figure_of_column(&column.name, year).filter(|_| way == Way::Columns);
            let at = match &of {
                Some((_, of)) if *of == year => continue,
                Some((figure, of)) => column_of(table, figure, *of, year - 1),
                None => table.column(&column.name),
            };
            let asked = way == Way::Units || of.is_some() || identifies(column, i, request.key);
            // 前年 is more than a table of last year need have.
            let last = of.as_ref().is_none_or(|(_, of)| *of == year - 1);
            match at {
                None if asked && (last || column.required) => {
                    self.lacking.push(match of {
                        Some((_, of)) => format!("“{name}”没有{of}年的一列（“{}”）", column.name),
                        None => format!("“{name}”没有“{}”列", column.name),
                    });
                }
                Some(at) if last && is_figure(column) => {
                    let cells = table.records.iter().filter_map(|record| record.cells.get(at));
                    self.blank.extend(cells.filter(|cell| cell.is_missing()).map(|cell| cell.origin));
                }
                _ => {}
            }
        }
    }

    fn said(self, last: i16) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if !self.taken.is_empty() {
            let mut said = Diagnostic::new(codes::F010, format!("从上年的数据带入了{}", self.taken.join("；")));
            if !self.anew.is_empty() {
                said = said.help(format!("{}每年重写，上年的各行放在下面供参考", self.anew.concat()));
            }
            found.push(said.help("填本年的一列或本年的各行就可以了"));
        }
        if !self.lacking.is_empty() {
            found.push(
                Diagnostic::new(codes::F011, format!("上年的数据里，{}", self.lacking.join("；")))
                    .help("要和上年比较的，把上年的数补填在填报表里"),
            );
        }
        if let Some((first, rest)) = self.blank.split_first() {
            let message = format!("有{}格没有{last}年的数，“上年”也空着", self.blank.len());
            let said = Diagnostic::new(codes::F013, message).at(*first).help("要和上年比较的，补填在填报表里");
            found.push(rest.iter().take(PLACES - 1).fold(said, |said, at| said.also(*at, "这里也空着")));
        }
        found
    }
}
