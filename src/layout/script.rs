//! The script of a character: which are Western, which Chinese to every word processor.

/// Set in the Latin face: digits, Latin letters and ASCII marks.
pub fn is_western(c: char) -> bool {
    matches!(c, ' '..='~' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ')
}

/// Taken for Chinese by every word processor.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}
