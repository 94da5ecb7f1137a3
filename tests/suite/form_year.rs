//! The year's round on every pack: a form filled last year → this year's form from it → this year's
//! figures alone are filled in → the report. Every figure of it, comparisons above all, is held against
//! the report over the same figures of both years in one YAML file, which no form has carried; growth
//! and fall are reckoned here once more.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use huibao::dataset::{Cell, Dataset, LoadOptions, Table, Value, YearData, load};
use huibao::diagnostic::{Place, SourceMap, cell_name, render};
use huibao::document::{self, Document};
use huibao::figures::Figure;
use huibao::form::{self, FormRequest};
use huibao::pipeline::{self, Material, Request};
use huibao::source::sheet::{RawValue, Sheet, Workbook};
use huibao::source::workbook;
use huibao::template::{Pack, Subject};
use rust_decimal::Decimal;

use crate::data_form::{filled, put};
use crate::data_support::read;

/// Last year and this year.
const LAST: i16 = 2026;
const NOW: i16 = 2027;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What the next year may bring: everything more, everything less, no change, some more and some less.
#[derive(Clone, Copy, Debug)]
enum Turn {
    More,
    Less,
    Same,
    Mixed,
}

impl Turn {
    /// The figure of this year after last year's, in a row of a table or in none.
    fn of(self, last: Decimal, row: Option<usize>) -> Decimal {
        let percent = match (self, row) {
            (Turn::More, _) | (Turn::Mixed, None) => 112,
            (Turn::Less, _) => 93,
            (Turn::Same, _) => 100,
            // Of one unit all alike, so that what is done stays less than what was planned.
            (Turn::Mixed, Some(row)) => [100, 93][row % 2],
        };
        // Cut off, so that parts stay less than wholes.
        (last * Decimal::new(percent, 2)).trunc_with_scale(last.scale())
    }
}

/// A value as YAML writes it.
fn written(cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Missing => None,
        Value::Absent => Some("无".into()),
        Value::Number(number) if !number.is_share() => Some(number.decimal.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => Some(serde_json::to_string(&*cell.shown).unwrap()),
    }
}

/// This year's value: figures turn, deadlines are a year on, texts stay.
fn turned(cell: &Cell, turn: Turn, row: Option<usize>) -> Option<String> {
    match &cell.value {
        Value::Number(number) if !number.is_share() => Some(turn.of(number.decimal, row).to_string()),
        Value::Date(_) => {
            Some(serde_json::to_string(&cell.shown.replacen("2027", "2028", 1).replacen("2026", "2027", 1)).unwrap())
        }
        _ => written(cell),
    }
}

