//! Places on the page, in mm, measured on Typst's frames (layout.md §1.1–1.8).

use huibao::dataset::Date;
use huibao::diagnostic::{Origin, SourceId};
use huibao::document::*;
use huibao::figures::{Figure, FigureId, Read};
use huibao::layout::{self, Profile};

use crate::frames::{Rule, Run, near, sheets, sheets_with};
use crate::layout_pdf::{KIT, briefing, heading, long_report, official, paragraph, report, text, wide_table};

#[test]
fn a_full_page_holds_22_lines_of_28_characters() {
    let body = "一二三四五六七八九十".repeat(120);
    let sheets = sheets(&report(vec![paragraph(&body)]));
    let lines = sheets[1].lines();
    assert_eq!(lines.len(), 22);
    for pair in lines.windows(2) {
        near(pair[1].0 - pair[0].0, 225.0 / 22.0, 0.01);
    }
    for (_, runs) in &lines {
        assert_eq!(runs.iter().map(|run| run.text.chars().count()).sum::<usize>(), 28);
        near(runs[0].x0, 28.0, 0.1);
        near(runs[runs.len() - 1].x1, 184.0, 0.2);
    }
}

#[test]
fn paragraphs_and_headings_begin_two_characters_in() {
    let sheets = sheets(&report(vec![heading(1, "一、", "基本情况"), paragraph("今年以来，各项工作有序推进。")]));
    near(sheets[0].find("一、基本情况").x0, 28.0 + 11.14, 0.1);
    assert_eq!(sheets[0].find("一、基本情况").family, "FandolHei");
    near(sheets[0].find("今年以来").x0, 28.0 + 11.14, 0.1);
    near(sheets[0].find("区人民政府：").x0, 28.0, 0.1);
}

#[test]
fn title_is_centred_and_in_shape() {
    let mut document = report(vec![paragraph("今年以来，各项工作有序推进。")]);
    document.front.title = text("云川区公共服务局关于2026年全区乡镇便民服务站建设情况的汇报");
    let sheet = &sheets(&document)[0];
    let lines: Vec<_> = sheet.lines().into_iter().filter(|(_, runs)| runs[0].size > 20.0).collect();
    assert!((2..=3).contains(&lines.len()));
    for (_, runs) in &lines {
        near((runs[0].x0 + runs[runs.len() - 1].x1) / 2.0, 106.0, 0.5);
        assert!(runs[0].x0 >= 28.0);
    }
    near((lines[1].0 - lines[0].0) * 72.0 / 25.4, 36.0, 0.1);
}

#[test]
fn page_numbers_stand_outside_seven_mm_below() {
    for (i, sheet) in sheets(&long_report(3)).iter().enumerate() {
        let number = sheet.runs.iter().find(|run| run.y > 263.0).unwrap();
        assert_eq!((number.size, number.family.as_str()), (14.0, "Noto Serif SC"));
        let dash = number.ink.1.max(number.y) - 0.38 * 14.0 * 25.4 / 72.0;
        near(dash, 269.0, 0.7);
        if i % 2 == 0 { near(number.x1, 184.0 - 4.94, 0.3) } else { near(number.x0, 28.0 + 4.94, 0.3) }
    }
}

#[test]
fn plain_signature_by_7_3_5_2() {
    let document = report(vec![paragraph("今年以来，各项工作有序推进。")]);
    let sheet = &sheets(&document)[0];
    let (unit, date) =
        (sheet.find("云川区公共服务局"), sheet.runs.iter().rfind(|run| run.text.contains("2026")).unwrap());
    near(unit.x1, 184.0 - 11.14, 0.3);
    near(date.x0 - unit.x0, 11.14, 0.2);
    let last = sheet.find("今年以来").y;
    near(unit.y - last, 2.0 * 225.0 / 22.0, 0.1);
    near(date.y - unit.y, 225.0 / 22.0, 0.05);
}

#[test]
fn masthead_of_an_official_document() {
    let sheet = &sheets(&official(0, false))[0];
    let mark = sheet.find("云川区人民政府文件");
    assert!(mark.red);
    near(mark.ink.0, 72.0, 1.0);
    near((mark.x0 + mark.x1) / 2.0, 106.0, 0.5);
    let number = sheet.find("云政〔");
    near(number.y - 0.88 * 16.0 * 25.4 / 72.0 - mark.ink.1, 2.0 * 225.0 / 22.0, 1.0);
    let rule = sheet.rules.iter().find(|rule| rule.1 - rule.0 > 100.0).unwrap();
    near(rule.0, 28.0, 0.1);
    near(rule.1, 184.0, 0.1);
    let bottom = sheet.runs.iter().filter(|run| (run.y - number.y).abs() < 0.1).map(|run| run.ink.1);
    near(rule.2 - bottom.fold(0.0, f64::max), 4.0, 0.5);
    near(sheet.find("000001").x0, 28.0, 0.1);
    assert_eq!(sheet.find("秘密").family, "FandolHei");
    // The first page shows body text (7.3.3).
    assert!(sheet.runs.iter().any(|run| run.text.contains("今年以来")));
}

