//! A `table` block: columns of a table of the data with headers (dotted names share a
//! merged header), a number column, and a row of totals made of exact sums.

use super::maker::PackExtras;
use super::rows::{Rows, column, rows};
use crate::dataset::Value;
use crate::document::Text;
use crate::document::inlines::with_breaks;
use crate::document::model::{Align, Block, Caption, Inline, Inlines, Table, TableCell, TableRow};
use crate::figures::Read;
use crate::quantity::Quantity;
use crate::source::yaml::Node;
use crate::template::Stretch;

const KEYS: [&str; 12] = ["数据", "标题", "单位", "列", "序号", "合计", "注", "年份", "筛选", "排序", "降序", "前"];

/// A column of the block.
struct Wanted {
    at: usize,
    /// Header, outer part first where it is grouped.
    title: Vec<Text>,
    align: Option<Align>,
}

pub fn table(extras: &mut PackExtras, node: &Node) -> Option<Block> {
    let Some(map) = node.as_mapping() else {
        extras.refuse(None, "内容不是“键: 值”", "例如：数据: 乡镇");
        return None;
    };
    extras.refuse_keys(map.refuse_unknown(&KEYS, "table 块"));
    let rows = rows(extras, node)?;
    let wanted = columns(extras, node, &rows)?;
    let numbered = node.get("序号").and_then(Node::as_bool).unwrap_or(false);
    let mut aligns: Vec<Align> = wanted.iter().map(|w| w.align.unwrap_or_else(|| align(&rows, w.at))).collect();
    let mut body = Vec::new();
    for (i, row) in rows.rows.iter().enumerate() {
        let mut cells = Vec::new();
        if numbered {
            cells.push(TableCell::new(vec![Inline::Text((i + 1).to_string().into())]));
        }
        for w in &wanted {
            let text = rows.cell(*row, w.at).map(|c| extras.cell(c, rows.name(*row, w.at))).unwrap_or_default();
            cells.push(TableCell::new(with_breaks(text)));
        }
        body.push(TableRow { cells, total: false });
    }
    if node.get("合计").and_then(Node::as_bool).unwrap_or(false) && !body.is_empty() {
        body.push(totals(extras, &rows, &wanted, numbered));
    }
    if numbered {
        aligns.insert(0, Align::Center);
    }
    let inlines =
        |extras: &PackExtras, key: &str| node.get(key).filter(|n| n.as_str().is_some()).map(|n| extras.inlines(n));
    let labelled = |label: &str, text: Inlines| {
        let mut all: Inlines = vec![Inline::Text(label.into())];
        all.extend(text);
        all
    };
    Some(Block::Table(Table {
        caption: inlines(extras, "标题").map(|text| Caption { number: "".into(), text }),
        unit_line: inlines(extras, "单位").map(|t| labelled("单位：", t)),
        aligns,
        header: header(&wanted, numbered),
        rows: body,
        notes: inlines(extras, "注").map(|t| labelled("注：", t)).into_iter().collect(),
    }))
}

fn columns(extras: &mut PackExtras, node: &Node, rows: &Rows) -> Option<Vec<Wanted>> {
    let Some(items) = node.get("列").and_then(Node::as_sequence) else {
        let all = rows.table.columns.iter().enumerate();
        return Some(all.map(|(at, c)| Wanted { at, title: split(&titled(c)), align: None }).collect());
    };
    let mut wanted = Vec::new();
    for item in items {
        let asked = item.get("列").unwrap_or(item);
        let name = extras.text(Some(asked)).unwrap_or_default();
        let at = column(extras, rows.table, &name, Some(asked.origin))?;
        let title = item.get("标题").filter(|node| extras.text(Some(node)).is_some());
        let title = title.map_or_else(|| titled(&rows.table.columns[at]), |node| extras.said(node));
        let align = match extras.text(item.get("对齐")).as_deref() {
            Some("左") => Some(Align::Left),
            Some("中") => Some(Align::Center),
            Some("右") => Some(Align::Right),
            Some("小数点") => Some(Align::Decimal),
            _ => None,
        };
        wanted.push(Wanted { at, title: split(&title), align });
    }
    Some(wanted)
}

