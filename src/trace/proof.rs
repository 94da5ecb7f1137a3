//! What goes into the delivered files: a note for each figure, and the files that prove them.

use std::path::Path;

use super::Subject;
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, SourceMap, codes};
use crate::document::Document;
use crate::figures::Figure;
use crate::layout::Attachment;
use crate::source::file::{self, MAX_FILE_BYTES};

/// Cells that a note names one by one.
const MOST_NAMED: usize = 8;
pub const CHECK_SHEET: &str = "核对表.xlsx";

/// A note for each figure of the document by its number; empty where no cell was read.
pub fn notes(document: &Document, sources: &SourceMap) -> Vec<String> {
    document.figures.iter().map(|figure| note(figure, sources)).collect()
}

fn note(figure: &Figure, sources: &SourceMap) -> String {
    if figure.reads.is_empty() {
        return String::new();
    }
    let places: Vec<_> = figure.reads.iter().map(|r| r.origin).collect();
    let mut files: Vec<&str> = Vec::new();
    for place in &places {
        let name = sources.get(place.source).name.as_str();
        if !files.contains(&name) {
            files.push(name);
        }
    }
    let mut lines = vec![format!("{}　{}", super::sheets::ranges(&places, sources, true), files.join("、"))];
    let named = figure.reads.iter().take(MOST_NAMED).map(|read| format!("{} = {}", read.name, read.shown));
    lines.extend(named);
    if figure.reads.len() > MOST_NAMED {
        lines.push(format!("……共{}个单元格", figure.reads.len()));
    }
    if figure.reads.compared() > 0 {
        lines.push(format!("比较了{}个单元格", figure.reads.compared()));
    }
    let expression = figure.expression.trim();
    if figure.reads.len() > 1 || figure.reads.first().is_some_and(|r| r.shown != figure.text) {
        lines.push(format!("{{{{ {expression} }}}} → {}", figure.text));
    }
    lines.join("\n")
}

/// The data files and the 核对表, to be put into the PDF.
pub fn attachments(
    document: &Document,
    data: &Dataset,
    sources: &SourceMap,
) -> Result<Vec<Attachment>, Vec<Diagnostic>> {
    let mut out: Vec<Attachment> = Vec::new();
    let mut first = Path::new("");
    for (_, source) in sources.iter().filter(|(_, s)| !s.sha256.is_empty() && !s.path.as_os_str().is_empty()) {
        let bytes = file::read(&source.path, MAX_FILE_BYTES).map_err(|d| vec![*d])?;
        if out.is_empty() {
            first = &source.path;
        }
        let name = unique(&source.name, &out);
        out.push(Attachment {
            mime: mime(&name), name, bytes, description: "报告所用的数据".into(), source: true
        });
    }
    // Taken out of the PDF, the files lie side by side: the links are to a neighbour.
    let target = first.parent().unwrap_or(Path::new("")).join(CHECK_SHEET);
    let bytes = super::workbook(&Subject { document, data, sources, target: &target })
        .map_err(|e| vec![Diagnostic::new(codes::K001, e.to_string())])?;
    let name = unique(CHECK_SHEET, &out);
    let description = "报告中每个数的出处".into();
    out.push(Attachment { mime: mime(&name), name, bytes, description, source: false });
    Ok(out)
}

/// A name that no file has yet.
fn unique(name: &str, taken: &[Attachment]) -> String {
    let clean: String = name.chars().map(|c| if c.is_control() || "/\\:".contains(c) { '_' } else { c }).collect();
    let free = |name: &String| taken.iter().all(|a| a.name != *name);
    let mut all = [clean.clone()].into_iter().chain((2..).map(|n| format!("{n}_{clean}")));
    all.find(free).unwrap_or(clean)
}

fn mime(name: &str) -> &'static str {
    let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsm" => "application/vnd.ms-excel.sheet.macroenabled.12",
        "xlsb" => "application/vnd.ms-excel.sheet.binary.macroenabled.12",
        "xls" | "et" => "application/vnd.ms-excel",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "csv" => "text/csv",
        "yaml" | "yml" => "application/yaml",
        _ => "application/octet-stream",
    }
}