#[test]
fn upward_document_names_its_signers() {
    let sheet = &sheets(&official(3, false))[0];
    let label = sheet.find("签发人：");
    let first = sheet.runs.iter().find(|run| run.text == "甲").unwrap();
    assert_eq!(first.family, "FandolKai");
    assert_eq!(label.y, first.y);
    let second = sheet.find("丙丁戊");
    near(second.x1, 184.0 - 5.57, 0.3);
    let last = sheet.find("己庚辛");
    near(last.x0, first.x0, 0.1);
    let number = sheet.find("云政〔");
    near(number.y, last.y, 0.05);
    near(number.x0, 28.0 + 5.57, 0.1);
}

#[test]
fn joint_mark_and_seals() {
    let sheets = sheets(&official(2, true));
    let first = &sheets[0];
    let (a, b) = (first.find("云川区人民政府"), first.find("云川区农业局"));
    near(a.x0, b.x0, 0.1);
    let suffix = first.runs.iter().find(|run| run.text == "文件").unwrap();
    let last = first.find("云川区公共服务局");
    near((suffix.ink.0 + suffix.ink.1) / 2.0, (a.ink.0 + last.ink.1) / 2.0, 1.0);
    let page = sheets.iter().find(|sheet| !sheet.images.is_empty()).unwrap();
    assert_eq!(page.images.len(), 3);
    for (i, a) in page.images.iter().enumerate() {
        assert!(a.0 >= 27.9 && a.1 <= 186.0, "{a:?}");
        assert!(page.images[i + 1..].iter().all(|b| a.1 <= b.0 || b.1 <= a.0 || a.3 <= b.2 || b.3 <= a.2));
        near(a.2, page.images[0].2, 0.1);
    }
}

#[test]
fn seal_covers_unit_and_date() {
    let sheets = sheets(&official(0, false));
    let page = sheets.iter().find(|sheet| !sheet.images.is_empty()).unwrap();
    let seal = page.images[0];
    let unit = page.find("云川区公共服务局");
    let date_runs: Vec<&Run> = page.runs.iter().filter(|run| run.y > unit.y && run.y < unit.y + 11.0).collect();
    let date = (date_runs[0].x0, date_runs[date_runs.len() - 1].x1);
    let date = (date.0.min(date.1), date.1);
    near((unit.x0 + unit.x1) / 2.0, (date.0 + date.1) / 2.0, 1.0);
    near((seal.0 + seal.1) / 2.0, (date.0 + date.1) / 2.0, 2.0);
    near(date.1, 184.0 - 4.0 * 5.57, 1.0);
    let centre = (seal.2 + seal.3) / 2.0;
    assert!(centre < unit.y && unit.y < seal.3);
    let text_above = page.runs.iter().filter(|run| run.y < unit.y - 1.0).map(|run| run.y).fold(0.0, f64::max);
    assert!(seal.2 - text_above <= 225.0 / 22.0 + 0.5, "{} {text_above}", seal.2);
}

#[test]
fn annexes_begin_pages_and_wide_ones_lie() {
    let sheets = sheets(&official(0, false));
    let label = sheets
        .iter()
        .find_map(|sheet| sheet.runs.iter().find(|run| run.text.starts_with("附件") && !run.text.contains("：")))
        .unwrap();
    assert_eq!((label.family.as_str(), label.size), ("FandolHei", 16.0));
    near(label.x0, 28.0, 0.1);
    near(label.y, 37.0 + 21.6 * 25.4 / 72.0, 0.1);
    for sheet in &sheets {
        near(sheet.width, 210.0, 0.1);
    }
}

#[test]
fn colophon_ends_at_the_foot_of_an_even_page() {
    for document in [official(0, false), official(2, true)] {
        let sheets = sheets(&document);
        assert_eq!(sheets.len() % 2, 0);
        let rules: Vec<Rule> = sheets[sheets.len() - 1].rules.iter().copied().filter(|r| r.1 - r.0 > 150.0).collect();
        near(rules.iter().map(|rule| rule.3).fold(0.0, f64::max), 262.0, 0.5);
        let thick: Vec<f64> = rules.iter().map(|rule| rule.3 - rule.2).collect();
        assert_eq!(thick.len(), 3);
        near(thick[0], 0.35, 0.05);
        near(thick[1], 0.25, 0.05);
        near(thick[2], 0.35, 0.05);
    }
}

#[test]
fn briefing_head_keeps_to_the_top_third() {
    let sheet = &sheets(&briefing())[0];
    assert!(sheet.find("公共服务工作简报").red);
    let rule = sheet.rules.iter().find(|rule| rule.1 - rule.0 > 100.0).unwrap();
    assert!(rule.2 < 99.0, "{rule:?}");
    near(sheet.find("云川区公共服务局").x0, 28.0 + 5.57, 0.1);
}

