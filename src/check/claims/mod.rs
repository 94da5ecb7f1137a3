//! What the finished prose claims: each number with what it counts, of when, and what it is beside the others
//! (an earlier value, a change, a part of a whole). Rules of figures are asked here, over a whole passage.

mod base;
pub(crate) mod changes;
mod claim;
pub(crate) mod dates;
mod level;
pub(crate) mod means;
mod naming;
mod pairs;
pub(crate) mod parts;
pub(crate) mod periods;
mod ranks;
mod read;
mod series;
pub(crate) mod sums;
mod told;
pub(crate) mod units;
mod words;
mod yearly;

pub use claim::{Claim, Role, Sort, When};
pub use told::Claims;
