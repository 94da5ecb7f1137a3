//! Charts of the file: they are drawings of their own, which are held against the data and not drawn anew.

use super::model::Spot;
use crate::document::{Block, Chart, Document, plain_text};
use crate::source::docx::Paragraph;
use crate::source::package::{Package, PackageError};
use crate::source::xml::{Step, XmlReader, name};

/// Charts whose values of today are not those of the file, each with its caption's place; none where the file has no
/// chart that can be read.
pub fn stale(bytes: &[u8], paragraphs: &[&Paragraph], today: &Document) -> Vec<(Option<Spot>, String)> {
    let values = values(bytes).unwrap_or_default();
    if values.is_empty() {
        return Vec::new();
    }
    let blocks = today.body.iter().chain(today.annexes.iter().flat_map(|annex| &annex.blocks));
    let charts = blocks.filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None });
    let known = |value: f64| values.iter().any(|own| (own - value).abs() <= 1e-9 * value.abs().max(1.0));
    let all =
        |chart: &&Chart| chart.series.iter().flat_map(|series| series.values.iter().flatten()).all(|(v, _)| known(*v));
    charts.filter(|chart| !all(chart)).map(|chart| told(chart, paragraphs)).collect()
}

fn told(chart: &Chart, paragraphs: &[&Paragraph]) -> (Option<Spot>, String) {
    let Some(caption) = &chart.caption else { return (None, "图".into()) };
    let name = format!("{}“{}”", caption.number, plain_text(&caption.text));
    let own = |text: &str| {
        text.trim_start().starts_with(&*caption.number) && text.trim_end().ends_with(&plain_text(&caption.text))
    };
    let place = paragraphs.iter().position(|paragraph| own(&paragraph.text));
    (place.map(|paragraph| Spot { paragraph, bytes: 0..paragraphs[paragraph].text.len() }), name)
}

/// All values of all charts.
fn values(bytes: &[u8]) -> Result<Vec<f64>, PackageError> {
    let mut package = Package::open(bytes)?;
    let is_chart = |part: &&String| part.contains("charts/chart") && part.ends_with(".xml");
    let parts: Vec<String> = package.names().iter().filter(is_chart).cloned().collect();
    let mut found = Vec::new();
    for part in parts {
        let Some(xml) = package.xml(&part)? else { continue };
        let (mut reader, mut within) = (XmlReader::new(&xml), None);
        loop {
            match reader.step() {
                Ok(Step::Open(element)) if name(&element) == b"val" => within = Some(reader.depth),
                Ok(Step::Open(element)) if name(&element) == b"v" && within.is_some() => {
                    let text = reader.text().unwrap_or_default();
                    found.extend(text.trim().parse::<f64>().ok());
                }
                Ok(Step::Close) if within.is_some_and(|depth| reader.depth < depth) => within = None,
                Ok(Step::End) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }
    Ok(found)
}
