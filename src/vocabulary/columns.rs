//! What a column is, by its name. Each role has one list; all that reads sheets asks here.

use super::{among, words};

/// What a column of a sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Counts the rows: 序号.
    Serial,
    /// Tells rows apart and is no figure: 代码.
    Code,
    /// Says of which year a row is.
    Year,
    /// Names the rows.
    Name,
    /// Says the unit of a row's numbers.
    Unit,
    /// Words to the reader, no figures.
    Remark,
    /// Names the rows of a sheet with one indicator a row.
    Indicator,
    /// Groups the indicators.
    Category,
    /// The figures, where no year is said.
    Value,
    /// Heads the names of figures in an office's own table, where years stand beside it.
    Task,
}

/// The name of the column that names the rows of a table; the first spelling of [`Role::Name`].
pub const NAME: &str = "名称";
/// The name of the column that says the year; the first spelling of [`Role::Year`].
pub const YEAR: &str = "年份";

/// Spellings of each role, without line breaks and blanks.
const SPELLINGS: &[(Role, &str)] = &[
    (Role::Serial, "序号 编号 行次 行号 项次 顺序号"),
    (Role::Code, "代码 次序"),
    (Role::Year, "年份 年度"),
    (Role::Name, "名称"),
    (Role::Unit, "单位 计量单位 数量单位"),
    (Role::Remark, "备注 说明 填写说明 示例 填写要求 含义"),
    (Role::Indicator, "指标 指标名称 指标项目 字段 字段名"),
    (Role::Category, "类别 类型 板块 领域 方面 部分 一级指标 事项"),
    (Role::Value, "数量 数据 值 数额 完成数 完成情况 实际 实际数 结果"),
    (Role::Task, "工作 任务 事项 内容 项目 科目 名目 目标 要点 措施 举措 数据项 类别 类型 板块 领域 方面"),
];

/// Words by which a column is known that has more in its name: 主要指标, 增减说明.
const ENDINGS: &[(Role, &str)] = &[
    (Role::Indicator, "指标 指标名称"),
    (Role::Category, "类"),
    (Role::Task, "内容 事项 任务 项目 工作 科目 任务名称 工作名称 项目名称 事项名称"),
];
const PARTS: &[(Role, &str)] = &[(Role::Remark, "备注 说明 含义 示例 类型 必填 代码 来源 口径 责任 牵头 联系人 时限")];

/// What the names of a column's rows are names of: 乡镇（街道）, 单位名称, 村（社区）.
const NAMED: &str = "名称 单位 部门 乡镇 镇街 街镇 街道 乡 镇 村居 村 社区 县区 区县 县 市 区 旗 地区 地方 机构 站点 网点 学校 企业 \
                     项目 姓名 镇办 办事处 园区 科室 股室 支部 填报 责任 报送 所属 各 办";
/// Words that head the first column of a table and hardly anything else.
const HEADS: &str = "序号 编号 名称 指标 项目 类别 姓名 单位 部门 字段 年份";
/// Columns that are worked out from others; templates do that themselves.
const COMPUTED: &str = "同比 环比 增幅 增减 增长 增速 比上年 比去年 较上年 较去年 升降 变化 完成率 完成比例 占比 比重";

fn listed(table: &[(Role, &'static str)], role: Role, known: impl Fn(&str) -> bool) -> bool {
    table.iter().filter(|(of, _)| *of == role).any(|(_, list)| words(list).any(&known))
}

/// True for a name that is one of the role's spellings.
pub fn is(role: Role, name: &str) -> bool {
    listed(SPELLINGS, role, |word| word == name)
}

/// True for a name of the role, or one that says it at its end or inside.
pub fn is_like(role: Role, name: &str) -> bool {
    is(role, name)
        || listed(ENDINGS, role, |end| name.ends_with(end)) && !(role == Role::Indicator && is(Role::Category, name))
        || listed(PARTS, role, |part| name.contains(part))
}

/// The spellings of a role, the usual one first.
pub fn spellings(role: Role) -> impl Iterator<Item = &'static str> {
    SPELLINGS.iter().filter(move |(of, _)| *of == role).flat_map(|(_, list)| words(list))
}

/// Columns whose numbers only tell rows apart, or say when: never added up or compared.
pub fn is_no_figure(name: &str) -> bool {
    [Role::Serial, Role::Code, Role::Year].into_iter().any(|role| is(role, name))
}

/// Columns of what may be years, though they are not called so: 时间, 统计年度.
pub fn may_be_years(name: &str) -> bool {
    let of = |word: &str| name.strip_prefix(word).is_some_and(|rest| among("年份 年度 时间 期", rest));
    among("时间 年 年度 报告期 时期", name) || words("统计 数据 所属 填报 报告").any(of)
}

/// Indicators head a sheet of figures by year; 项目 may.
pub fn heads_figures(name: &str) -> bool {
    is_like(Role::Indicator, name) || name == "项目"
}

/// 乡镇（街道）, 单位名称, 镇街: a column that names the rows by another word than 名称.
pub fn names_the_rows(name: &str) -> bool {
    let mut rest: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut any = false;
    while !rest.is_empty() {
        let Some(word) = words(NAMED).find(|word| rest.starts_with(word)) else { return false };
        any |= !among("填报 责任 报送 所属 各", word);
        rest.drain(..word.len());
    }
    any
}

/// Words that head the first column of a table.
pub fn heads_a_table(name: &str) -> bool {
    let named = (name.ends_with("名称") || name.ends_with('名')) && name.chars().count() <= 6;
    named || among(HEADS, name)
}

/// 同比, 增减: worked out from others.
pub fn is_computed(name: &str) -> bool {
    words(COMPUTED).any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_of_names() {
        assert!(is(Role::Serial, "编号") && is_no_figure("年度") && !is_no_figure("经费"));
        assert!(is_like(Role::Indicator, "主要指标") && !is_like(Role::Indicator, "一级指标"));
        assert!(is_like(Role::Category, "工作类") && is_like(Role::Remark, "数据来源"));
        assert!(may_be_years("统计年度") && !may_be_years("年份"));
        assert!(heads_a_table("村名") && !heads_a_table("经费") && !heads_a_table("代码"));
        assert!(is_like(Role::Task, "考核项目") && is_like(Role::Task, "工作内容") && !is_like(Role::Task, "名称"));
        for name in ["乡镇（街道）", "单位名称", "镇街", "县（市、区）", "村（社区）", "填报单位", "各镇"]
        {
            assert!(names_the_rows(name), "{name}");
        }
        for name in ["经费", "各项", "责任", "村级站", "单位性质"] {
            assert!(!names_the_rows(name), "{name}");
        }
        assert_eq!(spellings(Role::Name).next(), Some(NAME));
        assert_eq!(spellings(Role::Year).next(), Some(YEAR));
    }
}
