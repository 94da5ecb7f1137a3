//! 合计, 总计, 小计: rows that are no records, compared with the sums.

use rust_decimal::Decimal;

use super::cell::decimal_of;
use crate::dataset::{Record, Table};
use crate::diagnostic::Diagnostic;
use crate::source::Place;

/// What a row of totals is called.
pub fn is_total(label: &str) -> bool {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let label = label.trim_end_matches(['：', ':']);
    let short = label.chars().count() <= 6;
    matches!(label, "合计" | "总计" | "小计" | "共计" | "累计")
        || short && ["合计", "总计", "小计"].iter().any(|w| label.ends_with(w))
}

/// Compares each total with the sum of its rows: a subtotal with those since the last
/// total, the others with all. `positions` holds the number of records before each.
pub fn compare(table: &Table, positions: &[usize], diagnostics: &mut Vec<Diagnostic>) {
    // Records of several years are not summed together.
    if table.column("年份").is_some() {
        return;
    }
    let mut since = 0;
    for (total, &position) in table.totals.iter().zip(positions) {
        let subtotal = total.label.ends_with("小计");
        let above = position.saturating_sub(since) > 0;
        let rows = match subtotal {
            true if above => &table.records[since..position],
            // A subtotal that leads its group: the rows cannot be known.
            true => &[],
            false => &table.records[..],
        };
        if subtotal {
            since = position;
        }
        if rows.is_empty() {
            continue;
        }
        for (i, column) in table.columns.iter().enumerate() {
            if matches!(&*column.name, "序号" | "编号" | "年份") {
                continue;
            }
            let (Some(said), false) = (decimal_of(&total.cells[i]), is_ratio(&column.unit, &total.cells[i])) else {
                continue;
            };
            let Some(sum) = sum(rows, i) else { continue };
            if differs(said, sum) {
                let cell = &total.cells[i];
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
                    .about(format!("{} · {}", total.label, column.name))
                    .also(first, format!("相加的各行 {range}"))
                    .help("核对是哪一行填错了，还是合计没有更新"),
                );
            }
        }
    }
}

fn is_ratio(unit: &Option<std::sync::Arc<str>>, cell: &crate::dataset::Cell) -> bool {
    cell.number().is_some_and(|n| n.percent)
        || unit.as_deref().is_some_and(|u| matches!(u, "%" | "％" | "‰") || u.contains('/'))
}

/// The sum of a column; `None` when it holds no number at all.
fn sum(rows: &[Record], column: usize) -> Option<Decimal> {
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
