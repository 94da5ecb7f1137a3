//! What a report can carry besides its text: notes on its figures, files as its proof.

/// A file that is embedded in the PDF.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// Its name; no two of a report are the same.
    pub name: String,
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Its media type as the PDF names it (`/Subtype` of the embedded file, ISO 32000 7.11.4).
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
    /// In the order in which a reader of the PDF lists them; a DOCX has none.
    pub attachments: Vec<Attachment>,
}
