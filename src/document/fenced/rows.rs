//! The rows that a block asks for: 数据, 年份, 筛选, 排序, 降序, 前.

use std::cmp::Ordering;

use super::maker::PackExtras;
use crate::dataset::{Cell, Table, Value};
use crate::diagnostic::{Origin, nearest};
use crate::quantity::{self, Quantity};
use crate::source::yaml::Node;

/// A table of the data with the rows that are wanted, in order.
pub struct Rows<'t> {
    pub table: &'t Table,
    pub rows: Vec<usize>,
}

impl Rows<'_> {
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.table.records.get(row)?.cells.get(column)
    }

    /// What a cell is worth, by its own unit or its column's.
    pub fn quantity(&self, row: usize, column: usize) -> Option<Quantity> {
        self.cell(row, column)?.quantity(self.table.unit(column).as_ref())
    }

    /// Name of a cell in the trace: `乡镇[云溪镇].经费`.
    pub fn name(&self, row: usize, column: usize) -> String {
        let record = self.table.records.get(row).and_then(|r| self.table.row_name(&r.cells)).unwrap_or("");
        format!("{}[{record}].{}", self.table.name, self.table.columns[column].name)
    }
}

/// The rows that `node` asks for; `None` when it names none, after saying why.
pub fn rows<'a>(extras: &mut PackExtras<'a>, node: &Node) -> Option<Rows<'a>> {
    let data: &'a crate::dataset::Dataset = extras.data;
    let Some(name) = extras.text(node.get("数据")) else {
        extras.refuse(None, "没有写“数据”", "写明用哪张表，例如：数据: 乡镇");
        return None;
    };
    let year = extras.text(node.get("年份")).and_then(|y| y.trim_end_matches('年').parse().ok());
    let year = year.or(data.year).unwrap_or(0);
    let Some(table) = data.years.get(&year).and_then(|d| d.tables.get(name.as_str())) else {
        let known: Vec<&str> = data.years.values().flat_map(|d| d.tables.keys()).map(|n| &**n).collect();
        let help = match nearest(&name, known.iter().copied()) {
            Some(near) => format!("是不是“{near}”？"),
            None => format!("数据中的表有：{}", known.join("、")),
        };
        extras.refuse(at(node, "数据"), format_args!("数据中没有“{name}”这张表"), help);
        return None;
    };
    let mut rows: Vec<usize> = (0..table.records.len()).collect();
    if let Some(conditions) = node.get("筛选").and_then(Node::as_mapping) {
        for entry in conditions.iter() {
            let column = column(extras, table, &entry.key, Some(entry.key_origin))?;
            let wanted = extras.text(Some(&entry.value)).unwrap_or_default();
            rows.retain(|r| *table.records[*r].cells[column].shown == *wanted);
        }
    }
    if let Some(by) = extras.text(node.get("排序")) {
        let column = column(extras, table, &by, at(node, "排序"))?;
        let down = node.get("降序").and_then(Node::as_bool).unwrap_or(false);
        rows.sort_by(|a, b| {
            let unit = table.unit(column);
            let cell = |row: &usize| &table.records[*row].cells[column];
            let order = compare(cell(a), cell(b), unit.as_ref());
            if down { order.reverse() } else { order }
        });
    }
    if let Some(most) = extras.text(node.get("前")).and_then(|n| n.parse().ok()) {
        rows.truncate(most);
    }
    Some(Rows { table, rows })
}

/// Where the value of a key stands in the block.
pub fn at(node: &Node, key: &str) -> Option<Origin> {
    node.get(key).map(|value| value.origin)
}

/// Index of a column, or a message that names the nearest one; `at`: where it is asked for.
pub fn column(extras: &mut PackExtras, table: &Table, name: &str, at: Option<Origin>) -> Option<usize> {
    let found = table.column(name);
    if found.is_none() {
        let help = match nearest(name, table.columns.iter().map(|c| &*c.name)) {
            Some(near) => format!("是不是“{near}”？"),
            None => format!("表的列有：{}", table.columns.iter().map(|c| &*c.name).collect::<Vec<_>>().join("、")),
        };
        extras.refuse(at, format_args!("表“{}”没有“{name}”这一列", table.name), help);
    }
    found
}

/// By true values; what does not compare keeps the order of its numbers.
fn compare(a: &Cell, b: &Cell, unit: Option<&quantity::Unit>) -> Ordering {
    if let (Some(a), Some(b)) = (a.quantity(unit), b.quantity(unit)) {
        return quantity::compare(&a, &b).unwrap_or_else(|_| a.number.decimal.cmp(&b.number.decimal));
    }
    match (&a.value, &b.value) {
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Number(_), _) => Ordering::Less,
        (_, Value::Number(_)) => Ordering::Greater,
        _ => a.shown.cmp(&b.shown),
    }
}
