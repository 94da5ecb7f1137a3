//! Variants of a sample: less data, more data, no last year, zeros, falling figures.

use std::sync::Arc;

use huibao::dataset::schema::Schema;
use huibao::dataset::{Cell, Dataset, Loaded, Number, Record, Value};

pub const VARIANTS: [&str; 8] =
    ["full", "minimal", "one-row", "fifty-rows", "no-last-year", "zero-bases", "zero-now", "falling"];

pub fn vary(loaded: &mut Loaded, schema: &Schema, variant: &str) {
    let data = loaded.dataset.as_mut().expect("the sample reads");
    let year = data.year.expect("the sample has a year");
    match variant {
        "full" => {}
        "minimal" => minimal(data, schema, year),
        "one-row" => each_table(data, |_, records| records.truncate(1)),
        "fifty-rows" => {
            each_table(data, |_, records| fifty(records));
            // What the rows are a part of grows with them.
            let whole = data.years.values_mut().filter_map(|y| Arc::make_mut(y).fields.get_mut("代表总数"));
            whole.for_each(|cell| {
                *cell = Cell { shown: "2106".into(), value: Value::Number(Number::plain(2106.into())), ..cell.clone() }
            });
        }
        "no-last-year" => data.years.retain(|y, _| *y == year),
        "zero-bases" => zeros(data, schema, year - 1),
        "zero-now" => zeros(data, schema, year),
        "falling" => falling(data, year),
        _ => unreachable!("{variant}"),
    }
}

/// Only what the pack requires, and only this year.
fn minimal(data: &mut Dataset, schema: &Schema, year: i16) {
    data.years.retain(|y, _| *y == year);
    data.report.retain(|key, _| ["地区", "单位", "成文日期", "模板", "年份", "简报名称"].contains(&&**key));
    for now in data.years.values_mut().map(Arc::make_mut) {
        now.fields.retain(|name, _| schema.field(name).is_some_and(|f| f.required));
        now.tables.retain(|name, _| schema.table(name).is_some_and(|t| t.required));
        for (name, table) in &mut now.tables {
            let optional = |c: &str| !schema.table(name).and_then(|t| t.column(c)).is_some_and(|c| c.required);
            let drop: Vec<usize> = (0..table.columns.len()).filter(|i| optional(&table.columns[*i].name)).collect();
            for record in &mut table.records {
                drop.iter().for_each(|i| record.cells[*i] = Cell::missing(record.origin));
            }
        }
    }
}

fn each_table(data: &mut Dataset, change: impl Fn(i16, &mut Vec<Record>)) {
    for (year, now) in &mut data.years {
        Arc::make_mut(now).tables.values_mut().for_each(|t| change(*year, &mut t.records));
    }
}

/// The rows again and again, each time under other names, until there are fifty.
fn fifty(records: &mut Vec<Record>) {
    const MORE: [&str; 7] = ["东", "西", "南", "北", "上", "中", "下"];
    let first = records.clone();
    for round in 0.. {
        for record in &first {
            if records.len() >= 50 {
                return;
            }
            let mut record = record.clone();
            if let Some(cell) = record.cells.first_mut().filter(|c| matches!(c.value, Value::Text(_))) {
                let shown = &*cell.shown;
                let name = match shown.strip_prefix('《') {
                    Some(rest) => format!("《{}{rest}", MORE[round % 7].repeat(1 + round / 7)),
                    None => format!("{}{shown}", MORE[round % 7].repeat(1 + round / 7)),
                };
                // A choice (归类) keeps its words.
                if !["反映民意", "促进发展", "化解矛盾", "推动治理"].contains(&shown) {
                    *cell = Cell { value: Value::Text(name.as_str().into()), shown: name.into(), ..cell.clone() };
                }
            }
            records.push(record);
        }
    }
}

/// Every number of a year is zero (or the least that the pack allows).
fn zeros(data: &mut Dataset, schema: &Schema, year: i16) {
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    for (name, cell) in &mut now.fields {
        zero(cell, schema.field(name).and_then(|f| f.min));
    }
    for (name, table) in &mut now.tables {
        for record in &mut table.records {
            for (cell, column) in record.cells.iter_mut().zip(&table.columns) {
                zero(cell, schema.table(name).and_then(|t| t.column(&column.name)).and_then(|c| c.min));
            }
        }
    }
}

fn zero(cell: &mut Cell, least: Option<rust_decimal::Decimal>) {
    if let Value::Number(number) = &cell.value {
        let decimal = least.unwrap_or_default();
        let shown: Arc<str> = if number.percent { format!("{decimal}%") } else { decimal.to_string() }.into();
        *cell = Cell { value: Value::Number(Number { decimal, percent: number.percent }), shown, ..cell.clone() };
    }
}

/// This year's numbers and last year's change places.
fn falling(data: &mut Dataset, year: i16) {
    let Some(last) = data.years.get(&(year - 1)).cloned() else { return };
    let Some(mut this) = data.years.remove(&year) else { return };
    let now = Arc::make_mut(&mut this);
    let before = Arc::make_mut(data.years.get_mut(&(year - 1)).expect("it was there"));
    for (name, cell) in &mut now.fields {
        if let Some(old) = before.fields.get_mut(name).filter(|c| c.number().is_some()) {
            std::mem::swap(cell, old);
        }
    }
    for (name, table) in &mut now.tables {
        let Some(old) = last.tables.get(name) else { continue };
        let Some(target) = before.tables.get_mut(name) else { continue };
        std::mem::swap(&mut table.records, &mut target.records);
        std::mem::swap(&mut table.columns, &mut target.columns);
        debug_assert_eq!(old.records.len(), table.records.len());
    }
    data.years.insert(year, this);
}
