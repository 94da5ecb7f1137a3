//! PDF of documents built by hand; geometry on Typst's frames.

use std::path::Path;
use std::sync::LazyLock;

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
            changes: Vec::new(),
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

/// A red ring with a transparent middle.
fn seal(origin: huibao::diagnostic::Origin) -> Seal {
    let size = 240u32;
    let ring = image::RgbaImage::from_fn(size, size, |x, y| {
        let (dx, dy) = (f64::from(x) - 119.5, f64::from(y) - 119.5);
        let r = (dx * dx + dy * dy).sqrt();
        image::Rgba(if (106.0..118.0).contains(&r) || r < 24.0 { [220, 0, 0, 255] } else { [0, 0, 0, 0] })
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    ring.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Seal {
        picture: Picture {
            bytes: bytes.into_inner().into(),
            format: PictureFormat::Png,
            width: size,
            height: size,
            alt: "云川区公共服务局印章".into(),
            caption: None,
            origin,
        },
    }
}

fn somewhere() -> huibao::diagnostic::Origin {
    huibao::diagnostic::Origin::cell(huibao::diagnostic::SourceId(0), 0, 6, 2)
}

fn row(cells: &[&str], total: bool) -> TableRow {
    TableRow { cells: cells.iter().map(|cell| TableCell::new(text(cell))).collect(), total }
}

pub fn small_table() -> Table {
    Table {
        caption: Some(Caption { number: "表1".into(), text: text("各乡镇便民服务站建设情况") }),
        unit_line: Some(text("单位：个、万元")),
        aligns: vec![Align::Left, Align::Decimal, Align::Decimal, Align::Decimal],
        header: vec![row(&["乡镇", "站点数", "投入资金", "同比增长"], false)],
        rows: vec![
            row(&["云溪镇", "12", "1234.56", "12.5%"], false),
            row(&["白石乡", "8", "98.7", "—"], false),
            row(&["青河街道", "105", "12.34", "3.45%"], false),
            row(&["合计", "125", "1345.60", "10.02%"], true),
        ],
        notes: vec![text("注：部分数据因四舍五入，分项之和与合计数可能略有差异。")],
    }
}

pub fn wide_table() -> Table {
    let names: Vec<String> = (1..=14).map(|i| format!("第{i}项指标")).collect();
    let mut header = vec!["乡镇"];
    header.extend(names.iter().map(String::as_str));
    let body = |name| {
        let mut cells = vec![name];
        cells.extend(std::iter::repeat_n("12345.67", 14));
        row(&cells, false)
    };
    let mut aligns = vec![Align::Left];
    aligns.extend(std::iter::repeat_n(Align::Decimal, 14));
    Table {
        caption: Some(Caption { number: "表2".into(), text: text("各乡镇主要指标完成情况") }),
        unit_line: Some(text("单位：万元")),
        aligns,
        header: vec![row(&header, false)],
        rows: (0..30).map(|_| body("云溪镇")).collect(),
        notes: Vec::new(),
    }
}

pub fn chart(kind: ChartKind, series: usize) -> Chart {
    let labels = ["云溪镇", "白石乡", "青河街道", "东山镇", "南湖镇"];
    let values = [12.5, 98.7, 45.0, 3.21, 60.4];
    Chart {
        kind,
        caption: Some(Caption { number: "图1".into(), text: text("各乡镇投入资金") }),
        alt: "各乡镇投入资金的统计图".into(),
        unit: Some("万元".into()),
        labels: labels.iter().map(|label| text(label)).collect(),
        series: (0..series)
            .map(|k| Series {
                name: text(&format!("{}年", 2026 - k)),
                values: values
                    .iter()
                    .map(|v| {
                        let v = v * (1.0 - 0.2 * k as f64);
                        Some((v, text(&format!("{v:.2}"))))
                    })
                    .collect(),
                right: false,
            })
            .collect(),
        ..Chart::default()
    }
}

pub fn official(signers: usize, joint: bool) -> Document {
    let mut document = long_report(2);
    document.meta.kind = LayoutKind::Official;
    let marks = if joint {
        vec!["云川区人民政府", "云川区农业局", "云川区公共服务局"]
    } else {
        vec!["云川区人民政府"]
    };
    document.masthead = Masthead {
        copy_no: Some(text("000001")),
        secrecy: Some(text("秘密★1年")),
        urgency: Some(text("特急")),
        issuer_mark: marks.iter().map(|mark| text(mark)).collect(),
        issuer_mark_suffix: Some(text("文件")),
        doc_number: Some(text("云政〔2026〕8号")),
        signers: ["甲乙", "丙丁戊", "己庚辛"].iter().take(signers).map(|name| text(name)).collect(),
        ..Masthead::default()
    };
    document.signature.sealed = true;
    document.signature.seals = vec![seal(somewhere())];
    if joint {
        document.signature.units = marks.iter().map(|mark| text(mark)).collect();
        document.signature.seals = vec![seal(somewhere()), seal(somewhere()), seal(somewhere())];
    }
    document.signature.remark = Some(text("（联系人：办公室，电话：000-00000000）"));
    document.annexes = vec![
        Annex {
            title: text("各乡镇便民服务站建设情况表"),
            landscape: false,
            blocks: vec![Block::Table(small_table()), Block::Chart(chart(ChartKind::Bar, 2))],
        },
        Annex {
            title: text("各乡镇主要指标完成情况表"), landscape: true, blocks: vec![Block::Table(wide_table())]
        },
    ];
    document.colophon = Some(Colophon {
        cc: Some(text(
            "区委办公室，区人大常委会办公室，区政协办公室，区纪委监委，区法院，区检察院，各乡镇人民政府、街道办事处",
        )),
        imprint: Some(text("云川区人民政府办公室")),
        imprint_date: Some(text("2026年12月6日")),
        even_page: true,
        ..Colophon::default()
    });
    document
}

pub fn briefing() -> Document {
    let mut document = long_report(1);
    document.meta.kind = LayoutKind::Briefing;
    document.masthead = Masthead {
        issuer_mark: vec![text("公共服务工作简报")],
        doc_number: Some(text("第3期")),
        issuer: Some(text("云川区公共服务局")),
        date: Some(text("2026年12月5日")),
        editor_note: vec![text("按语：本期刊发全区乡镇公共服务工作情况，供各单位参阅。")],
        ..Masthead::default()
    };
    document.front.addressee = None;
    document.signature = SignatureBlock::default();
    for kind in [ChartKind::HorizontalBar, ChartKind::Line, ChartKind::Share] {
        document.body.push(Block::Chart(chart(kind, if kind == ChartKind::Line { 3 } else { 1 })));
    }
    document.colophon = Some(Colophon {
        report_to: Some(text("区委、区政府领导")),
        send_to: Some(text("区直各部门")),
        issue_to: Some(text("各乡镇人民政府、街道办事处")),
        copies: Some(text("共印60份")),
        ..Colophon::default()
    });
    document
}

fn keep(name: &str, bytes: &[u8]) {
    if let Some(dir) = std::env::var_os("LAYOUT_OUT") {
        std::fs::write(Path::new(&dir).join(name), bytes).unwrap();
    }
}

#[test]
fn writes_every_kind() {
    for (name, document) in [
        ("official.pdf", official(0, false)),
        ("upward.pdf", official(3, false)),
        ("joint.pdf", official(2, true)),
        ("briefing.pdf", briefing()),
    ] {
        let pdf = layout::pdf(&document, &KIT).unwrap();
        assert!(pdf.fit.pages >= 2);
        keep(name, &pdf.bytes);
    }
    for (i, kind) in
        [ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Line, ChartKind::Share].into_iter().enumerate()
    {
        let width = layout::standard::pt(layout::standard::TYPE_WIDTH);
        let drawing = layout::chart::draw(&chart(kind, 2), KIT.fonts(), (width, 28.988), &mut Default::default());
        let png = layout::chart_png(&layout::chart::svg(&drawing, KIT.fonts()), drawing.size()).unwrap();
        assert!(image::load_from_memory(&png).unwrap().width() > 1800);
        keep(&format!("chart-{i}.png"), &png);
    }
}

#[test]
fn writes_a_report() {
    let pdf = layout::pdf(&long_report(5), &KIT).unwrap();
    assert!(pdf.fit.pages >= 4, "{}", pdf.fit.pages);
    assert!(pdf.notices.is_empty());
    assert_eq!(pdf.bytes, layout::pdf(&long_report(5), &KIT).unwrap().bytes);
    keep("report.pdf", &pdf.bytes);
    keep("report.docx", &layout::docx(&long_report(5), &KIT).unwrap());
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
        assert!(pdf.fit.pages > 1);
        comemo::evict(0);
    }
}
