//! Text as runs: faces as character styles, marks that both Latin and Chinese faces have kept
//! in the Chinese one, rare characters in 宋体, wider spacing where a planned line needs it.

use std::ops::Range;

use docx_rs::{BreakType, Run, RunFonts, VertAlignType};

use super::super::breaks::{By, Lines};
use super::super::dress::{Dress, dresses};
use super::super::fonts::{Choice, Fonts};
use super::super::glyphs::Glyph;
use super::super::paragraph::LINE_END;
use super::super::script::{is_east_asian, is_western};
use super::super::standard::Face;
use super::styles::id;
use super::xml::is_char;
use crate::source::small::{Raise, plain};

/// The fonts, the families that runs name, and whether runs tell which figure they are part of (for a review copy).
#[derive(Clone, Copy)]
pub struct Faces<'a> {
    pub fonts: &'a Fonts,
    pub names: &'a Choice,
    pub marked: bool,
}

impl std::ops::Deref for Faces<'_> {
    type Target = Fonts;

    fn deref(&self) -> &Fonts {
        self.fonts
    }
}

/// A width of characters that changes nothing: the finished part says the language of the run instead, for which the
/// writer has no word.
pub const TOLD: i32 = 100;

/// The end of a planned line: the finished part says it so that no reader takes it for one that was typed. Columns have
/// no ends here.
const PLANNED: BreakType = BreakType::Column;

/// What a run says of itself beyond its paragraph's style.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    dress: Dress,
    /// Spacing in twip where it is not the style's.
    spacing: Option<i32>,
    /// Western text of which is said that it is set by Chinese rules.
    told: bool,
    /// The figure that it is part of, where figures are marked.
    figure: Option<u32>,
}

/// Characters `start..end` with a spacing of their own, twip.
pub type Spread = (Range<usize>, i32);

/// What the lines of a text take in a DOCX.
#[derive(Clone, Debug, Default)]
pub struct Held {
    pub spreads: Vec<Spread>,
    /// Characters of Western text that is said to be set by Chinese rules.
    pub told: Vec<usize>,
    /// Characters that begin lines by hand.
    pub by_hand: Vec<usize>,
}

impl Held {
    /// The lines of a text, `offset` characters of which stand before the planned ones; tracking in twip.
    pub fn new(lines: &Lines, offset: usize, tracking: i32) -> Held {
        let spreads = lines.spread().map(|(part, twip)| (part.start + offset..part.end + offset, tracking + twip));
        let mut held = Held { spreads: spreads.collect(), ..Held::default() };
        for (start, by) in lines.begun() {
            match by {
                By::Language(place) => held.told.push(place + offset),
                By::Hand => held.by_hand.push(start + offset),
                By::Rules | By::Nothing => {}
            }
        }
        held
    }

    /// What concerns some of the characters, counted from the first of them.
    pub fn within(&self, range: Range<usize>) -> Held {
        let inside = self.spreads.iter().filter(|(part, _)| part.end > range.start && part.start < range.end);
        let from = |at: usize| at.clamp(range.start, range.end) - range.start;
        Held {
            spreads: inside.map(|(part, twip)| (from(part.start)..from(part.end), *twip)).collect(),
            told: inside_of(&self.told, &range),
            by_hand: inside_of(&self.by_hand, &range),
        }
    }

    /// Whether Western text is said to be set by Chinese rules: to the ends of its stretches, so that there are no
    /// further ones.
    fn told(&self, row: &[Glyph]) -> Vec<bool> {
        let mut told = Vec::new();
        for &place in self.told.iter().filter(|&&place| place < row.len()) {
            let western = |glyph: &&Glyph| is_western(glyph.c);
            told.resize(row.len(), false);
            let before = row[..place].iter().rev().take_while(western).count();
            let behind = row[place..].iter().take_while(western).count();
            told[place - before..place + behind].fill(true);
        }
        told
    }