/// `"名": 值, …`
fn items<'a>(pairs: impl IntoIterator<Item = (&'a str, Option<String>)>) -> String {
    let pairs = pairs.into_iter().filter_map(|(name, value)| Some((name, value?)));
    pairs
        .map(|(name, value)| format!("{}: {value}", serde_json::to_string(name).unwrap()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The cells of a row under their columns.
type Row<'a> = Vec<(&'a str, &'a Cell)>;

/// Writes a cell of a column; in a table with the number and the cells of its row.
type Writer<'w> = dyn Fn(&str, &Cell, Option<(usize, &Row)>) -> Option<String> + 'w;

/// A year's fields and tables; `value` writes a cell of a column, with the number and the cells of
/// its row where it is in a table.
fn year(data: &YearData, value: &Writer) -> String {
    let fields = items(data.fields.iter().map(|(name, cell)| (&**name, value(name, cell, None))));
    let tables = data.tables.iter().map(|(name, table)| {
        let rows = table.records.iter().enumerate().map(|(at, record)| {
            let row: Row = table.columns.iter().map(|c| &*c.name).zip(&record.cells).collect();
            format!("{{{}}}", items(row.iter().map(|(column, cell)| (*column, value(column, cell, Some((at, &row)))))))
        });
        (&**name, Some(format!("[{}]", rows.collect::<Vec<_>>().join(", "))))
    });
    [fields, items(tables)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Both years in one file: last year's as the sample has them, this year's turned. Where a table has
/// 本年, 上年 and 前年 side by side each moves on. Of 2025 a form of 2026 has fields, and the rows of tables
/// that the template compares.
fn both_years(sample: &Dataset, pack: &Pack, turn: Turn) -> String {
    let last = &sample.years[&LAST];
    let now = year(last, &|column, cell, row| {
        let of = |name: &str| row.and_then(|(_, cells)| written(cells.iter().find(|(c, _)| *c == name)?.1));
        match column {
            "上年" => of("本年"),
            "前年" => of("上年"),
            "次序" => written(cell),
            _ => turned(cell, turn, row.map(|(at, _)| at)),
        }
    });
    let before = year(last, &|_, cell, _| written(cell));
    let mut older = sample.years.get(&(LAST - 1)).map(|data| YearData::clone(data)).unwrap_or_default();
    older.tables.retain(|name, _| pack.schema.table(name).is_some_and(|spec| spec.past));
    let older = year(&older, &|_, cell, _| written(cell));
    let report = sample.report.iter().filter(|(key, _)| !matches!(&***key, "年份" | "模板"));
    let report = report.map(|(key, cell)| (&**key, turned(cell, Turn::Same, None)));
    let lists = sample.report_lists.iter().map(|(key, cells)| {
        let texts: Vec<String> = cells.iter().filter_map(written).collect();
        (&**key, Some(format!("[{}]", texts.join(", "))))
    });
    let report = items(report.chain(lists));
    let older = format!("{LAST}: {{{before}}}, {}: {{{older}}}", LAST - 1);
    format!("{{年份: {NOW}, 报告: {{{report}}}, {now}, 历年: {{{older}}}}}\n")
}

/// Puts this year's values into the blank cells of the form that was made from last year's.
fn fill_this_year(form: &[u8], pack: &Pack, now: &Dataset) -> Vec<u8> {
    let (book, _) = workbook::read(form, "今年.xlsx").unwrap();
    let mut typed: Vec<Vec<(String, Cell)>> = Vec::new();
    for sheet in &book.sheets {
        typed.push(match &*sheet.name {
            "报告信息" => information(sheet, now),
            "指标" => fields(sheet, now),
            "填表说明" => Vec::new(),
            name => rows(sheet, name, pack, now),
        });
    }
    put(form, &typed)
}

fn shown(sheet: &Sheet, row: u32, column: u32) -> String {
    match sheet.cell(row, column).map(|cell| &cell.value) {
        Some(RawValue::Text(text)) => text.split('\n').next().unwrap_or_default().trim().to_string(),
        Some(RawValue::Number(number)) => number.value.normalize().to_string(),
        _ => String::new(),
    }
}

fn information(sheet: &Sheet, now: &Dataset) -> Vec<(String, Cell)> {
    let rows = 1..=sheet.cells.last().unwrap().row;
    let blank = rows.filter(|row| shown(sheet, *row, 1).is_empty());
    let known = blank.filter_map(|row| Some((cell_name(row, 1), now.report_value(&shown(sheet, row, 0))?.clone())));
    known.collect()
}

fn fields(sheet: &Sheet, now: &Dataset) -> Vec<(String, Cell)> {
    let column = (0..10).find(|column| shown(sheet, 0, *column) == format!("{NOW}年")).expect("this year's column");
    let rows = 1..=sheet.cells.last().unwrap().row;
    let known = rows.filter_map(|row| {
        let cell = now.years[&NOW].fields.get(&*shown(sheet, row, 0))?;
        Some((cell_name(row, column), cell.clone()))
    });
    known.collect()
}

/// The rows of this year: those with a name by it, what is new in the rows that are ready for it.
fn rows(sheet: &Sheet, name: &str, pack: &Pack, now: &Dataset) -> Vec<(String, Cell)> {
    let Some(table) = now.years[&NOW].tables.get(name) else { return Vec::new() };
    let heads: BTreeMap<String, u32> =
        (0..40).map(|c| (shown(sheet, 0, c), c)).filter(|(h, _)| !h.is_empty()).collect();
    let key = if heads.contains_key(&pack.key) { pack.key.clone() } else { table.columns[0].name.to_string() };
    let last = sheet.cells.last().unwrap().row;
    let of_year = |row: &u32| heads.get("年份").is_none_or(|at| shown(sheet, *row, *at) == NOW.to_string());
    let ready: Vec<u32> = (1..=last).filter(of_year).collect();
    let mut blank = ready.iter().filter(|row| shown(sheet, **row, heads[&key]).is_empty());
    let mut typed = Vec::new();
    for record in &table.records {
        let own = &record.cells[table.column(&key).unwrap()];
        let known = ready.iter().find(|row| !own.shown.is_empty() && shown(sheet, **row, heads[&key]) == *own.shown);
        // Below the last row there is room for more.
        let row = *known.or_else(|| blank.next()).unwrap_or_else(|| panic!("no row for {} in {name}", own.shown));
        for (column, cell) in table.columns.iter().zip(&record.cells) {
            let Some(&at) = heads.get(&*column.name) else { continue };
            let there = shown(sheet, row, at);
            if there.is_empty() {
                typed.push((cell_name(row, at), cell.clone()));
            }
        }
    }
    typed
}

fn material(loaded: huibao::dataset::Loaded, pack: &str) -> Material {
    let request = Request { template: Some(pack.into()), folders: vec![root()], ..Default::default() };
    let material = pipeline::gather(loaded, &request).unwrap_or_else(|f| {
        panic!("{pack}: {}", f.diagnostics.iter().map(|d| render(d, &f.sources)).collect::<String>())
    });
    let told: String = material.diagnostics.iter().map(|d| render(d, &material.sources)).collect();
    assert!(told.is_empty(), "{pack}: {told}");
    material
}

/// The reports: one, or of a pack for a batch those of the first records.
fn reports(material: &Material, pack: &str) -> Vec<Document> {
    let subject = |row: usize| Subject {
        table: "乡镇".into(),
        rows: material
            .data
            .years
            .iter()
            .filter_map(|(year, data)| {
                let now: &Table = &material.data.years[&NOW].tables["乡镇"];
                let table = data.tables.get("乡镇")?;
                let name = &*now.records[row].cells[now.column("名称")?].shown;
                Some((
                    *year,
                    table.records.iter().position(|r| &*r.cells[table.column("名称").unwrap()].shown == name)?,
                ))
            })
            .collect(),
        report: Vec::new(),
        digest: "".into(),
    };
    let subjects: Vec<Option<Subject>> = match pack {
        "township-briefing" => (0..4).map(|row| Some(subject(row))).collect(),
        _ => vec![None],
    };
    let compose = |subject| {
        let composed = pipeline::compose(material, subject, false);
        composed.unwrap_or_else(|d| panic!("{pack}: {:?}", d.iter().map(|d| &d.message).collect::<Vec<_>>())).document
    };
    subjects.into_iter().map(compose).collect()
}

/// Whether a figure was made of a cell of last year: in a column of it, or in a row of it.
fn reads_last_year(figure: &Figure, book: &Workbook) -> bool {
    figure.reads.iter().any(|read| {
        let Place::Cell { sheet, row, column } = read.origin.place else { return false };
        let sheet = &book.sheets[sheet as usize];
        let head = shown(sheet, 0, column);
        head == format!("{LAST}年")
            || head == "上年"
            || shown(sheet, 0, 0) == "年份" && shown(sheet, row, 0) == LAST.to_string()
    })
}

/// 增长12.5% of two cells, reckoned from what they show.
fn growth_is_right(figure: &Figure) -> Option<bool> {
    let (word, rest) =
        ["增长", "下降", "减少", "增加"].iter().find_map(|w| Some((*w, figure.text.split_once(w)?.1)))?;
    let percent: Decimal = rest.strip_suffix('%')?.parse().ok()?;
    let numbers: Vec<Decimal> = figure.reads.iter().filter_map(|read| read.shown.parse().ok()).collect();
    let [new, old] = numbers[..] else { return None };
    let change = (new - old) * Decimal::ONE_HUNDRED / old;
    let signed = if matches!(word, "增长" | "增加") { percent } else { -percent };
    Some((change - signed).abs() <= Decimal::new(5, 2))
}

fn one_round(name: &str, pack: &Pack, turn: Turn) -> (usize, usize) {
    let sample = root().join(format!("samples/{name}/2026.yaml"));
    let mut last = load(std::slice::from_ref(&sample), &LoadOptions::default()).dataset.expect("the sample");
    huibao::dataset::schema::check(&mut last, &pack.schema);
    let yaml = both_years(&last, pack, turn);
    let mut now = read(&[("两年.yaml", yaml.as_bytes())]);
    let mut typed = now.dataset.clone().unwrap_or_else(|| panic!("{name}: {:?} {yaml}", now.diagnostics));
    huibao::dataset::schema::check(&mut typed, &pack.schema);
    // Last year: the blank form, filled in.
    let keys: Vec<String> = last.report.keys().map(|k| k.to_string()).collect();
    let request = FormRequest {
        title: &pack.display,
        kind: pack.kind,
        key: &pack.key,
        year: Some(LAST),
        report_keys: &keys,
        ..FormRequest::default()
    };
    let dir = tempfile::tempdir().unwrap();
    let form = form::workbook(&pack.schema, &request).unwrap();
    std::fs::write(dir.path().join("去年.xlsx"), filled(&form, pack, &last)).unwrap();
    // This year's form from it, and nothing but this year filled in.
    let made = huibao(dir.path(), &["form", "-t", name, "--from", "去年.xlsx", "-o", "今年.xlsx"]);
    assert!(
        !made.contains("F011") && !made.contains("F012") && !made.contains("F013") && !made.contains("警告"),
        "{name}: {made}"
    );
    let bytes = std::fs::read(dir.path().join("今年.xlsx")).unwrap();
    let bytes = fill_this_year(&bytes, pack, &typed);
    std::fs::write(dir.path().join("今年.xlsx"), &bytes).unwrap();
    let round = material(load(&[dir.path().join("今年.xlsx")], &LoadOptions::default()), name);
    now.diagnostics.clear();
    let whole = material(now, name);
    let (book, _) = workbook::read(&bytes, "今年.xlsx").unwrap();
    let (mut compared, mut reckoned) = (0, 0);
    for (a, b) in reports(&round, name).iter().zip(&reports(&whole, name)) {
        let figures = |document: &Document| -> Vec<String> {
            let line = |f: &Figure| {
                let cells: Vec<String> = f.reads.iter().map(|r| bare(&r.shown)).collect();
                format!("{} ｜ {} ｜ {}", bare(&f.text), f.expression, cells.join("、"))
            };
            document.figures.iter().map(line).collect()
        };
        similar(&figures(a), &figures(b), &format!("{name} {turn:?}"));
        assert_eq!(bare(&document::plain(a)), bare(&document::plain(b)), "{name} {turn:?}");
        compared += a.figures.iter().filter(|f| reads_last_year(f, &book)).count();
        for figure in a.figures.iter() {
            let right = growth_is_right(figure);
            assert!(
                right != Some(false),
                "{name} {turn:?}: {} of {:?}",
                figure.text,
                figure.reads.iter().map(|r| r.shown).collect::<Vec<_>>()
            );
            reckoned += usize::from(right.is_some());
        }
    }
    (compared, reckoned)
}

/// Fails at the first line that differs.
fn similar(a: &[String], b: &[String], of: &str) {
    for (a, b) in a.iter().zip(b) {
        assert_eq!(a, b, "{of}");
    }
    assert_eq!(a.len(), b.len(), "{of}");
}

/// Without the zeros at the end of decimals: a number that is typed anew keeps none.
fn bare(text: &str) -> String {
    crate::data_form::bare_numbers(text)
}

fn huibao(dir: &Path, args: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(args)
        .current_dir(dir)
        .env("HUIBAO_HOME", root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{said}");
    said
}

#[test]
fn comparisons_are_right_after_a_round_on_every_pack() {
    let mut dirs: Vec<PathBuf> =
        std::fs::read_dir(root().join("report-templates")).unwrap().flatten().map(|e| e.path()).collect();
    dirs.sort();
    let mut seen = BTreeMap::new();
    for dir in dirs.iter().filter(|p| p.join("template.yaml").is_file()) {
        let name = dir.file_name().unwrap().to_string_lossy().into_owned();
        let pack = Pack::load(dir, &mut SourceMap::new()).unwrap_or_else(|_| panic!("{name}"));
        for turn in [Turn::More, Turn::Less, Turn::Same, Turn::Mixed] {
            let (compared, reckoned) = one_round(&name, &pack, turn);
            // Each pack compares with last year, whatever the year brought.
            assert!(compared >= 3, "{name} {turn:?}: {compared} figures of last year");
            *seen.entry(name.clone()).or_insert(0) += reckoned;
        }
    }
    assert!(seen.len() >= 8 && seen.values().all(|count| *count > 0), "{seen:?}");
}
