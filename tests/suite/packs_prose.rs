//! What every printed text keeps, whatever the data: no words of the machine, no doubled or
//! unpaired marks, no claim against the figures. Held against the text of all variants and
//! against what stands in the PDF and in the DOCX.

use std::io::{Cursor, Read};

use huibao::document::{self, Block, Document};
use huibao::layout;

use super::frames;
use super::layout_pdf::KIT;
use super::packs::{PACKS, compose, compose_variant, sample};

/// Nothing of this stands anywhere.
const NEVER: [&str; 80] = [
    "nan",
    "NaN",
    "none",
    "None",
    "null",
    "undefined",
    "inf",
    "true",
    "false",
    "{{",
    "}}",
    "{%",
    "待填",
    "有误",
    "增长0%",
    "下降0%",
    "提高0个",
    "下降0个",
    "增加0个",
    "减少0个",
    "0%增长",
    "-0",
    "，，",
    "。。",
    "、、",
    "；；",
    "：：",
    "，。",
    "。，",
    "；。",
    "。；",
    "、。",
    "、，",
    "，、",
    "，；",
    "；，",
    "：。",
    "：，",
    "：；",
    "。、",
    "（，",
    "（。",
    "，）",
    "；）",
    "。）",
    "（）",
    "“”",
    "《》",
    "》、《",
    "”、“",
    "其中。",
    "辖、",
    "有、",
    "为、",
    "和、",
    "、；",
    "；、",
    "、：",
    "（；",
    "（、",
    "！。",
    "？。",
    "。”。",
    "同比同比",
    "同比持平",
    "同比与上年",
    "较上年持平上年",
    "等0个",
    "等1个",
    "其余0个",
    "其余0件",
    "均未建成0",
    "还有0个",
    "还有0件",
    "已办结0件",
    "共0个",
    "%%",
    "万元万元",
    "个个",
    "的的",
];

/// What is wrong with a text.
pub fn reads_well(text: &str) -> Vec<String> {
    let near = |at: usize| text[..at].chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    let never = NEVER.iter().filter_map(|wrong| Some(format!("“{wrong}” behind {}", near(text.find(wrong)?))));
    let lines = text.lines().filter(|line| !line.starts_with(['|', '[']));
    never.chain(lines.flat_map(line_reads_well)).collect()
}

fn line_reads_well(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    if line.trim().contains(' ') && line.contains('。') {
        found.push(format!("a space in {line}"));
    }
    if line.starts_with(['，', '。', '；', '、', '）', '：']) {
        found.push(format!("a mark begins {line}"));
    }
    for (open, close) in [('（', '）'), ('“', '”'), ('《', '》')] {
        if line.matches(open).count() != line.matches(close).count() {
            found.push(format!("{open}{close} unpaired in {line}"));
        }
    }
    for (at, mark) in line.char_indices().filter(|(_, c)| ",;:?!".contains(*c)) {
        let beside = line[..at].chars().next_back().into_iter().chain(line[at + 1..].chars().next());
        if beside.into_iter().any(|c| ('一'..='鿿').contains(&c)) {
            found.push(format!("{mark} of half width in {line}"));
        }
    }
    // One unit is not “each” and not “all”.
    for clause in line.split(['，', '。', '；', '：', '（', '）']) {
        for (at, one) in clause.match_indices("1个") {
            let alone = !clause[..at].ends_with(|c: char| c.is_ascii_digit() || ".由至第".contains(c));
            if let Some(all) =
                ['均', '都', '各'].into_iter().find(|all| alone && clause[at + one.len()..].contains(*all))
            {
                found.push(format!("{all} of one in {line}"));
            }
        }
    }
    // Nought is said in words: 未开展, 尚无; a figure of 0 counts nothing worth a report.
    for measure in ["个", "次", "场", "人次", "件", "名", "万元", "条"] {
        let nought = format!("0{measure}");
        for (at, _) in line.match_indices(&nought) {
            if !line[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.') {
                found.push(format!("{nought} in {line}"));
            }
        }
    }
    found
}

