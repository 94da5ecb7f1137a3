//! 版头 and 报头 whatever the length of names: nothing is printed over another thing or beyond the type area.

use huibao::document::*;

use crate::frames::{Sheet, sheets};
use crate::layout_pdf::{briefing, official, paragraph, text};

/// Texts above the red rule that touch each other or leave the type area.
fn clashes(sheet: &Sheet) -> Vec<String> {
    let rule = sheet.rules.iter().find(|rule| rule.1 - rule.0 > 100.0).unwrap().2;
    let runs: Vec<_> = sheet.runs.iter().filter(|run| run.y < rule && !run.text.trim().is_empty()).collect();
    let mut found = Vec::new();
    for (i, a) in runs.iter().enumerate() {
        if a.x0 < 27.8 || a.x1 > 184.3 {
            found.push(format!("{} at {:.1}–{:.1}", a.text, a.x0, a.x1));
        }
        for b in &runs[i + 1..] {
            let beside = a.x0 < b.x1 - 0.3 && b.x0 < a.x1 - 0.3;
            let (top, bottom) = (a.ink.0.max(b.ink.0), a.ink.1.min(b.ink.1));
            if beside && bottom - top > 0.3 {
                found.push(format!("{} over {}", a.text, b.text));
            }
        }
    }
    found
}

fn name(characters: usize) -> String {
    "云川区农村人居环境整治和乡村建设工作领导小组办公室综合协调组暨督查考核专班联合秘书处及宣传信息工作组"
        .chars()
        .take(characters)
        .collect()
}

#[test]
fn units_and_names_of_any_length_in_a_briefing() {
    for characters in (4..=48).step_by(2) {
        let mut document = briefing();
        document.body = vec![paragraph("今年以来，各项工作有序推进。")];
        document.masthead.issuer = Some(text(&name(characters)));
        document.masthead.issuer_mark = vec![text(&name(characters.min(36)))];
        let sheets = sheets(&document);
        let found = clashes(&sheets[0]);
        assert!(found.is_empty(), "{characters}: {found:?}");
        let said: String = sheets[0].runs.iter().filter(|run| run.red).map(|run| run.text.as_str()).collect();
        assert_eq!(said, name(characters.min(36)));
        let size = sheets[0].runs.iter().find(|run| run.red).unwrap().size;
        assert!(size >= 22.0, "{characters}: {size}");
    }
}

#[test]
fn signers_of_two_to_eight_characters() {
    let names = ["甲乙", "丙丁戊", "欧阳甲乙", "买买提甲乙", "阿卜杜拉甲乙", "阿卜杜拉·甲乙", "阿卜杜拉·甲乙丙"];
    for count in 1..=6 {
        for from in 0..names.len() {
            for number in ["云政〔2026〕8号", "云川区社会治安综合治理办〔2026〕128号"] {
                let mut document = official(0, false);
                let some = names.iter().cycle().skip(from).take(count);
                document.masthead.signers = some.clone().map(|name| text(name)).collect();
                document.masthead.doc_number = Some(text(number));
                let sheets = sheets(&document);
                let found = clashes(&sheets[0]);
                assert!(found.is_empty(), "{:?}, {number}: {found:?}", some.collect::<Vec<_>>());
            }
        }
    }
}

#[test]
fn marks_of_one_to_twelve_agencies() {
    for count in 1..=12 {
        for characters in [5, 9, 16, 22] {
            let mut document = official(0, false);
            document.masthead.issuer_mark = (0..count).map(|i| text(&name(characters - i % 3))).collect();
            let sheets = sheets(&document);
            let found = clashes(&sheets[0]);
            assert!(found.is_empty(), "{count} × {characters}: {found:?}");
            assert!(
                sheets[0].runs.iter().any(|run| run.y < 262.0 && run.text.contains("全区")),
                "{count} × {characters}"
            );
        }
    }
}

#[test]
fn a_draft_has_no_seal() {
    let mut document = official(0, true);
    let images = |document: &Document| sheets(document).iter().map(|sheet| sheet.images.len()).sum::<usize>();
    let sealed = images(&document);
    document.meta.draft = true;
    assert_eq!(sealed - images(&document), 3);
    let docx = huibao::layout::docx(&document, &crate::layout_pdf::KIT).unwrap();
    let xml = crate::layout_docx::part(&docx, "word/document.xml");
    assert!(!xml.contains("behindDoc=\"1\""), "a seal is left");
}
