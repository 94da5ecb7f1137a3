//! How much a finding weighs.

/// How much a finding weighs. The order is by weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something the program did that the user may want to know (提示).
    Notice,
    /// Doubtful; the report is made (警告).
    Warning,
    /// Wrong; the report is not made (错误).
    Error,
}

impl Severity {
    /// The word that the user reads.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Notice => "提示",
            Severity::Warning => "警告",
            Severity::Error => "错误",
        }
    }

    /// The severity that a word means.
    pub fn from_label(word: &str) -> Option<Severity> {
        [Severity::Notice, Severity::Warning, Severity::Error].into_iter().find(|s| s.label() == word.trim())
    }
}
