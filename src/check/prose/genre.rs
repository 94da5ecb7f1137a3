//! Y-01, Y-02, Y-03: what a kind of document may ask for, and to whom it goes.

use super::{Mark, Prose};
use crate::check::line::Hit;
use crate::document::{Passage, PassageKind, plain_text};

/// Kinds of documents by the end of their title.
const KINDS: [&str; 10] = ["请示", "报告", "函", "通知", "纪要", "意见", "决定", "批复", "公告", "通告"];
/// What asks for an approval.
const ASKS: &str =
    "请批示 请予批示 请指示 请批准 请予批准 请审批 请予审批 请批复 请予批复 妥否 当否 是否妥当 恳请批准 请求批准";

fn kind(prose: &Prose) -> Option<&'static str> {
    let title = plain_text(&prose.document.front.title);
    let title = title.trim_end_matches(['）', '〕']).trim();
    let bare =
        title.rsplit_once('（').map_or(title, |(head, tail)| if tail.chars().count() <= 8 { head } else { title });
    KINDS.iter().find(|kind| bare.ends_with(**kind)).copied()
}

fn mark(index: usize, passage: &Passage, word: &str, message: String, help: &str) -> Option<Mark> {
    let word: Vec<char> = word.chars().collect();
    let start = passage.text.windows(word.len().max(1)).position(|w| w == word)?;
    let hit = Hit { start, end: start + word.len(), message, help: help.to_owned(), doubtful: false };
    Some(Mark { passage: index, hit, level: None, also: Vec::new() })
}

fn text(passage: &Passage) -> String {
    passage.string(0, passage.text.len())
}

/// The paragraphs of the body, with their numbers.
fn body<'p>(prose: &'p Prose) -> impl Iterator<Item = (usize, &'p Passage, String)> {
    let own = prose.passages.iter().enumerate().filter(|(_, p)| p.kind == PassageKind::Body);
    own.map(|(index, passage)| (index, passage, text(passage)))
}

/// Y-01: 报告 that asks for an approval, 函 with 特此报告, 通知 with 请批复.
pub fn closing(prose: &Prose, marks: &mut Vec<Mark>) {
    let Some(kind) = kind(prose) else { return };
    let (wrong, help): (&str, &str) = match kind {
        "报告" => (ASKS, "报告不夹带请示事项；需要批准的，另行请示"),
        "决定" | "意见" => {
            ("特此报告 请批示 请予批示 妥否 当否 请批复 请审批 特此函达", "决定、意见不用请示、报告的结语")
        }
        "函" => (
            "请审批 请予审批 请批准 特此报告 请批示 请予批示 请指示 当否 妥否 请批复",
            "函的结语用“特此函达”“请予函复”“盼复”",
        ),
        "通知" => {
            ("请批示 请予批示 请批复 请予批复 请审批 妥否 当否 特此报告 请函复", "通知的结语用“特此通知”，或不用结语")
        }
        "请示" => ("特此报告 特此函达 特此通知 请认真贯彻", "请示的结语用“妥否，请批示”"),
        "纪要" => ("特此报告 妥否 当否 请批示 请批准", "纪要不用请示、报告的结语"),
        "批复" => ("妥否 当否 请批示 特此报告 特此函 请予支持 请函复", "批复的结语用“此复”"),
        "公告" | "通告" => ("妥否 当否 请批示 请批复 特此报告 请示", "公告、通告的结语用“特此公告”“特此通告”"),
        _ => return,
    };
    for (index, passage, text) in body(prose) {
        let found = wrong.split_ascii_whitespace().find(|word| text.contains(word));
        // 请县政府批准为我街道增配环卫车
        let asked = (kind == "报告").then(|| asked(&text)).flatten();
        let found = found.or(asked.as_deref());
        // Told of others, or in quotes: 收到请示后请批复.
        if let Some(word) = found.filter(|word| !text.contains(&format!("“{word}"))) {
            let message = format!("{kind}里用了“{word}”");
            marks.extend(mark(index, passage, word, message, help));
        }
    }
    if kind == "请示" && !asks(prose) {
        let last = body(prose).last();
        if let Some((index, passage, _)) = last {
            let end = passage.text.len();
            let hit = Hit {
                start: end.saturating_sub(1),
                end,
                message: "请示没有请求批准的结语".into(),
                help: "末尾另起一段，写“妥否，请批示。”".into(),
                doubtful: false,
            };
            marks.push(Mark { passage: index, hit, level: None, also: Vec::new() });
        }
    }
}

