//! Lines of a title (7.3.1): ended where a reader pauses, symmetrical, in the shape of a trapezoid or a rhombus, none
//! longer than the type area.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::breaks::{never_first, never_last};
use super::grid::Grid;
use super::script::is_western;
use crate::vocabulary::titles;

static WORDS: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));

/// Most lines that are weighed against each other; a title that needs more is filled line by line.
const MOST: usize = 5;
/// What a line more costs, in the cost of a break.
const LINE: f64 = 4.0;
/// The narrowest line, in characters.
const NARROWEST: f64 = 4.0;

/// Characters of a title that fit on a line: 20 of 2号.
pub fn capacity(grid: &Grid) -> f64 {
    (grid.width() / grid.title).floor()
}

/// Breaks a title into lines. `\n` in it is a break that the author set: then only those count.
/// The lines joined give the title; a title too long for its shape takes as many as it needs.
pub fn plan(title: &str, capacity: f64) -> Vec<String> {
    if title.contains('\n') {
        return title.split('\n').map(str::to_owned).collect();
    }
    let text = Text::new(title);
    if text.width(0..text.chars.len()) <= capacity {
        return vec![title.to_owned()];
    }
    let places = text.places(capacity);
    let ends = [true, false].into_iter().find_map(|shaped| text.best(&places, capacity, shaped));
    let ends = ends.unwrap_or_else(|| text.greedy(&places, capacity));
    let mut start = 0;
    ends.into_iter()
        .chain([text.chars.len()])
        .map(|end| text.chars[std::mem::replace(&mut start, end)..end].iter().collect())
        .collect()
}

struct Text {
    chars: Vec<char>,
    /// Running width in characters of the title's size: one more entry than characters.
    sums: Vec<f64>,
    /// Word boundaries as character indices.
    words: Vec<usize>,
}

/// A place where a line may end, and how little it is liked.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    cost: f64,
}

impl Text {
    fn new(title: &str) -> Text {
        let chars: Vec<char> = title.chars().collect();
        let mut sums = vec![0.0];
        for &c in &chars {
            sums.push(sums[sums.len() - 1] + if is_western(c) { 0.5 } else { 1.0 });
        }
        let at_byte: Vec<usize> = title.char_indices().map(|(byte, _)| byte).chain([title.len()]).collect();
        let words = WORDS.segment_str(title).filter_map(|byte| at_byte.binary_search(&byte).ok()).collect();
        let mut text = Text { chars, sums, words };
        text.join_words();
        text
    }

    /// Puts the words of official prose together that the segmenter parts.
    fn join_words(&mut self) {
        let mut at = 0;
        while at < self.chars.len() {
            let Some(long) = titles::whole_at(|word| self.starts_with(at, word)) else {
                at += 1;
                continue;
            };
            let end = at + long;
            self.words.retain(|&word| word <= at || word >= end);
            for edge in [at, end] {
                if let Err(place) = self.words.binary_search(&edge) {
                    self.words.insert(place, edge);
                }
            }
            at = end;
        }
    }

    fn width(&self, range: Range<usize>) -> f64 {
        self.sums[range.end] - self.sums[range.start]
    }

    /// Length of the word that begins or ends at a boundary.
    fn word_before(&self, at: usize) -> usize {
        self.words.iter().rev().find(|&&w| w < at).map_or(0, |&w| at - w)
    }

    fn word_after(&self, at: usize) -> usize {
        self.words.iter().find(|&&w| w > at).map_or(0, |&w| w - at)
    }

