//! What `build` does with findings, and the copies that carry the proof: review and attach.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use huibao::document::{Block, Chart, Document, Inline};
use huibao::layout::{self, Extras, Kit, Profile};
use huibao::pipeline::{self, Request};
use huibao::template::Format;
use huibao::trace;

use super::check::pack;

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_huibao"))
        .args(args)
        .current_dir(dir)
        .env("HUIBAO_HOME", env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const WRONG: &str = "# 情况\n已完成,正在验收。大幅增长0.8%，成效显著。\n";

#[test]
fn build_refuses_what_the_check_calls_wrong() {
    let (dir, _) = pack("", WRONG, "年份: 2026\n");
    let out = run(dir.path(), &["build", "例.yaml", "-t", ".", "-f", "docx"]);
    let said = text(&out.stderr);
    assert_eq!(out.status.code(), Some(1), "{said}");
    assert!(
        said.contains("P-01") && said.contains("report.md.j2:2:4") && said.contains("已完成【,】正在验收"),
        "{said}"
    );
    assert!(said.contains("没有生成文件") && !dir.path().join("out").exists(), "{said}");
    // The same as a draft.
    let out = run(dir.path(), &["build", "例.yaml", "-t", ".", "-f", "docx", "--draft"]);
    let said = text(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert!(said.contains("检查发现1处错误、1处警告"), "{said}");
    assert!(dir.path().join("out/关于某项工作情况的汇报.docx").is_file());
}

#[test]
fn build_counts_warnings_in_one_line() {
    let (dir, _) = pack("", &WRONG.replace(',', "，"), "年份: 2026\n");
    let out = run(dir.path(), &["build", "例.yaml", "-t", ".", "-f", "docx"]);
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(text(&out.stderr), "检查发现1处警告，用 huibao check 查看\n");
}

#[test]
fn check_of_a_clean_report_is_one_line() {
    let (dir, _) = pack("", "# 情况\n各项工作有序推进。\n", "年份: 2026\n");
    let out = run(dir.path(), &["check", "例.yaml", "-t", "."]);
    assert_eq!((out.status.code(), text(&out.stdout)), (Some(0), "没有发现问题\n".to_string()));
    let out = run(dir.path(), &["check", "例.yaml", "-t", ".", "--report", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!((report["version"].as_i64(), report["findings"].as_array().map(Vec::len)), (Some(1), Some(0)));
}

#[test]
fn check_looks_at_all_that_it_can() {
    let (dir, _) = pack(
        "字段: [{名称: 场次, 类型: 整数, 必填: true}, {名称: 人次, 类型: 整数}]\n关系: [人次 >= 200]\n",
        "# 情况\n共{{ 场次 }}场,{{ 人次 }}人次。\n",
        "年份: 2026\n人次: 126\n",
    );
    let out = run(dir.path(), &["check", "例.yaml", "-t", "."]);
    let said = text(&out.stdout);
    assert_eq!(out.status.code(), Some(1), "{said}");
    assert!(["D067", "C-01", "P-01"].iter().all(|code| said.contains(code)), "{said}");
}

fn sample(name: &str) -> (pipeline::Material, pipeline::Composed, Kit) {
    let request = Request {
        data: vec![PathBuf::from(format!("samples/{name}/2026.xlsx"))],
        folders: vec![PathBuf::from(".")],
        ..Request::default()
    };
    let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
    let composed = pipeline::compose(&material, None, false).unwrap();
    (material, composed, Kit::load(Path::new("fonts")).unwrap())
}

fn part(docx: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).unwrap();
    Some(text)
}

fn figures_in_charts(document: &Document) -> usize {
    let blocks = document.body.iter().chain(document.annexes.iter().flat_map(|annex| &annex.blocks));
    let of = |chart: &Chart| {
        let values = chart.series.iter().flat_map(|series| series.values.iter().flatten().map(|(_, text)| text));
        let all = chart.labels.iter().chain(values).flatten();
        all.filter(|inline| matches!(inline, Inline::Figure { .. })).count()
    };
    blocks.map(|block| if let Block::Chart(chart) = block { of(chart) } else { 0 }).sum()
}

#[test]
fn a_review_copy_has_a_note_on_each_figure() {
    let (material, composed, kit) = sample("district-overview");
    let notes = trace::notes(&composed.document, &material.sources);
    let extras = Extras { notes: Some(notes.clone()), attachments: Vec::new() };
    let both = [Format::Pdf, Format::Docx];
    let order = pipeline::Order { extras, ..pipeline::Order::of(&both) };
    let laid = pipeline::lay_out(&composed.document, &kit, &order).unwrap();
    let passages = huibao::document::passages(&composed.document);
    let printed = trace::printed(&composed.document, &passages);
    let docx = &laid.files[1].1;
    let comments = part(docx, "word/comments.xml").unwrap();
    let count = comments.matches("<w:comment ").count();
    // A chart is one picture: its figures are in its text for the blind, not under notes.
    let printed = printed.len() - figures_in_charts(&composed.document);
    assert_eq!(count, printed);
    assert!(comments.contains("乡镇!G2:G18"), "cells are named");
    let body = part(docx, "word/document.xml").unwrap();
    for mark in ["<w:commentRangeStart ", "<w:commentRangeEnd ", "<w:commentReference "] {
        assert_eq!(body.matches(mark).count(), count, "{mark}");
    }
    assert!(!body.contains("w:highlight"), "marks are gone");
    // The PDF: an annotation for each figure but the title's, on a file that is the plain one
    // with an update behind it.
    let pdf = &laid.files[0].1;
    let annotations = pdf.windows(18).filter(|w| *w == b"/Subtype/Highlight").count()
        + pdf.windows(19).filter(|w| *w == b"/Subtype /Highlight").count();
    assert!(annotations + 1 >= printed, "{annotations} of {printed}");
    // Normal outputs have none of it, and stay what they are.
    let plain = pipeline::lay_out(&composed.document, &kit, &pipeline::Order::of(&both)).unwrap();
    assert!(part(&plain.files[1].1, "word/comments.xml").is_none());
    assert_eq!(plain.files[1].1, layout::docx(&composed.document, &kit).unwrap());
    assert_eq!(plain.files[0].1, layout::pdf(&composed.document, &kit).unwrap().bytes);
    assert!(!plain.files[0].1.windows(6).any(|w| w == b"/Annot"));
}

#[test]
fn files_go_into_the_pdf() {
    let (material, composed, kit) = sample("township-stations");
    let attachments = trace::attachments(&composed.document, &material.data, &material.sources).unwrap();
    let names: Vec<&str> = attachments.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["2026.xlsx", "核对表.xlsx"]);
    assert_eq!(attachments[0].bytes, fs::read("samples/township-stations/2026.xlsx").unwrap());
    let extras = Extras { notes: None, attachments };
    let profile = Profile::default();
    let plan = layout::Plan::new(&composed.document, &kit, &profile).unwrap();
    let made = || plan.pdf(&profile, &extras).unwrap().bytes;
    let pdf = made();
    let has = |word: &[u8]| pdf.windows(word.len()).any(|w| w == word);
    assert!(has(b"/EmbeddedFile") && has(b"/AFRelationship") && has(b"pdfaid:part>3<"));
    assert_eq!(pdf, made(), "the same report gives the same bytes");
}

/// `cargo test --release --test suite proof::timing -- --ignored --nocapture`
#[test]
#[ignore = "prints times"]
fn timing() {
    let (material, composed, kit) = sample("district-overview");
    // Time of this thread alone, so that a busy machine does not count; elsewhere the clock's.
    let clock = std::time::Instant::now();
    let now = || {
        let own = fs::read_to_string("/proc/thread-self/schedstat").ok();
        let own = own.and_then(|t| t.split(' ').next()?.parse::<f64>().ok());
        own.map_or_else(|| clock.elapsed().as_secs_f64() * 1e3, |ns| ns / 1e6)
    };
    let median = |name: &str, work: &dyn Fn()| {
        let mut times: Vec<f64> = (0..21)
            .map(|_| {
                let start = now();
                work();
                now() - start
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name}: median {:.2} ms, most {:.2} ms", times[10], times[20]);
    };
    median("check of the rules", &|| drop(pipeline::examine(&material, &composed.document, &pipeline::Rules::All)));
    let data = || drop(huibao::check::examine_data(&material.data, &material.pack.schema, &material.levels));
    median("  of them the data's", &data);
    let passages = huibao::document::passages(&composed.document);
    let language = || passages.iter().for_each(|p| drop(huibao::check::text_findings(p)));
    median("  of them the language's", &language);
    median("check of the layout", &|| drop(layout::remarks(&composed.document, &kit).unwrap()));
    let target = Path::new("out/核对表.xlsx");
    let subject =
        trace::Subject { document: &composed.document, data: &material.data, sources: &material.sources, target };
    median("trace", &|| drop(trace::workbook(&subject).unwrap()));
}

#[test]
fn check_passes_every_sample_file() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir("samples").unwrap() {
        let dir = entry.unwrap().path();
        for name in ["2026.yaml", "2026.xlsx"] {
            let file = dir.join(name);
            if !file.is_file() {
                continue;
            }
            count += 1;
            let out = run(Path::new("."), &["check", file.to_str().unwrap(), "--report", "json"]);
            let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
            if report["counts"]["error"] != 0 || report["counts"]["warning"] != 0 || out.status.code() != Some(0) {
                wrong.push(format!("{}: {report:#}", file.display()));
            }
        }
    }
    assert!(count >= 12, "{count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn check_of_a_pack_for_records_looks_at_each() {
    let (dir, _) = pack(
        "表:\n  - 名称: 乡镇\n    列: [{名称: 名称, 类型: 文本}, {名称: 收集, 类型: 整数}, {名称: 办结, 类型: 整数}]\n    关系: [办结 <= 收集]\n",
        "# 情况\n{{ 名称 }}收集建议{{ 收集 }}件,办结{{ 办结 }}件。\n",
        "年份: 2026\n乡镇:\n  - {名称: 云溪镇, 收集: 12, 办结: 10}\n  - {名称: 石桥镇, 收集: 12, 办结: 14}\n",
    );
    let out = run(dir.path(), &["check", "例.yaml", "-t", ".", "--report", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let codes: Vec<&str> = report["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["C-01", "P-01"], "{report:#}");
}
