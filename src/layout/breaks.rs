//! Where the lines of a paragraph end: computed once, by the rule that word processors
//! follow (first fit, whole cells, nothing trimmed and nothing hung), and given to both outputs.
//!
//! Two sets of places where a line may end are kept apart. The *plain* rule is what a word
//! processor does by itself with kinsoku on. The *kept* rule takes some of these places away:
//! a number stays with its unit, — and ～ never begin a line, the last line holds more than
//! one character. Lines that so end earlier than a word processor would end them are named in
//! [`Lines::held`]: the DOCX spreads their characters until nothing more fits.

use super::standard::{DOCX_ROOM, TRACKING};

/// A character of a paragraph and its advance, tracking included, pt. `\n` forces a line end.
pub type Cell = (char, f64);

/// The lines of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Lines {
    /// Index of the first character of each line but the first.
    pub starts: Vec<usize>,
    /// Numbers of the lines (0 is the first) that a word processor would let run on.
    pub held: Vec<usize>,
}

impl Lines {
    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts.len() + 1
    }
}

/// Breaks a paragraph. `width` is that of a full line, `indent` what the first line gives up, pt.
pub fn lines(cells: &[Cell], width: f64, indent: f64) -> Lines {
    let mut lines = Lines::default();
    let mut start = 0;
    while start < cells.len() {
        let room = if start == 0 { width - indent } else { width };
        let Some(fit) = fit(cells, start, room) else { break };
        if fit < cells.len() && cells[fit - 1].0 == '\n' {
            lines.starts.push(fit);
            start = fit;
            continue;
        }
        if fit == cells.len() {
            break;
        }
        let end = end_of_line(cells, start, fit);
        if (end + 1..=fit).any(|i| plain(cells, i)) {
            lines.held.push(lines.starts.len());
        }
        lines.starts.push(end);
        start = end;
    }
    relieve_runt(cells, &mut lines);
    lines
}

/// What a line may give up for a better place to end, pt: about three characters. More shows as
/// gaps; then a number is rather parted from its unit.
const LOOSE: f64 = 48.0;

/// Where a line ends that could go on to `fit`: at the last place of the strictest rule that
/// does not leave it loose, or else at the last place of all.
fn end_of_line(cells: &[Cell], start: usize, fit: usize) -> usize {
    let rules: [fn(&[Cell], usize) -> bool; 3] = [kept, safe, plain];
    let ends = rules.map(|allowed| (start + 1..=fit).rev().find(|&i| allowed(cells, i)));
    let lost = |end: usize| cells[end..fit].iter().map(|cell| cell.1).sum::<f64>();
    let tight = ends.iter().flatten().copied().find(|&end| lost(end) <= LOOSE);
    tight.or_else(|| ends.iter().flatten().copied().max()).unwrap_or(fit)
}

/// The last index at which a line that begins at `start` may end without overflow; more than
/// `start`. `None`: nothing is left.
fn fit(cells: &[Cell], start: usize, room: f64) -> Option<usize> {
    let mut used = 0.0;
    for (i, &(c, advance)) in cells.iter().enumerate().skip(start) {
        if c == '\n' {
            return Some(i + 1);
        }
        used += advance;
        // The character that ends a line is not tracked, as the one that ends a stretch of script.
        let goes_on = cells.get(i + 1).is_some_and(|next| is_western(next.0) == is_western(c));
        let shown = if goes_on { used - TRACKING } else { used };
        if shown > room + DOCX_ROOM && c != ' ' {
            return Some(i.max(start + 1));
        }
    }
    (start < cells.len()).then_some(cells.len())
}

/// Lets a last line that is one character (and its marks) take another from the line before.
fn relieve_runt(cells: &[Cell], lines: &mut Lines) {
    let Some(&last) = lines.starts.last() else { return };
    if cells[last - 1].0 == '\n' || cells[last..].iter().filter(|(c, _)| !is_mark(*c)).count() != 1 {
        return;
    }
    let before = lines.starts.iter().rev().nth(1).copied().unwrap_or(0);
    let Some(earlier) = (before + 1..last).rev().find(|&i| kept(cells, i)) else { return };
    // A line that would lose much would show it.
    let lost: f64 = cells[earlier..last].iter().map(|cell| cell.1).sum();
    if lost > 4.0 * cells[last].1.max(8.0) || earlier == before + 1 {
        return;
    }
    let line = lines.starts.len() - 1;
    if lines.held.last() != Some(&line) {
        lines.held.push(line);
    }
    if let Some(start) = lines.starts.last_mut() {
        *start = earlier;
    }
}

/// Whether a word processor may begin a line with character `i`.
fn plain(cells: &[Cell], i: usize) -> bool {
    let (a, b) = (cells[i - 1].0, cells[i].0);
    if b == ' ' || b == '\n' || is_joiner(a) || is_joiner(b) {
        return false;
    }
    if a == ' ' {
        return !never_first(b);
    }
    if is_western(a) && is_western(b) {
        return a == '-' && b.is_alphabetic();
    }
    !(never_first(b) || never_last(a) || (a == b && matches!(a, '—' | '…')))
}

/// Whether a line may begin with character `i`, which is not the first.
pub fn may_break(cells: &[Cell], i: usize) -> bool {
    plain(cells, i)
}

