//! What the Typst program is given: plain data, all text final, all lines planned, every
//! place computed. Lengths in pt unless said otherwise.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::fonts::Fonts;
use super::super::glyphs::Findings;
use super::super::paragraph::Runs;
use super::super::profile::Profile;
use super::super::script::{RAISED_BY, RAISED_SIZE};
use super::super::standard as table;
use crate::document::LayoutKind;

/// One document.
#[derive(Serialize)]
pub struct Sheet {
    pub standard: Standard,
    pub meta: Meta,
    /// Blocks in order.
    pub body: Vec<Item>,
    /// Files inside the PDF.
    pub attached: Vec<Attached>,
}

/// A file inside the PDF.
#[derive(Serialize)]
pub struct Attached {
    /// Its name among the virtual files.
    file: String,
    name: String,
    relationship: &'static str,
    mime: &'static str,
    description: String,
}

impl Attached {
    pub fn new(file: &super::super::extras::Attachment, index: usize) -> Attached {
        Attached {
            file: format!("attached-{index}"),
            name: file.name.clone(),
            relationship: if file.source { "source" } else { "supplement" },
            mime: file.mime,
            description: file.description.clone(),
        }
    }
}

/// What the program must know of the standard: mm and pt as in `standard.rs`.
#[derive(Serialize)]
pub struct Standard {
    page: (f64, f64),
    margin: Margin,
    pitch: f64,
    baseline: f64,
    exact: f64,
    size: f64,
    size_4: f64,
    tracking: f64,
    cell: f64,
    number_drop: f64,
    table_line: f64,
    cell_margin: (f64, f64),
    table_rule: f64,
    number_centred: bool,
    /// The first page has its number, too.
    number_first: bool,
    /// What stands before and behind the number.
    number_around: (&'static str, &'static str),
    mirrored: bool,
    /// Each face with the families that are asked for a character, in turn.
    faces: Vec<(&'static str, Vec<String>)>,
    latin: String,
    /// Size of 上标 and 下标, and how far they stand above and below the baseline, em.
    #[serde(rename = "raised-size")]
    raised_size: f64,
    raised: (f64, f64),
    /// How far a character from the face that stands in is moved down, em of its size, by face.
    rare: BTreeMap<&'static str, f64>,
    /// Families with the characters that they are not asked for, as a part of a class of a
    /// regular expression.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    blank: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Margin {
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
}

impl Standard {
    pub fn new(profile: &Profile, kind: LayoutKind, fonts: &Fonts) -> Standard {
        let families = |face: table::Face| vec![fonts.family(face).to_owned(), face.fallback().to_owned()];
        let grid = &profile.grid;
        Standard {
            page: (table::PAGE_WIDTH, table::PAGE_HEIGHT),
            margin: Margin { top: grid.top, bottom: grid.bottom, left: grid.left, right: grid.right },
            pitch: profile.pitch,
            baseline: grid.baseline(),
            exact: table::EXACT_BASELINE,
            size: grid.size,
            size_4: table::SIZE_4,
            tracking: grid.tracking(),
            cell: grid.cell(),
            number_drop: table::PAGE_NUMBER_DROP,
            table_line: table::TABLE_LINE,
            cell_margin: (table::CELL_MARGIN_X, table::CELL_MARGIN_Y),
            table_rule: table::TABLE_RULE,
            number_centred: profile.number_centred,
            // 10.1: the first page of a 信函 has none.
            number_first: kind != LayoutKind::Letter && profile.number_first,
            number_around: profile.number_form.around(),
            mirrored: profile.mirrored,
            faces: table::Face::ALL.map(|face| (face.key(), families(face))).to_vec(),
            latin: fonts.latin().to_owned(),
            raised_size: RAISED_SIZE,
            raised: RAISED_BY,
            rare: BTreeMap::new(),
            blank: BTreeMap::new(),
        }
    }

