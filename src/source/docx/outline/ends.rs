//! What stands before and behind the text: title, unit and date below it, 主送机关, signature.

use std::ops::Range;

use super::annexes::is_note;
use super::line::{Line, Role, outside};
use crate::source::docx::model::{Aligned, Document};
use crate::source::docx::typed;

/// Characters of the longest line of a title, and of what stands around a text.
const LONGEST_TITLE: usize = 60;
const LONGEST_LINE: usize = 80;
/// Lines of a title, of what is below it, and of a signature.
const MOST_LINES: usize = 4;
/// Lines that name annexes.
const MOST_NOTES: usize = 20;
/// Half points by which a title is larger than the text.
const LARGER: u16 = 6;
/// Blanks by which a line is pushed to the right.
const PUSHED: usize = 6;

/// Marks what stands around the text and gives the lines of the text itself.
/// `annexed`: annexes follow.
pub fn mark(lines: &[Line<'_>], document: &Document, roles: &mut [Role], annexed: bool) -> Range<usize> {
    let mut at = 0;
    let mut titled = None;
    while at < lines.len() && at < MOST_LINES {
        // Tags before the title print nothing.
        if titled.is_none() && lines[at].only_statements() {
            at += 1;
            continue;
        }
        if !is_title(&lines[at], document) || titled.is_some_and(|first| !alike(&lines[first], &lines[at])) {
            break;
        }
        titled.get_or_insert(at);
        roles[lines[at].block] = Role::Title;
        at += 1;
    }
    if titled.is_none() && !annexed {
        return 0..lines.len();
    }
    while at < lines.len() && is_byline(&lines[at]) {
        roles[lines[at].block] = Role::Byline;
        at += 1;
    }
    if let Some(line) = lines.get(at).filter(|line| is_addressee(line)) {
        roles[line.block] = Role::Addressee;
        at += 1;
    }
    let mut end = signature(lines, at, roles);
    if annexed {
        end = notes(&lines[..end], at, roles);
    }
    at..end
}

/// Marks the lines before a signature that name the annexes, and gives the number of lines before them.
fn notes(lines: &[Line<'_>], from: usize, roles: &mut [Role]) -> usize {
    let first = (from..lines.len()).rev().take(MOST_NOTES).find(|at| is_note(&lines[*at], false));
    let Some(mut first) = first else { return lines.len() };
    while first > from && is_note(&lines[first - 1], false) {
        first -= 1;
    }
    // All lines from there on are of them, or none is.
    if !lines[first..].iter().all(|line| is_note(line, true)) {
        return lines.len();
    }
    lines[first..].iter().for_each(|line| roles[line.block] = Role::AnnexNote);
    first
}

fn is_title(line: &Line<'_>, document: &Document) -> bool {
    let text = line.text();
    if text.chars().count() > LONGEST_TITLE || text.ends_with(['。', '；', '：']) {
        return false;
    }
    let style = line.style();
    if matches!(style.as_str(), "title" | "标题") {
        return true;
    }
    let centred = line.paragraph.set.aligned == Some(Aligned::Center);
    if typed(text).is_some() || line.paragraph.number.is_some() {
        return false;
    }
    let size = line.size().unwrap_or(0);
    let larger = size >= document.size.saturating_add(LARGER);
    let face = line.paragraph.face(0);
    let bold = face.is_some_and(|face| {
        face.bold == Some(true)
            || face.east.as_deref().is_some_and(|east| east.contains("宋简体") || east.contains("黑"))
    });
    centred && (larger || bold || style.starts_with("heading") || line.paragraph.set.outline.is_some_and(|l| l < 10))
        || larger && size >= 40
}

/// Lines of one title look the same.
fn alike(a: &Line<'_>, b: &Line<'_>) -> bool {
    a.paragraph.style == b.paragraph.style && a.size() == b.size()
}

fn is_byline(line: &Line<'_>) -> bool {
    let text = line.text();
    let short = text.chars().count() <= LONGEST_TITLE && !text.ends_with(['。', '：']);
    let style = matches!(line.style().as_str(), "题下单位" | "subtitle" | "author" | "date" | "副标题");
    let centred = line.paragraph.set.aligned == Some(Aligned::Center);
    short && typed(text).is_none() && (style || centred) && !line.only_statements()
}

fn is_addressee(line: &Line<'_>) -> bool {
    let text = line.text();
    if line.style() == "主送机关" {
        return true;
    }
    let pushed = line.paragraph.text.starts_with(['\u{3000}', ' ']);
    let indented = line.paragraph.set.first_line == Some(true) || pushed;
    let speaks = ["如下", "以下", "下列", "现将", "汇报", "报告"].iter().any(|word| text.contains(word));
    let ends = outside(text).last().is_some_and(|(_, c)| matches!(c, '：' | ':'));
    ends && !indented
        && !speaks
        && !text.contains('。')
        && text.chars().count() <= LONGEST_LINE
        && typed(text).is_none()
}

/// Marks the signature and gives the number of lines before it.
fn signature(lines: &[Line<'_>], from: usize, roles: &mut [Role]) -> usize {
    let mut first = lines.len();
    while first > from + 1 && lines.len() - first < MOST_LINES && is_signature(&lines[first - 1]) {
        first -= 1;
    }
    let own = &lines[first..];
    // Without a date it may be any text that is set to the right.
    if !own.iter().any(|line| is_date(line.text())) {
        return lines.len();
    }
    for line in own {
        roles[line.block] = if is_date(line.text()) { Role::Date } else { Role::Signatory };
    }
    first
}

fn is_signature(line: &Line<'_>) -> bool {
    let text = line.text();
    let pushed =
        line.paragraph.text.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\u{3000}' { 2 } else { 1 });
    let pushed = pushed.sum::<usize>() >= PUSHED || line.paragraph.text.starts_with('\t');
    let right = line.paragraph.set.aligned == Some(Aligned::Right);
    let style = matches!(line.style().as_str(), "署名" | "成文日期" | "signature" | "date" | "closing");
    let said = text.ends_with(['。', '；', '：', '，']) || text.chars().count() > LONGEST_TITLE;
    (right || style || pushed) && !said && typed(text).is_none() && !line.only_statements()
}

/// 2026年12月5日, with tags or blanks in it.
fn is_date(text: &str) -> bool {
    let plain: String = outside(text).map(|(_, c)| c).filter(|c| !c.is_whitespace()).collect();
    let numbers = |part: &str| part.chars().all(|c| c.is_numeric() || "〇○零一二三四五六七八九十".contains(c));
    match plain.split_once('年') {
        Some((year, rest)) => {
            let (month, day) = rest.split_once('月').unwrap_or((rest, ""));
            rest.contains('月') && numbers(year) && numbers(month) && day.strip_suffix('日').is_some_and(numbers)
        }
        // The whole date is a tag.
        None => plain.is_empty() && (text.contains("日期") || text.contains("年月日")),
    }
}