#[test]
fn a_table_that_is_too_wide_gets_pages_set_sideways() {
    let sheets = sheets(&report(vec![paragraph("见下表。"), Block::Table(wide_table()), paragraph("以上。")]));
    assert!(sheets.len() >= 4);
    assert!(sheets.iter().all(|sheet| sheet.width < 211.0));
    // The header is repeated on each page of the table.
    let pages = sheets.iter().filter(|sheet| sheet.runs.iter().any(|run| run.text.contains("乡镇")));
    assert!(pages.count() >= 2);
    for sheet in &sheets {
        let number = sheet.runs.iter().find(|run| run.text.contains('—') && run.size == 14.0).unwrap();
        near(number.y, 270.9, 0.3);
    }
}

#[test]
fn a_signature_never_stands_alone() {
    // As many lines as fill pages exactly, so that the signature would begin a new one.
    for lines in 38..=44 {
        let body: Vec<Block> = (0..lines).map(|_| paragraph("今年以来，各项工作有序推进。")).collect();
        let document = report(body);
        let pages = layout::pages(&document, &KIT).unwrap();
        let sheets = sheets(&document);
        let last = &sheets[sheets.len() - 1];
        let alone = !last.runs.iter().any(|run| run.text.contains("今年以来"));
        assert!(!alone, "{lines} lines");
        assert_eq!(
            pages.notices.iter().any(|notice| notice.code.name() == "L020"),
            pages.profile != Profile::default()
        );
    }
}

#[test]
fn headings_are_never_last_on_a_page() {
    for before in 10..24 {
        let mut body: Vec<Block> = (0..before).map(|_| paragraph("今年以来，各项工作有序推进。")).collect();
        body.push(heading(1, "一、", "基本情况"));
        body.push(heading(2, "（一）", "主要做法"));
        body.push(paragraph("今年以来，各项工作有序推进。"));
        for sheet in sheets(&report(body)) {
            let lines = sheet.lines();
            let last = lines.last().unwrap();
            assert!(!last.1[0].text.starts_with("一、") && !last.1[0].text.starts_with("（一）"), "{before}");
        }
    }
}

#[test]
fn profile_centres_the_number_and_sets_the_pitch() {
    let profile = Profile { number_centred: true, pitch: 28.0, ..Profile::default() };
    let sheets = sheets_with(&long_report(3), &profile);
    let number = sheets[0].runs.iter().find(|run| run.y > 263.0).unwrap();
    near((number.x0 + number.x1) / 2.0, 106.0, 0.3);
    let lines = sheets[1].lines();
    near((lines[1].0 - lines[0].0) * 72.0 / 25.4, 28.0, 0.05);
}

fn with_figure(shown: &str) -> Document {
    let origin = Origin::cell(SourceId(0), 0, 6, 2);
    let read = Read { origin, name: "乡镇[云溪镇].负责人".into(), shown: shown.into() };
    let mut document = report(vec![Block::Paragraph {
        lead: None,
        text: vec![
            Inline::Text("责任岗位：".into()),
            Inline::Figure { id: FigureId(0), text: shown.into() },
            Inline::Text("。".into()),
        ],
    }]);
    document.figures = vec![Figure {
        text: shown.into(),
        reads: vec![read].into(),
        template: Origin::whole(SourceId(1)),
        expression: "负责人".into(),
        missing: false,
    }];
    document
}

#[test]
fn a_character_that_no_font_has_is_named_with_its_cell() {
    let errors = layout::pdf(&with_figure("甲\u{1F600}"), &KIT).unwrap_err();
    assert_eq!(errors.len(), 1);
    let error = &errors[0];
    assert_eq!(error.code.name(), "L010");
    assert!(error.message.contains("U+1F600"), "{}", error.message);
    assert_eq!(error.origin, Some(Origin::cell(SourceId(0), 0, 6, 2)));
    assert_eq!(error.subject.as_deref(), Some("乡镇[云溪镇].负责人"));
}

#[test]
fn a_rare_character_is_set_in_another_face_with_a_notice() {
    let pdf = layout::pdf(&with_figure("㙍塘镇"), &KIT).unwrap();
    assert_eq!(pdf.notices.len(), 1);
    assert!(pdf.notices[0].message.contains("㙍（U+"), "{}", pdf.notices[0].message);
}

#[test]
fn control_characters_are_refused_with_their_place() {
    let errors = layout::pdf(&with_figure("甲\u{8}乙"), &KIT).unwrap_err();
    assert!(errors[0].message.contains("U+0008"));
}

#[test]
fn dates_reach_the_file_and_nothing_else_does() {
    let mut document = long_report(1);
    let first = layout::pdf(&document, &KIT).unwrap().bytes;
    document.meta.date = Date::new(2025, 1, Some(1));
    assert_ne!(first, layout::pdf(&document, &KIT).unwrap().bytes);
    document.meta.date = None;
    let undated = layout::pdf(&document, &KIT).unwrap().bytes;
    assert!(String::from_utf8_lossy(&undated).contains("D:19700101"));
}
