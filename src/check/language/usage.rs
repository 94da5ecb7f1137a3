//! W-06 as well: words that sound alike, told apart by what their sentence is about.

use super::super::line::{Hit, Line, at, han, starts};

/// Words of what is there all at once: such things 暴发.
const OUTBREAKS: &str = "疫情 病毒 流感 传染病 手足口 诺如 水痘 腮腺炎 猪瘟 禽流感 口蹄疫 山洪 洪水 洪涝 泥石流 虫害 病害 鼠害 蝗虫 红火蚁 贪夜蛾 稻飞虱 草地螟 疟疾 \
                         霍乱 鼠疫 登革热 痢疾 红眼病 蓝藻 马铃薯晚疫 条锈病 赤霉病 瘟疫";
/// What bursts from within: such things 爆发.
const BURSTS: &str = "矛盾 冲突 战争 热情 情绪 潜力 潜能 掌声 笑声 起义 危机 能量 活力 火山";
const WATERS: &str = "江 河 湖 海 水 洋 峡 渡口 难关 危机 困难 险 难 关 劫 困境 津";
const NOTICES: &str = "张贴 刊登 登报 贴出 登出 招聘 招领 寻人 寻物 征集 征文 招生 招租 招工 迁址 更名 遗失 停业 开业 公开选 认领 租赁 拍卖 转让 征婚 征订";
const LESSONS: &str =
    "带来 得到 获得 给我们 给人 受到 有益 深刻 重要 经验 案例 故事 教训 几点 几条 许多 一些 有何 什么";

pub fn usage(l: &Line, hits: &mut Vec<Hit>) {
    if !l.prose() {
        return;
    }
    already(l, hits);
    for (start, end, word) in l.find(&["爆发", "暴发", "渡过", "度过", "启事", "启示", "过度"]) {
        let from = l.open[..start].iter().rposition(|c| "。；！？\n".contains(*c)).map_or(0, |p| p + 1);
        let stop = end + l.open[end..].iter().position(|c| "，。；！？：\n".contains(*c)).unwrap_or(l.open.len() - end);
        let before = l.text(from.max(start.saturating_sub(24)), start);
        let clause = before.rsplit('，').next().unwrap_or_default();
        let after = l.text(end, stop);
        let holds = |text: &str, list: &str| list.split_whitespace().any(|word| text.contains(word));
        let near = |list: &str| holds(clause, list) || holds(&after, list);
        let right = match word {
            "爆发" => (near(OUTBREAKS) && !near(BURSTS)).then_some("暴发"),
            "暴发" => (near(BURSTS) && !holds(&before, OUTBREAKS) && !near(OUTBREAKS)).then_some("爆发"),
            "渡过" => {
                (!after.is_empty() && !holds(&after, WATERS) && !holds(clause, "船 桥 筏 泅 共同 携手 平安 艰难"))
                    .then_some("度过")
            }
            "度过" => holds(&after, "江去 河去 湖去 长江 黄河 大海 海峡 河流 江面 湖面").then_some("渡过"),
            "启示" => (holds(clause, NOTICES) && !near(LESSONS)).then_some("启事"),
            "启事" => (near(LESSONS) && !holds(clause, NOTICES)).then_some("启示"),
            _ => {
                let next = [
                    "工作", "安排", "方案", "办法", "性", "期", "阶段", "用房", "板房", "学校", "机制", "条款", "政策",
                    "措施", "作用",
                ];
                next.iter()
                    .any(|next| after.starts_with(next) || after.starts_with(&format!("的{next}")))
                    .then_some("过渡")
            }
        };
        let new = hits.iter().all(|hit| end <= hit.start || start >= hit.end);
        if let Some(right) = right.filter(|_| new) {
            l.hit(hits, (start, end), "“{}”（{…}）像是用错了词", &format!("是不是“{right}”？"));
        }
    }
}

/// What has come to pass begins so.
const DONE: [&str; 26] = [
    "接近尾声",
    "接近完成",
    "临近",
    "过半",
    "成为",
    "进入尾声",
    "进入收尾",
    "进入冲刺",
    "基本完成",
    "基本建成",
    "基本形成",
    "全部完成",
    "全面完成",
    "全面铺开",
    "全面启动",
    "实现全覆盖",
    "覆盖全",
    "累计",
    "初具",
    "初见",
    "超过",
    "超出",
    "突破",
    "被",
    "经",
    "是第",
];

/// 以 is right where its clause goes on so.
const WAYS: [&str; 18] = [
    "为",
    "的方式",
    "的形式",
    "的速度",
    "的优势",
    "的成绩",
    "的票",
    "的价格",
    "的姿态",
    "的名义",
    "的标准",
    "的比例",
    "票",
    "的面貌",
    "的态度",
    "的身份",
    "作",
    "来",
];

/// 任务以接近尾声, 全镇以有六成农户: what has come to pass.
fn already(l: &Line, hits: &mut Vec<Hit>) {
    for (i, c) in l.open.iter().enumerate() {
        if *c != '以'
            || i == 0
            || !han(l.open[i - 1])
            || "予加得可足难用所何借聊据要应是能会须该将".contains(l.open[i - 1])
        {
            continue;
        }
        let stop = i
            + 1
            + l.open[i + 1..].iter().position(|c| !han(*c) && !c.is_ascii_digit()).unwrap_or(l.open.len() - i - 1);
        let rest = l.text(i + 1, stop);
        let early = l.open[i - 1] == '早' && !"前后来上下往".contains(at(&l.open, i + 1));
        let counted = starts(&l.open, i + 1, "有") && {
            let next = at(&l.open, i + 2);
            next.is_ascii_digit() || "一二两三四五六七八九十百千近多".contains(next)
        };
        let done = DONE.iter().any(|word| {
            rest.starts_with(word)
                && !(*word == "经" && rest.starts_with("经济"))
                && !(*word == "经" && rest.starts_with("经营"))
        });
        let way = WAYS.iter().any(|word| rest.contains(word));
        if (early || (counted || done) && !way) && hits.iter().all(|hit| i < hit.start || i >= hit.end) {
            l.hit(hits, (i, i + 1), "“{}”（{…}）像是用错了词", "是不是“已”？");
        }
    }
}
