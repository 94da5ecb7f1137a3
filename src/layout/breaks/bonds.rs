//! What stays on one line: numbers with all that belongs to them. Each rule says what it binds and on what it
//! rests; docs/layout.md has the same table.

use super::super::script::is_western;
use super::cell::Cell;
use super::rules::is_han;
use crate::vocabulary::measures;

/// How firmly two characters hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Bond {
    /// A line may end between them.
    #[default]
    Free,
    /// Gives way where a line would show gaps otherwise.
    Light,
    /// Gives way only where a line could hold nothing else.
    Strong,
}

/// A kind of what stays together.
pub struct Rule {
    /// In Chinese, as the manual has it.
    #[cfg_attr(not(test), expect(dead_code, reason = "said of the rule, as in the manual"))]
    pub what: &'static str,
    /// Bound from its first to its last character.
    #[cfg_attr(not(test), expect(dead_code, reason = "said of the rule, as in the manual"))]
    pub example: &'static str,
    /// The clause or the practice that it rests on.
    #[cfg_attr(not(test), expect(dead_code, reason = "said of the rule, as in the manual"))]
    pub basis: &'static str,
    pub bond: Bond,
    /// Whether it binds characters `i - 1` and `i`.
    binds: fn(&Text, usize) -> bool,
}

/// All rules. The first that binds two characters counts.
pub const RULES: [Rule; 13] = [
    Rule { what: "数内部", example: "1,243.7", basis: "GB/T 15835 5.1.7", bond: Bond::Strong, binds: inside_number },
    Rule {
        what: "分节的数、带空格的编号",
        example: "GB/T 9704",
        basis: "GB/T 15835 5.1.1",
        bond: Bond::Strong,
        binds: spaced,
    },
    Rule {
        what: "数和百分号、千分号、度",
        example: "98.7％",
        basis: "GB/T 15835 5.1.7",
        bond: Bond::Strong,
        binds: percent,
    },
    Rule {
        what: "正负号、约等号、不等号和数",
        example: "≥95%",
        basis: "GB/T 3101 3.4",
        bond: Bond::Strong,
        binds: signed,
    },
    Rule { what: "比", example: "1.92∶1", basis: "GB/T 15834 4.7", bond: Bond::Strong, binds: ratio },
    Rule {
        what: "算式、尺寸", example: "120×80×60", basis: "GB/T 3101 3.4", bond: Bond::Strong, binds: formula
    },
    Rule {
        what: "起止、幅度", example: "1月—11月", basis: "GB/T 15834 5.1.7", bond: Bond::Strong, binds: range
    },
    Rule { what: "斜线两侧", example: "元/kW·h", basis: "GB/T 15834 5.1.9", bond: Bond::Strong, binds: slash },
    Rule {
        what: "单位和公式的字母、指数",
        example: "33μg/m³",
        basis: "GB 3100 6.4",
        bond: Bond::Strong,
        binds: letters,
    },
    Rule {
        what: "数和万、亿，万、亿和后面的数",
        example: "1亿2,345万",
        basis: "GB/T 15835 5.3",
        bond: Bond::Strong,
        binds: scaled,
    },
    Rule {
        what: "数和计量单位、量词",
        example: "12.3万人次",
        basis: "GB 3100 6.1",
        bond: Bond::Strong,
        binds: measured,
    },
    Rule { what: "序数", example: "第Ⅲ类", basis: "习惯", bond: Bond::Strong, binds: ordinal },
    Rule {
        what: "年月日之间、文号各段之间、数和后面的字",
        example: "2026年12月31日",
        basis: "习惯",
        bond: Bond::Light,
        binds: dated,
    },
];

/// A paragraph as the rules read it.
pub struct Text {
    chars: Vec<char>,
    /// For each character, where the unit ends that it is a part of; 0: of none.
    unit_end: Vec<usize>,
}

impl Text {
    pub fn new(chars: Vec<char>) -> Text {
        let mut text = Text { unit_end: vec![0; chars.len()], chars };
        for i in 1..text.chars.len() {
            if text.unit_end[i] == 0 && text.counted(i) {
                let end = i + text.unit_at(i).unwrap_or_default();
                text.unit_end[i..end].fill(end);
            }
        }
        text
    }

