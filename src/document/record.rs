//! What a finished report remembers of its own text: for each sentence a digest, and the figures in it. With the
//! data of today the sentences can be written again as they were, and be told by their digest; so the words
//! themselves need not be kept twice.

use super::model::{Block, Chart};
use super::passage::{Passage, PassageKind};
use super::report::Document;
use super::walk::passages;

/// Characters of one piece of a record: word processors keep no longer text in a property.
const PIECE: usize = 250;
/// Characters of the longest text that is kept as it is: numbers and what is said with them.
const LONGEST: usize = 12;
/// What a property of a file begins with that holds a piece; a number follows.
pub const PROPERTY: &str = "汇报记录";
/// The first sign of a record, by which its form is told.
const FORM: char = '1';

/// A sentence as it was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// It stands in a table.
    pub cell: bool,
    /// It begins a passage.
    pub first: bool,
    /// Of all its characters without blanks.
    pub digest: u32,
    /// Its figures, each with how many characters of its own stand before it.
    pub figures: Vec<(usize, Old)>,
}

/// What a figure was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Old {
    /// As it was printed.
    Text(String),
    /// A long text: how many characters without blanks, and their digest.
    Long(usize, u32),
}

impl Old {
    /// Whether it was this text.
    pub fn is(&self, text: &str) -> bool {
        match self {
            Old::Text(own) => own == text,
            Old::Long(length, own) => bare(text.chars()) == *length && digest(text.chars()) == *own,
        }
    }

    /// What is kept of a text.
    fn of(text: &str) -> Old {
        match text.chars().count() > LONGEST {
            true => Old::Long(bare(text.chars()), digest(text.chars())),
            false => Old::Text(text.to_string()),
        }
    }

    fn digest(&self) -> u32 {
        match self {
            Old::Text(own) => digest(own.chars()),
            Old::Long(_, digest) => *digest,
        }
    }

    fn written(&self) -> String {
        match self {
            Old::Text(own) => escaped(own),
            Old::Long(length, digest) => format!("~{length}~{}", digits(*digest)),
        }
    }

    /// Characters without blanks.
    pub fn length(&self) -> usize {
        match self {
            Old::Text(own) => bare(own.chars()),
            Old::Long(length, _) => *length,
        }
    }

    /// The text, where it is kept.
    pub fn text(&self) -> Option<&str> {
        match self {
            Old::Text(own) => Some(own),
            Old::Long(..) => None,
        }
    }
}

fn bare(text: impl Iterator<Item = char>) -> usize {
    text.filter(|c| !c.is_whitespace()).count()
}

/// A sentence of a document, with the ranges of its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The passage that it is part of, by its place among [`printed`].
    pub passage: usize,
    /// Characters of the passage.
    pub start: usize,
    /// As printed.
    pub text: Vec<char>,
    /// Characters of the text, and the figure's number.
    pub figures: Vec<(usize, usize, u32)>,
}

/// The passages that stand in the text of the file: charts are drawings.
pub fn printed(document: &Document) -> Vec<Passage> {
    let charts = |blocks: &[Block]| blocks.iter().any(|block| matches!(block, Block::Chart(_)));
    if !charts(&document.body) && !document.annexes.iter().any(|annex| charts(&annex.blocks)) {
        return passages(document);
    }
    let mut bare = document.clone();
    let annexes = bare.annexes.iter_mut().map(|annex| &mut annex.blocks);
    for block in std::iter::once(&mut bare.body).chain(annexes).flatten() {
        if let Block::Chart(chart) = block {
            *chart = Chart { caption: chart.caption.take(), ..Chart::default() };
        }
    }
    passages(&bare)
}

/// The sentences of passages. A cell is one, whatever stands in it.
pub fn sentences(passages: &[Passage]) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        let ends = match passage.kind {
            PassageKind::Cell => vec![passage.text.len()],
            _ => ends(&passage.text),
        };
        let mut start = 0;
        for end in ends {
            let own = passage.segments.iter().filter(|part| part.start < end && start < part.end);
            let figures =
                own.filter_map(|part| Some((part.start.max(start) - start, part.end.min(end) - start, part.figure?.0)));
            let text = passage.text[start..end].to_vec();
            found.push(Sentence { passage: index, start, figures: figures.collect(), text });
            start = end;
        }
    }
    found
}

/// Where the sentences of a text end, in characters: behind 。！？ and what closes a quotation there.
pub fn ends(text: &[char]) -> Vec<usize> {
    let stop = |c: char| matches!(c, '。' | '！' | '？');
    let mut ends: Vec<usize> = Vec::new();
    for (at, c) in text.iter().enumerate() {
        let closes = matches!(c, '”' | '’' | '）' | '》') && ends.last() == Some(&at);
        if closes {
            ends.pop();
        }
        if closes || stop(*c) && text.get(at + 1).is_none_or(|next| !stop(*next)) {
            ends.push(at + 1);
        }
    }
    if ends.last() != Some(&text.len()) && !text.is_empty() {
        ends.push(text.len());
    }
    ends
}

/// A digest of a text without its blanks.
pub fn digest(text: impl IntoIterator<Item = char>) -> u32 {
    let bare = text.into_iter().filter(|c| !c.is_whitespace());
    let hash =
        bare.fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| (hash ^ u64::from(c as u32)).wrapping_mul(0x100_0000_01b3));
    ((hash >> 40) ^ hash) as u32 & 0xff_ffff
}

