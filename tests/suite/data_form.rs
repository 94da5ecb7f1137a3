//! `huibao form` for every pack: filled in by a script, it builds without a notice and says what
//! the sample says.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use huibao::dataset::{Cell, Dataset, LoadOptions, Value, load};
use huibao::diagnostic::{SourceMap, render};
use huibao::document;
use huibao::form::{self, FormRequest};
use huibao::pipeline::{self, Request};
use huibao::template::{Pack, Subject};

use crate::data_support::read;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What is typed into a cell: a number as a number, all else as text.
fn typed(address: &str, style: &str, cell: &Cell) -> String {
    let style = if style.is_empty() { String::new() } else { format!(" s=\"{style}\"") };
    match &cell.value {
        Value::Missing => format!("<c r=\"{address}\"{style}/>"),
        Value::Number(n) => format!("<c r=\"{address}\"{style}><v>{}</v></c>", n.decimal),
        _ => {
            let text = cell.shown.replace('&', "&amp;").replace('<', "&lt;");
            format!("<c r=\"{address}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
        }
    }
}

/// Puts values into blank cells of a sheet, or rows below its last one.
fn fill(xml: &str, values: &[(String, Cell)]) -> String {
    let mut xml = xml.to_string();
    for (address, cell) in values {
        let open = format!("<c r=\"{address}\"");
        if let Some(at) = xml.find(&open) {
            let end = at + xml[at..].find("/>").expect("a blank cell") + 2;
            let style = xml[at..end].split("s=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or("").to_string();
            xml.replace_range(at..end, &typed(address, &style, cell));
        } else {
            let at = xml.find("</sheetData>").expect("sheet data");
            let row: String = address.chars().filter(char::is_ascii_digit).collect();
            let open_row = format!("<row r=\"{row}\">");
            let at = match xml.find(&open_row) {
                Some(start) => start + xml[start..].find("</row>").expect("a row"),
                None => {
                    xml.insert_str(at, &format!("{open_row}</row>"));
                    at + open_row.len()
                }
            };
            xml.insert_str(at, &typed(address, "", cell));
        }
    }
    xml
}

/// The form with the sample's data typed in, sheet by sheet.
pub fn filled(form: &[u8], pack: &Pack, data: &Dataset) -> Vec<u8> {
    let year = data.year.expect("a year");
    let letters = |column: usize| huibao::diagnostic::column_name(column as u32);
    let blank = read(&[("表.xlsx", form)]);
    let sheets = &blank.sources.iter().next().expect("the form").1.sheets;
    let mut per_sheet: Vec<Vec<(String, Cell)>> = vec![Vec::new(); sheets.len()];
    let form_data = blank.dataset.as_ref().expect("the form");
    for (key, cell) in &form_data.report {
        let value = data.report.get(key).filter(|_| cell.is_missing());
        let place = match cell.origin.place {
            huibao::diagnostic::Place::Cell { row, column, .. } => huibao::diagnostic::cell_name(row, column),
            _ => continue,
        };
        per_sheet[0].extend(value.map(|value| (place, value.clone())));
    }
    for (row, spec) in pack.schema.fields.iter().enumerate() {
        for (column, year) in [year, year - 1, year - 2].into_iter().enumerate() {
            let value = data.years.get(&year).and_then(|d| d.fields.get(&spec.name));
            per_sheet[1].extend(value.map(|v| (format!("{}{}", letters(column + 2), row + 2), v.clone())));
        }
    }
    let (book, _) = huibao::source::workbook::read(form, "表.xlsx").expect("the form");
    for spec in &pack.schema.tables {
        let sheet = sheets.iter().position(|s| **s == *spec.name).expect("a sheet");
        let years = if spec.past { vec![year, year - 1] } else { vec![year] };
        for of in years {
            let Some(table) = data.years.get(&of).and_then(|d| d.tables.get(&spec.name)) else { continue };
            // Where the form asks for last year's rows as well, 年份 stands before the columns.
            let of_year = |row: &u32| match book.sheets[sheet].cell(*row, 0).map(|cell| &cell.value) {
                Some(huibao::source::sheet::RawValue::Number(n)) => n.value == of.into(),
                _ => false,
            };
            let first = if spec.past { (1..200).find(of_year).expect("a row of the year") } else { 1 };
            for (row, record) in (first..).zip(&table.records) {
                for (column, spec) in spec.columns.iter().enumerate().map(|(i, c)| (i + usize::from(spec.past), c)) {
                    let Some(at) = table.column(&spec.name) else { continue };
                    per_sheet[sheet].push((format!("{}{}", letters(column), row + 1), record.cells[at].clone()));
                }
            }
        }
    }
    put(form, &per_sheet)
}

/// The workbook with values typed into blank cells, sheet by sheet.
pub fn put(form: &[u8], per_sheet: &[Vec<(String, Cell)>]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(form)).expect("a package");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..from.len() {
        let mut part = from.by_index(i).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        let number = part.name().strip_prefix("xl/worksheets/sheet").and_then(|n| n.strip_suffix(".xml")?.parse().ok());
        if let Some(number) = number {
            let number: usize = number;
            bytes = fill(&String::from_utf8(bytes).expect("XML"), &per_sheet[number - 1]).into_bytes();
        }
        to.start_file(part.name(), zip::write::SimpleFileOptions::default()).expect("a part");
        to.write_all(&bytes).expect("its bytes");
    }
    to.finish().expect("a package").into_inner()
}

/// What `huibao form` asks for a pack.
fn of(pack: &Pack) -> FormRequest<'_> {
    FormRequest { title: &pack.display, kind: pack.kind, key: &pack.key, ..FormRequest::default() }
}