    /// The character at a place; a blank beyond the ends.
    fn at(&self, i: isize) -> char {
        usize::try_from(i).ok().and_then(|i| self.chars.get(i)).copied().unwrap_or(' ')
    }

    /// The two characters that meet at a place.
    fn pair(&self, i: usize) -> (char, char) {
        (self.at(i as isize - 1), self.at(i as isize))
    }

    /// Whether a Chinese character begins what a number counts.
    fn counted(&self, i: usize) -> bool {
        let (a, b) = self.pair(i);
        is_han(b)
            && (is_digit(a)
                || (is_scale(a) && self.is_scale_of_number(i - 1))
                || matches!(a, '%' | '％') && is_scale(b))
    }

    fn is_scale_of_number(&self, i: usize) -> bool {
        let before = self.chars[..i].iter().rposition(|c| !is_scale(*c));
        before.is_some_and(|at| is_digit(self.chars[at]))
    }

    /// Characters of the unit that begins at a place: of 万人次 three, of 左右 none.
    fn unit_at(&self, i: usize) -> Option<usize> {
        let words: String = self.chars[i..].iter().take(6).take_while(|c| is_han(**c)).collect();
        measures::behind_a_number(&words)
    }

    /// How firmly character `i` holds to the one before it.
    pub fn bond(&self, i: usize) -> Bond {
        RULES.iter().find(|rule| (rule.binds)(self, i)).map_or(Bond::Free, |rule| rule.bond)
    }
}

/// How firmly each character of a paragraph holds to the one before it.
pub fn bonds(cells: &[Cell]) -> Vec<Bond> {
    let chars: Vec<char> = cells.iter().map(|cell| cell.c).collect();
    // Prose without figures has nothing to bind.
    let plain = |c: &char| is_han(*c) || matches!(c, '，' | '。' | '、' | '；' | '：' | '“' | '”' | '《' | '》');
    if chars.iter().all(plain) {
        return vec![Bond::Free; cells.len()];
    }
    let text = Text::new(chars);
    let quick = |i: usize| {
        text.unit_end[i] == 0
            && text.chars[i.saturating_sub(1)..=i].iter().all(plain)
            && text.at(i as isize - 1) != '第'
    };
    (0..cells.len()).map(|i| if i == 0 || quick(i) { Bond::Free } else { text.bond(i) }).collect()
}

/// How firmly one character holds to the one before it.
pub fn bond(cells: &[Cell], i: usize) -> Bond {
    Text::new(cells.iter().map(|cell| cell.c).collect()).bond(i)
}

/// A digit of any kind: 12, Ⅲ, ².
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'Ⅰ'..='Ⅻ' | '０'..='９')
}

/// 万 and its like, which make a number larger.
fn is_scale(c: char) -> bool {
    matches!(c, '万' | '亿' | '千' | '百')
}

/// Letters and signs of units and formulas: m³, μg, πr², ℃.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || is_percent(c)
        || matches!(c, 'Ͱ'..='Ͽ' | '²' | '³' | '¹' | '⁰'..='₎' | 'µ' | '㎎'..='㏔' | 'Ⅰ'..='Ⅻ')
}

fn is_percent(c: char) -> bool {
    matches!(c, '%' | '％' | '‰' | '℃' | '℉' | '°' | '′' | '″')
}

fn is_sign(c: char) -> bool {
    matches!(
        c,
        '±' | '+'
            | '－'
            | '−'
            | '＋'
            | '≥'
            | '≤'
            | '＞'
            | '＜'
            | '>'
            | '<'
            | '≈'
            | '￥'
            | '¥'
            | '$'
            | '€'
            | '∓'
            | '≠'
            | '√'
            | '∑'
            | '△'
            | 'Δ'
    )
}

fn inside_number(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    let inner = |c: char| matches!(c, '.' | ',' | '·' | ':');
    (a.is_ascii_digit() && b.is_ascii_digit())
        || (is_digit(a) && inner(b) && is_digit(text.at(i as isize + 1)))
        || (inner(a) && is_digit(b) && is_digit(text.at(i as isize - 2)))
        || (a == '.' && is_han(b) && text.at(i as isize - 2).is_ascii_digit())
}

