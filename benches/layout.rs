//! Layout of one report, warm: pages and PDF beside the bare Typst compile of the same text, which
//! is the limit; a report with three tables and two charts as PDF and DOCX.
//! `cargo bench --bench layout`.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use huibao::document::*;
use huibao::layout::{self, Kit};
use huibao::pipeline;
use huibao::template::Format;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

fn text(text: &str) -> Inlines {
    vec![Inline::Text(text.into())]
}

const PROSE: &str = "今年以来，全区17个乡镇统一建设便民服务站，投入资金1234.56万元，较上年增长12.35%；累计受理群众申请23456件，\
    办结23012件，办结率98.11%。1—6月新建站点12个，占年度任务的70.59%，快于序时进度20.59个百分点，群众满意度稳步提高。";

/// About seven pages of prose with headings: level (0 for a paragraph) and text.
fn texts() -> Vec<(u8, String)> {
    let mut out = Vec::new();
    for (i, number) in ["一", "二", "三", "四", "五", "六", "七", "八"].iter().enumerate() {
        out.push((1, format!("{number}、基本情况")));
        for (k, part) in ["（一）", "（二）"].iter().enumerate() {
            out.push((2, format!("{part}主要做法")));
            // Every paragraph is different: nothing is laid out once for all.
            out.push((0, format!("第{}项。{PROSE}", i * 2 + k)));
            out.push((0, format!("具体看第{}项。{PROSE}{PROSE}", i * 2 + k)));
        }
    }
    out
}

fn report() -> Document {
    let block = |(level, words): (u8, String)| match level {
        0 => Block::Paragraph { lead: None, text: text(&words) },
        _ => Block::Heading(Heading { level, number: "".into(), text: text(&words) }),
    };
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
        body: texts().into_iter().map(block).collect(),
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

/// The same report with three tables of 17 rows and two charts.
fn with_figures() -> Document {
    let mut document = report();
    let row =
        |cells: &[String]| TableRow { cells: cells.iter().map(|c| TableCell::new(text(c))).collect(), total: false };
    for k in 0..3 {
        let header: Vec<String> = ["乡镇", "站点数", "投入资金", "同比增长"].map(String::from).to_vec();
        let rows = (0..17).map(|i| {
            let n = i * 7 + k;
            row(&[format!("第{i}镇"), format!("{n}"), format!("{}.{:02}", n * 13, n % 100), format!("{}.5%", n % 20)])
        });
        document.body.push(Block::Table(Table {
            caption: Some(Caption { number: format!("表{}", k + 1).into(), text: text("各乡镇建设情况") }),
            unit_line: Some(text("单位：个、万元")),
            aligns: vec![Align::Left, Align::Decimal, Align::Decimal, Align::Decimal],
            header: vec![row(&header)],
            rows: rows.collect(),
            notes: Vec::new(),
        }));
    }
    for (k, kind) in [ChartKind::HorizontalBar, ChartKind::Line].into_iter().enumerate() {
        let count = if k == 0 { 17 } else { 6 };
        let values = (0..count).map(|i| Some(((i * 37 % 97) as f64, text(&format!("{}", i * 37 % 97)))));
        document.body.push(Block::Chart(Chart {
            kind,
            caption: Some(Caption { number: format!("图{}", k + 1).into(), text: text("各乡镇投入资金") }),
            alt: "".into(),
            unit: Some("万元".into()),
            labels: (0..count).map(|i| text(&format!("第{i}镇"))).collect(),
            series: vec![Series { name: text("2026年"), values: values.collect(), right: false }],
            ..Chart::default()
        }));
    }
    document
}

/// Typst with the text alone: page, face and size, nothing planned.
struct Bare<'k> {
    kit: &'k Kit,
    library: LazyHash<Library>,
    source: Source,
}

impl<'k> Bare<'k> {
    fn new(kit: &'k Kit) -> Bare<'k> {
        let mut markup = String::from(
            "#set page(paper: \"a4\", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: \"1\")\n\
             #set text(font: (\"Liberation Serif\", \"FandolFang R\"), size: 16pt, lang: \"zh\", region: \"cn\")\n\
             #set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 13pt, spacing: 13pt)\n\
             #set document(title: \"工作情况汇报\")\n",
        );
        for (level, words) in texts() {
            markup.push_str(&format!("{} {words}\n\n", "=".repeat(usize::from(level))));
        }
        let path = RootedPath::new(VirtualRoot::Project, VirtualPath::new("bare.typ").expect("a path")).intern();
        Bare { kit, library: LazyHash::new(Library::builder().build()), source: Source::new(path, markup) }
    }

    fn compile(&self) -> PagedDocument {
        typst::compile::<PagedDocument>(self).output.expect("compiles")
    }
}

impl World for Bare<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        self.kit.fonts().book()
    }
    fn main(&self) -> FileId {
        self.source.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.kit.fonts().font(index)
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn bench(c: &mut Criterion) {
    let kit = Kit::load(Path::new("fonts")).expect("fonts/ is beside the bench");
    let (document, figures) = (report(), with_figures());
    let bare = Bare::new(&kit);
    let mut group = c.benchmark_group("layout");
    group.sample_size(20);
    // Evicting each time leaves only what every report shares (fonts, shapes).
    let mut one = |name: &str, work: &dyn Fn()| {
        group.bench_function(name, |b| {
            b.iter(|| {
                comemo::evict(0);
                work();
            })
        });
    };
    one("bare pages", &|| {
        black_box(bare.compile());
    });
    one("pages", &|| {
        black_box(layout::pages(&document, &kit).expect("lays out"));
    });
    one("bare pdf", &|| {
        black_box(typst_pdf::pdf(&bare.compile(), &typst_pdf::PdfOptions::default()).expect("writes"));
    });
    one("pdf", &|| {
        black_box(layout::pdf(&document, &kit).expect("lays out"));
    });
    one("pdf and docx", &|| {
        black_box(pipeline::lay_out(&document, &kit, &pipeline::Order::of(&Format::ALL)).expect("lays out"));
    });
    one("3 tables and 2 charts, pdf and docx", &|| {
        black_box(pipeline::lay_out(&figures, &kit, &pipeline::Order::of(&Format::ALL)).expect("lays out"));
    });
    one("kit", &|| {
        black_box(Kit::load(Path::new("fonts")).expect("fonts"));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
