//! “There is none”, as people fill it in; a blank is something else.

/// 无, /, and dashes of every make, one to three of them.
pub fn is_absent(text: &str) -> bool {
    let dashes = |text: &str| text.chars().all(|c| matches!(c, '—' | '-' | '–' | '－' | '―' | '─' | '−' | 'ー'));
    matches!(text, "/" | "／" | "无" | "无数据") || (1..=9).contains(&text.len()) && dashes(text)
}