    fn by_hand(&self, at: usize) -> bool {
        self.by_hand.contains(&at)
    }
}

fn inside_of(places: &[usize], range: &Range<usize>) -> Vec<usize> {
    places.iter().filter(|place| range.contains(place)).map(|place| place - range.start).collect()
}

/// Runs of a text whose paragraph style has the face `base`.
pub fn runs(fonts: &Faces, row: &[Glyph], base: Face, held: &Held) -> Vec<Run> {
    let mut out: Vec<(Look, String)> = Vec::new();
    let told = held.told(row);
    for ((i, glyph), mut dress) in row.iter().enumerate().zip(dresses(fonts, row)) {
        // All slots of such a style have its face.
        dress.forced &= !(base.own_digits() && dress.face == base.base());
        if glyph.c != '\n' && !is_char(glyph.c) {
            continue;
        }
        let look = Look {
            dress,
            spacing: held.spreads.iter().find(|(range, _)| range.contains(&i)).map(|(_, twip)| *twip),
            told: told.get(i) == Some(&true),
            figure: glyph.figure.filter(|_| fonts.marked).map(|id| id.0),
        };
        if out.last().is_none_or(|(last, _)| *last != look) {
            out.push((look, String::new()));
        }
        if let Some((_, text)) = out.last_mut() {
            text.extend(held.by_hand(i).then_some(LINE_END));
            text.push(plain(glyph.c));
        }
    }
    out.into_iter().map(|(look, text)| run(fonts.names, look, &text, base)).collect()
}

fn run(names: &Choice, look: Look, text: &str, base: Face) -> Run {
    let mut run = Run::new();
    if let Some(raise) = look.dress.raise {
        let value = if raise == Raise::Up { VertAlignType::SuperScript } else { VertAlignType::SubScript };
        run.run_property = std::mem::take(&mut run.run_property).vert_align(value);
    }
    let hint = text.chars().any(|c| !is_western(c) && !is_east_asian(c) && !matches!(c, '\n' | LINE_END));
    let mut fonts = RunFonts::new();
    if look.dress.rare {
        run = run.style(id::RARE);
        if matches!(look.dress.face, Face::XiaoBiaoSong | Face::Hei) {
            run = run.bold();
        }
    } else if look.dress.letter {
        let latin = names.office_latin(Face::FangSong);
        fonts = fonts.ascii(latin).hi_ansi(latin).east_asia(latin).cs(latin);
    } else if look.dress.forced {
        let family = names.office(look.dress.face);
        fonts = fonts.ascii(family).hi_ansi(family).east_asia(family).cs(family);
    } else if look.dress.face != base.base() {
        match look.dress.face {
            Face::Kai => run = run.style(id::KAI),
            Face::Hei => run = run.style(id::HEI),
            other => fonts = four_slots(names, other),
        }
    }
    if hint {
        fonts = fonts.hint("eastAsia");
    }
    if fonts != RunFonts::new() {
        run = run.fonts(fonts);
    }
    if let Some(figure) = look.figure {
        // The finished part finds its figures by this and takes it away again.
        run = run.highlight(super::comments::mark(figure));
    }
    if let Some(twip) = look.spacing {
        run = run.character_spacing(twip);
    }
    if look.told {
        run = run.stretch(TOLD);
    }
    for line in text.split_inclusive(['\n', LINE_END]) {
        let shown = line.trim_end_matches(['\n', LINE_END]);
        if !shown.is_empty() {
            run = run.add_text(shown);
        }
        if line.ends_with('\n') {
            run = run.add_break(BreakType::TextWrapping);
        } else if line.ends_with(LINE_END) {
            run = run.add_break(PLANNED);
        }
    }
    run
}

/// The slots of a face.
fn four_slots(names: &Choice, face: Face) -> RunFonts {
    let latin = names.office_latin(face);
    RunFonts::new().ascii(latin).hi_ansi(latin).east_asia(names.office(face)).cs(latin)
}
