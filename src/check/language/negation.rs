//! W-04 as well: negations that say the contrary of what is meant.

use super::super::line::{Hit, Line, at, starts};
use super::collocation::new;

/// Words against what is bad.
const AGAINST: [&str; 18] = [
    "防止", "避免", "杜绝", "严防", "谨防", "防范", "阻止", "制止", "严禁", "禁止", "以免", "免得", "以防", "遏制",
    "不准", "不许", "切忌", "力戒",
];
/// What is bad: 不 before it makes it good.
const BAD: &str = "再发生 发生 出现 受潮 霉变 受损 受伤 丢失 遗漏 反弹 泄漏 泄露 污染 中断 停水 停电 积水 漏 外流 返贫 滑坡 坍塌 起火 着火 溺水 下水 \
                   私自 擅自 随意 乱 非法 违规 违法 被盗 被骗 上当 受骗 迟到 缺席 超标 超载 酒驾 损坏 浪费 流失 延误 拖延 拥堵 踩踏 伤亡 误 \
                   再次 重复 回潮 死灰复燃 滥 扩散 蔓延 传播 感染 传染 腐败 侵占 挪用 截留 虚报 瞒报 漏报 错报 弄虚作假 走过场 流于形式 \
                   搞形式 倾倒 偷 焚烧 抛荒 撂荒 再现 重演 再有 再犯 堵塞 断流 脱落 爆炸 中毒 变质 腐烂 倒塌 冒领 失控 冲突 激化";
/// Negations with one too many.
const TWICE: [&str; 43] = [
    "切勿不要",
    "切忌不要",
    "切莫不要",
    "请勿不要",
    "不得拒绝不",
    "不能拒绝不",
    "不准不要",
    "严禁不得",
    "严禁不准",
    "严禁不许",
    "禁止不得",
    "禁止不准",
    "不许不要",
    "不得不准",
    "切勿别",
    "切忌别",
    "切忌勿",
    "切忌不能",
    "切忌不可",
    "难免不",
    "忘记不要",
    "缺乏不足",
    "缺少不足",
    "缺乏缺少",
    "不无不",
    "未免不",
    "无不不",
    "否认不",
    "拒绝不肯",
    "拒不拒绝",
    "拒绝不接",
    "停止不再",
    "戒掉不",
    "忘了不要忘记",
    "尚未没有",
    "从未没有",
    "并未没有",
    "毫无没有",
    "没有无",
    "不乏缺乏",
    "禁止严禁",
    "除非不然",
    "非但不仅",
];

/// 严防学生不私自下水; 切勿不要轻信
pub fn negations(l: &Line, hits: &mut Vec<Hit>) {
    for (start, end, _) in l.find(&AGAINST) {
        let stop = l.open[end..]
            .iter()
            .take(22)
            .position(|c| "，。；：！？\n".contains(*c))
            .map_or(l.open.len().min(end + 22), |p| end + p);
        for i in end..stop {
            if l.open[i] != '不' {
                continue;
            }
            let next = i
                + 1
                + ["再", "会", "得", "要", "能", "被", "受"]
                    .iter()
                    .find(|w| starts(&l.open, i + 1, w))
                    .map_or(0, |w| w.chars().count());
            let bad = BAD.split_whitespace().any(|word| starts(&l.open, next, word) || starts(&l.open, i + 1, word));
            // 避免不必要的, 防止不发生作用
            if bad && new(hits, i, i + 1) {
                let word = l.text(start, end);
                l.hit(hits, (i, next), &format!("“{word}……{{}}……”意思说反了"), "删去“{}”");
                break;
            }
        }
    }
    once_too_often(l, hits);
}

/// 切勿不要轻信; 无时无刻 without 不
fn once_too_often(l: &Line, hits: &mut Vec<Hit>) {
    for (start, end, _) in l.find(&TWICE) {
        let right = matches!(at(&l.open, end), '仅' | '但' | '会' | '同')
            && l.text(start, end).ends_with('不')
            && l.text(start, end) != "不得拒绝不";
        if !right && new(hits, start, end) {
            l.hit(hits, (start, end), "“{}”否定多了一层，或者重复", "删去其中一个否定词");
        }
    }
    for (start, end, _) in l.find(&["无时无刻"]) {
        let next = l.text(end, end + 6);
        if !next.contains('不') && !next.contains("没有") && new(hits, start, end) {
            l.hit(hits, (start, end), "“{}”后面少了“不”", "改为“无时无刻不……”或“时时刻刻……”");
        }
    }
    denied(l, hits);
}

/// 谁也不能否认，水源地的保护不是一件大事
fn denied(l: &Line, hits: &mut Vec<Hit>) {
    const GOOD: [&str; 20] = [
        "大事",
        "重要",
        "必要",
        "关键",
        "根本",
        "意义",
        "功劳",
        "成绩",
        "进步",
        "辛勤",
        "干出来",
        "基础",
        "保证",
        "作用",
        "贡献",
        "好事",
        "实事",
        "正确",
        "努力",
        "依靠",
    ];
    for (start, end, _) in l.find(&["否认", "怀疑"]) {
        let before = l.text(start.saturating_sub(5), start);
        if !["不", "无", "能", "难以", "谁"].iter().any(|w| before.contains(w)) {
            continue;
        }
        let stop = l.open[end..]
            .iter()
            .take(44)
            .position(|c| "。；！？\n".contains(*c))
            .map_or(l.open.len().min(end + 44), |p| end + p);
        let no = (end..stop)
            .find(|i| ["不是", "不在于", "没有", "并非", "不重要", "不必要"].iter().any(|w| starts(&l.open, *i, w)));
        let Some(no) = no else { continue };
        let rest = l.text(no + 2, stop);
        if GOOD.iter().any(|word| rest.contains(word)) && new(hits, no, no + 2) {
            l.hit(hits, (no, no + 2), "“否认……{}……”意思说反了", "删去“不”，或改为肯定的说法");
        }
    }
}
