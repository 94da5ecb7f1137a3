//! DOCX: a document that people go on editing. Built with docx-rs; what that cannot say or
//! says in an order that the schema does not have is put right over the finished parts.

mod body;
mod chart;
mod comments;
mod correct;
mod drawing;
mod ends;
mod figure;
mod first;
mod masthead;
mod numbering;
mod order;
mod package;
mod page;
mod section;
mod styles;
mod table;
mod text;
mod xml;

use docx_rs::Docx as WordDocument;

use super::plan::Plan;
use super::profile::{ColophonPage, Profile};
use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use body::Body;
use drawing::Drawing;
use first::First;
use xml::Part;

impl Plan<'_> {
    /// Writes the plan as DOCX with an office's changes, with a comment on each figure that has a note;
    /// notes stand by the figures' numbers.
    pub fn docx(&self, profile: &Profile, notes: Option<&[String]>) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let document = self.document;
        let faces = text::Faces { fonts: self.fonts(), names: &profile.faces, marked: notes.is_some() };
        let mut body = Body::new(self, profile, &faces);
        body.write();
        if !body.faults.is_empty() {
            return Err(body.faults);
        }
        let mut word = page::set_up(WordDocument::new(), document.meta.draft, profile);
        if let Some(header) =
            self.head.as_ref().and_then(|head| first::header(head, &faces, &profile.grid, document.meta.draft))
        {
            word = word.first_header(header);
        }
        word.document.children = body.children;
        let lists = if profile.numbered { body.list } else { 0 };
        let made = Made { word, lists, drawings: body.drawings, first: First::of(self, profile) };
        let parts = parts(document, made, profile, notes).ok_or_else(|| vec![fault("DOCX 的内部文件不完整")])?;
        package::zip(&parts).map_err(|error| vec![fault(&error.to_string())])
    }
}

/// What was made of a plan.
struct Made {
    word: WordDocument,
    drawings: Vec<Drawing>,
    first: First,
    /// Lists that number the headings.
    lists: usize,
}

/// All parts in the order of the archive.
fn parts(document: &Document, made: Made, profile: &Profile, notes: Option<&[String]>) -> Option<Vec<Part>> {
    let Made { word, drawings, first, lists } = made;
    let made = word.build();
    let mut text = xml::parse(&made.document)?;
    drawing::complete(&mut text, &drawings);
    let sideways = section::sections(&mut text, profile, first);
    let behind_blank = profile.colophon == ColophonPage::AfterBlank;
    if behind_blank {
        section::without_number(&mut text);
    }
    let unnumbered = behind_blank || first == First::Unnumbered;
    let footers = section::relations(sideways, unnumbered).into_iter().chain(first.relation());
    let footers = footers.map(|(id, target)| ("footer", id, target));
    let list = (lists > 0).then_some(("numbering", numbering::RELATION.0, numbering::RELATION.1));
    let further = footers.chain(list).collect();
    let comments = notes.map(|notes| comments::comments(&mut text, notes));
    correct::text_part(&mut text);
    let mut styles = styles::part(profile, document.meta.kind);
    order::sort(&mut styles);
    let mut parts = vec![
        package::relations(),
        ("word/document.xml".to_owned(), xml::bytes(&text)),
        package::document_relations(&made.document_rels, &drawings, further, comments.is_some())?,
        ("word/styles.xml".to_owned(), xml::bytes(&styles)),
        package::settings(profile),
        package::font_table(&profile.faces),
    ];
    for (kind, made) in [("header", &made.headers), ("footer", &made.footers)] {
        for (i, part) in made.iter().enumerate() {
            let mut root = xml::parse(part)?;
            correct::text_part(&mut root);
            parts.push((format!("word/{kind}{}.xml", i + 1), xml::bytes(&root)));
        }
    }
    if sideways {
        parts.extend(section::footers(profile));
    }
    if unnumbered {
        parts.push(section::blank_footer());
    }
    parts.extend(first.part());
    parts.extend((lists > 0).then(|| numbering::part(profile, lists)));
    for (i, drawing) in drawings.into_iter().enumerate() {
        parts.extend(package::drawing_parts(i, drawing));
    }
    parts.extend(comments);
    parts.extend(package::properties(document));
    parts.insert(0, package::content_types(&parts));
    Some(parts)
}

fn fault(message: &str) -> Diagnostic {
    Diagnostic::new(codes::L098, format!("生成 DOCX 时出现程序内部错误：{message}"))
        .help("这是程序的缺陷，请连同数据文件反馈")
}
