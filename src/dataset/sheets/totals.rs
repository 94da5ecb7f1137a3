//! 合计, 总计, 小计: rows that are no records, compared with the sums.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use crate::dataset::{Cell, Record, Table, TotalRow, Value, scalar};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::vocabulary::columns::is_no_figure;
use crate::vocabulary::totals::is_mean;

/// Compares each total with the sums of the rows that it may stand for: all of them, those
/// above since the last total, those below up to the next, those of its year. The first of
/// these that fits best is meant. `positions` holds the number of records before each.
pub fn compare(table: &mut Table, positions: &[usize], diagnostics: &mut Vec<Diagnostic>) {
    named_totals(table, positions, diagnostics);
    hidden_total(table, diagnostics);
}

fn named_totals(table: &Table, positions: &[usize], diagnostics: &mut Vec<Diagnostic>) {
    let all: Vec<&Record> = table.records.iter().collect();
    let year = table.year_column();
    let marks: Vec<usize> =
        table.totals.iter().zip(positions).filter(|(t, _)| !is_mean(&t.label)).map(|(_, &p)| p).collect();
    for (total, &position) in table.totals.iter().zip(positions).filter(|(t, _)| !is_mean(&t.label)) {
        let since = marks.iter().copied().filter(|&p| p < position).max().unwrap_or(0);
        let until = marks.iter().copied().filter(|&p| p > position).min().unwrap_or(all.len());
        let (above, below) = (all[since..position].to_vec(), all[position..until].to_vec());
        let of_year = |column: usize| {
            let said = &total.cells[column].shown;
            all.iter().filter(|r| scalar::year(&r.cells[column].shown) == scalar::year(said)).copied().collect()
        };
        let part = total.label.ends_with("小计");
        let one_year = |rows: &[&Record]| {
            year.is_none_or(|y| rows.windows(2).all(|w| key_of(&w[0].cells[y]) == key_of(&w[1].cells[y])))
        };
        let mut bases: Vec<Vec<&Record>> = match year.filter(|&y| scalar::year(&total.cells[y].shown).is_some()) {
            Some(column) => vec![of_year(column)],
            // Rows of several years are not summed together.
            None if year.is_some() => [above, below].into_iter().filter(|rows| one_year(rows)).collect(),
            None if part && above.is_empty() => vec![below],
            None if part => vec![above, below],
            // 镇合计, 街道合计 among several are parts as well.
            None if marks.len() > 1 => vec![all.clone(), above, below],
            None => vec![all.clone()],
        };
        bases.retain(|rows| !rows.is_empty());
        let best = bases.iter().enumerate().max_by_key(|(i, rows)| (fitting(table, total, rows), usize::MAX - i));
        if let Some((_, rows)) = best {
            differences(table, total, rows, diagnostics);
        }
    }
}

/// What a cell of the column 年份 says, in one spelling.
fn key_of(cell: &Cell) -> String {
    scalar::year(&cell.shown).map_or_else(|| cell.shown.to_string(), |year| year.to_string())
}

/// The columns of a total that can be compared, with what it says and the sum of the rows.
fn sums<'t>(table: &'t Table, total: &'t TotalRow, rows: &[&Record]) -> Vec<(usize, &'t Cell, Decimal, Decimal)> {
    let mut found = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        let cell = &total.cells[i];
        if is_no_figure(&column.name) || is_ratio(&column.unit, cell) {
            continue;
        }
        if let (Some(said), Some(sum)) = (decimal(cell), sum(rows, i)) {
            found.push((i, cell, said, sum));
        }
    }
    found
}

fn fitting(table: &Table, total: &TotalRow, rows: &[&Record]) -> usize {
    sums(table, total, rows).iter().filter(|(_, _, said, sum)| !differs(*said, *sum)).count()
}

fn differences(table: &Table, total: &TotalRow, rows: &[&Record], diagnostics: &mut Vec<Diagnostic>) {
    for (i, cell, _, sum) in sums(table, total, rows).into_iter().filter(|(_, _, said, sum)| differs(*said, *sum)) {
        let (first, last) = (rows[0].cells[i].origin, rows[rows.len() - 1].cells[i].origin);
        let range = match (first.place, last.place) {
            (Place::Cell { row: a, column, .. }, Place::Cell { row: b, .. }) => {
                format!("{}:{}", crate::diagnostic::cell_name(a, column), crate::diagnostic::cell_name(b, column))
            }
            _ => String::new(),
        };
        diagnostics.push(
            Diagnostic::new(
                codes::D050,
                format!("{}写的是 {}，各行相加是 {}", total.label, cell.shown, sum.normalize()),
            )
            .at(cell.origin)
            .about(format!("{} · {}", total.label, table.columns[i].name))
            .also(first, format!("相加的各行 {range}"))
            .help("核对是哪一行填错了，还是合计没有更新"),
        );
    }
}

