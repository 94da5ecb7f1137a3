//! W-07 as well: frames of which one side is missing: 在干部的帮助，…; 以…为，…; 采取“支部搭台”，….

use super::super::line::{Hit, Line, at, han, opens, starts};

pub fn frames(l: &Line, hits: &mut Vec<Hit>) {
    if !l.prose() {
        return;
    }
    within(l, hits);
    without_noun(l, hits);
    quoted(l, hits);
    as_what(l, hits);
}

fn new(hits: &[Hit], start: usize, end: usize) -> bool {
    hits.iter().all(|hit| end <= hit.start || start >= hit.end)
}

/// The end of the clause that a place is in.
fn clause_end(l: &Line, from: usize) -> usize {
    l.open[from..].iter().position(|c| "，。；：！？\n".contains(*c)).map_or(l.open.len(), |p| from + p)
}

/// 在县委的坚强领导，: 下 is missing.
fn within(l: &Line, hits: &mut Vec<Hit>) {
    const BY: [&str; 30] = [
        "领导",
        "支持",
        "帮助",
        "指导",
        "关心",
        "关怀",
        "配合",
        "努力",
        "推动",
        "带动",
        "见证",
        "陪同",
        "号召",
        "感召",
        "鼓舞",
        "鼓励",
        "引导",
        "协助",
        "主持",
        "帮扶",
        "关注",
        "共同努力",
        "带领",
        "组织",
        "监督",
        "协调",
        "影响",
        "前提",
        "背景",
        "推进",
    ];
    for (start, from, _) in l.find(&["在"]) {
        if !(opens(&l.open, start) || at(&l.open, start.wrapping_sub(1)) == '，') {
            continue;
        }
        let stop = clause_end(l, from);
        let words = l.text(from, stop);
        let plain = l.open[from..stop].iter().all(|c| han(*c) || *c == '、');
        let by = BY.iter().any(|word| words.ends_with(word)) && words.contains('的');
        if plain && by && (5..=30).contains(&(stop - from)) && at(&l.open, stop) == '，' && new(hits, start, stop) {
            l.hit(hits, (start, stop), "“{}”像是缺了“下”", "补上“下”，写成“在……下”");
        }
    }
}

/// 针对课后无人看管，: of what is lacking.
fn without_noun(l: &Line, hits: &mut Vec<Hit>) {
    const FRAMES: [(&str, &str); 2] = [
        (
            "针对",
            "问题 情况 现象 实际 特点 需求 困难 矛盾 短板 难题 不足 隐患 风险 群体 对象 人群 人员 企业 群众 意见 要求 诉求 薄弱 环节 性 堵点 难点 痛点 弱项 形势 \
             任务 工作 项目 案件 事件 天气 季节 地区 区域 领域 行业 学生 老人 儿童 部门 单位 户 病 者 差异 类型 条件 现状 原因 线索 结果 症状 作物 区 村 镇 乡 特征 \
             规律 反映 投诉 整改 不同 需要 瓶颈 挑战 建议 市场 产业 变化 灾害 事故 漏洞 顽疾 症结 空白 局面 趋势 缺口 方案 清单 农户 干部 岗位 专业 年龄 层次 阶段",
        ),
        (
            "出现了",
            "现象 问题 情况 苗头 困难 局面 变化 势头 趋势 偏差 反复 反弹 隐患 差错 漏洞 矛盾 纠纷 症状 下降 上升 增长 回升 事故 缺口 失误 裂缝 故障 断流 松动 病 灾 人 热 潮 期 点 量 增 减 性",
        ),
    ];
    for (verb, nouns) in FRAMES {
        for (start, from, _) in l.find(&[verb]) {
            let stop = clause_end(l, from);
            let words = l.text(from, stop);
            let plain = l.open[from..stop].iter().all(|c| han(*c) || *c == '、');
            let named = nouns.split_whitespace().any(|noun| words.contains(noun));
            let own = opens(&l.open, start) || at(&l.open, start.wrapping_sub(1)) == '，';
            if plain
                && own
                && !named
                && (6..=24).contains(&(stop - from))
                && at(&l.open, stop) == '，'
                && new(hits, start, stop)
            {
                l.hit(hits, (start, stop), "“{}”像是没有说完", "补上中心语，例如“……的问题”“……的情况”");
            }
        }
    }
}

/// 采取“线上预约、线下办理”，: a way is no way without its noun.
fn quoted(l: &Line, hits: &mut Vec<Hit>) {
    for (start, end, _) in
        l.find(&["采取", "采用", "本着", "抱着", "遵循", "秉承", "秉持", "建立起", "建立了", "构建起", "构建了"])
    {
        let from = end + usize::from(at(&l.open, end) == '了');
        if at(l.raw, from) != '“' {
            continue;
        }
        let Some(close) = l.raw[from..].iter().position(|c| *c == '”').map(|p| from + p) else { continue };
        // “支部＋合作社”“公司＋农户”: the last one.
        let mut stop = close + 1;
        while at(l.raw, stop) == '“' || matches!(at(l.raw, stop), '、' | '和') && at(l.raw, stop + 1) == '“' {
            let Some(next) = l.raw[stop..].iter().position(|c| *c == '”') else { break };
            stop += next + 1;
        }
        let inside = l.text(from + 1, close);
        let named = [
            "体系", "网络", "链", "圈", "闭环", "台账", "清单", "档案", "库", "队", "平台", "中心", "站", "点", "制度",
            "格局", "效应", "群", "模式", "方式", "办法", "机制", "方法", "原则", "法", "式", "制", "理念", "精神",
            "化", "做法",
        ]
        .iter()
        .any(|word| inside.ends_with(word));
        if matches!(at(l.raw, stop), '，' | '。' | '；') && !named && new(hits, start, stop) {
            l.hit(hits, (start, stop), "“{}”像是缺了宾语", "补上“的方式”“的办法”“的原则”等");
        }
    }
}

/// 以“只进一扇门”改革为，
fn as_what(l: &Line, hits: &mut Vec<Hit>) {
    for (start, from, _) in l.find(&["以"]) {
        if !(opens(&l.open, start) || "，要坚继始".contains(at(&l.open, start.wrapping_sub(1)))) {
            continue;
        }
        let stop = clause_end(l, from);
        let cut = stop > from + 2 && at(&l.open, stop - 1) == '为' && !"作行认成因以称".contains(at(&l.open, stop - 2));
        if cut && at(&l.open, stop) == '，' && stop - from <= 30 && new(hits, start, stop) {
            l.hit(hits, (stop - 1, stop), "“以……{}”后面像是缺了词", "补上“重点”“抓手”“契机”等");
        }
    }
    for (start, from, _) in l.find(&["一方面"]) {
        let more = l.find(&["一方面"]).len() > 1 || !l.find(&["另一方面", "另方面"]).is_empty();
        if !more
            && opens(&l.open, start)
            && matches!(at(&l.open, from), '，' | '要' | '是')
            && new(hits, start, from)
            && !starts(&l.open, from, "的")
        {
            l.hit(hits, (start, from), "只有“{}”，没有“另一方面”", "补上另一方面，或改写");
        }
    }
}
