//! Clauses that vanish: `[[，较上年增加{{ 增 }}个]]` is printed only when everything in it is there.
//! The marks are those of the template's own text ([`marks`]), so no cell can hold one. They
//! become calls that note, while the clause is rendered, what it lacks; they leave private
//! characters in the text, by which [`settle`] leaves out what lacks something, and
//! [`closing`] closes the punctuation around what is gone.

mod calls;
mod closing;
mod lines;
mod marks;
mod settle;
mod signs;
mod state;
#[cfg(test)]
mod tests;

pub use calls::register;
pub use marks::{Fences, Mark, marks, without_marks};
pub use settle::{Settled, marked, opened, plainly, settle};
pub use state::{Clause, Clauses, DEEPEST, NOTHING, PlacedClause};