    fn starts_with(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(k, c)| self.chars.get(at + k) == Some(&c))
    }

    fn ends_with(&self, at: usize, word: &str) -> bool {
        at.checked_sub(word.chars().count()).is_some_and(|start| self.starts_with(start, word))
    }

    /// All places where a line may end: at words, outside brackets that a line holds.
    fn places(&self, capacity: f64) -> Vec<Place> {
        let held = self.held(capacity);
        let mut places = Vec::new();
        for (at, &held) in held.iter().enumerate().take(self.chars.len()).skip(1) {
            let (a, b) = (self.chars[at - 1], self.chars[at]);
            let forbidden = held
                || self.words.binary_search(&at).is_err()
                || never_first(b)
                || never_last(a)
                || (is_western(a) && is_western(b))
                || matches!(b, '的' | '和' | '与' | '及' | '—' | '～' | '·' | '、')
                || (a == '—' && b != '—')
                || self.starts_with(at, "以及")
                || (a.is_ascii_digit() && !b.is_ascii_digit());
            if !forbidden {
                places.push(Place { at, cost: self.dislike(at, a, b) });
            }
        }
        places
    }

    /// For each character whether it stands inside brackets that fit on a line, where no line ends.
    fn held(&self, capacity: f64) -> Vec<bool> {
        let mut held = vec![false; self.chars.len()];
        let mut open: Vec<usize> = Vec::new();
        for (i, c) in self.chars.iter().enumerate() {
            match c {
                '《' | '“' | '（' | '〈' | '‘' | '〔' => open.push(i),
                '》' | '”' | '）' | '〉' | '’' | '〕' => {
                    let Some(start) = open.pop() else { continue };
                    if self.width(start..i + 1) <= capacity - 1.0 {
                        held[start + 1..=i].fill(true);
                    }
                }
                _ => {}
            }
        }
        held
    }

    /// How little sense a break makes, in characters of imbalance that it is worth avoiding for.
    fn dislike(&self, at: usize, a: char, b: char) -> f64 {
        let closed = matches!(a, '》' | '”' | '）' | '，' | '：' | ' ');
        if self.starts_with(at, "关于") || (closed && !matches!(a, '”' | '）')) {
            return 0.0;
        }
        if a == '、' {
            return 1.0;
        }
        // Nobody pauses behind a word that leads on, but before the name of a document that is issued.
        let next = self.chars.get(at + 1).copied().unwrap_or(' ');
        let opens = b == '《' || (b == '（' && (next.is_ascii_digit() || matches!(next, '草' | '试' | '征' | '送')));
        let mut cost = match () {
            _ if opens => 1.0,
            _ if matches!(a, '年' | '月' | '度') || self.ends_with(at, "上半年") || self.ends_with(at, "期间") => {
                1.5
            }
            _ if a == '的' => 2.5,
            _ if matches!(a, '和' | '与' | '及' | '暨') => 4.2,
            _ => 3.0,
        };
        cost += self.clings(at, a, b, opens);
        if !opens && titles::leads(|word| self.ends_with(at, word)) {
            cost += 4.0;
        }
        if self.word_after(at) == 1 && !opens {
            cost += 4.0;
        }
        if self.word_before(at) == 1 && !closed && !matches!(a, '年' | '月' | '日' | '的' | '和' | '与' | '及' | '暨')
        {
            cost += 3.0;
        }
        // What names the kind of document belongs to what it is about.
        if titles::closes(|word| self.starts_with(at, word)) {
            cost += 2.0;
        }
        cost
    }

    /// What the character before a break costs because it belongs to what follows, or what follows to it.
    fn clings(&self, at: usize, a: char, b: char, opens: bool) -> f64 {
        let mut cost = 0.0;
        if ["全区", "全市", "全县", "全镇", "全省"].iter().any(|part| self.ends_with(at, part)) {
            cost += 1.5;
        }
        if b == '（' && !opens {
            cost += 3.0;
        }
        // A quoted name and a bracket belong to what follows them.
        cost += match a {
            '”' => 1.5,
            '）' => 1.5,
            _ => 0.0,
        };
        if a == '年'
            && ["上半年", "下半年", "第", "前", "一季度", "春", "冬", "秋"]
                .iter()
                .any(|part| self.starts_with(at, part))
        {
            cost += 5.0;
        }
        cost
    }

    /// The best breaks, or `None` if there are none. `shaped`: only into a trapezoid or a rhombus.
    fn best(&self, places: &[Place], capacity: f64, shaped: bool) -> Option<Vec<usize>> {
        let search = Search { text: self, places, capacity, shaped };
        let mut best = None;
        search.go(0, &mut Vec::new(), 0.0, &mut best);
        best.map(|(_, ends)| ends)
    }

    /// As many lines as it takes, each as full as can be.
    fn greedy(&self, places: &[Place], capacity: f64) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut start = 0;
        while self.width(start..self.chars.len()) > capacity {
            let fits = |at: usize| at > start && self.width(start..at) <= capacity;
            let by_sense = places.iter().rev().map(|place| place.at).find(|&at| fits(at));
            let any = (start + 1..self.chars.len()).rev().find(|&at| fits(at));
            start = by_sense.or(any).unwrap_or(start + 1);
            ends.push(start);
        }
        ends
    }
}

