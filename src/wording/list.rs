//! Lists in a sentence: 顿号, 列举, 一是…二是….

use super::{Operand, WordingError};
use crate::vocabulary::numeral::{counts_items, han};

/// 顿号: 甲、乙、丙; with `last` 和: 甲、乙和丙. Names in 《》 or “” take no 、 between them
/// (GB/T 15834 4.5.3.5).
pub fn join<S: AsRef<str>>(items: &[S], last: &str) -> Result<String, WordingError> {
    let items = filled(items)?;
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            let quoted = text.ends_with(['》', '”']) && item.starts_with(['《', '“']);
            if index + 1 == items.len() && !last.is_empty() {
                text.push_str(last);
            } else if !quoted {
                text.push('、');
            }
        }
        text.push_str(item);
    }
    Ok(text)
}

/// 列举: the first `most` names and how many there are: 云溪、石桥、柳湾等6个镇; where all are
/// named, without 等: 云溪、石桥2个镇; a single one by its full name: 云溪镇. `measure` is the
/// measure word with its noun (个镇); the noun is left off names that all end with it. Names of
/// several kinds (个镇（街道）) need no count behind them where all are named.
pub fn enumerate<S: AsRef<str>>(items: &[S], most: usize, measure: &str) -> Result<String, WordingError> {
    let items = filled(items)?;
    let noun = noun_of(measure);
    if let [only] = items.as_slice() {
        // 云溪镇 is one of the 乡镇, and what stands in 《》 says what it is.
        let bare =
            noun.is_empty() || only.ends_with(['》', '”']) || only.chars().last().is_some_and(|c| noun.contains(c));
        return Ok(if bare { (*only).to_owned() } else { format!("{only}{noun}") });
    }
    let short = |name: &'_ str| name.strip_suffix(noun).filter(|rest| rest.chars().count() >= 2).map(str::to_owned);
    let shorts: Option<Vec<String>> =
        if noun.is_empty() { None } else { items.iter().map(|name| short(name)).collect() };
    let names = shorts.unwrap_or_else(|| items.iter().map(|&name| name.to_owned()).collect());
    let count = names.len();
    if most == 0 {
        return Ok(format!("{count}{measure}"));
    }
    let named = join(&names[..count.min(most)], "")?;
    // 云溪镇、城关街道 say themselves what they are; a count behind them would only stumble.
    let say_themselves = |name: &String| name.chars().last().is_some_and(|c| noun.contains(c));
    if count <= most && noun.chars().count() > 1 && names.iter().all(say_themselves) {
        return Ok(named);
    }
    Ok(format!("{named}{}{count}{measure}", if count > most { "等" } else { "" }))
}

/// The noun behind a measure word: 个镇 → 镇. A bare measure word (个, 家) has none.
fn noun_of(measure: &str) -> &str {
    const MEASURES: [char; 12] = ['个', '名', '位', '家', '所', '处', '座', '项', '条', '件', '户', '支'];
    measure.strip_prefix(MEASURES).unwrap_or("")
}

/// 一是: 一是甲；二是乙；三是丙。 Marks that items end with are dropped; where an item holds
/// a 。 inside, all are closed by 。 (GB/T 15834 A.5). A single item stands alone, without 一是.
pub fn firstly<S: AsRef<str>>(items: &[S]) -> Result<String, WordingError> {
    let items: Vec<&str> = filled(items)?.into_iter().map(bare).collect();
    if let Some(index) = items.iter().position(|item| item.is_empty()) {
        return Err(WordingError::Missing(Operand::Item(index)));
    }
    if let [only] = items.as_slice() {
        return Ok(if ends_itself(only) { (*only).to_owned() } else { format!("{only}。") });
    }
    let close = if items.iter().any(|item| item.contains('。')) { '。' } else { '；' };
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        text.push_str(&han(index as u64 + 1));
        text.push('是');
        text.push_str(item);
        if !ends_itself(item) {
            text.push(if index + 1 == items.len() { '。' } else { close });
        }
    }
    Ok(text)
}

/// An item without 一是 before it and the mark behind it.
fn bare(item: &str) -> &str {
    let body = item.trim_start_matches(counts_items);
    let body = if body.len() < item.len() { body.strip_prefix('是').unwrap_or(item) } else { item };
    body.trim_end_matches(['。', '；', '，', '、', '：', ';', ',', '.', ':']).trim()
}

fn ends_itself(item: &str) -> bool {
    item.ends_with(['！', '？', '…'])
}

