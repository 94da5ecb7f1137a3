//! Blocks and inlines.

use std::sync::Arc;

use super::text::Text;
use crate::diagnostic::Origin;
use crate::figures::FigureId;

/// A run of text within a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Typed in the template, or out of a cell that is text of the sentence.
    Text(Text),
    /// A printed figure; `text` equals the text of `Document::figures[id]`.
    Figure {
        /// Its place among the figures of the document.
        id: FigureId,
        /// As printed, with unit and %.
        text: Arc<str>,
    },
    /// Set in 楷体 (one `*`).
    Emphasis(Inlines),
    /// Set in 黑体 (two `**`); never a fake bold (C-17).
    Strong(Inlines),
    /// A forced line break.
    Break,
}

/// The text of a paragraph, a cell, a heading: its runs one behind the other.
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

/// What stands below the title, one under the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading on a line of its own.
    Heading(Heading),
    /// A paragraph, 左空二字; `lead` is a heading that runs in (G-7.3.3e).
    Paragraph {
        /// Its first sentence, numbered and set in the face of its level.
        lead: Option<Heading>,
        /// What follows the heading, or the whole paragraph.
        text: Inlines,
    },
    /// Items set as paragraphs.
    List(List),
    /// A ruled table with its caption, unit line and notes.
    Table(Table),
    /// A drawing made from figures.
    Chart(Chart),
    /// A picture file of the pack.
    Picture(Picture),
    /// `单位：万元` set right above a table that follows at once.
    UnitLine(Inlines),
    /// What follows begins on a new page; at a page's top it does nothing.
    PageBreak,
}

/// A list: ordered items are `1.`-numbered paragraphs, others are plain paragraphs with a dash.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Numbered `1.` onwards by the program.
    pub ordered: bool,
    /// Each item is a paragraph.
    pub items: Vec<Inlines>,
}

/// Where the text of a cell stands between its rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Texts.
    Left,
    /// Names and headers.
    Center,
    /// For numbers that are not set by their points.
    Right,
    /// On the decimal point.
    Decimal,
}

/// Caption of a table or picture, with its number: `表1` + text.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// `表1`, `图2`; set by the program.
    pub number: Arc<str>,
    /// Without its number and without a final mark.
    pub text: Inlines,
}

/// A table as GB/T 9704-2012 leaves it to practice (G-8p): ruled, header on each page.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// 表n and its name, above the table.
    pub caption: Option<Caption>,
    /// `单位：万元`, right above the table.
    pub unit_line: Option<Inlines>,
    /// One for each column; cells may differ where they span.
    pub aligns: Vec<Align>,
    /// Rows of the header, repeated on each page.
    pub header: Vec<TableRow>,
    /// The body, totals among them.
    pub rows: Vec<TableRow>,
    /// 注：…, 资料来源：…, below the table.
    pub notes: Vec<Inlines>,
}

/// One row, of the header or the body.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// From left to right, without the places that a cell above or beside covers.
    pub cells: Vec<TableCell>,
    /// A row of totals.
    pub total: bool,
}

/// One cell, which may cover others.
#[derive(Clone, Debug, PartialEq)]
pub struct TableCell {
    /// What it shows; blank where the data have nothing.
    pub text: Inlines,
    /// Columns and rows that the cell covers, 1 or more. Covered places hold no cell.
    pub columns: u16,
    /// Downwards, 1 or more; it covers no row that is not there.
    pub rows: u16,
}

impl TableCell {
    /// A cell that covers no other.
    pub fn new(text: Inlines) -> Self {
        TableCell { text, columns: 1, rows: 1 }
    }
}

/// Which drawing: the words are those of a `chart` block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartKind {
    /// 柱 (grouped when there are several series)
    #[default]
    Bar,
    /// 条 (horizontal)
    HorizontalBar,
    /// 线
    Line,
    /// 占比
    Share,
}

/// A chart by its figures; what it looks like the layout decides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// How the values are drawn.
    pub kind: ChartKind,
    /// 图n and its name, below the drawing.
    pub caption: Option<Caption>,
    /// Text for readers who cannot see it.
    pub alt: Arc<str>,
    /// Of all values of the left axis, such as 万元; `None` where they have none in common.
    pub unit: Option<Arc<str>>,
    /// 右轴单位: that of the series that have the axis at the right, such as %.
    pub right_unit: Option<Arc<str>>,
    /// 堆积: the bars of a label stand on one another.
    pub stacked: bool,
    /// 目标线: by the left axis.
    pub target: Option<Target>,
    /// Labels of the categories.
    pub labels: Vec<Inlines>,
    /// One of each label's values; several stand side by side or as lines.
    pub series: Vec<Series>,
    /// Of a 占比: what part of the whole each label has, as it is printed (38.9%).
    pub shares: Vec<Inlines>,
}

/// A value that all others are held against: a line across the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// Such as 年度目标.
    pub name: Inlines,
    /// Where the line is.
    pub value: f64,
    /// The value as it is printed.
    pub text: Inlines,
}

/// One row of values, such as those of a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What the key says, where there are several.
    pub name: Inlines,
    /// A value for each label; `None` where there is none. The text is printed at the mark.
    pub values: Vec<Option<(f64, Inlines)>>,
    /// 右轴: a line by the axis at the right.
    pub right: bool,
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
    /// The whole file.
    pub bytes: Arc<[u8]>,
    /// By its content, not its name.
    pub format: PictureFormat,
    /// Pixels; for SVG its own size in px.
    pub width: u32,
    /// As the width.
    pub height: u32,
    /// Text for readers who cannot see it; 图片 where the template says none.
    pub alt: Arc<str>,
    /// 图n and its name, below the picture.
    pub caption: Option<Caption>,
    /// Where the template names the file.
    pub origin: Origin,
}

/// What a PDF and a DOCX can both hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// With or without transparency.
    Png,
    /// Photographs.
    Jpeg,
    /// Vectors; drawn into dots for a DOCX.
    Svg,
}
