//! Lines of a title (7.3.1): broken by sense, symmetrical, in the shape of a trapezoid or a
//! rhombus; at most three lines, none longer than the type area.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::breaks::{never_first, never_last};
use super::grid::Grid;
use super::script::is_western;
use super::standard::TITLE_LINES;

static WORDS: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));

/// Characters of a title that fit on a line: 20 of 2号.
pub fn capacity(grid: &Grid) -> f64 {
    (grid.width() / grid.title).floor()
}

/// Breaks a title into lines. `\n` in it is a break that the author set: then only those count.
/// The lines joined give the title; a title too long for three lines takes as many as it needs.
pub fn plan(title: &str, capacity: f64) -> Vec<String> {
    if title.contains('\n') {
        return title.split('\n').map(str::to_owned).collect();
    }
    let text = Text::new(title);
    if text.width(0..text.chars.len()) <= capacity {
        return vec![title.to_owned()];
    }
    let places = text.places();
    let best = (2..=TITLE_LINES).find_map(|lines| text.best(&places, lines, capacity));
    let ends = best.unwrap_or_else(|| text.greedy(&places, capacity));
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
        Text { chars, sums, words }
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

    /// All places where a line may end.
    fn places(&self) -> Vec<Place> {
        let mut depth = 0usize;
        let mut places = Vec::new();
        for at in 1..self.chars.len() {
            let (a, b) = (self.chars[at - 1], self.chars[at]);
            match a {
                '《' | '“' | '（' | '〈' | '‘' | '〔' => depth += 1,
                '》' | '”' | '）' | '〉' | '’' | '〕' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let inside_word = self.words.binary_search(&at).is_err();
            let forbidden = depth > 0
                || inside_word
                || never_first(b)
                || never_last(a)
                || (is_western(a) && is_western(b))
                || matches!(b, '的' | '和' | '与' | '及' | '暨' | '—' | '～' | '·' | '、')
                || (a == '—' && b != '—')
                || self.starts_with(at, "以及")
                || (a.is_ascii_digit() && !b.is_ascii_digit());
            if !forbidden {
                places.push(Place { at, cost: self.dislike(at, a) });
            }
        }
        places
    }

    /// How little sense a break makes, in characters of imbalance that it is worth avoiding for.
    fn dislike(&self, at: usize, a: char) -> f64 {
        let topic = self.starts_with(at, "关于");
        let mut cost = 4.0;
        if topic || matches!(a, '》' | '”' | '）' | '，' | '：' | ' ') {
            cost = 0.0;
        } else if matches!(a, '年' | '月' | '度' | '的') || self.starts_with(at, "在") {
            cost = 1.0;
        }
        if self.ends_with(at, "关于") {
            cost += 6.0;
        }
        if self.word_after(at) == 1 {
            cost += 4.0;
        }
        if self.word_before(at) == 1
            && !topic
            && !matches!(a, '年' | '月' | '日' | '的' | '》' | '”' | '）' | '，' | '：' | ' ')
        {
            cost += if matches!(a, '和' | '与' | '及' | '等') { 6.0 } else { 2.0 };
        }
        // What names the kind of document belongs to what it is about.
        let tails = ["汇报", "报告", "通知", "总结", "请示", "通报", "方案", "意见", "情况", "工作"];
        if tails.iter().any(|tail| self.starts_with(at, tail)) {
            cost += 2.0;
        }
        cost
    }

    /// The best breaks into so many lines, or `None` if no allowed shape fits.
    fn best(&self, places: &[Place], lines: usize, capacity: f64) -> Option<Vec<usize>> {
        let end = self.chars.len();
        let mut best: Option<(f64, Vec<usize>)> = None;
        let mut consider = |ends: Vec<usize>, dislike: f64| {
            let mut start = 0;
            let widths: Vec<f64> =
                ends.iter().chain([&end]).map(|&e| self.width(std::mem::replace(&mut start, e)..e)).collect();
            let cost = dislike + shape(&widths, capacity)?;
            if best.as_ref().is_none_or(|(least, _)| cost < *least - 1e-9) {
                best = Some((cost, ends));
            }
            Some(())
        };
        for (i, first) in places.iter().enumerate() {
            if lines == 2 {
                consider(vec![first.at], first.cost);
            } else {
                for second in &places[i + 1..] {
                    consider(vec![first.at, second.at], first.cost + second.cost);
                }
            }
        }
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

/// Cost of a shape, or `None` for one that the standard does not have: a rectangle, an
/// hourglass, a line that is too long or all but empty.
fn shape(widths: &[f64], capacity: f64) -> Option<f64> {
    let shortest = widths.iter().copied().fold(f64::INFINITY, f64::min);
    let longest = widths.iter().copied().fold(0.0, f64::max);
    if longest > capacity || shortest < 4.0 {
        return None;
    }
    let differ = widths.windows(2).all(|w| (w[0] - w[1]).abs() >= 1.0);
    let hourglass = widths.len() == 3 && widths[1] < widths[0] && widths[1] < widths[2];
    if !differ || hourglass {
        return None;
    }
    // About three characters between lines look best; far more looks like a rest.
    let steps: f64 = widths.windows(2).map(|w| ((w[0] - w[1]).abs() - 3.0).abs()).sum();
    // A line all but full leaves no margin at its sides.
    let crowded = (longest - (capacity - 2.0)).max(0.0);
    Some(steps * 0.6 + crowded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(title: &str) -> Vec<String> {
        let lines = plan(title, capacity(&Grid::default()));
        assert_eq!(lines.concat(), title.replace('\n', ""));
        lines
    }

    #[test]
    fn short_titles_stay_on_one_line() {
        assert_eq!(lines("基层统计工作情况汇报"), ["基层统计工作情况汇报"]);
    }

    #[test]
    fn long_titles_are_broken_by_sense() {
        for title in [
            "关于云川区2026年上半年乡村公共服务工作情况的报告",
            "云川区人民政府关于印发《云川区便民服务中心管理办法》的通知",
            "关于2026年全区乡镇便民服务站建设和工作人员培训工作进展情况及下半年工作安排的汇报",
            "云川区发展和改革局关于2026年重点项目推进情况的汇报",
        ] {
            let lines = lines(title);
            assert!((2..=3).contains(&lines.len()), "{lines:?}");
            for line in &lines {
                assert!(!line.starts_with(['的', '和', '与', '及', '》']), "{lines:?}");
                assert!(line.chars().count() >= 4, "{lines:?}");
            }
        }
    }

    #[test]
    fn the_unit_stands_on_the_first_line() {
        assert_eq!(lines("城东街道人大工委关于代表联络站建设情况的汇报")[0], "城东街道人大工委");
        assert_eq!(lines("青河区图书馆关于全民阅读推广工作情况的汇报")[0], "青河区图书馆");
    }

    #[test]
    fn no_break_inside_a_title_mark() {
        let lines = lines("云川区人民政府关于印发《云川区便民服务中心管理办法》的通知");
        assert!(lines.iter().any(|line| line.contains("《云川区便民服务中心管理办法》")), "{lines:?}");
    }

    #[test]
    fn breaks_of_the_author_stand() {
        assert_eq!(plan("云川区\n工作情况汇报", capacity(&Grid::default())), ["云川区", "工作情况汇报"]);
    }

    #[test]
    fn shapes() {
        assert!(shape(&[10.0, 10.0], 20.0).is_none());
        assert!(shape(&[15.0, 8.0, 15.0], 20.0).is_none());
        assert!(shape(&[12.0, 15.0, 9.0], 20.0).is_some());
    }

    #[test]
    fn endless_titles_end() {
        let long = "云川区公共服务".repeat(20);
        assert!(plan(&long, capacity(&Grid::default())).iter().all(|line| line.chars().count() <= 20));
    }
}
