//! Which face each character is set in, and what is said of characters that no face has.

use std::collections::{BTreeMap, BTreeSet};

use super::fonts::Fonts;
use super::script::{RAISED_SIZE, is_western};
use super::standard::Face;
use crate::diagnostic::{Diagnostic, Origin, codes};
use crate::document::{Document, Inline, place_of_char};
use crate::figures::FigureId;
use crate::source::small::{plain, raised};

/// A character of a paragraph with the face that was asked for and the figure that it is part of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// As written; the punctuation of the text, not yet what a line end makes of it.
    pub c: char,
    /// The class that the standard asks for here (5.2.2 and the clause of the element); a Latin letter has it
    /// as well, and is set in the face for digits and letters.
    pub face: Face,
    /// `None` for what the template typed.
    pub figure: Option<FigureId>,
}

/// Inlines as characters. Line ends of any kind become `\n`, a tab becomes a space.
pub fn glyphs(inlines: &[Inline], face: Face) -> Vec<Glyph> {
    fn walk(inlines: &[Inline], face: Face, out: &mut Vec<Glyph>) {
        for inline in inlines {
            let (text, figure) = match inline {
                Inline::Text(text) => (&**text, None),
                Inline::Figure { id, text } => (&**text, Some(*id)),
                Inline::Emphasis(inner) => {
                    walk(inner, Face::Kai, out);
                    continue;
                }
                Inline::Strong(inner) => {
                    walk(inner, Face::Hei, out);
                    continue;
                }
                Inline::Break => ("\n", None),
            };
            let text = text.chars().map(|c| match c {
                '\t' => ' ',
                '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
                c => c,
            });
            out.extend(text.map(|c| Glyph { c, face, figure }));
        }
    }
    let mut out = Vec::new();
    walk(inlines, face, &mut out);
    out
}

/// A family for a character.
pub enum Source<'a> {
    /// The face itself, or the Latin face for Western characters.
    Own(&'a str),
    /// The face that stands in for rare characters.
    Fallback(&'a str),
    /// Takes no ink, needs no font.
    Invisible,
    /// No font has it.
    None,
}

/// Which family sets a character that is asked for in a face; for 上标 and 下标, the character that they are a
/// small form of.
pub fn source(fonts: &Fonts, face: Face, c: char) -> Source<'_> {
    match font(fonts, face, c) {
        Setter::Invisible => Source::Invisible,
        Setter::Latin(_) => Source::Own(fonts.latin()),
        Setter::Own(_) => Source::Own(fonts.family(face)),
        Setter::Other => match fonts.stand_ins(face).into_iter().find(|family| fonts.covers(family, plain(c))) {
            Some(family) => Source::Fallback(family),
            None => Source::None,
        },
        Setter::None => Source::None,
    }
}

/// Advance of a character, em.
pub fn advance(fonts: &Fonts, face: Face, c: char) -> f64 {
    if let Some((plain, _)) = raised(c) {
        return RAISED_SIZE * advance(fonts, face, plain);
    }
    // Fonts for several languages have a shorter one, which they set for Chinese as wide as its name says.
    if c == '—' {
        return 1.0;
    }
    match font(fonts, face, c) {
        Setter::Latin(font) | Setter::Own(font) => fonts.advance(font, c),
        _ => match source(fonts, face, c) {
            Source::Own(family) | Source::Fallback(family) => fonts.width(family, c),
            Source::Invisible => 0.0,
            Source::None => 1.0,
        },
    }
}

/// The font that sets a character, by its index.
enum Setter {
    Latin(Option<usize>),
    Own(Option<usize>),
    /// Neither of the two: a stand-in, if any.
    Other,
    Invisible,
    None,
}

