//! A Word file as a template: its paragraphs become the text of a pack, with a way back from every
//! byte to the paragraph and the tag. The text is the pack's own language (Markdown through the engine),
//! so whatever holds for a pack holds for a Word file; characters that Markdown would read as marks are
//! written so that it does not.

mod blocks;
mod caption;
mod fenced;
mod hoist;
mod lines;
mod lost;
mod made;
mod scan;
mod table;
mod words;
mod writer;

use lines::Lines;
use made::Made;
pub use made::{Around, EMBEDDED, Embedded, WordText};
use std::path::Path;

use super::text::TemplateText;
use crate::diagnostic::{Diagnostic, Origin, Script, Source, SourceId, SourceMap};
use crate::source::docx::{self, Document, Outline};

/// Adds a Word file to the sources: its paragraphs are the lines.
pub fn add_source(path: &Path, document: Option<&Document>, sources: &mut SourceMap) -> SourceId {
    let shown = crate::source::file::display_name(path);
    let lines = document.map(Lines::of).unwrap_or_default();
    let text = document.is_some().then(|| lines.text.as_str().into());
    let source =
        sources.add(Source { path: path.to_path_buf(), name: shown, text, sheets: Vec::new(), sha256: String::new() });
    sources.set_paragraphs(source, lines.places);
    source
}

/// Reads a Word file as a template.
pub fn read(path: &Path, bytes: &[u8], names: [&str; 2], sources: &mut SourceMap) -> Result<WordText, Box<Diagnostic>> {
    let shown = crate::source::file::display_name(path);
    let source = sources.add(Source {
        path: path.to_path_buf(),
        name: shown,
        text: None,
        sheets: Vec::new(),
        sha256: String::new(),
    });
    let document = docx::read(bytes).map_err(|found| Box::new(found.at(Origin::whole(source))))?;
    let lines = Lines::of(&document);
    sources.get_mut(source).text = Some(lines.text.as_str().into());
    sources.set_paragraphs(source, lines.places.clone());
    let whole = Script::whole(lines.text.as_str(), source);
    Ok(made(&document, bytes, &lines, &whole, names))
}

fn made(document: &Document, bytes: &[u8], lines: &Lines, whole: &Script, names: [&str; 2]) -> WordText {
    let outline = Outline::of(document);
    let mut maker = blocks::Maker::new(document, &outline, lines, bytes);
    let body = maker.body();
    let [report, title] = names;
    let template =
        |name: &str, made: Made| TemplateText { name: name.into(), script: whole.part(made.text, made.shifts) };
    let around = maker.around().into_iter().enumerate().map(|(i, (key, made))| {
        let name = format!("{report}#{key}{i}");
        let text = template(&name, made);
        let origin = text.script.place(0..text.script.text.len());
        (Around { key, template: name, origin }, text)
    });
    let annexes = maker.annexes().into_iter().enumerate().map(|(i, (title, text, landscape))| {
        let name = format!("{report}#附件{}", i + 1);
        (template(&format!("{name}标题"), title), template(&name, text), landscape)
    });
    let annexes = annexes.collect();
    WordText {
        annexes,
        source: whole.source,
        around: around.collect(),
        title: maker.title().map(|made| template(title, made)),
        text: template(report, body),
        lost: lost::told(document, &outline, &maker.left_out).map(|told| told.at(Origin::whole(whole.source))),
        pictures: maker.pictures,
    }
}
