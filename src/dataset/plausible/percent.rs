//! Percentages that are a hundred times too small or too large. What a number is beside decides:
//! the other years of the figure, the other rows of the column; a small rate among small ones is
//! one.

use rust_decimal::Decimal;

use super::super::{Cell, Dataset, Table};
use super::told::{declared, is_percent, is_share_kind, number, others, subject};
use crate::dataset::schema::{FieldSpec, Schema};
use crate::dataset::year_columns;
use crate::diagnostic::{Diagnostic, Place, codes, short_place};

/// Rates that may well be below one.
const GROWTH: [&str; 10] = ["增", "涨", "降", "速", "同比", "环比", "较上年", "比上年", "变化", "利率"];
const SMALL: [&str; 20] = [
    "失业", "死亡", "出生", "不良", "逾期", "费率", "税率", "差错", "事故", "投诉", "发案", "流失", "空置", "贫困",
    "返贫", "超标", "缺陷", "损耗", "病", "误差",
];
/// Rates of which nobody reports less than one in a hundred.
const WHOLE: [&str; 26] = [
    "普及",
    "覆盖",
    "完成",
    "办结",
    "满意",
    "合格",
    "达标",
    "参与",
    "参保",
    "入学",
    "升学",
    "就业",
    "使用率",
    "利用",
    "执行",
    "落实",
    "化解",
    "优良",
    "知晓",
    "绿化",
    "硬化",
    "签约",
    "及时",
    "按期",
    "开工",
    "支付",
];
const PARTS: [&str; 6] = ["占", "比重", "比例", "构成", "份额", "贡献"];
/// From so many hundreds of per cent on a share is doubtful whatever stands beside it.
const MANY_TIMES: i64 = 10;

fn has(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| name.contains(word))
}

/// The figures by year.
pub fn fields(dataset: &Dataset, schema: &Schema, found: &mut Vec<Diagnostic>) {
    let mut names: Vec<&str> = Vec::new();
    for (name, cell) in dataset.years.values().flat_map(|year| &year.fields) {
        if number(cell).is_some() && !names.contains(&&**name) && doubtful(cell, schema.field(name)) {
            names.push(name);
        }
    }
    for name in names {
        let spec = schema.field(name);
        let years: Vec<&Cell> = dataset.years.values().rev().filter_map(|year| year.fields.get(name)).collect();
        let is = |cell: &&&Cell| {
            let peers: Peers =
                years.iter().filter(|c| !std::ptr::eq(**c, **cell)).filter_map(|c| spoken(c, spec)).collect();
            slip(cell, spec, name, &peers)
        };
        let (small, large): (Vec<&Cell>, Vec<&Cell>) =
            years.iter().filter(is).copied().partition(|c| !number(c).is_some_and(|n| n.is_share()));
        for cells in [small, large] {
            found.extend(message(&cells, spec).map(|d| d.about(name.to_string())));
        }
    }
}

/// One column of a table.
pub fn column(dataset: &Dataset, table: &Table, at: usize, spec: Option<&FieldSpec>, found: &mut Vec<Diagnostic>) {
    let cells = || table.records.iter().map(|r| &r.cells[at]);
    if !cells().any(|cell| doubtful(cell, spec)) {
        return;
    }
    let name = &table.columns[at].name;
    let of_column = declared(spec) || is_share_kind(spec) || is_percent(table.columns[at].unit.as_ref());
    let years = year_columns(table, dataset.year.unwrap_or(0));
    let beside: Vec<usize> =
        years.iter().filter(|of| of.contains(&at)).flatten().copied().filter(|i| *i != at).collect();
    // The column of all years, where its header or declaration makes it one of percentages.
    let tables = dataset.years.values().filter_map(|year| year.tables.get(&table.name));
    let all =
        tables.filter_map(|t| Some((t, t.column(name)?))).flat_map(|(t, i)| t.records.iter().map(move |r| &r.cells[i]));
    let column: Peers = all.filter(|_| of_column).filter_map(|c| spoken(c, spec)).collect();
    let is = |record: &&super::super::Record| {
        let cell = &record.cells[at];
        if !doubtful(cell, spec) {
            return false;
        }
        let row: Peers = beside.iter().filter_map(|&i| spoken(&record.cells[i], spec)).collect();
        let label = table.row_name(&record.cells).unwrap_or_default();
        match of_column {
            true => row.count > 0 && slip(cell, spec, name, &row) || slip_in_column(cell, spec, name, &column),
            // Rows of indicators, each with a unit of its own: only the row's years are beside it.
            false => slip(cell, spec, &format!("{label}{name}"), &row),
        }
    };
    let wrong = table.records.iter().filter(is).map(|r| &r.cells[at]);
    let (small, large): (Vec<&Cell>, Vec<&Cell>) = wrong.partition(|c| !number(c).is_some_and(|n| n.is_share()));
    for cells in [small, large] {
        let about = cells.first().map(|cell| subject(table, cell, name)).unwrap_or_default();
        found.extend(message(&cells, spec).map(|d| d.about(about)));
    }
}

