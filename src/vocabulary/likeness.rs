//! How alike two names are: by the words that they are made of, by what offices say for one
//! another, by their letters. It only ever proposes; what two names fit is left to the reader.

use super::text::half_width;

/// Words that offices use for one another in names of figures. Longer words stand before those
/// that they begin with or hold.
const SAME: &[&str] = &[
    "名称 名字 全称",
    "人数 人次 人员",
    "场次 次数 期数 批次",
    "件数 宗数",
    "总数 总量 总额 合计 总计",
    "经费 资金 费用 款项 金额",
    "使用 支出 开支",
    "群众 选民 居民 百姓",
    "接待 来访",
    "收集 征集 征求 收到",
    "办结 办理 办毕 办复",
    "建议 意见 诉求",
    "培训 学习 轮训",
    "建成 已建",
    "开展 组织 举办 举行 召开",
    "比例 比率 占比",
    "数量 个数",
    "乡镇 镇街 街道",
    "日期 时间",
];

/// Words that say nothing of their own at the end of a name: how it is counted.
const COUNTS: &[&str] = &["情况", "数额", "数量", "总数", "人数", "次数", "件数", "个数", "数"];
/// One word of each group that says what is counted.
const COUNTED: &str = "人数场次件数总额经费比例日期";
/// Words that say nothing at its beginning.
const ASIDE: &[&str] = &["本年度", "本年", "今年", "全年", "年度", "累计", "实际", "其中"];

/// Points from which a name is worth proposing.
const WORTH: u32 = 60;
/// Points by which the best must lead to be proposed alone.
const LEAD: u32 = 12;
/// Most names that are proposed for one.
const MOST: usize = 3;

/// The names that a missing one may stand under, the likeliest first: one where it leads clearly,
/// several where the reader has to choose, none where no name is like it.
pub fn candidates<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = Name::of(name);
    let points = |other: &'a str| (wanted.alike(&Name::of(other)), other);
    let mut found: Vec<(u32, &str)> =
        known.into_iter().filter(|other| *other != name).map(points).filter(|(points, _)| *points >= WORTH).collect();
    found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    found.dedup_by_key(|(_, other)| *other);
    let best = found.first().map_or(0, |(points, _)| *points);
    found.into_iter().take_while(|(points, _)| points + LEAD > best).map(|(_, other)| other).take(MOST).collect()
}

/// True when two names say the same in other words or another order: 经费使用 and 使用经费.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Name::of(a), Name::of(b));
    !a.whole.is_empty() && (a.whole == b.whole || sorted(&a.whole) == sorted(&b.whole))
}

/// A name as it is compared.
struct Name {
    /// Without marks and blanks, one letter for words that mean the same.
    whole: Vec<char>,
    /// The same without words that say nothing of their own.
    core: Vec<char>,
}

impl Name {
    fn of(name: &str) -> Name {
        let plain: String = half_width(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let start = ASIDE.iter().find_map(|word| plain.strip_prefix(word)).filter(|rest| !rest.is_empty());
        let core = start.unwrap_or(&plain);
        let end = COUNTS.iter().find_map(|word| core.strip_suffix(word)).filter(|rest| rest.chars().count() > 1);
        Name { whole: letters(&plain), core: letters(end.unwrap_or(core)) }
    }

    /// The word at its end that says what is counted.
    fn counts(&self) -> Option<char> {
        self.whole.last().copied().filter(|last| letters(COUNTED).contains(last))
    }

    /// From 0 to 100.
    fn alike(&self, other: &Name) -> u32 {
        if self.whole == other.whole {
            return 100;
        }
        // 接待场次 and 接待人次 count other things.
        if let (Some(one), Some(two)) = (self.counts(), other.counts())
            && one != two
        {
            return 0;
        }
        let whole = measured(&self.whole, &other.whole);
        let core = measured(&self.core, &other.core);
        whole.max(core.saturating_sub(4))
    }
}

/// One private letter for each group of words that mean the same.
pub(crate) fn letters(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = (0u32..).zip(SAME).find_map(|(group, words)| {
            let word = super::words(words).find(|word| rest.starts_with(word))?;
            Some((char::from_u32(0xE000 + group)?, word.len()))
        });
        let (letter, length) = word.unwrap_or((first, first.len_utf8()));
        out.push(letter);
        rest = &rest[length..];
    }
    out
}

fn sorted(letters: &[char]) -> Vec<char> {
    let mut letters = letters.to_vec();
    letters.sort_unstable();
    letters
}

/// Letters in common whatever their order, and the letters that would have to be typed anew.
fn measured(a: &[char], b: &[char]) -> u32 {
    let longest = a.len().max(b.len());
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    if a == b {
        return 100;
    }
    if !a.iter().any(|letter| b.contains(letter)) {
        return 0;
    }
    let (mut left, mut common) = (b.to_vec(), 0);
    for letter in a {
        if let Some(at) = left.iter().position(|other| other == letter) {
            left.swap_remove(at);
            common += 1;
        }
    }
    let share = 200 * common / (a.len() + b.len());
    let distance = strsim::generic_damerau_levenshtein(a, b);
    let typed = 100 * (longest - distance.min(longest)) / longest;
    // A letter that stands for a group is a word of its own.
    let says = |a: &[char]| a.len() > 1 || a.iter().all(|letter| ('\u{E000}'..'\u{F000}').contains(letter));
    let held = |a: &[char], b: &[char]| says(a) && b.windows(a.len()).any(|part| part == a);
    let inside = if held(a, b) || held(b, a) { 72 } else { 0 };
    // One letter of two in common is no likeness.
    let few = if common < 2 && inside == 0 { 20 } else { 0 };
    (((2 * share + typed) / 3).max(inside) as u32).saturating_sub(few).min(96)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_and_another_order() {
        for (a, b) in [("使用经费", "经费使用"), ("培训次数", "培训场次"), ("意见建议.办结", "建议意见办结")]
        {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in [("培训场次", "接待场次"), ("建成", "在建"), ("本年", "上年")] {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn candidates_are_few_and_like_the_name() {
        let known = ["来访人数", "培训期数", "经费支出", "办结意见", "巡河次数", "备注"];
        let of = |name: &str| candidates(name, known);
        assert_eq!(of("接待群众"), ["来访人数"]);
        assert_eq!(of("培训场次"), ["培训期数"]);
        assert_eq!(of("使用经费"), ["经费支出"]);
        assert_eq!(of("办结建议"), ["办结意见"]);
        assert!(of("总体目标").is_empty());
        assert_eq!(candidates("接待群众", ["接待选民", "接待居民", "备注"]), ["接待选民", "接待居民"]);
        assert!(candidates("接待场次", ["接待人次", "培训场次"]).is_empty());
    }
}
