//! Wrong characters: a list, and a few that only the words around them tell.

use std::sync::LazyLock;

use super::super::line::{Hit, Line, at, before, han, starts};
use super::collocation::ill_matched;
use super::confused::{doubled_adverb, repeated, twice};
use super::negation::negations;
use super::particles::particles;

/// A wrong word, what it should be, and words in which it is right.
struct Slip {
    word: &'static str,
    wrong: Vec<char>,
    right: &'static str,
    but: Vec<Vec<char>>,
}

/// wrong-words.txt: 错 对 -例外 …, one a line.
static LIST: LazyLock<Vec<Slip>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let mut parts = line.split(' ');
        let (word, right) = (parts.next()?, parts.next()?);
        let wrong = word.chars().collect();
        let but = parts.filter_map(|p| p.strip_prefix('-')).map(|p| p.chars().collect()).collect();
        Some(Slip { word, wrong, right, but })
    };
    include_str!("wrong-words.txt").lines().filter(|l| !l.starts_with('#')).filter_map(line).collect()
});

/// W-01
pub fn wrong_words(l: &Line, hits: &mut Vec<Hit>) {
    for entry in LIST.iter().filter(|e| l.may_hold(e.word)) {
        let length = entry.wrong.len();
        for (i, window) in l.raw.windows(length).enumerate() {
            if window == entry.wrong && !entry.but.iter().any(|but| within(l.raw, i, length, but)) {
                l.hit(hits, (i, i + length), "“{}”像是写错了字", &format!("是不是“{}”？", entry.right));
            }
        }
    }
    look_alikes(l, hits);
}

/// Whether the word stands inside a longer one that is right.
fn within(s: &[char], start: usize, length: usize, longer: &[char]) -> bool {
    let first = start.saturating_sub(longer.len().saturating_sub(length));
    (first..=start).any(|at| at + longer.len() >= start + length && s[at..].starts_with(longer))
}

/// 己, 已 and 巳 by what stands beside them.
fn look_alikes(l: &Line, hits: &mut Vec<Hit>) {
    for (i, c) in l.raw.iter().enumerate() {
        let (prev, next) = (before(l.raw, i), at(l.raw, i + 1));
        let right = match c {
            '巳' => (next != '时' && !"乙丁己辛癸".contains(prev)).then_some("已"),
            '己' if prev == '自' || !han(next) => None,
            // 知己, 利己, 克己, 舍己, 异己, 己见 …; 己 is no adverb.
            '己' => {
                let verb = [
                    "经", "建", "完", "办", "整改", "落实", "开展", "投入", "启动", "全部", "于", "达", "有", "被",
                    "将", "累计", "超过", "组织", "安排", "拨付", "支付",
                ]
                .iter()
                .any(|w| starts(l.raw, i + 1, w));
                (verb && !"知利克舍异律为损肥一百".contains(prev)).then_some("已")
            }
            '已' if prev == '自' && !"经有然被成是将在从建完".contains(next) => Some("己"),
            _ => None,
        };
        if let Some(right) = right {
            l.hit(hits, (i, i + 1), "“{…}”里的“{}”像是写错了字", &format!("是不是“{right}”？"));
        }
    }
}

/// W-02
pub fn doubled_words(l: &Line, hits: &mut Vec<Hit>) {
    twice(l, hits);
    repeated(l, hits);
    let words = [
        ("的的", &["的的确确"][..]),
        ("了了", &["了了解", "了了之", "一了了", "了了然"]),
        ("是是", &["是是非"]),
        ("和和", &["和和美", "和和气", "和和睦", "和和谐", "和和平"]),
        ("与与", &["与与会"]),
        ("对对", &["对对子", "一对对", "对对口", "对对象", "对对方", "对对外"]),
        ("为为", &["为为民"]),
        ("进行了进行", &[]),
        ("开展了开展", &[]),
        ("工作工作", &[]),
        ("情况情况", &[]),
        ("完成成", &["完成成果", "完成成立", "完成成品", "完成成套", "完成成交", "完成成员"]),
        ("建设设", &["建设设施", "建设设备", "建设设计", "建设设置"]),
        ("以及及", &["以及及时"]),
        ("等等等", &[]),
    ];
    for (word, but) in words {
        for (i, end, _) in l.find(&[word]) {
            let fine = but.iter().any(|b| {
                let b: Vec<char> = b.chars().collect();
                within(l.raw, i, end - i, &b)
            });
            if !fine {
                l.hit(hits, (i, end), "“{}”像是多打了字（{…}）", "删去多余的字");
            }
        }
    }
}

/// W-04
pub fn ill_joined(l: &Line, hits: &mut Vec<Hit>) {
    let words = [
        ("目的是为了", "“目的是”或“为了”"),
        ("原因是由于", "“原因是”或“由于”"),
        ("原因，是由于", "“原因是”或“由于”"),
        ("原因，是因为", "“原因是”或“因为”"),
        ("原因是因为", "“原因是”或“因为”"),
        ("大约左右", "“大约”或“左右”"),
        ("凯旋归来", "“凯旋”"),
        ("付诸于", "“付诸”"),
        ("防止类似问题不再发生", "“防止类似问题再发生”"),
        ("避免不再发生", "“避免再发生”"),
        ("杜绝不再发生", "“杜绝再发生”"),
        ("各各", "“各个”或“各”"),
    ];
    for (word, good) in words {
        for (i, end, _) in l.find(&[word]) {
            l.hit(hits, (i, end), "“{}”重复或搭配不当", &format!("改为{good}"));
        }
    }
    without_subject(l, hits);
    ill_matched(l, hits);
    if l.prose() {
        negations(l, hits);
    }
}

