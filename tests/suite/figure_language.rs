//! Every example of docs/figure-language.md, in both languages, says what it is said to say.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use huibao::dataset::{self, Input, LoadOptions};
use huibao::diagnostic::{Diagnostic, has_error};
use huibao::figures::{Figure, FigureId};
use huibao::source::SourceId;
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
    let input = Input::Bytes { name: "data.yaml".into(), bytes: data(page).as_bytes().to_vec() };
    let loaded = dataset::load_inputs(vec![input], &LoadOptions::default());
    assert!(!has_error(&loaded.diagnostics), "{:?}", loaded.diagnostics);
    Arc::new(World { data: Arc::new(loaded.dataset.unwrap()), declared: Declared::default(), subject: None })
}

/// What an expression prints, or the messages of its errors.
fn print(world: &Arc<World>, written: &str) -> Result<(String, Vec<Figure>), String> {
    let text = TemplateText { name: "t".into(), text: written.into(), source: SourceId(1), line: 1, column: 1 };
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
        // What is typed between quotation marks is no name of the data; a count reads no cell.
        let named: String = written.split('"').step_by(2).collect();
        let data = ["培训场次", "乡镇", "接待群众", "办结率", "经费", "截至日期", "措施", "制度", "督办建议"];
        if !data.iter().any(|name| named.contains(name)) || named.contains("乡镇 | length") {
            continue;
        }
        if let Ok((_, figures)) = print(&world, &written) {
            assert!(figures.iter().all(|f| !f.reads.is_empty()), "line {line}: {written} has no origin");
        }
    }
}