/// 20 000; GB/T 9704—2012.
fn spaced(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    let before = text.at(i as isize - 2);
    let number = |c: char| c.is_ascii_digit();
    (a == ' ' && number(b) && (number(before) || before.is_ascii_uppercase()))
        || (b == ' ' && number(text.at(i as isize + 1)) && (number(a) || a.is_ascii_uppercase()))
}

fn percent(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    is_digit(a) && is_percent(b)
}

/// A sign holds to what follows; to what stands before only where that is a number too.
fn signed(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    (is_sign(a) && (is_letter(b) || is_digit(b)))
        || (is_sign(b) && is_letter(a))
        || (a == '-' && is_digit(b))
        || (b == '-' && is_letter(a))
}

fn ratio(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    let sign = |c: char| matches!(c, '∶' | '：' | ':');
    let between = |at: usize| is_digit(text.at(at as isize - 1)) && is_digit(text.at(at as isize + 1));
    (sign(a) && between(i - 1)) || (sign(b) && between(i)) || a == '∶' || b == '∶'
}

fn formula(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    let sign = |c: char| matches!(c, '×' | '÷' | '=' | '＝' | '^' | '＊' | '*');
    let part = |c: char| is_letter(c) || is_digit(c) || matches!(c, '(' | ')' | '（' | '）');
    (sign(a) && part(b)) || (sign(b) && (part(a) || part(text.at(i as isize + 1))))
}

/// A single — and ～ join two things; —— is a dash.
fn range(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    let wave = |c: char| matches!(c, '～' | '~' | '－' | '–');
    let (before, next) = (text.at(i as isize - 2), text.at(i as isize + 1));
    wave(a) || wave(b) || (b == '—' && next != '—' && a != '—') || (a == '—' && before != '—' && b != '—')
}

fn slash(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    matches!(a, '/' | '／') || matches!(b, '/' | '／')
}

fn letters(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    let dot = |c: char| c == '·' || c == '.';
    (is_letter(a) && (is_letter(b) || (dot(b) && is_letter(text.at(i as isize + 1))))) || (dot(a) && is_letter(b))
}

fn scaled(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    (is_digit(a) && is_scale(b)) || (is_scale(a) && (is_digit(b) || is_scale(b)) && text.is_scale_of_number(i - 1))
}

/// A number with the word that it counts, whole: 12.3万人次, 个百分点.
fn measured(text: &Text, i: usize) -> bool {
    let whole = text.unit_end[i] > i;
    whole && (text.counted(i) || text.unit_end[i - 1] == text.unit_end[i])
}

fn ordinal(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    (a == '第' && is_digit(b)) || (a == '〕' && is_digit(b)) || (is_western(b) && b != ' ' && a == '№')
}

/// 2026年12月31日; 云政办〔2026〕18号.
fn dated(text: &Text, i: usize) -> bool {
    let (a, b) = text.pair(i);
    let number = |at: isize| is_digit(text.at(at));
    (matches!(a, '年' | '月') && is_digit(b) && number(i as isize - 2)) || (b == '〔' && is_han(a)) || text.counted(i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_hold_together() {
        for rule in &RULES {
            let text = Text::new(format!("共{}等", rule.example).chars().collect());
            for i in 2..text.chars.len() - 1 {
                assert!(text.bond(i) >= rule.bond, "{}: {} before {}", rule.what, rule.example, text.chars[i]);
            }
        }
    }

    #[test]
    fn what_stands_around_is_free() {
        for (said, at) in [
            ("误差±0.05", 2),
            ("达到≥95%", 2),
            ("共12件，其中", 4),
            ("增长12.5%以上", 7),
            ("100m以上", 4),
            ("3417件左右", 5),
            ("工作——今年", 2),
            ("工作——今年", 4),
            ("今年1月", 2),
            ("取得3", 2),
            ("要求：一", 3),
        ] {
            let text = Text::new(said.chars().collect());
            assert_eq!(text.bond(at), Bond::Free, "{said} at {at}");
        }
    }

    #[test]
    fn the_manual_has_the_table() {
        let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/layout.md")).unwrap();
        for rule in &RULES {
            let row = format!("| {} | {} | {} |", rule.what, rule.example, rule.basis);
            assert!(manual.contains(&row), "{row}");
        }
    }
}