fn text_of(loaded: huibao::dataset::Loaded, pack: &str) -> String {
    let request = Request { template: Some(pack.into()), folders: vec![root().into()], ..Default::default() };
    let material = pipeline::gather(loaded, &request).unwrap_or_else(|f| {
        let said: String = f.diagnostics.iter().map(|d| render(d, &f.sources)).collect();
        panic!("{pack}: {said}")
    });
    let told: String = material.diagnostics.iter().map(|d| render(d, &material.sources)).collect();
    assert!(told.is_empty(), "{pack}: {told}");
    let year = material.data.year.expect("a year");
    let subject = (pack == "township-briefing").then(|| Subject {
        table: "乡镇".into(),
        rows: vec![(year, 0)],
        report: Vec::new(),
        digest: "".into(),
    });
    let composed = pipeline::compose(&material, subject, false);
    let composed =
        composed.unwrap_or_else(|d| panic!("{pack}: {:?}", d.iter().map(|d| &d.message).collect::<Vec<_>>()));
    document::plain(&composed.document)
}

/// The data with “—” wherever this year's are blank: what an office types that has nothing to fill in.
fn with_dashes(data: &Dataset, pack: &Pack) -> Dataset {
    let mut data = data.clone();
    let year = data.year.expect("a year");
    let none = |origin| Cell { value: Value::Absent, shown: "—".into(), unit: None, origin };
    let now = std::sync::Arc::make_mut(data.years.get_mut(&year).expect("this year"));
    for spec in &pack.schema.fields {
        let cell = now.fields.entry(spec.name.clone()).or_insert_with(|| none(spec.origin));
        *cell = if cell.is_missing() && cell.shown.is_empty() { none(cell.origin) } else { cell.clone() };
    }
    for table in now.tables.values_mut() {
        let cells = table.records.iter_mut().flat_map(|record| &mut record.cells);
        cells.filter(|cell| cell.shown.is_empty()).for_each(|cell| *cell = none(cell.origin));
    }
    data
}