/// Goes through all ways to break a title.
struct Search<'a> {
    text: &'a Text,
    places: &'a [Place],
    capacity: f64,
    shaped: bool,
}

impl Search<'_> {
    /// Lines from a character on, behind the lines that end at `ends`.
    fn go(&self, start: usize, ends: &mut Vec<usize>, cost: f64, best: &mut Option<(f64, Vec<usize>)>) {
        if best.as_ref().is_some_and(|(least, _)| cost >= *least) {
            return;
        }
        let end = self.text.chars.len();
        let rest = self.text.width(start..end);
        if rest <= self.capacity && rest >= NARROWEST && !ends.is_empty() {
            let widths = self.widths(ends);
            if let Some(shape) = shape(&widths, self.capacity, self.shaped) {
                let cost = cost + shape;
                if best.as_ref().is_none_or(|(least, _)| cost < *least - 1e-9) {
                    *best = Some((cost, ends.clone()));
                }
            }
        }
        let lines_left = MOST - 1 - ends.len();
        if lines_left == 0 || rest > self.capacity * (lines_left + 1) as f64 {
            return;
        }
        for place in self.places.iter().filter(|place| place.at > start) {
            let width = self.text.width(start..place.at);
            if width > self.capacity {
                break;
            }
            if width >= NARROWEST {
                let more = if ends.is_empty() { 0.0 } else { LINE };
                ends.push(place.at);
                self.go(place.at, ends, cost + place.cost + more, best);
                ends.pop();
            }
        }
    }

    fn widths(&self, ends: &[usize]) -> Vec<f64> {
        let mut start = 0;
        let all = ends.iter().copied().chain([self.text.chars.len()]);
        all.map(|end| self.text.width(std::mem::replace(&mut start, end)..end)).collect()
    }
}

/// Cost of a shape, or `None` for one that the standard does not have, a rectangle or an hourglass, where only those
/// that it has are asked for.
fn shape(widths: &[f64], capacity: f64, shaped: bool) -> Option<f64> {
    let longest = widths.iter().copied().fold(0.0, f64::max);
    let even = widths.windows(2).filter(|w| (w[0] - w[1]).abs() < 1.0).count();
    let waists = widths.windows(3).filter(|w| w[1] < w[0] && w[1] < w[2]).count();
    // Wide, narrow, …, wide over more than three lines.
    let turns = widths.windows(2).skip_while(|w| w[0] < w[1]).any(|w| w[0] < w[1]);
    let faults = even + waists + usize::from(turns && waists == 0);
    if shaped && faults > 0 {
        return None;
    }
    // About three characters between lines look best; far more looks like a rest.
    let steps: f64 = widths.windows(2).map(|w| ((w[0] - w[1]).abs() - 3.0).abs()).sum();
    // A line all but full leaves no margin at its sides.
    let crowded = (longest - (capacity - 2.0)).max(0.0);
    Some(steps * 0.5 + crowded + 4.0 * faults as f64)
}

#[cfg(test)]
mod tests;
