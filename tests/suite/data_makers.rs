//! Workbooks of every format with numbers in cells of any number format, written by the tests.

use std::io::{Cursor, Write};

use crate::data_formats::package;
use crate::data_twins::{Content, xlsb};

/// A number in a cell of a format.
#[derive(Clone, Debug)]
pub struct Sample {
    pub code: String,
    pub value: f64,
    /// What the cell shows.
    pub shown: String,
    pub ods: Ods,
}

/// The same in an .ods: elements of data styles, of which the last is the cell's own (`N` is
/// the name that they begin with), and the type and value of the cell.
#[derive(Clone, Debug, Default)]
pub struct Ods {
    pub styles: String,
    pub attributes: String,
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub fn xlsx(samples: &[Sample]) -> Vec<u8> {
    let relation =
        |id: &str, kind: &str, target: &str| format!(r#"<Relationship Id="{id}" Type="x/{kind}" Target="{target}"/>"#);
    let (mut codes, mut styles, mut rows) = (String::new(), String::new(), String::new());
    for (i, sample) in samples.iter().enumerate() {
        codes += &format!(r#"<numFmt numFmtId="{}" formatCode="{}"/>"#, 164 + i, escape(&sample.code));
        styles += &format!(r#"<xf numFmtId="{}"/>"#, 164 + i);
        rows += &format!(r#"<row r="{0}"><c r="B{0}" s="{i}"><v>{1}</v></c></row>"#, i + 1, sample.value);
    }
    let styles = format!("<styleSheet><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>");
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="乡镇" r:id="r1"/></sheets></workbook>"#;
    let relations = relation("r1", "worksheet", "worksheets/sheet1.xml") + &relation("r2", "styles", "styles.xml");
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "_rels/.rels",
            format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml"))
                .as_bytes(),
        ),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>").as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

pub fn as_xlsb(samples: &[Sample]) -> Vec<u8> {
    let cells: Vec<[Content<'_>; 2]> =
        samples.iter().enumerate().map(|(i, s)| [Content::Blank, Content::Number(s.value, i as u32 + 1)]).collect();
    let rows: Vec<&[Content<'_>]> = cells.iter().map(|row| &row[..]).collect();
    let codes: Vec<&str> = samples.iter().map(|s| s.code.as_str()).collect();
    xlsb(&rows, &codes, None)
}

pub fn ods(samples: &[Sample]) -> Vec<u8> {
    let (mut styles, mut rows) = (String::new(), String::new());
    for (i, sample) in samples.iter().enumerate() {
        let named = |text: &str| text.replace("\"N", &format!("\"N{i}x"));
        let text = escape(&sample.shown);
        styles += &named(&sample.ods.styles);
        styles +=
            &format!(r#"<style:style style:name="ce{i}" style:family="table-cell" style:data-style-name="N{i}x"/>"#);
        rows += &format!(
            r#"<table:table-row><table:table-cell/><table:table-cell table:style-name="ce{i}" {}><text:p>{text}</text:p></table:table-cell></table:table-row>"#,
            sample.ods.attributes
        );
    }
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:number="n"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="乡镇">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

pub fn csv(samples: &[Sample]) -> Vec<u8> {
    samples.iter().map(|s| format!("x,\"{}\"\n", s.shown.replace('"', "\"\""))).collect::<String>().into_bytes()
}

/// A record of the .xls.
pub fn record(id: u16, data: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// The texts of a version: UTF-16 with flags, or GBK; the length in `prefix` bytes.
fn text(text: &str, prefix: usize, wide: bool) -> Vec<u8> {
    let (length, body) = if wide {
        let units: Vec<u16> = text.encode_utf16().collect();
        (units.len(), [vec![1], units.iter().flat_map(|u| u.to_le_bytes()).collect()].concat())
    } else {
        let bytes = encoding_rs::GBK.encode(text).0.into_owned();
        (bytes.len(), bytes)
    };
    [&(length as u16).to_le_bytes()[..prefix], &body[..]].concat()
}

/// The stream of a workbook as Excel 97 (`wide`) or Excel 95 writes it, with `pass` where a
/// record about its encryption stands. The names in column A are texts.
pub fn xls_stream(samples: &[Sample], wide: bool, pass: Option<&[u8]>) -> Vec<u8> {
    let bof = |kind: u16| {
        let version: u16 = if wide { 0x600 } else { 0x500 };
        record(0x809, &[version.to_le_bytes(), kind.to_le_bytes(), [0; 2], [0; 2]].concat())
    };
    let mut out = bof(5);
    out.extend(pass.map(|pass| record(0x2F, pass)).unwrap_or_default());
    out.extend(record(0x42, &if wide { 1200u16 } else { 936 }.to_le_bytes()));
    for (i, sample) in samples.iter().enumerate() {
        let code = text(&sample.code, if wide { 2 } else { 1 }, wide);
        out.extend(record(0x41E, &[&(164 + i as u16).to_le_bytes()[..], &code].concat()));
    }
    for i in 0..samples.len() {
        let mut xf = [0u8; 20];
        xf[2..4].copy_from_slice(&(164 + i as u16).to_le_bytes());
        out.extend(record(0xE0, &xf));
    }
    let name = text("乡镇", 1, wide);
    let offset = out.len() + 4 + 6 + name.len() + 4;
    out.extend(record(0x85, &[&(offset as u32).to_le_bytes()[..], &[0, 0], &name].concat()));
    out.extend(record(0x0A, &[]));
    assert_eq!(out.len(), offset);
    out.extend(bof(0x10));
    for (i, sample) in samples.iter().enumerate() {
        let place =
            |column: u16, style: u16| [(i as u16).to_le_bytes(), column.to_le_bytes(), style.to_le_bytes()].concat();
        out.extend(record(0x204, &[place(0, 0), text(&format!("第{i}村"), 2, wide)].concat()));
        out.extend(record(0x203, &[place(1, i as u16), sample.value.to_le_bytes().to_vec()].concat()));
    }
    out.extend(record(0x0A, &[]));
    out
}

/// Streams in a compound file.
pub fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
    for (name, bytes) in streams {
        file.create_stream(format!("/{name}")).expect("a stream").write_all(bytes).expect("its bytes");
    }
    file.flush().expect("a compound file");
    file.into_inner().into_inner()
}

pub fn xls(samples: &[Sample]) -> Vec<u8> {
    container(&[("Workbook", &xls_stream(samples, true, None))])
}

/// As Excel 95 writes it.
pub fn old_xls(samples: &[Sample]) -> Vec<u8> {
    container(&[("Book", &xls_stream(samples, false, None))])
}
