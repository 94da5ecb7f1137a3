//! Blocks and inlines.

use std::sync::Arc;

use super::text::Text;
use crate::diagnostic::Origin;
use crate::figures::FigureId;

/// A run of text within a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(Text),
    /// A printed figure; `text` equals the text of `Document::figures[id]`.
    Figure {
        id: FigureId,
        text: Arc<str>,
    },
    /// Set in 楷体 (one `*`).
    Emphasis(Inlines),
    /// Set in 黑体 (two `**`); never a fake bold (C-17).
    Strong(Inlines),
    /// A forced line break.
    Break,
}

pub type Inlines = Vec<Inline>;

/// A heading of level 1–4.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1–4
    pub level: u8,
    /// Set by the program: `一、` `（一）` `1.` `（1）`.
    pub number: Arc<str>,
    /// The text; a run-in heading keeps its final 。
    pub text: Inlines,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading on a line of its own.
    Heading(Heading),
    /// A paragraph, 左空二字; `lead` is a heading that runs in (G-7.3.3e).
    Paragraph {
        lead: Option<Heading>,
        text: Inlines,
    },
    List(List),
    Table(Table),
    Chart(Chart),
    Picture(Picture),
    /// `单位：万元` set right above a table that follows at once.
    UnitLine(Inlines),
    PageBreak,
}

/// A list: ordered items are `1.`-numbered paragraphs, others are plain paragraphs with a dash.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    pub ordered: bool,
    /// Each item is a paragraph.
    pub items: Vec<Inlines>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
    /// On the decimal point.
    Decimal,
}

/// Caption of a table or picture, with its number: `表1` + text.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// `表1`, `图2`; set by the program.
    pub number: Arc<str>,
    pub text: Inlines,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub caption: Option<Caption>,
    /// `单位：万元`, right above the table.
    pub unit_line: Option<Inlines>,
    /// One for each column; cells may differ where they span.
    pub aligns: Vec<Align>,
    /// Rows of the header, repeated on each page.
    pub header: Vec<TableRow>,
    pub rows: Vec<TableRow>,
    /// 注：…, 资料来源：…, below the table.
    pub notes: Vec<Inlines>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    pub cells: Vec<TableCell>,
    /// A row of totals.
    pub total: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TableCell {
    pub text: Inlines,
    /// Columns and rows that the cell covers, 1 or more. Covered places hold no cell.
    pub columns: u16,
    pub rows: u16,
}

impl TableCell {
    pub fn new(text: Inlines) -> Self {
        TableCell { text, columns: 1, rows: 1 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// 柱 (grouped when there are several series)
    Bar,
    /// 条 (horizontal)
    HorizontalBar,
    /// 线
    Line,
    /// 占比
    Share,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub kind: ChartKind,
    pub caption: Option<Caption>,
    /// Text for readers who cannot see it.
    pub alt: Arc<str>,
    pub unit: Option<Arc<str>>,
    /// Labels of the categories.
    pub labels: Vec<Inlines>,
    pub series: Vec<Series>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: Inlines,
    /// A value for each label; `None` where there is none. The text is printed at the mark.
    pub values: Vec<Option<(f64, Inlines)>>,
}

/// The text of inlines without any marks.
pub fn plain_text(inlines: &[Inline]) -> String {
    fn walk(inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(text),
                Inline::Figure { text, .. } => out.push_str(text),
                Inline::Emphasis(inner) | Inline::Strong(inner) => walk(inner, out),
                Inline::Break => out.push('\n'),
            }
        }
    }
    let mut out = String::new();
    walk(inlines, &mut out);
    out
}

/// A picture whose bytes have been checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub bytes: Arc<[u8]>,
    pub format: PictureFormat,
    /// Pixels; for SVG its own size in px.
    pub width: u32,
    pub height: u32,
    pub alt: Arc<str>,
    pub caption: Option<Caption>,
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    Png,
    Jpeg,
    Svg,
}
