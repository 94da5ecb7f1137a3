//! A font without an index: what it has is asked of the font itself, and a glyph counts only if
//! it draws something (a table of characters is no proof of a glyph).

use std::sync::atomic::{AtomicU8, Ordering};

use typst::layout::Abs;
use typst::text::{Font, FontInstance};

/// Characters whose answers are kept: the planes with Chinese characters.
const KEPT: usize = 0x33480;

const UNKNOWN: u8 = 0;
const ABSENT: u8 = 1;
const BLANK: u8 = 2;
const DRAWN: u8 = 3;

/// A font with what is known of its characters so far.
pub struct Drawn {
    instance: FontInstance,
    known: Vec<AtomicU8>,
}

impl Drawn {
    pub fn new(font: &Font) -> Drawn {
        let instance = font.clone().instantiate(font.info().variant, Abs::pt(16.0), &Default::default());
        Drawn { instance, known: std::iter::repeat_with(|| AtomicU8::new(UNKNOWN)).take(KEPT).collect() }
    }

    /// Whether it draws a character (or a space of its).
    pub fn has(&self, c: char) -> bool {
        self.state(c) == DRAWN
    }

    /// Whether it claims to have a character and draws nothing for it.
    pub fn is_blank(&self, c: char) -> bool {
        self.state(c) == BLANK
    }

    /// Width of a character, em.
    pub fn width(&self, c: char) -> f64 {
        let glyph = self.instance.ttf().glyph_index(c);
        glyph.and_then(|glyph| self.instance.x_advance(glyph.0)).map_or(1.0, |em| em.get())
    }

    /// What tells the font from all others.
    pub fn digest(&self) -> String {
        format!("{:032x}", typst::utils::hash128(self.instance.font()))
    }

    fn state(&self, c: char) -> u8 {
        let kept = self.known.get(c as usize);
        match kept.map_or(UNKNOWN, |kept| kept.load(Ordering::Relaxed)) {
            UNKNOWN => {
                let state = self.look(c);
                if let Some(kept) = kept {
                    kept.store(state, Ordering::Relaxed);
                }
                state
            }
            known => known,
        }
    }

    fn look(&self, c: char) -> u8 {
        let ttf = self.instance.ttf();
        match ttf.glyph_index(c) {
            None => ABSENT,
            Some(glyph) if c.is_whitespace() || ttf.glyph_bounding_box(glyph).is_some() => DRAWN,
            Some(_) => BLANK,
        }
    }
}