fn font(fonts: &Fonts, face: Face, c: char) -> Setter {
    if is_invisible(c) {
        return Setter::Invisible;
    }
    if c.is_control() {
        return Setter::None;
    }
    let (latin, own) = (fonts.latin_font(), fonts.class_font(face));
    let western = is_western(c) && !face.own_digits();
    let c = plain(c);
    if western && fonts.has(latin, c) {
        Setter::Latin(latin)
    } else if fonts.has(own, c) {
        Setter::Own(own)
    } else {
        Setter::Other
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\n' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters outside their face and pictures that cannot be drawn, collected over a whole document.
#[derive(Default)]
pub struct Findings {
    rare: BTreeMap<char, Option<FigureId>>,
    absent: BTreeMap<char, (Option<FigureId>, String)>,
    /// Families that had to stand in where the face's own stand-in could not.
    stood_in: BTreeSet<(Face, String)>,
    /// Faces that lack a character.
    lacking: BTreeSet<Face>,
    /// Family and characters that it claims to have and draws nothing for.
    blank: BTreeMap<String, BTreeSet<char>>,
    refused: Vec<Diagnostic>,
}

impl Findings {
    /// Looks at every character of a paragraph.
    pub fn check(&mut self, fonts: &Fonts, glyphs: &[Glyph]) {
        if fonts.may_be_blank() {
            self.find_blank(fonts, glyphs);
        }
        for (i, glyph) in glyphs.iter().enumerate() {
            match source(fonts, glyph.face, glyph.c) {
                Source::Fallback(family) => {
                    if family != glyph.face.fallback() {
                        self.stood_in.insert((glyph.face, family.to_owned()));
                    }
                    self.lacking.insert(glyph.face);
                    self.rare.entry(glyph.c).or_insert(glyph.figure);
                }
                Source::None => {
                    self.absent.entry(glyph.c).or_insert_with(|| (glyph.figure, around(glyphs, i)));
                }
                _ => {}
            }
        }
    }

    fn find_blank(&mut self, fonts: &Fonts, glyphs: &[Glyph]) {
        for glyph in glyphs.iter().filter(|glyph| !is_invisible(glyph.c)) {
            for family in [fonts.family(glyph.face), fonts.family(Face::Song), fonts.latin()] {
                if fonts.is_blank(family, glyph.c) {
                    self.blank.entry(family.to_owned()).or_default().insert(glyph.c);
                }
            }
        }
    }

    /// Whether a family beyond the face's own stand-in is needed for it.
    pub fn needs(&self, face: Face, family: &str) -> bool {
        self.stood_in.contains(&(face, family.to_owned()))
    }

    /// Faces that lack a character that another face has.
    pub fn standing_in(&self) -> impl Iterator<Item = Face> + '_ {
        self.lacking.iter().copied()
    }

    /// Families with the characters that they must not be asked for.
    pub fn blank(&self) -> &BTreeMap<String, BTreeSet<char>> {
        &self.blank
    }

    /// Notes a picture that cannot be drawn.
    pub fn refuse(&mut self, error: Diagnostic) {
        self.refused.push(error);
    }

    /// An error for each character that no font has and each picture that cannot be drawn.
    pub fn errors(&self, document: &Document) -> Vec<Diagnostic> {
        let one = |(c, (figure, context)): (&char, &(Option<FigureId>, String))| {
            let code = *c as u32;
            let shown = if c.is_control() { String::from("控制字符") } else { format!("字符“{c}”") };
            let error = Diagnostic::new(codes::L010, format!("{shown}（U+{code:04X}）在所有字体中都没有，无法排版"))
                .help("请换用其他写法，或者在“版面”里用“宋体”指明一种含有该字的字体（huibao fonts 列出本机有的字体）");
            let error = match (place(document, *figure), place_of_char(document, *c)) {
                (Some((origin, name)), _) => error.at(origin).about(name),
                (None, Some(origin)) => error.at(origin),
                _ => error,
            };
            if context.is_empty() { error } else { error.help(format!("该字符位于“{context}”处")) }
        };
        self.absent.iter().map(one).chain(self.refused.iter().cloned()).collect()
    }

    /// One notice that lists the characters set in another face.
    pub fn notice(&self, document: &Document) -> Option<Diagnostic> {
        if self.rare.is_empty() {
            return None;
        }
        let list: Vec<String> = self.rare.keys().map(|c| format!("{c}（U+{:04X}）", *c as u32)).collect();
        let notice =
            Diagnostic::new(codes::L011, format!("以下字符不在所用字体中，已改用宋体或黑体显示：{}", list.join("、")));
        let first = self.rare.values().find_map(|figure| place(document, *figure)).map(|(origin, _)| origin);
        let first = first.or_else(|| self.rare.keys().find_map(|c| place_of_char(document, *c)));
        Some(match first {
            Some(origin) => notice.at(origin),
            None => notice,
        })
    }
}

/// The cell that a figure was first read from, with the name by which it was reached; else its
/// place in the template.
pub fn place(document: &Document, figure: Option<FigureId>) -> Option<(Origin, String)> {
    let figure = document.figures.get(figure?.0 as usize)?;
    Some(match figure.reads.first() {
        Some(read) => (read.origin, read.name.to_string()),
        None => (figure.template, figure.expression.to_string()),
    })
}

/// Some text around a character, to find it by.
fn around(glyphs: &[Glyph], at: usize) -> String {
    let range = at.saturating_sub(6)..(at + 7).min(glyphs.len());
    glyphs[range].iter().map(|glyph| glyph.c).filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_changes_the_face() {
        let inlines = vec![Inline::Text("甲".into()), Inline::Emphasis(vec![Inline::Text("乙".into())]), Inline::Break];
        let faces: Vec<_> = glyphs(&inlines, Face::FangSong).iter().map(|g| (g.c, g.face)).collect();
        assert_eq!(faces, [('甲', Face::FangSong), ('乙', Face::Kai), ('\n', Face::FangSong)]);
    }
}
