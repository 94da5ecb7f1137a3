//! What the workbook of a chart holds, and how the chart names it.

use super::super::super::chart::{Form, Frame, said};
use super::super::xml::{Element, clean};
use super::format::{common, format};
use crate::document::{Chart, Inlines, plain_text};

/// Name of the sheet: that of a new workbook, as word processors make them.
pub const NAME: &str = "Sheet1";

/// Labels in column A, a series in each column behind it, and of a whole what its legend says.
pub struct Sheet {
    pub labels: Vec<String>,
    pub columns: Vec<Column>,
    /// What the legend of a whole says of each label; empty for other charts.
    pub entries: Vec<Entry>,
    /// Which column is the 目标线.
    pub target: Option<usize>,
}

/// A series.
pub struct Column {
    pub name: String,
    pub cells: Vec<Option<Cell>>,
    /// The number format of most of its cells.
    pub format: String,
}

/// A value with what is printed of it.
pub struct Cell {
    pub value: f64,
    pub text: String,
    /// The format that makes the text of the value; `None` where none does.
    pub format: Option<String>,
}

/// A line of the legend of a whole.
pub struct Entry {
    pub text: String,
    /// What stands behind the value.
    pub unit: String,
    /// What part of the whole it is, as it is printed.
    pub share: String,
}

impl Sheet {
    pub fn new(chart: &Chart, frame: &Frame) -> Sheet {
        let rows = frame.rows.clone();
        let label = |i: usize| chart.labels.get(i).map(line).unwrap_or_default();
        let mut columns: Vec<Column> = Vec::new();
        let shown = if frame.form == Form::Disc { 1 } else { chart.series.len() };
        for series in chart.series.iter().take(shown) {
            let cell = |i: usize| {
                let (value, text) = series.values.get(i)?.as_ref()?;
                value.is_finite().then(|| Cell::new(*value, line(text)))
            };
            columns.push(Column::new(line(&series.name), rows.clone().map(cell).collect()));
        }
        let mut target = None;
        if let Some(line_at) = &chart.target {
            target = Some(columns.len());
            let cells = rows.clone().map(|_| Some(Cell::new(line_at.value, line(&line_at.text))));
            columns.push(Column::new(clean(&said(line_at)), cells.collect()));
        }
        let unit = chart.unit.as_deref().unwrap_or_default();
        let entry = |(i, text): (usize, &String)| Entry {
            text: clean(text),
            unit: unit.to_owned(),
            share: chart.shares.get(i).map(line).unwrap_or_default(),
        };
        let entries = frame.entries.iter().enumerate().map(entry).collect();
        Sheet { labels: rows.map(label).collect(), columns, entries, target }
    }

    /// The labels as the chart shows them.
    pub fn categories(&self) -> Element {
        let (column, texts): (_, Vec<&str>) = match self.entries.as_slice() {
            [] => (0, self.labels.iter().map(String::as_str).collect()),
            entries => (self.columns.len() + 1, entries.iter().map(|entry| entry.text.as_str()).collect()),
        };
        let cache = texts
            .iter()
            .enumerate()
            .fold(counted("c:strCache", texts.len()), |cache, (i, text)| cache.child(point(i, text)));
        let reference = Element::new("c:strRef").child(self.range(column)).child(cache);
        Element::new("c:cat").child(reference)
    }

    /// The values of a column.
    pub fn values(&self, column: usize) -> Element {
        let Column { cells, format, .. } = &self.columns[column];
        let cache = Element::new("c:numCache").child(Element::new("c:formatCode").text(format));
        let cache = cache.child(Element::new("c:ptCount").with("val", cells.len()));
        let known = cells.iter().enumerate().filter_map(|(i, cell)| Some((i, cell.as_ref()?)));
        let cache = known.fold(cache, |cache, (i, cell)| cache.child(point(i, &cell.value.to_string())));
        Element::new("c:val").child(Element::new("c:numRef").child(self.range(column + 1)).child(cache))
    }

    /// The name of a column.
    pub fn name(&self, column: usize) -> Element {
        let cell = Element::new("c:f").text(&format!("{NAME}!${}$1", letter(column + 1)));
        let cache = counted("c:strCache", 1).child(point(0, &self.columns[column].name));
        Element::new("c:tx").child(Element::new("c:strRef").child(cell).child(cache))
    }

    fn range(&self, column: usize) -> Element {
        let letter = letter(column);
        Element::new("c:f").text(&format!("{NAME}!${letter}$2:${letter}${}", self.labels.len() + 1))
    }
}

impl Column {
    fn new(name: String, cells: Vec<Option<Cell>>) -> Column {
        let formats = cells.iter().flatten().filter_map(|cell| cell.format.as_deref());
        Column { format: common(formats), name, cells }
    }
}

impl Cell {
    fn new(value: f64, text: String) -> Cell {
        Cell { format: format(value, &text), value, text }
    }
}

/// Inlines as one line of characters that XML can hold.
fn line(inlines: &Inlines) -> String {
    clean(&plain_text(inlines).replace(['\n', '\r', '\t'], ""))
}

fn counted(name: &str, count: usize) -> Element {
    Element::new(name).child(Element::new("c:ptCount").with("val", count))
}

fn point(index: usize, text: &str) -> Element {
    Element::new("c:pt").with("idx", index).child(Element::new("c:v").text(text))
}

/// A, B, C: a chart has few columns.
pub fn letter(column: usize) -> char {
    char::from(b'A' + (column % 26) as u8)
}
