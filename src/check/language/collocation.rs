//! W-04 as well: verbs with objects that they do not take, subjects with verbs that they do not take, words that say
//! the same twice.

use std::sync::LazyLock;

use super::super::line::{Hit, Line, at, han, starts};

/// One line of collocations.txt or predicates.txt.
type Row = (&'static str, Vec<&'static str>, &'static str);

fn rows(text: &'static str) -> Vec<Row> {
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?.split(' ').collect(), fields.next()?))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

static OBJECTS: LazyLock<Vec<Row>> = LazyLock::new(|| rows(include_str!("collocations.txt")));
static PREDICATES: LazyLock<Vec<Row>> = LazyLock::new(|| rows(include_str!("predicates.txt")));
/// Two words, and what to do.
static TWICE: LazyLock<Vec<(&'static str, &'static str, &'static str)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (words, help) = line.split_once('\t')?;
        let (first, second) = words.split_once(' ')?;
        Some((first, second, help))
    };
    include_str!("redundancies.txt").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});
static DOUBLED: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("doublings.txt").split_whitespace().collect());

/// Most characters between a verb and its object.
const REACH: usize = 14;

pub fn ill_matched(l: &Line, hits: &mut Vec<Hit>) {
    if !l.prose() {
        return;
    }
    objects(l, hits);
    predicates(l, hits);
    twice(l, hits);
}

fn ends_clause(s: &[char], i: usize) -> bool {
    matches!(at(s, i), '，' | '。' | '；' | '！' | '？' | '\0' | '\n')
}

pub fn new(hits: &[Hit], start: usize, end: usize) -> bool {
    hits.iter().all(|hit| end <= hit.start || start >= hit.end)
}

/// 加强审判效率，; 提高了覆盖面，
fn objects(l: &Line, hits: &mut Vec<Hit>) {
    for (verb, nouns, right) in OBJECTS.iter().filter(|(verb, ..)| l.may_hold(verb)) {
        for (start, end, _) in l.find(&[*verb]) {
            let from = end + usize::from(matches!(at(&l.open, end), '了' | '着'));
            let length = l.open[from..].iter().take(REACH + 4).take_while(|c| han(**c)).count();
            let stop = from + length;
            if length == 0 || length > REACH || !ends_clause(&l.open, stop) || !free(&l.open, start) {
                continue;
            }
            let object: String = l.open[from..stop].iter().collect();
            let Some(noun) = nouns.iter().find(|noun| object.ends_with(**noun)) else { continue };
            let between = &object[..object.len() - noun.len()];
            // 加强管理提高质量, 加强质量和效率: another verb, or more than one noun.
            let other = OBJECTS.iter().any(|(other, ..)| between.contains(other))
                || between.contains(['和', '与', '及', '并', '以', '为', '使', '来', '不', '较', '高', '低']);
            if !other && new(hits, start, stop) {
                l.hit(hits, (start, stop), &format!("“{verb}”和“{noun}”搭配不当"), &format!("改用“{right}”"));
            }
        }
    }
}

/// Whether a verb begins here: 的提高, 不断提高 do, 大提高 of 较大提高 does not matter.
fn free(s: &[char], start: usize) -> bool {
    let before = start.checked_sub(1).map_or('\0', |i| s[i]);
    !"所被的".contains(before) || before == '\0'
}

/// 水平不断扩大。
fn predicates(l: &Line, hits: &mut Vec<Hit>) {
    const ADVERBS: [&str; 30] = [
        "得到了",
        "得到",
        "有了",
        "有所",
        "明显",
        "不断",
        "进一步",
        "逐步",
        "逐渐",
        "持续",
        "大幅",
        "显著",
        "有效",
        "日益",
        "更加",
        "大大",
        "普遍",
        "全面",
        "稳步",
        "迅速",
        "已经",
        "也",
        "均",
        "都",
        "较大",
        "很大",
        "一定",
        "较快",
        "大",
        "的",
    ];
    for (noun, verbs, right) in PREDICATES.iter().filter(|(noun, ..)| l.may_hold(noun)) {
        for (start, end, _) in l.find(&[*noun]) {
            let mut from = end;
            while let Some(adverb) = ADVERBS.iter().find(|word| starts(&l.open, from, word)) {
                from += adverb.chars().count();
            }
            let Some(verb) = verbs.iter().find(|verb| starts(&l.open, from, verb)) else { continue };
            let mut stop = from + verb.chars().count();
            stop += usize::from(at(&l.open, stop) == '了');
            let adverbial = from > end;
            if adverbial && ends_clause(&l.open, stop) && new(hits, start, stop) {
                l.hit(hits, (start, stop), &format!("“{noun}”和“{verb}”搭配不当"), &format!("改用“{right}”"));
            }
        }
    }
}

/// 大约有三百人上下; 彼此互相
fn twice(l: &Line, hits: &mut Vec<Hit>) {
    for (first, second, help) in TWICE.iter().filter(|(a, b, _)| l.may_hold(a) && l.may_hold(b)) {
        for (start, end, _) in l.find(&[*first]) {
            let length = l.open[end..].iter().take(13).take_while(|c| !"，。；：！？、（）\n".contains(**c)).count();
            let reach = &l.open[end..end + length];
            let word: Vec<char> = second.chars().collect();
            let Some(at_second) = reach.windows(word.len()).position(|w| w == word) else { continue };
            let between: String = reach[..at_second].iter().collect();
            let counted =
                between.chars().any(|c| c.is_ascii_digit() || "一二两三四五六七八九十百千万半几数".contains(c));
            let before = start.checked_sub(1).map_or('\0', |i| l.open[i]);
            let fits = match *second {
                // 许多代表们, not 许多人对他们.
                "们" => {
                    !between.is_empty()
                        && !between.ends_with(['他', '她', '我', '你', '它', '人'])
                        && between.chars().count() <= 6
                        && !between.contains(['的', '对', '为', '和'])
                }
                // 近 is a verb's or a noun's end as well; 节约, 签约 are words.
                _ => {
                    counted
                        && !"最附接将靠临就节签违预公合条履集相远".contains(before)
                        && !between.contains(['和', '或', '的'])
                }
            };
            // 约100件左右 is told by N-18.
            let known = between.contains(|c: char| c.is_ascii_digit())
                && matches!(*first, "大约" | "约" | "近" | "将近" | "接近" | "大概" | "超过");
            let end = end + at_second + word.len();
            if !known && fits && new(hits, start, end) {
                l.hit(hits, (start, end), "“{}”重复", help);
            }
        }
    }
    let known: Vec<&str> = DOUBLED.iter().copied().filter(|word| l.may_hold(word)).collect();
    for (start, end, _) in l.find(&known) {
        if new(hits, start, end) {
            l.hit(hits, (start, end), "“{}”重复", "只留一个");
        }
    }
}
