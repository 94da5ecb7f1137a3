//! The forms of clause 10 (信函, 命令, 纪要) and 套打: places on the page in mm, what the DOCX says, and what is
//! told of a form that is named wrongly. Ink is measured by tests/judges.

use huibao::document::{Annex, Colophon, Document, LayoutKind, Masthead, plain_text};
use huibao::layout;

use crate::clerk_cases::Desk;
use crate::frames::{Sheet, near, sheets};
use crate::layout_docx;
use crate::layout_pdf::{KIT, long_report, official, text};

const LINE: f64 = 225.0 / 22.0;
const CELL: f64 = 156.0 / 28.0;
const EM: f64 = 16.0 * 25.4 / 72.0;

fn letter() -> Document {
    let mut document = long_report(2);
    document.meta.kind = LayoutKind::Letter;
    document.masthead = Masthead {
        copy_no: Some(text("000001")),
        secrecy: Some(text("秘密★1年")),
        issuer_mark: vec![text("云川区人民政府")],
        doc_number: Some(text("云政函〔2026〕8号")),
        ..Masthead::default()
    };
    document.colophon =
        Some(Colophon { cc: Some(text("区委办公室，各镇人民政府")), ..Colophon::default() });
    document
}

fn order() -> Document {
    let mut document = long_report(1);
    document.meta.kind = LayoutKind::Order;
    document.front.title.clear();
    document.front.addressee = None;
    document.masthead = Masthead {
        issuer_mark: vec![text("云川区人民政府")],
        issuer_mark_suffix: Some(text("令")),
        doc_number: Some(text("第12号")),
        ..Masthead::default()
    };
    document.signature.units.clear();
    document.signature.posts = vec![text("区长")];
    document
}

fn minutes() -> Document {
    let mut document = long_report(1);
    document.meta.kind = LayoutKind::Minutes;
    document.front.addressee = None;
    document.signature = Default::default();
    document.masthead = Masthead {
        issuer_mark: vec![text("云川区人民政府常务会议纪要")],
        doc_number: Some(text("第3期")),
        issuer: Some(text("云川区人民政府办公室")),
        date: Some(text("2026年12月5日")),
        ..Masthead::default()
    };
    let names = "区长、各副区长，区政府办公室主任，区财政局、区统计局、区水利局、区公共服务局主要负责人";
    document.signature.attendance = vec![("出席", text(names)), ("列席", text("区统计局局长"))];
    document
}

fn part(document: &Document, name: &str) -> String {
    layout_docx::part(&layout::docx(document, &KIT).unwrap(), name)
}

fn wide(sheet: &Sheet) -> Vec<(f64, f64, f64, f64)> {
    let mut rules: Vec<_> = sheet.rules.iter().copied().filter(|rule| rule.1 - rule.0 > 100.0).collect();
    rules.sort_by(|a, b| a.2.total_cmp(&b.2));
    rules
}

#[test]
fn a_letter_by_10_1() {
    let document = letter();
    let sheets = sheets(&document);
    let first = &sheets[0];
    let mark = first.find("云川区人民政府");
    assert!(mark.red);
    near(mark.ink.0, 30.0, 0.5);
    near((mark.x0 + mark.x1) / 2.0, 106.0, 0.5);
    let rules = wide(first);
    assert_eq!(rules.len(), 4);
    near(rules[0].2 - mark.ink.1, 4.0, 0.5);
    let thick: Vec<f64> = rules.iter().map(|rule| rule.3 - rule.2).collect();
    assert!(thick[0] > thick[1] && thick[2] < thick[3], "{thick:?}");
    for rule in &rules {
        near(rule.0, 20.0, 0.1);
        near(rule.1, 190.0, 0.1);
    }
    near((rules[2].2 + rules[3].3) / 2.0, 277.0, 0.2);
    // 7/8 of a 3号 below the rule: 份号 left, the number right; 密级 a line lower.
    let (number, copy) = (first.find("云政函〔"), first.find("000001"));
    near(number.y, copy.y, 0.05);
    let row: Vec<_> = first.runs.iter().filter(|run| (run.y - number.y).abs() < 0.05).collect();
    near(row.iter().map(|run| run.ink.0).fold(f64::INFINITY, f64::min) - rules[1].3, 4.94, 0.3);
    near(row.iter().map(|run| run.x1).fold(0.0, f64::max), 184.0, 0.5);
    near(copy.x0, 28.0, 0.1);
    near(first.find("秘密").y - copy.y, LINE, 0.05);
    let title = first.runs.iter().find(|run| run.size > 20.0 && !run.red).unwrap();
    near(title.y - 0.88 * 22.0 * 25.4 / 72.0 - first.find("秘密").y, 2.0 * LINE, 0.5 * LINE);
    // No number on the first page; no rules around the 版记, which has no 印发.
    assert!(first.runs.iter().all(|run| run.y < 263.0));
    assert!(sheets[1].runs.iter().any(|run| run.y > 263.0 && run.text.contains('2')));
    let last = &sheets[sheets.len() - 1];
    assert!(wide(last).is_empty() && last.find("抄送：").size == 14.0);
    near(last.find("抄送：").x0, 28.0 + 14.0 * 25.4 / 72.0, 0.1);
}

