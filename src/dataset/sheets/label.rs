//! Texts that head a column, and their one spelling.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::dataset::scalar;
use crate::diagnostic::Origin;
use crate::quantity::unit;
use crate::source::sheet::{RawCell, RawValue};

/// Longest text that is taken for a column's name.
const MAX_NAME: usize = 40;

/// One column with a name.
#[derive(Debug)]
pub struct HeaderColumn {
    pub column: u32,
    pub name: Arc<str>,
    pub unit: Option<Arc<str>>,
    pub origin: Origin,
}

/// Text that can be a column's name: short, no number, no note; or a year.
pub fn is_label(cell: &RawCell) -> bool {
    match &cell.value {
        RawValue::Text(text) => {
            let text = scalar::trim(text);
            if text.is_empty() || text.chars().count() > MAX_NAME || is_note(text) {
                return false;
            }
            scalar::year(text).is_some()
                || (scalar::lenient_number(text).is_none() && scalar::date(text).is_none() && !scalar::is_absent(text))
        }
        RawValue::Number(n) => {
            (Decimal::from(1900)..=Decimal::from(2200)).contains(&n.value) && n.value.fract().is_zero()
        }
        RawValue::Date(_) => cell.shown.as_deref().is_some_and(|s| scalar::year(s).is_some()),
        _ => false,
    }
}

/// `填报单位：云溪镇`, `单位：万元`, `附件1`: a note, not a column.
fn is_note(text: &str) -> bool {
    match text.split_once(['：', ':']) {
        Some((_, rest)) => {
            !text.ends_with(['）', ')', ']', '］']) && !rest.trim().is_empty() || unit::stated(text).is_some()
        }
        None => false,
    }
}

/// A name without line breaks and blanks at its ends; blanks between Han characters, put
/// there to spread a short name (`名　称`), vanish.
pub fn clean_name(text: &str) -> String {
    let chars: Vec<char> = scalar::trim(text).chars().collect();
    let mut out = String::new();
    for (i, &c) in chars.iter().enumerate() {
        if c.is_control() || c.is_whitespace() {
            let before = out.chars().next_back();
            let after = chars[i + 1..].iter().find(|c| !c.is_whitespace() && !c.is_control());
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if latin(before) && latin(after.copied()) {
                out.push(' ');
            }
        } else if !matches!(c, '\u{200B}' | '\u{FEFF}') {
            out.push(c);
        }
    }
    out
}
