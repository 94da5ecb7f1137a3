//! Cells whose formats divide, sign or hide: one value in all outputs — the pages of the PDF, the
//! words of the DOCX, the 核对表, the figures that a preview shows, the check.

use huibao::document::{passages, plain};
use huibao::trace;
use rust_xlsxwriter::{Format, Worksheet};

use super::clerk_cases::{Desk, INFO, pdf_and_docx};
use super::data_formats::package;
use super::data_support::{rows, workbook};

/// Towns with a value in a cell of a format; without one where the code is empty.
fn towns(cells: &[(&str, f64, &str)]) -> Vec<u8> {
    let table = |sheet: &mut Worksheet| {
        rows(sheet, 0, &[&["名称", "值"]]);
        for (row, (name, value, code)) in (1..).zip(cells) {
            sheet.write_string(row, 0, *name).unwrap();
            let code = if code.is_empty() { "General" } else { code };
            sheet.write_with_format(row, 1, *value, &Format::new().set_num_format(code)).unwrap();
        }
    };
    let info = |sheet: &mut Worksheet| rows(sheet, 0, INFO.1);
    workbook(&[("报告信息", &info), ("乡镇", &table)])
}

/// An .ods of the same towns; a cell is its value and its text, its style an element of `styles`.
fn towns_ods(styles: &str, cells: &[(&str, f64, &str)]) -> Vec<u8> {
    let text = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let number = |value: f64, shown: &str| {
        format!(
            r#"<table:table-cell table:style-name="ce" office:value-type="float" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    let mut body = row(&[text("名称"), text("值")]);
    body.extend(cells.iter().map(|(name, value, shown)| row(&[text(name), number(*value, shown)])));
    let info: String = INFO.1.iter().map(|pair| row(&[text(pair[0]), text(pair[1])])).collect();
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:number="n"><office:automatic-styles>{styles}<style:style style:name="ce" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="报告信息">{info}</table:table><table:table table:name="乡镇">{body}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// Builds all outputs and asks each of them for a sentence; gives the figures with the cells of each.
#[track_caller]
fn everywhere(file: &str, data: &[u8], text: &str, sentence: &str) -> Vec<String> {
    let desk = Desk::new("", &format!("# 情况\n\n{text}\n"), file, data);
    let document = desk.document().unwrap_or_else(|told| panic!("{told}"));
    let (pdf, docx) = pdf_and_docx(&document);
    for (words, of) in [(&pdf, "PDF"), (&docx, "DOCX"), (&plain(&document), "预览")] {
        assert!(words.contains(sentence), "{of}：{words}");
    }
    let told = desk.check();
    assert!(!told.contains("错误[") && !told.contains("警告["), "{told}");
    let all = passages(&document);
    let printed = trace::printed(&document, &all);
    // The 核对表 has the sentence with each of its figures marked.
    let of_sentence: Vec<_> = printed.iter().filter(|p| sentence.contains(&p.text)).collect();
    assert!(of_sentence.iter().all(|p| format!("{}{}{}", p.before, p.text, p.after).contains(sentence)), "{sentence}");
    let cells = |p: &&trace::Printed| {
        let names: Vec<String> = p.figure.reads.iter().map(|read| format!("{} {}", read.name, read.shown)).collect();
        format!("{} = {}", p.text, names.join("；"))
    };
    of_sentence.iter().map(cells).collect()
}

#[test]
fn a_percentage_behind_a_condition_is_one_everywhere() {
    let data = towns(&[("云溪镇", 0.783, "[=0]\"-\";0.0%"), ("石桥镇", 0.751, "0.0%")]);
    let text =
        "云溪镇{{ 乡镇[0].值 }}，比石桥镇{{ 百分点(乡镇[0].值, 乡镇[1].值) }}，最高的是{{ 最大(乡镇, \"值\").名称 }}。";
    let figures = everywhere("数据.xlsx", &data, text, "云溪镇78.3%，比石桥镇提高3.2个百分点，最高的是云溪镇。");
    assert_eq!(figures[1], "提高3.2个百分点 = 乡镇[云溪镇].值 78.3%；乡镇[石桥镇].值 75.1%");
}

#[test]
fn numbers_shown_in_wan_are_one_value_in_twins() {
    let text = "云溪镇{{ 乡镇[0].值 }}，石桥镇{{ 乡镇[1].值 }}，合计{{ 合计(乡镇, \"值\") }}。";
    let sentence = "云溪镇3.2万元，石桥镇5.0万元，合计8.186万元。";
    let code = "0!.0,\"万元\"";
    let made = everywhere("数据.xlsx", &towns(&[("云溪镇", 31860.0, code), ("石桥镇", 50000.0, code)]), text, sentence);
    let style = r#"<number:number-style style:name="N1"><number:number number:min-integer-digits="1" number:decimal-places="1" number:display-factor="10000"/><number:text>万元</number:text></number:number-style>"#;
    let ods = towns_ods(style, &[("云溪镇", 31860.0, "3.2万元"), ("石桥镇", 50000.0, "5.0万元")]);
    let twin = everywhere("数据.ods", &ods, text, sentence);
    assert_eq!(made, twin);
    assert_eq!(made.last().unwrap(), "8.186万元 = 乡镇[云溪镇].值 3.2万元；乡镇[石桥镇].值 5.0万元");
}

#[test]
fn mixed_scales_add_by_value() {
    let data = towns(&[
        ("云溪镇", 31860.0, "0!.0,\"万\""),
        ("石桥镇", 5000.0, ""),
        ("柳湾镇", 800.0, "[>=10000]0!.0,\"万\";0"),
    ]);
    let text = "云溪镇{{ 乡镇[0].值 }}，石桥镇{{ 乡镇[1].值 }}，柳湾镇{{ 乡镇[2].值 }}，合计{{ 合计(乡镇, \"值\") }}，最多{{ 最大(乡镇, \"值\").名称 }}，最少{{ 最小(乡镇, \"值\").名称 }}。";
    everywhere("数据.xlsx", &data, text, "云溪镇3.2万，石桥镇5000，柳湾镇800，合计37660，最多云溪镇，最少柳湾镇。");
}

#[test]
fn signs_that_a_format_writes_stay_with_the_number() {
    let data = towns(&[
        ("云溪镇", -0.05, "[>0]\"↑\"0.0%;[<0]\"↓\"0.0%;\"持平\""),
        ("石桥镇", -36.0, "0_);[Red]\\(0\\)"),
        ("柳湾镇", 31860.0, "0.0,\"千元\""),
        ("白塔镇", 123.0, "[DBNum1][$-804]General"),
    ]);
    let text = "云溪镇{{ 乡镇[0].值 }}；石桥镇{{ 乡镇[1].值 }}；柳湾镇{{ 乡镇[2].值 }}；白塔镇{{ 乡镇[3].值 }}。";
    let desk = Desk::new("", &format!("# 情况\n\n{text}\n"), "数据.xlsx", &data);
    let (pdf, docx) = pdf_and_docx(&desk.document().unwrap());
    for words in [pdf, docx] {
        assert!(words.contains("云溪镇↓5.0%；石桥镇(36)；柳湾镇31.9千元；白塔镇一百二十三。"), "{words}");
    }
    // Brackets and arrows are no punctuation of the report.
    assert!(!desk.check().contains("P-"), "{}", desk.check());
}
