//! What is wrong or doubtful in a report before it leaves the office.

mod passage;
mod walk;

pub use passage::{Kind, Passage, Span};
pub use walk::passages;
