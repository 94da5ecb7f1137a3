//! The 核对表: every printed figure is in it, the same report gives the same bytes.

use std::path::{Path, PathBuf};

use huibao::pipeline::{self, Request};
use huibao::trace::{self, Subject};

fn sample(name: &str) -> Vec<u8> {
    let request = Request {
        data: vec![PathBuf::from(format!("samples/{name}/2026.yaml"))],
        folders: vec![PathBuf::from(".")],
        ..Request::default()
    };
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap();
    let subject = Subject {
        document: &composed.document,
        data: &material.data,
        sources: &material.sources,
        target: Path::new("out/核对表.xlsx"),
    };
    trace::workbook(&subject).unwrap()
}

#[test]
fn trace_writes_the_same_bytes() {
    let first = sample("district-overview");
    assert!(first.starts_with(b"PK"));
    assert_eq!(first, sample("district-overview"));
}

#[test]
fn trace_has_every_figure_with_its_cell() {
    let request = Request {
        data: vec![PathBuf::from("samples/district-overview/2026.yaml")],
        folders: vec![PathBuf::from(".")],
        ..Request::default()
    };
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let document = pipeline::compose(&material, None, false).unwrap().document;
    let passages = huibao::document::passages(&document);
    let printed = trace::printed(&document, &passages);
    assert!(printed.len() > 100, "{}", printed.len());
    for row in &printed {
        let sentence = format!("{}{}{}", row.before, row.text, row.after);
        assert!(sentence.contains(&row.text) && !row.figure.reads.is_empty());
    }
    let shown = document.figures.iter().filter(|f| !f.reads.is_empty() && f.text.chars().any(|c| c.is_ascii_digit()));
    for figure in shown {
        let found = printed.iter().any(|p| std::ptr::eq(p.figure, figure));
        // What only names the file is not printed.
        assert!(
            found || figure.expression.contains("年份") || figure.template.place == document.figures[0].template.place,
            "{figure:?}"
        );
    }
}

/// What a cell shows.
fn shown(sheet: &huibao::source::sheet::Sheet, row: u32, column: u32) -> String {
    use huibao::source::sheet::RawValue;
    let Some(cell) = sheet.cell(row, column) else { return String::new() };
    match (&cell.shown, &cell.value) {
        (Some(shown), _) => shown.to_string(),
        (None, RawValue::Text(text)) => text.to_string(),
        (None, RawValue::Number(number)) => number.value.to_string(),
        (None, RawValue::Date(date)) => format!("{date:?}"),
        (None, other) => format!("{other:?}"),
    }
}

/// `G2:G18、E7` → row 1, column 6.
fn first_cell(address: &str) -> (u32, u32) {
    let address = address.split('、').next().unwrap().rsplit('!').next().unwrap();
    let letters: String = address.chars().take_while(char::is_ascii_uppercase).collect();
    let digits: String = address.chars().skip(letters.len()).take_while(char::is_ascii_digit).collect();
    let column = letters.bytes().fold(0u32, |n, b| n * 26 + u32::from(b - b'A') + 1);
    (digits.parse::<u32>().unwrap() - 1, column - 1)
}

