//! 合计, 总计, 小计: rows that are no records, compared with the sums.

use rust_decimal::Decimal;

use super::cell::decimal_of;
use crate::dataset::{Cell, Record, Table, TotalRow, scalar};
use crate::diagnostic::Diagnostic;
use crate::source::Place;

/// What a row of totals is called.
pub fn is_total(label: &str) -> bool {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let label = label.trim_end_matches(['：', ':']);
    // 合计（个）
    let label = label.split_once(['（', '(']).map_or(label, |(before, _)| before);
    let short = label.chars().count() <= 6;
    is_total_word(label) || short && ["合计", "总计", "小计"].iter().any(|w| label.ends_with(w))
}

/// The word alone.
pub fn is_total_word(label: &str) -> bool {
    matches!(label, "合计" | "总计" | "小计" | "共计" | "累计" | "总和")
}

/// 平均, 均值: a row of means is no record either; nothing is compared with it.
pub fn is_mean(label: &str) -> bool {
    matches!(label, "平均" | "平均值" | "平均数" | "均值" | "平均水平")
}

/// Compares each total with the sums of the rows that it may stand for: all of them, those
/// above since the last total, those below up to the next, those of its year. The first of
/// these that fits best is meant. `positions` holds the number of records before each.
pub fn compare(table: &Table, positions: &[usize], diagnostics: &mut Vec<Diagnostic>) {
    let all: Vec<&Record> = table.records.iter().collect();
    let year = table.column("年份");
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
        let mut bases: Vec<Vec<&Record>> = match year.filter(|&y| !total.cells[y].is_missing()) {
            Some(column) => vec![of_year(column)],
            // Rows of several years are not summed together.
            None if year.is_some() => Vec::new(),
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
    hidden_total(table, diagnostics);
}

/// The columns of a total that can be compared, with what it says and the sum of the rows.
fn sums<'t>(table: &'t Table, total: &'t TotalRow, rows: &[&Record]) -> Vec<(usize, &'t Cell, Decimal, Decimal)> {
    let mut found = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        let cell = &total.cells[i];
        if matches!(&*column.name, "序号" | "编号" | "年份") || is_ratio(&column.unit, cell) {
            continue;
        }
        if let (Some(said), Some(sum)) = (decimal_of(cell), sum(rows, i)) {
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
                format!("{}:{}", crate::source::cell_name(a, column), crate::source::cell_name(b, column))
            }
            _ => String::new(),
        };
        diagnostics.push(
            Diagnostic::warning(
                "D050",
                format!("{}写的是 {}，各行相加是 {}", total.label, cell.shown, sum.normalize()),
            )
            .at(cell.origin)
            .about(format!("{} · {}", total.label, table.columns[i].name))
            .also(first, format!("相加的各行 {range}"))
            .help("核对是哪一行填错了，还是合计没有更新"),
        );
    }
}

/// A first or last record that equals the sum of all others in each column is a total by
/// another name (全区): told, since it would count twice.
fn hidden_total(table: &Table, diagnostics: &mut Vec<Diagnostic>) {
    let records = &table.records;
    if records.len() < 3 || table.column("年份").is_some() {
        return;
    }
    for at in [0, records.len() - 1] {
        let rest: Vec<&Record> = records.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, r)| r).collect();
        let mut fits = 0;
        let said = records[at].cells.iter().enumerate().filter_map(|(i, cell)| Some((i, cell, decimal_of(cell)?)));
        for (i, cell, said) in said {
            if matches!(&*table.columns[i].name, "序号" | "编号") || is_ratio(&table.columns[i].unit, cell) {
                continue;
            }
            // The first column that differs settles it.
            if said.is_zero() || sum(&rest, i) != Some(said) {
                fits = 0;
                break;
            }
            fits += 1;
        }
        if fits >= 2 || fits == 1 && records.len() > 3 {
            let name = table.row_name(&records[at].cells).unwrap_or_default();
            diagnostics.push(
                Diagnostic::warning(
                    "D051",
                    format!("“{name}”这一行正好等于其余各行之和，像是合计行，却当作一条记录读了"),
                )
                .at(records[at].origin)
                .about(&*table.name)
                .help("如果是合计，把名称改成“合计”；不是就不用处理"),
            );
        }
    }
}

fn is_ratio(unit: &Option<std::sync::Arc<str>>, cell: &Cell) -> bool {
    cell.number().is_some_and(|n| n.percent)
        || unit.as_deref().is_some_and(|u| matches!(u, "%" | "％" | "‰") || u.contains('/'))
}

/// The sum of a column; `None` when it holds no number at all.
fn sum(rows: &[&Record], column: usize) -> Option<Decimal> {
    let mut numbers = rows.iter().filter_map(|r| decimal_of(&r.cells[column])).peekable();
    numbers.peek()?;
    numbers.try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n))
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
