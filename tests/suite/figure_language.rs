//! Every example of docs/figure-language.md, in both languages, says what it is said to say.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use huibao::dataset::{self, Input, LoadOptions};
use huibao::diagnostic::{Diagnostic, Source, SourceId, has_error, render};
use huibao::figures::{Figure, FigureId};
use huibao::template::{Declared, Engine, TemplateText, World, split_tokens};

/// What a line gives when it is an error: the line says 错误： and a part of the message.
const REFUSED: &str = "错误：";

struct Example {
    line: usize,
    written: String,
    gives: String,
}

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

/// The fenced data of the page.
fn data(page: &str) -> &str {
    let start = page.find("```yaml\n").unwrap() + "```yaml\n".len();
    &page[start..start + page[start..].find("```").unwrap()]
}

/// Rows of the form "| `{{ … }}` | … |"; a | inside the code is written \|.
fn examples(page: &str) -> Vec<Example> {
    let row = |(number, line): (usize, &str)| {
        let (written, gives) = line.strip_prefix("| `")?.split_once("` | ")?;
        let gives = gives.strip_suffix(" |")?;
        Some(Example { line: number + 1, written: written.replace("\\|", "|"), gives: gives.to_owned() })
    };
    page.lines().enumerate().filter_map(row).collect()
}

fn world(page: &str) -> Arc<World> {
    world_of("data.yaml", data(page).as_bytes().to_vec())
}

pub fn world_of(name: &str, bytes: Vec<u8>) -> Arc<World> {
    let input = Input::Bytes { name: name.into(), bytes };
    let loaded = dataset::load_inputs(vec![input], &LoadOptions::default());
    assert!(!has_error(&loaded.diagnostics), "{:?}", loaded.diagnostics);
    Arc::new(World::new(Arc::new(loaded.dataset.unwrap()), Arc::new(Declared::default()), None))
}

/// What an expression prints, or the messages of its errors.
pub fn print(world: &Arc<World>, written: &str) -> Result<(String, Vec<Figure>), String> {
    let text = TemplateText::new("t", written, SourceId(1));
    let engine = Engine::new(vec![text]).map_err(|found| messages(&found))?;
    let rendered = engine.render("t", world, Vec::new(), false);
    if has_error(&rendered.diagnostics) {
        return Err(messages(&rendered.diagnostics));
    }
    let piece = |(piece, id): (&str, Option<FigureId>)| {
        format!("{piece}{}", id.map(|id| rendered.figures[id.0 as usize].text.to_string()).unwrap_or_default())
    };
    let text = split_tokens(&rendered.text).into_iter().map(piece).collect();
    Ok((text, rendered.figures))
}

fn messages(found: &[Diagnostic]) -> String {
    found.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("；")
}

