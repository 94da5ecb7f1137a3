//! Marked copies: what is added, that nothing else changes, in every format.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use std::process::Command;

use huibao::diagnostic::Severity;
use huibao::mark::{self, Mark, Marks, Place};
use huibao::source::sheet::{RawValue, Sheet, Workbook};
use huibao::source::workbook;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::data_makers;
use super::data_support::rows;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of a package, compressed as they are and as text.
fn parts(bytes: &[u8]) -> BTreeMap<String, (Vec<u8>, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = BTreeMap::new();
    for i in 0..zip.len() {
        let (mut raw, mut plain) = (Vec::new(), Vec::new());
        zip.by_index_raw(i).unwrap().read_to_end(&mut raw).unwrap();
        let mut file = zip.by_index(i).unwrap();
        file.read_to_end(&mut plain).unwrap();
        found.insert(file.name().to_string(), (raw, plain));
    }
    found
}

/// The text of every part that the copy has and the workbook has not as it is.
fn changed(before: &[u8], after: &[u8]) -> String {
    let old = parts(before);
    let mut out = String::new();
    for (name, (raw, plain)) in parts(after) {
        if old.get(&name).is_none_or(|(known, _)| *known != raw) {
            let text = String::from_utf8(plain).unwrap().replace("><", ">\n<");
            out += &format!("==== {name}\n{text}\n");
        }
    }
    let lost: Vec<&String> = old.keys().filter(|name| !parts(after).contains_key(*name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    out
}

fn at(sheet: &str, row: u32, column: u32, severity: Severity, message: &str) -> Mark {
    Mark {
        severity,
        place: Place::Cell { sheet: sheet.into(), row, column },
        subject: "云溪镇 · 经费".into(),
        message: message.into(),
        helps: vec!["改正 <它>".into()],
        others: Vec::new(),
    }
}

/// A workbook with all that a patch could hurt: a prefix, comments of people, a form control, a
/// chart sheet, a macro, a table, rows and cells without an address.
fn office_book() -> Vec<u8> {
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
    let root = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<x:workbook xmlns:x=\"{MAIN}\"><x:workbookProtection lockStructure=\"1\"/><x:sheets>\
         <x:sheet name=\"乡镇\" sheetId=\"4\" d:id=\"rId1\" xmlns:d=\"{OFFICE}\"/>\
         <x:sheet name=\"问题\" sheetId=\"7\" d:id=\"rId2\" xmlns:d=\"{OFFICE}\"/></x:sheets>\
         <x:definedNames><x:definedName name=\"范围\">乡镇!$A$1</x:definedName></x:definedNames></x:workbook>"
    );
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |items: &[String]| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
            items.concat()
        )
    };
    let of_book = relations(&[
        relation("rId1", "worksheet", "worksheets/sheet1.xml"),
        relation("rId2", "chartsheet", "chartsheets/sheet1.xml"),
        relation("rId3", "styles", "styles.xml"),
        relation("rId9", "vbaProject", "vbaProject.bin"),
    ]);
    let sheet = format!(
        "<x:worksheet xmlns:x=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><x:cols><x:col min=\"3\" max=\"9\" width=\"12\" style=\"1\"/></x:cols>\
         <x:sheetData><x:row r=\"1\" spans=\"1:2\"><x:c t=\"inlineStr\"><x:is><x:t>名称</x:t></x:is></x:c><x:c t=\"inlineStr\">\
         <x:is><x:t>经费</x:t></x:is></x:c></x:row>\n<x:row r=\"3\" s=\"1\" customFormat=\"1\"><x:c r=\"A3\" t=\"inlineStr\"><x:is>\
         <x:t>云溪镇</x:t></x:is></x:c><x:c r=\"B3\" s=\"1\"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row><x:row r=\"6\"/></x:sheetData>\
         <x:sheetProtection sheet=\"1\"/><x:pageMargins left=\"1\" right=\"1\" top=\"1\" bottom=\"1\" header=\"0\" footer=\"0\"/>\
         <x:legacyDrawing r:id=\"rId2\"/><x:extLst/></x:worksheet>"
    );
    let of_sheet = relations(&[
        relation("rId1", "comments", "../comments9.xml"),
        relation("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        "<Relationship Id=\"rId3\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment\" \
         Target=\"../threadedComments/threadedComment1.xml\"/>"
            .to_string(),
    ]);
    let comments = format!(
        "<x:comments xmlns:x=\"{MAIN}\"><x:authors><x:author>tc={{1}}</x:author><x:author>张</x:author></x:authors>\
         <x:commentList><x:comment ref=\"B3\" authorId=\"1\"><x:text><x:t>请核实</x:t></x:text></x:comment>\
         <x:comment ref=\"A3\" authorId=\"0\"><x:text><x:r><x:t>[线程批注]</x:t></x:r></x:text></x:comment></x:commentList></x:comments>"
    );
    // An unclosed <br>: Excel writes such drawings.
    let drawing = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\
        <v:shape id=\"_x0000_s3077\" type=\"#_x0000_t201\"><v:textbox><div>确定<br></div></v:textbox></v:shape></xml>";
    let styles = format!(
        "<x:styleSheet xmlns:x=\"{MAIN}\"><x:fonts count=\"1\"><x:font/></x:fonts><x:fills count=\"2\"><x:fill/><x:fill/></x:fills>\
         <x:borders count=\"1\"><x:border/></x:borders><x:cellXfs count=\"2\"><x:xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" \
         borderId=\"0\"/><x:xf numFmtId=\"10\" fontId=\"0\" fillId=\"1\" borderId=\"0\" applyNumberFormat=\"1\"><x:alignment \
         horizontal=\"right\"/><x:protection locked=\"0\"/></x:xf></x:cellXfs></x:styleSheet>"
    );
    zipped(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &of_book),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/worksheets/_rels/sheet1.xml.rels", &of_sheet),
        ("xl/chartsheets/sheet1.xml", "<chartsheet/>"),
        ("xl/comments9.xml", &comments),
        ("xl/threadedComments/threadedComment1.xml", "<ThreadedComments/>"),
        ("xl/drawings/vmlDrawing1.vml", drawing),
        ("xl/styles.xml", &styles),
        ("xl/vbaProject.bin", "macro"),
    ])
}

