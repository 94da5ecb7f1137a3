//! W-06, W-07: words that are taken for each other, by what stands around them; verbs without what they are done to.

use std::sync::LazyLock;

use super::super::line::{Hit, Line, starts};
use super::frames::frames;
use super::pattern::Pattern;
use super::usage::usage;

/// One line of confusions.txt.
pub struct Confusion {
    pattern: Pattern,
    /// What it should be; empty: nothing.
    pub right: &'static str,
    /// An example each way.
    pub bad: &'static str,
    pub good: &'static str,
}

/// confusions.txt: 写法, 改为, 错例, 正例, parted by tabs.
pub static CONFUSIONS: LazyLock<Vec<Confusion>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut fields = line.split('\t');
        let (pattern, right) = (Pattern::read(fields.next()?), fields.next()?);
        Some(Confusion { pattern, right, bad: fields.next()?, good: fields.next()? })
    };
    include_str!("confusions.txt").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// lacking.txt: a verb, and the words of which one must follow.
static LACKING: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (verb, words) = line.split_once('\t')?;
        Some((verb, words.split(' ').collect()))
    };
    include_str!("lacking.txt").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// W-06
pub fn confused(l: &Line, hits: &mut Vec<Hit>) {
    only_in_some(l, hits);
    for entry in CONFUSIONS.iter().filter(|entry| l.may_hold(&entry.pattern.key)) {
        let mut last = 0;
        for start in 0..l.open.len() {
            let Some((from, to)) = entry.pattern.at(&l.open, start).filter(|(from, _)| *from >= last) else { continue };
            last = to;
            let told = "“{}”（{…}）像是用错了词";
            let help = match entry.right {
                "" => "删去“{}”".to_owned(),
                right => format!("是不是“{right}”？"),
            };
            l.hit(hits, (from, to), told, &help);
        }
    }
    usage(l, hits);
}

/// W-06 as well: what is right only in a few words. 帐, 纪录, 必需.
pub fn only_in_some(l: &Line, hits: &mut Vec<Hit>) {
    const TENTS: &str = "帐篷 蚊帐 营帐 帐幕 纱帐 帐子 军帐 帐前 床帐 帐外 帐中";
    /// In wrong-words.txt.
    const LISTED: &str = "帐户 帐目 帐款 帐本 帐单 帐簿 台帐 坏帐 记帐 报帐 结帐 对帐";
    const HIGHEST: &str = "打破 刷新 创 世界 历史 最高 最低 最好 校 省 全国 亚洲 吉尼斯 突破 保持 片 佳 破 新";
    let around = |i: usize, back: usize, on: usize| l.text(i.saturating_sub(back), i + on);
    for (i, end, word) in l.find(&["帐", "纪录", "必需"]) {
        let (fine, right) = match word {
            "帐" => {
                // 帐房沟村 is a name.
                let name: String = l.text(end, end + 3);
                let place = name.contains(['村', '沟', '镇', '乡', '庄', '屯', '寨', '坪', '岭', '坝', '湾']);
                (place || TENTS.split(' ').chain(LISTED.split(' ')).any(|word| around(i, 1, 2).contains(word)), "账")
            }
            "纪录" => (HIGHEST.split(' ').any(|word| around(i, 14, 5).contains(word)), "记录"),
            _ => {
                let next = l.text(end, end + 2);
                let noun = ["品", "的", "物资", "设备", "药品", "消费", "经费", "资金", "岗位", "条件", "之", "且"];
                let closed = next.is_empty() || next.starts_with(['、', '，', '。', '；', '）', '”']);
                let before = around(i, 1, 0);
                (
                    closed
                        || noun.iter().any(|n| next.starts_with(n))
                        || before.ends_with(['所', '非', '活', '产', '为']),
                    "必须",
                )
            }
        };
        if !fine {
            l.hit(hits, (i, end), "“{}”（{…}）像是用错了词", &format!("是不是“{right}”？"));
        }
    }
}

/// W-07: 发挥战斗堡垒，
pub fn lacking(l: &Line, hits: &mut Vec<Hit>) {
    frames(l, hits);
    for (verb, objects) in LACKING.iter().filter(|(verb, _)| l.prose() && l.may_hold(verb)) {
        for (i, end, _) in l.find(&[*verb]) {
            // Up to the end of the sentence, or to a comma behind which another verb begins.
            let stop = l.open[end..].iter().position(|c| "。；！？：\n".contains(*c)).map_or(l.open.len(), |p| end + p);
            let clause = l.open[end..stop].iter().position(|c| *c == '，').map_or(stop, |p| end + p);
            let end = end + usize::from(matches!(super::super::line::at(&l.open, end), '了' | '着' | '过'));
            let rest = l.text(end.min(clause), clause);
            let length = rest.chars().count();
            let own = l.open[end.min(clause)..clause].iter().all(|c| super::super::line::han(*c) || *c == '、');
            // 作用发挥不够 says it before the verb.
            let before = l.text(i.saturating_sub(3), i);
            let said = objects.iter().any(|object| before.ends_with(object))
                || rest.starts_with(['较', '更', '很'])
                || rest.starts_with('不') && length <= 4;
            let closed = said || before.ends_with('所') || rest.starts_with(['的', '出', '于', '得']);
            let whole = rest.contains(['“', '《']) || objects.iter().any(|object| rest.contains(object));
            let known = hits.iter().any(|hit| hit.start < clause && i < hit.end);
            if (2..=24).contains(&length) && own && !closed && !whole && !known {
                let help = format!("补上宾语，例如“{verb}……{}”", objects[0]);
                l.hit(hits, (i, clause), "“{}”像是没有说完", &help);
            }
        }
    }
}

