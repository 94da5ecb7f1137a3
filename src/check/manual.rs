//! docs/checks.md, made from the table of rules.

use super::language::confused::CONFUSIONS;
use super::rule::{self, Rule};

const SECTIONS: [(&str, &str, &[Rule]); 5] = [
    ("数据", "看数据本身，按模板声明的字段和关系。错例、正例里“‖”前是声明的关系，后是数据。", rule::DATA),
    ("数据与行文", "看成文的文字与数据是否一致。例子里“‖”前是正文，后是数据。", rule::PROSE),
    ("行文", "看模板的文字、单元格里的文字和成文的文字。引号、书名号里的内容不查数字和用词。", rule::LANGUAGE),
    (
        "数字之间",
        "把一段文字读成一个个数：是什么、多少、哪一年、与什么相比、占什么的多少，再互相核对；可以隔着句子。",
        rule::CLAIMS,
    ),
    ("读数据和排版", "由读数据、排版两步在做的时候说出。", rule::STEPS),
];

/// examples.tsv: code, 错例, 正例; the first of the texts that the tests hold each rule of the prose against.
const FURTHER: &str = include_str!("examples.tsv");

/// A second example each way of a rule.
fn further(code: &str) -> Option<(&'static str, &'static str)> {
    FURTHER.lines().find_map(|line| line.strip_prefix(code)?.strip_prefix('\t')?.split_once('\t'))
}

/// The page, as committed.
pub fn manual() -> String {
    let mut out = String::from(include_str!("manual-head.md"));
    // A row of the page is one line.
    let cell = |text: &str| text.replace('|', "：").replace("\n\n", "⏎").replace('\n', "⏎");
    let two = |first: &str, second: Option<&str>| {
        second.map_or(cell(first), |second| format!("{}<br>{}", cell(first), cell(second)))
    };
    for (name, about, rules) in SECTIONS {
        out.push_str(&format!(
            "\n## {name}\n\n{about}\n\n| 编号 | 级别 | 依据 | 要求 | 错例 | 正例 |\n|---|---|---|---|---|---|\n"
        ));
        for rule in rules {
            let row = [
                rule.code.name(),
                rule.code.severity().label(),
                rule.basis,
                rule.code.title(),
                &two(rule.bad, further(rule.code.name()).map(|(bad, _)| bad)),
                &two(rule.good, further(rule.code.name()).map(|(_, good)| good)),
            ];
            out.push_str(&format!("| {} |\n", row.join(" | ")));
        }
    }
    out.push_str(
        "\n## 易混的词（W-06）\n\n按前后的词判断，每一条有一个错例、一个正例。\n\n| 错例 | 改为 | 正例 |\n|---|---|---|\n",
    );
    for entry in CONFUSIONS.iter() {
        let right = if entry.right.is_empty() { "删去" } else { entry.right };
        out.push_str(&format!("| {} | {right} | {} |\n", cell(entry.bad), cell(entry.good)));
    }
    out.push_str(include_str!("manual-foot.md"));
    out
}
