//! Several figures in one clause: 分别增长3.3%、6.3%, 两升一降; and one from here to there: 由7家增至16家.

use std::cmp::Ordering;

use super::{MoneyUnit, WordingError, list};
use crate::vocabulary::numeral::han;

/// One of several figures: its name, or none, the way it went in words, and how much.
#[derive(Clone, Debug)]
pub struct Went {
    /// 甲, or nothing.
    pub name: String,
    /// 增长, 下降, 为.
    pub way: String,
    /// 3.3%, or nothing where it stayed.
    pub size: String,
}

/// 分别: 分别增长3.3%、6.3%、3.2%; where they go different ways, each with its name: 甲、乙分别增长3.3%、6.3%，
/// 丙下降2%.
pub fn respectively(items: &[Went], prefix: &str) -> Result<String, WordingError> {
    let mut groups: Vec<(&str, Vec<&Went>)> = Vec::new();
    for item in items {
        match groups.iter_mut().find(|(way, _)| *way == item.way) {
            Some((_, group)) => group.push(item),
            None => groups.push((&item.way, vec![item])),
        }
    }
    let mut said = Vec::new();
    for (way, group) in groups {
        let names: Vec<&str> = group.iter().map(|item| &*item.name).filter(|name| !name.is_empty()).collect();
        let names = if names.is_empty() { String::new() } else { list::join(&names, "")? };
        let sizes: Vec<&str> = group.iter().map(|item| &*item.size).filter(|size| !size.is_empty()).collect();
        let each = if group.len() > 1 && !sizes.is_empty() { "分别" } else { "" };
        let each = if group.len() > 1 && sizes.is_empty() { "均" } else { each };
        said.push(format!("{names}{prefix}{each}{way}{}", sizes.join("、")));
    }
    if said.is_empty() { Err(WordingError::EmptyList) } else { Ok(said.join("，")) }
}

/// 升降: 两升一降, 三项全部增长, 双下降.
pub fn ups_and_downs(ways: &[Ordering]) -> Result<String, WordingError> {
    let count = |way: Ordering| ways.iter().filter(|w| **w == way).count();
    let word = |n: usize| if n == 2 { "两".to_owned() } else { han(n as u64) };
    let (up, down, level) = (count(Ordering::Greater), count(Ordering::Less), count(Ordering::Equal));
    let all = |word_of: &str| match ways.len() {
        0 => Err(WordingError::EmptyList),
        1 => Ok(word_of.to_owned()),
        2 => Ok(format!("双{word_of}")),
        n => Ok(format!("{}项全部{word_of}", word(n))),
    };
    if up == ways.len() {
        return all("增长");
    }
    if down == ways.len() {
        return all("下降");
    }
    let parts = [(up, "升"), (down, "降"), (level, "平")];
    Ok(parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{}{what}", word(*n))).collect())
}

/// 由至: 由7家增至16家, 由2.94万元增加到3.12万元, 由75.1%提高到78.3%, 与上年持平.
pub fn from_to(new: &str, old: &str, way: Ordering, unit: &str, share: bool) -> String {
    let (up, down) = match () {
        () if share => ("提高到", "下降到"),
        () if MoneyUnit::named(unit).is_ok() => ("增加到", "减少到"),
        () => ("增至", "减至"),
    };
    match way {
        Ordering::Equal => "与上年持平".to_owned(),
        Ordering::Greater => format!("由{old}{up}{new}"),
        Ordering::Less => format!("由{old}{down}{new}"),
    }
}
