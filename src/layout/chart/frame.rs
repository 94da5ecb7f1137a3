//! Where the parts of a chart stand, for a word processor to draw it like the PDF does.

use std::ops::Range;

use super::scale::Scales;

/// A part of a drawing, pt from its top left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Top edge, downwards.
    pub top: f64,
    /// To the right.
    pub width: f64,
    /// Downwards.
    pub height: f64,
}

impl Area {
    /// Right edge.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// What is drawn in the field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// Upright bars, over their labels.
    Upright {
        /// Width of a bar's place, pt: it is drawn 1 pt narrower.
        bar: f64,
        /// Width of a label's place, pt.
        slot: f64,
    },
    /// Lying bars, beside their labels.
    Lying {
        /// Height of a bar's place, pt: it is drawn 1 pt lower.
        bar: f64,
        /// Height of a label's place, pt.
        slot: f64,
    },
    /// Lines alone.
    Lines,
    /// The pieces of a whole.
    Disc,
}

/// A chart as one object of a word processor: all of a drawing, or one of its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The part of the drawing that it takes; other places are counted from its left edge.
    pub own: Area,
    /// The labels that it shows.
    pub rows: Range<usize>,
    /// The field between the axes; for a whole, the square around the disc.
    pub plot: Area,
    /// Where the names of the series are, where there are several.
    pub legend: Option<Area>,
    /// Where the units of the axes are said.
    pub units: Units,
    /// What is in the field.
    pub form: Form,
    /// The axes of values.
    pub scales: Scales,
    /// Only every so many-th label has room.
    pub every: usize,
    /// Where the values of the lines stand; `None` where one has no room.
    pub points: Vec<Vec<Option<Put>>>,
    /// Where the values of bars and pieces stand.
    pub bars: Vec<Vec<AtBar>>,
    /// The labels as they are printed in a legend that says everything.
    pub entries: Vec<String>,
    /// Left end and baseline of the text at a 目标线 of lying bars.
    pub target: Option<(f64, f64)>,
    /// A note below, with its left end and baseline.
    pub note: Option<((f64, f64), String)>,
}

impl Frame {
    /// Whether a 目标线 would be an axis of labels that crosses there: word processors draw no other line down a chart
    /// of lying bars, and none over one label.
    pub fn crossed(&self) -> bool {
        match self.form {
            Form::Lying { .. } => true,
            Form::Upright { .. } | Form::Lines => self.rows.len() == 1 && self.scales.right.is_none(),
            Form::Disc => false,
        }
    }
}

/// Where the value of a point goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Over its point.
    Above,
    /// Under its point.
    Below,
    /// At its right where there is room, else at its left.
    Beside,
    /// At its left.
    Left,
}

/// Where the value of a point was put.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Put {
    /// Its side.
    pub side: Side,
    /// So much lower than values of this side usually are, pt.
    pub lower: f64,
}

/// Where the value of a bar or of a piece stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AtBar {
    /// Beyond its end; in the middle of what stands on one another.
    #[default]
    Usual,
    /// In it, at its end.
    End,
    /// In it, where it begins.
    Base,
    /// It has no room.
    Nowhere,
}

/// Left end and baseline of the texts, pt.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Units {
    /// Of the left axis.
    pub left: Option<(f64, f64)>,
    /// Of the right one.
    pub right: Option<(f64, f64)>,
}

/// A frame as parts of a DOCX.
#[derive(Clone, Debug, PartialEq)]
pub struct Native {
    /// The chart (DrawingML).
    pub xml: Vec<u8>,
    /// The workbook that its data are edited in.
    pub book: Vec<u8>,
}
