//! What became of each report.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, SourceMap, render_plain};
use crate::layout::Fit;
use crate::output::Stamp;

/// Names told in one message.
const TOLD: usize = 5;

/// The state of a report at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    #[serde(rename = "已生成")]
    Made,
    /// Nothing that it is made from has changed since an earlier run.
    #[serde(rename = "未变")]
    Unchanged,
    #[serde(rename = "失败")]
    Failed,
    /// The batch was stopped before its turn.
    #[serde(rename = "未做")]
    Left,
}

impl State {
    /// The word in 清单.
    pub fn label(self) -> &'static str {
        match self {
            State::Made => "已生成",
            State::Unchanged => "未变",
            State::Failed => "失败",
            State::Left => "未做",
        }
    }
}

/// One report at the end.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Position of its record, from 0.
    pub row: usize,
    pub unit: String,
    pub state: State,
    pub entry: Entry,
    /// Why it could not be made.
    pub wrong: Vec<Diagnostic>,
}

/// What the journal keeps of a report that was made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Entry {
    /// File name without extension.
    pub name: String,
    /// Digest of what it was made from.
    pub digest: String,
    /// It was made from the records of other units as well.
    pub whole_table: bool,
    pub files: Vec<(String, Stamp)>,
    /// How its pages came out.
    pub fit: Fit,
    pub messages: Vec<String>,
    /// Someone has changed a file of it, which was left alone.
    #[serde(default)]
    pub edited: bool,
}

/// A message for 清单: weight, code, place, words, what to do.
pub fn message(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let head = format!("{}[{}] ", diagnostic.severity.label(), diagnostic.code);
    let helps: String = diagnostic.helps.iter().map(|h| format!("（{h}）")).collect();
    format!("{head}{}{helps}", render_plain(diagnostic, sources))
}

/// The first few names.
pub fn some(names: &[&str]) -> String {
    let more = if names.len() > TOLD { "等" } else { "" };
    format!("{}{more}", names[..names.len().min(TOLD)].join("、"))
}
