//! A clerk who edits reports in Word: what is done to a generated DOCX, and what must be found of it.

use std::io::{Cursor, Read, Write};
use std::ops::Range;

use huibao::document::record::{self, Sentence};
use huibao::document::{Document, PassageKind};
use huibao::revise::{Change, Remark, Revision};
use huibao::source::docx;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What is done to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A digit of a figure becomes another.
    Digit,
    /// Two digits of a figure change places.
    Swapped,
    /// A figure is ten times as large.
    Tenfold,
    /// Up becomes down.
    Turned,
    /// A figure's unit becomes another.
    Unit,
    /// A name is changed.
    Name,
    /// A rank is another.
    Rank,
    /// A number is written in Chinese numerals, another one.
    Numeral,
    /// A figure of a table is changed.
    Cell,
    /// Two figures are changed at once.
    Two,
    /// A clause with a figure is deleted.
    Clause,
    /// A sentence is deleted.
    Sentence,
    /// A sentence without figures is put in.
    Inserted,
    /// A sentence with a figure that nobody knows is put in.
    Figured,
    /// Words are changed that are no figure's.
    Words,
    /// Blanks are put between figures and words.
    Blanks,
    /// A paragraph goes to another place.
    Moved,
    /// A paragraph is cut in two.
    Split,
    /// All runs of paragraphs become one.
    Merged,
    /// Each character has a run of its own.
    Crumbs,
    /// Runs look otherwise.
    Restyled,
    /// A comment is made.
    Commented,
    /// Words are put in with tracked changes.
    Tracked,
    /// Numbers of headings are typed otherwise.
    Renumbered,
    /// Nothing is done.
    Nothing,
}

pub const KINDS: [Kind; 25] = [
    Kind::Digit,
    Kind::Swapped,
    Kind::Tenfold,
    Kind::Turned,
    Kind::Unit,
    Kind::Name,
    Kind::Rank,
    Kind::Numeral,
    Kind::Cell,
    Kind::Two,
    Kind::Clause,
    Kind::Sentence,
    Kind::Inserted,
    Kind::Figured,
    Kind::Words,
    Kind::Blanks,
    Kind::Moved,
    Kind::Split,
    Kind::Merged,
    Kind::Crumbs,
    Kind::Restyled,
    Kind::Commented,
    Kind::Tracked,
    Kind::Renumbered,
    Kind::Nothing,
];

impl Kind {
    /// A figure is wrong behind it, and must be told as an error.
    pub fn falsifies(self) -> bool {
        self <= Kind::Two
    }
}

/// Numbers that look random and are the same each time.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

/// A figure in the file: paragraph and bytes.
#[derive(Clone, Debug)]
pub struct Spot {
    pub paragraph: usize,
    pub bytes: Range<usize>,
    pub text: String,
    pub cell: bool,
    /// The bytes of its sentence.
    pub sentence: Range<usize>,
}

/// An edited file.
pub struct Edited {
    pub bytes: Vec<u8>,
    /// What was planted: paragraph of the file, and what stands there now.
    pub planted: Vec<(usize, String)>,
    /// Pieces that were taken out and must not come back, and that were put in and must stay.
    pub out: Vec<String>,
    pub kept: Vec<String>,
}

/// The figures whose sentence is found once in the file.
pub fn spots(file: &docx::Document, document: &Document) -> Vec<Spot> {
    let passages = record::printed(document);
    let paragraphs = file.paragraphs();
    let mut found = Vec::new();
    for sentence in record::sentences(&passages) {
        let Sentence { passage, text, figures, .. } = &sentence;
        let kind = passages[*passage].kind;
        let said: String = text.iter().collect();
        let cell = kind == PassageKind::Cell;
        if figures.is_empty() || !(cell || matches!(kind, PassageKind::Body | PassageKind::Item)) {
            continue;
        }
        let places =
            paragraphs.iter().enumerate().filter(|(_, own)| matches!(own.place, docx::Place::Cell(..)) == cell);
        let places: Vec<(usize, usize)> =
            places.flat_map(|(at, own)| own.text.match_indices(&said).map(move |(byte, _)| (at, byte))).collect();
        let [(paragraph, start)] = places[..] else { continue };
        let byte = |at: usize| start + text[..at].iter().map(|c| c.len_utf8()).sum::<usize>();
        found.extend(figures.iter().map(|(from, to, _)| Spot {
            paragraph,
            bytes: byte(*from)..byte(*to),
            text: text[*from..*to].iter().collect(),
            cell,
            sentence: start..start + said.len(),
        }));
    }
    found
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut out = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut out).unwrap();
    out
}

/// The package with another main part.
pub fn with_part(bytes: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut file = old.by_index(at).unwrap();
        let own = file.name().to_string();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        new.start_file(&own, SimpleFileOptions::default()).unwrap();
        new.write_all(if own == name { text.as_bytes() } else { &content }).unwrap();
    }
    new.finish().unwrap().into_inner()
}

fn digits(text: &str) -> Vec<usize> {
    text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect()
}

