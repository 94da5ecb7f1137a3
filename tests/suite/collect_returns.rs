//! What happens to forms in offices: other formats, passwords, pictures, columns and sheets that were
//! added, copies that come back.

use std::fs;

use huibao::dataset::{LoadOptions, load};
use huibao::source::workbook;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::collect::{COLUMNS, Desk, GOOD, findings, form, list, raises, says, sums};
use crate::data_encrypted::agile;
use crate::data_formats::package;
use crate::data_makers::{container, record};

const TEMPLATE: &str = "township-briefing";

/// The rows of a form: header and one unit.
fn table<'a>(unit: &'a str, change: &[(usize, &'a str)]) -> [Vec<&'a str>; 2] {
    let cell = |(at, value): (usize, &'a &'a str)| {
        let changed = change.iter().find(|(column, _)| *column == at).map(|(_, text)| *text);
        changed.unwrap_or(if at == 0 { unit } else { value })
    };
    [COLUMNS.to_vec(), GOOD.iter().enumerate().map(cell).collect()]
}

/// The same as Excel 97 writes it; every cell is a text.
fn xls(rows: &[Vec<&str>]) -> Vec<u8> {
    let text = |text: &str, prefix: usize| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let body: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        [&(units.len() as u16).to_le_bytes()[..prefix], &[1], &body].concat()
    };
    let bof = |kind: u16| record(0x809, &[0x600u16.to_le_bytes(), kind.to_le_bytes(), [0; 2], [0; 2]].concat());
    let mut out = [bof(5), record(0x42, &1200u16.to_le_bytes()), record(0xE0, &[0; 20])].concat();
    let name = text("乡镇", 1);
    let offset = out.len() + 4 + 6 + name.len() + 4;
    out.extend(record(0x85, &[&(offset as u32).to_le_bytes()[..], &[0, 0], &name].concat()));
    out.extend([record(0x0A, &[]), bof(0x10)].concat());
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = [(row as u16).to_le_bytes(), (column as u16).to_le_bytes(), [0; 2]].concat();
            out.extend(record(0x204, &[place, text(cell, 2)].concat()));
        }
    }
    out.extend(record(0x0A, &[]));
    container(&[("Workbook", &out)])
}

