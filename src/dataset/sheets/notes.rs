//! Rows of a sheet that are no data: notes, signatures and headings below or between them.

use super::grid::{Grid, raw_text};
use super::header::Header;
use super::label::clean_name;
use super::layout;
use crate::dataset::scalar;
use crate::source::sheet::{RawCell, RawValue};
use crate::vocabulary::numeral::counts_items;

const SIGNERS: &[&str] = &[
    "填表人",
    "填报人",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "审批人",
    "复核人",
    "复核",
    "经办人",
    "单位负责人",
    "统计负责人",
    "分管领导",
    "负责人",
    "联系人",
    "联系电话",
    "联系方式",
    "电话",
    "填报日期",
    "填表日期",
    "填报时间",
    "报送日期",
    "制表日期",
    "日期",
    "填报单位",
    "填表单位",
    "报送单位",
    "编制单位",
    "单位（盖章）",
    "单位(盖章)",
];

/// 注：…, 填表人：…: a note or a signature wherever it stands.
pub fn is_footnote(label: &str, cells: usize) -> bool {
    const NOTES: &[&str] =
        &["注：", "注:", "注1", "注①", "备注：", "备注:", "说明：", "说明:", "填表说明：", "附注：", "附注:"];
    let signer = |word: &str| {
        let rest = label.strip_prefix(word)?;
        // 单位负责人（签字）：
        let rest = match rest.strip_prefix(['（', '(']) {
            Some(inside) => inside.split_once(['）', ')'])?.1,
            None => rest,
        };
        rest.starts_with(['：', ':']).then_some(())
    };
    cells <= 8
        && (NOTES.iter().any(|start| label.starts_with(start)) || SIGNERS.iter().any(|word| signer(word).is_some()))
}

/// 一、培训情况: a heading, when nothing else stands in its row.
pub fn is_heading(label: &str) -> bool {
    let bare = label.trim_start_matches(['（', '(']);
    let rest = bare.trim_start_matches(counts_items);
    rest.len() < bare.len() && rest.starts_with(['、', '）', ')', '．', '.'])
}

/// What stands below a table and can be no data: a signature without a colon, a date, （盖章）,
/// a source, a sentence.
pub fn is_aside(text: &str) -> bool {
    let text = clean_name(text);
    let starts = |words: &[&str]| words.iter().any(|w| text.starts_with(w));
    let signed = SIGNERS
        .iter()
        .any(|w| text.strip_prefix(w).is_some_and(|rest| rest.is_empty() || rest.starts_with(['：', ':', '（', '('])));
    let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    let sentence = text.ends_with(['。', '；']) && text.chars().count() >= 8;
    let stamped = text.contains("盖章") || text.contains("公章") || text.contains("签字");
    let noted = starts(&["注"]) && !starts(&["注册", "注销", "注资", "注射", "注意", "注重"]);
    signed
        || starts_with_signer(&text)
        || bracketed && text.chars().count() > 2
        || sentence
        || stamped
        || (noted
            || starts(&[
                "备注",
                "说明",
                "附注",
                "数据来源",
                "资料来源",
                "来源：",
                "来源:",
                "*",
                "＊",
                "※",
                "★",
                "以上",
            ]))
            && text.chars().count() >= 5
        || scalar::date(&text).is_some()
}

/// Rows at the end of a sheet that only hold such text; numbers end them. They count from
/// the bottom, so that nothing between records is taken for a note.
pub fn tail(grid: &Grid<'_>, header: &Header) -> Vec<u32> {
    let mut rows = Vec::new();
    for &(row, raws) in grid.rows().iter().rev().take_while(|(row, _)| *row > header.last_row) {
        let label = raws.first().map(|c| clean_name(&raw_text(c))).unwrap_or_default();
        if is_footnote(&label, raws.len()) {
            continue;
        }
        let words = |c: &RawCell| matches!(c.value, RawValue::Text(_) | RawValue::Date(_));
        let numbered = label.starts_with(|c: char| c.is_ascii_digit()) && label.ends_with(['。', '；']);
        let wordy = raws.iter().all(words)
            && raws.iter().any(|c| is_aside(&raw_text(c)))
            // A record may have a date or a remark in brackets; it has a name as well.
            && (raws.len() == 1 || raws.iter().all(|c| is_aside(&raw_text(c))) || starts_with_signer(&label));
        let note = raws.len() <= 4 && (wordy || numbered && raws.len() == 1);
        if !note || is_dates_by_year(grid, header, raws) || fills_a_column(grid, header, raws) {
            break;
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

fn starts_with_signer(label: &str) -> bool {
    SIGNERS.iter().any(|w| label.strip_prefix(w).is_some_and(|rest| rest.starts_with(['：', ':', '（', '(', ' '])))
        || ["填表人", "填报人", "制表人", "审核人", "经办人"].iter().any(|w| label.starts_with(w))
}

/// 报送日期 with a date under each year is a figure of those years, not a signature.
fn is_dates_by_year(grid: &Grid<'_>, header: &Header, raws: &[RawCell]) -> bool {
    let by_evidence = || layout::by_evidence(grid, header).map(|(layout, _)| layout);
    let Some(layout) = layout::by_words(header).or_else(by_evidence) else { return false };
    let is_date = |c: &RawCell| match &c.value {
        RawValue::Date(_) => true,
        RawValue::Text(text) => scalar::date(text).is_some(),
        _ => false,
    };
    raws.len() > 1
        && raws.first().is_some_and(|c| c.column == layout.name)
        && layout.years.iter().all(|(year, _)| raws.iter().any(|c| c.column == *year && is_date(c)))
}

/// A cell alone in its row may still be a record, where its column holds such text all over
/// (a list of dates, a list of sentences) or the table has no second column.
fn fills_a_column(grid: &Grid<'_>, header: &Header, raws: &[RawCell]) -> bool {
    if header.columns.len() < 2 {
        return !is_footnote(&clean_name(&raw_text(&raws[0])), 1);
    }
    let likes = |column: u32| {
        let above = grid.rows().iter().filter(|(row, _)| *row > header.last_row && *row < raws[0].row);
        above
            .filter(|(_, cells)| cells.len() > 1)
            .filter_map(|(row, _)| grid.body_cell(*row, column))
            .any(|cell| is_aside(&raw_text(cell)))
    };
    raws.iter().all(|c| likes(c.column))
}
