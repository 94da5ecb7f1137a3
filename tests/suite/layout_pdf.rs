//! PDF of documents built by hand; geometry on Typst's frames.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use huibao::dataset::Date;
use huibao::document::*;
use huibao::layout::{self, Kit};

pub static KIT: LazyLock<Kit> = LazyLock::new(|| Kit::load(Path::new("fonts")).unwrap());

pub fn text(text: &str) -> Inlines {
    vec![Inline::Text(text.into())]
}

pub fn heading(level: u8, number: &str, title: &str) -> Block {
    Block::Heading(Heading { level, number: number.into(), text: text(title) })
}

pub fn paragraph(body: &str) -> Block {
    Block::Paragraph { lead: None, text: text(body) }
}

pub fn report(body: Vec<Block>) -> Document {
    Document {
        meta: Meta {
            kind: LayoutKind::Report,
            title: "关于2026年全区乡镇公共服务工作情况的汇报".into(),
            author: "云川区公共服务局".into(),
            template: "district-overview".into(),
            sources: Vec::new(),
            date: Date::new(2026, 12, Some(5)),
            draft: false,
        },
        masthead: Masthead::default(),
        front: Front {
            title: text("关于2026年全区乡镇公共服务工作情况的汇报"),
            unit: None,
            date: None,
            addressee: Some(text("区人民政府：")),
        },
        body,
        signature: SignatureBlock {
            units: vec![text("云川区公共服务局")],
            date: Some(text("2026年12月5日")),
            ..SignatureBlock::default()
        },
        annexes: Vec::new(),
        colophon: None,
        figures: Vec::new(),
    }
}

const PROSE: &str = "今年以来，全区17个乡镇统一建设便民服务站，投入资金1234.56万元，较上年增长12.35%；\
    累计受理群众申请23456件，办结23012件，办结率98.11%，其中“一次办结”19876件。1—6月新建站点12个，\
    占年度任务的70.59%，快于序时进度20.59个百分点——各乡镇进展总体平稳，群众满意度稳步提高……下一步，将继续加强人员培训。";

pub fn long_report(sections: usize) -> Document {
    let numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let mut body = Vec::new();
    for number in numbers.iter().take(sections) {
        body.push(heading(1, &format!("{number}、"), "基本情况和主要做法"));
        body.push(paragraph(PROSE));
        body.push(heading(2, "（一）", "站点建设有序推进"));
        body.push(paragraph(&PROSE.repeat(2)));
        let lead = Heading { level: 3, number: "1.".into(), text: text("加强培训。") };
        body.push(Block::Paragraph { lead: Some(lead), text: text(PROSE) });
        body.push(heading(2, "（二）", "服务质量稳步提升"));
        body.push(paragraph(PROSE));
    }
    report(body)
}

#[test]
fn writes_a_report() {
    let pdf = layout::pdf(&long_report(5), &KIT).unwrap();
    assert!(pdf.pages >= 4, "{}", pdf.pages);
    assert!(pdf.notices.is_empty());
    assert_eq!(pdf.bytes, layout::pdf(&long_report(5), &KIT).unwrap().bytes);
    if let Some(dir) = std::env::var_os("LAYOUT_OUT") {
        std::fs::write(Path::new(&dir).join("report.pdf"), &pdf.bytes).unwrap();
    }
    let _: Arc<str> = "".into();
}

/// `cargo test --release --test suite timing -- --ignored --nocapture`
#[test]
#[ignore = "prints times"]
fn timing() {
    use std::time::Instant;
    let start = Instant::now();
    let kit = Kit::load(Path::new("fonts")).unwrap();
    println!("kit {:?}", start.elapsed());
    let document = long_report(5);
    for _ in 0..6 {
        let start = Instant::now();
        let pages = layout::pages(&document, &kit).unwrap();
        let laid = start.elapsed();
        let pdf = layout::pdf(&document, &kit).unwrap();
        println!(
            "pages {} layout {laid:?} layout again + pdf {:?}",
            pages.document.pages().len(),
            start.elapsed() - laid
        );
        assert!(pdf.pages > 1);
        comemo::evict(0);
    }
}
