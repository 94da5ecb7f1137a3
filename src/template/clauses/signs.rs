//! Private characters by which clauses are told in a rendered text.

/// Opens a clause: `OPEN number END`; then [`ELSE`] before what is written instead, [`CLOSE`].
pub const OPEN: char = '\u{E004}';
pub const END: char = '\u{E005}';
pub const ELSE: char = '\u{E006}';
pub const CLOSE: char = '\u{E007}';
/// Where something is gone, followed by the mark that it ended with; of [`LED_GAP`] it also began
/// with one.
pub const GAP: char = '\u{E008}';
pub const LED_GAP: char = '\u{E009}';
pub const NO_MARK: char = '\u{E00A}';
/// Where something was gone, when the punctuation around it is closed.
pub const SEAM: char = '\u{E00B}';
