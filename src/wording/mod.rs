//! How figures are put into official Chinese: changes, shares, ranks, lists, money, dates.
//!
//! Pure functions over exact decimals; nothing here knows templates or places. Three rules
//! hold everywhere: rounding is half up on the magnitude (四舍五入), missing, none and zero
//! stay three things, and no phrase ever contradicts the sign of its figures. What cannot be
//! said correctly is an error that names the operand, so the caller can name the cell.

mod amount;
mod change;
mod date;
mod decimal;
mod growth;
mod ladder;
mod list;
mod money;
mod multiple;
mod numeral;
mod points;
mod progress;
mod rank;
mod share;
mod summary;

pub use amount::{Amount, MAX_DIGITS, Operand, WordingError};
pub use change::{Comparison, Way, against_last_year, compare, compared, difference, led, way, year_on_year};
pub use date::{by_end_of, deadline, parse_date, period, year_month, year_month_day};
pub use growth::{growth, growth_change};
pub use ladder::{Ladder, extreme_of, progress_of};
pub use list::{enumerate, firstly, join};
pub use money::{MoneyUnit, money, money_in};
pub use multiple::multiple;
pub use numeral::{han_numeral, ordinal};
pub use points::percentage_points;
pub use progress::{Elapsed, completion, schedule_progress};
pub use rank::{Rank, rank, rank_change};
pub use share::share;
pub use summary::mean;

pub use decimal::{keep, show};
