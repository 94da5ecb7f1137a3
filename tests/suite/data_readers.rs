//! What each reader must not stumble over.

use huibao::source::sheet::{RawValue, Sheet};
use huibao::source::workbook;

use crate::data_formats::{HEADER, ods, package, xlsx};
use crate::data_makers::{Sample, container, old_xls, record};
use crate::data_support::{read, told};

fn sheet(bytes: &[u8], name: &str) -> Sheet {
    let (mut book, _) = workbook::read(bytes, name).unwrap_or_else(|e| panic!("{name}: {e:?}"));
    book.sheets.swap_remove(0)
}

fn text(sheet: &Sheet, row: u32, column: u32) -> String {
    match sheet.cell(row, column).map(|c| &c.value) {
        Some(RawValue::Text(text)) => text.to_string(),
        other => format!("{other:?}"),
    }
}

/// An .xls whose table of shared texts is cut into records of so many bytes.
fn shared(texts: &[String], cut: usize) -> Vec<u8> {
    let bof = |kind: u16| record(0x809, &[0x600u16.to_le_bytes(), kind.to_le_bytes()].concat());
    let mut pieces: Vec<Vec<u8>> =
        vec![[(texts.len() as u32).to_le_bytes(), (texts.len() as u32).to_le_bytes()].concat()];
    for text in texts {
        let units: Vec<u16> = text.encode_utf16().collect();
        let head = [&(units.len() as u16).to_le_bytes()[..], &[1]].concat();
        // A head stays whole; a text goes on in a new record with its flags again.
        if pieces.last().is_some_and(|p| p.len() + head.len() > cut) {
            pieces.push(Vec::new());
        }
        pieces.last_mut().expect("a piece").extend(head);
        for unit in units {
            if pieces.last().is_some_and(|p| p.len() + 2 > cut) {
                pieces.push(vec![1]);
            }
            pieces.last_mut().expect("a piece").extend(unit.to_le_bytes());
        }
    }
    let mut out = bof(5);
    let offset = |out: &[u8]| out.len();
    for (i, piece) in pieces.iter().enumerate() {
        out.extend(record(if i == 0 { 0xFC } else { 0x3C }, piece));
    }
    let at = offset(&out) + 4 + 6 + 4 + 4;
    out.extend(record(0x85, &[&(at as u32).to_le_bytes()[..], &[0, 0, 2, 0, b'a', b'b']].concat()));
    out.extend(record(0x0A, &[]));
    out.extend(bof(0x10));
    for i in 0..texts.len() {
        out.extend(record(0xFD, &[&(i as u16).to_le_bytes()[..], &[0; 4], &(i as u32).to_le_bytes()].concat()));
    }
    out.extend(record(0x0A, &[]));
    container(&[("Workbook", &out)])
}

#[test]
fn shared_texts_cut_at_any_place() {
    let texts: Vec<String> = (0..60).map(|i| format!("云溪镇第{i}村{}", "站".repeat(i % 7))).collect();
    // Among these cuts are many right behind a head.
    for cut in 40..120 {
        let sheet = sheet(&shared(&texts, cut), "名.xls");
        let found: Vec<String> = (0..texts.len() as u32).map(|row| text(&sheet, row, 0)).collect();
        assert_eq!(found, texts, "records of {cut} bytes");
    }
}

#[test]
fn texts_of_excel_95_are_in_its_code_page() {
    let sample = |code: &str, value| Sample { code: code.into(), value, shown: String::new(), ods: Default::default() };
    let bytes = old_xls(&[sample("0.0\"万元\"", 31.86), sample("yyyy\"年\"m\"月\"", 46295.0), sample("0.0%", 0.783)]);
    let (book, remarks) = workbook::read(&bytes, "旧.xls").expect("a workbook");
    assert!(remarks.is_empty());
    let sheet = &book.sheets[0];
    assert_eq!((sheet.name.as_str(), text(sheet, 2, 0).as_str()), ("乡镇", "第2村"));
    let shown: Vec<_> = (0..3).map(|row| sheet.cell(row, 1).and_then(|c| c.shown.as_deref()).unwrap_or("")).collect();
    assert_eq!(shown, ["31.9万元", "2026年9月", "78.3%"]);
}

#[test]
fn escaped_characters_in_every_kind_of_text() {
    let bytes = xlsx(&format!(
        "{HEADER}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>_xD842__xDFB7_村</t></is></c><c r=\"B2\" t=\"str\"><f>A1</f><v>第一行_x000D_\r\n第二行</v></c></row>"
    ));
    let sheet = sheet(&bytes, "数据.xlsx");
    assert_eq!(text(&sheet, 1, 0), "𠮷村");
    assert_eq!(text(&sheet, 1, 1), "第一行\r\n第二行");
    let read = read(&[("数据.xlsx", &bytes)]);
    let cell = &read.dataset.as_ref().expect("data").years[&0].tables["乡镇"].records[0].cells[1];
    assert_eq!(&*cell.shown, "第一行\n第二行");
}

