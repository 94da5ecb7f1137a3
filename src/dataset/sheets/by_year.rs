//! One table kept on a sheet for each year: 2026年乡镇 and 2025年乡镇, 乡镇 and 乡镇（2025）.

use super::label::clean_name;
use crate::dataset::scalar;
use crate::diagnostic::{Diagnostic, Origin, SourceId, codes};
use crate::source::sheet::Sheet;

/// A sheet's name without its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yearly {
    pub stem: String,
    pub year: i16,
}

/// For each sheet: what it is called without its year, where another sheet has the same name
/// with another year or none. A year in one name alone belongs to the name.
pub fn of(sheets: &[Sheet], source: SourceId, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<Yearly>> {
    let names: Vec<String> = sheets.iter().map(|sheet| clean_name(&sheet.name)).collect();
    let split: Vec<Option<Yearly>> = names.iter().map(|name| split(name)).collect();
    let shared = |i: usize, own: &Yearly| {
        let other = |j: usize| match &split[j] {
            Some(other) => other.stem == own.stem && other.year != own.year,
            None => names[j] == own.stem,
        };
        (0..names.len()).any(|j| j != i && !sheets[j].cells.is_empty() && other(j))
    };
    let found: Vec<Option<Yearly>> =
        split.iter().enumerate().map(|(i, own)| own.clone().filter(|own| shared(i, own))).collect();
    for (sheet, yearly) in sheets.iter().zip(&found) {
        if let Some(Yearly { stem, year }) = yearly.as_ref().filter(|_| !sheet.cells.is_empty()) {
            diagnostics.push(
                Diagnostic::new(codes::D124, format!("这个工作表按 {year} 年的“{stem}”读取"))
                    .at(Origin::sheet(source, sheet.index))
                    .help("不用处理；如果不是同一张表的另一年，请改工作表的名称"),
            );
        }
    }
    found
}

/// `2026年乡镇`, `乡镇（2026年度）`, `乡镇-2026`.
fn split(name: &str) -> Option<Yearly> {
    let digits = |text: &str| text.len() >= 4 && text.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let at = name.char_indices().map(|(at, _)| at).find(|&at| {
        digits(&name[at..])
            && !name[..at].ends_with(|c: char| c.is_ascii_digit())
            && !name[at + 4..].starts_with(|c: char| c.is_ascii_digit())
    })?;
    let year = scalar::year(&name[at..at + 4])?;
    let rest = &name[at + 4..];
    let rest = rest.strip_prefix("年度").or(rest.strip_prefix('年')).unwrap_or(rest);
    let marks = ['（', '）', '(', ')', '-', '—', '_', '·', ' ', '　', '.'];
    let stem = format!("{}{}", name[..at].trim_end_matches(marks), rest.trim_start_matches(marks));
    (!stem.is_empty()).then_some(Yearly { stem, year })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_names() {
        for name in ["2026年乡镇", "乡镇2026", "乡镇（2026年）", "乡镇-2026年度", "2026年度乡镇", "2026 乡镇"]
        {
            assert_eq!(split(name), Some(Yearly { stem: "乡镇".into(), year: 2026 }), "{name}");
        }
        for name in ["乡镇", "2026年", "乡镇20261", "12345热线"] {
            assert_eq!(split(name), None, "{name}");
        }
    }
}
