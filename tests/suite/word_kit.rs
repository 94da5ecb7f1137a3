//! Word files made by hand, as Word, WPS, LibreOffice, pandoc and python-docx write them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A file: its body, and further parts by name, each with the kind of its relationship.
#[derive(Clone, Default)]
pub struct Docx {
    pub body: String,
    pub parts: Vec<(String, String, Vec<u8>)>,
    /// A namespace in the place of the usual one.
    pub space: Option<&'static str>,
}

impl Docx {
    pub fn new(body: impl AsRef<str>) -> Docx {
        Docx { body: body.as_ref().to_string(), ..Docx::default() }
    }

    /// A part beside the text: `styles`, `word/styles.xml`, its XML without the declaration.
    pub fn with(mut self, kind: &str, name: &str, bytes: impl AsRef<[u8]>) -> Docx {
        self.parts.push((kind.into(), name.into(), bytes.as_ref().to_vec()));
        self
    }

    /// `styles.xml` with what is inside its root.
    pub fn styles(self, inner: &str) -> Docx {
        self.with("styles", "word/styles.xml", format!("<w:styles xmlns:w=\"{W}\">{inner}</w:styles>"))
    }

    /// `numbering.xml` in the same way.
    pub fn numbering(self, inner: &str) -> Docx {
        self.with("numbering", "word/numbering.xml", format!("<w:numbering xmlns:w=\"{W}\">{inner}</w:numbering>"))
    }

    pub fn xml(&self) -> String {
        let space = self.space.unwrap_or(W);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document xmlns:w=\"{space}\" xmlns:r=\"{RELATIONS}\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><w:body>{}\
             <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>",
            self.body
        )
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |name: &str, bytes: &[u8]| {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        };
        let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        let overrides: String = (self.parts.iter().filter(|(_, name, _)| name.ends_with(".xml")))
            .map(|(kind_of, name, _)| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}.{kind_of}+xml\"/>"))
            .collect();
        put(
            "[Content_Types].xml",
            format!(
                "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
                 <Override PartName=\"/word/document.xml\" ContentType=\"{kind}.document.main+xml\"/>{overrides}</Types>"
            )
            .as_bytes(),
        );
        let relations = |inner: &str| {
            format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
            )
        };
        let office =
            format!("<Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>");
        put("_rels/.rels", relations(&office).as_bytes());
        put("word/document.xml", self.xml().as_bytes());
        let own: String = (self.parts.iter().enumerate())
            .map(|(i, (kind, name, _))| {
                format!("<Relationship Id=\"rId{}\" Type=\"{RELATIONS}/{kind}\" Target=\"/{name}\"/>", i + 1)
            })
            .collect();
        put("word/_rels/document.xml.rels", relations(&own).as_bytes());
        for (_, name, bytes) in &self.parts {
            put(name, bytes);
        }
        zip.finish().unwrap().into_inner()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A run with properties.
pub fn run(text: &str, properties: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// A paragraph of runs, or of one text, with properties.
pub fn set(properties: &str, inner: &str) -> String {
    let xml = ["<w:", "<m:", "<mc:"].iter().any(|tag| inner.starts_with(tag));
    let inner = if xml || inner.is_empty() { inner.to_string() } else { run(inner, "") };
    let properties = if properties.is_empty() { String::new() } else { format!("<w:pPr>{properties}</w:pPr>") };
    format!("<w:p>{properties}{inner}</w:p>")
}

/// A paragraph.
pub fn par(inner: &str) -> String {
    set("", inner)
}

/// A paragraph of a style.
pub fn styled(style: &str, inner: &str) -> String {
    set(&format!("<w:pStyle w:val=\"{style}\"/>"), inner)
}

/// A title as a clerk sets it: large and in the middle.
pub fn title(text: &str) -> String {
    set(CENTER, &run(text, "<w:sz w:val=\"44\"/>"))
}

pub const CENTER: &str = "<w:jc w:val=\"center\"/>";
pub const RIGHT: &str = "<w:jc w:val=\"right\"/>";
pub const BOLD: &str = "<w:b/>";
pub const KAI: &str = "<w:rFonts w:eastAsia=\"楷体_GB2312\"/>";

/// A cell with properties.
pub fn cell(properties: &str, inner: &str) -> String {
    let inner = if inner.starts_with("<w:p") || inner.starts_with("<w:tbl") { inner.to_string() } else { par(inner) };
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
}

/// A row of cells, each a text or a made cell.
pub fn row(cells: &[&str]) -> String {
    let cells: String =
        (cells.iter()).map(|text| if text.starts_with("<w:tc") { text.to_string() } else { cell("", text) }).collect();
    format!("<w:tr>{cells}</w:tr>")
}

pub fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat())
}

/// A drawing of a picture by its relationship.
pub fn picture(relation: &str, alt: &str) -> String {
    format!(
        "<w:r><w:drawing><wp:inline><wp:extent cx=\"900\" cy=\"900\"/><wp:docPr id=\"1\" name=\"图1\" descr=\"{alt}\"/><a:graphic><a:graphicData>\
         <pic:pic><pic:blipFill><a:blip r:embed=\"{relation}\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// The smallest picture.
pub fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(2, 2, image::Rgb([200, 30, 30]));
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}
