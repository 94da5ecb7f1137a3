//! Pictures of seals that 报告信息 names, beside the data file.

use super::elements::Seal;
use super::pictures;
use crate::dataset::{Dataset, Value};
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;

/// The pictures named by 印章 (one, or one for each unit), checked.
pub fn seals(data: &Dataset, sources: &SourceMap) -> Result<Vec<Seal>, Vec<Diagnostic>> {
    let single = data.report_value("印章").into_iter();
    let cells = single.chain(data.report_lists.get("印章").into_iter().flatten());
    let (mut seals, mut found) = (Vec::new(), Vec::new());
    for cell in cells.filter(|c| c.value != Value::Absent && !matches!(c.value, Value::Bool(_))) {
        let file = &sources.get(cell.origin.source).path;
        match pictures::read_beside(file, &cell.shown, "印章", cell.origin) {
            Ok(picture) => seals.push(Seal { picture }),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    if found.is_empty() { Ok(seals) } else { Err(found) }
}
