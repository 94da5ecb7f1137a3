//! Layout of one report, warm: pages, PDF, and the bare Typst compile and PDF of the same
//! pages as the limit. `cargo bench --bench layout`.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::document::*;
use huibao::layout::{self, Kit};

fn text(text: &str) -> Inlines {
    vec![Inline::Text(text.into())]
}

/// About seven pages of prose with headings.
fn report() -> Document {
    let prose = "今年以来，全区17个乡镇统一建设便民服务站，投入资金1234.56万元，较上年增长12.35%；累计受理群众申请23456件，\
        办结23012件，办结率98.11%。1—6月新建站点12个，占年度任务的70.59%，快于序时进度20.59个百分点，群众满意度稳步提高。";
    let mut body = Vec::new();
    for (i, number) in ["一", "二", "三", "四", "五", "六", "七", "八"].iter().enumerate() {
        let heading = |level, number: String, name: &str| {
            Block::Heading(Heading { level, number: number.into(), text: text(name) })
        };
        body.push(heading(1, format!("{number}、"), "基本情况"));
        for (k, part) in ["（一）", "（二）"].iter().enumerate() {
            body.push(heading(2, (*part).to_owned(), "主要做法"));
            // Every paragraph is different: nothing is laid out once for all.
            body.push(Block::Paragraph { lead: None, text: text(&format!("第{}项。{prose}", i * 2 + k)) });
            body.push(Block::Paragraph {
                lead: None, text: text(&format!("具体看第{}项。{prose}{prose}", i * 2 + k))
            });
        }
    }
    Document {
        meta: Meta {
            kind: LayoutKind::Report,
            title: "工作情况汇报".into(),
            author: "云川区公共服务局".into(),
            template: "bench".into(),
            sources: Vec::new(),
            date: huibao::dataset::Date::new(2026, 12, Some(5)),
            changes: Vec::new(),
            draft: false,
        },
        masthead: Masthead::default(),
        front: Front { title: text("工作情况汇报"), ..Front::default() },
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

fn bench(c: &mut Criterion) {
    let kit = Kit::load(Path::new("fonts")).expect("fonts/ is beside the bench");
    let document = report();
    let mut group = c.benchmark_group("layout");
    group.sample_size(20);
    // Evicting each time leaves only what every report shares (fonts, shapes).
    group.bench_function("pages", |b| {
        b.iter(|| {
            comemo::evict(0);
            black_box(layout::pages(&document, &kit).expect("lays out"))
        })
    });
    group.bench_function("pdf", |b| {
        b.iter(|| {
            comemo::evict(0);
            black_box(layout::pdf(&document, &kit).expect("lays out"))
        })
    });
    group.bench_function("kit", |b| b.iter(|| black_box(Kit::load(Path::new("fonts")).expect("fonts"))));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
