//! What rows are called that are no records: 合计, 小计, 平均.

/// What a row of totals is called.
pub fn is_total(label: &str) -> bool {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let label = label.trim_end_matches(['：', ':']);
    // 合计（个）
    let label = label.split_once(['（', '(']).map_or(label, |(before, _)| before);
    let short = label.chars().count() <= 6;
    is_total_word(label) || short && ["合计", "总计", "小计", "合计数", "总计数"].iter().any(|w| label.ends_with(w))
}

/// 汇总, 镇 汇总 as spreadsheets name subtotals; 总数, 计. Other things are called so as well:
/// only a row with a number is meant.
pub fn is_loose_total(label: &str) -> bool {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let label = label.trim_end_matches(['：', ':']);
    label.chars().count() <= 6 && label.ends_with("汇总") || matches!(label, "计" | "总数" | "总量")
}

/// The word alone.
pub fn is_total_word(label: &str) -> bool {
    matches!(label, "合计" | "总计" | "小计" | "共计" | "累计" | "总和" | "合计数" | "总计数")
}

/// 平均, 均值: a row of means is no record either; nothing is compared with it.
pub fn is_mean(label: &str) -> bool {
    matches!(label, "平均" | "平均值" | "平均数" | "均值" | "平均水平")
}
