//! Keys of 报告信息.

/// Keys whose value may be several names.
const LISTS: &[&str] = &["签发人", "发文机关", "抄送", "主送", "报", "送", "发", "按语"];

/// Spellings of one key that all mean the same.
const ALIASES: &[(&str, &str)] = &[
    ("报告标题", "标题"),
    ("汇报标题", "标题"),
    ("题目", "标题"),
    ("成文时间", "成文日期"),
    ("落款日期", "成文日期"),
    ("落款时间", "成文日期"),
    ("报告日期", "成文日期"),
    ("报告时间", "成文日期"),
    ("汇报日期", "成文日期"),
    ("汇报时间", "成文日期"),
    ("主送机关", "主送"),
    ("抄送机关", "抄送"),
    ("报告单位", "单位"),
    ("汇报单位", "单位"),
    ("落款单位", "单位"),
    ("发文单位", "单位"),
    ("署名", "单位"),
    ("主送单位", "主送"),
    ("年度", "年份"),
    ("报告年份", "年份"),
    ("报告年度", "年份"),
    ("报告模板", "模板"),
    ("模版", "模板"),
];

/// The key's one name.
pub fn canonical(key: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == key).map_or(key, |(_, name)| name)
}

/// True for the keys that nearly every report has.
pub fn is_usual(key: &str) -> bool {
    matches!(canonical(key), "标题" | "单位" | "年份" | "成文日期" | "主送" | "模板")
}

/// True when the key may be given several times.
pub fn may_repeat(key: &str) -> bool {
    LISTS.contains(&key)
}