#[test]
fn trace_rows_agree_with_the_workbook() {
    use huibao::source::workbook;
    let data = "samples/district-overview/2026.xlsx";
    let request = Request { data: vec![PathBuf::from(data)], folders: vec![PathBuf::from(".")], ..Request::default() };
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap();
    let target = Path::new("samples/district-overview/核对表.xlsx");
    let subject = Subject { document: &composed.document, data: &material.data, sources: &material.sources, target };
    let made = trace::workbook(&subject).unwrap();
    let (sheets, _) = workbook::read(&made, "核对表.xlsx").unwrap();
    let names: Vec<&str> = sheets.sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["数据核对", "单元格去向", "无出处"]);
    let (source, _) = workbook::read(&std::fs::read(data).unwrap(), "2026.xlsx").unwrap();
    let rows = &sheets.sheets[0];
    let last = rows.cells.iter().map(|c| c.row).max().unwrap();
    assert!(last > 100);
    let mut wrong = Vec::new();
    // 30 rows, evenly over the report.
    for k in 0..30 {
        let row = 1 + k * (last - 1) / 29;
        let text = |column| shown(rows, row, column);
        let (sentence, printed, values, sheet, place) = (text(3), text(4), text(5), text(7), text(8));
        let name = sheet.split('、').next().unwrap();
        let Some(sheet) = source.sheets.iter().find(|s| s.name == name) else {
            wrong.push(format!("{row}: no sheet {name}"));
            continue;
        };
        let (r, c) = first_cell(&place);
        let raw = shown(sheet, r, c);
        let first = values.split('；').next().unwrap().split("……").next().unwrap();
        let number = |t: &str| t.trim_end_matches('%').parse::<f64>().ok();
        let same = raw == first || number(&raw).is_some() && number(&raw) == number(first) || raw.contains("Date");
        if !same || !sentence.contains(printed.trim()) {
            wrong.push(format!("{row}: {name}!{place} holds {raw}, said {first}; {printed} in {sentence}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The other way round: cells that are printed nowhere are named.
    let uses = &sheets.sheets[1];
    let count = uses.cells.iter().map(|c| c.row).max().unwrap();
    let unused = (1..=count).filter(|r| shown(uses, *r, 6) == "未使用").count();
    assert!(unused > 0 && unused < count as usize);
    // A text that is printed as it stands is no row; the cell tells that it is used.
    let column = |sheet: &huibao::source::sheet::Sheet, at| {
        (1..=sheet.cells.iter().map(|c| c.row).max().unwrap()).map(|r| shown(sheet, r, at)).collect::<Vec<_>>()
    };
    assert!(column(rows, 4).iter().all(|text| text != "青河区" && text != "镇（街道）"));
    assert!(column(rows, 4).iter().filter(|text| !text.contains(|c: char| c.is_ascii_digit())).count() > 0);
    let texts = (1..=count).filter(|r| shown(uses, *r, 6) == "文字").count();
    assert!(texts > 0 && texts < (count as usize) / 2, "{texts} of {count}");
    assert_eq!(column(rows, 0), (1..=last).map(|n| n.to_string()).collect::<Vec<_>>());
    // Every row of the first sheet has a link that opens the workbook at the cell.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&made)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("<hyperlink ").count(), last as usize);
    assert!(sheet.contains("location=\"'乡镇'!G2\""));
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("paperSize=\"9\""));
    assert!(part("xl/worksheets/_rels/sheet1.xml.rels").contains("Target=\"2026.xlsx\""));
}

/// Of data larger than a sheet can link, the cells that nothing was printed of are counted.
#[test]
fn trace_of_large_data_lists_what_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let pack = dir.path().join("pack");
    std::fs::create_dir(&pack).unwrap();
    std::fs::write(pack.join("template.yaml"), "名称: 大表\n标题: 情况\n").unwrap();
    let text = "# 情况\n共{{ 乡镇|length }}个，合计{{ 合计(乡镇, \"甲\") }}，首个{{ 乡镇[0].乙 }}，另计{{ 乡镇|map(attribute=\"甲\")|sum }}。\n";
    std::fs::write(pack.join("report.md.j2"), text).unwrap();
    const ROWS: usize = 21_000;
    let rows: String = (1..=ROWS).map(|i| format!("第{i}村,{i}.5,7\n")).collect();
    let data = dir.path().join("乡镇.csv");
    std::fs::write(&data, format!("名称,甲,乙\n{rows}")).unwrap();
    let template = Some(pack.display().to_string());
    let request = Request { data: vec![data], template, year: Some(2026), ..Request::default() };
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let document = pipeline::compose(&material, None, false).unwrap().document;
    let sum = (ROWS * (ROWS + 1) / 2 + ROWS / 2).to_string();
    assert_eq!(document.figures.iter().filter(|figure| *figure.text == *sum).count(), 2);
    let target = dir.path().join("核对表.xlsx");
    let subject = Subject { document: &document, data: &material.data, sources: &material.sources, target: &target };
    let book = huibao::source::workbook::read(&trace::workbook(&subject).unwrap(), "核对表.xlsx").unwrap().0;
    let cells = &book.sheets[1];
    let last = cells.cells.last().unwrap().row;
    assert_eq!(last as usize, 2 * ROWS + 2, "what is counted, what is summed, one more cell, what was left out");
    assert_eq!([1, 2, 3, 4].map(|row| shown(cells, row, 2)), ["A2", "B2", "C2", "A3"]);
    assert_eq!(shown(cells, last, 0), format!("数据很大：另有{}个没有用到的单元格没有一一列出", ROWS - 1));
}