/// Paragraphs are sentences, and parts of a report are not empty.
pub fn is_whole(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    let mut headings = 0;
    for block in &document.body {
        match block {
            Block::Paragraph { text, .. } => {
                let text = document::plain_text(text);
                if !text.ends_with(['。', '：', '！', '？', '”']) {
                    found.push(format!("a paragraph without an end: {text}"));
                }
                headings = 0;
            }
            Block::Heading(heading) if headings >= usize::from(heading.level) => {
                found.push(format!("nothing above {}", document::plain_text(&heading.text)));
            }
            Block::Heading(heading) => headings = usize::from(heading.level),
            _ => headings = 0,
        }
    }
    found
}

/// Words that claim more than a year of falling figures, or of none, can bear.
const CLAIMS: [&str; 14] = [
    "不断增强",
    "更加紧密",
    "提质扩面",
    "质效提升",
    "更加畅通",
    "更加积极",
    "更有回应",
    "成效显著",
    "显著",
    "大幅",
    "持续提升",
    "不断提高",
    "明显提高",
    "有所提高",
];

#[test]
fn nothing_is_claimed_against_the_figures() {
    let mut wrong = Vec::new();
    // The items of work-report are the user's own words.
    for pack in PACKS.into_iter().filter(|pack| *pack != "work-report") {
        for (variant, verbs) in [("falling", ["增长", "增加"]), ("zero-now", ["增长", "增加"])] {
            let text = document::plain(&compose_variant(pack, variant));
            wrong.extend(CLAIMS.iter().filter(|c| text.contains(**c)).map(|c| format!("{pack} {variant}: {c}")));
            // What is planned may rise; what has been done has not.
            let done = text.split("\n一、").nth(1).and_then(|t| t.split("\n二、").next()).unwrap_or_default();
            // A row of a table says what its own figures did.
            let done: String = done.lines().filter(|line| !line.starts_with('|')).collect();
            wrong.extend(verbs.iter().filter(|v| done.contains(**v)).map(|v| format!("{pack} {variant}: {v}")));
        }
        let text = document::plain(&compose_variant(pack, "perfect"));
        for complaint in ["没有办结", "未建成", "没有支付", "没有整改", "没有编入", "其余", "尚未"]
        {
            if text.contains(complaint) {
                wrong.push(format!("{pack} perfect: {complaint}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Both outputs hold every sentence of the document, and nothing that must never stand there.
#[test]
fn both_outputs_say_the_whole_text() {
    let mut wrong = Vec::new();
    for pack in PACKS {
        let document = compose(pack, sample(pack, "2026.yaml"));
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let pages = frames::sheets(&document);
        let lines = pages.iter().flat_map(|page| page.lines());
        let pdf: String = lines.flat_map(|(_, runs)| runs.into_iter().map(|r| r.text.clone())).collect();
        let outputs = [("PDF", squeeze(&pdf)), ("DOCX", squeeze(&docx_text(&document)))];
        for (name, text) in &outputs {
            wrong.extend(reads_well(text).into_iter().map(|w| format!("{pack} {name}: {w}")));
            for block in &document.body {
                let Block::Paragraph { text: inlines, .. } = block else { continue };
                let sentence = squeeze(&document::plain_text(inlines));
                if !text.contains(&sentence) {
                    wrong.push(format!("{pack} {name} lacks: {sentence}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text of a DOCX: what stands in its `w:t`.
fn docx_text(document: &Document) -> String {
    let bytes = layout::docx(document, &KIT).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let mut text = String::new();
    for piece in xml.split("<w:t").skip(1) {
        // Not w:tab, w:tbl …
        let Some((head, rest)) = piece.split_once('>') else { continue };
        if head.is_empty() || head.starts_with(' ') {
            text.push_str(rest.split("</w:t>").next().unwrap_or_default());
        }
    }
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
}
