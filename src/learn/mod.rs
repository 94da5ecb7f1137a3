//! From last year's report to its template: each figure of the text is led back to the data.
//!
//! 1. `series`: what the data can say, each with its expression and its name.
//! 2. `index`: from a printed value to what may have been meant.
//! 3. `scan`, `place`: the figures of a text and the words around them.
//! 4. `weigh`, `neighbours`: which reading the words and the figures beside it speak for.
//! 5. `write`: the reading as a tag, proven by the engine.

mod again;
mod base;
mod called;
mod combine;
mod conditions;
mod days;
mod earlier;
mod extremes;
mod figure;
mod fill;
mod fixed;
mod grid;
mod index;
mod list;
mod names;
mod neighbours;
mod place;
mod proof;
mod read;
mod reading;
mod report;
mod run;
mod scan;
mod series;
mod spell;
mod tables;
mod texts;
mod thresholds;
mod valued;
mod verbatim;
mod verbs;
mod weigh;
mod words;
mod write;

pub use again::shortened;
pub use figure::{Figure, State};
pub use fill::filled;
pub use list::{json, text};
pub use place::Text;
pub use proof::Difference;
pub use read::Reader;
pub use run::{Learned, Request, Told, learn};
pub use texts::texts;
pub use write::Tag;
