//! The same workbook as .xlsx, .ods and .xls (written by LibreOffice, in `fixtures/twins`), as
//! .csv of its sheets and as .xlsb: each value the same.

use std::path::Path;

use huibao::dataset::{Dataset, Table, dump};
use huibao::source::workbook;

use crate::data_formats::package;
use crate::data_support::{read, told};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/twins").join(name);
    std::fs::read(path).expect("a fixture")
}

fn dataset(name: &str, bytes: &[u8]) -> (Dataset, String, String) {
    let loaded = read(&[(name, bytes)]);
    let said = told(&loaded).replace(name, "数据");
    let data = loaded.dataset.expect("data");
    let text = dump(&data, &loaded.sources);
    (data, text, said)
}

#[test]
fn xlsx_ods_and_xls_say_the_same() {
    let (_, text, said) = dataset("数据.xlsx", &fixture("数据.xlsx"));
    for name in ["数据.ods", "数据.xls"] {
        let (_, other, other_said) = dataset(name, &fixture(name));
        assert_eq!(text, other, "{name}");
        assert_eq!(said, other_said, "{name}");
    }
    insta::assert_snapshot!(format!("{text}----\n{said}"));
}

#[test]
fn csv_says_the_same_where_it_can() {
    let (data, ..) = dataset("数据.xlsx", &fixture("数据.xlsx"));
    let (csv, ..) = dataset("乡镇.csv", &fixture("乡镇.csv"));
    let (first, second) = (&data.years[&2026].tables["乡镇"], &csv.years[&0].tables["乡镇"]);
    assert_eq!(names(first), names(second));
    assert_eq!(first.records.len(), second.records.len());
    assert_eq!(first.totals.len(), second.totals.len());
    // Times and days with a time are exported in words of another country.
    let same = |i: usize, column: &str| column != "时间" && !(i == 1 && column == "建成日期");
    for (i, (a, b)) in first.records.iter().zip(&second.records).enumerate() {
        for (column, (x, y)) in first.columns.iter().zip(a.cells.iter().zip(&b.cells)) {
            if same(i, &column.name) {
                assert_eq!(x.value, y.value, "{}", column.name);
            }
        }
    }
}

fn names(table: &Table) -> Vec<&str> {
    table.columns.iter().map(|c| &*c.name).collect()
}

/// A record of the binary format: its number, its length, its data.
fn record(id: u32, data: &[u8]) -> Vec<u8> {
    let mut out = if id < 0x80 { vec![id as u8] } else { vec![id as u8 | 0x80, (id >> 7) as u8] };
    let mut length = data.len();
    loop {
        let byte = (length & 0x7F) as u8;
        length >>= 7;
        out.push(byte | if length > 0 { 0x80 } else { 0 });
        if length == 0 {
            break;
        }
    }
    out.extend_from_slice(data);
    out
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = (units.len() as u32).to_le_bytes().to_vec();
    out.extend(units.iter().flat_map(|u| u.to_le_bytes()));
    out
}

/// An .xlsb with the cells of another workbook's sheet, its formats and merged ranges.
pub fn xlsb(rows: &[&[Content<'_>]], formats: &[&str], merge: Option<[u32; 4]>) -> Vec<u8> {
    let rels = |kind: &str, target: &str| {
        format!(r#"<Relationships><Relationship Id="r1" Type="x/{kind}" Target="{target}"/></Relationships>"#)
    };
    let mut styles = Vec::new();
    for (i, code) in formats.iter().enumerate() {
        styles.extend(record(44, &[&(164 + i as u16).to_le_bytes()[..], &wide(code)].concat()));
    }
    styles.extend(record(617, &[]));
    styles.extend(record(47, &[0; 16]));
    for i in 0..formats.len() {
        let mut xf = [0u8; 16];
        xf[2..4].copy_from_slice(&(164 + i as u16).to_le_bytes());
        styles.extend(record(47, &xf));
    }
    styles.extend(record(618, &[]));
    let mut sheet = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        let mut header = [0u8; 17];
        header[..4].copy_from_slice(&(row as u32).to_le_bytes());
        sheet.extend(record(0, &header));
        for (column, cell) in cells.iter().enumerate() {
            let head = |style: u32| [(column as u32).to_le_bytes(), style.to_le_bytes()].concat();
            match cell {
                Content::Text(text) => sheet.extend(record(6, &[head(0), wide(text)].concat())),
                Content::Number(value, style) => {
                    sheet.extend(record(5, &[head(*style), value.to_le_bytes().to_vec()].concat()));
                }
                Content::Error(code) => sheet.extend(record(3, &[head(0), vec![*code]].concat())),
                Content::Blank => {}
            }
        }
    }
    if let Some([r1, r2, c1, c2]) = merge {
        sheet.extend(record(176, &[r1, r2, c1, c2].map(u32::to_le_bytes).concat()));
    }
    let bundle = [&[0u8; 8][..], &wide("r1"), &wide("乡镇")].concat();
    let relations = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="r2" Type="x/styles" Target="styles.bin"/></Relationships>"#;
    package(&[
        ("_rels/.rels", rels("officeDocument", "xl/workbook.bin").as_bytes()),
        ("xl/workbook.bin", &record(156, &bundle)),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

pub enum Content<'a> {
    Text(&'a str),
    Number(f64, u32),
    Error(u8),
    Blank,
}

#[test]
fn xlsb_says_the_same() {
    use Content::{Blank, Error, Number, Text};
    let bytes = xlsb(
        &[
            &[Text("镇"), Text("村"), Text("面积（㎡）"), Text("比率"), Text("日期")],
            &[Text("云溪镇"), Text("上村"), Number(60.0, 0), Number(0.783, 1), Number(46295.0, 2)],
            &[Blank, Text("下村"), Number(45.5, 3), Number(0.5, 1), Text("2026.9.30")],
            &[Text("石桥镇"), Text("东村"), Text("无"), Error(0x07), Blank],
        ],
        &["0.0%", "yyyy\"年\"m\"月\"d\"日\"", "0.00"],
        Some([1, 2, 0, 0]),
    );
    let (_, text, said) = dataset("数据.xlsb", &bytes);
    insta::assert_snapshot!(format!("{text}----\n{said}"));
}

#[test]
fn formats_are_recognised_by_content() {
    for (name, bytes) in
        [("数据.xlsx", fixture("数据.xls")), ("数据.xls", fixture("数据.ods")), ("数据.et", fixture("数据.xlsx"))]
    {
        let (book, remarks) = workbook::read(&bytes, name).expect("a workbook");
        assert_eq!(book.sheets.len(), 6, "{name}");
        assert_eq!(remarks.len(), 1, "{name}: the extension is remarked upon");
    }
    // .et is the .xls of WPS.
    assert!(workbook::read(&fixture("数据.xls"), "数据.et").expect("a workbook").1.is_empty());
}