    /// The same for a document with characters that these families lack, or claim to have and draw
    /// nothing for. A family that nothing needs is not named: it would be read from the disk.
    pub fn knowing(mut self, findings: &Findings, fonts: &Fonts) -> Standard {
        for (face, (_, families)) in table::Face::ALL.into_iter().zip(&mut self.faces) {
            let further: Vec<String> = families.split_off(2);
            let stand_ins = fonts.stand_ins(face).into_iter().skip(1);
            for family in stand_ins.filter(|f| further.iter().any(|k| k == f) || findings.needs(face, f)) {
                if !families[1..].iter().any(|known| known == family) {
                    families.push(family.to_owned());
                }
            }
        }
        for face in findings.standing_in() {
            self.rare.insert(face.key(), drop_of_stand_in(fonts, face));
        }
        for (family, characters) in findings.blank() {
            let class = self.blank.entry(family.clone()).or_default();
            class.extend(characters.iter().map(|c| format!("\\x{{{:X}}}", *c as u32)));
        }
        self
    }
}

/// How much higher the characters of the face that stands in are drawn than those of a face, em.
fn drop_of_stand_in(fonts: &Fonts, face: table::Face) -> f64 {
    let middle = |family: &str| fonts.ink(family, "国".chars()).map(|(above, below)| (above - below) / 2.0);
    match (middle(face.fallback()), middle(fonts.family(face))) {
        (Some(other), Some(own)) => ((other - own) * 1000.0).round() / 1000.0,
        _ => 0.0,
    }
}

#[derive(Serialize)]
pub struct Meta {
    pub title: String,
    pub author: String,
    /// Year, month, day.
    pub date: (i16, i8, i8),
    pub draft: bool,
}

/// A block.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Item {
    /// Lines of one size, centred. `main`: the title of the document, not of an annex.
    /// `bookmark`: what the outline shows of the annex, or in a volume of the report, that begins here.
    Title {
        lines: Vec<Runs>,
        face: &'static str,
        size: f64,
        pitch: f64,
        main: bool,
        bookmark: Option<String>,
        /// Of the bookmark.
        level: u8,
    },
    Heading {
        level: u8,
        face: &'static str,
        /// Type size, and the indent of the first line.
        size: f64,
        indent: f64,
        /// Drawn bolder.
        bold: bool,
        bookmark: String,
        text: Runs,
    },
    /// `indent` of the first line, `hang` of the others. `lead`: a heading that runs in.
    Par {
        #[serde(skip_serializing_if = "Option::is_none")]
        lead: Option<Lead>,
        text: Runs,
        face: &'static str,
        indent: f64,
        hang: f64,
    },
    /// A line that begins `left` from the left edge; `keep`: stays with the next block.
    Line {
        text: Runs,
        face: &'static str,
        left: f64,
        keep: bool,
    },
    /// A centred line of a size; `keep`: stays with the next block.
    Centred {
        text: Runs,
        face: &'static str,
        size: f64,
        keep: bool,
    },
    /// Blank lines, so many pt together.
    Blank {
        height: f64,
    },
    PageBreak,
    /// Asked for after layout: whether the first page shows the body (7.3.3).
    BodyBegins,
    /// A report of a volume: from a page numbered 1, with its own pitch. `blank`: an empty page
    /// without a number follows.
    Report {
        pitch: f64,
        blank: bool,
        body: Vec<Item>,
    },
    /// Blocks on pages set sideways.
    Landscape {
        body: Vec<Item>,
    },
    Board(Board),
    /// On a page of its own with a blank page before it, neither numbered.
    AfterBlank {
        board: Board,
    },
    Table(TableData),
    /// A picture or a chart. `keep`: stays with its caption.
    Image {
        file: String,
        width: f64,
        height: f64,
        alt: String,
        keep: bool,
        /// For the preview: printed figures in it, with left, top, width and height.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        spots: Vec<(u32, f64, f64, f64, f64)>,
    },
}

/// A heading that runs in.
#[derive(Serialize)]
pub struct Lead {
    /// In the outline and the tag tree.
    pub level: u8,
    pub bookmark: String,
    pub text: Runs,
}

/// Texts, rules and pictures at fixed places in a box as wide as the type area.
#[derive(Default, Serialize)]
pub struct Board {
    pub height: f64,
    /// At the foot of the page (版记).
    pub foot: bool,
    /// Space above.
    pub above: f64,
    pub texts: Vec<BoardText>,
    pub rules: Vec<BoardRule>,
    pub images: Vec<BoardImage>,
}

/// A text with its left edge and baseline.
#[derive(Serialize)]
pub struct BoardText {
    pub text: Runs,
    pub face: &'static str,
    pub size: f64,
    pub x: f64,
    pub y: f64,
    pub tracking: f64,
    pub red: bool,
}

/// A horizontal rule over the whole width, or so long in the middle of the sheet; `y` of its top.
#[derive(Serialize)]
pub struct BoardRule {
    pub y: f64,
    pub thickness: f64,
    pub red: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<f64>,
}

#[derive(Serialize)]
pub struct BoardImage {
    pub file: String,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub alt: String,
}

#[derive(Serialize)]
pub struct TableData {
    /// Stays on one page.
    pub whole: bool,
    pub unit: Option<Runs>,
    pub widths: Vec<f64>,
    pub header: Vec<Vec<CellData>>,
    pub rows: Vec<Vec<CellData>>,
    pub notes: Vec<Runs>,
    /// Type size.
    pub size: f64,
}

#[derive(Serialize)]
pub struct CellData {
    pub text: Runs,
    pub face: &'static str,
    pub align: &'static str,
    /// Space right of a right-aligned text.
    pub inset: f64,
    pub columns: u16,
    pub rows: u16,
}