/// What is remembered of a document.
pub fn of(document: &Document) -> Vec<Said> {
    let passages = printed(document);
    let mut last = usize::MAX;
    let said = sentences(&passages).into_iter().map(|sentence| {
        let first = std::mem::replace(&mut last, sentence.passage) != sentence.passage;
        remembered(&sentence, passages[sentence.passage].kind == PassageKind::Cell, first)
    });
    said.collect()
}

/// What is remembered of a sentence.
pub fn remembered(sentence: &Sentence, cell: bool, first: bool) -> Said {
    let mut from = 0;
    let figures = sentence.figures.iter().map(|(start, end, _)| {
        let gap = bare(sentence.text[from..*start].iter().copied());
        from = *end;
        (gap, Old::of(&sentence.text[*start..*end].iter().collect::<String>()))
    });
    Said { cell, first, figures: figures.collect(), digest: digest(sentence.text.iter().copied()) }
}

/// A record in pieces.
pub fn write(said: &[Said]) -> Vec<String> {
    let mut out = String::from(FORM);
    for own in said {
        out.push(match (own.first, own.cell) {
            (false, _) => '|',
            (true, true) => '+',
            (true, false) => '/',
        });
        if let [(0, old)] = &own.figures[..]
            && old.digest() == own.digest
        {
            out += &old.written();
            continue;
        }
        out.push('#');
        out += &digits(own.digest);
        own.figures.iter().for_each(|(gap, old)| out += &format!("{gap},{};", old.written()));
    }
    pieces(&out)
}

fn read_old(text: &str) -> Option<Old> {
    let Some(long) = text.strip_prefix('~') else { return Some(Old::Text(plain(text))) };
    let (length, signs) = long.split_once('~')?;
    Some(Old::Long(length.parse().ok()?, value(signs)?))
}

fn value(signs: &str) -> Option<u32> {
    let place = |sign: u8| DIGITS.iter().position(|digit| *digit == sign);
    signs.bytes().take(4).try_fold(0u32, |value, sign| Some(value << 6 | place(sign)? as u32))
}

fn pieces(text: &str) -> Vec<String> {
    let all: Vec<char> = text.chars().collect();
    all.chunks(PIECE).map(|piece| piece.iter().collect()).collect()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Four signs for 24 bits.
fn digits(value: u32) -> String {
    (0..4).rev().map(|place| char::from(DIGITS[(value >> (6 * place)) as usize & 63])).collect()
}

const SIGNS: [(char, char); 10] = [
    ('\\', '\\'),
    ('|', 'i'),
    ('/', 'z'),
    ('+', 'p'),
    ('#', 'n'),
    (',', 'c'),
    (';', 's'),
    ('\n', 'l'),
    (' ', 'b'),
    ('~', 't'),
];

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match SIGNS.iter().find(|(sign, _)| *sign == c) {
            Some((_, name)) => out.extend(['\\', *name]),
            None => out.push(c),
        }
    }
    out
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut signs = text.chars();
    while let Some(c) = signs.next() {
        let named = if c == '\\' { signs.next() } else { None };
        out.push(SIGNS.iter().find(|(_, name)| Some(*name) == named).map_or(c, |(sign, _)| *sign));
    }
    out
}

/// Reads a record; `None` where it is none, or damaged.
pub fn read(text: &str) -> Option<Vec<Said>> {
    let mut rest = text.strip_prefix(FORM)?;
    let mut found: Vec<Said> = Vec::new();
    while let Some(kind) = rest.chars().next() {
        let (first, cell) = match kind {
            '|' => (false, found.last()?.cell),
            '+' => (true, true),
            '/' => (true, false),
            _ => return None,
        };
        let body = &rest[1..];
        let end = body.find(['|', '+', '/']).unwrap_or(body.len());
        let (own, behind) = body.split_at(end);
        rest = behind;
        let Some(own) = own.strip_prefix('#') else {
            let old = read_old(own)?;
            found.push(Said { cell, first, digest: old.digest(), figures: vec![(0, old)] });
            continue;
        };
        let digest = value(own.get(..4)?)?;
        let figures = own[4..].split_terminator(';').map(|figure| {
            let (gap, text) = figure.split_once(',')?;
            Some((gap.parse().ok()?, read_old(text)?))
        });
        found.push(Said { cell, first, digest, figures: figures.collect::<Option<_>>()? });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_behind_their_marks() {
        let ends = |text: &str| ends(&text.chars().collect::<Vec<_>>());
        assert_eq!(ends("甲。乙！？丙"), [2, 5, 6]);
        assert_eq!(ends("他说“好。”完"), [6, 7]);
        assert_eq!(ends(""), [] as [usize; 0]);
    }

    #[test]
    fn signs_of_the_form_stand_in_figures() {
        let text = "1,2|3/4+#;\\ \n";
        assert_eq!(plain(&escaped(text)), text);
        let record = format!("1/#{}3,{};|#{}+{}", digits(70_000), escaped(text), digits(9), escaped("a|b"));
        let read = read(&record).expect("a record");
        assert_eq!(
            read[0],
            Said { cell: false, first: true, digest: 70_000, figures: vec![(3, Old::Text(text.into()))] }
        );
        assert_eq!(read[1], Said { cell: false, first: false, digest: 9, figures: vec![] });
        assert_eq!(read[2].figures, [(0, Old::Text("a|b".into()))]);
        let long = "很长的一段话，很长的一段话";
        assert!(read_old(&Old::of(long).written()).expect("a figure").is(long));
        assert_eq!(write(&read).concat(), record);
        for broken in ["", "2", "1x", "1|#AAAA", "1/#AA", "1/#A\u{e9}A", "1/#AAAAx;"] {
            assert_eq!(super::read(broken), None, "{broken}");
        }
    }
}