/// A number of the figure told otherwise; `None` where it has none that the kind can be done to.
fn falsified(kind: Kind, text: &str, dice: &mut Dice) -> Option<String> {
    let places = digits(text);
    let with = |at: usize, new: &str, length: usize| format!("{}{new}{}", &text[..at], &text[at + length..]);
    match kind {
        Kind::Digit | Kind::Cell | Kind::Two => {
            let at = *places.get(dice.roll(places.len()))?;
            let old = text[at..=at].parse::<u8>().ok()?;
            let new = (old + 1 + dice.roll(8) as u8) % 10;
            (new > 0).then(|| with(at, &new.to_string(), 1))
        }
        Kind::Swapped => {
            let two = places
                .windows(2)
                .find(|two| two[0] + 1 == two[1] && text.as_bytes()[two[0]] != text.as_bytes()[two[1]])?;
            let (a, b) = (&text[two[0]..=two[0]], &text[two[1]..=two[1]]);
            (b != "0").then(|| with(two[0], &format!("{b}{a}"), 2))
        }
        Kind::Tenfold => {
            let last = *places.last()?;
            (!text.contains('年')).then(|| with(last + 1, "0", 0))
        }
        Kind::Turned => {
            let pairs = [("增长", "下降"), ("下降", "增长"), ("提高", "下降"), ("增加", "减少"), ("减少", "增加")];
            let (at, (old, new)) = pairs.iter().find_map(|pair| Some((text.find(pair.0)?, pair)))?;
            Some(with(at, new, old.len()))
        }
        Kind::Unit => {
            let pairs = [("万元", "亿元"), ("亿元", "万元"), ("%", "‰")];
            let (at, (old, new)) = pairs.iter().find_map(|pair| Some((text.find(pair.0)?, pair)))?;
            Some(with(at, new, old.len()))
        }
        Kind::Name => {
            let name = !text.contains(|c: char| c.is_ascii_digit()) && (2..10).contains(&text.chars().count());
            let last = text.char_indices().last()?.0;
            (name && text.chars().all(char::is_alphanumeric)).then(|| format!("{}别{}", &text[..last], &text[last..]))
        }
        Kind::Rank => {
            let at = text.find('第')? + '第'.len_utf8();
            text[at..].starts_with(|c: char| c.is_ascii_digit()).then(|| with(at, "1", 0))
        }
        Kind::Numeral => {
            let whole = !text.is_empty() && text.len() < 4 && text.bytes().all(|b| b.is_ascii_digit());
            (whole && text != "47").then(|| "四十七".to_string())
        }
        _ => None,
    }
}

/// Does one thing to a file; `None` where it has no place for it.
pub fn edit(kind: Kind, bytes: &[u8], document: &Document, dice: &mut Dice) -> Option<Edited> {
    let file = docx::read(bytes).unwrap();
    let all = spots(&file, document);
    let mut done = Edited { bytes: Vec::new(), planted: Vec::new(), out: Vec::new(), kept: Vec::new() };
    let mut revision = Revision::default();
    let paragraphs = file.paragraphs();
    let sentence = |spot: &Spot| paragraphs[spot.paragraph].text[spot.sentence.clone()].to_string();
    match kind {
        _ if kind.falsifies() => {
            let fit: Vec<(&Spot, String)> = all
                .iter()
                .filter(|spot| spot.cell == (kind == Kind::Cell))
                .filter_map(|spot| Some((spot, falsified(kind, &spot.text, dice)?)))
                .collect();
            for _ in 0..if kind == Kind::Two { 2 } else { 1 } {
                let (spot, new) = fit.get(dice.roll(fit.len()))?.clone();
                let over = |change: &Change| change.paragraph == spot.paragraph && change.range == spot.bytes;
                if revision.changes.iter().any(over) {
                    continue;
                }
                done.planted.push((spot.paragraph, new.clone()));
                done.kept.push(new.clone());
                revision.changes.push(Change { paragraph: spot.paragraph, range: spot.bytes.clone(), text: new });
            }
        }
        Kind::Clause => {
            let fit = all.iter().filter(|spot| !spot.cell).filter_map(|spot| {
                let text = &paragraphs[spot.paragraph].text;
                let start = text[spot.sentence.start..spot.bytes.start].rfind('，')? + spot.sentence.start;
                let end = text[spot.bytes.end..spot.sentence.end].find(['，', '。', '；'])? + spot.bytes.end;
                Some((spot.paragraph, start..end))
            });
            let fit: Vec<_> = fit.collect();
            let (paragraph, range) = fit.get(dice.roll(fit.len()))?.clone();
            done.out.push(paragraphs[paragraph].text[range.clone()].to_string());
            revision.changes.push(Change { paragraph, range, text: String::new() });
        }
        Kind::Sentence => {
            let fit: Vec<&Spot> =
                all.iter().filter(|s| !s.cell && sentence(s).ends_with('。') && s.sentence.start > 0).collect();
            let spot = *fit.get(dice.roll(fit.len()))?;
            done.out.push(sentence(spot));
            revision.changes.push(Change {
                paragraph: spot.paragraph,
                range: spot.sentence.clone(),
                text: String::new(),
            });
        }
        Kind::Inserted | Kind::Figured | Kind::Tracked => {
            let fit: Vec<&Spot> = all.iter().filter(|spot| !spot.cell).collect();
            let spot = *fit.get(dice.roll(fit.len()))?;
            let at = if dice.roll(2) == 0 { spot.sentence.end } else { spot.sentence.start };
            let number = 1000 + dice.roll(8000);
            let text = match kind {
                Kind::Figured => format!("现场走访群众{number}人次。"),
                _ => "这些工作得到了群众的肯定。".to_string(),
            };
            if kind == Kind::Figured {
                done.planted.push((spot.paragraph, number.to_string()));
            }
            done.kept.push(text.clone());
            revision.tracked = kind == Kind::Tracked;
            revision.changes.push(Change { paragraph: spot.paragraph, range: at..at, text });
        }
        Kind::Words => {
            let fit = all.iter().filter(|spot| !spot.cell).filter_map(|spot| {
                let text = &paragraphs[spot.paragraph].text;
                let own = spot.sentence.start..spot.bytes.start;
                let at = text[own.clone()].find(['，'])? + own.start;
                Some((spot.paragraph, at..at))
            });
            let fit: Vec<_> = fit.collect();
            let (paragraph, range) = fit.get(dice.roll(fit.len()))?.clone();
            done.kept.push("（下同）".into());
            revision.changes.push(Change { paragraph, range, text: "（下同）".into() });
        }
        Kind::Blanks => {
            let fit: Vec<&Spot> = all.iter().filter(|spot| !spot.cell).collect();
            let spot = *fit.get(dice.roll(fit.len()))?;
            for at in [spot.bytes.start, spot.bytes.end] {
                revision.changes.push(Change { paragraph: spot.paragraph, range: at..at, text: " ".into() });
            }
        }
        Kind::Commented => {
            let spot = all.get(dice.roll(all.len()))?;
            let text = "这个数再核一下".to_string();
            revision.remarks.push(Remark { paragraph: spot.paragraph, range: Some(spot.bytes.clone()), text });
        }
        _ => {
            let xml = part(bytes, "word/document.xml");
            done.bytes = with_part(bytes, "word/document.xml", &structural(kind, &xml, &file, &all, dice)?);
            return Some(done);
        }
    }
    done.bytes = revision.apply(bytes, &file).unwrap();
    Some(done)
}