#[test]
fn marks_are_added_and_all_else_stays() {
    let book = office_book();
    let mut marks = Marks {
        list: vec![
            at("乡镇", 2, 1, Severity::Error, "“2”不像是经费"),
            at("乡镇", 2, 0, Severity::Warning, "名称写法不同"),
            at("乡镇", 0, 2, Severity::Notice, "没有列名"),
            at("乡镇", 2, 3, Severity::Error, "没有填"),
            at("乡镇", 1, 0, Severity::Error, "缺一行"),
            at("乡镇", 5, 1, Severity::Error, "空行"),
            at("乡镇", 8, 4, Severity::Error, "表外"),
        ],
        ..Marks::default()
    };
    let elsewhere = Place::Elsewhere("report.md.j2:3:1".into());
    marks.list.push(Mark { place: elsewhere, ..at("乡镇", 0, 0, Severity::Warning, "模板里的") });
    let marked = mark::copy(&book, "表.xlsm", &marks).unwrap();
    assert_eq!((marked.ending, marked.remade), ("xlsm", None));
    insta::assert_snapshot!(changed(&book, &marked.bytes));
    assert_eq!(marked.bytes, mark::copy(&book, "表.xlsm", &marks).unwrap().bytes);
}

/// Cells of a sheet with what they hold.
type Cells = Vec<(u32, u32, String)>;

/// Every cell of a workbook that is no list of findings.
fn contents(book: &Workbook, skip: Option<&str>) -> Vec<(String, Cells)> {
    let value = |v: &RawValue| match v {
        RawValue::Number(n) => n.value.normalize().to_string(),
        other => format!("{other:?}"),
    };
    let cells = |s: &Sheet| s.cells.iter().map(|c| (c.row, c.column, value(&c.value))).collect();
    book.sheets.iter().filter(|s| Some(s.name.as_str()) != skip).map(|s| (s.name.clone(), cells(s))).collect()
}

/// Marks cells that are there and cells that are not, on every sheet.
fn all_over(book: &Workbook) -> Marks {
    let mut marks = Marks::default();
    for sheet in &book.sheets {
        let there = sheet.cells.iter().step_by(7).take(200).map(|c| (c.row, c.column));
        let last = sheet.cells.last().map_or(0, |c| c.row).min(60_000);
        let holes = (0..40).map(|i| ((i * 13) % (last + 3), (i * 5) % 17));
        marks.list.extend(there.chain(holes).map(|(r, c)| at(&sheet.name, r, c, Severity::Error, "试")));
    }
    marks
}

