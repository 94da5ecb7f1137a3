//! Words of change, and what they are compared with.

/// Words before a verb of change that say with what it is compared, the longest first.
const LEADS: &str = "与上年同期相比 与去年同期相比 比上年同期 较上年同期 比去年同期 较去年同期 与上年相比 与去年相比 较上年度 比上年度 同比 比上年 较上年 比去年 较去年 按可比价格";
/// Up, down; what is measured so: % of amounts, points of shares, amounts.
const PAIRS: &[(&str, &str)] = &[
    ("增长", "下降"),
    ("增加", "减少"),
    ("提高", "下降"),
    ("上升", "下降"),
    ("提升", "下降"),
    ("增长", "减少"),
    ("提高", "降低"),
    ("增加", "下降"),
    ("上升", "回落"),
    ("提高", "回落"),
    ("上涨", "下跌"),
    ("扩大", "缩小"),
    ("扩大", "收窄"),
    ("加快", "放缓"),
    ("增收", "减收"),
    ("净增加", "净减少"),
    ("净增", "净减"),
    ("增", "降"),
    ("增", "减"),
    ("升", "降"),
    ("多", "少"),
    ("多出", "少出"),
];
/// Verbs between two values: 由32场增至36场; and whether they rise.
pub const REACHED: &[(&str, bool)] = &[
    ("增至", true),
    ("增加到", true),
    ("增加至", true),
    ("增长到", true),
    ("提高到", true),
    ("提高至", true),
    ("提升到", true),
    ("提升至", true),
    ("上升到", true),
    ("上升至", true),
    ("升至", true),
    ("扩大到", true),
    ("减至", false),
    ("减少到", false),
    ("减少至", false),
    ("下降到", false),
    ("下降至", false),
    ("降至", false),
    ("降低到", false),
    ("回落到", false),
    ("缩小到", false),
];
/// What may stand between the verb and the number.
const FILL: &str = "了 约 近";

/// A verb of change with what stands before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// With what it is compared: 同比, 较上年; empty where nothing is said.
    pub lead: String,
    pub verb: &'static str,
    pub up: bool,
    /// 了 between verb and number.
    pub fill: String,
}

impl Change {
    /// Read backwards from a number; also the bytes that it takes.
    pub fn before(text: &str) -> Option<Change> {
        let fill = FILL.split(' ').find(|word| text.ends_with(word)).unwrap_or("");
        let rest = &text[..text.len() - fill.len()];
        let verbs = PAIRS.iter().flat_map(|(up, down)| [(*up, true), (*down, false)]);
        let (verb, up) = verbs.filter(|(verb, _)| rest.ends_with(verb)).max_by_key(|(verb, _)| verb.len())?;
        let rest = &rest[..rest.len() - verb.len()];
        let lead = LEADS.split(' ').find(|lead| rest.ends_with(lead)).unwrap_or("");
        // 多, 增 alone are verbs only behind what is compared.
        // 年均增长 is another rate.
        if rest.ends_with("年均") || rest.ends_with("平均") || rest.ends_with("月均") {
            return None;
        }
        if verb.chars().count() == 1 && lead.is_empty() {
            return None;
        }
        Some(Change { lead: lead.to_owned(), verb, up, fill: fill.to_owned() })
    }

    pub fn len(&self) -> usize {
        self.lead.len() + self.verb.len() + self.fill.len()
    }

    /// The verb for a rise and the one for a fall, by what is measured.
    pub fn pair(&self, of: &str) -> (&'static str, &'static str) {
        let usual = match of {
            "%" => ("增长", "下降"),
            "个百分点" => ("提高", "下降"),
            _ => ("增加", "减少"),
        };
        let fits =
            |pair: &&(&'static str, &'static str)| if self.up { pair.0 == self.verb } else { pair.1 == self.verb };
        if self.verb == if self.up { usual.0 } else { usual.1 } {
            return usual;
        }
        PAIRS.iter().find(fits).copied().unwrap_or(usual)
    }
}

/// A comparison that found no change: 与上年持平, at the beginning of a text; its bytes and its lead.
pub fn level(text: &str) -> Option<(usize, &'static str)> {
    const LEVEL: [(&str, &str); 6] = [
        ("与上年同期持平", "较上年同期"),
        ("与去年同期持平", "较去年同期"),
        ("与上年持平", "同比"),
        ("与去年持平", "较去年"),
        ("同比持平", "同比"),
        ("和上年持平", "同比"),
    ];
    LEVEL.iter().find(|(words, _)| text.starts_with(words)).map(|(words, lead)| (words.len(), *lead))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read_backwards() {
        let change = Change::before("接待群众同比增长").unwrap();
        assert_eq!((change.lead.as_str(), change.verb, change.up), ("同比", "增长", true));
        assert_eq!(Change::before("较上年同期减少了").unwrap().fill, "了");
        assert_eq!(Change::before("比去年多").unwrap().pair("场"), ("多", "少"));
        assert_eq!(Change::before("年末有"), None);
        assert_eq!(Change::before("新增"), None);
        assert_eq!(Change::before("同比下降").unwrap().pair("个百分点"), ("提高", "下降"));
        assert_eq!(level("与上年持平，").map(|(_, lead)| lead), Some("同比"));
    }
}