#[test]
fn a_letter_as_docx() {
    let document = letter();
    let xml = part(&document, "word/document.xml");
    assert!(xml.contains("<w:titlePg/>") && !xml.contains("IssuerMark"));
    let (header, footer) = (part(&document, "word/header1.xml"), part(&document, "word/footer6.xml"));
    assert!(header.contains("云川区人民政府") && header.contains(r#"w:val="thickThinSmallGap""#), "{header}");
    assert!(footer.contains(r#"w:val="thickThinSmallGap""#) && !footer.contains("PAGE"), "{footer}");
    // Only the first page is so, however many sections follow.
    let mut annexed = letter();
    annexed.annexes = vec![Annex { title: text("情况表"), landscape: true, blocks: long_report(1).body }];
    let xml = part(&annexed, "word/document.xml");
    assert_eq!((xml.matches("<w:titlePg/>").count(), xml.matches("<w:sectPr>").count()), (1, 3));
}

#[test]
fn an_order_by_10_2() {
    let document = order();
    let sheets = sheets(&document);
    let first = &sheets[0];
    let mark = first.find("云川区人民政府令");
    near(mark.ink.0, 57.0, 0.5);
    let number: Vec<_> = first.lines().into_iter().filter(|(_, runs)| runs[0].text == "第").collect();
    let (y, runs) = &number[0];
    near(y - 0.88 * EM - mark.ink.1, 2.0 * LINE, 0.3);
    near((runs[0].x0 + runs[runs.len() - 1].x1) / 2.0, 106.0, 0.3);
    let body = first.find("一、基本情况");
    near(body.y - y, 3.0 * LINE, 0.3 * LINE);
    assert!(wide(first).is_empty() && first.runs.iter().all(|run| run.size < 20.0 || run.red));
    // The post stands beside the room for a 签名章 that is put on the paper: right 空四字, two characters left.
    let post = sheets.iter().flat_map(|sheet| &sheet.runs).find(|run| run.text == "区长").unwrap();
    near(post.x1, 184.0 - 4.0 * CELL - 48.0 - 2.0 * CELL, 0.6);
    let xml = part(&document, "word/document.xml");
    assert!(!xml.contains(r#"w:val="Title""#) && xml.contains("DocNumber") && !xml.contains("pBdr"));
}

#[test]
fn minutes_by_10_3() {
    let document = minutes();
    let sheets = sheets(&document);
    near(sheets[0].find("常务会议纪要").ink.0, 72.0, 0.5);
    assert_eq!(wide(&sheets[0]).len(), 1);
    let page = sheets.iter().find(|sheet| sheet.runs.iter().any(|run| run.text == "出席")).unwrap();
    let label = page.find("出席");
    assert_eq!((label.family.as_str(), label.size), ("FandolHei", 16.0));
    near(label.x0, 28.0 + 2.0 * CELL, 0.3);
    let lines = page.lines();
    let at = lines.iter().position(|(y, _)| (y - label.y).abs() < 0.05).unwrap();
    near(lines[at].0 - lines[at - 1].0, 2.0 * LINE, 0.1);
    let names = lines[at].1.iter().find(|run| run.text.contains("区长")).unwrap();
    assert_eq!(names.family, "FandolFang R");
    // What is wrapped stands under the first character behind the colon.
    near(lines[at + 1].1[0].x0, 28.0 + 5.0 * CELL, 0.3);
    assert_eq!(page.find("列席").x0, label.x0);
    let xml = part(&document, "word/document.xml");
    let own = &xml[xml.find("Attendance").unwrap()..];
    assert!(own[..own.find("</w:p>").unwrap()].contains("HeiText"), "{own}");
    // Without number, unit and date the rule stands right below the mark.
    let mut bare = minutes();
    bare.masthead = Masthead { issuer_mark: bare.masthead.issuer_mark, ..Masthead::default() };
    let first = &crate::frames::sheets(&bare)[0];
    near(wide(first)[0].2 - first.find("常务会议纪要").ink.1, 4.0, 0.5);
}

#[test]
fn preprinted_paper_gets_all_but_what_is_red() {
    for document in [letter(), order(), minutes(), official(2, true), official(0, false)] {
        let mut plain = document.clone();
        plain.masthead.preprinted = true;
        let (full, bare) = (sheets(&document), sheets(&plain));
        assert_eq!(full.len(), bare.len());
        for (full, bare) in full.iter().zip(&bare) {
            let black = |sheet: &Sheet| -> Vec<(String, String)> {
                let black = sheet.runs.iter().filter(|run| !run.red);
                black.map(|run| (run.text.clone(), format!("{:.2} {:.2}", run.x0, run.y))).collect()
            };
            assert_eq!(black(full), black(bare), "{:?}", document.meta.kind);
            assert!(bare.runs.iter().all(|run| !run.red));
        }
        assert!(bare[0].rules.len() < full[0].rules.len() || document.meta.kind == LayoutKind::Order);
        // The 版记 keeps its rules.
        let last = |sheets: &[Sheet]| wide(&sheets[sheets.len() - 1]).len();
        assert!(full.len() == 1 || last(&full) == last(&bare));
        let xml = part(&plain, "word/document.xml");
        assert!(!xml.contains("FF0000") && !xml.contains("IssuerMark"), "{:?}", document.meta.kind);
    }
}

const TEXT: &str = "# 情况\n\n有关事项如下。\n";

fn desk(kind: &str, information: &str) -> Desk {
    let data = format!("年份: 2026\n报告:\n{information}");
    Desk::new(&format!("版式: {kind}\n"), TEXT, "数据.yaml", data.as_bytes())
}

#[test]
fn forms_take_their_own_information() {
    let letter = desk(
        "信函",
        "  发文机关: [青岚县人民政府, 青岚县水利局]\n  文号: 青政函〔2026〕5号\n  标题: 关于治水的函\n  主送机关: 县水利局\n  \
         单位: 青岚县人民政府\n  日期: 2026-08-01\n  抄送: 各乡镇\n  套打: 是\n",
    );
    let document = letter.document().unwrap();
    // The lead agency's name alone, without 文件.
    assert_eq!(document.masthead.issuer_mark.len(), 1);
    assert!(document.masthead.issuer_mark_suffix.is_none() && document.masthead.preprinted);
    assert_eq!(plain_text(&document.signature.date.unwrap()), "2026年8月1日");
    let order = desk("命令（令）", "  发文机关: 青岚县人民政府\n  文号: 12\n  签发人职务: 县长\n  日期: 2026-08-01\n");
    let document = order.document().unwrap();
    assert_eq!(plain_text(document.masthead.doc_number.as_ref().unwrap()), "第12号");
    assert!(document.front.title.is_empty());
    let whole = desk("令", "  发文机关标志: 青岚县人民政府命令\n  令号: 第三号\n  标题: 公布办法\n");
    let document = whole.document().unwrap();
    assert_eq!(plain_text(&document.masthead.issuer_mark[0]), "青岚县人民政府命令");
    assert!(document.masthead.issuer_mark_suffix.is_none());
    assert_eq!((&*document.meta.title, document.front.title.len()), ("公布办法", 0));
    let minutes = desk(
        "纪要",
        "  名称: 县长办公会议纪要\n  标题: 第3次会议\n  编号: 3\n  日期: 2026-08-01\n  单位: 青岚县人民政府办公室\n  \
         出席人员: [县长, 各副县长]\n  列席: 县水利局局长\n",
    );
    let document = minutes.document().unwrap();
    assert_eq!(plain_text(&document.masthead.issuer_mark[0]), "县长办公会议纪要");
    assert_eq!(plain_text(document.masthead.doc_number.as_ref().unwrap()), "第3期");
    let attendance: Vec<_> =
        document.signature.attendance.iter().map(|(label, names)| (*label, plain_text(names))).collect();
    assert_eq!(attendance, [("出席", "县长，各副县长".to_owned()), ("列席", "县水利局局长".to_owned())]);
    assert!(document.signature.date.is_none());
}

#[test]
fn a_form_that_is_named_wrongly_is_led_to_the_right_one() {
    for (kind, form) in
        [("函", "信函"), ("会议纪要", "纪要"), ("通知", "公文"), ("嘉奖令", "命令"), ("工作总结", "汇报")]
    {
        let told = desk(kind, "  标题: 测试\n").document().unwrap_err();
        assert!(told.contains("T007") && told.contains(&format!("“{kind}”用“版式: {form}”")), "{told}");
    }
    let office = "  发文机关: 青岚县人民政府\n  单位: 青岚县人民政府\n  成文日期: 2026-08-01\n  标题: 测试\n";
    for (kind, key, number, forms) in [
        ("公文", "发文字号", "第12号", ["版式: 命令", "版式: 纪要"]),
        ("信函", "发文字号", "第3号", ["版式: 命令", "版式: 纪要"]),
        ("公文", "发文字号", "第3期", ["版式: 简报", "版式: 纪要"]),
        ("命令", "令号", "青政〔2026〕8号", ["版式: 公文", "版式: 信函"]),
        ("命令", "令号", "第8期", ["版式: 简报", "版式: 纪要"]),
    ] {
        let office =
            if kind == "命令" { office.replace("  单位: 青岚县人民政府\n", "") } else { office.to_owned() };
        let told = desk(kind, &format!("{office}  {key}: {number}\n")).document().unwrap_err();
        assert!(told.contains("T050") && forms.iter().all(|form| told.contains(form)), "{kind} {number}: {told}");
    }
    // What another form prints is told.
    let told = desk("命令", "  发文机关: 青岚县人民政府\n  令号: 第1号\n  主送: 各乡镇\n  出席: 县长\n").check();
    assert!(told.contains("“主送”不印在命令里") && told.contains("“出席”不印在命令里"), "{told}");
}
