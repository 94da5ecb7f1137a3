//! C-02: shares that are more than the whole.

use rust_decimal::Decimal;

use super::{Facts, numbers, said};
use crate::dataset::schema::Kind;
use crate::diagnostic::{Diagnostic, codes};

/// Rates that may be more than the whole: what was planned can be exceeded, growth has no end.
const OPEN: [&str; 14] =
    ["完成", "增长", "增幅", "涨幅", "降幅", "增速", "执行率", "达成", "进度", "同比", "环比", "超", "倍", "回报"];

/// C-02
pub fn more_than_all(facts: &Facts, found: &mut Vec<Diagnostic>) {
    let year = facts.data.year.unwrap_or(0);
    numbers(facts, year, &mut |one| {
        let (cell, spec) = (one.cell, one.spec);
        let Some(number) = cell.number() else { return };
        let column = one.full.rsplit([' ', '.']).next().unwrap_or(one.full);
        let named = ["率", "占比", "比重", "比例", "覆盖面"].iter().any(|w| column.ends_with(w));
        let percent = number.is_share() || spec.is_some_and(|s| s.kind == Some(Kind::Percent));
        let unit = cell.unit.as_deref().is_some_and(|u| matches!(u, "%" | "％"));
        let ratio = if percent { number.decimal } else { number.decimal / Decimal::ONE_HUNDRED };
        if !(percent || unit && named) || OPEN.iter().any(|w| column.contains(w)) {
            return;
        }
        // What the template bounds itself is its own business; a format over a whole number is told
        // where the data are read.
        let format = number.is_share() && ratio >= Decimal::TEN;
        if spec.is_some_and(|s| s.max.is_some()) || ratio <= Decimal::ONE || format {
            return;
        }
        let percent = (ratio * Decimal::ONE_HUNDRED).normalize();
        found.push(
            said(codes::C02, format!("{percent}%，超过了 100%"), cell)
                .about(one.name())
                .help("核对部分和全体是不是写反了，或小数点点错了；确实可以超过的，在模板里写明“最大”"),
        );
    });
}
