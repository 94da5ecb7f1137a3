//! How a character is dressed in the DOCX: in which face and by which of its slots. Where that or
//! the script changes, a stretch ends that LibreOffice sets at one go.

use super::fonts::Fonts;
use super::glyphs::{Glyph, Source, source};
use super::script::is_east_asian;
use super::standard::Face;
use crate::source::small::{Raise, is_small_letter, raised};

/// What the run of a character says of its fonts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dress {
    pub face: Face,
    /// Set in 宋体, since the face does not have it.
    pub rare: bool,
    /// 上标 or 下标.
    pub raise: Option<Raise>,
    /// The Latin face in all four slots: m³, which Word takes for Chinese.
    pub letter: bool,
    /// The Chinese face in all four slots: a mark that a word processor could take for Latin.
    pub forced: bool,
}

/// The dress of each character of a text.
pub fn dresses<'a>(fonts: &'a Fonts, row: &'a [Glyph]) -> impl Iterator<Item = Dress> + 'a {
    // LibreOffice takes a mark that begins a paragraph for Latin.
    let mut latin = true;
    row.iter().map(move |glyph| {
        latin = is_latin(glyph.c).unwrap_or(latin);
        dress(fonts, glyph, latin)
    })
}

/// `latin`: a word processor that goes by scripts takes the character for Latin.
fn dress(fonts: &Fonts, glyph: &Glyph, latin: bool) -> Dress {
    let (face, c) = (glyph.face, glyph.c);
    let (rare, own) = match source(fonts, face, c) {
        Source::Fallback(_) => (true, false),
        Source::Own(family) => (false, family != fonts.latin()),
        Source::Invisible | Source::None => (false, false),
    };
    let forced = own && face != Face::XiaoBiaoSong && (if is_weak(c) { latin } else { !is_east_asian(c) });
    let letter = is_small_letter(c) && !rare && !own;
    Dress { face: face.base(), rare, raise: raised(c).map(|(_, raise)| raise), letter, forced }
}

/// Whether a character is Latin or Chinese by its script; `None`: it takes that of what stands before it.
fn is_latin(c: char) -> Option<bool> {
    match c {
        ' ' | '\n' => None,
        c if c < '\u{590}' => Some(true),
        c if is_east_asian(c) => Some(false),
        _ => None,
    }
}

/// Marks of both scripts.
fn is_weak(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206F}')
}