/// 全区, 全街道, 总量: what is nobody's name. 全南镇 and 总工会 are units.
fn is_whole(name: &str) -> bool {
    let short = name.chars().count() == 2;
    short && name.starts_with('全')
        || matches!(name, "" | "全街道" | "全社区" | "全系统" | "全地区" | "全辖区")
        || short && name.starts_with('总') && !name.ends_with(['部', '站', '所', '校', '院', '社', '厂'])
}

/// A first or last record of its year that equals the sum of all others in each column is a
/// total by another name, which would count twice: what is nobody's name is taken out, any
/// other is told.
fn hidden_total(table: &mut Table, diagnostics: &mut Vec<Diagnostic>) {
    let mut years: IndexMap<String, Vec<usize>> = IndexMap::new();
    let year = table.year_column();
    for (i, record) in table.records.iter().enumerate() {
        let key = year.map_or_else(String::new, |y| key_of(&record.cells[y]));
        years.entry(key).or_default().push(i);
    }
    let mut taken = BTreeSet::new();
    for rows in years.values().filter(|rows| rows.len() >= 3) {
        for at in [rows[0], rows[rows.len() - 1]] {
            if !equals_the_rest(table, rows, at) {
                continue;
            }
            let name = label_of(table, &table.records[at]);
            let place = |d: Diagnostic| d.at(table.records[at].origin).about(&*table.name);
            if is_whole(&name) {
                taken.insert(at);
                let name = if name.is_empty() { "没有名称的".to_string() } else { format!("“{name}”") };
                let message = format!("{name}这一行正好等于其余各行之和，按合计行处理，没有当记录读");
                diagnostics
                    .push(place(Diagnostic::new(codes::D119, message)).help("不用处理；合计行的名称写“合计”最清楚"));
            } else {
                let message = format!("“{name}”这一行正好等于其余各行之和，像是合计行，却当作一条记录读了");
                diagnostics.push(
                    place(Diagnostic::new(codes::D051, message)).help("如果是合计，把名称改成“合计”；不是就不用处理"),
                );
            }
        }
    }
    if taken.is_empty() {
        return;
    }
    for (at, record) in std::mem::take(&mut table.records).into_iter().enumerate() {
        if taken.contains(&at) {
            let label = label_of(table, &record).into();
            table.totals.push(TotalRow { label, cells: record.cells, origin: record.origin });
        } else {
            table.records.push(record);
        }
    }
}

/// The first text of a record that is neither its year nor its number.
fn label_of(table: &Table, record: &Record) -> String {
    let named = table.name_column().map(|i| &record.cells[i]).filter(|c| !c.is_missing());
    let mut texts = table
        .columns
        .iter()
        .zip(&record.cells)
        .filter(|(column, cell)| matches!(cell.value, Value::Text(_)) && !is_no_figure(&column.name));
    named.or_else(|| texts.next().map(|(_, cell)| cell)).map(|c| c.shown.to_string()).unwrap_or_default()
}

fn equals_the_rest(table: &Table, rows: &[usize], at: usize) -> bool {
    let rest: Vec<&Record> = rows.iter().filter(|&&i| i != at).map(|&i| &table.records[i]).collect();
    let mut fits = 0;
    let numbers = table.records[at].cells.iter().enumerate().filter_map(|(i, cell)| Some((i, cell, decimal(cell)?)));
    for (i, cell, said) in numbers {
        if is_no_figure(&table.columns[i].name) || is_ratio(&table.columns[i].unit, cell) {
            continue;
        }
        // The first column that differs settles it.
        if said.is_zero() || sum(&rest, i) != Some(said) {
            return false;
        }
        fits += 1;
    }
    fits >= 2 || fits == 1 && rows.len() > 3
}

fn is_ratio(unit: &Option<std::sync::Arc<str>>, cell: &Cell) -> bool {
    cell.number().is_some_and(|n| n.is_share())
        || unit.as_deref().is_some_and(|u| matches!(u, "%" | "％" | "‰") || u.contains('/'))
}

/// The sum of a column; `None` when it holds no number at all.
fn sum(rows: &[&Record], column: usize) -> Option<Decimal> {
    let mut numbers = rows.iter().filter_map(|r| decimal(&r.cells[column])).peekable();
    numbers.peek()?;
    numbers.try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n))
}

/// The number of a cell as a decimal, percentages as their ratio.
fn decimal(cell: &Cell) -> Option<Decimal> {
    cell.number().map(|n| n.decimal)
}

/// A total that is rounded to fewer decimals than its rows may differ by the rounding.
fn differs(said: Decimal, sum: Decimal) -> bool {
    let (said, sum) = (said.normalize(), sum.normalize());
    if said == sum {
        return false;
    }
    if sum.scale() > said.scale() && said.scale() > 0 {
        let half = Decimal::new(5, said.scale() + 1);
        return (said - sum).abs() > half;
    }
    true
}
