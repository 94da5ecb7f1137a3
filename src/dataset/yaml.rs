//! A YAML tree to fields, tables and report information.

use std::collections::HashMap;
use std::sync::Arc;

use super::gathered::{Gathered, not_a_year};
use super::{Cell, Column, Record, Table, Value, scalar};
use crate::diagnostic::{Diagnostic, Origin, Place, codes};
use crate::quantity::unit;
use crate::source::yaml::{Entry, Mapping, Node, NodeKind, Style};
use crate::vocabulary::columns::{NAME, YEAR};
use crate::vocabulary::report;
use crate::vocabulary::years::YearKey;

/// Adds what a YAML file says to what was gathered; false when it is no data file at all. Takes the
/// records out of the tree one by one, so that a large table is not in memory twice.
pub fn read(mut root: Node, gathered: &mut Gathered, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let mut reader = Reader { gathered, diagnostics, forbidden: Vec::new() };
    let NodeKind::Mapping(mapping) = &mut root.kind else {
        if root.is_null() {
            let whole = Origin::whole(root.origin.source);
            let empty = Diagnostic::new(codes::D037, "文件里没有任何内容").at(whole);
            reader.diagnostics.push(empty.help("检查是不是给错了文件，或者忘了保存"));
            return true;
        }
        reader.fault(&root, "文件最外层应为“键: 值”，这里是", "每行写成“名: 值”，冒号用半角，后面空一格");
        return false;
    };
    for entry in &mut mapping.entries {
        match &*entry.key {
            "报告" | "报告信息" => reader.report(entry),
            "模板" | "年份" => reader.report_value(&entry.key, &entry.value),
            "历年" => reader.years(entry),
            _ => {
                let name = entry.key.clone();
                reader.value(YearKey::Current, &name, entry);
            }
        }
    }
    reader.finish();
    true
}

/// The meaning of a scalar.
fn meaning(text: &Arc<str>, style: Style, node: &Node) -> Cell {
    let shown = scalar::trim(text);
    let value = match style {
        _ if node.is_null() || shown.is_empty() => return Cell::missing(node.origin),
        Style::Plain => match node.as_bool() {
            Some(flag) if shown.is_ascii() => Value::Bool(flag),
            _ => scalar::strict(shown),
        },
        _ if scalar::is_absent(shown) => Value::Absent,
        _ => Value::Text(text.clone()),
    };
    // The text of the tree is kept, not copied.
    let shown: Arc<str> = if shown.len() == text.len() { text.clone() } else { shown.into() };
    let value = match value {
        Value::Text(_) => Value::Text(shown.clone()),
        value => value,
    };
    Cell { value, shown, unit: None, origin: node.origin }
}

struct Reader<'a> {
    gathered: &'a mut Gathered,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Values with characters that no document can hold, and how many of them.
    forbidden: Vec<(Origin, usize)>,
}

