//! Text as runs: faces as character styles, marks that both Latin and Chinese faces have kept
//! in the Chinese one, rare characters in 宋体, wider spacing where a planned line needs it.

use docx_rs::{BreakType, Run, RunFonts};

use super::super::breaks::{Cell, Lines, is_western};
use super::super::fonts::{Choice, Fonts};
use super::super::glyphs::{Glyph, Source, source};
use super::super::standard::{Face, TRACKING_TWIP};
use super::styles::id;
use super::xml::is_char;

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
    face: Face,
    /// Set in 宋体, since the face does not have it.
    rare: bool,
    /// The Chinese face in all four slots: marks that a word processor could take for Latin.
    forced: bool,
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
    let mut western_before = false;
    for (i, glyph) in row.iter().enumerate() {
        if glyph.c != '\n' && !is_char(glyph.c) {
            continue;
        }
        let mut look = look(fonts, glyph, western_before);
        look.figure = glyph.figure.filter(|_| fonts.marked).map(|id| id.0);
        look.spacing = spreads.iter().find(|(range, _)| range.contains(&i)).map(|(_, twip)| *twip);
        if !is_weak(glyph.c) {
            western_before = is_western(glyph.c);
        }
        if out.last().is_none_or(|(last, _)| *last != look) {
            out.push((look, String::new()));
        }
        if let Some((_, text)) = out.last_mut() {
            text.push(glyph.c);
        }
    }
    out.into_iter().map(|(look, text)| run(fonts.names, look, &text, base)).collect()
}

fn look(fonts: &Fonts, glyph: &Glyph, western_before: bool) -> Look {
    let (face, c) = (glyph.face, glyph.c);
    let (rare, own) = match source(fonts, face, c) {
        Source::Fallback(_) => (true, false),
        Source::Own(family) => (false, family != fonts.latin()),
        Source::Invisible | Source::None => (false, false),
    };
    let forced = own && face != Face::XiaoBiaoSong && (if is_weak(c) { western_before } else { !is_east_asian(c) });
    Look { face, rare, forced, spacing: None, figure: None }
}

fn run(names: &Choice, look: Look, text: &str, base: Face) -> Run {
    let mut run = Run::new();
    let hint = text.chars().any(|c| !is_western(c) && !is_east_asian(c) && c != '\n');
    let mut fonts = RunFonts::new();
    if look.rare {
        run = run.style(id::RARE);
    } else if look.forced {
        let family = names.office(look.face);
        fonts = fonts.ascii(family).hi_ansi(family).east_asia(family).cs(family);
    } else if look.face != base {
        match look.face {
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

/// Marks that take the face of what stands before them.
fn is_weak(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206F}' | '·')
}

/// Taken for Chinese by every word processor.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Spacing for the lines that a word processor would let run on: they are spread until nothing
/// more fits. `width` of a full line, `indent` of the first line in pt.
pub fn spreads(cells: &[Cell], lines: &Lines, width: f64, indent: f64) -> Vec<Spread> {
    let edge = |line: usize| if line == 0 { 0 } else { lines.starts[line - 1] };
    let spread = |&line: &usize| {
        let range = edge(line)..*lines.starts.get(line)?;
        let own: f64 = cells[range.clone()].iter().map(|cell| cell.1).sum();
        let room = width - if line == 0 { indent } else { 0.0 };
        // A point is left over for the rounding of word processors; no character is as narrow.
        let more = ((room - own - 1.0) * 20.0 / range.len().max(1) as f64).floor() as i32;
        (more > 0).then_some((range, TRACKING_TWIP + more))
    };
    lines.held.iter().filter_map(spread).collect()
}
