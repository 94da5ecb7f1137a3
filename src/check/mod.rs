//! What is wrong or doubtful in a report before it leaves the office.

mod codes;
pub mod data;
mod find;
mod finding;
mod language;
mod levels;
mod line;
mod manual;
mod memory;
pub mod prose;
mod report;
pub mod rule;

pub use codes::{explained, messages_chinese, messages_english};
pub use find::{Strict, Subject, examine, examine_again, examine_data};
pub use finding::{Finding, text_findings};
pub use levels::Levels;
pub use line::Hit;
pub use manual::manual;
pub use memory::Memory;
pub use report::{counts, entry, json, text};
pub use rule::{Rule, Test, is_about_data};