/// A text with its own section shows more than it holds.
#[test]
fn texts_by_their_format() {
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="@&quot;镇&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    let bytes = with_part(
        &xlsx(&format!(
            "{HEADER}<row r=\"2\"><c r=\"A2\" s=\"1\" t=\"str\"><v>云溪</v></c><c r=\"B2\" s=\"1\"><v>36</v></c></row>"
        )),
        "xl/styles.xml",
        styles.as_bytes(),
    );
    let sheet = sheet(&bytes, "数据.xlsx");
    assert_eq!(text(&sheet, 1, 0), "云溪镇");
    assert!(matches!(sheet.cell(1, 1).expect("a cell").value, RawValue::Number(_)));
}

/// The package with one more part.
fn with_part(bytes: &[u8], name: &str, part: &[u8]) -> Vec<u8> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|i| {
            let mut file = archive.by_index(i).expect("a part");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("its bytes");
            (file.name().to_string(), content)
        })
        .collect();
    parts.push((name.to_string(), part.to_vec()));
    package(&parts.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect::<Vec<_>>())
}

#[test]
fn pictures_in_cells_are_told_as_pictures() {
    let wps = "_xlfn.DISPIMG(&quot;ID_61A4&quot;,1)";
    let row = |cell: &str| format!("{HEADER}<row r=\"2\"><c r=\"A2\" t=\"str\"><v>云溪镇</v></c>{cell}</row>");
    let files = [
        xlsx(&row(&format!("<c r=\"B2\" t=\"str\"><f>{wps}</f><v>=DISPIMG(&quot;ID_61A4&quot;,1)</v></c>"))),
        // Saved again by a program that does not know the function.
        xlsx(&row(&format!("<c r=\"B2\" t=\"e\"><f>{wps}</f><v>#NAME?</v></c>"))),
        // As Excel puts a picture into a cell.
        with_part(
            &xlsx(&row("<c r=\"B2\" t=\"e\" vm=\"1\"><v>#VALUE!</v></c>")),
            "xl/richData/richValueRel.xml",
            b"<r/>",
        ),
        ods(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>名称</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>数</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type=\"string\"><text:p>云溪镇</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>=DISPIMG(\"ID_61A4\",1)</text:p></table:table-cell></table:table-row>",
        ),
        "名称,数\n云溪镇,\"=DISPIMG(\"\"ID_61A4\"\",1)\"\n".as_bytes().to_vec(),
    ];
    for (bytes, name) in files.iter().zip(["乡镇.xlsx", "乡镇.xlsx", "乡镇.xlsx", "乡镇.ods", "乡镇.csv"]) {
        let said = told(&read(&[(name, bytes)]));
        let lines: Vec<&str> = said.lines().filter(|l| l.starts_with("错误")).collect();
        assert_eq!(
            lines,
            [format!("错误[D044] {name} 乡镇!B2（云溪镇 · 数）：单元格里是一张图片，不是文字或数")],
            "{said}"
        );
    }
    // An error of another kind beside pictures elsewhere is an error.
    let other =
        with_part(&xlsx(&row("<c r=\"B2\" t=\"e\"><v>#VALUE!</v></c>")), "xl/richData/richValueRel.xml", b"<r/>");
    assert!(told(&read(&[("乡镇.xlsx", &other)])).contains("D040"));
}

#[test]
fn repetition_is_refused_where_it_fills_memory() {
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf numFmtId=\"10\"/>".repeat(60_000));
    let row = format!(
        "{HEADER}<row r=\"2\"><c r=\"A2\" t=\"str\"><v>甲</v></c><c r=\"B2\" s=\"59999\"><v>0.783</v></c></row>"
    );
    let fat = with_part(&xlsx(&row), "xl/styles.xml", styles.as_bytes());
    assert!(styles.len() > 100 * fat.len(), "the list is nearly all repetition");
    assert_eq!(sheet(&fat, "胖.xlsx").cell(1, 1).and_then(|c| c.shown.as_deref()), Some("78.30%"));
    // Each part alone would be let through.
    let blank = vec![b' '; 14 << 20];
    let parts = with_part(&with_part(&xlsx(&row), "xl/styles.xml", &blank), "xl/sharedStrings.xml", &blank);
    assert_eq!(workbook::read(&parts, "炸弹.xlsx").expect_err("a bomb").code.name(), "S021");
}