/// Everything that check says but for the pages: of the data, the text and the rules.
fn findings(loaded: huibao::dataset::Loaded, pack: &str) -> Vec<String> {
    let request = Request { template: Some(pack.into()), folders: vec![root().into()], ..Default::default() };
    let material = pipeline::gather(loaded, &request).ok().expect("material");
    let year = material.data.year.expect("a year");
    // In the sample both years have their units in one order.
    let subject = (pack == "township-briefing").then(|| Subject {
        table: "乡镇".into(),
        rows: vec![(year - 1, 0), (year, 0)],
        report: Vec::new(),
        digest: "".into(),
    });
    let composed = pipeline::compose(&material, subject, false).unwrap_or_else(|_| panic!("{pack}"));
    let found = pipeline::examine(&material, &composed.document, &pipeline::Rules::All);
    let told = material.diagnostics.iter().chain(&composed.diagnostics).chain(found.iter().map(|f| &f.diagnostic));
    // That a column of the sample is last year's over again is true, and no matter of the form.
    told.filter(|d| d.code.name() != "C-04").map(|d| render(d, &material.sources)).collect()
}

/// The text with the zeros at the end of decimals left out.
pub fn bare_numbers(text: &str) -> String {
    let mut out = String::new();
    let (mut decimals, mut digit) = (false, false);
    let end = |out: &mut String, decimals: bool| {
        if decimals {
            out.truncate(out.trim_end_matches('0').trim_end_matches('.').len());
        }
    };
    for c in text.chars() {
        let now = c.is_ascii_digit();
        if digit && c == '.' {
            decimals = true;
        } else if !now {
            end(&mut out, decimals);
            decimals = false;
        }
        digit = now;
        out.push(c);
    }
    end(&mut out, decimals);
    out
}

#[test]
fn a_form_filled_in_builds_without_a_notice_for_every_pack() {
    let mut packs: Vec<PathBuf> =
        std::fs::read_dir(root().join("report-templates")).expect("packs").flatten().map(|e| e.path()).collect();
    packs.sort();
    let mut seen = 0;
    for dir in packs.iter().filter(|p| p.join("template.yaml").is_file()) {
        let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let sample = root().join(format!("samples/{name}/2026.yaml"));
        let pack = Pack::load(dir, &mut SourceMap::new()).unwrap_or_else(|_| panic!("{name}"));
        let mut data = load(std::slice::from_ref(&sample), &LoadOptions::default()).dataset.expect("the sample");
        huibao::dataset::schema::check(&mut data, &pack.schema);
        let year = data.year.expect("a year");
        let keys: Vec<String> = data.report.keys().map(|k| k.to_string()).collect();
        let request = FormRequest { year: Some(year), report_keys: &keys, ..of(&pack) };
        let form = form::workbook(&pack.schema, &request).expect("a form");
        let dashes = filled(&form, &pack, &with_dashes(&data, &pack));
        let told = findings(read(&[("填报表.xlsx", &dashes)]), &name);
        assert!(told.is_empty(), "{name}: {}", told.concat());
        let bytes = filled(&form, &pack, &data);
        let text = text_of(read(&[("填报表.xlsx", &bytes)]), &name);
        assert!(text.chars().count() > 300, "{name}: {text}");
        // What the sample gives of earlier years' tables has a place where they are compared.
        let asked = |y: i16, t: &str| y == year - 1 && pack.schema.table(t).is_some_and(|spec| spec.past);
        if data.years.iter().all(|(y, d)| *y == year || d.tables.keys().all(|t| asked(*y, t))) {
            let whole = text_of(load(&[sample], &LoadOptions::default()), &name);
            // A number that is typed anew keeps no zeros at its end.
            assert_eq!(bare_numbers(&text), bare_numbers(&whole), "{name}");
        }
        seen += 1;
    }
    assert!(seen >= 6, "{seen} packs");
}