/// Changes of the markup.
fn structural(kind: Kind, xml: &str, file: &docx::Document, all: &[Spot], dice: &mut Dice) -> Option<String> {
    let paragraphs = file.paragraphs();
    let plain = |at: usize| {
        let own = paragraphs[at];
        matches!(own.place, docx::Place::Body(_)) && own.section.is_none() && own.anchors.is_empty()
    };
    let fit: Vec<usize> = all.iter().filter(|spot| !spot.cell && plain(spot.paragraph)).map(|s| s.paragraph).collect();
    let at = *fit.get(dice.roll(fit.len()))?;
    let span = paragraphs[at].span.clone();
    let own = &xml[span.clone()];
    let head = own.find("</w:pPr>").map(|end| &own[..end + 8])?;
    let run = |text: &str, look: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<w:r>{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let text = &paragraphs[at].text;
    let with = |new: String| Some(format!("{}{new}{}", &xml[..span.start], &xml[span.end..]));
    match kind {
        Kind::Nothing => Some(xml.to_string()),
        Kind::Moved => {
            let to = *fit.get(dice.roll(fit.len())).filter(|to| **to != at)?;
            let place = paragraphs[to].span.end;
            let (first, second) = (place.min(span.start), place.max(span.end));
            let moved = match place > span.start {
                true => format!("{}{}", &xml[span.end..place], own),
                false => format!("{}{}", own, &xml[place..span.start]),
            };
            let (first, second) = if place > span.start { (span.start, place) } else { (first, second.min(span.end)) };
            Some(format!("{}{moved}{}", &xml[..first], &xml[second..]))
        }
        Kind::Split => {
            let cut = text.match_indices('。').map(|(at, c)| at + c.len()).find(|cut| *cut < text.len())?;
            with(format!("{head}{}</w:p>{head}{}</w:p>", run(&text[..cut], ""), run(&text[cut..], "")))
        }
        Kind::Merged => with(format!("{head}{}</w:p>", run(text, ""))),
        Kind::Crumbs => {
            let crumbs: String =
                text.chars().map(|c| run(&c.to_string(), "<w:rPr><w:lang w:val=\"zh-CN\"/></w:rPr>")).collect();
            with(format!("{head}{crumbs}</w:p>"))
        }
        Kind::Restyled => {
            let half = text.char_indices().nth(text.chars().count() / 2)?.0;
            let look = "<w:rPr><w:b/><w:sz w:val=\"30\"/></w:rPr>";
            with(format!("{head}{}{}</w:p>", run(&text[..half], look), run(&text[half..], "")))
        }
        Kind::Renumbered => {
            let heading = paragraphs.iter().find(|own| own.text.starts_with("二、"))?;
            let at = heading.bytes(0.."二、".len())?;
            Some(format!("{}三、{}", &xml[..at.start], &xml[at.end..]))
        }
        _ => None,
    }
}