/// The items, trimmed; at least one, and none of them blank.
fn filled<S: AsRef<str>>(items: &[S]) -> Result<Vec<&str>, WordingError> {
    if items.is_empty() {
        return Err(WordingError::EmptyList);
    }
    let items: Vec<&str> = items.iter().map(|item| item.as_ref().trim()).collect();
    match items.iter().position(|item| item.is_empty()) {
        Some(index) => Err(WordingError::Missing(Operand::Item(index))),
        None => Ok(items),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn joined_by_marks() {
        assert_eq!(join(&["甲", "乙", "丙"], "").unwrap(), "甲、乙、丙");
        assert_eq!(join(&["甲", "乙", "丙"], "和").unwrap(), "甲、乙和丙");
        assert_eq!(join(&["甲", "乙"], "和").unwrap(), "甲和乙");
        assert_eq!(join(&[" 甲 "], "和").unwrap(), "甲");
        assert_eq!(join(&["《条例》", "《办法》", "章程"], "").unwrap(), "《条例》《办法》、章程");
        assert_eq!(join::<&str>(&[], ""), Err(WordingError::EmptyList));
        assert_eq!(join(&["甲", " "], ""), Err(WordingError::Missing(Operand::Item(1))));
    }

    #[test]
    fn groups_of_names() {
        let towns = ["云溪镇", "石桥镇", "柳湾镇", "白塔镇", "青峰镇", "长河镇"];
        assert_eq!(enumerate(&towns, 3, "个镇").unwrap(), "云溪、石桥、柳湾等6个镇");
        assert_eq!(enumerate(&towns[..3], 3, "个镇").unwrap(), "云溪、石桥、柳湾3个镇");
        assert_eq!(enumerate(&towns[..1], 3, "个镇").unwrap(), "云溪镇");
        assert_eq!(enumerate(&["云溪"], 3, "个镇").unwrap(), "云溪镇");
        assert_eq!(enumerate(&towns, 0, "个镇").unwrap(), "6个镇");
        assert_eq!(
            enumerate(&["云溪镇", "石桥镇", "城关街道"], 2, "个镇（街道）").unwrap(),
            "云溪镇、石桥镇等3个镇（街道）"
        );
        assert_eq!(enumerate(&["云溪镇", "城关街道"], 2, "个镇（街道）").unwrap(), "云溪镇、城关街道");
        assert_eq!(enumerate(&["城关街道"], 2, "个镇（街道）").unwrap(), "城关街道");
        assert_eq!(enumerate(&["云溪镇", "石桥镇"], 1, "个").unwrap(), "云溪镇等2个");
        assert_eq!(enumerate(&["云溪镇"], 1, "个乡镇").unwrap(), "云溪镇");
        assert_eq!(enumerate(&["《接待制度》"], 1, "项制度").unwrap(), "《接待制度》");
        assert_eq!(enumerate(&["《甲》", "《乙》"], 5, "项制度").unwrap(), "《甲》《乙》2项制度");
        assert_eq!(enumerate::<&str>(&[], 3, "个镇"), Err(WordingError::EmptyList));
    }

    #[test]
    fn firstly_secondly() {
        assert_eq!(firstly(&["甲", "乙。", "丙；"]).unwrap(), "一是甲；二是乙；三是丙。");
        assert_eq!(firstly(&["健全制度。建立台账。", "抓培训"]).unwrap(), "一是健全制度。建立台账。二是抓培训。");
        assert_eq!(firstly(&["一是甲；", "二是乙。"]).unwrap(), "一是甲；二是乙。");
        assert_eq!(firstly(&["甲。"]).unwrap(), "甲。");
        assert_eq!(firstly(&["三级联动", "一体推进"]).unwrap(), "一是三级联动；二是一体推进。");
        let many: Vec<String> = (0..11).map(|i| format!("项{i}")).collect();
        assert!(firstly(&many).unwrap().ends_with("；十一是项10。"));
        assert_eq!(firstly(&["甲", "。"]), Err(WordingError::Missing(Operand::Item(1))));
    }

    proptest! {
        #[test]
        fn no_doubled_marks(items in prop::collection::vec("[甲乙丙一是]{0,3}[。；，]{0,2}", 0..5)) {
            if let Ok(text) = firstly(&items) {
                prop_assert!(!text.contains("。；") && !text.contains("；；") && !text.ends_with("。。"));
                prop_assert!(text.ends_with('。'));
            }
            let _ = join(&items, "和");
            let _ = enumerate(&items, 2, "个镇");
        }
    }
}
