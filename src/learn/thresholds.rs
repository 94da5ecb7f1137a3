//! Bounds that a text names: 30万元以上, 超过30天. They stay as they are; what lies above or below is counted and named.

use super::scan::{Hand, Token, What};
use super::series::Threshold;

const BEFORE: &[(&str, &str)] = &[
    ("不低于", "至少"),
    ("不少于", "至少"),
    ("达到", "至少"),
    ("不超过", "至多"),
    ("不高于", "至多"),
    ("超过", "大于"),
    ("高于", "大于"),
    ("大于", "大于"),
    ("多于", "大于"),
    ("突破", "大于"),
    ("低于", "小于"),
    ("少于", "小于"),
    ("小于", "小于"),
    ("不足", "小于"),
    ("不到", "小于"),
];
const BEHIND: &[(&str, &[&str])] =
    &[("以上", &["至少", "大于"]), ("及以上", &["至少"]), ("以下", &["小于", "至多"]), ("以内", &["至多"])];

/// The bounds that a figure may be; empty where it is none.
pub fn of(text: &str, token: &Token) -> Vec<Threshold> {
    if token.what != What::Number || token.hand == Hand::Han {
        return Vec::new();
    }
    let end = token.digits.1 + token.unit.len();
    let (before, rest) = (&text[..token.digits.0], text.get(end..).unwrap_or_default());
    let number = &text[token.digits.0..end.min(text.len())];
    let bound =
        |said: String, test: &'static str| Threshold { said, value: token.value, unit: token.unit.clone(), test };
    if let Some((word, tests)) = BEHIND.iter().find(|(word, _)| rest.starts_with(word)) {
        return tests.iter().map(|test| bound(format!("{number}{word}"), test)).collect();
    }
    // 超过30天的7件: of what is counted or named behind it.
    let counted = rest.starts_with('的');
    let own = BEFORE.iter().find(|(word, _)| before.ends_with(word)).filter(|_| counted);
    own.map(|(word, test)| bound(format!("{word}{number}"), test)).into_iter().collect()
}