/// Each expression gives its text; behind ✗ stands a part of what it is refused with.
pub fn rows_hold(world: &Arc<World>, rows: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (written, gives) in rows {
        let got = print(world, &format!("{{{{ {written} }}}}")).map(|(text, _)| text);
        let right = match (&got, gives.strip_prefix('✗')) {
            (Ok(text), None) => text == gives,
            (Err(said), Some(part)) => said.contains(part),
            _ => false,
        };
        if !right {
            wrong.push(format!("{written}: {gives}, not {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn examples_hold(name: &str) {
    let page = document(name);
    let world = world(&page);
    let mut wrong = Vec::new();
    for Example { line, written, gives } in examples(&page) {
        let got = print(&world, &written);
        let right = match (&got, gives.strip_prefix(REFUSED)) {
            (Ok((text, _)), None) => *text == gives,
            (Err(message), Some(part)) => message.contains(part),
            _ => false,
        };
        if !right {
            wrong.push(format!(
                "docs/{name}:{line}: {written} should give {gives}, gives {:?}",
                got.map(|(text, _)| text)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn examples_hold_in_english() {
    examples_hold("figure-language.md");
}

#[test]
fn examples_hold_in_chinese() {
    examples_hold("figure-language.zh-CN.md");
}

#[test]
fn both_pages_have_the_same_examples() {
    let of = |name| -> Vec<String> { examples(&document(name)).into_iter().map(|e| e.written + &e.gives).collect() };
    let english = of("figure-language.md");
    assert!(english.len() > 90, "{}", english.len());
    assert_eq!(english, of("figure-language.zh-CN.md"));
}

/// A figure made of data names the cells it was made of, whatever function made it.
#[test]
fn every_function_keeps_the_origins() {
    let page = document("figure-language.md");
    let world = world(&page);
    for Example { line, written, .. } in examples(&page) {
        // What is typed between quotation marks is no name of the data; what only decides is no origin.
        let named: String = written.split('"').step_by(2).collect();
        let data = ["培训场次", "乡镇", "接待群众", "办结率", "经费", "截至日期", "措施", "制度", "督办建议"];
        if !data.iter().any(|name| named.contains(name)) || named.contains("乡镇 | length") || named.contains(" if ")
        {
            continue;
        }
        if let Ok((_, figures)) = print(&world, &written) {
            assert!(figures.iter().all(|f| !f.reads.is_empty()), "line {line}: {written} has no origin");
        }
    }
}

/// Money keeps the unit that its column names, through sums as well.
#[test]
fn money_knows_the_unit_of_its_column() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("乡镇").unwrap();
    sheet.write_row(0, 0, ["名称", "经费（万元）"]).unwrap();
    for (row, (name, money)) in [("云溪镇", 31.86), ("石桥镇", 9968.14)].into_iter().enumerate() {
        sheet.write(row as u32 + 1, 0, name).unwrap();
        sheet.write(row as u32 + 1, 1, money).unwrap();
    }
    let world = world_of("乡镇.xlsx", book.save_to_buffer().unwrap());
    let said = |written: &str| print(&world, written).map(|(text, _)| text);
    assert_eq!(said("{{ 乡镇[0].经费 | 金额 }}").as_deref(), Ok("31.86万元"));
    assert_eq!(said("{{ 乡镇[0].经费 | 金额(\"万元\") }}").as_deref(), Ok("31.86万元"));
    assert_eq!(said("{{ 合计(乡镇, \"经费\") | 金额 }}").as_deref(), Ok("1亿元"));
    assert_eq!(said("{{ 平均(乡镇, \"经费\") | 金额 }}").as_deref(), Ok("5000万元"));
    assert_eq!(said("{{ (乡镇[0].经费 * 10000) | 金额 }}").as_deref(), Ok("31.86亿元"));
    assert_eq!(said("{{ (乡镇[0].经费 * 10000) | 作(\"元\") | 金额 }}").as_deref(), Ok("31.86万元"));
    assert_eq!(said("{{ 乡镇[0].经费 }}**元**").as_deref(), Ok("318600**元**"));
    assert!(said("{{ 乡镇[0].经费 | 金额(\"元\") }}").unwrap_err().contains("单位是万元"));
    assert!(said("{{ (乡镇[0].经费 * 10000) | 金额(\"元\") }}").unwrap_err().contains("单位是万元"));
}

/// “单位：万元” over a sheet is the unit of its money, and of nothing that has a unit of its own.
#[test]
fn a_unit_over_the_sheet_is_loose() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("乡镇").unwrap();
    sheet.write(0, 0, "单位：万元").unwrap();
    sheet.write_row(1, 0, ["名称", "经费", "站点数"]).unwrap();
    for (row, (name, money, people)) in [("云溪镇", 31.86, 12), ("石桥镇", 9968.14, 8)].into_iter().enumerate() {
        let row = row as u32 + 2;
        sheet.write(row, 0, name).unwrap();
        sheet.write(row, 1, money).unwrap();
        sheet.write(row, 2, people).unwrap();
    }
    let world = world_of("乡镇.xlsx", book.save_to_buffer().unwrap());
    let said = |written: &str| print(&world, written).map(|(text, _)| text);
    assert_eq!(said("{{ 合计(乡镇, \"经费\") | 金额 }}").as_deref(), Ok("1亿元"));
    assert_eq!(said("{{ 合计(乡镇, \"站点数\") + 5 }}个").as_deref(), Ok("25个"));
    assert_eq!(said("{{ 增减(乡镇[0].站点数, 10) }}个").as_deref(), Ok("增加2个"));
}

/// Wrong arguments are named with the line of the template and the cell of the data.
#[test]
fn mistakes_name_template_and_cell() {
    let data = "年份: 2026\n甲: 17\n零: 0\n率: 50%\n文字: 三十万\n历年: {2025: {甲: 12}}\n\
        乡镇:\n  - {名称: 云溪镇, 经费: 3, 空: 1}\n  - {名称: 石桥镇, 经费: 5, 空: }\n";
    let wrong = [
        "占比(甲, 零)",
        "占比(甲, 文字)",
        "占比(乡镇, 甲)",
        "同比(甲, 率)",
        "同比()",
        "同比(甲, 上年.甲, 单维=\"件\")",
        "同比(甲, 上年.甲, 位数=\"x\")",
        "同比(甲, 上年.甲, 位数=9)",
        "同比(甲, 上年.甲, \"件\", 1, \"同比\", \"升\", 2)",
        "同比(甲, 上年.已)",
        "序时进度(甲, 零, 9)",
        "序时进度(甲, 17, 13)",
        "率 | 汉字",
        "文字 | 金额",
        "甲 | 金额(\"美元\")",
        "文字 | 年月日",
        "期间(9, 1)",
        "排名(乡镇, \"经费\", \"无名镇\")",
        "排名(乡镇, \"空\", \"云溪镇\")",
        "平均(乡镇, \"经飞\")",
        "平均(乡镇, \"名称\")",
        "最大(乡镇 | 筛选(\"名称\", \"没有\"), \"经费\").名称",
        "位次(0, 1)",
        "乡镇 | 列举(3)",
        "乡镇 | 筛选(\"名称\", \"没有\") | 取(\"名称\") | 顿号",
        "甲 | 一是",
    ];
    let text: String = wrong.iter().map(|written| format!("{{{{ {written} }}}}\n")).collect();
    let input = Input::Bytes { name: "data.yaml".into(), bytes: data.as_bytes().to_vec() };
    let mut loaded = dataset::load_inputs(vec![input], &LoadOptions::default());
    let source = loaded.sources.add(Source {
        path: "report.md.j2".into(),
        name: "report.md.j2".into(),
        text: Some(text.as_str().into()),
        sheets: Vec::new(),
        sha256: String::new(),
    });
    let world = World::new(Arc::new(loaded.dataset.unwrap()), Arc::new(Declared::default()), None);
    let template = TemplateText::new("t", text, source);
    let engine = Engine::new(vec![template]).unwrap();
    let found = engine.render("t", &Arc::new(world), Vec::new(), false).diagnostics;
    assert_eq!(found.len(), wrong.len());
    let printed: String = found.iter().map(|diagnostic| render(diagnostic, &loaded.sources)).collect();
    insta::assert_snapshot!(printed);
}
