//! Word files of other makers (tests/fixtures/word): a reader finds in each what its .txt says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use huibao::source::docx::{self, Anchored, Block, Document, LINE_BREAK, PAGE_BREAK, Paragraph};

/// The parts of a .txt by their names; the body's is blank.
type Parts = BTreeMap<String, Vec<String>>;

fn expected(text: &str) -> Parts {
    let mut parts = Parts::from([(String::new(), Vec::new())]);
    let mut name = String::new();
    for line in text.lines() {
        match line.strip_prefix("== ") {
            Some(next) => name = next.to_owned(),
            // A hyphen that holds its line together is read as a hyphen.
            None => parts.entry(name.clone()).or_default().push(line.replace('\u{2011}', "-")),
        }
    }
    sorted(parts)
}

/// Notes and comments are compared without their order.
fn sorted(mut parts: Parts) -> Parts {
    parts.iter_mut().filter(|(name, _)| *name == "notes" || *name == "comments").for_each(|(_, lines)| lines.sort());
    parts.retain(|name, lines| name.is_empty() || !lines.is_empty());
    parts
}

fn shown(text: &str) -> String {
    text.trim_matches([' ', '\t', '\u{A0}', '\u{3000}']).replace(LINE_BREAK, "⏎").replace(PAGE_BREAK, "⇟")
}

fn line(paragraph: &Paragraph) -> String {
    match &paragraph.number {
        Some(number) if number.bullet => format!("[•]{}", shown(&paragraph.text)),
        Some(number) => format!("[{}]{}", number.text.trim(), shown(&paragraph.text)),
        None => shown(&paragraph.text),
    }
}

fn joined<'p>(paragraphs: impl IntoIterator<Item = &'p Paragraph>) -> String {
    let lines: Vec<String> = paragraphs.into_iter().map(line).filter(|line| !line.is_empty()).collect();
    lines.join("/")
}

fn body(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) if paragraph.is_blank() => {}
            Block::Paragraph(paragraph) => out.push(line(paragraph)),
            Block::Table(table) => {
                let row = |row: &docx::Row| {
                    let cell = |cell: &docx::Cell| if cell.goes_on { String::new() } else { joined(cell.paragraphs()) };
                    format!("|{}|", row.cells.iter().map(cell).collect::<Vec<_>>().join("|"))
                };
                out.extend(table.rows.iter().map(row));
            }
        }
    }
}

fn found(document: &Document) -> Parts {
    let mut lines = Vec::new();
    body(&document.body, &mut lines);
    let anchors = document.paragraphs().into_iter().flat_map(|paragraph| &paragraph.anchors);
    let boxes = anchors.filter_map(|anchor| match &anchor.what {
        Anchored::TextBox(inside) => Some(joined(inside)),
        _ => None,
    });
    let parts = [
        ("", lines),
        ("boxes", boxes.collect()),
        ("notes", document.notes.iter().map(|note| joined(&note.paragraphs)).collect()),
        ("comments", document.comments.iter().map(|comment| comment.text.trim().replace('\n', "/")).collect()),
        ("margins", document.margins.iter().map(|text| shown(text)).collect()),
    ];
    sorted(parts.map(|(name, lines)| (name.to_owned(), lines)).into())
}

#[test]
fn files_of_twelve_makers_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/word");
    let mut read = 0;
    let mut wrong = Vec::new();
    for file in fs::read_dir(folder).unwrap().flatten().map(|file| file.path()) {
        if file.extension().is_none_or(|ending| ending != "docx") {
            continue;
        }
        read += 1;
        let document = docx::read(&fs::read(&file).unwrap()).unwrap_or_else(|found| panic!("{file:?}: {found:?}"));
        let (found, expected) = (found(&document), expected(&fs::read_to_string(file.with_extension("txt")).unwrap()));
        for name in found.keys().chain(expected.keys()) {
            let (found, expected) = (found.get(name), expected.get(name));
            if found != expected {
                wrong.push(format!("{:?} {name}\n  found    {found:?}\n  expected {expected:?}", file.file_name()));
            }
        }
    }
    assert!(read >= 12 && wrong.is_empty(), "{}", wrong.join("\n"));
}