fn reads_back(bytes: &[u8], name: &str) -> Option<()> {
    let (before, _) = workbook::read(bytes, name).ok()?;
    let marked = mark::copy(bytes, name, &all_over(&before)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let (after, _) = workbook::read(&marked.bytes, "副本.xlsx").unwrap_or_else(|e| panic!("{name}: {e:?}"));
    let list = after.sheets.last().map(|s| s.name.clone());
    assert_eq!(after.sheets.len(), before.sheets.len() + 1, "{name}");
    if marked.remade.is_none() {
        assert_eq!(contents(&before, None), contents(&after, list.as_deref()), "{name}");
    } else {
        // Dates and times are kept as text; each cell is there.
        let places = |book: &Workbook, skip| -> Vec<_> {
            contents(book, skip)
                .into_iter()
                .map(|(n, c)| (n, c.into_iter().map(|(r, c, _)| (r, c)).collect::<Vec<_>>()))
                .collect()
        };
        assert_eq!(places(&before, None), places(&after, list.as_deref()), "{name}");
    }
    Some(())
}

#[test]
fn a_copy_reads_as_its_workbook() {
    let mut looked_at = 0;
    let samples = ["messy", "district-overview", "township-briefing", "work-report"];
    for name in samples {
        for file in fs::read_dir(format!("samples/{name}")).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".xlsx") {
                looked_at += reads_back(&fs::read(file.path()).unwrap(), &name).map_or(0, |()| 1);
            }
        }
    }
    assert!(looked_at >= 4, "{looked_at}");
    let corpus = PathBuf::from("../shared/corpus");
    if !corpus.is_dir() {
        eprintln!("!!! the corpus is not here: SKIPPED");
        return;
    }
    let mut files: Vec<_> = fs::read_dir(corpus).unwrap().flatten().map(|e| e.path()).collect();
    files.sort();
    let names = files.iter().map(|f| (f, f.file_name().unwrap().to_string_lossy().into_owned()));
    let books = names.filter(|(_, name)| workbook::is_named(name) && !name.ends_with(".csv"));
    let read = books.filter_map(|(path, name)| reads_back(&fs::read(path).ok()?, &name)).count();
    assert!(read > 20, "{read}");
}

#[test]
fn other_formats_get_an_xlsx_copy() {
    let sample = |code: &str, value: f64, shown: &str| data_makers::Sample {
        code: code.into(),
        value,
        shown: shown.into(),
        ods: data_makers::Ods {
            attributes: format!("office:value-type=\"float\" office:value=\"{value}\""),
            ..Default::default()
        },
    };
    let samples = [sample("0.00", 31.86, "31.86"), sample("0.0%", 0.783, "78.3%"), sample("General", 36.0, "36")];
    let made: [(&str, Vec<u8>); 4] = [
        ("表.xls", data_makers::xls(&samples)),
        ("表.et", data_makers::xls(&samples)),
        ("表.ods", data_makers::ods(&samples)),
        ("表.csv", data_makers::csv(&samples)),
    ];
    for (name, bytes) in made {
        let (book, _) = workbook::read(&bytes, name).unwrap();
        let sheet = book.sheets[0].name.clone();
        let first = &book.sheets[0].cells[0];
        let marks =
            Marks { list: vec![at(&sheet, first.row, first.column, Severity::Error, "错")], ..Marks::default() };
        let marked = mark::copy(&bytes, name, &marks).unwrap();
        assert_eq!(marked.remade, name.rsplit_once('.').map(|(_, e)| e), "{name}");
        let found = parts(&marked.bytes);
        let comments = found.iter().find(|(name, _)| name.contains("comments")).unwrap();
        assert!(String::from_utf8_lossy(&comments.1.1).contains("【错误】错"), "{name}");
        reads_back(&bytes, name).unwrap();
    }
}

