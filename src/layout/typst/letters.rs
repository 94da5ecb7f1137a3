//! Every letter of the laid-out pages with its place, so that words can be found on them.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;

use super::super::standard::pt;

/// Above this size, pt, it is the mark of a draft behind the text.
const MARK_SIZE: f64 = 60.0;
/// Longest words that are looked for, in letters.
const MAX_WORDS: usize = 400;

/// A stretch of one line on a page (from 0): left, top, width and height, in pt as the frames
/// give them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub page: usize,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The letters of all pages in reading order, without blanks and page numbers.
#[derive(Debug, Default)]
pub struct Letters {
    chars: Vec<char>,
    places: Vec<Place>,
    pages: usize,
}

impl Letters {
    /// `bottom`: 地脚 of the page, mm.
    pub fn add(&mut self, frame: &Frame, bottom: f64) {
        let foot = frame.height().to_pt() - pt(bottom);
        self.walk(frame, Transform::identity(), foot);
        self.pages += 1;
    }

    fn walk(&mut self, frame: &Frame, at: Transform, foot: f64) {
        for (point, item) in frame.items() {
            let here = at.pre_concat(Transform::translate(point.x, point.y));
            match item {
                FrameItem::Group(group) => self.walk(&group.frame, here.pre_concat(group.transform), foot),
                FrameItem::Text(text) => self.text(text, here, foot),
                _ => {}
            }
        }
    }

    fn text(&mut self, item: &TextItem, at: Transform, foot: f64) {
        let size = item.size;
        if size.to_pt() > MARK_SIZE || Point::zero().transform(at).y.to_pt() > foot + size.to_pt() {
            return;
        }
        let mut x = Abs::zero();
        for glyph in &item.glyphs {
            let advance = glyph.x_advance.at(size);
            let corners = [Point::new(x, size * -0.85), Point::new(x + advance, size * 0.15)];
            let [a, b] = corners.map(|corner| corner.transform(at));
            let place = Place {
                page: self.pages,
                x: a.x.min(b.x).to_pt(),
                y: a.y.min(b.y).to_pt(),
                width: (a.x - b.x).abs().to_pt(),
                height: (a.y - b.y).abs().to_pt(),
            };
            let text = item.text.get(glyph.range()).unwrap_or_default();
            for c in text.chars().filter(|c| !is_blank(*c)) {
                self.chars.push(c);
                self.places.push(place);
            }
            x += advance;
        }
    }

    /// Where `words` stand between `before` and `after`, a place for each line of them.
    pub fn find(&self, before: &str, words: &str, after: &str) -> Vec<Place> {
        let letters = |text: &str| text.chars().filter(|c| !is_blank(*c)).collect::<Vec<char>>();
        let (before, words, after) = (letters(before), letters(words), letters(after));
        let all = [&before[..], &words[..], &after[..]].concat();
        let mut found = Vec::new();
        if words.is_empty() || all.len() > MAX_WORDS {
            return found;
        }
        let mut from = 0;
        while let Some(at) = self.chars[from..].windows(all.len()).position(|w| w == all) {
            let start = from + at + before.len();
            lines(&self.places[start..start + words.len()], &mut found);
            from += at + all.len();
        }
        found
    }
}

/// Joins the places of letters that follow each other on a line.
fn lines(letters: &[Place], found: &mut Vec<Place>) {
    let first = found.len();
    for letter in letters {
        match found[first..].last_mut() {
            Some(line) if line.page == letter.page && (line.y - letter.y).abs() < letter.height / 2.0 => {
                line.width = line.width.max(letter.x + letter.width - line.x);
            }
            _ => found.push(*letter),
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_the_end_of_a_line() {
        let mut letters = Letters::default();
        for (i, c) in "甲乙丙丁甲丙".chars().enumerate() {
            letters.chars.push(c);
            let (x, y) = ((i % 3) as f64 * 10.0, (i / 3) as f64 * 29.0);
            letters.places.push(Place { page: 0, x, y, width: 10.0, height: 16.0 });
        }
        let found = letters.find("乙", "丙 丁", "甲");
        assert_eq!(
            found.iter().map(|p| (p.x, p.y, p.width)).collect::<Vec<_>>(),
            [(20.0, 0.0, 10.0), (0.0, 29.0, 10.0)]
        );
        assert_eq!(letters.find("", "甲", "").len(), 2);
        assert!(letters.find("丙", "乙", "").is_empty());
        assert!(letters.find("甲", "", "").is_empty());
    }
}
