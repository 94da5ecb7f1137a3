//! File names from data, safe on Windows, Linux and macOS.

use unicode_normalization::UnicodeNormalization;

/// Longest name in bytes, extension and room for a temporary suffix left aside.
pub const MAX_NAME_BYTES: usize = 200;

/// A name without an extension that every system takes: NFC, no path, no control or
/// reserved characters, no reserved device names, no dots or blanks at the ends, at most
/// `MAX_NAME_BYTES` bytes. `None` where nothing is left.
pub fn safe_file_name(name: &str) -> Option<String> {
    let cleaned: String = name
        .nfc()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() || ('\u{E000}'..='\u{F8FF}').contains(&c) => ' ',
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => ' ',
            '\u{61C}' | '\u{180E}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => ' ',
            c => c,
        })
        .collect();
    let joined = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut = String::new();
    for c in joined.chars() {
        if cut.len() + c.len_utf8() > MAX_NAME_BYTES {
            break;
        }
        cut.push(c);
    }
    let trimmed = cut.trim_matches(['.', ' ']).trim();
    if trimmed.chars().all(|c| matches!(c, '_' | '.' | ' ')) {
        return None;
    }
    let stem = trimmed.split('.').next().unwrap_or(trimmed).trim().to_ascii_uppercase();
    let device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || stem.strip_prefix("COM").or(stem.strip_prefix("LPT")).is_some_and(|port| {
            let mut port = port.chars();
            port.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')) && port.next().is_none()
        });
    Some(if device { format!("_{trimmed}") } else { trimmed.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_made_safe() {
        assert_eq!(safe_file_name("2026_关于a/b的汇报").as_deref(), Some("2026_关于a_b的汇报"));
        assert_eq!(safe_file_name("CON").as_deref(), Some("_CON"));
        assert_eq!(safe_file_name("com1.txt").as_deref(), Some("_com1.txt"));
        assert_eq!(safe_file_name("LPT²").as_deref(), Some("_LPT²"));
        assert_eq!(safe_file_name("COM10").as_deref(), Some("COM10"));
        assert_eq!(safe_file_name(" 名 称. ").as_deref(), Some("名 称"));
        assert_eq!(safe_file_name("../.."), None);
        assert_eq!(safe_file_name(" \n "), None);
        assert!(safe_file_name(&"长".repeat(300)).is_some_and(|n| n.len() <= MAX_NAME_BYTES));
    }

    proptest! {
        #[test]
        fn any_name_is_safe_and_stays_so(name in "\\PC{0,300}") {
            if let Some(safe) = safe_file_name(&name) {
                prop_assert!(safe.len() <= MAX_NAME_BYTES + 1);
                prop_assert!(!safe.contains(['/', '\\', ':', '\0', '\n']));
                prop_assert!(!safe.starts_with('.') && !safe.ends_with(['.', ' ']));
                prop_assert_eq!(safe_file_name(&safe), Some(safe));
            }
        }
    }
}
