//! What a report can carry besides its text: notes on its figures, files as its proof.

/// A file that is embedded in the PDF.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// Its name; no two of a report are the same.
    pub name: String,
    pub bytes: Vec<u8>,
    pub mime: &'static str,
    /// What it is, for the reader.
    pub description: String,
    /// The report was made from it; else it supplements the report.
    pub source: bool,
}

/// Everything that a report carries.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// A note for each figure by its number; empty: none. No notes at all: no review copy.
    pub notes: Option<Vec<String>>,
    pub attachments: Vec<Attachment>,
}
