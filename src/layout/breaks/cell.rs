//! A paragraph character by character, as it is broken into lines.

/// A character of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// `\n` forces a line end.
    pub c: char,
    /// Its width without tracking, pt.
    pub advance: f64,
    /// By how much some readers may set it wider, pt: 上标 and 下标.
    pub wider: f64,
    pub end: End,
}

/// What ends behind a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    No,
    /// A stretch of one script or one kind of run.
    Script,
    /// A stretch of one face.
    Face,
}