fn ods(rows: &[Vec<&str>]) -> Vec<u8> {
    let cell = |text: &&str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &Vec<&str>| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let rows: String = rows.iter().map(row).collect();
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"乡镇\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

fn csv(rows: &[Vec<&str>]) -> Vec<u8> {
    rows.iter().map(|row| row.join(",") + "\n").collect::<String>().into_bytes()
}

#[test]
fn returns_of_every_format_are_taken() {
    let desk = Desk::new();
    let units = ["云溪镇", "石桥镇", "白沙乡", "柳林镇", "大坪镇"].map(String::from);
    desk.file("名单.xlsx", list(&units)).file("交来/一.xlsx", form("云溪镇", "2026", &[]));
    desk.file("交来/二.xls", xls(&table("石桥镇", &[(10, "三十万")])));
    desk.file("交来/二.et", xls(&table("白沙乡", &[(5, "2.5")])));
    desk.file("交来/四.ods", ods(&table("柳林镇", &[(4, "")])));
    desk.file("交来/五.csv", csv(&table("大坪镇", &[])));
    let (code, told) = desk.collect(TEMPLATE, &["--units", "名单.xlsx"]);
    assert_eq!((code, told["counts"]["taken"].as_u64(), told["counts"]["missing"].as_u64()), (1, Some(5), Some(0)));
    for (file, cell) in [("二.xls", "K2"), ("二.et", "F2"), ("四.ods", "E2")] {
        assert!(findings(&told, file).iter().any(|(at, _)| at == cell), "{file}: {told:#}");
    }
    // Forms of one name and two endings have two copies.
    for copy in ["二（xls）.xlsx", "二（et）.xlsx", "四.xlsx"] {
        assert!(desk.has(&format!("退回/{copy}")), "{copy}: {told:#}");
    }
    let sums = sums(&desk.dir.path().join("汇总.xlsx"), "乡镇");
    assert_eq!((sums["接待群众"], sums["进站代表"]), (1510.into(), 192.into()));
}

/// Sheets in another order, more columns, a total, and the sheet of the year before.
#[test]
fn what_units_add_is_kept_and_no_total_is_a_unit() {
    let desk = Desk::new();
    let mut book = Workbook::new();
    let mut sheet = |name: &str, rows: &[Vec<&str>]| {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number).map(drop).unwrap(),
                    Err(_) => sheet.write_string(row, column, *cell).map(drop).unwrap(),
                }
            }
        }
    };
    let more = |unit: &'static str, change: &[(usize, &'static str)], extra: &'static str| {
        let [mut head, mut row] = table(unit, change);
        head.insert(0, "序号");
        row.insert(0, "1");
        head.push("联系电话（分机）");
        row.push(extra);
        [head, row]
    };
    let [head, row] = more("云溪镇", &[], "8021");
    let total: Vec<&str> = row
        .iter()
        .enumerate()
        .map(|(i, t)| {
            if i == 1 {
                "合计"
            } else if i == 2 {
                ""
            } else {
                t
            }
        })
        .collect();
    let before = more("云溪镇", &[(7, "280")], "8021");
    sheet("乡镇（2025）", &before);
    sheet("乡镇", &[head, row, total]);
    sheet(
        "报告信息",
        &[vec!["项目", "内容"], vec!["年份", "2026"], vec!["单位", "云溪镇"], vec!["模板", "乡镇联络站运行简报"]],
    );
    desk.file("交来/云溪.xlsx", book.save_to_buffer().unwrap()).file("交来/石桥.xlsx", form("石桥镇", "2026", &[]));
    let (_, told) = desk.collect(TEMPLATE, &[]);
    let units: Vec<&str> = told["units"].as_array().unwrap().iter().map(|u| u["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["云溪镇", "石桥镇"], "{told:#}");
    assert_eq!(told["counts"]["error"], 0, "{told:#}");
    let data = load(&[desk.dir.path().join("汇总.xlsx")], &LoadOptions::default());
    let (data, sources) = (data.dataset.unwrap(), data.sources);
    let cell = |year: i16, row: usize, name: &str| {
        let table = &data.years[&year].tables["乡镇"];
        table.records[row].cells[table.column(name).unwrap()].clone()
    };
    assert_eq!(data.years[&2026].tables["乡镇"].records.len(), 2);
    assert_eq!((&*cell(2026, 0, "接待群众").shown, &*cell(2025, 0, "接待群众").shown), ("302", "280"));
    let added = data.years[&2026].tables["乡镇"].columns.iter().find(|c| c.name.starts_with("联系电话")).unwrap();
    assert_eq!(&*cell(2026, 0, &added.name).shown, "8021");
    assert!(sources.describe(cell(2025, 0, "接待群众").origin).ends_with("（来自 云溪.xlsx 乡镇（2025）!I2）"));
}

/// Nothing of these can be taken; each is told, with the reason and what to do.
#[test]
fn what_cannot_be_read_is_told() {
    let desk = Desk::new();
    let units = ["云溪镇", "石桥镇", "白沙乡", "柳林镇", "大坪镇"].map(String::from);
    desk.file("名单.xlsx", list(&units));
    desk.file("交来/云溪镇.xlsx", agile("秘密", 1_000));
    desk.file(
        "交来/石桥镇.xlsx",
        screenshot(&form("", "2026", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(|at| (at, "")))),
    );
    desk.file("交来/白沙乡.xlsx", form("白沙乡", "2026", &[(7, "=DISPIMG(\"ID_1\",1)")]));
    let other = String::from_utf8(csv(&table("柳林镇", &[]))).unwrap();
    desk.file("交来/柳林镇.yaml", "模板: 通用四部分工作汇报\n年份: 2026\n工作名称: 改厕\n")
        .file("别处/大坪镇.csv", other);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../别处/大坪镇.csv", desk.dir.path().join("交来/大坪镇.csv")).unwrap();
    let (code, told) = desk.collect(TEMPLATE, &["--units", "名单.xlsx"]);
    assert_eq!(code, 1);
    assert!(says(&told, "云溪镇.xlsx", "密码"), "{told:#}");
    assert!(says(&told, "石桥镇.xlsx", "只有图片"), "{told:#}");
    assert!(findings(&told, "白沙乡.xlsx").iter().any(|(at, said)| at == "H2" && said.contains("图片")), "{told:#}");
    assert!(says(&told, "柳林镇.yaml", "通用四部分工作汇报"), "{told:#}");
    let state =
        |unit: &str| told["units"].as_array().unwrap().iter().find(|u| u["unit"] == unit).unwrap()["state"].clone();
    assert_eq!([state("云溪镇"), state("石桥镇"), state("柳林镇")], ["交了但不能用"; 3].map(Value::from));
    assert_eq!(state("白沙乡"), "已收");
    #[cfg(unix)]
    assert!(says(&told, "大坪镇.csv", "链接") && told["missing"] == json!(["大坪镇"]), "{told:#}");
}

/// A form with a picture pasted over its cells.
fn screenshot(form: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(form.to_vec())).unwrap();
    zip.start_file("xl/media/image1.png", zip::write::SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The list may be last year's data, or any table of names under a title.
#[test]
fn units_are_listed_by_any_workbook() {
    let desk = Desk::new();
    desk.file("交来/云溪镇.xlsx", form("云溪镇", "2026", &[]));
    desk.file("去年.yaml", "年份: 2025\n乡镇: [{名称: 云溪镇, 接待群众: 1}, {名称: 石桥镇, 接待群众: 2}]\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "各乡镇通讯录").unwrap();
    for (row, cells) in (1..).zip([["序号", "乡镇（街道）", "电话"], ["1", "云溪镇", "8021"], ["2", "石桥镇", "8022"]])
    {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    desk.file("通讯录.xlsx", book.save_to_buffer().unwrap()).file("名单.csv", "云溪镇\n石桥镇\n");
    for units in ["去年.yaml", "通讯录.xlsx", "名单.csv"] {
        let (_, told) = desk.collect(TEMPLATE, &["--units", units]);
        assert_eq!(told["missing"], json!(["石桥镇"]), "{units}: {told:#}");
    }
}

/// A copy that was put right comes back as the form: its marks go, and so does the copy.
#[test]
fn copies_come_back_and_go() {
    let desk = Desk::new();
    desk.file("交来/云溪镇.xlsx", form("云溪镇", "2026", &[(10, "三十万")]));
    desk.file("交来/石桥镇.xlsx", form("石桥镇", "2026", &[(5, "2.5")]));
    let folder = desk.dir.path().to_path_buf();
    let run = || desk.run(&["collect", "交来", "-t", TEMPLATE]);
    let (code, _, said) = run();
    assert!(code == 1 && said.contains("要退回的2份") && !said.contains('\u{1b}'), "{said}");
    // The clerk of 云溪镇 sends the copy back with the cell still wrong, and a column more.
    fs::copy(folder.join("退回/云溪镇.xlsx"), folder.join("交来/云溪镇.xlsx")).unwrap();
    run();
    let (book, _) = workbook::read(&fs::read(folder.join("退回/云溪镇.xlsx")).unwrap(), "云溪镇.xlsx").unwrap();
    let lists: Vec<&str> = book.sheets.iter().map(|s| s.name.as_str()).filter(|n| n.starts_with("问题")).collect();
    assert_eq!(lists, ["问题"]);
    // The collected workbook, which nobody changed, was written over.
    assert!(!desk.has("汇总（原有）.xlsx"));
    // Put right: the copy goes, and that is said. What somebody changed stays.
    desk.file("交来/云溪镇.xlsx", form("云溪镇", "2026", &[])).file("交来/石桥镇.xlsx", form("石桥镇", "2026", &[]));
    desk.file("退回/石桥镇.xlsx", form("石桥镇", "2026", &[])).file("退回/手写.xlsx", "x");
    let (code, _, said) = run();
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("提示[G019] 上次标注的“退回/云溪镇.xlsx”不再需要，删去了"), "{said}");
    assert!(said.contains("“退回/石桥镇.xlsx”不再需要，但是改动过，没有删"), "{said}");
    assert!(!desk.has("退回/云溪镇.xlsx") && desk.has("退回/石桥镇.xlsx") && desk.has("退回/手写.xlsx"));
    assert!(!run().2.contains("G019"), "told once");
    // A folder of copies among the returns is not read, and that is said as well.
    desk.file("交来/退回/云溪镇.xlsx", form("云溪镇", "2026", &[]));
    let (_, told) = desk.collect(TEMPLATE, &[]);
    assert!(says(&told, "退回", "没有读") && raises(&told, &["G010"]) && told["counts"]["forms"] == 2, "{told:#}");
}
