//! What marking gives.

/// A marked copy.
pub struct Marked {
    /// The workbook, to be written under another name: the original is never touched.
    pub bytes: Vec<u8>,
    /// The ending that its file must have, without a dot: a workbook with macros opens under no
    /// other than its own.
    pub ending: &'static str,
    /// The copy has the contents alone: this is the format that was read.
    pub remade: Option<&'static str>,
}
