//! Text as runs: faces as character styles, marks that both Latin and Chinese faces have kept
//! in the Chinese one, rare characters in 宋体, wider spacing where a planned line needs it.

use docx_rs::{BreakType, Run, RunFonts, VertAlignType};

use super::super::breaks::Lines;
use super::super::dress::{Dress, dresses};
use super::super::fonts::{Choice, Fonts};
use super::super::glyphs::Glyph;
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

/// What a run says of itself beyond its paragraph's style.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    dress: Dress,
    /// Spacing in twip where it is not the style's.
    spacing: Option<i32>,
    /// The figure that it is part of, where figures are marked.
    figure: Option<u32>,
}

/// Characters `start..end` with a spacing of their own, twip.
pub type Spread = (std::ops::Range<usize>, i32);

/// Runs of a text whose paragraph style has the face `base`.
pub fn runs(fonts: &Faces, row: &[Glyph], base: Face, spreads: &[Spread]) -> Vec<Run> {
    let mut out: Vec<(Look, String)> = Vec::new();
    for ((i, glyph), mut dress) in row.iter().enumerate().zip(dresses(fonts, row)) {
        // All slots of such a style have its face.
        dress.forced &= !(base.own_digits() && dress.face == base.base());
        if glyph.c != '\n' && !is_char(glyph.c) {
            continue;
        }
        let look = Look {
            dress,
            spacing: spreads.iter().find(|(range, _)| range.contains(&i)).map(|(_, twip)| *twip),
            figure: glyph.figure.filter(|_| fonts.marked).map(|id| id.0),
        };
        if out.last().is_none_or(|(last, _)| *last != look) {
            out.push((look, String::new()));
        }
        if let Some((_, text)) = out.last_mut() {
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
    let hint = text.chars().any(|c| !is_western(c) && !is_east_asian(c) && c != '\n');
    let mut fonts = RunFonts::new();
    if look.dress.rare {
        run = run.style(id::RARE);
        if matches!(look.dress.face, Face::XiaoBiaoSong | Face::Hei) {
            run = run.bold();
        }
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
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        if !line.is_empty() {
            run = run.add_text(line);
        }
    }
    run
}

/// The slots of a face.
fn four_slots(names: &Choice, face: Face) -> RunFonts {
    let latin = names.office_latin(face);
    RunFonts::new().ascii(latin).hi_ansi(latin).east_asia(names.office(face)).cs(latin)
}

/// Runs of the lines that are spread or tightened, with their spacing; `offset`: what stands before
/// the planned text.
pub fn spreads(lines: &Lines, len: usize, offset: usize, tracking: i32) -> Vec<Spread> {
    lines.spread(len).map(|(line, twip)| (line.start + offset..line.end + offset, tracking + twip)).collect()
}