#[test]
fn an_ods_formula_without_a_type_gave_an_empty_text() {
    let row = |cells: &str| {
        format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>名称</text:p></table:table-cell>{cells}</table:table-row>"
        )
    };
    let untyped = "<table:table-cell table:formula=\"of:=[.A1]&amp;[.Z9]\"/>";
    let result = "<table:table-cell table:formula=\"of:=1+2\" office:value-type=\"float\" office:value=\"3\"><text:p>3</text:p></table:table-cell>";
    let calculated = sheet(&ods(&row(&format!("{untyped}{result}"))), "数.ods");
    assert!(calculated.cell(0, 1).is_none());
    assert!(matches!(calculated.cell(0, 2).expect("a cell").value, RawValue::Number(_)));
    // Nothing says that anything was ever calculated.
    let never = sheet(&ods(&row(untyped)), "数.ods");
    assert!(matches!(never.cell(0, 1).expect("a cell").value, RawValue::Uncalculated(_)));
    let made = with_part(&ods(&row(untyped)), "meta.xml", b"<m><generator>LibreOffice/24.2</generator></m>");
    assert!(sheet(&made, "数.ods").cell(0, 1).is_none());
}

#[test]
fn long_numbers_that_a_text_file_lost() {
    let said = |value: &str| told(&read(&[("乡镇.csv", format!("名称,数\n云溪镇,{value}\n").as_bytes())]));
    assert!(said("1.10101E+17").starts_with("警告[D126] 乡镇.csv 乡镇!B2（云溪镇 · 数）：“1.10101E+17”是科学记数法"));
    assert!(said("-3E+15").contains("D126"));
    for other in ["110101", "1E5", "E+17", "12.5E+3", "0.00E+00", "1.1E+1x"] {
        assert!(!said(other).contains("D126"), "{other}");
    }
}

#[test]
fn blanks_inside_a_number_are_not_printed() {
    for blank in [' ', '\u{A0}', '\u{202F}', '\u{2009}', '\u{3000}'] {
        let read = read(&[("乡镇.csv", format!("名称,数\n云溪镇,1{blank}280\n").as_bytes())]);
        let cell = &read.dataset.as_ref().expect("data").years[&0].tables["乡镇"].records[0].cells[1];
        assert_eq!((cell.number().map(|n| n.decimal.to_string()).as_deref(), &*cell.shown), (Some("1280"), "1280"));
        assert!(told(&read).contains("按 1280 读取"));
    }
}

/// A cell's own style, else that of its row, else that of its column; a style may rest on another.
#[test]
fn styles_of_ods_cells_rows_and_columns() {
    let style = |name: &str, kind: &str, inner: &str| {
        format!(
            "<number:{kind}-style style:name=\"{name}\"><number:number number:decimal-places=\"1\" {inner}/></number:{kind}-style>"
        )
    };
    let cell_style =
        |name: &str, more: &str| format!("<style:style style:name=\"{name}\" style:family=\"table-cell\" {more}/>");
    let cell = |style: &str| {
        let style = if style.is_empty() { String::new() } else { format!("table:style-name=\"{style}\"") };
        format!(
            "<table:table-cell {style} office:value-type=\"float\" office:value=\"5000\"><text:p>看到的</text:p></table:table-cell>"
        )
    };
    let styles = format!(
        "<office:document-styles>{}{}{}</office:document-styles>",
        style("N1", "percentage", ""),
        style("N2", "number", "number:display-factor=\"1000\""),
        cell_style("Share", "style:data-style-name=\"N1\"")
    );
    let table = format!(
        "<table:table-column table:number-columns-repeated=\"2\" table:default-cell-style-name=\"share\"/><table:table-column table:default-cell-style-name=\"thousands\"/><table:table-row>{}{}{}</table:table-row><table:table-row table:default-cell-style-name=\"thousands\">{}{}</table:table-row>",
        cell(""),
        cell("thousands"),
        cell(""),
        cell(""),
        cell("nothing"),
    );
    let content = format!(
        "<office:document-content xmlns:office=\"o\"><office:automatic-styles>{}{}{}</office:automatic-styles><office:body><table:table table:name=\"乡镇\">{table}</table:table></office:body></office:document-content>",
        cell_style("share", "style:parent-style-name=\"Share\""),
        cell_style("thousands", "style:data-style-name=\"N2\""),
        cell_style("nothing", ""),
    );
    let bytes = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("styles.xml", styles.as_bytes()),
        ("content.xml", content.as_bytes()),
    ]);
    let sheet = sheet(&bytes, "数.ods");
    let told = |row: u32, column: u32| match sheet.cell(row, column).map(|c| &c.value) {
        Some(RawValue::Number(n)) => format!("{:?} {}", n.kind, n.shift),
        other => format!("{other:?}"),
    };
    let all = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)].map(|(row, column)| told(row, column));
    assert_eq!(all, ["Percent 0", "Plain 3", "Plain 3", "Plain 3", "Plain 0"]);
}