/// Whether every word processor may: LibreOffice goes by other rules where Western text follows,
/// and ends no line between a closing mark and a digit or between a digit and a quotation mark.
fn safe(cells: &[Cell], i: usize) -> bool {
    let (a, b) = (cells[i - 1].0, cells[i].0);
    let closed = "，。、）》〉」』】〕〗”’".contains(a) && is_western(b);
    plain(cells, i) && !closed && !(is_western(a) && a != ' ' && matches!(b, '“' | '‘'))
}

/// Whether this project begins a line with character `i`.
fn kept(cells: &[Cell], i: usize) -> bool {
    if !safe(cells, i) {
        return false;
    }
    let (a, b) = (cells[i - 1].0, cells[i].0);
    let next = cells.get(i + 1).map_or(' ', |cell| cell.0);
    if matches!(b, '～' | '~' | '·' | '/' | '／' | '－' | '–') || matches!(a, '/' | '／' | '～' | '~') {
        return false;
    }
    // A single — joins two things; —— may begin or end a line.
    let before = if i >= 2 { cells[i - 2].0 } else { ' ' };
    if (b == '—' && next != '—') || (a == '—' && before != '—') {
        return false;
    }
    if is_western(a) && is_western(b) && a != ' ' {
        return false;
    }
    if a.is_ascii_digit() && is_han(b) {
        return false;
    }
    // 万, 亿 behind digits, and what they count.
    !(matches!(a, '万' | '亿' | '千' | '百') && before.is_ascii_digit() && is_han(b))
}

/// 避头 (GB/T 15834 5.1; the union of what Word and LibreOffice keep).
pub fn never_first(c: char) -> bool {
    "!%),.:;>?]}¢°·ˇˉ‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～￠".contains(c)
}

/// 避尾.
pub fn never_last(c: char) -> bool {
    "$([{£¥‘“〈《「『【〔〖〝＄（［｛￡￥#".contains(c)
}

/// A punctuation mark, which does not count when a last line is judged.
fn is_mark(c: char) -> bool {
    never_first(c) || never_last(c) || matches!(c, '—' | ' ' | '\n')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{2060}' | '\u{FEFF}' | '\u{A0}')
}

/// Set in the Latin face: digits, Latin letters and ASCII marks.
pub fn is_western(c: char) -> bool {
    matches!(c, ' '..='~' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ')
}

/// A Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '〇')
        || ('\u{20000}'..='\u{3134F}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, cells: f64) -> Vec<String> {
        let row: Vec<Cell> = text.chars().map(|c| (c, if is_western(c) { 8.0 } else { 16.0 })).collect();
        let lines = lines(&row, cells * 16.0 - TRACKING, 0.0);
        let mut at: Vec<usize> = vec![0];
        at.extend(&lines.starts);
        at.push(row.len());
        at.windows(2).map(|w| row[w[0]..w[1]].iter().map(|cell| cell.0).collect()).collect()
    }

    #[test]
    fn marks_stay_off_the_edges() {
        assert_eq!(broken("一二三四，五六七", 4.0), ["一二三", "四，五", "六七"].map(String::from));
        assert_eq!(broken("一二三“四五六七八", 4.0), ["一二三", "“四五六", "七八"].map(String::from));
        assert_eq!(broken("一二三——四五六", 4.0), ["一二三", "——四", "五六"].map(String::from));
    }

    #[test]
    fn numbers_stay_whole_and_with_their_unit() {
        assert_eq!(broken("今年共一12345.6万元整个", 4.0), ["今年共一", "12345.6", "万元整个"].map(String::from));
        assert_eq!(broken("今年增长12.5%以上了", 6.0), ["今年增长", "12.5%以上了"].map(String::from));
        assert_eq!(broken("今年一共有12万元整", 6.0), ["今年一共有", "12万元整"].map(String::from));
        assert_eq!(broken("今年一二1—6月一共有", 6.0), ["今年一二", "1—6月一共有"].map(String::from));
    }

    #[test]
    fn a_line_is_not_left_loose_for_a_unit() {
        // Keeping the unit would give up the whole number.
        assert_eq!(broken("一二三四五1234567890件整", 10.5), ["一二三四五1234567890", "件整"].map(String::from));
    }

    #[test]
    fn last_line_holds_more_than_one_character() {
        assert_eq!(broken("一二三四五六七八九。", 4.0), ["一二三四", "五六七", "八九。"].map(String::from));
    }

    #[test]
    fn held_lines_are_named() {
        let row: Vec<Cell> =
            "今年一共有12万元整".chars().map(|c| (c, if is_western(c) { 8.0 } else { 16.0 })).collect();
        assert_eq!(lines(&row, 7.0 * 16.0 - TRACKING, 0.0).held, [0]);
        assert_eq!(lines(&row, 9.0 * 16.0 - TRACKING, 0.0).held, Vec::<usize>::new());
    }

    #[test]
    fn no_line_ends_between_a_closing_mark_and_a_digit() {
        assert_eq!(broken("一二三四，12345件", 5.0), ["一二三", "四，12345", "件"].map(String::from));
        assert_eq!(broken("一二三四；12345件", 5.0), ["一二三四；", "12345件"].map(String::from));
    }

    #[test]
    fn what_cannot_be_kept_is_cut() {
        let long = "a".repeat(20);
        assert_eq!(broken(&long, 4.0).len(), 3);
        assert_eq!(broken("", 4.0), [String::new()]);
        assert_eq!(broken("一\n二", 4.0), ["一\n", "二"].map(String::from));
    }
}
