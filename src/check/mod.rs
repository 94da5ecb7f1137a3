//! What is wrong or doubtful in a report before it leaves the office.

mod find;
mod language;
mod line;
mod manual;
mod passage;
mod report;
mod rule;
mod walk;

pub use find::{Finding, examine, text_findings};
pub use manual::manual;
pub use passage::{Kind, Passage, Span};
pub use report::{json, text};
pub use rule::{RULES, Rule};
pub use walk::passages;