/// A workbook for the township briefing in a folder of its own.
fn desk() -> TempDir {
    let dir = TempDir::new().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let columns = [
        "名称",
        "中心站",
        "村级站规划",
        "村级站建成",
        "进站代表",
        "培训场次",
        "培训人次",
        "接待群众",
        "收集建议",
        "办结建议",
        "使用经费",
        "已支付",
    ];
    let sheet = book.add_worksheet().set_name("乡镇").unwrap();
    rows(
        sheet,
        0,
        &[
            &columns,
            &["云溪镇", "建成", "14", "12", "48", "5", "125", "302", "48", "46", "三十万", "29"],
            &["石桥镇", "拟建", "10", "12", "30", "4", "90", "200", "30", "28", "20", ""],
        ],
    );
    let sheet = book.add_worksheet().set_name("报告信息").unwrap();
    rows(
        sheet,
        0,
        &[&["项目", "内容"], &["年份", "2026"], &["模板", "township-briefing"], &["简报名称", "联络站简报"]],
    );
    fs::write(dir.path().join("表.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    dir
}

fn huibao(dir: &TempDir, args: &[&str]) -> (i32, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(args)
        .current_dir(dir.path())
        .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    (out.status.code().unwrap_or(-1), String::from_utf8_lossy(&out.stderr).into_owned())
}

#[test]
fn check_writes_a_marked_copy() {
    let dir = desk();
    let before = fs::read(dir.path().join("表.xlsx")).unwrap();
    let (code, said) = huibao(&dir, &["check", "表.xlsx", "--mark", "退/副本.xlsx"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("标注的副本：退/副本.xlsx"), "{said}");
    let copy = fs::read(dir.path().join("退/副本.xlsx")).unwrap();
    assert_eq!(fs::read(dir.path().join("表.xlsx")).unwrap(), before);
    insta::assert_snapshot!(changed(&before, &copy));
    // A copy is checked as its workbook is: the list is no data.
    let (_, again) = huibao(&dir, &["check", "退/副本.xlsx", "--mark", "再.xlsx"]);
    assert!(again.contains("标注的副本"), "{again}");
    let list = |file: &str| {
        let (book, _) = workbook::read(&fs::read(dir.path().join(file)).unwrap(), file).unwrap();
        book.sheets.last().unwrap().cells.len()
    };
    assert_eq!(list("退/副本.xlsx"), list("再.xlsx"));
}

/// A copy that was put right loses its marks and gets back what its cells and comments were; what
/// is still wrong is marked once.
#[test]
fn a_marked_copy_is_marked_again() {
    let book = office_book();
    let first = Marks {
        list: vec![
            at("乡镇", 2, 1, Severity::Error, "“2”不像是经费"),
            at("乡镇", 2, 0, Severity::Warning, "名称写法不同"),
            at("乡镇", 0, 0, Severity::Notice, "列名"),
            at("乡镇", 5, 1, Severity::Error, "空行"),
        ],
        ..Marks::default()
    };
    let copy = mark::copy(&book, "表.xlsm", &first).unwrap().bytes;
    let text = |bytes: &[u8], name: &str| String::from_utf8(parts(bytes)[name].1.clone()).unwrap();
    let (sheet, comments, drawing) = ("xl/worksheets/sheet1.xml", "xl/comments9.xml", "xl/drawings/vmlDrawing1.vml");
    let said = ["【错误】", "【警告】", "【提示】"];
    // All put right: the marks are gone, what people said is there, and the list is empty.
    let right = mark::copy(&copy, "副本.xlsm", &Marks::default()).unwrap().bytes;
    let (right_sheet, styles) = (text(&right, sheet), text(&right, "xl/styles.xml"));
    let style: usize = right_sheet.split("r=\"B3\" s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    let xf = styles.split("<x:cellXfs").nth(1).unwrap().split("<x:xf ").nth(style + 1).unwrap();
    assert!(xf.starts_with("numFmtId=\"10\" fontId=\"0\" fillId=\"0\"") && xf.contains("locked=\"0\""), "{xf}");
    assert!(right_sheet.contains("><x:f>1+1</x:f><x:v>2</x:v>"), "{right_sheet}");
    assert!(said.iter().all(|label| !text(&right, comments).contains(label)), "{}", text(&right, comments));
    assert!(text(&right, comments).contains("请核实<") && text(&right, comments).contains("[线程批注]"));
    assert_eq!(text(&right, drawing).matches("ObjectType=\"Note\"").count(), 0);
    assert!(text(&right, drawing).contains("确定<br>"));
    assert_eq!(workbook::read(&right, "右.xlsm").unwrap().0.sheets.len(), 2);
    // One is left: it alone is marked, with one text.
    let again = Marks { list: first.list[..1].to_vec(), ..Marks::default() };
    let again = mark::copy(&copy, "副本.xlsm", &again).unwrap().bytes;
    assert_eq!(text(&again, comments).matches("【错误】").count(), 1, "{}", text(&again, comments));
    assert_eq!(text(&again, sheet).matches("<x:c ").count(), text(&copy, sheet).matches("<x:c ").count());
    // As often as one likes: nothing grows.
    let twice = mark::copy(&copy, "副本.xlsm", &first).unwrap().bytes;
    let thrice = mark::copy(&twice, "副本.xlsm", &first).unwrap().bytes;
    for name in parts(&thrice).keys() {
        assert_eq!(text(&twice, name), text(&thrice, name), "{name}");
    }
}

/// The drawing of comments as another program writes it: its prefixes are its own.
#[test]
fn boxes_stand_in_drawings_with_other_prefixes() {
    for (v, other) in [("ns1", ""), ("ns1", " xmlns:v=\"urn:other\"")] {
        let mut book = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, (_, plain)) in parts(&office_book()) {
            let drawing = format!(
                "<xml xmlns:{v}=\"urn:schemas-microsoft-com:vml\" xmlns:ns0=\"urn:schemas-microsoft-com:office:office\" \
                 xmlns:ns2=\"urn:schemas-microsoft-com:office:excel\"{other}><{v}:shape id=\"_x0000_s1025\"><ns2:ClientData \
                 ObjectType=\"Note\"><ns2:Row>2</ns2:Row><ns2:Column>1</ns2:Column></ns2:ClientData></{v}:shape></xml>"
            );
            book.start_file(&name, SimpleFileOptions::default()).unwrap();
            book.write_all(if name.ends_with(".vml") { drawing.as_bytes() } else { &plain }).unwrap();
        }
        let book = book.finish().unwrap().into_inner();
        let first = Marks {
            list: vec![at("乡镇", 5, 1, Severity::Error, "空行"), at("乡镇", 2, 1, Severity::Error, "错")],
            ..Marks::default()
        };
        let copy = mark::copy(&book, "表.xlsm", &first).unwrap().bytes;
        let right = mark::copy(&copy, "副本.xlsm", &Marks::default()).unwrap().bytes;
        for (bytes, shapes) in [(&copy, 2), (&right, 1)] {
            let text = String::from_utf8(parts(bytes)["xl/drawings/vmlDrawing1.vml"].1.clone()).unwrap();
            let mut reader = quick_xml::NsReader::from_str(&text);
            let mut found = 0;
            loop {
                use quick_xml::events::Event;
                use quick_xml::name::ResolveResult;
                let (space, event) = reader.read_resolved_event().unwrap();
                assert!(!matches!(space, ResolveResult::Unknown(_)), "{text}");
                match event {
                    Event::Start(tag) if tag.local_name().as_ref() == b"shape" => {
                        assert!(
                            matches!(space, ResolveResult::Bound(n) if n.as_ref() == b"urn:schemas-microsoft-com:vml")
                        );
                        found += 1;
                    }
                    Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(found, shapes, "{text}");
        }
    }
}

/// Programs that write a copy anew keep neither the author nor the runs of a comment.
#[test]
fn marks_are_known_without_their_author() {
    let book = office_book();
    let first = Marks {
        list: vec![at("乡镇", 2, 1, Severity::Error, "“2”"), at("乡镇", 5, 1, Severity::Error, "空行")],
        ..Marks::default()
    };
    let copy = mark::copy(&book, "表.xlsm", &first).unwrap().bytes;
    let mut anew = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, (_, plain)) in parts(&copy) {
        let mut text = plain;
        if name == "xl/comments9.xml" {
            let whole = String::from_utf8(text).unwrap().replace(">汇报<", "><");
            // One run of all that was said.
            let whole =
                whole.replace("请核实</x:t></x:r><x:r>", "请核实</x:t></x:r>").replace("请核实</x:t></x:r>", "请核实");
            let (before, after) = whole.split_once("请核实").unwrap();
            let after = &after[after.find("preserve\">").unwrap() + 10..];
            text = format!("{before}请核实{after}").into_bytes();
        }
        anew.start_file(name, SimpleFileOptions::default()).unwrap();
        anew.write_all(&text).unwrap();
    }
    let right = mark::copy(&anew.finish().unwrap().into_inner(), "副本.xlsm", &Marks::default()).unwrap().bytes;
    let comments = String::from_utf8(parts(&right)["xl/comments9.xml"].1.clone()).unwrap();
    assert!(comments.contains("请核实</x:t>") && !comments.contains("【错误】"), "{comments}");
    assert_eq!(comments.matches("<x:comment ").count(), 2, "{comments}");
}

#[test]
fn a_marked_copy_is_refused() {
    let dir = desk();
    let said = |args: &[&str]| huibao(&dir, args);
    let (code, text) = said(&["check", "表.xlsx", "--mark", "表.xlsx"]);
    assert!(code >= 2 && text.contains("不能覆盖"), "{code} {text}");
    let (code, text) = said(&["check", "表.xlsx", "--mark", "副本.pdf"]);
    assert!(code == 2 && text.contains(".xlsx"), "{code} {text}");
    fs::write(dir.path().join("甲.yaml"), "年份: 2026\n模板: township-briefing\n").unwrap();
    let (code, text) = said(&["check", "甲.yaml", "--mark", "副本.xlsx"]);
    assert!(code >= 2 && text.contains("工作簿"), "{code} {text}");
    assert!(!dir.path().join("副本.xlsx").exists());
}
