//! A paragraph ready to be set: its runs, one face each, with the planned ends of its lines.

use serde::Serialize;

use super::breaks::{self, Cell, Lines, is_western};
use super::fonts::Fonts;
use super::glyphs::{Glyph, advance};
use super::standard::{Face, TRACKING};

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
    /// Name by which the Typst program knows a face.
    pub(super) fn key(self) -> &'static str {
        match self {
            Face::FangSong => "fang",
            Face::Kai => "kai",
            Face::Hei => "hei",
            Face::XiaoBiaoSong => "biao",
            Face::Song => "song",
        }
    }
}

/// Advances of a paragraph's characters at a size (pt), tracking (pt) included. LibreOffice
/// tracks no character that ends a stretch of one script or face; what fits so fits everywhere.
pub fn cells(fonts: &Fonts, glyphs: &[Glyph], size: f64, tracking: f64) -> Vec<Cell> {
    let cell = |(i, glyph): (usize, &Glyph)| {
        let natural = advance(fonts, glyph.face, glyph.c) * size;
        let goes_on = glyphs.get(i + 1).is_some_and(|next| is_one_stretch(glyph, next));
        (glyph.c, if goes_on { natural + tracking } else { natural })
    };
    glyphs.iter().enumerate().map(cell).collect()
}

fn is_one_stretch(a: &Glyph, b: &Glyph) -> bool {
    a.face == b.face && is_western(a.c) == is_western(b.c)
}

/// Width of a line of text in the body's size and tracking, pt.
pub fn width(fonts: &Fonts, glyphs: &[Glyph], size: f64) -> f64 {
    cells(fonts, glyphs, size, TRACKING).iter().map(|cell| cell.1).sum()
}

/// Plans the lines of a paragraph. `width` and `indent` of the first line in pt.
pub fn plan(fonts: &Fonts, glyphs: &[Glyph], size: f64, width: f64, indent: f64) -> Lines {
    breaks::lines(&cells(fonts, glyphs, size, TRACKING), width, indent)
}

/// Runs of a text whose place has the face `base`. Lines end where `lines` says.
pub fn runs(glyphs: &[Glyph], base: Face, lines: &Lines) -> Runs {
    let mut starts = lines.starts.iter().peekable();
    let mut runs: Vec<(Face, String)> = Vec::new();
    for (i, glyph) in glyphs.iter().enumerate() {
        if starts.next_if_eq(&&i).is_some() {
            end_line(&mut runs);
        }
        match runs.last_mut() {
            Some((face, text)) if *face == glyph.face => text.push(glyph.c),
            _ => runs.push((glyph.face, glyph.c.into())),
        }
    }
    match runs.as_slice() {
        [] => Runs::Plain(String::new()),
        [(face, text)] if *face == base => Runs::Plain(text.clone()),
        _ => Runs::Mixed(runs.into_iter().map(|(face, text)| (face.key(), text)).collect()),
    }
}

/// Runs that tell their figures, so that these can be found on the pages again.
pub fn marked_runs(glyphs: &[Glyph], base: Face, lines: &Lines) -> Runs {
    if glyphs.iter().all(|glyph| glyph.figure.is_none()) {
        return runs(glyphs, base, lines);
    }
    let mut starts = lines.starts.iter().peekable();
    let mut parts: Vec<(Face, String)> = Vec::new();
    let mut figures: Vec<Option<u32>> = Vec::new();
    for (i, glyph) in glyphs.iter().enumerate() {
        let mut figure = glyph.figure.map(|id| id.0);
        if starts.next_if_eq(&&i).is_some() {
            end_line(&mut parts);
            // The end of a line is no part of what is pointed at.
            if let Some((face, text)) = parts.last_mut()
                && figures.last().is_some_and(Option::is_some)
                && text.ends_with(LINE_END)
            {
                text.pop();
                let face = *face;
                parts.push((face, LINE_END.into()));
                figures.push(None);
            }
        }
        // Blanks and forced ends are no part of what is pointed at.
        if matches!(glyph.c, '\n') {
            figure = None;
        }
        match parts.last_mut() {
            Some((face, text)) if *face == glyph.face && figures.last() == Some(&figure) => text.push(glyph.c),
            _ => {
                parts.push((glyph.face, glyph.c.into()));
                figures.push(figure);
            }
        }
    }
    Runs::Marked(parts.into_iter().zip(figures).map(|((face, text), figure)| (face.key(), text, figure)).collect())
}

/// Marks the end of a full line. A space there would be stretched into view.
fn end_line(runs: &mut [(Face, String)]) {
    let Some((_, text)) = runs.last_mut() else { return };
    if !text.ends_with('\n') {
        text.truncate(text.trim_end_matches(' ').len());
        text.push(LINE_END);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_inside_runs() {
        let glyph = |c, face| Glyph { c, face, figure: None };
        let row = [glyph('一', Face::FangSong), glyph('二', Face::Kai), glyph('三', Face::Kai)];
        let lines = Lines { starts: vec![2], held: vec![] };
        let expected = vec![("fang", String::from("一")), ("kai", format!("二{LINE_END}三"))];
        assert_eq!(runs(&row, Face::FangSong, &lines), Runs::Mixed(expected));
        assert_eq!(runs(&row[..1], Face::FangSong, &Lines::default()), Runs::Plain("一".into()));
    }
}
