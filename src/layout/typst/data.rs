//! What the Typst program is given: plain data, all text final, all lines planned.

use serde::Serialize;

use super::super::paragraph::Runs;
use super::super::standard as table;

/// One document.
#[derive(Serialize)]
pub struct Sheet {
    pub standard: Standard,
    pub meta: Meta,
    /// Blocks in order.
    pub body: Vec<Item>,
}

/// What the program must know of the standard: mm and pt as in `standard.rs`.
#[derive(Serialize)]
pub struct Standard {
    page: (f64, f64),
    margin: Margin,
    width: f64,
    pitch: f64,
    baseline: f64,
    size: f64,
    size_4: f64,
    tracking: f64,
    cell: f64,
    number_drop: f64,
    faces: Vec<(&'static str, &'static str, &'static str)>,
    latin: &'static str,
}

#[derive(Serialize)]
struct Margin {
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
}

impl Standard {
    pub fn new() -> Standard {
        use table::Face::{FangSong, Hei, Kai, Song, XiaoBiaoSong};
        Standard {
            page: (table::PAGE_WIDTH, table::PAGE_HEIGHT),
            margin: Margin {
                top: table::MARGIN_TOP,
                bottom: table::MARGIN_BOTTOM,
                left: table::MARGIN_LEFT,
                right: table::MARGIN_RIGHT,
            },
            width: table::TYPE_WIDTH,
            pitch: table::LINE_PITCH,
            baseline: table::BASELINE,
            size: table::SIZE_3,
            size_4: table::SIZE_4,
            tracking: table::TRACKING,
            cell: super::super::signature::cell(),
            number_drop: table::PAGE_NUMBER_DROP,
            faces: [FangSong, Kai, Hei, XiaoBiaoSong, Song]
                .map(|face| (face.key(), face.family(), face.fallback()))
                .to_vec(),
            latin: table::LATIN_FAMILY,
        }
    }
}

#[derive(Serialize)]
pub struct Meta {
    pub title: String,
    pub author: String,
    /// Year, month, day.
    pub date: Option<(i16, i8, i8)>,
    pub draft: bool,
}

/// A block.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Item {
    /// Lines of one size, centred.
    Title {
        lines: Vec<String>,
        size: f64,
        pitch: f64,
    },
    Heading {
        level: u8,
        face: &'static str,
        bookmark: String,
        text: Runs,
    },
    /// `indent` of the first line in pt.
    Par {
        text: Runs,
        indent: f64,
    },
    /// A line that begins `left` pt from the left edge; `keep`: stays with the next block.
    Line {
        text: Runs,
        face: &'static str,
        left: f64,
        keep: bool,
    },
    /// A centred line.
    Centred {
        text: Runs,
        face: &'static str,
    },
    /// Blank lines.
    Blank {
        lines: f64,
    },
    PageBreak,
    Table(TableData),
}

#[derive(Serialize)]
pub struct TableData {
    pub caption: Option<Runs>,
    pub unit: Option<Runs>,
    /// pt
    pub widths: Vec<f64>,
    pub header: Vec<Vec<CellData>>,
    pub rows: Vec<Vec<CellData>>,
    pub notes: Vec<Runs>,
    /// Type size, pt.
    pub size: f64,
}

#[derive(Serialize)]
pub struct CellData {
    pub text: Runs,
    pub align: &'static str,
    pub columns: u16,
    pub rows: u16,
}
