//! What is wrong or doubtful in a report before it leaves the office.

mod claims;
mod codes;
pub(crate) mod data;
mod find;
mod finding;
mod language;
mod levels;
mod line;
mod manual;
mod memory;
pub(crate) mod prose;
mod report;
pub mod rule;

pub use codes::{explained, messages_chinese, messages_english};
pub use find::examine_data;
pub(crate) use find::{Strict, Subject, examine, examine_again};
pub use finding::{Finding, text_findings};
pub use levels::Levels;
pub(crate) use line::{Line, number_end};
pub use manual::manual;
pub(crate) use memory::Memory;
pub(crate) use prose::numbers::counts as is_count;
pub(crate) use report::entry;
pub use report::{counts, json, text};
pub use rule::{Rule, Test, is_about_data};
