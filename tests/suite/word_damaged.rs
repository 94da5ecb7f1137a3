//! Damaged Word files: bytes of the package and characters of its XML are changed, cut and doubled. Each is
//! read or refused with a message; none panics, hangs or fills the memory.

use std::time::{Duration, Instant};

use huibao::diagnostic::SourceMap;
use huibao::source::docx;
use huibao::template::Pack;

use super::word_kit::{BOLD, Docx, cell, par, picture, png, row, run, table, title};

/// A file with something of everything.
fn whole() -> Docx {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let body = [
        title("关于{{ 年份 }}年工作的汇报"),
        par("一、基本情况"),
        par(&format!("{}{}", run("组织培训{{ 培训", BOLD), run("场次 }}场。[[经费{{ 经费 }}万元。]]", ""))),
        par("{% for 镇 in 乡镇 %}"),
        par(&format!("（一）{}", picture("rId1", "图"))),
        par("{% endfor %}"),
        table(&[
            row(&[&cell("<w:gridSpan w:val=\"2\"/>", "名称"), "经费"]),
            row(&["{% for 镇 in 乡镇 %}{{ 镇.名称 }}", &cell("<w:vMerge/>", ""), "{{ 镇.经费 }}{% endfor %}"]),
        ]),
        par(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>SEQ</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>1</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>",
        ),
        par("<w:r><w:footnoteReference w:id=\"2\"/></w:r>"),
    ];
    Docx::new(body.concat())
        .with("image", "word/media/image1.png", png())
        .styles("<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"1\"/></w:style>")
        .numbering("<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%9\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>")
        .with("footnotes", "word/footnotes.xml", format!("<w:footnotes {w}><w:footnote w:id=\"2\"><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:footnotes>"))
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

/// Reads a file as a document and as a template; what it took must be little.
fn survives(bytes: &[u8], name: &str) -> bool {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("模板.docx");
    std::fs::write(&path, bytes).unwrap();
    let start = Instant::now();
    let read = docx::read(bytes);
    if let Err(found) = &read {
        assert!(found.code.name().starts_with('S') && !found.message.is_empty(), "{name}: {found:?}");
    }
    let mut sources = SourceMap::new();
    if let Err(found) = Pack::load(&path, &mut sources) {
        assert!(!found.is_empty(), "{name}");
        for diagnostic in found.iter().take(50) {
            huibao::diagnostic::render(diagnostic, &sources);
        }
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{name} took {:?}", start.elapsed());
    read.is_ok()
}

#[test]
fn three_hundred_damaged_files() {
    let (mut dice, mut read) = (Dice(20), 0);
    let good = whole().bytes();
    assert!(survives(&good, "whole"));
    for number in 0..140 {
        let mut bytes = good.clone();
        match number % 4 {
            0 => bytes.truncate(dice.roll(bytes.len())),
            1 => {
                for _ in 0..1 + dice.roll(8) {
                    let at = dice.roll(bytes.len());
                    bytes[at] = dice.roll(256) as u8;
                }
            }
            2 => {
                let (from, length) = (dice.roll(bytes.len()), dice.roll(200));
                bytes.drain(from..(from + length).min(good.len()));
            }
            _ => {
                let (from, length) = (dice.roll(bytes.len()), dice.roll(400));
                let part = bytes[from..(from + length).min(good.len())].to_vec();
                bytes.splice(from..from, part);
            }
        }
        read += usize::from(survives(&bytes, &format!("package {number}")));
    }
    let xml = whole().body;
    let signs: Vec<usize> = xml.char_indices().map(|(at, _)| at).collect();
    for number in 0..180 {
        let (a, b) = (signs[dice.roll(signs.len())], signs[dice.roll(signs.len())]);
        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 600));
        let to = signs.iter().copied().find(|at| *at >= to).unwrap_or(xml.len());
        let body = match number % 5 {
            0 => format!("{}{}", &xml[..from], &xml[to..]),
            1 => format!("{}{}{}", &xml[..to], &xml[from..to], &xml[to..]),
            2 => format!(
                "{}{}{}",
                &xml[..from],
                ["<", "&", "]]>", "&#0;", "{{", "<w:tbl>", "</w:p>", "\u{e010}"][dice.roll(8)],
                &xml[from..]
            ),
            3 => xml.replacen("w:p>", ["w:r>", "w:t>", "w:tc>", "w:tbl>"][dice.roll(4)], 1 + dice.roll(4)),
            _ => xml.replace(
                ["w:id", "w:val", "r:embed", "w:fldCharType"][dice.roll(4)],
                ["w:x", "w:val2", "r:id"][dice.roll(3)],
            ),
        };
        let damaged = Docx { body, ..whole() };
        read += usize::from(survives(&damaged.bytes(), &format!("text {number}")));
    }
    assert!((20..300).contains(&read), "{read} could still be read: are they damaged at all?");
}

#[test]
fn what_would_fill_the_memory_is_refused() {
    let deep =
        format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(4_000), par("底"), "</w:tc></w:tr></w:tbl>".repeat(4_000));
    assert!(!survives(&Docx::new(deep).bytes(), "tables in tables"));
    let nested = format!("<w:p>{}{}{}</w:p>", "<w:ins>".repeat(50_000), run("底", ""), "</w:ins>".repeat(50_000));
    assert!(!survives(&Docx::new(nested).bytes(), "insertions in insertions"));
    let many = "<w:p/>".repeat(250_000);
    assert!(!survives(&Docx::new(many).bytes(), "paragraphs"));
    let own = cell("<w:gridSpan w:val=\"60000\"/>", "宽");
    let wide = table(&[row(&[own.as_str(); 400])]);
    survives(&Docx::new(wide).bytes(), "wide cells");
    let long = par(&run(&"字".repeat(6 << 20), ""));
    assert!(!survives(&Docx::new(long).bytes(), "a long text"));
    let cells = format!("<w:tbl>{}</w:tbl>", "<w:tr><w:tc/></w:tr>".repeat(150_000));
    assert!(!survives(&Docx::new(cells).bytes(), "cells without paragraphs"));
    let runs = par(&"<w:r/>".repeat(610_000));
    assert!(!survives(&Docx::new(runs).bytes(), "empty runs"));
    let doctype = Docx::new(par("甲")).with("styles", "word/styles.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><w:styles/>");
    assert!(!survives(&doctype.bytes(), "entities"));
}

/// What takes long to look through: signs that do not end, faces that change with each character, breaks.
#[test]
fn what_would_take_long_ends() {
    let many = 12_000;
    let faces: String = (0..many).map(|i| run("字", if i % 2 == 0 { BOLD } else { "" })).collect();
    let texts = [
        par(&run(&"{{ ".repeat(many), "")),
        par(&run(&"{{ “甲 }}".repeat(many / 4), "")),
        par(&run(&"[[".repeat(many), "")),
        par(&faces),
        par(&format!("<w:r>{}</w:r>", "<w:t>甲</w:t><w:br w:type=\"page\"/>".repeat(many / 6))),
        par("{% set a = 1 %}").repeat(many / 6),
        format!("{}{}", par("正文。"), par("附件").repeat(many / 6)),
        table(&vec![row(&["{% for a in b %}{{ a }}{% endfor %}"; 60]); 60]),
    ];
    for (number, body) in texts.iter().enumerate() {
        survives(&Docx::new(body).bytes(), &format!("text {number}"));
    }
}
