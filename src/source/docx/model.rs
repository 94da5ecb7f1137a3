//! A Word file as it was read: stories of paragraphs and tables, each character with its place.

use std::ops::Range;
use std::sync::Arc;

use crate::source::small::Raise;

/// A line break within a paragraph, in the text of a paragraph.
pub const LINE_BREAK: char = '\u{b}';
/// A page break within a paragraph, in the text of a paragraph.
pub const PAGE_BREAK: char = '\u{c}';

/// A whole file. Of tracked changes it has what is left when all are accepted.
#[derive(Debug, Default)]
pub struct Document {
    /// Name of the part of the main text, as stored: `word/document.xml`.
    pub part: String,
    /// That part as text; byte ranges of paragraphs and pieces lie in it.
    pub xml: Arc<str>,
    /// The main text.
    pub body: Vec<Block>,
    /// Footnotes and endnotes that the text names, in its order.
    pub notes: Vec<Note>,
    /// Comments, in the order of their part.
    pub comments: Vec<Comment>,
    /// Texts of headers and footers that say something.
    pub margins: Vec<String>,
    /// The size of most characters of the main text, in half points.
    pub size: u16,
    /// What was seen and is not in the text.
    pub seen: Seen,
}

/// Paragraphs and tables, one below the other.
#[derive(Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// One paragraph.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// Where it stands, as an officer would find it.
    pub place: Place,
    /// Its text, with [`LINE_BREAK`], [`PAGE_BREAK`] and tabs, without the number that Word writes itself.
    pub text: String,
    /// Where the text stands in the part, in its order: all of it, one piece behind the other.
    pub pieces: Vec<Piece>,
    /// Its faces, in the order of the text.
    pub runs: Vec<Run>,
    /// The name of its style, as the style is called in English where Word knows it; else as it is named.
    pub style: Arc<str>,
    /// How it is set.
    pub set: Setting,
    /// The number that Word writes before it.
    pub number: Option<Number>,
    /// What hangs on its text.
    pub anchors: Vec<Anchor>,
    /// A section ends with it.
    pub section: Option<Section>,
    /// The element in the part.
    pub span: Range<usize>,
}

/// Where a paragraph stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In the main text, counted from 1 with the blank ones, without those in tables.
    #[default]
    Nowhere,
    /// In the main text, counted from 1 with the blank ones, without those in tables.
    Body(u32),
    /// In a table of the main text: table, row and cell, each from 1.
    Cell(u32, u32, u32),
    /// In a text box that hangs on this paragraph of the main text.
    TextBox(u32),
    /// In a footnote or endnote.
    Note,
    /// In a comment.
    Comment,
    /// In a header or footer.
    Margin,
}

/// A part of a paragraph's text and where it stands in the part. The text is the same byte by byte
/// where both are equally long; else it was written otherwise (`&amp;`, `<w:br/>`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The byte of the paragraph's text at which it begins.
    pub at: u32,
    /// Its bytes in the part.
    pub bytes: Range<usize>,
    /// The run that it belongs to, by its place among [`Paragraph::runs`].
    pub run: u32,
}

/// Text of one face: an element `w:r`.
#[derive(Clone, Debug)]
pub struct Run {
    /// Bytes of the paragraph's text.
    pub range: Range<usize>,
    /// The element in the part.
    pub span: Range<usize>,
    /// What it looks like.
    pub face: Face,
}

/// What characters look like; `None`: nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// Bold.
    pub bold: Option<bool>,
    /// Italic.
    pub italic: Option<bool>,
    /// Underlined.
    pub underline: Option<bool>,
    /// Half points.
    pub size: Option<u16>,
    /// The face of Chinese characters: 黑体.
    pub east: Option<Arc<str>>,
    /// A colour other than black.
    pub coloured: Option<bool>,
    /// Not shown.
    pub hidden: Option<bool>,
    /// Raised or lowered.
    pub raised: Option<Option<Raise>>,
}

/// Where a paragraph stands on its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aligned {
    /// From the left, or to both sides.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// How a paragraph is set; `None`: nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// How it is aligned.
    pub aligned: Option<Aligned>,
    /// Outline level from 1; 10 is body text.
    pub outline: Option<u8>,
    /// Level from 0 and number of its list; list 0 is none.
    pub list: (Option<u8>, Option<u32>),
    /// It begins a page.
    pub page_break: Option<bool>,
    /// The indent of its first line.
    pub first_line: Option<bool>,
}

