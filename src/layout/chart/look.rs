//! How series are told apart in grey: one table for the PDF and the charts of a word processor.

/// Lightness of bars, 0 black to 1 white: far apart, so that copies keep them apart.
const FILLS: [f64; 4] = [0.38, 0.8, 1.0, 0.6];
/// Of bars that stand on one another: light enough for the values that stand in them.
const STACKED: [f64; 4] = [0.6, 0.92, 0.72, 1.0];
/// Of the pieces of a whole: no two alike, and neighbours far apart, the last and the first included.
const SLICES: [f64; 8] = [0.2, 0.8, 0.45, 1.0, 0.6, 0.9, 0.52, 0.72];
/// Lightness of the lines of the grid.
pub const GRID: f64 = 0.75;
/// Thickness of a line of the grid, of an axis, of an outline, of a series, of a 目标线, pt.
pub const GRID_WIDTH: f64 = 0.4;
pub const AXIS_WIDTH: f64 = 0.8;
pub const OUTLINE_WIDTH: f64 = 0.5;
pub const LINE_WIDTH: f64 = 1.3;
pub const TARGET_WIDTH: f64 = 1.0;

/// Lightness of the bars of a series.
pub fn fill(series: usize, stacked: bool) -> f64 {
    let fills = if stacked { STACKED } else { FILLS };
    fills[series % fills.len()]
}

/// Lightness of a piece of a whole.
pub fn slice(piece: usize) -> f64 {
    SLICES[piece % SLICES.len()]
}

/// How a series is drawn as a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Lightness of the line.
    pub grey: f64,
    pub dashed: bool,
    /// Its marks are diamonds, not squares.
    pub diamond: bool,
    /// Lightness of its marks.
    pub fill: f64,
}

/// A square, a white square, a diamond, a white diamond.
pub fn line(series: usize) -> Look {
    let even = series.is_multiple_of(2);
    let second = series % 4 >= 2;
    Look { grey: if even { 0.0 } else { 0.4 }, dashed: second, diamond: second, fill: if even { 0.0 } else { 1.0 } }
}
