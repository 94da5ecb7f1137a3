//! Pictures of seals and of signers' names that 报告信息 names, beside the data file.

use super::elements::Seal;
use super::model::Picture;
use super::pictures;
use crate::dataset::{Dataset, Value};
use crate::diagnostic::{Diagnostic, SourceMap, codes};

/// The pictures named by 印章 (one, or one for each unit), checked.
pub fn seals(data: &Dataset, sources: &SourceMap) -> Result<Vec<Seal>, Vec<Diagnostic>> {
    Ok(named(data, sources, "印章")?.into_iter().map(|picture| Seal { picture }).collect())
}

/// The pictures named by 签名章, one for each of the posts that 签发人职务 gives (7.3.5.3).
pub fn stamps(data: &Dataset, sources: &SourceMap, posts: usize) -> Result<Vec<Picture>, Vec<Diagnostic>> {
    let pictures = named(data, sources, "签名章")?;
    match pictures.first() {
        Some(first) if pictures.len() != posts => Err(vec![
            Diagnostic::new(
                codes::T051,
                format!("签名章有{}个，签发人职务有{posts}个，应一一对应（7.3.5.3）", pictures.len()),
            )
            .at(first.origin)
            .about("签名章")
            .help("在“报告信息”里按相同的顺序写明“签名章”和“签发人职务”，职务写全称，例如：区长"),
        ]),
        _ => Ok(pictures),
    }
}

/// The pictures that a key names.
fn named(data: &Dataset, sources: &SourceMap, key: &str) -> Result<Vec<Picture>, Vec<Diagnostic>> {
    let single = data.report_value(key).into_iter();
    let cells = single.chain(data.report_lists.get(key).into_iter().flatten());
    let (mut pictures, mut found) = (Vec::new(), Vec::new());
    for cell in cells.filter(|c| c.value != Value::Absent && !matches!(c.value, Value::Bool(_))) {
        let file = &sources.get(cell.origin.source).path;
        match pictures::read_beside(file, &cell.shown, key, cell.origin) {
            Ok(picture) => pictures.push(picture),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    if found.is_empty() { Ok(pictures) } else { Err(found) }
}
