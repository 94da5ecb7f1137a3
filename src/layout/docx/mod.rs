//! DOCX: a document that people go on editing. Built with docx-rs; what that cannot say or
//! says in an order that the schema does not have is put right over the finished parts.

mod body;
mod correct;
mod order;
mod package;
mod page;
mod styles;
mod table;
mod text;
mod xml;

use docx_rs::Docx as WordDocument;

use super::kit::Kit;
use crate::diagnostic::{Diagnostic, Exit};
use crate::document::Document;
use body::Body;
use package::Part;

/// Writes a document as DOCX.
pub fn docx(document: &Document, kit: &Kit) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut body = Body::new(kit.fonts());
    body.write(document);
    let errors = body.findings.errors(document);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut word = page::set_up(WordDocument::new(), document.meta.draft);
    word.document.children = body.children;
    let parts = parts(document, word).ok_or_else(|| vec![fault("DOCX 的内部文件不完整")])?;
    package::zip(&parts).map_err(|error| vec![fault(&error.to_string())])
}

/// All parts in the order of the archive.
fn parts(document: &Document, word: WordDocument) -> Option<Vec<Part>> {
    let made = word.build();
    let mut parts = vec![
        package::relations(),
        ("word/document.xml".to_owned(), correct::text_part(&made.document)?),
        package::document_relations(&made.document_rels)?,
        (
            "word/styles.xml".to_owned(),
            xml::bytes(&{
                let mut styles = styles::part();
                order::sort(&mut styles);
                styles
            }),
        ),
        package::settings(),
        package::font_table(),
    ];
    for (i, header) in made.headers.iter().enumerate() {
        parts.push((format!("word/header{}.xml", i + 1), correct::text_part(header)?));
    }
    for (i, footer) in made.footers.iter().enumerate() {
        parts.push((format!("word/footer{}.xml", i + 1), correct::text_part(footer)?));
    }
    for (name, bytes) in made.media {
        parts.push((format!("word/media/{name}.png"), bytes));
    }
    parts.extend(package::properties(document));
    parts.insert(0, package::content_types(&parts));
    Some(parts)
}

fn fault(message: &str) -> Diagnostic {
    Diagnostic::error("L098", format!("生成 DOCX 时出现程序内部错误：{message}"))
        .help("这是程序的缺陷，请连同数据文件反馈")
        .exit(Exit::Fault)
}
