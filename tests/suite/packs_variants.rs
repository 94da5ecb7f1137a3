//! Variants of a sample: less data, more data, no last year, zeros, falling figures, everything
//! done, gaps, large and broken amounts, other places.

use std::sync::Arc;

use huibao::dataset::schema::Schema;
use huibao::dataset::{Cell, Column, Dataset, Loaded, Number, Record, Value, YearData};
use rust_decimal::Decimal;

pub const VARIANTS: [&str; 25] = [
    "full",
    "minimal",
    "one-row",
    "fifty-rows",
    "no-last-year",
    "zero-bases",
    "zero-now",
    "falling",
    "perfect",
    "gaps-last-year",
    "decimals",
    "big-money",
    "other-places",
    "none-cells",
    "half-done",
    "nothing-done",
    "one-behind",
    "ones",
    "equal",
    "single-unit",
    "ten-texts",
    "blanks",
    "no-tables",
    "only-tables",
    "city",
];

pub fn vary(loaded: &mut Loaded, schema: &Schema, variant: &str) {
    let data = loaded.dataset.as_mut().expect("the sample reads");
    let year = data.year.expect("the sample has a year");
    match variant {
        "full" => {}
        "minimal" => minimal(data, schema, year),
        "one-row" => each_table(data, |_, records| records.truncate(1)),
        "fifty-rows" => {
            each_table(data, fifty);
            // What the rows are a part of grows with them.
            let whole = data.years.values_mut().filter_map(|y| Arc::make_mut(y).fields.get_mut("代表总数"));
            whole.for_each(|cell| {
                *cell = Cell { shown: "2106".into(), value: Value::Number(Number::plain(2106.into())), ..cell.clone() }
            });
        }
        "no-last-year" => {
            data.years.retain(|y, _| *y == year);
            beside(data, year, |_, last| *last = Cell::missing(last.origin));
        }
        "zero-bases" => {
            zeros(data, schema, year - 1);
            beside(data, year, |_, last| zero(last, None));
        }
        "zero-now" => {
            zeros(data, schema, year);
            states(data, year, "规划");
        }
        "falling" => {
            falling(data, year);
            beside(data, year, |now, last| {
                if now.number().map(|n| n.decimal) > last.number().map(|n| n.decimal) {
                    std::mem::swap(now, last);
                }
            });
        }
        "perfect" => {
            perfect(data, year);
            states(data, year, "建成");
        }
        "gaps-last-year" => gaps(data, year),
        "decimals" => amounts(data, |d| d / Decimal::from(7)),
        "big-money" => amounts(data, |d| d * Decimal::from(1000)),
        "other-places" => other_places(data, "白石县", "乡"),
        "city" => other_places(data, "白石市", "街道"),
        "none-cells" => nones(data, schema, year),
        "half-done" => part(data, year, |all, _| (all / Decimal::TWO).floor()),
        "nothing-done" => {
            part(data, year, |_, _| Decimal::ZERO);
            states(data, year, "规划");
        }
        // All is done but in the last row.
        "one-behind" => part(data, year, |all, last| if last { (all - Decimal::ONE).max(Decimal::ZERO) } else { all }),
        "ones" => {
            each_table(data, one_unit);
            ones(data, year);
        }
        "equal" => equal(data, year),
        "single-unit" => each_table(data, one_unit),
        "ten-texts" => each_table(data, |table, records| {
            if is_prose(table) {
                *records = records.iter().cycle().take(10.min(records.len() * 10)).cloned().collect();
            }
        }),
        "blanks" => blanks(data, schema, year),
        "no-tables" => {
            each_year(data, |now| now.tables.retain(|name, _| schema.table(name).is_some_and(|t| t.required)))
        }
        "only-tables" => {
            each_year(data, |now| now.fields.retain(|name, _| schema.field(name).is_some_and(|f| f.required)))
        }
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

fn each_year(data: &mut Dataset, change: impl Fn(&mut YearData)) {
    data.years.values_mut().for_each(|now| change(Arc::make_mut(now)));
}

fn each_table(data: &mut Dataset, change: impl Fn(&[Column], &mut Vec<Record>)) {
    each_year(data, |now| now.tables.values_mut().for_each(|t| change(&t.columns, &mut t.records)));
}

fn one_unit(columns: &[Column], records: &mut Vec<Record>) {
    records.truncate(if is_prose(columns) { records.len() } else { 1 });
}

/// A table of what an office writes: causes, problems, plans; not of units.
fn is_prose(columns: &[Column]) -> bool {
    columns.iter().any(|c| ["内容", "诉求"].contains(&&*c.name))
}

/// The rows again and again, each time under other names, until there are fifty.
fn fifty(columns: &[Column], records: &mut Vec<Record>) {
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
                // A choice keeps its words.
                if columns.first().is_some_and(|c| !["归类", "事项"].contains(&&*c.name)) {
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

fn zero(cell: &mut Cell, least: Option<Decimal>) {
    if let Value::Number(number) = &cell.value {
        let decimal = least.unwrap_or_default();
        let shown: Arc<str> = if number.is_share() { format!("{decimal}%") } else { decimal.to_string() }.into();
        *cell = Cell { value: Value::Number(Number { decimal, ..*number }), shown, ..cell.clone() };
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

/// The columns 本年 and 上年 of a table that keeps both beside each other.
fn beside(data: &mut Dataset, year: i16, change: impl Fn(&mut Cell, &mut Cell)) {
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    for table in now.tables.values_mut() {
        let (Some(this), Some(last)) = (table.column("本年"), table.column("上年")) else { continue };
        for record in &mut table.records {
            let mut cell = record.cells[this].clone();
            change(&mut cell, &mut record.cells[last]);
            record.cells[this] = cell;
        }
    }
}

fn text(cell: &mut Cell, shown: &str) {
    *cell = Cell { value: Value::Text(shown.into()), shown: shown.into(), ..cell.clone() };
}

fn number(cell: &mut Cell, decimal: Decimal) {
    let decimal = decimal.normalize();
    let share = cell.number().filter(|n| n.is_share());
    let shown = if share.is_some() { format!("{decimal}%") } else { decimal.to_string() };
    let value = Value::Number(Number { decimal, ..share.unwrap_or(Number::plain(decimal)) });
    *cell = Cell { value, shown: shown.into(), ..cell.clone() };
}

/// What is done, and what there was to do.
const DONE: [(&str, &str); 14] = [
    ("村级站建成", "村级站规划"),
    ("办结建议", "收集建议"),
    ("已支付", "使用经费"),
    ("整改完成", "整改问题"),
    ("办结", "收集"),
    ("进站人数", "人数"),
    ("督办办结", "督办建议"),
    ("站点数", "社区"),
    ("完成", "目标"),
    ("完成数", "任务数"),
    ("完成投资", "年度计划"),
    ("化解纠纷", "受理纠纷"),
    ("整改隐患", "排查隐患"),
    ("整改问题", "发现问题"),
];

/// Everything is built, settled, paid; nothing is left to do.
fn perfect(data: &mut Dataset, year: i16) {
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    if let Some(cell) = now.fields.get_mut("行政村") {
        zero(cell, None);
    }
    for (done, all) in DONE {
        let whole = now.fields.get(all).cloned();
        if let (Some(cell), Some(whole)) = (now.fields.get_mut(done), whole) {
            *cell = Cell { origin: cell.origin, ..whole };
        }
        for table in now.tables.values_mut() {
            let (Some(done), Some(all)) = (table.column(done), table.column(all)) else { continue };
            let alike = |r: &mut Record| r.cells[done] = Cell { origin: r.cells[done].origin, ..r.cells[all].clone() };
            table.records.iter_mut().for_each(alike);
        }
    }
    let mut members = Decimal::ZERO;
    for table in now.tables.values_mut() {
        if let Some(column) = table.column("进站代表") {
            members +=
                table.records.iter().filter_map(|r| r.cells[column].number()).map(|n| n.decimal).sum::<Decimal>();
        }
    }
    if let Some(cell) = now.fields.get_mut("代表总数") {
        number(cell, members);
    }
    if let (Some(used), Some(cell)) = (sum(now, "使用经费"), now.fields.get_mut("预算经费")) {
        number(cell, used);
    }
}

/// Of what there was to do, as much is done as `share` says of the whole and of whether the row is the last.
fn part(data: &mut Dataset, year: i16, share: impl Fn(Decimal, bool) -> Decimal) {
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    for (done, all) in DONE {
        let whole = now.fields.get(all).and_then(Cell::number);
        if let (Some(cell), Some(whole)) = (now.fields.get_mut(done), whole) {
            number(cell, share(whole.decimal, true));
        }
        for table in now.tables.values_mut() {
            let (Some(done), Some(all)) = (table.column(done), table.column(all)) else { continue };
            let count = table.records.len();
            for (at, record) in table.records.iter_mut().enumerate() {
                if let Some(whole) = record.cells[all].number() {
                    number(&mut record.cells[done], share(whole.decimal, at + 1 == count));
                }
            }
        }
    }
}

/// Every whole number of this year is 1: one unit, one piece, one visit.
fn ones(data: &mut Dataset, year: i16) {
    let one = |cell: &mut Cell| {
        if cell.number().is_some_and(|n| !n.is_share() && n.decimal.is_integer() && n.decimal > Decimal::ZERO) {
            number(cell, Decimal::ONE);
        }
    };
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    now.fields.values_mut().for_each(one);
    for table in now.tables.values_mut() {
        // The order of a list is no count.
        let order = table.column("次序");
        for record in &mut table.records {
            record.cells.iter_mut().enumerate().filter(|(at, _)| Some(*at) != order).for_each(|(_, cell)| one(cell));
        }
    }
}

/// Last year was as this year is.
fn equal(data: &mut Dataset, year: i16) {
    let Some(this) = data.years.get(&year).cloned() else { return };
    data.years.insert(year - 1, this);
    beside(data, year, |now, last| *last = Cell { origin: last.origin, ..now.clone() });
}

/// What the pack does not require is not filled in; years and rows are there.
fn blanks(data: &mut Dataset, schema: &Schema, year: i16) {
    let blank = |cell: &mut Cell| *cell = Cell::missing(cell.origin);
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    now.fields
        .iter_mut()
        .filter(|(name, _)| schema.field(name).is_some_and(|f| !f.required))
        .for_each(|(_, c)| blank(c));
    for (name, table) in &mut now.tables {
        for (at, column) in table.columns.iter().enumerate() {
            if schema.table(name).and_then(|t| t.column(&column.name)).is_some_and(|c| !c.required) {
                table.records.iter_mut().for_each(|r| blank(&mut r.cells[at]));
            }
        }
    }
}

/// How far every central station has got.
fn states(data: &mut Dataset, year: i16, state: &str) {
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    for table in now.tables.values_mut() {
        let Some(column) = table.column("中心站") else { continue };
        table.records.iter_mut().for_each(|r| text(&mut r.cells[column], state));
    }
    // And every project.
    let to = if state == "建成" { "完工" } else { "未开工" };
    for table in now.tables.values_mut() {
        let Some(column) = table.column("进展") else { continue };
        table.records.iter_mut().for_each(|r| text(&mut r.cells[column], to));
    }
}

fn sum(year: &YearData, column: &str) -> Option<Decimal> {
    let table = year.tables.values().find(|t| t.column(column).is_some())?;
    let at = table.column(column)?;
    Some(table.records.iter().filter_map(|r| r.cells[at].number()).map(|n| n.decimal).sum())
}

/// Of last year every other field is missing, and the tables but the first.
fn gaps(data: &mut Dataset, year: i16) {
    let Some(last) = data.years.get_mut(&(year - 1)).map(Arc::make_mut) else { return };
    let names: Vec<_> = last.fields.keys().cloned().collect();
    names.iter().step_by(2).for_each(|name| drop(last.fields.shift_remove(name)));
    let tables: Vec<_> = last.tables.keys().cloned().collect();
    tables.iter().skip(1).for_each(|name| drop(last.tables.shift_remove(name)));
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    for table in now.tables.values_mut() {
        if let Some(column) = table.column("上年") {
            let rows = table.records.iter_mut().step_by(2);
            rows.for_each(|r| r.cells[column] = Cell::missing(r.origin));
        }
    }
}

/// Every amount of money changes, in all years.
fn amounts(data: &mut Dataset, change: impl Fn(Decimal) -> Decimal) {
    const MONEY: [&str; 14] = [
        "预算经费",
        "使用经费",
        "已支付",
        "经费",
        "建设投入",
        "经费投入",
        "资金",
        "村集体收入",
        "财政支出",
        "民生支出",
        "总投资",
        "年度计划",
        "完成投资",
        "投入经费",
    ];
    let change = |cell: &mut Cell| {
        if let Some(n) = cell.number() {
            number(cell, change(n.decimal).round_dp(4));
        }
    };
    for now in data.years.values_mut().map(Arc::make_mut) {
        now.fields.iter_mut().filter(|(name, _)| MONEY.contains(&&***name)).for_each(|(_, cell)| change(cell));
        for table in now.tables.values_mut() {
            let columns: Vec<usize> = MONEY.iter().filter_map(|name| table.column(name)).collect();
            for record in &mut table.records {
                columns.iter().for_each(|at| change(&mut record.cells[*at]));
            }
        }
    }
}

/// A county with towns, townships and sub-districts, under other names.
fn other_places(data: &mut Dataset, area: &str, town: &str) {
    let of_a_district = data.report.contains_key("地区");
    let office = format!("{area}人大常委会");
    for (key, shown) in [("地区", area), ("单位", &office), ("主送", "临川市人大常委会")] {
        if let Some(cell) = data.report.get_mut(key).filter(|_| of_a_district) {
            text(cell, shown);
        }
    }
    data.report.shift_remove("标题");
    for now in data.years.values_mut().map(Arc::make_mut) {
        for name in ["辖区", "单位统称"] {
            now.fields.shift_remove(name);
        }
        for (field, shown) in [("乡镇名称", format!("南麓{town}")), ("街道名称", "文昌街道".into())] {
            if let Some(cell) = now.fields.get_mut(field) {
                text(cell, &shown);
            }
        }
        let Some(table) = now.tables.get_mut("乡镇") else { continue };
        let (name, kind) = (table.column("名称"), table.column("类别"));
        for record in table.records.iter_mut().step_by(3) {
            let Some(own) = name.and_then(|at| record.cells[at].shown.strip_suffix('镇').map(str::to_owned)) else {
                continue;
            };
            name.into_iter().for_each(|at| text(&mut record.cells[at], &format!("{own}{town}")));
            kind.into_iter().for_each(|at| text(&mut record.cells[at], town));
        }
    }
}

/// What the pack does not require is none (—), and so is one of the required figures.
fn nones(data: &mut Dataset, schema: &Schema, year: i16) {
    let none = |cell: &mut Cell| *cell = Cell { value: Value::Absent, shown: "—".into(), ..cell.clone() };
    let Some(now) = data.years.get_mut(&year).map(Arc::make_mut) else { return };
    for (name, cell) in &mut now.fields {
        if schema.field(name).is_some_and(|f| !f.required) {
            none(cell);
        }
    }
    for (name, table) in &mut now.tables {
        for (at, column) in table.columns.iter().enumerate() {
            if schema.table(name).and_then(|t| t.column(&column.name)).is_some_and(|c| !c.required) {
                table.records.iter_mut().for_each(|r| none(&mut r.cells[at]));
            }
        }
        if let Some(at) = table.column("接待群众") {
            table.records.iter_mut().skip(1).take(1).for_each(|r| none(&mut r.cells[at]));
        }
    }
    let Some(last) = data.years.get_mut(&(year - 1)).map(Arc::make_mut) else { return };
    last.fields.values_mut().step_by(3).filter(|c| c.number().is_some()).for_each(none);
}

/// Every so many of the fields and cells of the year are not filled in yet; names are.
pub fn half_filled(loaded: &mut Loaded, step: usize) {
    let data = loaded.dataset.as_mut().expect("the sample reads");
    let Some(now) = data.year.and_then(|year| data.years.get_mut(&year)).map(Arc::make_mut) else { return };
    let empty = |cell: &mut Cell| *cell = Cell::missing(cell.origin);
    now.fields.values_mut().step_by(step).for_each(empty);
    for table in now.tables.values_mut() {
        for record in &mut table.records {
            record.cells.iter_mut().skip(1).step_by(step).for_each(empty);
        }
    }
}
