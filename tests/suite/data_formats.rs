//! Formats by content, and every bad file that reliability asks for.

use std::io::{Cursor, Write};

use insta::assert_snapshot;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::data_support::{read, report, rows, told, workbook};

pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a package").into_inner()
}

/// The smallest .xlsx with this sheet.
pub fn xlsx(sheet_data: &str) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let root =
        r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="乡镇" r:id="r1"/></sheets></workbook>"#;
    let rels =
        r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let sheet = format!("<worksheet><sheetData>{sheet_data}</sheetData></worksheet>");
    package(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

pub const HEADER: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="B1" t="inlineStr"><is><t>数</t></is></c></row>"#;

#[test]
fn csv_in_utf8_and_gb18030() {
    let text = "青河区统计表,,\n名称,培训,,代码\n,场次,人次,\n云溪镇,5,\"1,250\",000001\n合计,5,1250,\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    let utf8 = report(&read(&[("乡镇.csv", text.as_bytes())]));
    assert_eq!(utf8, report(&read(&[("乡镇.csv", &gbk)])));
    assert_snapshot!(utf8);
}

#[test]
fn bad_names_and_contents() {
    let good = workbook(&[("乡镇", &|s| rows(s, 0, &[&["名称", "数"], &["甲", "1"]]))]);
    let cut = &good[..good.len() * 6 / 10];
    let files: &[(&str, &[u8])] = &[
        ("空.xlsx", b""),
        ("网页.xls", "<html><table><tr><td>1</td></tr></table></html>".as_bytes()),
        ("文本.xlsx", "名称,数\n甲,1\n".as_bytes()),
        ("报告.xlsx", b"%PDF-1.7"),
        ("截断.xlsx", cut),
        ("旧.xls", &[0x09, 0x04, 0x06, 0x00, 0x00, 0x00]),
        ("坏.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        ("文档.xlsx", &package(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")])),
        ("包.xlsx", &package(&[("a.txt", b"1")])),
        ("不认识.bin", &[1, 0, 2, 0, 3, 200, 0, 1]),
        ("其实是新的.xls", &good),
    ];
    let all: String = files.iter().map(|file| told(&read(&[*file]))).collect();
    assert_snapshot!(all);
}

#[test]
fn bad_packages() {
    let bomb = vec![b' '; 30 << 20];
    let many: Vec<(String, Vec<u8>)> = (0..1200).map(|i| (format!("xl/{i}"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    let mut twice = package(&[("xl/workbook.xml", b"<a/>"), ("xl/workbook.xmk", b"<b/>")]);
    // The writer refuses equal names; a byte in both places makes them equal.
    for at in 0..twice.len() - 3 {
        if &twice[at..at + 3] == b"xmk" {
            twice[at + 2] = b'l';
        }
    }
    let dtd = br#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>"#;
    let files: &[(&str, Vec<u8>)] = &[
        ("炸弹.xlsx", package(&[("xl/workbook.xml", &bomb)])),
        ("太多.xlsx", package(&many)),
        ("同名.xlsx", twice),
        ("出界.xlsx", package(&[("xl/../../etc/passwd", b"x")])),
        ("实体.xlsx", package(&[("xl/workbook.xml", dtd)])),
        ("缺件.xlsx", package(&[("xl/other.xml", b"<a/>")])),
        ("坏件.xlsx", package(&[("xl/workbook.xml", b"<workbook><sheets>")])),
    ];
    let all: String = files.iter().map(|(name, bytes)| told(&read(&[(name, bytes)]))).collect();
    assert_snapshot!(all);
}

#[test]
fn two_far_corners_cost_nothing() {
    let bytes = xlsx(&format!("{HEADER}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"));
    assert_snapshot!(report(&read(&[("角.xlsx", &bytes)])));
}

#[test]
fn odd_cells_of_xlsx() {
    let bytes = xlsx(&format!(
        "{HEADER}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>甲_x0008_乙&#8;丙</t><rPh><t>拼音</t></rPh></is></c><c r=\"B2\"><f>A1*2</f></c></row>\
         <row r=\"3\"><c t=\"inlineStr\"><is><r><t>丁</t></r><r><t>戊</t></r></is></c><c t=\"d\"><v>2026-09-30T00:00:00</v></c></row>\
         <row r=\"4\"><c r=\"A4\" t=\"str\"><v>己</v></c><c r=\"B4\"><v>1E300</v></c></row>\
         <row r=\"5\"><c r=\"A5\" t=\"e\"><v>#REF!</v></c><c r=\"B5\" t=\"b\"><v>1</v></c></row>"
    ));
    assert_snapshot!(report(&read(&[("单元格.xlsx", &bytes)])));
}

pub fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="乡镇">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

#[test]
fn ods_cells_show_their_text() {
    let cell = |kind: &str, text: &str| {
        format!("<table:table-cell office:value-type={kind}><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let text = "\"string\"";
    let bytes = ods(&[
        row(&[cell(text, "名称"), cell(text, "率"), cell(text, "日期"), cell(text, "数")]),
        row(&[
            cell(text, "云<text:s text:c=\"2\"/>溪"),
            cell("\"percentage\" office:value=\"0.783\"", "78.3%"),
            cell("\"date\" office:date-value=\"2026-09-30\"", "2026年9月30日"),
            cell("\"float\" office:value=\"1234.5\"", "1,234.50"),
        ]),
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>".to_string(),
    ].concat());
    assert_snapshot!(report(&read(&[("数据.ods", &bytes)])));
}

#[test]
fn ods_repeats_are_counted_before_they_are_made() {
    let bytes = ods(
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"1000\"><text:p>x</text:p></table:table-cell></table:table-row>",
    );
    assert_snapshot!(told(&read(&[("炸弹.ods", &bytes)])));
}

#[test]
fn files_that_cannot_be_read_at_all() {
    use huibao::dataset::{LoadOptions, load};
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("数据2026.xlsx"), b"").expect("a file");
    std::fs::write(dir.path().join("~$数据2026.xlsx"), b"").expect("a file");
    let paths = [dir.path().join("数据2025.xlsx"), dir.path().to_path_buf(), dir.path().join("~$数据2026.xlsx")];
    let loaded = load(&paths, &LoadOptions::default());
    let exits: Vec<u8> = loaded.diagnostics.iter().map(|d| d.exit.code()).collect();
    assert_eq!(exits, [3, 3, 1]);
    assert_snapshot!(told(&loaded).replace(&dir.path().display().to_string(), "某处").replace("某处\\", "某处/"));
}
