//! 7.3.5.5: whatever the length of the body, no page holds a signature, a seal, a 签名章 or 附件说明 without
//! body text above it.

use std::collections::BTreeMap;

use huibao::document::*;
use huibao::layout;

use crate::frames::{Sheet, sheets};
use crate::layout_pdf::{KIT, briefing, official, paragraph, report, text};

/// Stands in every line of the body and nowhere else.
const BODY: &str = "今年以来";

/// A body of so many lines: paragraphs of `each` lines, the last one of what is left.
fn body(lines: usize, each: usize) -> Vec<Block> {
    let of = |count: usize| {
        // 26 characters on the first line, 28 on each other, the last one short.
        let line = |i: usize| {
            if i == 0 {
                "，各项工作按照年初的部署有序推进并取得新的进展"
            } else {
                "，各项工作按照年初的部署有序推进并取得了新的较大进展"
            }
        };
        let full: String = (0..count - 1).map(|i| format!("{BODY}{}", line(i))).collect();
        paragraph(&format!("{full}{BODY}有序推进。"))
    };
    let whole = (0..lines / each).map(|_| of(each));
    whole.chain((!lines.is_multiple_of(each)).then(|| of(lines % each))).collect()
}

fn annexes(document: &mut Document, count: usize) {
    let annex = |i: usize| Annex {
        title: text(&format!("各乡镇便民服务站第{i}类事项办理情况统计表")),
        landscape: false,
        blocks: vec![paragraph("略。")],
    };
    document.annexes = (1..=count).map(annex).collect();
}

/// Each kind of ending over a body.
fn kinds(body: &[Block]) -> BTreeMap<&'static str, Document> {
    let dressed = |joint: bool, change: &dyn Fn(&mut Document)| {
        let mut document = official(0, joint);
        document.body = body.to_vec();
        document.annexes = Vec::new();
        document.signature.remark = None;
        document.colophon = document.colophon.map(|colophon| Colophon { even_page: false, ..colophon });
        change(&mut document);
        document
    };
    let plain = |change: &dyn Fn(&mut Document)| {
        let mut document = report(body.to_vec());
        document.annexes = Vec::new();
        change(&mut document);
        document
    };
    BTreeMap::from([
        ("plain", plain(&|_| {})),
        ("附件说明", plain(&|document| annexes(document, 3))),
        ("附注", plain(&|document| document.signature.remark = Some(text("（联系人：办公室，电话：000-00000000）")))),
        ("sealed", dressed(false, &|_| {})),
        ("three seals", dressed(true, &|_| {})),
        ("sealed, 附件", dressed(false, &|document| annexes(document, 2))),
        ("sealed, 附注", dressed(false, &|document| document.signature.remark = Some(text("（此件公开发布）")))),
        (
            "签名章",
            dressed(false, &|document| {
                let seals = std::mem::take(&mut document.signature.seals);
                document.signature.stamps = seals.into_iter().map(|seal| seal.picture).collect();
                document.signature.posts = vec![text("区长")];
                document.signature.sealed = false;
            }),
        ),
    ])
}

/// What ends the document and has no body text above it on its page.
fn alone(sheets: &[Sheet]) -> Option<String> {
    for (i, sheet) in sheets.iter().enumerate() {
        let first = sheet.runs.iter().filter(|run| run.text.contains(BODY)).map(|run| run.y).reduce(f64::min);
        let above = |y: f64| first.is_some_and(|first| first < y);
        let annex = sheet.runs.iter().any(|run| run.text.contains("略。"));
        let is_tail = |text: &str| {
            ["附件：", "区长", "（联系人", "（此件"].iter().any(|word| text.contains(word)) || text == "日"
        };
        let inside = |y: f64| (37.0..263.0).contains(&y);
        // 成文日期, not the date of the 版记, which is smaller.
        let text = sheet
            .runs
            .iter()
            .find(|run| run.size == 16.0 && inside(run.y) && !annex && is_tail(&run.text) && !above(run.y));
        let seal = sheet.images.iter().find(|image| image.2 < 36.9 || !above((image.2 + image.3) / 2.0));
        if let Some(run) = text {
            return Some(format!("page {}: {}", i + 1, run.text));
        }
        if let Some(seal) = seal {
            return Some(format!("page {}: a seal at {:.1} mm", i + 1, seal.2));
        }
    }
    None
}

fn sweep(lengths: impl Iterator<Item = usize>) -> (usize, Vec<String>) {
    let (mut count, mut wrong) = (0, Vec::new());
    let mut done = BTreeMap::<String, usize>::new();
    for lines in lengths {
        for each in [1, 7] {
            for (name, document) in kinds(&body(lines, each)) {
                let pages = layout::pages(&document, &KIT).unwrap();
                count += 1;
                for notice in &pages.notices {
                    *done.entry(notice.message.clone()).or_default() += 1;
                }
                let told = pages.notices.iter().any(|notice| notice.code.name() == "L022");
                if let Some(found) = alone(&sheets(&document)) {
                    wrong.push(format!("{name}, {lines} lines in paragraphs of {each}: {found}"));
                } else if told {
                    wrong.push(format!("{name}, {lines} lines in paragraphs of {each}: said to be alone"));
                }
            }
        }
    }
    println!("{done:#?}");
    (count, wrong)
}

#[test]
fn no_signature_without_text_above_it() {
    let (count, wrong) = sweep((5..=50).step_by(3));
    assert!(count > 200 && wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

/// `cargo test --release --test suite every_length -- --ignored --nocapture`
#[test]
#[ignore = "every length takes minutes"]
fn no_signature_without_text_above_it_at_every_length() {
    let (count, wrong) = sweep(5..=50);
    println!("{} of {count}", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_foot_of_a_briefing_has_text_above_it() {
    for lines in 14..=40 {
        let mut document = briefing();
        document.body = body(lines, 3);
        let sheets = sheets(&document);
        let last = sheets.last().unwrap();
        assert!(last.runs.iter().any(|run| run.text.contains(BODY)), "{lines} lines");
        assert!(last.runs.iter().any(|run| run.text.contains("报：")), "{lines} lines");
    }
}

#[test]
fn what_cannot_be_helped_is_said() {
    let mut document = report(vec![paragraph("略。")]);
    annexes(&mut document, 40);
    let pages = layout::pages(&document, &KIT).unwrap();
    let told = pages.notices.iter().find(|notice| notice.code.name() == "L022").unwrap();
    assert!(told.message.contains("附件说明和落款") && told.helps[0].contains("合并附件"), "{told:?}");
}