/// 请…批准 with the office that is asked.
fn asked(text: &str) -> Option<String> {
    text.match_indices("请").find_map(|(at, _)| {
        let rest: String = text[at..].chars().take(12).collect();
        let end = ["批准", "批复", "审批"].iter().filter_map(|word| rest.find(word).map(|i| i + word.len())).min()?;
        let words = &rest[..end];
        let office = ["政府", "委", "局", "厅", "部", "上级", "贵"].iter().any(|word| words.contains(word));
        (office && !words.contains(['，', '。', '、'])).then(|| words.to_owned())
    })
}

fn asks(prose: &Prose) -> bool {
    body(prose).any(|(_, _, text)| {
        ASKS.split_ascii_whitespace()
            .chain(["请审定", "请审示", "请核准", "请予支持", "请示"])
            .any(|word| text.contains(word))
    })
}

/// Y-02: 请示 one matter, one addressee.
pub fn one_matter(prose: &Prose, marks: &mut Vec<Mark>) {
    if kind(prose) != Some("请示") {
        return;
    }
    let title = plain_text(&prose.document.front.title);
    let about = title.split_once("关于").map_or("", |(_, about)| about);
    // Two verbs in the title: 更名和申请购置.
    let verbs = [
        "增加", "成立", "改建", "扩建", "配备", "申请", "请求", "购置", "增设", "设立", "调整", "更名", "拨付", "解决",
        "修建", "建设", "追加", "批准", "划拨",
    ];
    let two = ["和", "及", "并", "以及", "、"].iter().any(|and| {
        about.match_indices(and).any(|(at, _)| {
            let (head, tail) = (&about[..at], &about[at + and.len()..]);
            verbs.iter().any(|v| head.contains(v)) && verbs.iter().any(|v| tail.starts_with(v))
        })
    });
    for (index, passage) in prose.passages.iter().enumerate() {
        let text = text(passage);
        if two && passage.kind == PassageKind::Title {
            let message = "请示的标题里像是有两件事".to_owned();
            marks.extend(mark(index, passage, &text, message, "一文一事，分成两份请示"));
        }
        let again = [
            "请一并",
            "顺便请示",
            "另，我",
            "此外恳请",
            "并恳请",
            "另恳请",
            "请同时批准",
            "一并解决",
            "一并批准",
            "此外，恳请",
            "同时，恳请",
            "同时，请批准",
            "同时，请",
            "另需",
            "另请",
            "此外，请",
            "另外，请",
            "一并请示",
            "并请批准",
        ];
        let word = again.iter().find(|word| text.contains(**word)).filter(|_| passage.kind == PassageKind::Body);
        if let Some(word) = word {
            let message = format!("请示里像是又提了一件事（“{word}”）");
            marks.extend(mark(index, passage, word, message, "一文一事，另行请示"));
        }
    }
    let to = prose.document.front.addressee.as_ref().map(|to| plain_text(to)).unwrap_or_default();
    if to.contains(['、', '，', '并']) {
        let found = prose.passages.iter().enumerate().find(|(_, p)| text(p) == to);
        let message = "请示主送了两个以上机关".to_owned();
        marks.extend(found.and_then(|(index, p)| mark(index, p, &to, message, "只主送一个机关，需要同时送的用抄送")));
    }
}

/// Y-03: who gets it is not sent a copy as well.
pub fn copies(prose: &Prose, marks: &mut Vec<Mark>) {
    let to = prose.document.front.addressee.as_ref().map(|to| plain_text(to)).unwrap_or_default();
    let offices = |text: &str| -> Vec<String> {
        text.trim_end_matches(['：', '。'])
            .split(['、', '，', '；'])
            .map(|o| o.trim().to_owned())
            .filter(|o| o.chars().count() > 1)
            .collect()
    };
    let set = prose.document.colophon.as_ref().and_then(|c| c.cc.as_ref()).map(|cc| plain_text(cc));
    let typed = || body(prose).find_map(|(_, _, text)| text.strip_prefix("抄送：").map(str::to_owned));
    let Some(cc) = set.or_else(typed) else { return };
    let both = offices(&cc).into_iter().find(|office| offices(&to).contains(office));
    let Some(office) = both else { return };
    let found = prose.passages.iter().enumerate().rev().find(|(_, p)| text(p).ends_with(&cc));
    let message = format!("“{office}”既是主送，又是抄送");
    marks.extend(found.and_then(|(index, p)| mark(index, p, &office, message, "主送过的机关不再抄送")));
}
