//! A drawing as SVG with its texts as outlines: the one picture that both outputs show.

use std::fmt::Write;

use ttf_parser::OutlineBuilder;

use super::drawing::{Drawing, Mark};
use crate::layout::fonts::Fonts;
use crate::layout::glyphs::{Glyph, Source, advance, source};
use crate::layout::script::{RAISED_BY, RAISED_SIZE};
use crate::source::small::{Raise, raised};

/// Writes a drawing; lengths in pt, which are the picture's units.
pub fn svg(drawing: &Drawing, fonts: &Fonts) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.2}pt\" height=\"{height:.2}pt\" \
         viewBox=\"0 0 {width:.2} {height:.2}\">"
    );
    for mark in &drawing.marks {
        // Writing to a String does not fail.
        let _ = match mark {
            Mark::Rect { x, y, width, height, fill } => write!(
                out,
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{}\" \
                 stroke=\"#000\" stroke-width=\"0.5\"/>",
                grey(*fill)
            ),
            Mark::Polygon { points, fill } => write!(
                out,
                "<path d=\"{}Z\" fill=\"{}\" stroke=\"#000\" stroke-width=\"0.5\"/>",
                path(points),
                grey(*fill)
            ),
            Mark::Stroke { points, width, grey: lightness, dashed } => write!(
                out,
                "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width:.2}\" stroke-linejoin=\"round\"{}/>",
                path(points),
                grey(*lightness),
                if *dashed { " stroke-dasharray=\"3 3\"" } else { "" }
            ),
            Mark::Text { x, y, size, text } => {
                write!(out, "<path d=\"{}\" fill=\"#000\"/>", outlines(fonts, text, (*x, *y), *size))
            }
        };
    }
    out.push_str("</svg>");
    out
}

fn grey(lightness: f64) -> String {
    let level = (lightness.clamp(0.0, 1.0) * 255.0).round() as u8;
    format!("#{level:02x}{level:02x}{level:02x}")
}

fn path(points: &[(f64, f64)]) -> String {
    let mut out = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        out.push(if i == 0 { 'M' } else { 'L' });
        point(&mut out, *x, *y);
    }
    out
}

fn point(out: &mut String, x: f64, y: f64) {
    hundredths(out, x);
    out.push(' ');
    hundredths(out, y);
}

/// Writes a length to 1/100 pt. An outline has thousands; the formatter of the standard library
/// takes five times as long.
fn hundredths(out: &mut String, length: f64) {
    let all = (length * 100.0).round() as i64;
    if all < 0 {
        out.push('-');
    }
    let (whole, rest) = (all.unsigned_abs() / 100, (all.unsigned_abs() % 100) as u8);
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut left = whole;
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|&digit| char::from(digit)));
    if rest > 0 {
        out.push('.');
        out.push(char::from(b'0' + rest / 10));
        if rest % 10 > 0 {
            out.push(char::from(b'0' + rest % 10));
        }
    }
}

/// The outlines of a text that begins at a place, its baseline's left end.
fn outlines(fonts: &Fonts, text: &[Glyph], (mut x, y): (f64, f64), size: f64) -> String {
    let mut pen = Outline { out: String::new(), x, y, scale: 1.0 };
    for glyph in text {
        if let Source::Own(family) | Source::Fallback(family) = source(fonts, glyph.face, glyph.c) {
            let (c, small, up) = match raised(glyph.c) {
                Some((c, Raise::Up)) => (c, RAISED_SIZE, RAISED_BY.0),
                Some((c, Raise::Down)) => (c, RAISED_SIZE, -RAISED_BY.1),
                None => (glyph.c, 1.0, 0.0),
            };
            (pen.x, pen.y) = (x, y - up * size);
            fonts.outline(family, c, |units_per_em| pen.scaled(small * size / units_per_em));
        }
        x += advance(fonts, glyph.face, glyph.c) * size;
    }
    pen.out
}

/// Writes the outline of one glyph after another as path data.
struct Outline {
    out: String,
    x: f64,
    y: f64,
    /// pt to the font's unit.
    scale: f64,
}

impl Outline {
    fn scaled(&mut self, scale: f64) -> &mut dyn OutlineBuilder {
        self.scale = scale;
        self
    }

    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.out.push(command);
        for (i, (x, y)) in points.iter().enumerate() {
            if i > 0 {
                self.out.push(' ');
            }
            let (x, y) = (self.x + f64::from(*x) * self.scale, self.y - f64::from(*y) * self.scale);
            point(&mut self.out, x, y);
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.out.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lengths_are_kept_to_a_hundredth(length in -1e6..1e6_f64) {
            let mut out = String::new();
            hundredths(&mut out, length);
            let read: f64 = out.parse().unwrap();
            prop_assert!((read - length).abs() <= 0.00501, "{out} for {length}");
            prop_assert!(!out.contains('.') || !out.ends_with('0'), "{out}");
        }
    }
}
