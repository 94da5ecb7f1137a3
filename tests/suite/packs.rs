//! The packs that come with the program, over their samples and over variants of them:
//! what is printed must be correct official Chinese whatever the data hold.

use std::path::{Path, PathBuf};

use huibao::dataset::{LoadOptions, Loaded, load};
use huibao::diagnostic::Diagnostic;
use huibao::document::{self, Block, Document, Inline, Inlines};
use huibao::pipeline::{self, Material, Request};
use huibao::template::Subject;

use super::packs_variants::{VARIANTS, vary};

const PACKS: [&str; 6] = [
    "district-overview",
    "township-stations",
    "county-review",
    "subdistrict-stations",
    "township-briefing",
    "work-report",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sample(pack: &str, file: &str) -> Loaded {
    load(&[root().join("samples").join(pack).join(file)], &LoadOptions::default())
}

fn material(pack: &str, loaded: Loaded) -> Material {
    try_material(pack, loaded).unwrap_or_else(|said| panic!("{pack}: {said}"))
}

fn try_material(pack: &str, loaded: Loaded) -> Result<Material, String> {
    let request = Request { template: Some(pack.into()), folders: vec![root()], ..Default::default() };
    pipeline::material(loaded, &request).map_err(|f| printed(&f.diagnostics))
}

fn printed(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("{} {}；", d.code, d.message)).collect()
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

fn compose(pack: &str, loaded: Loaded) -> Document {
    try_compose(pack, loaded).unwrap_or_else(|said| panic!("{pack}: {said}"))
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
                    wrong.extend(reads_well(&text).into_iter().map(|w| format!("{pack} {variant}: {w}")));
                    parts_in_order(pack, variant, &document);
                    insta::assert_snapshot!(format!("{pack}_{variant}"), text);
                }
                Err(said) => wrong.push(format!("{pack} {variant}: {said}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Nothing of the machine, nothing doubled, nothing empty.
fn reads_well(text: &str) -> Vec<String> {
    const NEVER: [&str; 33] = [
        "nan",
        "NaN",
        "none",
        "undefined",
        "inf",
        "待填",
        "有误",
        "增长0%",
        "下降0%",
        "增加0",
        "减少0",
        "-0",
        "，，",
        "。。",
        "、、",
        "；；",
        "，。",
        "。，",
        "；。",
        "。；",
        "、。",
        "、，",
        "，；",
        "：。",
        "（）",
        "“”",
        "《》",
        "》、《",
        "”、“",
        "。、",
        "其中。",
        "同比同比",
        "较上年持平上年",
    ];
    let near = |at: usize| text[..at].chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    let mut found: Vec<String> =
        NEVER.iter().filter_map(|wrong| Some(format!("“{wrong}” behind {}", near(text.find(wrong)?)))).collect();
    found
        .extend(text.lines().filter(|l| l.trim().contains(' ') && l.contains('。')).map(|l| format!("a space in {l}")));
    found
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
        for block in &document.body {
            let Block::Paragraph { lead, text } = block else { continue };
            let lead = lead.iter().flat_map(|h| typed(&h.text));
            let typed = lead.chain(typed(text)).filter(|t| digit(t) && !TYPED.contains(&t.as_str()));
            free.extend(typed.map(|t| format!("{pack}: typed in “{t}”")));
        }
        let unread =
            document.figures.iter().filter(|f| f.reads.is_empty() && digit(&f.text) && &*f.expression != YEARS);
        free.extend(unread.map(|f| format!("{pack}: “{}” from {{{{ {} }}}}", f.text, f.expression)));
    }
    assert!(free.is_empty(), "digits without origin:\n{}", free.join("\n"));
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

/// The samples' workbooks are those that the example makes.
#[test]
fn sample_files_are_there() {
    for pack in PACKS {
        for file in ["2026.yaml", "2026.xlsx"] {
            assert!(Path::new(&root()).join("samples").join(pack).join(file).is_file(), "{pack}/{file}");
        }
    }
}
