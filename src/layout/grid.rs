//! The page of a document: margins, lines and characters, sizes of type. The standard's own (5.2) unless an
//! office has others (版面).

use super::standard::{
    BASELINE, CELLS, EXACT_BASELINE, INDENT, INDENT_DOUBT, LINE_PITCH, LINES, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT,
    MARGIN_TOP, PAGE_HEIGHT, PAGE_WIDTH, SIZE_2, SIZE_3, SPARE, TITLE_LEADING, pt,
};

/// Margins, lines and sizes of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// 天头, mm.
    pub top: f64,
    /// 地脚, mm.
    pub bottom: f64,
    /// 订口, mm.
    pub left: f64,
    /// 切口, mm.
    pub right: f64,
    /// Lines of body text on a page.
    pub lines: u32,
    /// Characters of the body's size in a line.
    pub cells: u32,
    /// Size of the body, pt.
    pub size: f64,
    /// Size of the title, pt.
    pub title: f64,
}

impl Default for Grid {
    fn default() -> Self {
        Grid {
            top: MARGIN_TOP,
            bottom: MARGIN_BOTTOM,
            left: MARGIN_LEFT,
            right: MARGIN_RIGHT,
            lines: LINES,
            cells: CELLS,
            size: SIZE_3,
            title: SIZE_2,
        }
    }
}

/// Least room between two characters of a line that is taken for granted, pt: 28 of 3号 have it.
const LEAST_TRACKING: f64 = -0.25;

impl Grid {
    /// Height of the type area, mm.
    fn high(&self) -> f64 {
        PAGE_HEIGHT - self.top - self.bottom
    }

    /// Width of the type area, pt.
    pub fn width(&self) -> f64 {
        pt(PAGE_WIDTH - self.left - self.right)
    }

    /// Height of the type area, pt.
    pub fn height(&self) -> f64 {
        pt(self.high())
    }

    /// Line pitch that fills the type area with its lines, pt.
    pub fn pitch(&self) -> f64 {
        pt(self.high() / f64::from(self.lines))
    }

    /// 一字 of the body, pt.
    pub fn cell(&self) -> f64 {
        self.width() / f64::from(self.cells)
    }

    /// Tracking that gives a line its characters, twip: so many that a reader of a DOCX has room to spare. Some
    /// do not track the last of a line.
    pub fn tracking_twip(&self) -> i32 {
        let cells = f64::from(self.cells);
        let room = self.width() - SPARE - cells * self.size;
        let tracked = if room < 0.0 { cells - 1.0 } else { cells };
        (room / tracked * 20.0).floor() as i32
    }

    /// The same, pt.
    pub fn tracking(&self) -> f64 {
        f64::from(self.tracking_twip()) / 20.0
    }

    /// Baseline of body text below the top of its line, pt.
    pub fn baseline(&self) -> f64 {
        BASELINE + EXACT_BASELINE * (self.pitch() - pt(LINE_PITCH))
    }

    /// Line pitch of the title, pt (3.2).
    pub fn title_pitch(&self) -> f64 {
        self.title + TITLE_LEADING
    }

    /// 左空二字 in a DOCX, twip: two characters with their tracking.
    pub fn indent_twip(&self) -> i32 {
        self.indent_of(self.size)
    }

    /// The same for text of a size of its own, twip.
    pub fn indent_of(&self, size: f64) -> i32 {
        ((2.0 * size + 2.0 * self.tracking()) * 20.0).round() as i32
    }

    /// 左空二字 of text of a size, pt.
    pub fn indent(&self, size: f64) -> f64 {
        INDENT * self.cell() * (size / self.size)
    }

    /// How much smaller and larger readers of a DOCX make 左空二字, pt: with and without their tracking.
    pub fn indent_doubt(&self, size: f64) -> (f64, f64) {
        if *self == Grid::default() && size == SIZE_3 {
            return INDENT_DOUBT;
        }
        let (own, tracked, bare) = (self.indent(size), f64::from(self.indent_of(size)) / 20.0, 2.0 * size);
        ((own - tracked.min(bare)).max(0.0) + 0.015, (tracked.max(bare) - own).max(0.0) + 0.015)
    }

    /// Lines and characters that follow from the margins and the size where an office says nothing of them.
    pub fn natural(&self) -> (u32, u32) {
        let lines = (self.high() / LINE_PITCH + 1e-6).floor();
        let cells = (self.width() / (self.size + LEAST_TRACKING)).floor();
        (lines.max(1.0) as u32, cells.max(1.0) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::standard::{LINE_PITCH, TITLE_PITCH, TRACKING, TRACKING_TWIP, TYPE_HEIGHT, TYPE_WIDTH};

    /// What the standard's numbers give, to the last bit: no document moves by it.
    #[test]
    fn the_standard_is_a_grid() {
        let grid = Grid::default();
        assert_eq!((grid.width(), grid.height()), (pt(TYPE_WIDTH), pt(TYPE_HEIGHT)));
        assert_eq!((grid.pitch(), grid.cell()), (pt(LINE_PITCH), pt(TYPE_WIDTH) / 28.0));
        assert_eq!((grid.tracking_twip(), grid.tracking()), (TRACKING_TWIP, TRACKING));
        assert_eq!((grid.baseline(), grid.title_pitch(), grid.indent_twip()), (BASELINE, TITLE_PITCH, 630));
        assert_eq!(grid.natural(), (22, 28));
    }
}
