//! Text of files, file names and the command line as it may reach a terminal: a control or
//! direction character is shown by a sign in its place, so that it steers nothing.

use std::borrow::Cow;

/// One line of text: line ends are shown by signs too. A character stays one character.
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, |_| false)
}

/// Text of several lines: line ends and tabs stay.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    shown(text, |c| matches!(c, '\n' | '\t'))
}

fn shown(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().all(|c| stays(c) || sign(c).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if stays(c) { c } else { sign(c).unwrap_or(c) }).collect())
}

/// The sign for a character that a terminal would obey; `None` for all others.
pub fn sign(c: char) -> Option<char> {
    match c {
        // The signs for control characters stand in their order from U+2400.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32),
        '\u{7F}' => Some('\u{2421}'),
        '\u{80}'..='\u{9F}'
        | '\u{61C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_is_shown() {
        assert_eq!(visible("甲\u{1b}[31m乙\n丙\u{202e}丁\u{9b}戊"), "甲␛[31m乙␊丙�丁�戊");
        assert_eq!(visible_lines("甲\n\t乙\r\n"), "甲\n\t乙␍\n");
        assert!(matches!(visible("年度 汇报"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_that_steers_is_left(text in ".{0,60}") {
            let shown = visible(&text);
            prop_assert!(shown.chars().all(|c| sign(c).is_none()));
            prop_assert_eq!(shown.chars().count(), text.chars().count());
        }
    }
}
