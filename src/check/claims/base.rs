//! With what a change compares, as its own words say.

use super::claim::{Claim, When};
use super::naming::year;
use super::words::holds;

/// What a change is said to be against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Nothing is said: 增长12.5%.
    Any,
    /// 同比, 比上年
    LastYear,
    /// 环比, 比上半年
    Before,
    /// 比年初
    Start,
    /// 比2020年
    Year(i32),
    /// 比计划, 比全市, 年均: no value of the text before it.
    Other,
}

/// Words between the number before a change and its own.
pub fn base(said: &str) -> Base {
    const OTHER: &str = "其中 年均 年平均 平均每年 每年 逐年 月均 月平均 季均 平均增长 平均增速 高于 快于 低于 慢于 名义 实际增长 \
                         可比 不变价 累计增 比计划 较计划 比目标 较目标 比任务 比预算 比预期 比原计划";
    if holds(said, OTHER) {
        return Base::Other;
    }
    let clause = said.rsplit(['，', '；', '。', '：']).next().unwrap_or_default();
    let of = clause.rfind(['比', '较', '与', '同']).map_or("", |at| &clause[at..]);
    if holds(said, "环比 比上月 较上月 比上季度 较上季度 比上半年 较上半年 比一季度 较一季度 比二季度 比三季度 比上期")
    {
        return Base::Before;
    }
    if holds(of, "年初 年末 上年末 上年底 去年末 去年底") {
        return if of.contains(['上', '去']) { Base::LastYear } else { Base::Start };
    }
    if clause.contains("拉动") && clause.contains("增长") {
        return Base::Other;
    }
    if holds(said, "同比 上年 去年 同期 上届 上一届 上学年 上学期 上轮 上次 上期") {
        return Base::LastYear;
    }
    if let Some(year) = year(of) {
        return Base::Year(year);
    }
    // 比对照田, 较全市平均: another thing.
    let thing =
        of.starts_with(['比', '较']) && of.chars().count() >= 4 && !of.starts_with("比例") && !of.starts_with("比重");
    let time = holds(of, "前 原来 过去 以往 之初 启动时 建设时 年 月 季 期 相比 比较");
    if thing
        && !time
        && holds(of, "平均 全市 全省 全国 全县 全区 对照 城区 城镇 周边 其他 一般 普通 传统 常规 市级 省级 同类")
    {
        return Base::Other;
    }
    Base::Any
}

impl Base {
    /// Whether an earlier value can be what is meant.
    pub fn fits(self, old: &Claim) -> bool {
        match (self, old.when) {
            (Base::Other, _) | (Base::LastYear, When::Part(31 | 32)) => false,
            (Base::Year(said), When::Year(own)) => said == own,
            (Base::Start, When::Part(31) | When::Unsaid) => true,
            (Base::Start, _) => false,
            _ => true,
        }
    }
}
