//! Headings and items of the text itself.

use super::line::{Line, Role, led, outside};
use crate::source::docx::model::{Document, Face};
use crate::source::docx::typed;

/// Characters of the longest heading, and of the longest that only its look makes one.
const LONGEST: usize = 50;
const LONGEST_BY_LOOK: usize = 30;

/// Marks the headings and items among the lines of a text.
pub fn mark(lines: &[Line<'_>], document: &Document, roles: &mut [Role]) {
    let mut counts = Counts::default();
    let mut any = false;
    for line in lines.iter().filter(|line| !line.only_statements()) {
        let role = numbered_or_styled(line, document, &mut counts);
        any |= matches!(role, Role::Heading { .. });
        roles[line.block] = role;
    }
    if any {
        return;
    }
    // Neither styles nor numbers: what looks like a heading is one.
    for line in lines.iter().filter(|line| !line.only_statements()) {
        if roles[line.block] == Role::Text
            && let Some(level) = by_look(line, document)
        {
            roles[line.block] = Role::Heading { level, number: 0..0, run_in: None };
        }
    }
}

/// How far the numbers that the program will write have come.
#[derive(Default)]
struct Counts {
    headings: [u32; 4],
    /// The last item of a list: its block and its number.
    item: Option<(usize, u32)>,
}

impl Counts {
    /// The number that the next heading of a level gets.
    fn next(&self, level: u8) -> u32 {
        self.headings[usize::from(level.clamp(1, 4) - 1)] + 1
    }

    /// A heading of this level, typed with this number, comes next: in a loop or a condition the same
    /// number may stand twice.
    fn fits(&self, level: u8, n: u32) -> bool {
        n == self.next(level) || n + 1 == self.next(level)
    }

    /// The number of an item, where the program will write the same: items one below the other from 1 on.
    fn item(&mut self, number: &str, block: usize) -> Option<u32> {
        let digits = number.trim().trim_matches(['（', '(', '）', ')', '.', '．', '、']);
        let n: u32 = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
        let follows = self.item.is_some_and(|(before, last)| before + 1 == block && last + 1 == n);
        self.item = (n == 1 || follows).then_some((block, n));
        self.item.map(|(_, n)| n)
    }

    fn count(&mut self, level: u8, n: Option<u32>) {
        let at = usize::from(level.clamp(1, 4) - 1);
        self.headings[at] = n.unwrap_or(self.headings[at] + 1);
        self.headings[at + 1..].fill(0);
    }
}

fn numbered_or_styled(line: &Line<'_>, document: &Document, counts: &mut Counts) -> Role {
    let paragraph = line.paragraph;
    let styled = styled(line);
    let led = led(&paragraph.text);
    let own = typed(&paragraph.text[led..]);
    // A number of a list is read as if it were typed.
    let listed = paragraph.number.as_ref().filter(|number| !number.bullet);
    let listed = listed.and_then(|number| typed(&format!("{} ", number.text.trim())));
    let number = own.map_or(0..0, |own| led..led + own.length);
    let counted = own.or(listed);
    if let Some(styled) = styled {
        let level = counted.map_or(styled, |counted| counted.level);
        counts.count(level, counted.map(|c| c.n));
        let end = first_sentence(&paragraph.text, number.end);
        let long = paragraph.text.chars().count() > LONGEST;
        return Role::Heading { level, number, run_in: end.filter(|_| long) };
    }
    if paragraph.number.as_ref().is_some_and(|number| number.bullet) {
        return Role::Item { ordered: false };
    }
    let Some(counted) = counted else { return item(line, counts) };
    let listed = own.is_none() && counted.level >= 3;
    let heading = unstyled(line, document, number.end, counted.level).filter(|run_in| match (counted.level, listed) {
        (..=2, _) => true,
        // Those that look like text as well must count as the program will; a plain list is one.
        (_, false) => counts.fits(counted.level, counted.n),
        (_, true) => run_in.is_some() && counts.fits(counted.level, counted.n),
    });
    match heading {
        Some(run_in) => {
            counts.count(counted.level, Some(counted.n));
            Role::Heading { level: counted.level, number, run_in }
        }
        None if listed => item(line, counts),
        None => Role::Text,
    }
}

/// An item that Word numbers; with another number than the program would write it stands as text.
fn item(line: &Line<'_>, counts: &mut Counts) -> Role {
    match line.paragraph.number.as_ref().and_then(|number| counts.item(&number.text, line.block)) {
        Some(_) => Role::Item { ordered: true },
        None => Role::Text,
    }
}

/// The level that a style or an outline level gives.
fn styled(line: &Line<'_>) -> Option<u8> {
    let style = line.style();
    let named = ["heading", "标题", "一级标题", "二级标题", "三级标题", "四级标题"];
    let by_name = match named.iter().position(|name| style == *name) {
        Some(level @ 2..) => Some(level as u8 - 1),
        _ => {
            let rest = style.strip_prefix("heading").or_else(|| style.strip_prefix("标题"));
            rest.and_then(|rest| rest.parse::<u8>().ok())
        }
    };
    let by_outline = line.paragraph.set.outline.filter(|level| (1..10).contains(level));
    by_name.or(by_outline).filter(|level| *level >= 1).map(|level| level.min(4))
}

/// Whether a numbered paragraph without a style of headings is one, and where it ends.
fn unstyled(line: &Line<'_>, document: &Document, number: usize, level: u8) -> Option<Option<usize>> {
    let text = &line.paragraph.text;
    let length = |range: std::ops::Range<usize>| text[range].trim().chars().count();
    let end = first_sentence(text, number);
    let Some(end) = end else {
        // No sentence ends in it: a heading on a line of its own.
        let marks = outside(text).any(|(_, c)| matches!(c, '；' | '！' | '？' | ';'));
        let last = outside(text.trim_end()).last().map(|(_, c)| c);
        let open = matches!(last, Some('，' | '：' | '、' | ',' | ':'));
        return (!marks && !open && length(number..text.len()) <= LONGEST).then_some(None);
    };
    if length(number..end) > LONGEST || text[end..].trim().is_empty() {
        return None;
    }
    let (first, rest) = (look(line.paragraph.face(number), document), look(line.paragraph.face(end), document));
    (first != rest || level <= 2).then_some(Some(end))
}

/// The byte behind the first 。 of a text from a byte on, outside of tags.
fn first_sentence(text: &str, from: usize) -> Option<usize> {
    let found = outside(text).find(|(at, c)| *at >= from && *c == '。');
    found.map(|(at, c)| at + c.len_utf8())
}

/// What tells a heading from the text around it.
fn look(face: Option<&Face>, document: &Document) -> (bool, bool, bool, bool) {
    let Some(face) = face else { return Default::default() };
    let has = |part: &str| face.east.as_deref().is_some_and(|east| east.contains(part));
    (has("黑"), has("楷"), face.bold == Some(true), face.size.is_some_and(|size| size > document.size))
}

/// The level of a paragraph that only looks like a heading.
fn by_look(line: &Line<'_>, document: &Document) -> Option<u8> {
    let text = line.text();
    let ended = text.ends_with(|c: char| "。；：，、！？.;:,".contains(c));
    if ended || text.chars().count() > LONGEST_BY_LOOK || text.starts_with(['表', '图', '注', '附']) {
        return None;
    }
    let runs: Vec<_> = line.paragraph.runs.iter().filter(|run| !run.range.is_empty()).collect();
    let all = |is: &dyn Fn(&Face) -> bool| !runs.is_empty() && runs.iter().all(|run| is(&run.face));
    let looks = |face: &Face| look(Some(face), document);
    match () {
        () if all(&|face| looks(face).0) => Some(1),
        () if all(&|face| looks(face).2 && looks(face).3) => Some(1),
        () if all(&|face| looks(face).1) => Some(2),
        () if all(&|face| looks(face).2) => Some(2),
        () => None,
    }
}
