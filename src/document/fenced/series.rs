//! The values of a `chart` block: from the columns of a table, or written in the block.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::maker::PackExtras;
use super::rows::{Rows, at, column, rows};
use crate::dataset::Value;
use crate::diagnostic::Origin;
use crate::document::model::{Inline, Inlines, Series, plain_text};
use crate::quantity::Quantity;
use crate::source::yaml::Node;

const KEYS: [&str; 2] = ["名称", "数值"];

/// A series with what only the block knows of it.
pub struct Known {
    pub series: Series,
    /// As it is asked for: the column with its group, or the name.
    pub asked: String,
    /// The exact value of each label, as high as it is drawn.
    pub exact: Vec<Option<Decimal>>,
    /// Where each value is written.
    pub places: Vec<Option<Origin>>,
    /// Which cells are blank: they should have a value.
    pub blank: Vec<bool>,
}

/// Labels and series.
pub type Values = (Vec<Inlines>, Vec<Known>);

/// Labels and series from the columns of a table.
pub fn from_rows(extras: &mut PackExtras, node: &Node) -> Option<Values> {
    let rows = rows(extras, node)?;
    let label = extras.text(node.get("类别")).unwrap_or_else(|| "名称".into());
    let label = column(extras, rows.table, &label, at(node, "类别"));
    let names = list(extras, node.get("系列"));
    if names.is_empty() {
        extras.refuse(at(node, "系列"), "没有写“系列”", "写明画哪些列，例如：系列: [经费]");
        return None;
    }
    // All names that are wrong are told at once.
    let columns: Vec<Option<usize>> =
        names.iter().map(|(name, node)| column(extras, rows.table, name, Some(node.origin))).collect();
    let label = label?;
    let mut labels = Vec::new();
    for row in &rows.rows {
        let text = rows.cell(*row, label).map(|c| extras.cell(c, rows.name(*row, label)));
        labels.push(text.unwrap_or_default());
    }
    let mut series = Vec::new();
    for ((asked, node), at) in names.into_iter().zip(columns) {
        series.push(of_column(extras, &rows, at?, asked, node)?);
    }
    Some((labels, series))
}

fn of_column(extras: &mut PackExtras, rows: &Rows, at: usize, asked: String, node: &Node) -> Option<Known> {
    // The group before the dot is not printed.
    let name = extras.said(node);
    let name = vec![Inline::Text(name.from_byte(name.rfind('.').map_or(0, |dot| dot + 1)))];
    let mut known = Known {
        series: Series { name, ..Series::default() },
        asked,
        exact: Vec::new(),
        places: Vec::new(),
        blank: Vec::new(),
    };
    let drawn = drawn(rows, at);
    for row in &rows.rows {
        // A short row has no value here; the values after it keep their labels.
        let cell = rows.cell(*row, at);
        known.places.push(cell.map(|cell| cell.origin));
        known.blank.push(cell.is_some_and(|cell| cell.value == Value::Missing));
        let exact = match cell.map(|cell| (&cell.value, cell)) {
            Some((Value::Number(_), _)) => rows.quantity(*row, at).map(|quantity| drawn(&quantity)),
            None | Some((Value::Missing | Value::Absent, _)) => None,
            Some((_, cell)) => {
                let said = format!("{}是“{}”，不是数", rows.name(*row, at), cell.shown);
                extras.refuse_at(cell.origin, said, "把这个单元格改成数；没有的填“无”");
                return None;
            }
        };
        let value = cell.zip(exact).and_then(|(cell, exact)| {
            let height = exact.to_f64()?;
            Some((height, extras.cell(cell, rows.name(*row, at))))
        });
        known.exact.push(exact);
        known.series.values.push(value);
    }
    Some(known)
}

/// The height of a column's numbers: as they are spoken where they are all shown alike, else
/// their true values in one unit.
fn drawn(rows: &Rows, at: usize) -> impl Fn(&Quantity) -> Decimal {
    let all: Vec<Quantity> = rows.rows.iter().filter_map(|row| rows.quantity(*row, at)).collect();
    let alike = all.windows(2).all(|w| w[0].number.show == w[1].number.show && w[0].unit == w[1].unit);
    let unit = all.first().and_then(|q| q.unit.clone());
    move |q| match &unit {
        _ if alike || !q.is_amount() => q.spoken(),
        Some(unit) => q.in_unit(&unit.symbol).map_or(q.number.decimal, |q| q.number.decimal),
        None => q.number.decimal,
    }
}

/// Labels and values written in the block: `系列: [{名称: …, 数值: [...]}]`.
pub fn in_place(extras: &mut PackExtras, node: &Node) -> Option<Values> {
    let labels: Vec<Inlines> = scalars(node.get("类别")).iter().map(|l| extras.inlines(l)).collect();
    let mut series = Vec::new();
    for item in node.get("系列").and_then(Node::as_sequence).unwrap_or_default() {
        if let Some(map) = item.as_mapping() {
            extras.refuse_keys(map.refuse_unknown(&KEYS, "“系列”的一项里"));
        }
        let name = item.get("名称").map(|n| extras.inlines(n)).unwrap_or_default();
        let written = scalars(item.get("数值"));
        if written.len() != labels.len() {
            let said = format!("类别有{}个，“{}”的数值有{}个", labels.len(), plain_text(&name), written.len());
            extras.refuse(at(item, "名称"), said, "类别和数值要一一对应");
            return None;
        }
        let places = written.iter().map(|value| extras.place(value.origin)).collect();
        let exact: Vec<Option<Decimal>> =
            written.iter().map(|value| number(&plain_text(&extras.inlines(value)))).collect();
        let values =
            written.iter().zip(&exact).map(|(value, exact)| Some(((*exact)?.to_f64()?, extras.inlines(value))));
        let values = values.collect();
        let asked = plain_text(&name);
        let series_of = Series { name, values, right: false };
        series.push(Known { series: series_of, asked, exact, places, blank: Vec::new() });
    }
    Some((labels, series))
}

fn scalars(node: Option<&Node>) -> Vec<Node> {
    let items = node.and_then(Node::as_sequence).unwrap_or_default();
    items.iter().filter(|item| item.as_str().is_some()).cloned().collect()
}

/// The number of a value as it is written: 1,280, 31.86, 12%.
pub fn number(text: &str) -> Option<Decimal> {
    let plain = text.replace([',', '，'], "");
    let plain = plain.trim_end_matches(['%', '％']).trim();
    plain.parse().ok().or_else(|| Decimal::from_scientific(plain).ok())
}

/// One name or a list of names, each with its value in the block.
pub fn list<'n>(extras: &PackExtras, node: Option<&'n Node>) -> Vec<(String, &'n Node)> {
    let named = |node: &'n Node| extras.text(Some(node)).map(|name| (name, node));
    match node.and_then(Node::as_sequence) {
        Some(items) => items.iter().filter_map(named).collect(),
        None => node.and_then(named).into_iter().collect(),
    }
}
