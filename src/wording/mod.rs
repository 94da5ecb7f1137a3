//! How figures are put into official Chinese: changes, shares, ranks, lists, money, dates.
//!
//! Pure functions over exact decimals; nothing here knows templates or places. Three rules
//! hold everywhere: rounding is half up on the magnitude (四舍五入), missing, none and zero
//! stay three things, and no phrase ever contradicts the sign of its figures. What cannot be
//! said correctly is an error that names the operand, so the caller can name the cell.

mod amount;
mod capital;
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
mod several;
mod share;
mod structure;
mod summary;
mod yearly;

pub use amount::{Amount, MAX_DIGITS, Operand, WordingError};
pub use capital::{capital, grouped, short};
pub use change::{Comparison, Way, against_last_year, compare, compared, difference, led, way, year_on_year};
pub use date::{
    ahead, by_end_of, days_between, deadline, deadline_of_year, parse_date, period, season, year_month, year_month_day,
};
pub use growth::{Grown, above, contribution, growth, growth_change, pull};
pub use ladder::{Ladder, extreme_of, progress_of};
pub use list::{enumerate, firstly, join};
pub use money::{MoneyUnit, money, money_in};
pub use multiple::multiple;
pub use numeral::{han_numeral, ordinal};
pub use points::percentage_points;
pub use progress::{Elapsed, completion, schedule_progress};
pub use rank::{Rank, rank, rank_change};
pub use several::{Went, from_to, respectively, ups_and_downs};
pub use share::share;
pub use structure::{portion, ratio, structure};
pub use summary::mean;
pub use yearly::{about, annual, doubled, record, streak};

pub use decimal::{keep, show};
