//! The parts around the document and the archive itself: fixed order, no clock.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::super::fonts::Choice;
use super::super::profile::Profile;
use super::super::standard::Face;
use super::drawing::{self, Content, Drawing};
use super::styles::{all, val};
use super::xml::{Element, Node, Part, W, bytes, parse};
use crate::document::{Document, record};

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Level of compression, of 9.
const LEVEL: i64 = 9;

/// Zips the parts in the order given.
pub fn zip(parts: &[Part]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, bytes) in parts {
        let pressed = [".png", ".jpeg", ".xlsx"].iter().any(|ending| path.ends_with(ending));
        let method = if pressed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = if pressed { options.compression_level(None) } else { options };
        archive.start_file(path.as_str(), options.compression_method(method))?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// `[Content_Types].xml` for the parts of the package.
pub fn content_types(parts: &[Part]) -> Part {
    let mut root = Element::new("Types").with("xmlns", format!("{PACKAGE}/content-types"));
    let kinds = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("jpeg", "image/jpeg"),
    ];
    // A reader may refuse to open a package that names what it does not know.
    let holds_books = parts.iter().any(|(path, _)| path.ends_with(".xlsx"));
    for (extension, kind) in kinds.into_iter().chain(holds_books.then_some(("xlsx", WORKBOOK))) {
        root = root.child(Element::new("Default").with("Extension", extension).with("ContentType", kind));
    }
    for (path, _) in parts {
        let Some(name) = path.strip_suffix(".xml") else { continue };
        let kind = match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "docProps/core" => "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
            "docProps/app" => "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
            "docProps/custom" => "application/vnd.openxmlformats-officedocument.custom-properties+xml".to_owned(),
            "word/charts/chart" => "application/vnd.openxmlformats-officedocument.drawingml.chart+xml".to_owned(),
            "word/document" => format!("{WORD}.document.main+xml"),
            word => format!("{WORD}.{}+xml", word.trim_start_matches("word/")),
        };
        root = root.child(Element::new("Override").with("PartName", format!("/{path}")).with("ContentType", kind));
    }
    ("[Content_Types].xml".to_owned(), bytes(&root))
}

