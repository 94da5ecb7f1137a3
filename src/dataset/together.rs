//! Many equal mistakes of one column as one message.

use crate::diagnostic::{Diagnostic, Origin, Place, cell_name};

/// Places that are named beside the first.
const MOST_NAMED: usize = 4;

/// The first of several messages, with the places of the others: `；本列共 3 处（还有 C5、C9）`.
pub fn together(told: Vec<Diagnostic>, of: &str) -> Option<Diagnostic> {
    let others: Vec<Origin> = told.iter().skip(1).filter_map(|d| d.origin).collect();
    let mut first = told.into_iter().next()?;
    first.message.push_str(&and_others(&others, of));
    Some(first.same(others))
}

/// The same words for places alone.
pub fn and_others(others: &[Origin], of: &str) -> String {
    if others.is_empty() {
        return String::new();
    }
    let mut named: Vec<String> = others.iter().take(MOST_NAMED).map(|origin| short_place(*origin)).collect();
    // Records of one line.
    named.dedup();
    let more = if others.len() > MOST_NAMED { " 等" } else { "" };
    format!("；{of}共 {} 处（还有 {}{more}）", others.len() + 1, named.join("、"))
}

/// `C7`, or the line of a text.
pub fn short_place(origin: Origin) -> String {
    match origin.place {
        Place::Cell { row, column, .. } => cell_name(row, column),
        Place::Text { line, .. } => format!("第 {line} 行"),
        _ => String::new(),
    }
}
