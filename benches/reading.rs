//! Reading and typing: 20,000 rows of 30 columns as workbook (at most 1.0 s and 200 MB), CSV
//! and YAML, and the workbook of a usual report (at most 15 ms). Run
//! `cargo bench --bench reading`; memory is asked of a process of its own (Linux).

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use criterion::Criterion;
use huibao::dataset::schema::{Schema, check};
use huibao::dataset::{LoadOptions, load};
use huibao::diagnostic::SourceId;
use huibao::source::yaml;
use rust_xlsxwriter::Workbook;

const ROWS: u32 = 20_000;
const COLUMNS: u16 = 30;
/// Names the file to a process that only reads it and says what that took.
const READ: &str = "HUIBAO_BENCH_READ";

fn schema() -> Schema {
    let mut columns = String::from("表:\n  - 名称: 乡镇\n    列:\n      - {名称: 名称, 类型: 文本}\n");
    for column in 1..COLUMNS {
        columns += &format!("      - {{名称: 数{column}, 类型: 小数, 单位: 万元}}\n");
    }
    let root = yaml::parse(&columns, SourceId(0)).expect("a schema");
    Schema::from_yaml(None, root.get("表")).0
}

fn number(row: u32, column: u16) -> f64 {
    f64::from(row * u32::from(column)) / 100.0
}

/// The same table in three formats.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("乡镇").expect("a name");
    sheet.write_string(0, 0, "名称").expect("a cell");
    let (mut csv, mut yaml) = (String::from("名称"), String::from("年份: 2026\n乡镇:\n"));
    for column in 1..COLUMNS {
        sheet.write_string(0, column, format!("数{column}（万元）")).expect("a cell");
        csv += &format!(",数{column}（万元）");
    }
    for row in 1..=ROWS {
        sheet.write_string(row, 0, format!("第{row}村")).expect("a cell");
        csv += &format!("\n第{row}村");
        yaml += &format!("  - {{名称: 第{row}村");
        for column in 1..COLUMNS {
            let value = number(row, column);
            sheet.write_number(row, column, value).expect("a cell");
            csv += &format!(",{value}");
            yaml += &format!(", 数{column}: {value}");
        }
        yaml += "}\n";
    }
    let paths = ["乡镇.xlsx", "乡镇.csv", "乡镇.yaml"].map(|name| folder.join(name));
    book.save(&paths[0]).expect("a workbook");
    std::fs::write(&paths[1], csv).expect("a file");
    std::fs::write(&paths[2], yaml).expect("a file");
    paths.into()
}

fn typed(path: &PathBuf, schema: &Schema) -> usize {
    let mut dataset = load(std::slice::from_ref(path), &LoadOptions::default()).dataset.expect("data");
    let faults = check(&mut dataset, schema).len();
    faults + dataset.current().map_or(0, |data| data.tables["乡镇"].records.len())
}

/// The most memory of a process that does nothing but read and type the file, in MB.
fn peak(path: &Path) -> Option<u64> {
    let told = Command::new(std::env::current_exe().ok()?).env(READ, path).output().ok()?;
    String::from_utf8(told.stdout).ok()?.trim().parse().ok()
}

fn main() {
    let schema = schema();
    if let Some(path) = std::env::var_os(READ) {
        assert_eq!(typed(&PathBuf::from(path), &schema), ROWS as usize);
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        let kilobytes: Option<u64> = kilobytes.and_then(|n| n.parse().ok());
        return kilobytes.into_iter().for_each(|n| println!("{}", n.div_ceil(1024)));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("reading");
    group.sample_size(10).measurement_time(Duration::from_secs(6));
    for path in files(folder.path()) {
        let format = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let bound = if format == "xlsx" { " (at most 1.0 s)" } else { "" };
        let name = format!("{ROWS} rows of {COLUMNS} columns, typed, {format}{bound}");
        group.bench_function(name, |b| b.iter(|| black_box(typed(&path, &schema))));
        match peak(&path) {
            Some(peak) => println!("{format}: peak of the process {peak} MB (at most 200 MB)"),
            None => println!("{format}: peak of the process not known on this system"),
        }
    }
    let usual = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/district-overview/2026.xlsx"));
    group.bench_function("a usual workbook (at most 15 ms)", |b| {
        b.iter(|| black_box(load(std::slice::from_ref(&usual), &LoadOptions::default())))
    });
    group.finish();
}