/// `_rels/.rels`.
pub fn relations() -> Part {
    let list = [
        (format!("{OFFICE}/officeDocument"), "word/document.xml"),
        (format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
        (format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
        (format!("{OFFICE}/custom-properties"), "docProps/custom.xml"),
    ];
    let relation = |(i, (kind, target)): (usize, &(String, &str))| {
        Element::new("Relationship").with("Id", format!("rId{}", i + 1)).with("Type", kind).with("Target", target)
    };
    let root = list.iter().enumerate().map(relation).fold(Element::new("Relationships"), Element::child);
    ("_rels/.rels".to_owned(), bytes(&root.with("xmlns", RELATIONS)))
}

/// `docProps/`: title, unit and date of the document; the template and the data it was made from, and what it
/// remembers of its text.
pub fn properties(document: &Document) -> [Part; 3] {
    let meta = &document.meta;
    let mut core = Element::new("cp:coreProperties")
        .with("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .child(Element::new("dc:title").text(&meta.title))
        .child(Element::new("dc:creator").text(&meta.author))
        .child(Element::new("dc:language").text("zh-CN"));
    if let Some((date, day)) = meta.date.and_then(|date| Some((date, date.day?))) {
        let stamp = format!("{:04}-{:02}-{:02}T00:00:00Z", date.year, date.month, day);
        for name in ["dcterms:created", "dcterms:modified"] {
            core = core.child(Element::new(name).with("xsi:type", "dcterms:W3CDTF").text(&stamp));
        }
    }
    let app = Element::new("Properties")
        .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .child(Element::new("Application").text("huibao"))
        .child(Element::new("Company").text(&meta.author));
    let mut facts = vec![("模板".to_owned(), meta.template.to_string())];
    for (i, (name, hash)) in meta.sources.iter().enumerate() {
        let number = if meta.sources.len() > 1 { (i + 1).to_string() } else { String::new() };
        facts.push((format!("数据文件{number}"), name.to_string()));
        facts.push((format!("数据文件{number} SHA-256"), hash.to_string()));
    }
    let pieces = record::write(&record::of(document)).into_iter().enumerate();
    facts.extend(pieces.map(|(i, piece)| (format!("{}{}", record::PROPERTY, i + 1), piece)));
    let mut custom = Element::new("Properties")
        .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties")
        .with("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes");
    for (i, (name, value)) in facts.iter().enumerate() {
        let property = Element::new("property")
            .with("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
            .with("pid", i + 2)
            .with("name", name);
        custom = custom.child(property.child(Element::new("vt:lpwstr").text(value)));
    }
    [("core", core), ("app", app), ("custom", custom)]
        .map(|(name, root)| (format!("docProps/{name}.xml"), bytes(&root)))
}

/// `word/settings.xml`. Whatever it says has its line in docs/layout.md (*Readers*): a setting that
/// nobody needs is one more that moves line ends in some word processor.
pub fn settings(profile: &Profile) -> Part {
    let mode = Element::new("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", 15);
    let mirrored = profile.mirrored.then(|| Element::new("w:mirrorMargins"));
    let root = all(
        "w:settings",
        mirrored.into_iter().chain([
            Element::new("w:evenAndOddHeaders"),
            // Marks are full width: the lines of the PDF hold no others.
            val("w:characterSpacingControl", "doNotCompress"),
            all("w:compat", [Element::new("w:doNotExpandShiftReturn"), mode]),
        ]),
    );
    ("word/settings.xml".to_owned(), bytes(&root.with("xmlns:w", W)))
}

/// `word/fontTable.xml`: the faces named, each with one that may stand in for it.
pub fn font_table(names: &Choice) -> Part {
    let font = |(name, other, family): (&str, &str, &str), charset: &str| {
        let font = Element::new("w:font").with("w:name", name);
        let font = if other.is_empty() { font } else { font.child(val("w:altName", other)) };
        font.child(val("w:charset", charset)).child(val("w:family", family)).child(val("w:pitch", "default"))
    };
    let classes = [
        (Face::FangSong, "仿宋", "modern"),
        (Face::Kai, "楷体", "modern"),
        (Face::Hei, "SimHei", "modern"),
        (Face::XiaoBiaoSong, "华文中宋", "auto"),
        (Face::Song, "SimSun", "auto"),
    ];
    // Where a named family is missing, the standard's own stands in.
    let class = |(face, other, family): (Face, _, _)| match names.named(face) {
        Some(name) if name != face.office() => font((name, face.office(), family), "86"),
        _ => font((face.office(), other, family), "86"),
    };
    // One family may be named for two classes.
    let first = |i: usize| classes[..i].iter().all(|other| names.office(other.0) != names.office(classes[i].0));
    let each = (0..classes.len()).filter(|&i| first(i)).map(|i| class(classes[i]));
    let root = all("w:fonts", each).child(font(("Times New Roman", "", "roman"), "00"));
    ("word/fontTable.xml".to_owned(), bytes(&root.with("xmlns:w", W)))
}

/// `word/_rels/document.xml.rels`: without the relations to parts that are not packed, with
/// those to pictures and to further parts (kind, id and target).
pub fn document_relations(
    made: &[u8],
    drawings: &[Drawing],
    further: Vec<(&str, &str, &str)>,
    comments: bool,
) -> Option<Part> {
    let mut root = parse(made)?;
    root.retain(|relation| {
        let kind = relation.get("Type").unwrap_or_default();
        !(kind.ends_with("/commentsExtended") || kind.ends_with("/image"))
    });
    for (i, drawing) in drawings.iter().enumerate() {
        let (kind, target) = drawing.target(i);
        let relation = Element::new("Relationship")
            .with("Id", drawing::relation(i))
            .with("Type", format!("{OFFICE}/{kind}"))
            .with("Target", target);
        root.children.push(Node::Element(relation));
    }
    for (kind, relation, target) in further {
        let kind = format!("{OFFICE}/{kind}");
        let element = Element::new("Relationship").with("Id", relation).with("Type", kind).with("Target", target);
        root.children.push(Node::Element(element));
    }
    if comments {
        let relation = Element::new("Relationship")
            .with("Id", super::comments::RELATION)
            .with("Type", format!("{OFFICE}/comments"))
            .with("Target", "comments.xml");
        root.children.push(Node::Element(relation));
    }
    Some(("word/_rels/document.xml.rels".to_owned(), bytes(&root)))
}

/// The parts of a drawing: a picture, or a chart with its workbook and the relation between them.
pub fn drawing_parts(index: usize, drawing: Drawing) -> Vec<Part> {
    let path = format!("word/{}", drawing.target(index).1);
    match drawing.content {
        Content::Picture { bytes, .. } => vec![(path, bytes)],
        Content::Chart(native) => {
            let number = index + 1;
            let relation = Element::new("Relationship")
                .with("Id", super::chart::WORKBOOK)
                .with("Type", format!("{OFFICE}/package"))
                .with("Target", format!("../embeddings/chart{number}.xlsx"));
            let relations = Element::new("Relationships").with("xmlns", RELATIONS).child(relation);
            vec![
                (path, native.xml),
                (format!("word/charts/_rels/chart{number}.xml.rels"), bytes(&relations)),
                (format!("word/embeddings/chart{number}.xlsx"), native.book),
            ]
        }
    }
}