/// The cheap question: a plain number up to 1 where percentages stand, or a share above the whole.
fn doubtful(cell: &Cell, spec: Option<&FieldSpec>) -> bool {
    let Some(number) = number(cell).filter(|n| !n.decimal.is_zero()) else { return false };
    match number.is_share() {
        true => number.decimal.abs() > Decimal::ONE,
        false => number.decimal.abs() <= Decimal::ONE && in_hundredths(cell, spec),
    }
}

/// Whether a plain number here is spoken of in per cent as it stands.
fn in_hundredths(cell: &Cell, spec: Option<&FieldSpec>) -> bool {
    is_percent(cell.unit.as_ref()) || declared(spec) || is_share_kind(spec)
}

/// What is said of it in per cent: 88.6 for 88.6% and for 88.6 under %.
fn spoken(cell: &Cell, spec: Option<&FieldSpec>) -> Option<Decimal> {
    let number = number(cell).filter(|n| !n.decimal.is_zero())?;
    match number.is_share() {
        true => number.decimal.abs().checked_mul(Decimal::ONE_HUNDRED),
        false => in_hundredths(cell, spec).then(|| number.decimal.abs()),
    }
}

/// Whether a figure of this name, beside these, is a hundred times too small or too large.
fn slip(cell: &Cell, spec: Option<&FieldSpec>, name: &str, peers: &Peers) -> bool {
    let (Some(own), Some(number)) = (spoken(cell, spec), number(cell)) else { return false };
    if number.is_share() {
        let near = |peer: Decimal| own >= peer * Decimal::TEN && fits(own / Decimal::ONE_HUNDRED, peer);
        return number.decimal.abs() >= Decimal::from(MANY_TIMES) || peers.median.is_some_and(near);
    }
    if own > Decimal::ONE {
        return false;
    }
    if let Some(peer) = peers.large_median {
        // Growth comes and goes; only a hundredfold step of it is a slip.
        let step = if has(name, &GROWTH) { Decimal::from(50) } else { Decimal::TEN };
        return peer >= own * step && fits(own * Decimal::ONE_HUNDRED, peer);
    }
    // A type 百分比 reads 0.886 as 88.6% where nothing else is larger.
    let ratio = is_share_kind(spec) && !is_percent(cell.unit.as_ref());
    let may_be_small = has(name, &GROWTH) || has(name, &SMALL);
    !ratio && !may_be_small && (peers.count == 0 || has(name, &WHOLE))
}

/// The same for a column, in which most others must be of the size that is missing here.
fn slip_in_column(cell: &Cell, spec: Option<&FieldSpec>, name: &str, column: &Peers) -> bool {
    let of_a_whole = has(name, &WHOLE) && !has(name, &GROWTH) && !has(name, &SMALL);
    let share = number(cell).is_some_and(|n| n.is_share());
    // Parts of a whole are small beside the others by right.
    if !share && has(name, &PARTS) {
        return false;
    }
    (share || column.large * 2 >= column.count || column.large == 0 && of_a_whole && column.count > 1)
        && slip(cell, spec, name, column)
}

/// Within five times of each other.
fn fits(a: Decimal, b: Decimal) -> bool {
    let five = Decimal::from(5);
    a <= b * five && b <= a * five
}

/// What stands beside a figure, in per cent.
struct Peers {
    count: usize,
    /// Those above one, and the middle one of them.
    large: usize,
    large_median: Option<Decimal>,
    median: Option<Decimal>,
}

impl FromIterator<Decimal> for Peers {
    fn from_iter<I: IntoIterator<Item = Decimal>>(values: I) -> Peers {
        let mut values: Vec<Decimal> = values.into_iter().collect();
        values.sort_unstable();
        let small = values.partition_point(|value| *value <= Decimal::ONE);
        let middle = |values: &[Decimal]| values.get(values.len() / 2).copied();
        Peers {
            count: values.len(),
            large: values.len() - small,
            large_median: middle(&values[small..]),
            median: middle(&values),
        }
    }
}

fn message(cells: &[&Cell], spec: Option<&FieldSpec>) -> Option<Diagnostic> {
    let cell = *cells.first()?;
    let number = number(cell)?;
    let sign = |value: Decimal| format!("{}%", value.normalize());
    if number.is_share() {
        let (shown, meant) = (sign(number.decimal * Decimal::ONE_HUNDRED), sign(number.decimal));
        let why = match cell.origin.place {
            Place::Cell { .. } => {
                format!("：{} 里的数是 {}，又设成了百分比格式", short_place(cell.origin), number.decimal.normalize())
            }
            _ => String::new(),
        };
        return Some(
            Diagnostic::new(codes::D058, format!("“{shown}”像是把 {meant} 多乘了 100{why}"))
                .at(cell.origin)
                .and_at(others(cells))
                .help(format!("是 {meant} 的，在这一格里重新输入 {meant}，连百分号一起；确实是 {shown} 的，不用处理")),
        );
    }
    let meant = (number.decimal * Decimal::ONE_HUNDRED).normalize();
    let shown = sign(number.decimal);
    let place = if is_share_kind(spec) { "要填百分比" } else { "单位是 %" };
    Some(
        Diagnostic::new(codes::D056, format!("“{}”{place}，会印成 {shown}，像是 {meant}% 写成了小数", cell.shown))
            .at(cell.origin)
            .and_at(others(cells))
            .help(format!("填 {meant} 或 {meant}%；确实是 {shown} 的，连百分号一起填“{shown}”")),
    )
}
