//! The script of a character: which are Western, which Chinese to every word processor.

use crate::source::small::{is_small_letter, raised};

/// Set in the Latin face: digits, Latin letters and ASCII marks, also those of 上标 and 下标.
pub fn is_western(c: char) -> bool {
    matches!(c, ' '..='~' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ') || is_small_letter(c) || raised(c).is_some()
}

/// Taken for Chinese by every word processor.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Size of 上标 and 下标, em: what LibreOffice makes of them; other word processors come near it.
pub const RAISED_SIZE: f64 = 0.58;
/// How far 上标 stand above the baseline and 下标 below it, em.
pub const RAISED_BY: (f64, f64) = (0.33, 0.1);
