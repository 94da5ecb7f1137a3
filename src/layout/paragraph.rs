//! A paragraph ready to be set: its runs, one face each, with the planned ends of its lines.

use serde::Serialize;

use super::breaks::{self, Cell, End, Lines, Room};
use super::dress::dresses;
use super::fonts::Fonts;
use super::glyphs::{Glyph, Source, advance, source};
use super::grid::Grid;
use super::script::{RAISED_SIZE, is_western};
use super::standard::Face;
use crate::source::small::{Raise, plain, raised};

/// Ends a line that is set to full width.
pub const LINE_END: char = '\u{2028}';

/// Text of one face after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Runs {
    /// All in the face of its place.
    Plain(String),
    /// Each with the name of its face.
    Mixed(Vec<(&'static str, String)>),
    /// The same with the figure that each is a part of.
    Marked(Vec<(&'static str, String, Option<u32>)>),
}

impl Face {
    /// Name by which the Typst program knows a face in a look.
    fn key_in(self, look: Look) -> &'static str {
        let keys = match self {
            Face::FangSong => ["fang", "fang*", "fang^", "fang_", "fang~"],
            Face::Kai => ["kai", "kai*", "kai^", "kai_", "kai~"],
            Face::Hei => ["hei", "hei*", "hei^", "hei_", "hei~"],
            Face::XiaoBiaoSong => ["biao", "biao*", "biao^", "biao_", "biao~"],
            Face::Song => ["song", "song*", "song^", "song_", "song~"],
            Face::HeiDigits => ["heid", "heid*", "heid^", "heid_", "heid~"],
        };
        keys[look as usize]
    }

    /// Name by which the Typst program knows a face.
    pub(super) fn key(self) -> &'static str {
        self.key_in(Look::Plain)
    }
}

/// What is done to a face.
#[derive(Clone, Copy)]
enum Look {
    Plain,
    /// Drawn bolder.
    Bold,
    /// 上标.
    Up,
    /// 下标.
    Down,
    /// From the face that stands in, moved to where those of the face stand, and as heavy.
    Rare,
}

impl Look {
    fn of(fonts: &Fonts, glyph: &Glyph, bold: bool) -> Look {
        match raised(glyph.c) {
            Some((_, Raise::Up)) => Look::Up,
            Some((_, Raise::Down)) => Look::Down,
            None if matches!(source(fonts, glyph.face, glyph.c), Source::Fallback(_)) => Look::Rare,
            None if bold => Look::Bold,
            None => Look::Plain,
        }
    }
}

/// The characters of a paragraph as the planner of lines wants them, at a size (pt).
pub fn cells(fonts: &Fonts, glyphs: &[Glyph], size: f64) -> Vec<Cell> {
    let mut dresses = dresses(fonts, glyphs).peekable();
    let mut cells = Vec::with_capacity(glyphs.len());
    for (i, glyph) in glyphs.iter().enumerate() {
        let (own, next) = (dresses.next(), dresses.peek().copied());
        let end = match glyphs.get(i + 1) {
            Some(after) if after.face != glyph.face => End::Face,
            Some(after) if own == next && is_western(after.c) == is_western(glyph.c) => End::No,
            _ => End::Script,
        };
        let own = advance(fonts, glyph.face, glyph.c) * size;
        let wider = if plain(glyph.c) == glyph.c { 0.0 } else { own / RAISED_SIZE - own };
        cells.push(Cell { c: glyph.c, advance: own, wider, end });
    }
    cells
}

/// Width of a line of text in the body's size and tracking where it stands alone, pt: as LibreOffice
/// and a fixed place of the PDF have it.
pub fn width(fonts: &Fonts, glyphs: &[Glyph], grid: &Grid) -> f64 {
    let cells = cells(fonts, glyphs, grid.size);
    let tracked = cells.iter().filter(|cell| cell.end == End::No).count();
    untracked(&cells) + tracked as f64 * grid.tracking()
}

/// Width of characters without tracking, pt.
pub fn untracked(cells: &[Cell]) -> f64 {
    cells.iter().map(|cell| cell.advance).sum()
}

/// What the PDF adds to a line so that its marks keep their width, pt.
const HAIR: f64 = 0.01;

/// Plans the lines of a paragraph of body text. `width` and `indent` of the first line in pt.
pub fn plan(fonts: &Fonts, glyphs: &[Glyph], grid: &Grid, width: f64, indent: f64) -> Lines {
    plan_sized(fonts, glyphs, grid, grid.size, (width, indent))
}

/// The same for a text of a size of its own; width and indent in pt.
pub fn plan_sized(fonts: &Fonts, glyphs: &[Glyph], grid: &Grid, size: f64, (width, indent): (f64, f64)) -> Lines {
    breaks::lines(&cells(fonts, glyphs, size), room(grid, size, (width, indent)))
}

/// The room for lines of text of a size; width and indent in pt.
pub fn room(grid: &Grid, size: f64, (width, indent): (f64, f64)) -> Room {
    let (tracking, doubt) = (grid.tracking_twip(), grid.indent_doubt(size));
    Room { width: width - HAIR, indent, tracking, doubt, full: true }
}

/// Plans the lines of a text without tracking, so many pt wide.
pub fn plan_plain(fonts: &Fonts, glyphs: &[Glyph], size: f64, width: f64) -> Lines {
    breaks::lines(&cells(fonts, glyphs, size), Room { width, indent: 0.0, tracking: 0, doubt: (0.0, 0.0), full: false })
}

/// Runs of a text whose place has the face `base`. Lines end where `lines` says.
pub fn runs(fonts: &Fonts, glyphs: &[Glyph], base: Face, lines: &Lines) -> Runs {
    bold_runs(fonts, glyphs, base, lines, 0)
}

/// The same, the first characters drawn bolder.
pub fn bold_runs(fonts: &Fonts, glyphs: &[Glyph], base: Face, lines: &Lines, bold: usize) -> Runs {
    mixed(pieces(fonts, glyphs, lines, (false, bold)), base)
}

fn mixed(pieces: Vec<Piece>, base: Face) -> Runs {
    match pieces.as_slice() {
        [] => Runs::Plain(String::new()),
        [only] if only.key == base.key() => Runs::Plain(only.text.clone()),
        _ => Runs::Mixed(pieces.into_iter().map(|piece| (piece.key, piece.text)).collect()),
    }
}

/// Runs that tell their figures, so that these can be found on the pages again.
pub fn marked_runs(fonts: &Fonts, glyphs: &[Glyph], base: Face, lines: &Lines, bold: usize) -> Runs {
    if glyphs.iter().all(|glyph| glyph.figure.is_none()) {
        return bold_runs(fonts, glyphs, base, lines, bold);
    }
    let pieces = pieces(fonts, glyphs, lines, (true, bold)).into_iter();
    Runs::Marked(pieces.map(|piece| (piece.key, piece.text, piece.figure)).collect())
}

/// Runs of a text that begins with a heading, and of the heading by itself: both with the ends of lines.
pub fn led_runs(
    fonts: &Fonts,
    glyphs: &[Glyph],
    base: Face,
    lines: &Lines,
    lead: usize,
    look: (bool, bool),
) -> [Runs; 2] {
    let (bold, marked) = look;
    let part = |from: usize, to: usize| Lines {
        starts: lines.starts.iter().filter(|&&at| at > from && at < to).map(|at| at - from).collect(),
        held: Vec::new(),
        tight: lines
            .tight
            .iter()
            .skip(lines.starts.iter().filter(|&&at| at <= from && at > 0).count())
            .copied()
            .collect(),
    };
    let len = glyphs.len();
    let mut own = pieces(fonts, &glyphs[..lead], &part(0, lead), (marked, if bold { lead } else { 0 }));
    match glyphs.get(lead) {
        Some(_) if lines.starts.contains(&lead) => end_line(&mut own),
        // What goes on in the same face goes on with its tracking; so does a mark behind a mark.
        Some(next) if glyphs[lead - 1].face == next.face => {
            own.push(Piece { key: APART_TRACKED, text: String::new(), figure: None });
        }
        Some(next) if is_trimmed(glyphs[lead - 1].c) && is_trimmed(next.c) => {
            own.push(Piece { key: APART, text: String::new(), figure: None });
        }
        _ => {}
    }
    let rest = pieces(fonts, &glyphs[lead..], &part(lead, len), (marked, 0));
    let runs = |pieces: Vec<Piece>| match marked {
        true => Runs::Marked(pieces.into_iter().map(|piece| (piece.key, piece.text, piece.figure)).collect()),
        false => mixed(pieces, base),
    };
    [runs(own), runs(rest)]
}

/// Keys of two pieces that hold no text. Typst trims a mark that begins or ends a line and one of
/// two that meet; word processors do not. A space between, too small to be seen, keeps them whole;
/// within a line it stands for the tracking that the last character of a piece goes without.
pub const APART: &str = "";
pub const APART_TRACKED: &str = "t";
/// Key of a piece that says, in pt, what the characters behind it are tracked by beyond the usual.
pub const TRACKED: &str = "=";

/// Text of one face and figure, or one of the two spaces.
struct Piece {
    key: &'static str,
    text: String,
    figure: Option<u32>,
}

/// `bold`: so many of the first characters.
fn pieces(fonts: &Fonts, glyphs: &[Glyph], lines: &Lines, (marked, bold): (bool, usize)) -> Vec<Piece> {
    let space = |key| Piece { key, text: String::new(), figure: None };
    let mut starts = lines.starts.iter().peekable();
    let mut tight = lines.tight.iter().copied();
    let mut out: Vec<Piece> = Vec::new();
    let mut tightened = track(&mut out, tight.next().unwrap_or(0), 0);
    let (mut before, mut look) = ('\n', None);
    for (i, glyph) in glyphs.iter().enumerate() {
        if starts.next_if_eq(&&i).is_some() {
            end_line(&mut out);
            before = '\n';
            tightened = track(&mut out, tight.next().unwrap_or(0), tightened);
        }
        let key = glyph.face.key_in(Look::of(fonts, glyph, i < bold));
        if before == '\n' {
            if opens(glyph.c) {
                out.push(space(APART));
            }
        } else if is_trimmed(before) && is_trimmed(glyph.c) {
            // In marked runs every piece is followed by its tracking.
            out.push(space(if marked { APART } else { APART_TRACKED }));
        } else if !marked && look.is_some_and(|(face, last)| face == glyph.face && last != key) {
            // Another look within a face: the text goes on with its tracking.
            out.push(space(APART_TRACKED));
        }
        before = glyph.c;
        // Forced ends are no part of what is pointed at.
        let figure = glyph.figure.filter(|_| marked && glyph.c != '\n').map(|id| id.0);
        look = Some((glyph.face, key));
        let c = plain(glyph.c);
        match out.last_mut() {
            Some(piece) if piece.key == key && piece.figure == figure => piece.text.push(c),
            _ => out.push(Piece { key, text: c.into(), figure }),
        }
    }
    out
}

/// Says by how many twips the characters of a line are tightened, where that changes.
fn track(pieces: &mut Vec<Piece>, twips: breaks::Twip, before: breaks::Twip) -> breaks::Twip {
    if twips != before {
        let text = if twips == 0 { String::new() } else { format!("{:.2}", f64::from(twips) / 20.0) };
        pieces.push(Piece { key: TRACKED, text, figure: None });
    }
    twips
}

/// Marks the end of a full line. A space there would be stretched into view.
fn end_line(pieces: &mut Vec<Piece>) {
    let Some(last) = pieces.last_mut() else { return };
    if last.text.ends_with('\n') {
        return;
    }
    last.text.truncate(last.text.trim_end_matches(' ').len());
    let key = last.key;
    let trimmed = last.text.ends_with(is_trimmed);
    if trimmed {
        pieces.push(Piece { key: APART, text: String::new(), figure: None });
    } else if last.figure.is_none() {
        last.text.push(LINE_END);
        return;
    }
    // The end of a line is no part of what is pointed at.
    pieces.push(Piece { key, text: LINE_END.into(), figure: None });
}

/// Marks whose blank half Typst takes away where lines begin.
fn opens(c: char) -> bool {
    "“‘《〈（『「【〖〔［｛".contains(c)
}

/// Marks whose blank half Typst takes away where lines begin or end or where two meet.
fn is_trimmed(c: char) -> bool {
    opens(c) || "”’，．。、：；》〉）』」】〗〕］｝？！·".contains(c)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn fonts() -> Fonts {
        Fonts::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap()
    }

    #[test]
    fn lines_end_inside_runs() {
        let glyph = |c, face| Glyph { c, face, figure: None };
        let row = [glyph('一', Face::FangSong), glyph('二', Face::Kai), glyph('三', Face::Kai)];
        let lines = Lines { starts: vec![2], ..Lines::default() };
        let expected = vec![("fang", String::from("一")), ("kai", format!("二{LINE_END}三"))];
        assert_eq!(runs(&fonts(), &row, Face::FangSong, &lines), Runs::Mixed(expected));
        assert_eq!(runs(&fonts(), &row[..1], Face::FangSong, &Lines::default()), Runs::Plain("一".into()));
    }

    #[test]
    fn marks_stay_whole() {
        let glyph = |c| Glyph { c, face: Face::FangSong, figure: None };
        let row: Vec<Glyph> = "（一），二）。三".chars().map(glyph).collect();
        let lines = Lines { starts: vec![4], ..Lines::default() };
        let Runs::Mixed(runs) = runs(&fonts(), &row, Face::FangSong, &lines) else { panic!() };
        let keys: Vec<(&str, &str)> = runs.iter().map(|(key, text)| (*key, text.as_str())).collect();
        let end = LINE_END.to_string() + "二）";
        let expected = [
            (APART, ""),
            ("fang", "（一）"),
            (APART_TRACKED, ""),
            ("fang", "，"),
            (APART, ""),
            ("fang", &end),
            (APART_TRACKED, ""),
            ("fang", "。三"),
        ];
        assert_eq!(keys, expected);
    }
}
