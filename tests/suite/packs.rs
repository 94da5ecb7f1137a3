//! The packs that come with the program, over their samples and over variants of them:
//! what is printed must be correct official Chinese whatever the data hold.

use std::path::{Path, PathBuf};

use huibao::dataset::{Cell, LoadOptions, Loaded, Value, load};
use huibao::diagnostic::Diagnostic;
use huibao::document::{self, Block, Document, Inline, Inlines, TableRow};
use huibao::pipeline::{self, Material, Request};
use huibao::template::Subject;

use super::packs_prose::{is_whole, reads_well};
use super::packs_variants::{VARIANTS, half_filled, vary};

pub const PACKS: [&str; 8] = [
    "district-overview",
    "township-stations",
    "county-review",
    "subdistrict-stations",
    "township-briefing",
    "work-report",
    "township-annual",
    "special-report",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn sample(pack: &str, file: &str) -> Loaded {
    load(&[root().join("samples").join(pack).join(file)], &LoadOptions::default())
}

/// A draft of a pack over data that are half filled in: what is missing is shown, nothing stops.
#[test]
fn half_filled_data_give_a_draft() {
    for pack in PACKS {
        for step in 1..=3 {
            let mut loaded = sample(pack, "2026.yaml");
            half_filled(&mut loaded, step);
            let request =
                Request { template: Some(pack.into()), folders: vec![root()], draft: true, ..Default::default() };
            let material =
                pipeline::gather(loaded, &request).unwrap_or_else(|f| panic!("{pack}: {}", printed(&f.diagnostics)));
            let subject = (pack == "township-briefing").then(|| subject(&material, 0)).flatten();
            let composed = pipeline::compose(&material, subject, true);
            let composed = composed.unwrap_or_else(|d| panic!("{pack} {step}: {}", printed(&d)));
            let text = document::plain(&composed.document);
            assert!(text.contains("〔待填："), "{pack} {step}: {text}");
            assert!(!text.contains("有误") && !text.contains("undefined"), "{pack} {step}: {text}");
        }
    }
}

fn material(pack: &str, loaded: Loaded) -> Material {
    try_material(pack, loaded).unwrap_or_else(|said| panic!("{pack}: {said}"))
}

fn try_material(pack: &str, loaded: Loaded) -> Result<Material, String> {
    let request = Request { template: Some(pack.into()), folders: vec![root()], ..Default::default() };
    pipeline::gather(loaded, &request).map_err(|f| printed(&f.diagnostics))
}

fn printed(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("{} {}；", d.code.name(), d.message)).collect()
}

/// The row of 乡镇 that a briefing is about, in every year that has it.
fn subject(material: &Material, row: usize) -> Option<Subject> {
    let data = &material.data;
    let name = |year: i16, row: usize| {
        let table = data.years.get(&year)?.tables.get("乡镇")?;
        Some(table.records.get(row)?.cells[table.column("名称")?].shown.clone())
    };
    let wanted = name(data.year?, row)?;
    let rows = data.years.iter().filter_map(|(year, d)| {
        let count = d.tables.get("乡镇").map_or(0, |t| t.records.len());
        (0..count).find(|r| name(*year, *r).as_ref() == Some(&wanted)).map(|r| (*year, r))
    });
    Some(Subject { table: "乡镇".into(), rows: rows.collect(), report: Vec::new(), digest: "".into() })
}

pub fn compose(pack: &str, loaded: Loaded) -> Document {
    try_compose(pack, loaded).unwrap_or_else(|said| panic!("{pack}: {said}"))
}

/// A pack over a variant of its sample.
pub fn compose_variant(pack: &str, variant: &str) -> Document {
    let schema = material(pack, sample(pack, "2026.yaml")).pack.schema;
    let mut loaded = sample(pack, "2026.yaml");
    vary(&mut loaded, &schema, variant);
    compose(pack, loaded)
}

fn try_compose(pack: &str, loaded: Loaded) -> Result<Document, String> {
    let material = try_material(pack, loaded)?;
    let subject = (pack == "township-briefing").then(|| subject(&material, 0)).flatten();
    pipeline::compose(&material, subject, false).map(|c| c.document).map_err(|d| printed(&d))
}

#[test]
fn workbook_and_yaml_say_the_same() {
    for pack in PACKS {
        let text = document::plain(&compose(pack, sample(pack, "2026.yaml")));
        let twin = document::plain(&compose(pack, sample(pack, "2026.xlsx")));
        assert_eq!(text, twin, "{pack}");
    }
}