/// 通过开展培训，使能力得到提高: who does it is nowhere said.
fn without_subject(l: &Line, hits: &mut Vec<Hit>) {
    let openings = ["通过", "经过", "随着", "由于", "在", "从", "经", "为期", "根据", "按照", "依据", "鉴于", "基于"];
    for pair in l.clauses().windows(2) {
        let ((from, to), (next, _)) = (pair[0], pair[1]);
        let begins = from == 0 || "。；！\n".contains(at(&l.open, from - 1));
        let comma = next > 0 && at(&l.open, next - 1) == '，';
        let Some(by) = openings.iter().find(|w| starts(&l.open, from, w)).filter(|_| begins && comma) else { continue };
        // 在…下, 经…努力; 在县城, is a place and no cause.
        let clause = l.text(from, to);
        let cause = match *by {
            "在" | "为期" => clause.ends_with(['下', '中']),
            "从" => clause.ends_with(['中', '里', '上']),
            "经" => !clause.contains("经济") && !clause.contains("经费") && clause.chars().count() >= 6,
            _ => true,
        };
        let verbs: &[&str] = match *by {
            "根据" | "按照" | "依据" | "从" if verb_of_finding(l, next) => &["表明", "显示", "说明", "证明"],
            _ => &["使得", "致使", "使", "让", "令", "促使", "迫使"],
        };
        let Some(verb) = verbs.iter().find(|w| starts(&l.open, next, w)).filter(|_| cause) else { continue };
        let end = next + verb.chars().count();
        if at(&l.open, end) != '用' && at(&l.open, end) != '命' {
            let told = format!("“{by}……，{{}}……”缺少主语");
            let told = told.replace("{}", verb);
            l.hit(hits, (from, end), &told, &format!("删去“{verb}”，或者删去“{by}”"));
        }
    }
    for (i, end, verb) in l.find(&["，使", "，使得"]) {
        let from = l.open[..i].iter().rposition(|c| "。；！\n".contains(*c)).map_or(0, |p| p + 1);
        let clause = l.text(from, i);
        let by = ["通过", "经过"].iter().find(|w| clause.starts_with(**w));
        // Of several clauses without a subject of their own: 逐户过筛，一户不漏.
        let short = clause.split('，').skip(1).all(|part| part.chars().count() <= 6);
        let apart = matches!(at(&l.open, end), '用' | '命' | '得');
        if let Some(by) =
            by.filter(|_| clause.contains('，') && short && !apart && hits.iter().all(|hit| hit.start != from))
        {
            let verb = verb.trim_start_matches('，');
            l.hit(hits, (from, end), &format!("“{by}……，{verb}……”缺少主语"), &format!("删去“{verb}”，或者删去“{by}”"));
        }
    }
    for (i, end, _) in l.find(&["致使"]) {
        let from = l.open[..i].iter().rposition(|c| "。；！\n".contains(*c)).map_or(0, |p| p + 1);
        if starts(&l.open, from, "由于") && hits.iter().all(|hit| hit.start != from) {
            l.hit(hits, (from, end), "“由于……，致使……”缺少主语", "删去“致使”，或者删去“由于”");
        }
    }
}

fn verb_of_finding(l: &Line, i: usize) -> bool {
    ["表明", "显示", "说明", "证明"].iter().any(|w| starts(&l.open, i, w))
}

/// W-03: 的 between an adverb and its verb.
pub fn adverb_mark(l: &Line, hits: &mut Vec<Hit>) {
    doubled_adverb(l, hits);
    let adverbs = [
        "积极", "踊跃", "认真", "切实", "扎实", "深入", "及时", "严格", "不断", "逐步", "充分", "广泛", "大力", "圆满",
        "顺利", "主动", "自觉", "有序", "全力", "合理", "科学", "精准",
    ];
    let verbs = [
        "参加", "参与", "开展", "推进", "推动", "完成", "做好", "履行", "加强", "促进", "组织", "贯彻", "学习", "执行",
        "调动", "反映", "增强", "建立", "落实", "解决", "听取", "办理", "接待", "走访",
    ];
    // Behind these the verb is part of a noun: 有效的解决办法.
    let nouns = [
        "办法", "措施", "作用", "方案", "机制", "成效", "效果", "意义", "力度", "能力", "方式", "途径", "手段", "思路",
        "态度", "氛围", "局面", "基础", "保障", "条件", "环境", "经验", "形式", "标准", "规定", "程序", "流程", "体系",
    ];
    for (i, end, _) in l.find(&adverbs) {
        if at(l.raw, end) != '的' {
            continue;
        }
        let Some(verb) = verbs.iter().find(|v| starts(&l.open, end + 1, v)) else { continue };
        let after = end + 1 + verb.chars().count();
        // 广泛的参与是前提
        let subject = "是使让为和与及对成".contains(at(&l.open, after)) || before(&l.open, i) == '的';
        let named = subject || (after..after + 5).any(|k| nouns.iter().any(|n| starts(&l.open, k, n)));
        let closed = !han(at(&l.open, after));
        if !named || closed {
            l.hit(hits, (i, after), "“{}”里的“的”应为“地”", "修饰动词用“地”");
        }
    }
    particles(l, hits);
}
