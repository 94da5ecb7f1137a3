//! Reading and typing: a workbook of 20,000 rows and 30 columns (at most 1.0 s), and the
//! workbook of a usual report (at most 15 ms).

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::dataset::schema::{Schema, check};
use huibao::dataset::{Input, LoadOptions, load, load_inputs};
use huibao::source::{SourceId, yaml};
use rust_xlsxwriter::Workbook;

fn large() -> (Vec<u8>, Schema) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("乡镇").expect("a name");
    let mut columns = String::from("表:\n  - 名称: 乡镇\n    列:\n      - {名称: 名称, 类型: 文本}\n");
    sheet.write_string(0, 0, "名称").expect("a cell");
    for column in 1..30u16 {
        sheet.write_string(0, column, format!("数{column}（万元）")).expect("a cell");
        columns += &format!("      - {{名称: 数{column}, 类型: 小数, 单位: 万元}}\n");
    }
    for row in 1..=20_000u32 {
        sheet.write_string(row, 0, format!("第{row}村")).expect("a cell");
        for column in 1..30u16 {
            sheet.write_number(row, column, f64::from(row * u32::from(column)) / 100.0).expect("a cell");
        }
    }
    let root = yaml::parse(&columns, SourceId(0)).expect("a schema");
    (book.save_to_buffer().expect("a workbook"), Schema::from_yaml(None, root.get("表")).0)
}

fn reading(criterion: &mut Criterion) {
    let (bytes, schema) = large();
    let mut group = criterion.benchmark_group("reading");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    group.bench_function("20,000 rows of 30 columns, typed", |b| {
        b.iter(|| {
            let input = Input::Bytes { name: "大表.xlsx".into(), bytes: bytes.clone() };
            let mut dataset = load_inputs(vec![input], &LoadOptions::default()).dataset.expect("data");
            black_box(check(&mut dataset, &schema))
        })
    });
    let usual = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/district-overview/2026.xlsx"));
    group.bench_function("a usual workbook", |b| {
        b.iter(|| black_box(load(std::slice::from_ref(&usual), &LoadOptions::default())))
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
