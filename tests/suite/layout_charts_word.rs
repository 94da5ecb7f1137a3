//! Charts of the DOCX: they can be edited with their data, and stand where those of the PDF do.

use std::io::{Cursor, Read};

use calamine::{Data, Reader};
use huibao::document::*;
use huibao::layout::{self, Profile, chart};

use crate::layout_charts_drawn::{LINE, of, series};
use crate::layout_docx::part;
use crate::layout_pdf::{KIT, report, text};

fn with(chart: Chart) -> Document {
    report(vec![Block::Chart(chart)])
}

fn docx(chart: &Chart) -> Vec<u8> {
    layout::docx(&with(chart.clone()), &KIT).unwrap()
}

/// Bars with a gap, a line by the axis at the right, a 目标线.
fn full() -> Chart {
    let bars = series("经费", &[Some(31.86), None, Some(45.0)]);
    let rate = Series { right: true, ..series("增幅", &[Some(12.5), Some(-3.0), Some(6.0)]) };
    Chart {
        right_unit: Some("%".into()),
        target: Some(Target { name: text("年度计划"), value: 40.0, text: text("40") }),
        ..of(ChartKind::Bar, vec![bars, rate])
    }
}

/// One element a line, so that a change can be read.
fn lines(xml: &str) -> String {
    xml.replace("><", ">\n<")
}

#[test]
fn the_chart_part() {
    let made = docx(&full());
    insta::assert_snapshot!(lines(&part(&made, "word/charts/chart1.xml")));
}

#[test]
fn the_whole_part() {
    let mut chart = of(ChartKind::Share, vec![series("件数", &[Some(50.0), Some(47.5), Some(2.5)])]);
    chart.shares = ["50%", "47.5%", "2.5%"].map(text).to_vec();
    let made = docx(&chart);
    insta::assert_snapshot!(lines(&part(&made, "word/charts/chart1.xml")));
}

