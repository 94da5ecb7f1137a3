//! The 核对表: every printed figure is in it, the same report gives the same bytes.

use std::path::{Path, PathBuf};

use huibao::pipeline::{self, Request};
use huibao::trace::{self, Subject};

fn sample(name: &str) -> Vec<u8> {
    let request = Request {
        data: vec![PathBuf::from(format!("samples/{name}/2026.yaml"))],
        folders: vec![PathBuf::from(".")],
        ..Request::default()
    };
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap();
    let subject = Subject {
        document: &composed.document,
        data: &material.data,
        sources: &material.sources,
        target: Path::new("out/核对表.xlsx"),
    };
    trace::workbook(&subject).unwrap()
}

#[test]
fn trace_writes_the_same_bytes() {
    let first = sample("district-overview");
    assert!(first.starts_with(b"PK"));
    assert_eq!(first, sample("district-overview"));
}

#[test]
fn trace_has_every_figure_with_its_cell() {
    let request = Request {
        data: vec![PathBuf::from("samples/district-overview/2026.yaml")],
        folders: vec![PathBuf::from(".")],
        ..Request::default()
    };
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let document = pipeline::compose(&material, None, false).unwrap().document;
    let passages = huibao::check::passages(&document);
    let printed = trace::printed(&document, &passages);
    assert!(printed.len() > 100, "{}", printed.len());
    for row in &printed {
        let sentence = format!("{}{}{}", row.before, row.text, row.after);
        assert!(sentence.contains(&row.text) && !row.figure.reads.is_empty());
    }
    let shown = document.figures.iter().filter(|f| !f.reads.is_empty() && f.text.chars().any(|c| c.is_ascii_digit()));
    for figure in shown {
        let found = printed.iter().any(|p| std::ptr::eq(p.figure, figure));
        // What only names the file is not printed.
        assert!(
            found || figure.expression.contains("年份") || figure.template.place == document.figures[0].template.place,
            "{figure:?}"
        );
    }
}