impl Reader<'_> {
    /// The cell of a scalar, without characters that no document can hold.
    fn cell(&mut self, text: &Arc<str>, style: Style, node: &Node) -> Cell {
        let Some((kept, forbidden)) = scalar::cleaned(text) else { return meaning(text, style, node) };
        if forbidden > 0 {
            self.forbidden.push((node.origin, forbidden));
        }
        meaning(&kept.into(), style, node)
    }

    /// What was taken out of texts is told once, as for a column of a workbook.
    fn finish(self) {
        let Some((&(first, count), others)) = self.forbidden.split_first() else { return };
        let lines: Vec<String> = (others.iter().take(4))
            .filter_map(|(origin, _)| match origin.place {
                Place::Text { line, .. } => Some(line.to_string()),
                _ => None,
            })
            .collect();
        let more = match others.len() {
            0 => String::new(),
            n => format!("；共 {} 处（还有第 {} 行{}）", n + 1, lines.join("、"), if n > 4 { "等" } else { "" }),
        };
        self.diagnostics.push(
            Diagnostic::new(codes::D112, format!("文字里有 {count} 个看不见的控制字符，已去掉{more}"))
                .at(first)
                .help("不用处理；若文字不对，请重新输入"),
        );
    }

    fn fault(&mut self, node: &Node, message: &str, help: &str) {
        let message = format!("{message}{}", node.kind_name());
        self.diagnostics.push(Diagnostic::new(codes::D020, message).at(node.origin).help(help));
    }

    fn report(&mut self, entry: &Entry) {
        if entry.value.is_null() {
            return;
        }
        let Some(mapping) = entry.value.as_mapping() else {
            return self.fault(&entry.value, "“报告”下面应为“键: 值”，这里是", "写成 报告: {标题: …, 单位: …}");
        };
        for entry in mapping.iter() {
            self.report_value(&entry.key, &entry.value);
        }
    }

    fn report_value(&mut self, key: &str, node: &Node) {
        let key: Arc<str> = report::canonical(key).into();
        let cells = match &node.kind {
            NodeKind::Scalar { text, style } => vec![self.cell(text, *style, node)],
            NodeKind::Sequence(items) => {
                let cells: Vec<Cell> = items
                    .iter()
                    .filter_map(|item| match &item.kind {
                        NodeKind::Scalar { text, style } => Some(self.cell(text, *style, item)),
                        _ => None,
                    })
                    .collect();
                if cells.len() < items.len() {
                    self.fault(node, &format!("“{key}”的列表里应为一个个值，这里是"), "列表里每项写一个名称");
                }
                cells
            }
            NodeKind::Mapping(_) => {
                return self.fault(node, &format!("“{key}”应为一个值，这里是"), "写成“键: 值”");
            }
        };
        self.gathered.report.push((key, cells));
    }

    fn years(&mut self, entry: &mut Entry) {
        if entry.value.is_null() {
            return;
        }
        let NodeKind::Mapping(mapping) = &mut entry.value.kind else {
            return self.fault(&entry.value, "“历年”下面应为“年份: 数据”，这里是", "写成 历年: {2025: {培训场次: 32}}");
        };
        for of_year in &mut mapping.entries {
            let Some(year) = scalar::year(&of_year.key) else {
                self.diagnostics.push(
                    Diagnostic::new(codes::D011, format!("“历年”下面的“{}”不是年份，应为四位数字", of_year.key))
                        .at(of_year.key_origin)
                        .help("例如 2025"),
                );
                continue;
            };
            match &mut of_year.value.kind {
                NodeKind::Mapping(fields) => {
                    for field in &mut fields.entries {
                        let name = field.key.clone();
                        self.value(YearKey::Year(year), &name, field);
                    }
                }
                _ => {
                    if !of_year.value.is_null() {
                        self.fault(
                            &of_year.value,
                            &format!("{year} 年下面应为“键: 值”，这里是"),
                            "写成 2025: {培训场次: 32}",
                        );
                    }
                }
            }
        }
    }

    /// A field, a group of fields, or a table.
    fn value(&mut self, year: YearKey, name: &str, entry: &mut Entry) {
        // `{人次: 1,280}` is read as 人次: 1 and a key 280 without a value.
        if entry.value.is_null() && entry.key.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            self.diagnostics.push(
                Diagnostic::new(codes::D021, format!("“{}”前面的逗号把一个数拆成了两项", entry.key))
                    .at(entry.key_origin)
                    .help("数里不写千分位逗号，例如 1280"),
            );
            return;
        }
        let origin = entry.key_origin;
        match &mut entry.value.kind {
            NodeKind::Scalar { text, style } => {
                let (name, unit) = unit::split_header(name);
                let (text, style) = (text.clone(), *style);
                let mut cell = self.cell(&text, style, &entry.value);
                cell.unit = unit.map(Arc::from);
                self.gathered.fields.push((year, name.into(), cell));
            }
            NodeKind::Mapping(mapping) => {
                for inner in &mut mapping.entries {
                    self.value(year, &format!("{name}.{}", inner.key), inner);
                }
            }
            NodeKind::Sequence(items) => self.table(year, name, origin, std::mem::take(items)),
        }
    }

    fn table(&mut self, year: YearKey, name: &str, origin: Origin, items: Vec<Node>) {
        let mut table =
            Table { name: name.into(), columns: Vec::new(), records: Vec::new(), totals: Vec::new(), origin };
        let mut index: HashMap<Arc<str>, usize> = HashMap::new();
        let mut rows: Vec<Record> = Vec::with_capacity(items.len());
        for mut item in items {
            let origin = item.origin;
            let mut row = Record { cells: Vec::new(), origin };
            match &mut item.kind {
                NodeKind::Mapping(mapping) => {
                    row.cells.reserve_exact(mapping.entries.len().max(table.columns.len()));
                    self.record(mapping, "", &mut table, &mut index, &mut row);
                }
                NodeKind::Scalar { text, style } => {
                    let column = column_of(&mut table, &mut index, NAME, origin);
                    let (text, style) = (text.clone(), *style);
                    put(&mut row, column, self.cell(&text, style, &item));
                }
                NodeKind::Sequence(_) => {
                    self.fault(
                        &item,
                        &format!("“{name}”的每条记录应为“键: 值”，这里是"),
                        "写成 - {名称: 云溪镇, 经费: 31.86}",
                    );
                    continue;
                }
            }
            rows.push(row);
        }
        let width = table.columns.len();
        let mut by_year: Vec<(YearKey, Vec<Record>)> = vec![(year, Vec::new())];
        for mut record in rows {
            record.cells.resize(width, Cell::missing(record.origin));
            let cells = &record.cells;
            let of_record = index.get(YEAR).map(|&i| &cells[i]).filter(|c| !c.is_missing());
            let key = of_record.and_then(Cell::year_said);
            if let (Some(cell), None) = (of_record, key) {
                self.diagnostics.push(not_a_year(cell));
            }
            let key = key.unwrap_or(year);
            match by_year.iter_mut().find(|(k, _)| *k == key) {
                Some((_, records)) => records.push(record),
                None => by_year.push((key, vec![record])),
            }
        }
        // A table with 年份 in every record has none without a year.
        let drop_first = by_year.len() > 1 && by_year[0].1.is_empty();
        for (key, records) in by_year.into_iter().skip(usize::from(drop_first)) {
            self.gathered.tables.push((key, Table { records, ..table.clone() }));
        }
    }

    /// Cells of one record; groups inside join their names with `.`.
    fn record(
        &mut self,
        mapping: &mut Mapping,
        prefix: &str,
        table: &mut Table,
        index: &mut HashMap<Arc<str>, usize>,
        row: &mut Record,
    ) {
        for entry in &mut mapping.entries {
            let full = match prefix {
                "" => entry.key.clone(),
                _ => format!("{prefix}{}", entry.key).into(),
            };
            if entry.value.is_null() && entry.key.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
                self.value(YearKey::Current, "", entry);
                continue;
            }
            match &mut entry.value.kind {
                NodeKind::Scalar { text, style } => {
                    let column = column_of(table, index, &full, entry.key_origin);
                    let (text, style) = (text.clone(), *style);
                    let mut cell = self.cell(&text, style, &entry.value);
                    cell.unit = table.columns[column].unit.clone();
                    put(row, column, cell);
                }
                NodeKind::Mapping(inner) => self.record(inner, &format!("{full}."), table, index, row),
                NodeKind::Sequence(_) => {
                    self.fault(
                        &entry.value,
                        &format!("记录里的“{full}”应为一个值，这里是"),
                        "一条记录里每个名只放一个值；多个值写成一段文字，用、隔开",
                    );
                }
            }
        }
    }
}

/// Puts a cell into its column; those before it that are not there yet are missing.
fn put(row: &mut Record, column: usize, cell: Cell) {
    if row.cells.len() <= column {
        row.cells.resize(column + 1, Cell::missing(row.origin));
    }
    row.cells[column] = cell;
}

fn column_of(
    table: &mut Table,
    index: &mut HashMap<Arc<str>, usize>,
    header: &str,
    origin: crate::diagnostic::Origin,
) -> usize {
    let (name, unit) = unit::split_header(header);
    if let Some(&at) = index.get(name) {
        return at;
    }
    let name: Arc<str> = name.into();
    index.insert(name.clone(), table.columns.len());
    table.columns.push(Column { name, unit: unit.map(Arc::from), unit_of_sheet: false, origin });
    table.columns.len() - 1
}