/// 97% shows and reads as 97%, not 97.0%; 97.3% and 97.35% as they were typed.
#[test]
fn percentages_have_the_decimals_that_were_typed() {
    let dir = root().join("report-templates/township-stations");
    let pack = Pack::load(&dir, &mut SourceMap::new()).unwrap_or_else(|_| panic!("the pack"));
    let request = FormRequest { year: Some(2026), ..of(&pack) };
    let form = form::workbook(&pack.schema, &request).expect("a form");
    for shown in ["97%", "100%", "97.3%", "97.35%", "0.5%", "0%"] {
        let yaml = format!("年份: 2026\n下年办结率: {shown}\n");
        let data = read(&[("data.yaml", yaml.as_bytes())]).dataset.expect("data");
        let back = read(&[("填报表.xlsx", &filled(&form, &pack, &data))]).dataset.expect("the form");
        assert_eq!(&*back.years[&2026].fields["下年办结率"].shown, shown);
    }
    // Whole ones would show as `97.%` by that number format alone.
    let mut package = zip::ZipArchive::new(Cursor::new(&form)).expect("a package");
    let mut part = |name: &str| std::io::read_to_string(package.by_name(name).expect("a part")).expect("XML");
    let (sheet, styles) = (part("xl/worksheets/sheet2.xml"), part("xl/styles.xml"));
    assert!(sheet.contains("<conditionalFormatting ") && sheet.contains("*100,0)"), "{sheet}");
    let shown = styles.split("<dxf>").nth(1).expect("a format of a condition");
    assert!(shown.contains("formatCode=\"0%\""), "{shown}");
}

#[test]
fn the_form_has_drop_downs_limits_notes_and_frozen_panes() {
    let dir = root().join("report-templates/district-overview");
    let pack = Pack::load(&dir, &mut SourceMap::new()).unwrap_or_else(|_| panic!("the pack"));
    let request = FormRequest { year: Some(2026), ..of(&pack) };
    let form = form::workbook(&pack.schema, &request).expect("a form");
    let mut package = zip::ZipArchive::new(Cursor::new(&form)).expect("a package");
    let mut all = String::new();
    for i in 0..package.len() {
        let mut part = package.by_index(i).expect("a part");
        let name = part.name().to_string();
        if name.starts_with("xl/worksheets/sheet") || name.starts_with("xl/comments") {
            part.read_to_string(&mut all).expect("XML");
        }
    }
    for wanted in [
        "type=\"list\"",
        "type=\"whole\"",
        "type=\"decimal\"",
        "promptTitle=",
        "error=\"",
        "state=\"frozen\"",
        "<comment ",
    ] {
        assert!(all.contains(wanted), "{wanted}");
    }
}

/// The JSON Schema beside each pack is the one that `templates show --schema` prints, and each
/// sample names it: editors complete and check the sample, and a copied pack brings it along.
/// It is a golden file: INSTA_UPDATE=always writes it anew.
#[test]
fn the_json_schema_of_each_pack_is_current_and_its_sample_points_to_it() {
    for entry in std::fs::read_dir(root().join("report-templates")).expect("packs").flatten() {
        let dir = entry.path();
        let Ok(pack) = Pack::load(&dir, &mut SourceMap::new()) else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        let wanted = format!("{:#}\n", huibao::dataset::schema::json_schema(&pack.schema, &pack.display));
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            std::fs::write(dir.join("schema.json"), &wanted).expect("written");
        }
        let found = std::fs::read_to_string(dir.join("schema.json")).unwrap_or_default();
        assert!(found == wanted, "{name}: schema.json is not current; run this test with INSTA_UPDATE=always");
        let sample = root().join(format!("samples/{name}/2026.yaml"));
        let text = std::fs::read_to_string(&sample).expect("a sample");
        let first = text.lines().next().unwrap_or_default();
        let path = first.strip_prefix("# yaml-language-server: $schema=").expect("the line that editors read");
        assert!(sample.parent().expect("a folder").join(path).is_file(), "{name}: {path}");
    }
}
