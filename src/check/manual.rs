//! docs/checks.md, made from the table of rules.

use super::rule::RULES;

/// The page, as committed.
pub fn manual() -> String {
    let mut out = String::from(
        "# 检查规则\n\n本页由规则表生成（`huibao check --rules`）。\n\n\
         `huibao check 数据 [-t 模板] [--report text|json]` 列出数据、行文、版式上的问题，不写任何文件。\n\
         有错误时退出码为1；没有问题时只打印一行。单元格里的文字照原样印出，其中的行文问题最高记为警告。\n\
         引号、书名号里的内容不查数字和用词。\n\n\
         | 编号 | 级别 | 依据 | 要求 | 错例 | 正例 |\n|---|---|---|---|---|---|\n",
    );
    let cell = |text: &str| text.replace('|', "：");
    for rule in RULES {
        let row = [rule.id, rule.level.label(), rule.basis, rule.title, &cell(rule.bad), &cell(rule.good)];
        out.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    out.push_str(
        "\n数据的必填、类型、范围、合计由读数据一步检查（编号以 D 开头），排版一步的提示也列在结果里。\n\n\
         ## `--report json`\n\n\
         `version`：1。`counts`：`error`、`warning`、`notice` 的个数。`findings`：每项有 `code`、`level`、`message`、\n\
         `help`（一组文字）、`place`（`file`，加 `sheet`、`cell` 或 `line`、`column`、`length`；没有位置时为 null）、\n\
         `subject`、`heading`（所在标题）、`sentence`（原文，问题处用【】标出）。\n",
    );
    out
}
