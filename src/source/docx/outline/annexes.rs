//! Annexes behind the text: 附件 on a line of its own, then a title.

use super::line::{Line, Role};
use crate::source::docx::model::{Aligned, Block, Document};
use crate::source::docx::typed;

/// Most annexes.
pub const MOST: usize = 60;
/// Lines of the title of an annex.
const MOST_LINES: usize = 3;
/// Characters of the longest one.
const LONGEST: usize = 50;

/// 附件, 附件1, 附件一 on a line of its own.
pub fn is_label(line: &Line<'_>) -> bool {
    let rest = line.text().strip_prefix("附件").map(|rest| rest.trim().trim_end_matches(['：', ':']));
    rest.is_some_and(|rest| {
        let number = |c: char| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十".contains(c);
        rest.chars().count() <= 2
            && rest.chars().all(number)
            && !(rest.is_empty() && line.text().ends_with(['：', ':']))
    })
}

/// Marks label and title of an annex and gives the number of lines that they are.
pub fn mark(lines: &[Line<'_>], roles: &mut [Role]) -> usize {
    let Some((label, rest)) = lines.split_first() else { return 0 };
    roles[label.block] = Role::AnnexLabel;
    let titled = rest.iter().take(MOST_LINES).take_while(|line| is_title(line)).count();
    rest[..titled].iter().for_each(|line| roles[line.block] = Role::AnnexTitle);
    1 + titled
}

fn is_title(line: &Line<'_>) -> bool {
    let text = line.text();
    let set = line.paragraph.set.aligned == Some(Aligned::Center) || line.style() == "附件标题";
    set && text.chars().count() <= LONGEST && !text.ends_with('。') && typed(text).is_none() && !line.only_statements()
}

/// A line that says which annexes there are: the program writes it by itself.
pub fn is_note(line: &Line<'_>, goes_on: bool) -> bool {
    let text = line.text();
    let named = text.strip_prefix("附件").is_some_and(|rest| rest.trim_start().starts_with(['：', ':']));
    named || line.style() == "附件说明" || goes_on && typed(text).is_some_and(|number| number.level == 3)
}

/// Whether the section that a block is in has its pages sideways: it says so at its end.
pub fn is_landscape(document: &Document, block: usize) -> bool {
    let sections = document.body[block..].iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.section,
        Block::Table(_) => None,
    });
    sections.map(|section| section.landscape).next().unwrap_or(false)
}