/// A number that Word writes by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// As it is shown, such as `（一）`; of a bullet the bullet.
    pub text: String,
    /// A bullet.
    pub bullet: bool,
    /// Level from 0.
    pub level: u8,
}

/// What hangs on a byte of a paragraph's text.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The byte.
    pub at: usize,
    /// What it is.
    pub what: Anchored,
}

/// What can hang on a text.
#[derive(Clone, Debug)]
pub enum Anchored {
    /// A picture.
    Picture(Picture),
    /// Paragraphs of a text box.
    TextBox(Vec<Paragraph>),
    /// A note, by its place among [`Document::notes`].
    Note(usize),
    /// A comment begins here, by its id.
    Comment(String),
}

/// A picture that lies in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Name of its part.
    pub part: String,
    /// What is said of it for those who cannot see it.
    pub alt: String,
}

/// How a section is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The pages lie sideways.
    pub landscape: bool,
    /// Text in more than one column.
    pub columns: bool,
    /// The section itself began on a new page.
    pub new_page: bool,
}

/// A footnote or endnote.
#[derive(Clone, Debug)]
pub struct Note {
    /// At the end, not at the foot of the page.
    pub end: bool,
    /// Its text.
    pub paragraphs: Vec<Paragraph>,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// By which the text names it.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// What it says, a line for each paragraph.
    pub text: String,
}

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// It is repeated on each page.
    pub header: bool,
    /// From left to right.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub struct Cell {
    /// Columns that it covers, 1 or more.
    pub columns: u16,
    /// It belongs to the cell above.
    pub goes_on: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// What was seen in the file that is no text, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Insertions and deletions that were taken as accepted.
    pub tracked: usize,
    /// Fields, of which the last result was read.
    pub fields: usize,
    /// Of these, lists of contents, which are left out.
    pub contents: usize,
    /// Shapes and drawings without a text.
    pub shapes: usize,
    /// Charts of Word.
    pub charts: usize,
    /// Objects of other programs.
    pub objects: usize,
    /// Formulas, of which the characters were read.
    pub formulas: usize,
    /// Texts that are hidden.
    pub hidden: usize,
}

impl Cell {
    /// The paragraphs of a cell, those of tables in it included.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        let mut found = Vec::new();
        paragraphs(&self.blocks, &mut found);
        found
    }
}

impl Document {
    /// The paragraphs of the main text in their order, those of tables and text boxes included.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        let mut found = Vec::new();
        paragraphs(&self.body, &mut found);
        found
    }
}

fn paragraphs<'d>(blocks: &'d [Block], found: &mut Vec<&'d Paragraph>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                found.push(paragraph);
                for anchor in &paragraph.anchors {
                    if let Anchored::TextBox(inside) = &anchor.what {
                        found.extend(inside);
                    }
                }
            }
            Block::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| paragraphs(&cell.blocks, found));
            }
        }
    }
}

impl Paragraph {
    /// Whether nothing is written in it.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || c == LINE_BREAK)
    }

    /// The face of a byte of the text; of an empty text that of its first run.
    pub fn face(&self, at: usize) -> Option<&Face> {
        let next = self.runs.partition_point(|run| run.range.end <= at);
        self.runs.get(next).or(self.runs.last()).map(|run| &run.face)
    }

    /// Where a byte range of the text stands in the part: from the first to the last of its bytes.
    pub fn bytes(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.piece(range.start)?;
        let last = self.piece(range.end.checked_sub(1)?.max(range.start))?;
        Some(self.byte(first, range.start, false)..self.byte(last, range.end, true))
    }

    fn piece(&self, at: usize) -> Option<usize> {
        let next = self.pieces.partition_point(|piece| piece.at as usize <= at);
        next.checked_sub(1).filter(|_| at < self.text.len())
    }

    /// The byte of the part for one of the text that lies in a piece, or ends in it.
    fn byte(&self, piece: usize, at: usize, end: bool) -> usize {
        let own = &self.pieces[piece];
        let until = self.pieces.get(piece + 1).map_or(self.text.len(), |next| next.at as usize);
        match (until - own.at as usize == own.bytes.len(), end) {
            (true, _) => own.bytes.start + at - own.at as usize,
            (false, false) => own.bytes.start,
            (false, true) => own.bytes.end,
        }
    }
}