#[test]
fn golden_texts_of_all_variants() {
    let mut wrong = Vec::new();
    for pack in PACKS {
        let schema = material(pack, sample(pack, "2026.yaml")).pack.schema;
        for variant in VARIANTS {
            let mut loaded = sample(pack, "2026.yaml");
            vary(&mut loaded, &schema, variant);
            match try_compose(pack, loaded) {
                Ok(document) => {
                    let text = document::plain(&document);
                    // What a user's own rows hold is not the template's to mend.
                    let own = |w: &String| pack == "work-report" && variant == "zero-now" && w.starts_with('0');
                    let found = reads_well(&text).into_iter().chain(is_whole(&document)).filter(|w| !own(w));
                    wrong.extend(found.map(|w| format!("{pack} {variant}: {w}")));
                    parts_in_order(pack, variant, &document);
                    insta::assert_snapshot!(format!("{pack}_{variant}"), text);
                }
                Err(said) => wrong.push(format!("{pack} {variant}: {said}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The parts stand in their order: four, or three in the form of a township.
fn parts_in_order(pack: &str, variant: &str, document: &Document) {
    let parts: Vec<&str> = document
        .body
        .iter()
        .filter_map(|b| match b {
            Block::Heading(h) if h.level == 1 => Some(&*h.number),
            _ => None,
        })
        .collect();
    let wanted: &[&str] = if pack == "township-stations" {
        &["一、", "二、", "三、"]
    } else {
        &["一、", "二、", "三、", "四、"]
    };
    assert_eq!(parts, wanted, "{pack} {variant}");
}

/// Texts with digits that a template types on purpose.
const TYPED: [&str; 0] = [];
/// Figures without a cell: the years that the data have, as labels of a chart.
const YEARS: &str = "年";

#[test]
fn every_digit_has_an_origin() {
    let digit = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let mut free = Vec::new();
    for pack in PACKS {
        let document = compose(pack, sample(pack, "2026.yaml"));
        let annexes = document.annexes.iter().flat_map(|annex| &annex.blocks);
        let texts = document.body.iter().chain(annexes).flat_map(written).chain([document.front.title.clone()]);
        let typed = texts.flat_map(|text| typed(&text)).filter(|t| digit(t) && !TYPED.contains(&t.as_str()));
        free.extend(typed.map(|t| format!("{pack}: typed in “{t}”")));
        let unread =
            document.figures.iter().filter(|f| f.reads.is_empty() && digit(&f.text) && &*f.expression != YEARS);
        free.extend(unread.map(|f| format!("{pack}: “{}” from {{{{ {} }}}}", f.text, f.expression)));
        assert!(document.figures.iter().filter(|f| digit(&f.text)).count() > 10, "{pack}");
    }
    assert!(free.is_empty(), "digits without origin:\n{}", free.join("\n"));
}

/// Everything that a block sets in type, but the numbers of headings and captions, which the
/// program counts.
fn written(block: &Block) -> Vec<Inlines> {
    match block {
        Block::Heading(heading) => vec![heading.text.clone()],
        Block::Paragraph { lead, text } => lead.iter().map(|h| h.text.clone()).chain([text.clone()]).collect(),
        Block::List(list) => list.items.clone(),
        Block::UnitLine(text) => vec![text.clone()],
        Block::Table(table) => {
            let rows = table.header.iter().chain(&table.rows).flat_map(|row| &row.cells);
            let beside = table.caption.iter().map(|c| &c.text).chain(&table.unit_line).chain(&table.notes);
            rows.map(|cell| &cell.text).chain(beside).cloned().collect()
        }
        Block::Chart(chart) => {
            let values = chart.series.iter().flat_map(|s| s.values.iter().flatten().map(|(_, text)| text));
            let names = chart.series.iter().map(|s| &s.name).chain(chart.caption.iter().map(|c| &c.text));
            chart.labels.iter().chain(names).chain(values).cloned().collect()
        }
        Block::Picture(_) | Block::PageBreak => Vec::new(),
    }
}

/// What the template typed, without its figures.
fn typed(inlines: &Inlines) -> Vec<String> {
    inlines
        .iter()
        .flat_map(|i| match i {
            Inline::Text(text) => vec![text.to_string()],
            Inline::Emphasis(inner) | Inline::Strong(inner) => typed(inner),
            _ => Vec::new(),
        })
        .collect()
}

#[test]
fn a_briefing_for_each_of_the_rows() {
    let material = material("township-briefing", sample("township-briefing", "2026.yaml"));
    let mut names = std::collections::BTreeSet::new();
    for row in 0..17 {
        let composed = pipeline::compose(&material, subject(&material, row), false);
        let composed = composed.unwrap_or_else(|d| panic!("row {row}: {}", printed(&d)));
        assert_eq!(reads_well(&document::plain(&composed.document)), Vec::<String>::new());
        assert!(composed.file_name.ends_with("_2026年简报"), "{}", composed.file_name);
        names.insert(composed.file_name);
    }
    assert_eq!(names.len(), 17);
}

/// The annexes of the district's report: every unit in its row, the totals the sums of the rows.
#[test]
fn annexes_hold_every_unit_and_their_sums() {
    let with_annexes = |variant: &str| {
        let schema = material("district-overview", sample("district-overview", "2026.yaml")).pack.schema;
        let mut loaded = sample("district-overview", "2026.yaml");
        vary(&mut loaded, &schema, variant);
        let data = loaded.dataset.as_mut().unwrap();
        let yes = Cell { value: Value::Text("是".into()), shown: "是".into(), ..data.report["单位"].clone() };
        data.report.insert("附表".into(), yes);
        compose("district-overview", loaded)
    };
    for variant in VARIANTS {
        let document = with_annexes(variant);
        assert_eq!(document.annexes.len(), 2, "{variant}");
        assert_eq!(reads_well(&document::plain(&document)), Vec::<String>::new(), "{variant}");
    }
    let document = with_annexes("full");
    let blocks: Vec<&Block> = document.annexes.iter().flat_map(|annex| &annex.blocks).collect();
    let table = blocks.iter().find_map(|b| if let Block::Table(table) = b { Some(table) } else { None }).unwrap();
    let chart = blocks.iter().find_map(|b| if let Block::Chart(chart) = b { Some(chart) } else { None }).unwrap();
    assert_eq!((document.annexes.len(), table.rows.len(), chart.labels.len()), (2, 18, 17));
    let (total, rows) = table.rows.split_last().unwrap();
    assert!(total.total);
    let mut sums = 0;
    for column in 2..total.cells.len() {
        let value =
            |row: &TableRow| document::plain_text(&row.cells[column].text).parse::<rust_decimal::Decimal>().ok();
        // A rate has no sum.
        let Some(sum) = value(total) else { continue };
        assert_eq!(rows.iter().map(|row| value(row).unwrap()).sum::<rust_decimal::Decimal>(), sum, "column {column}");
        sums += 1;
    }
    assert_eq!(sums, 10);
}

/// The figures of the samples agree: a part is no more than its whole, and what is said of one
/// place in several samples is the same.
#[test]
fn samples_agree_with_themselves_and_each_other() {
    const PARTS: [(&str, &str); 14] = [
        ("村级站建成", "村级站规划"),
        ("办结建议", "收集建议"),
        ("督办办结", "督办建议"),
        ("督办建议", "收集建议"),
        ("整改完成", "整改问题"),
        ("已支付", "使用经费"),
        ("整改问题", "发现问题"),
        ("整改隐患", "排查隐患"),
        ("化解纠纷", "受理纠纷"),
        ("民生支出", "财政支出"),
        ("办结", "收集"),
        ("进站人数", "人数"),
        ("培训场次", "培训人次"),
        ("接待次数", "接待群众"),
    ];
    let mut pairs = 0;
    for pack in PACKS {
        let data = sample(pack, "2026.yaml").dataset.unwrap();
        assert_eq!(data.years.keys().copied().collect::<Vec<_>>(), [2024, 2025, 2026], "{pack}");
        for (year, now) in &data.years {
            for (part, whole) in PARTS {
                let fields = [part, whole].map(|name| now.fields.get(name).and_then(Cell::number));
                if let [Some(part_), Some(whole_)] = fields {
                    assert!(part_.decimal <= whole_.decimal, "{pack} {year}: {part} is more than {whole}");
                    pairs += 1;
                }
                for table in now.tables.values() {
                    let (Some(a), Some(b)) = (table.column(part), table.column(whole)) else { continue };
                    for record in &table.records {
                        let [a, b] = [a, b].map(|at| record.cells[at].number().unwrap().decimal);
                        assert!(a <= b, "{pack} {year}: {part} is more than {whole}");
                        pairs += 1;
                    }
                }
            }
        }
    }
    assert!(pairs > 300, "{pairs}");
    let overview = sample("district-overview", "2026.yaml").dataset.unwrap();
    for (pack, town) in [("township-stations", "云溪镇"), ("subdistrict-stations", "城东街道")] {
        let own = sample(pack, "2026.yaml").dataset.unwrap();
        for (year, now) in &own.years {
            let table = &overview.years[year].tables["乡镇"];
            let row = table.records.iter().find(|r| &*r.cells[0].shown == town).unwrap();
            let of = |name: &str| row.cells[table.column(name).unwrap()].number().unwrap().decimal;
            for (field, column) in [
                ("接待群众", "接待群众"),
                ("收集建议", "收集建议"),
                ("办结建议", "办结建议"),
                ("经费", "使用经费"),
                ("站点数", "村级站建成"),
            ] {
                let Some(said) = now.fields.get(field).and_then(Cell::number) else { continue };
                assert_eq!(said.decimal, of(column), "{pack} {year} {field}");
            }
        }
    }
}

/// The samples' workbooks are those that the example makes.
#[test]
fn sample_files_are_there() {
    for pack in PACKS {
        for file in ["2026.yaml", "2026.xlsx"] {
            assert!(Path::new(&root()).join("samples").join(pack).join(file).is_file(), "{pack}/{file}");
        }
    }
}
