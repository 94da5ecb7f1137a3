//! Words for what reports: a town, an office, a school.

use super::words;

/// What a table of units is called after.
const TABLES: &str = "乡镇 镇街 街道 单位 部门 社区 村 县 区 市 州 省 科室 股室 学校 医院 企业 公司 机构 支部 站所";

/// How names of units end.
const ENDINGS: &str = "镇 乡 街道 社区 村 县 区 市 州 省 局 委 办 处 科 股 所 站 队 校 学 院 园 厂 公司 支部";

/// Whether the rows of a table are units, by its name and the example of a row's name; `None` where
/// neither says so and there is no example.
pub fn are_units(table: &str, example: Option<&str>) -> Option<bool> {
    if words(TABLES).any(|word| table.contains(word)) {
        return Some(true);
    }
    example.map(|example| words(ENDINGS).any(|ending| example.ends_with(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_units_and_of_indicators() {
        assert_eq!(are_units("乡镇", None), Some(true));
        assert_eq!(are_units("各校情况", Some("城东小学")), Some(true));
        assert_eq!(are_units("主要指标", Some("规模以上工业产值")), Some(false));
        assert_eq!(are_units("情况", None), None);
    }
}
