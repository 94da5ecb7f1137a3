//! A `chart` block: kind, caption, labels and series, from a table's columns or in place.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::maker::PackExtras;
use super::rows::{Rows, at, column, rows};
use crate::dataset::Value;
use crate::document::model::{Block, Caption, Chart, ChartKind, Inline, Inlines, Series, plain_text};
use crate::quantity::Quantity;
use crate::source::yaml::Node;

const KEYS: [&str; 12] = ["类型", "标题", "单位", "说明", "数据", "类别", "系列", "年份", "筛选", "排序", "降序", "前"];
/// Most categories, series and values that stay legible on a page.
const MOST_LABELS: usize = 40;
const MOST_SERIES: usize = 4;
const MOST_VALUES: usize = 80;

pub fn chart(extras: &mut PackExtras, node: &Node) -> Option<Block> {
    let Some(map) = node.as_mapping() else {
        extras.refuse(None, "内容不是“键: 值”", "例如：类型: 柱");
        return None;
    };
    extras.refuse_keys(map.refuse_unknown(&KEYS, "chart 块"));
    let kind = match extras.text(node.get("类型")).as_deref() {
        None | Some("柱" | "柱状" | "柱状图") => ChartKind::Bar,
        Some("条" | "条形" | "条形图") => ChartKind::HorizontalBar,
        Some("线" | "折线" | "折线图") => ChartKind::Line,
        Some("占比" | "饼" | "饼图") => ChartKind::Share,
        Some(other) => {
            extras.refuse(at(node, "类型"), format_args!("没有“{other}”这种图"), "类型可以是：柱、条、线、占比");
            return None;
        }
    };
    let (labels, series) = match node.get("数据") {
        Some(_) => from_rows(extras, node)?,
        None => in_place(extras, node)?,
    };
    if labels.is_empty() || series.is_empty() {
        extras.refuse(None, "没有可画的数据", "检查“类别”和“系列”，或者用 {% if %} 在没有数据时不画");
        return None;
    }
    let most = MOST_LABELS.min(MOST_VALUES / series.len());
    if labels.len() > most || series.len() > MOST_SERIES {
        extras.refuse(
            at(node, if series.len() > MOST_SERIES { "系列" } else { "类别" }),
            format_args!("{}个类别、{}个系列，画在一页上看不清", labels.len(), series.len()),
            format!("系列最多{MOST_SERIES}个，这些系列最多画{most}个类别；可以用“前”只画一部分"),
        );
        return None;
    }
    let title = node.get("标题").filter(|t| t.as_str().is_some()).map(|t| extras.inlines(t));
    let alt = extras.text(node.get("说明")).or_else(|| title.as_ref().map(|t| plain_text(t)));
    let alt = alt.unwrap_or_else(|| describe(&labels, &series));
    let unit = extras.text(node.get("单位"));
    Some(Block::Chart(Chart {
        kind,
        caption: title.map(|text| Caption { number: "".into(), text }),
        alt: alt.into(),
        unit: unit.map(Into::into),
        labels,
        series,
    }))
}

fn describe(labels: &[Inlines], series: &[Series]) -> String {
    let labels: Vec<String> = labels.iter().map(|l| plain_text(l)).collect();
    let series: Vec<String> = series.iter().map(|s| plain_text(&s.name)).collect();
    format!("{}的{}", labels.join("、"), series.join("、"))
}

/// Labels and series from the columns of a table.
fn from_rows(extras: &mut PackExtras, node: &Node) -> Option<(Vec<Inlines>, Vec<Series>)> {
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
    for ((_, node), at) in names.into_iter().zip(columns) {
        let at = at?;
        let mut values = Vec::new();
        let drawn = drawn(&rows, at);
        for row in &rows.rows {
            // A short row has no value here; the values after it keep their labels.
            let Some(cell) = rows.cell(*row, at) else {
                values.push(None);
                continue;
            };
            let value = match &cell.value {
                Value::Number(_) => {
                    let shown = rows.quantity(*row, at).and_then(|q| drawn(&q).to_f64());
                    shown.map(|v| (v, extras.cell(cell, rows.name(*row, at))))
                }
                Value::Missing | Value::Absent => None,
                _ => {
                    let said = format!("{}是“{}”，不是数", rows.name(*row, at), cell.shown);
                    extras.refuse_at(cell.origin, said, "把这个单元格改成数；没有的填“无”");
                    return None;
                }
            };
            values.push(value);
        }
        // The group before the dot is not printed.
        let name = extras.said(node);
        let name = vec![Inline::Text(name.from_byte(name.rfind('.').map_or(0, |dot| dot + 1)))];
        series.push(Series { name, values });
    }
    Some((labels, series))
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
fn in_place(extras: &mut PackExtras, node: &Node) -> Option<(Vec<Inlines>, Vec<Series>)> {
    let scalars = |n: Option<&'_ Node>| -> Vec<Node> {
        let items = n.and_then(Node::as_sequence).unwrap_or_default();
        items.iter().filter(|i| i.as_str().is_some()).cloned().collect()
    };
    let labels: Vec<Inlines> = scalars(node.get("类别")).iter().map(|l| extras.inlines(l)).collect();
    let mut series = Vec::new();
    for item in node.get("系列").and_then(Node::as_sequence).unwrap_or_default() {
        let name = item.get("名称").map(|n| extras.inlines(n)).unwrap_or_default();
        let written = scalars(item.get("数值"));
        if written.len() != labels.len() {
            let said = format!("类别有{}个，“{}”的数值有{}个", labels.len(), plain_text(&name), written.len());
            extras.refuse(at(item, "名称"), said, "类别和数值要一一对应");
            return None;
        }
        let values = written.iter().map(|w| {
            let text = extras.inlines(w);
            let plain = plain_text(&text).replace([',', '，'], "");
            plain.trim_end_matches('%').trim().parse::<f64>().ok().filter(|v| v.is_finite()).map(|v| (v, text))
        });
        series.push(Series { name, values: values.collect() });
    }
    Some((labels, series))
}

/// One name or a list of names, each with its value in the block.
fn list<'n>(extras: &PackExtras, node: Option<&'n Node>) -> Vec<(String, &'n Node)> {
    let named = |node: &'n Node| extras.text(Some(node)).map(|name| (name, node));
    match node.and_then(Node::as_sequence) {
        Some(items) => items.iter().filter_map(named).collect(),
        None => node.and_then(named).into_iter().collect(),
    }
}