/// The parts of a grouped header.
fn split(title: &Text) -> Vec<Text> {
    let mut from = 0;
    let parts = title.split('.').map(|part| {
        let own = title.part(from..from + part.len());
        from += part.len() + 1;
        own
    });
    parts.collect()
}

/// Name with its unit: `经费（万元）`. It is written at the head of its column in the data.
fn titled(column: &crate::dataset::Column) -> Text {
    let name = match &column.unit {
        Some(unit) if !column.unit_of_sheet => format!("{}（{unit}）", column.name),
        _ => column.name.to_string(),
    };
    Text::new(name, vec![Stretch { at: 0, origin: column.origin, exact: false }])
}

/// One row, or two where names are grouped: the group spans its columns, the others both rows.
fn header(wanted: &[Wanted], numbered: bool) -> Vec<TableRow> {
    let text = |t: &Text| vec![Inline::Text(t.clone())];
    let deep = wanted.iter().any(|w| w.title.len() > 1);
    let height = if deep { 2 } else { 1 };
    let mut top: Vec<TableCell> = Vec::new();
    let mut below: Vec<TableCell> = Vec::new();
    if numbered {
        top.push(TableCell { text: text(&"序号".into()), columns: 1, rows: height });
    }
    let mut at = 0;
    while at < wanted.len() {
        let title = &wanted[at].title;
        if title.len() == 1 {
            top.push(TableCell { text: text(&title[0]), columns: 1, rows: height });
            at += 1;
            continue;
        }
        let group = wanted[at..].iter().take_while(|w| w.title.len() > 1 && *w.title[0] == *title[0]).count();
        top.push(TableCell { text: text(&title[0]), columns: group as u16, rows: 1 });
        below.extend(
            wanted[at..at + group]
                .iter()
                .map(|w| TableCell::new(text(&w.title[2..].iter().fold(w.title[1].clone(), |a, b| a.and(b))))),
        );
        at += group;
    }
    let mut rows = vec![TableRow { cells: top, total: false }];
    if deep {
        rows.push(TableRow { cells: below, total: false });
    }
    rows
}

fn align(rows: &Rows, at: usize) -> Align {
    let cells: Vec<_> = rows.rows.iter().filter_map(|r| rows.cell(*r, at)).filter(|c| !c.is_missing()).collect();
    if cells.iter().any(|c| c.number().is_some())
        && cells.iter().all(|c| matches!(c.value, Value::Number(_) | Value::Absent))
    {
        return Align::Decimal;
    }
    if cells.iter().all(|c| c.shown.chars().count() <= 8) { Align::Center } else { Align::Left }
}

/// Sums of the columns of plain numbers; other columns stay blank.
fn totals(extras: &mut PackExtras, rows: &Rows, wanted: &[Wanted], numbered: bool) -> TableRow {
    let mut cells = Vec::new();
    if numbered {
        cells.push(TableCell::new(Vec::new()));
    }
    for (i, w) in wanted.iter().enumerate() {
        let column: Vec<_> = rows.rows.iter().filter_map(|r| Some((*r, rows.cell(*r, w.at)?))).collect();
        let numbers: Vec<Quantity> = rows.rows.iter().filter_map(|r| rows.quantity(*r, w.at)).collect();
        let there = column.iter().filter(|(_, c)| !matches!(c.value, Value::Absent | Value::Missing)).count();
        let summed = there == numbers.len() && numbers.iter().all(Quantity::is_amount);
        let sum = numbers
            .split_first()
            .and_then(|(first, rest)| rest.iter().try_fold(first.clone(), |sum, next| sum.plus(next)).ok());
        let text = match sum.filter(|_| summed && i > 0) {
            Some(sum) => {
                let reads: Vec<Read> = column
                    .iter()
                    .filter(|(_, c)| c.number().is_some())
                    .map(|(r, c)| Read { origin: c.origin, name: rows.name(*r, w.at).into(), shown: c.shown.clone() })
                    .collect();
                let name = format!("合计({}, \"{}\")", rows.table.name, rows.table.columns[w.at].name);
                extras.figure(sum.to_string().into(), reads, name.into())
            }
            None if i == 0 => vec![Inline::Text("合计".into())],
            None => Vec::new(),
        };
        cells.push(TableCell::new(text));
    }
    TableRow { cells, total: true }
}