#[test]
fn parts_relations_and_types() {
    let chart = full();
    let made = docx(&chart);
    let types = part(&made, "[Content_Types].xml");
    for wanted in [
        r#"PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml""#,
        r#"Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet""#,
    ] {
        assert!(types.contains(wanted), "{types}");
    }
    let relations = part(&made, "word/_rels/document.xml.rels");
    assert!(relations.contains(r#"relationships/chart" Target="charts/chart1.xml""#), "{relations}");
    let own = part(&made, "word/charts/_rels/chart1.xml.rels");
    assert!(own.contains(r#"relationships/package" Target="../embeddings/chart1.xlsx""#), "{own}");
    let body = part(&made, "word/document.xml");
    assert!(body.contains(&format!("descr=\"{}\"", chart::alt(&chart))), "{body}");
    assert!(body.contains("<wp:inline") && body.contains("<c:chart ") && !body.contains("<a:blip"), "{body}");
    // As large as in the PDF.
    let room = (layout::standard::pt(layout::standard::TYPE_WIDTH), Profile::default().pitch);
    let drawing = chart::draw(&chart, KIT.fonts(), room, &mut Default::default());
    let emu = |points: f64| (points * 12700.0).round() as i64;
    assert!(body.contains(&format!("cx=\"{}\" cy=\"{}\"", emu(drawing.width), emu(drawing.height))), "{body}");
    assert_eq!(made, docx(&chart), "the same chart gives the same bytes");
    // Without charts there is nothing of them.
    let plain = layout::docx(&report(vec![]), &KIT).unwrap();
    assert!(!part(&plain, "[Content_Types].xml").contains("xlsx"));
}

/// The sheet of the workbook of a chart.
fn sheet(made: &[u8], number: usize) -> calamine::Range<Data> {
    let mut archive = zip::ZipArchive::new(Cursor::new(made)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(&format!("word/embeddings/chart{number}.xlsx")).unwrap().read_to_end(&mut bytes).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range("Sheet1").unwrap()
}

/// Where a part refers to, with what it keeps of it: `B2` and `31.86`.
fn kept(xml: &str) -> Vec<(u32, u32, String)> {
    let mut found = Vec::new();
    for reference in xml.split("<c:f>Sheet1!$").skip(1) {
        let (range, rest) = reference.split_once("</c:f>").unwrap();
        let column = u32::from(range.as_bytes()[0] - b'A');
        let row: u32 = range.split('$').nth(1).unwrap().trim_end_matches(':').parse().unwrap();
        let cache = rest.split("Cache>").nth(1).unwrap();
        for point in cache.split("<c:pt idx=\"").skip(1) {
            let (index, rest) = point.split_once('"').unwrap();
            let value = rest.split("<c:v>").nth(1).unwrap().split("</c:v>").next().unwrap();
            found.push((row - 1 + index.parse::<u32>().unwrap(), column, value.to_owned()));
        }
    }
    found
}

#[test]
fn what_is_kept_is_in_the_workbook() {
    let mut whole = of(ChartKind::Share, vec![series("件数", &[Some(50.0), Some(47.5), Some(2.5), Some(0.0)])]);
    whole.shares = ["50%", "47.5%", "2.5%", "0%"].map(text).to_vec();
    for chart in [full(), whole, of(ChartKind::Line, vec![series("受理", &[Some(1280.0), None, Some(0.1)])])] {
        let made = docx(&chart);
        let (sheet, kept) = (sheet(&made, 1), kept(&part(&made, "word/charts/chart1.xml")));
        assert!(kept.len() >= 6, "{kept:?}");
        for (row, column, value) in kept {
            let cell = sheet.get_value((row, column)).map(ToString::to_string);
            assert_eq!(cell.as_deref(), Some(&*value), "{row} {column}");
        }
        // What is missing is a blank cell.
        if chart.kind != ChartKind::Share {
            assert_eq!(sheet.get_value((2, 1)), Some(&Data::Empty));
        }
    }
}

/// The legend of a whole follows its values when they are edited.
#[test]
fn a_legend_is_a_formula() {
    let mut whole = of(ChartKind::Share, vec![series("件数", &[Some(3.0), Some(1.0)])]);
    (whole.unit, whole.shares) = (Some("件".into()), ["75%", "25%"].map(text).to_vec());
    let made = docx(&whole);
    let mut archive = zip::ZipArchive::new(Cursor::new(made)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name("word/embeddings/chart1.xlsx").unwrap().read_to_end(&mut bytes).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    let first = formulas.get_value((1, 2)).unwrap();
    assert_eq!(first, "A2&\" \"&B2&\"件 \"&ROUND(B2/SUM(B$2:B$3)*100,1)&\"%\"");
}

#[test]
fn a_picture_where_it_is_asked_for() {
    let document = with(full());
    let mut profile = Profile::default();
    profile.set("图表", "图片").unwrap();
    assert!(profile.set("图表", "图").unwrap_err().contains("可编辑"));
    let made = layout::docx_with(&document, &KIT, &profile).unwrap();
    let body = part(&made, "word/document.xml");
    assert!(body.contains("<a:blip") && !body.contains("<c:chart"), "{body}");
    assert!(body.contains(&format!("descr=\"{}\"", chart::alt(&full()))));
    assert!(!part(&made, "[Content_Types].xml").contains("chart"));
}

/// Two columns of very many bars are two charts side by side.
#[test]
fn columns_of_bars_are_charts_side_by_side() {
    let mut many = of(ChartKind::HorizontalBar, Vec::new());
    many.labels = (0..40).map(|i| text(&format!("第{i}镇"))).collect();
    let values: Vec<Option<f64>> = (0..40).map(|i| Some(f64::from(i))).collect();
    many.series = vec![series("计划", &values), series("完成", &values)];
    let made = docx(&many);
    let body = part(&made, "word/document.xml");
    let paragraph = body.split("<w:p>").find(|paragraph| paragraph.contains("<c:chart ")).unwrap();
    assert_eq!(paragraph.matches("<c:chart ").count(), 2);
    assert_eq!(sheet(&made, 1).get_value((20, 0)).unwrap().to_string(), "第19镇");
    assert_eq!(sheet(&made, 2).get_value((1, 0)).unwrap().to_string(), "第20镇");
}

/// Names and values that XML, a formula or a workbook could trip over.
#[test]
fn odd_texts_stay_inside() {
    for odd in ["<b>&\"'", "=1+1", "\u{1}甲\u{FFFE}", "]]>", "\u{1F600}", ""] {
        for kind in [ChartKind::Bar, ChartKind::HorizontalBar, ChartKind::Line, ChartKind::Share] {
            let mut chart = of(kind, vec![series(odd, &[Some(1e300), Some(0.0), Some(-1e-300)])]);
            chart.labels = vec![text(odd), text("甲"), text(odd)];
            chart.unit = Some(odd.into());
            chart.shares = vec![text(odd), text("0%"), text("")];
            chart.target = Some(Target { name: text(odd), value: -1e300, text: text(odd) });
            let Ok(made) = layout::docx(&with(chart), &KIT) else { continue };
            let xml = part(&made, "word/charts/chart1.xml");
            let mut reader = quick_xml::Reader::from_str(&xml);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            assert_eq!(sheet(&made, 1).get_value((2, 0)).unwrap().to_string(), "甲");
        }
    }
}

/// A second axis of labels draws a 目标线 of lying bars; its series has no name, so that the legend leaves it out in any
/// reader.
#[test]
fn a_target_of_lying_bars_is_an_axis() {
    let target = Some(Target { name: text("控制线"), value: -20.0, text: text("-20") });
    let both = vec![series("差额", &[Some(-12.0), Some(5.0)]), series("上年", &[None, Some(3.5)])];
    let made = docx(&Chart { target, ..of(ChartKind::HorizontalBar, both) });
    let xml = part(&made, "word/charts/chart1.xml");
    assert!(xml.contains(r#"<c:crossesAt val="-20"/>"#) && xml.contains("<a:t>控制线：-20</a:t>"), "{xml}");
    assert_eq!(xml.matches("控制线").count(), 1, "named at the line alone");
    assert!(xml.contains("<c:tx><c:v> </c:v></c:tx>"), "{xml}");
}

/// Shares that miss the whole because each is rounded: a note in both outputs, at the same place.
#[test]
fn rounded_shares_are_noted() {
    let thirds = |shares: [&str; 3]| Chart {
        shares: shares.map(text).to_vec(),
        ..of(ChartKind::Share, vec![series("件数", &[Some(1.0), Some(1.0), Some(1.0)])])
    };
    let drawn = |chart: &Chart| chart::draw(chart, KIT.fonts(), (442.2, LINE), &mut Default::default());
    let missed = thirds(["33.3%", "33.3%", "33.3%"]);
    let ((_, baseline), note) = drawn(&missed).frames[0].note.clone().unwrap();
    assert_eq!(note, "注：各项占比因四舍五入，合计为99.9%。");
    assert!(baseline <= drawn(&missed).height);
    assert!(part(&docx(&missed), "word/charts/chart1.xml").contains(&format!("<a:t>{note}</a:t>")));
    // They add up; one is no number.
    for shares in [["33.3%", "33.3%", "33.4%"], ["33.3%", "33.3%", "不足0.001%"]] {
        assert_eq!(drawn(&thirds(shares)).frames[0].note, None);
    }
}
