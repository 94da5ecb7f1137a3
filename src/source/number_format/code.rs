//! The code of a number format, taken apart.

use super::{Condition, Denominator, Part, Section, Slot};

/// Sections are separated by `;` outside quotes and brackets.
pub(super) fn split_sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut chars = code.chars();
    let (mut quoted, mut bracket) = (false, false);
    while let Some(c) = chars.next() {
        let current = sections.last_mut();
        let Some(current) = current else { break };
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            '\\' | '!' if !quoted => {
                current.push(c);
                current.extend(chars.next());
                continue;
            }
            ';' if !quoted && !bracket => {
                if sections.len() == 4 {
                    break;
                }
                sections.push(String::new());
                continue;
            }
            _ => {}
        }
        current.push(c);
    }
    sections
}

pub(super) fn parse_section(code: &str) -> Section {
    let chars: Vec<char> = code.chars().collect();
    let mut section = Section::default();
    let mut at = 0;
    let (mut after_point, mut digits_seen) = (false, false);
    // Text between the digits of a number (`000-0000`, `0!.0,"万"`) belongs to its pattern.
    let literal = |section: &mut Section, text: &str, rest: &[char]| {
        if !section.pattern.is_empty() && !section.dates && section.fraction.is_none() && more_digits(rest) {
            return section.pattern.push(Slot::Literal(text.to_string()));
        }
        match section.parts.last_mut() {
            Some(Part::Literal(last)) => last.push_str(text),
            _ => section.parts.push(Part::Literal(text.to_string())),
        }
    };
    while at < chars.len() {
        let c = chars[at];
        let lower = c.to_ascii_lowercase();
        let run = chars[at..].iter().take_while(|x| x.to_ascii_lowercase() == lower).count();
        match c {
            '"' => {
                let text: String = chars[at + 1..].iter().take_while(|&&x| x != '"').collect();
                at += text.chars().count() + 2;
                literal(&mut section, &text, chars.get(at..).unwrap_or_default());
                continue;
            }
            '\\' | '!' => {
                if let Some(next) = chars.get(at + 1) {
                    literal(&mut section, &next.to_string(), &chars[at + 2..]);
                }
                at += 2;
                continue;
            }
            '_' | '*' => {
                at += 2;
                continue;
            }
            '[' => {
                let inside: String = chars[at + 1..].iter().take_while(|&&x| x != ']').collect();
                at += inside.chars().count() + 2;
                let low = inside.to_ascii_lowercase();
                if !low.is_empty()
                    && (low.chars().all(|x| x == 'h') || low.chars().all(|x| x == 'm') || low.chars().all(|x| x == 's'))
                {
                    section.dates = true;
                    section.parts.push(Part::Elapsed(low.chars().next().unwrap_or('h')));
                } else if let Some(symbol) = inside.strip_prefix('$') {
                    let symbol = symbol.split('-').next().unwrap_or("");
                    if !symbol.is_empty() {
                        literal(&mut section, symbol, chars.get(at..).unwrap_or_default());
                    }
                } else if low.starts_with("dbnum") {
                    section.han = true;
                } else if let Some(condition) = Condition::parse(&inside) {
                    section.condition = Some(condition);
                }
                continue;
            }
            '0' | '#' | '?' => {
                if !digits_seen {
                    section.parts.push(Part::Number);
                    digits_seen = true;
                }
                section.pattern.push(Slot::Digit(c));
                if after_point {
                    section.max_decimals += 1;
                    if c == '0' {
                        section.min_decimals = section.max_decimals;
                    }
                } else if c == '0' {
                    section.min_integer += 1;
                }
            }
            '.' if digits_seen || chars.get(at + 1).is_some_and(|n| matches!(n, '0' | '#')) => {
                if section.dates {
                    // Fractions of a second are dropped.
                    while chars.get(at + 1) == Some(&'0') {
                        at += 1;
                    }
                } else {
                    if !digits_seen {
                        section.parts.push(Part::Number);
                        digits_seen = true;
                    }
                    section.pattern.push(Slot::Point);
                    after_point = true;
                }
            }
            '/' if digits_seen
                && !section.dates
                && chars.get(at + 1).is_some_and(|n| n.is_ascii_digit() || matches!(n, '?' | '#')) =>
            {
                let below: String =
                    chars[at + 1..].iter().take_while(|n| n.is_ascii_digit() || matches!(n, '?' | '#')).collect();
                at += 1 + below.len();
                section.fraction = Some(match below.parse::<u32>() {
                    Ok(fixed) if fixed > 0 => Denominator::Fixed(fixed),
                    _ => Denominator::Digits(below.len()),
                });
                continue;
            }
            ',' if digits_seen => {
                let more = chars[at + 1..].iter().find(|x| !matches!(x, ','));
                match more {
                    Some('0' | '#' | '?') if !after_point => section.thousands = true,
                    _ => section.scale += 1,
                }
            }
            '%' => {
                section.percents += 1;
                literal(&mut section, "%", &[]);
            }
            'E' | 'e' if digits_seen && chars.get(at + 1).is_some_and(|n| matches!(n, '+' | '-')) => {
                section.exponent = true;
                at += 2;
                while chars.get(at).is_some_and(|x| matches!(x, '0' | '#' | '?')) {
                    at += 1;
                }
                continue;
            }
            '@' => section.parts.push(Part::Text),
            'G' | 'g' if chars[at..].iter().take(7).collect::<String>().eq_ignore_ascii_case("general") => {
                section.general = true;
                section.parts.push(Part::Number);
                at += 7;
                continue;
            }
            'Y' | 'y' | 'E' | 'e' => {
                section.parts.push(Part::Year(if lower == 'e' { 4 } else { run }));
                section.dates = true;
                at += run;
                continue;
            }
            'M' | 'm' => {
                section.parts.push(if is_minute(&section.parts, &chars[at + run..]) {
                    Part::Minute(run)
                } else {
                    Part::Month(run)
                });
                section.dates = true;
                at += run;
                continue;
            }
            'D' | 'd' => {
                section.parts.push(if run >= 3 { Part::Weekday(4) } else { Part::Day(run) });
                section.dates = true;
                at += run;
                continue;
            }
            'H' | 'h' => {
                section.parts.push(Part::Hour(run));
                section.dates = true;
                at += run;
                continue;
            }
            'S' | 's' => {
                section.parts.push(Part::Second(run));
                section.dates = true;
                at += run;
                continue;
            }
            'A' | 'a' => {
                let rest: String = chars[at..].iter().take(5).collect();
                if rest.eq_ignore_ascii_case("am/pm") {
                    section.parts.push(Part::Half);
                    at += 5;
                } else if rest.to_ascii_lowercase().starts_with("a/p") {
                    section.parts.push(Part::Half);
                    at += 3;
                } else if run >= 3 {
                    section.parts.push(Part::Weekday(run));
                    section.dates = true;
                    at += run;
                } else {
                    literal(&mut section, &c.to_string(), &chars[at + 1..]);
                    at += 1;
                }
                continue;
            }
            '上' if chars[at..].iter().take(5).collect::<String>() == "上午/下午" => {
                section.parts.push(Part::Half);
                at += 5;
                continue;
            }
            _ => literal(&mut section, &c.to_string(), &chars[at + 1..]),
        }
        at += 1;
    }
    section
}

/// True when digits of the number still follow behind a piece of text.
fn more_digits(rest: &[char]) -> bool {
    let mut at = 0;
    while let Some(c) = rest.get(at) {
        match c {
            '0' | '#' | '?' => return true,
            '"' => at += rest[at + 1..].iter().take_while(|&&x| x != '"').count() + 1,
            '[' => at += rest[at..].iter().take_while(|&&x| x != ']').count(),
            '\\' | '!' | '_' | '*' => at += 1,
            'E' | 'e' | 'G' | 'g' => return false,
            _ => {}
        }
        at += 1;
    }
    false
}

/// `m` means minutes right after hours or right before seconds.
fn is_minute(before: &[Part], after: &[char]) -> bool {
    let last = before.iter().rev().find(|p| !matches!(p, Part::Literal(_)));
    if matches!(last, Some(Part::Hour(_) | Part::Elapsed('h'))) {
        return true;
    }
    let next = after.iter().find(|c| c.is_ascii_alphabetic());
    matches!(next, Some('s' | 'S'))
}
