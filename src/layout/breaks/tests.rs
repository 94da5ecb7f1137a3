use super::super::script::is_western;
use super::*;

const TRACKING: Twip = -5;

fn row(text: &str) -> Vec<Cell> {
    let chars: Vec<char> = text.chars().collect();
    let cell = |(i, &c): (usize, &char)| {
        let same = chars.get(i + 1).is_some_and(|&next| is_western(next) == is_western(c));
        Cell {
            c,
            advance: if is_western(c) { 8.25 } else { 16.25 },
            wider: 0.0,
            end: if same { End::No } else { End::Script },
        }
    };
    chars.iter().enumerate().map(cell).collect()
}

/// A room of so many Chinese characters and some points.
fn room(cells: f64) -> Room {
    Room { width: cells * 16.0 + 1.25, indent: 0.0, tracking: TRACKING, doubt: (0.1, 0.41), full: false }
}

fn broken(text: &str, cells: f64) -> Vec<String> {
    let row = row(text);
    let lines = lines(&row, room(cells));
    lines.ranges(row.len()).map(|range| row[range].iter().map(|cell| cell.c).collect()).collect()
}

#[test]
fn marks_stay_off_the_edges() {
    assert_eq!(broken("一二三四，五六七", 4.0), ["一二三", "四，五", "六七"].map(String::from));
    assert_eq!(broken("一二三“四五六七八", 4.0), ["一二三", "“四五六", "七八"].map(String::from));
    assert_eq!(broken("一二三——四五六", 4.0), ["一二三", "——四", "五六"].map(String::from));
}

#[test]
fn numbers_stay_whole_and_with_their_unit() {
    assert_eq!(broken("今年共一12345.6万元整个", 4.0), ["今年共一", "12345.6", "万元整个"].map(String::from));
    assert_eq!(broken("今年增长12.5%以上了", 6.0), ["今年增长", "12.5%以上了"].map(String::from));
    assert_eq!(broken("今年一共有12万元整", 6.0), ["今年一共有", "12万元整"].map(String::from));
    let months = ["今年以来全县一共受理", "1—6月的申请"].map(String::from);
    assert_eq!(broken("今年以来全县一共受理1—6月的申请", 12.0), months);
}

#[test]
fn a_unit_stays_with_its_number_whatever_the_gaps() {
    let row = row("一二三四五1234567890件整");
    let lines = lines(&row, Room { full: true, ..room(10.5) });
    assert_eq!(lines.starts, [5]);
}

#[test]
fn last_line_holds_more_than_one_character() {
    assert_eq!(broken("一二三四五六七八九。", 4.0), ["一二三四", "五六七", "八九。"].map(String::from));
}

#[test]
fn no_line_ends_between_a_closing_mark_and_a_digit() {
    let ends = |text: &str| {
        let row = row(text);
        lines(&row, Room { full: true, ..room(27.0) }).starts
    };
    // LibreOffice would not end a line behind the mark.
    assert_eq!(ends("今年以来全区上下认真落实各项部署扎实推进工作共计受理，12345件整"), [25]);
    assert_eq!(ends("今年以来全区上下认真落实各项部署扎实推进工作共计受理；12345件整"), [27]);
}

#[test]
fn what_cannot_be_kept_is_cut() {
    let long = "a".repeat(20);
    assert_eq!(broken(&long, 4.0).len(), 3);
    assert_eq!(broken("", 4.0), [String::new()]);
    assert_eq!(broken("一\n二", 4.0), ["一\n", "二"].map(String::from));
}

#[test]
fn lines_that_readers_would_end_elsewhere_are_spread_or_tightened() {
    let twips = |text: &str, width: f64| {
        let row = row(text);
        lines(&row, Room { width, ..room(0.0) }).held.iter().map(|held| held.twip).collect::<Vec<_>>()
    };
    // Nothing but Chinese: a line of seven characters with 1.25 pt to spare.
    assert_eq!(twips("一二三四五六七八九十", 113.25), [0, 0]);
    // 12 is held back: it must not fit.
    assert!(twips("今年一共有12万元整", 113.25)[0] > 0);
    // Room for one character more, all but 0.3 pt; and just enough for all.
    assert!(twips("一二三四五六七八九十", 127.7)[0] > 0);
    assert!(twips("一二三四五六七八九十", 112.3)[0] < 0);
    // LibreOffice does not track the ends of the three stretches, Word all characters.
    assert!(twips("一二12三四五六七八", 97.0)[0] < 0);
}
