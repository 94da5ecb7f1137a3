//! How readings are written in the figure language.

use crate::template::is_plain_name;

/// A name of the data at the top: 培训场次, 培训.场次, 数据["2025年（万元）"].
pub fn name(full: &str) -> String {
    match full.split('.').all(is_plain_name) {
        true => full.to_owned(),
        false => format!("数据[{}]", quoted(full)),
    }
}

/// A column behind its record.
pub fn column(record: &str, name: &str) -> String {
    match name.split('.').all(is_plain_name) {
        true => format!("{record}.{name}"),
        false => format!("{record}[{}]", quoted(name)),
    }
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// An expression that a filter, `.上年` or an operator may follow.
pub fn closed(expression: &str) -> String {
    let simple = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let call = expression.ends_with(')') && is_one_call(expression);
    if expression.chars().all(simple) || call { expression.to_owned() } else { format!("({expression})") }
}

/// Whether the bracket that closes the expression is the one that its name opens: 合计(乡镇, "经费").
fn is_one_call(expression: &str) -> bool {
    let (mut depth, mut quoted) = (0, false);
    for (at, c) in expression.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return at + 1 == expression.len() && !expression.starts_with('(');
                }
            }
            '|' | ' ' if !quoted && depth == 0 => return false,
            _ => {}
        }
    }
    false
}

/// The same some years on: of last year `.上年`.
pub fn of_year(expression: &str, offset: i16, year: i16) -> String {
    match offset {
        0 => expression.to_owned(),
        -1 => format!("{}.上年", closed(expression)),
        _ => format!("{}.历年[{}]", closed(expression), year + offset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_expressions() {
        assert_eq!(name("培训.场次"), "培训.场次");
        assert_eq!(name("完成率（%）"), "数据[\"完成率（%）\"]");
        assert_eq!(name("年份"), "数据[\"年份\"]");
        assert_eq!(closed("合计(乡镇, \"经费\")"), "合计(乡镇, \"经费\")");
        assert_eq!(closed("(乡镇 | first).经费"), "((乡镇 | first).经费)");
        assert_eq!(of_year("乡镇 | length", -1, 2025), "(乡镇 | length).上年");
    }
}