/// Words that are a verb and a noun: the second may be what the first is done to.
const BOTH: &str = "代表 领导 组织 监督 管理 规划 计划 保障 服务 建设 教育 培训 工作 学习 研究 商量 讨论 考虑 了解 报告 决定 指导 要求 \
                    统计 编辑 翻译 指挥 调度 会计 审计 检察 检查 介绍 总结 说明 建议 调查 试验 实验 评价 设计 意见 非常 很多 好多 许多 常常 渐渐 等等 琢磨 干部 想想 看看 走走 谈谈 试试 商议 合计 掂量 比划 打听 收拾 打扮 核实 了解 沟通 交流";

/// W-02 as well: 加强加强.
pub fn twice(l: &Line, hits: &mut Vec<Hit>) {
    for (i, four) in l.open.windows(4).enumerate() {
        let word = four[0] == four[2] && four[1] == four[3] && four[0] != four[1];
        let plain = four.iter().all(|c| super::super::line::han(*c)) && four[0] != '一' && four[0] != '逐';
        if !word || !plain {
            continue;
        }
        let text: String = four[..2].iter().collect();
        if !BOTH.split_ascii_whitespace().any(|both| both == text) {
            l.hit(hits, (i, i + 4), "“{}”像是多打了字（{…}）", "删去重复的词");
        }
    }
}

/// W-02 as well: 由由, 县人民政府县人民政府.
pub fn repeated(l: &Line, hits: &mut Vec<Hit>) {
    const ONCE: &str = "要前由在这凡把被使让向或都也就又已并但其该";
    for (i, two) in l.open.windows(2).enumerate() {
        // 这这 within 这这那那, 在在 within 实在在 go on otherwise.
        let apart =
            super::super::line::before(&l.open, i) != two[0] && super::super::line::at(&l.open, i + 2) != two[0];
        let word =
            ["实在在", "自由由", "存在在", "所在在", "现在在"].iter().any(|w| starts(&l.open, i.saturating_sub(1), w));
        // 在在建项目中: the second begins another word.
        let begun = two[0] == '在'
            && super::super::line::at(&l.open, i + 2) != '\0'
            && "建册校职编岗场线库途押逃读".contains(super::super::line::at(&l.open, i + 2));
        if two[0] == two[1] && ONCE.contains(two[0]) && apart && !word && !begun {
            l.hit(hits, (i, i + 2), "“{}”像是多打了字（{…}）", "删去多余的字");
        }
    }
    for width in (3..=10).rev() {
        let mut i = 0;
        while i + 2 * width <= l.open.len() {
            let (first, second) = (&l.open[i..i + width], &l.open[i + width..i + 2 * width]);
            let plain = first == second && first[0] != '一' && first.iter().all(|c| super::super::line::han(*c));
            if plain
                && first.iter().any(|c| *c != first[0])
                && hits.iter().all(|hit| hit.end <= i || hit.start >= i + width)
            {
                l.hit(hits, (i, i + 2 * width), "“{}”像是多打了字", "删去重复的词");
                i += 2 * width;
            } else {
                i += 1;
            }
        }
    }
}

/// W-03 as well: 扎扎实实的推进.
pub fn doubled_adverb(l: &Line, hits: &mut Vec<Hit>) {
    const VERBS: &str = "推进 推动 开展 完成 做好 履行 加强 促进 组织 贯彻 执行 落实 解决 听取 办理 接待 走访 抓好 抓 干 做 学 办 建设 实施 排查";
    for (i, six) in l.open.windows(6).enumerate() {
        let pairs = six[0] == six[1] && six[2] == six[3] && six[4] == '的' && six[0] != six[2];
        if !pairs || !six[..4].iter().all(|c| super::super::line::han(*c)) {
            continue;
        }
        if VERBS.split_ascii_whitespace().any(|verb| starts(&l.open, i + 5, verb)) {
            l.hit(hits, (i, i + 5), "“{}”里的“的”应为“地”", "修饰动词用“地”");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Passage, PassageKind};

    fn found(entry: &Confusion, text: &str) -> bool {
        let passage = Passage::typed(PassageKind::Body, text);
        let line = Line::new(&passage);
        (0..line.open.len()).any(|i| entry.pattern.at(&line.open, i).is_some())
    }

    #[test]
    fn each_confusion_finds_its_bad_example_and_passes_its_good_one() {
        let wrong = |entry: &&Confusion| !found(entry, entry.bad) || found(entry, entry.good);
        let wrong: Vec<_> =
            CONFUSIONS.iter().filter(wrong).map(|e| (e.bad, found(e, e.bad), e.good, found(e, e.good))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(CONFUSIONS.len() > 60);
    }
}
