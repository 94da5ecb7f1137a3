//! What is left of texts in which clauses vanish.

use proptest::prelude::*;

use super::super::tests::{printed, render, shown};
use crate::diagnostic::Severity;

/// The text as printed; 空白, 可选 and 上年.编号 are missing, 没有 is none, 零 is zero.
fn text(template: &str) -> String {
    let rendered = render(template, false);
    assert!(rendered.diagnostics.iter().all(|d| !d.is_error()), "{template}: {:?}", rendered.diagnostics);
    shown(&rendered)
}

#[track_caller]
fn gives(template: &str, expected: &str) {
    assert_eq!(text(template), expected, "{template}");
}

#[test]
fn a_clause_is_printed_only_when_all_in_it_is_there() {
    gives("培训{{ 培训场次 }}场[[，其中{{ 空白 }}场]]。", "培训36场。");
    gives("培训{{ 培训场次 }}场[[，上年{{ 上年.培训场次 }}场]]。", "培训36场，上年32场。");
    gives("培训{{ 培训场次 }}场［［，其中{{ 空白 }}场］］。", "培训36场。");
    gives("培训{{ 培训场次 }}场【【，其中{{ 可选 }}场】】。", "培训36场。");
    gives("甲[[，{{ 没有 }}次]]，乙。", "甲，乙。");
    gives("甲[[，{{ 空白 - 培训场次 }}次]]，乙。", "甲，乙。");
    gives("甲[[，{{ 没有 - 培训场次 }}次]]，乙。", "甲，乙。");
    gives("甲[[，{{ 没有 | 期限 }}前]]，乙。", "甲，乙。");
    gives("甲[[，原因是{{ 没有 | trim('。') }}]]，乙。", "甲，乙。");
    gives("甲[[，{{ 上年.编号 | 同比 }}]]，乙。", "甲，乙。");
}

#[test]
fn what_is_said_instead_of_an_empty_loop_is_printed() {
    gives("[[{% for 行 in [] %}有{{ 行 }}。{% endfor %}||没有。]]", "没有。");
    gives("[[[[+{{ 0 }}件，]]{% for 行 in [] %}有{{ 行 }}。{% endfor %}||没有。]]", "没有。");
    gives("[[{% for 行 in [培训场次] %}有{{ 行 }}。{% endfor %}||没有。]]", "有36。");
}

#[test]
fn zero_vanishes_only_where_it_is_wished() {
    gives("[[办结{{ 0 }}件，]]好。", "办结0件，好。");
    gives("[[+办结{{ 0 }}件，]]好。", "好。");
    gives("[[+办结{{ 培训场次 - 36 }}件，]]好。", "好。");
    gives("[[+办结{{ 培训场次 }}件，]]好。", "办结36件，好。");
    gives("[[+办结{{ 0 }}件||正在办理]]。", "正在办理。");
}

#[test]
fn what_is_said_instead() {
    gives("[[上年{{ 空白 }}件||上年未统计]]，今年{{ 培训场次 }}件。", "上年未统计，今年36件。");
    gives("[[上年{{ 空白 }}件||前年{{ 可选 }}件]]，今年{{ 培训场次 }}件。", "今年36件。");
    gives("[[上年{{ 培训场次 }}件||上年未统计]]。", "上年36件。");
    gives("甲||乙", "甲||乙");
}

#[test]
fn conditions_without_a_word() {
    gives("[[{{ 若(培训场次 > 30) }}，超过三十场]]", "，超过三十场");
    gives("共{{ 培训场次 }}场[[{{ 若(培训场次 > 40) }}，超过四十场]]。", "共36场。");
    gives("[[{{ 若(培训场次 == 36) }}已全部完成||已完成{{ 培训场次 }}场]]。", "已全部完成。");
    gives("甲[[{{ 若(空白 > 3) }}，很多]]。", "甲。");
    gives("甲[[{% if 空白 > 3 %}，很多{% else %}，不多{% endif %}]]。", "甲。");
    // What stands behind is not calculated against the condition.
    gives("甲[[{{ 若(培训场次 > 40) }}，每场{{ 培训场次 / 0 }}人]]。", "甲。");
    gives("甲[[{{ 若(培训场次 > 40) }}，占{{ 占比(培训场次, 1) }}[[，即{{ 培训场次 / 0 }}]]]]。", "甲。");
    gives("甲[[，{{ 没有 | 期限 }}前完成]][[，共{{ 没有 + 培训场次 }}场]]。", "甲。");
    assert!(render("甲[[，每场{{ 培训场次 / 0 }}人]]。", false).diagnostics[0].is_error());
    assert!(render("甲[[{{ 若(培训场次 > 40) }}，{{ 陪训场次 }}]]。", false).diagnostics[0].is_error());
    let outside = render("{{ 若(培训场次) }}", false);
    assert_eq!(outside.diagnostics[0].message, "“若”只能写在 [[ ]] 里面");
}

#[test]
fn what_has_nothing_to_say_vanishes_and_outside_it_is_an_error() {
    gives("甲[[，{{ 乡镇|筛选('中心站','规划')|取('名称')|顿号 }}进度滞后]]。", "甲。");
    gives("甲[[，占{{ 占比(培训场次, 0) }}]]。", "甲。");
    gives("甲[[，{{ 最大(案例, '地点').地点 }}]]。", "甲。");
    gives("[[有关做法：{% for 例 in 案例 %}{{ 例.地点 }}、{% endfor %}。]]甲", "甲");
    gives("甲[[，{% for 例 in 空白 %}乙{% endfor %}]]。", "甲。");
    assert!(render("{{ 占比(培训场次, 0) }}", false).diagnostics[0].is_error());
    assert!(render("[[{{ 乡镇[0].经废 }}]]", false).diagnostics[0].is_error());
    assert!(render("[[{{ 陪训场次 }}]]", false).diagnostics[0].is_error());
}

#[test]
fn clauses_in_clauses() {
    gives("共[[甲{{ 培训场次 }}[[，乙{{ 空白 }}]]；]]丙。", "共甲36；丙。");
    gives("[[其中，[[甲{{ 空白 }}个]]，[[乙{{ 可选 }}个]]。]]丙。", "丙。");
    gives("[[其中，[[甲{{ 空白 }}个]]，[[乙{{ 培训场次 }}个]]。]]丙。", "其中，乙36个。丙。");
    gives("[[甲{{ 空白 }}个[[，乙{{ 培训场次 }}个]]。]]丙。", "丙。");
}

#[test]
fn marks_close() {
    let (no, yes) = ("{{ 空白 }}", "{{ 培训场次 }}");
    for (written, expected) in [
        ("[[甲_]]，[[乙_]]，[[丙_]]。", ""),
        ("[[甲_]]；[[乙_]]；[[丙^]]。", "丙36。"),
        ("[[甲^]]；[[乙_]]；[[丙_]]。", "甲36。"),
        ("[[甲^]]；[[乙_]]；[[丙^]]。", "甲36；丙36。"),
        ("[[甲^，]][[乙_，]][[丙_。]]", "甲36。"),
        ("[[甲_，]][[乙_，]][[丙^。]]", "丙36。"),
        ("甲（[[含^]]）。", "甲（含36）。"),
        ("甲（[[含_]]）。", "甲。"),
        ("甲（[[含_]]，[[乙^]]）。", "甲（乙36）。"),
        ("甲（[[含^]]，[[乙_]]）。", "甲（含36）。"),
        ("甲（[[含_]]、[[乙_]]），丙。", "甲，丙。"),
        ("印发《[[_]]》，[[乙_]]。丙。", "印发。丙。"),
        ("甲。[[乙_。]]丙。", "甲。丙。"),
        ("甲。[[乙_，]]丙。", "甲。丙。"),
        ("甲[[，乙_]]丙。", "甲丙。"),
        ("甲[[，其中乙_；]]丙。", "甲；丙。"),
        ("甲，[[其中乙_；]]丙。", "甲；丙。"),
        ("收到[[甲_件、]][[乙_件、]]丙^件。", "收到丙36件。"),
        ("甲，[[乙_。]]", "甲。"),
        ("甲[[，乙_。]]", "甲。"),
        ("甲；[[乙_]]", "甲"),
        ("{{ '甲。' }}[[其中乙_。]]", "甲。"),
        ("{{ '甲。' }}[[，乙_]]，丙。", "甲。丙。"),
        ("**[[甲_]]**，**乙**。", "**乙**。"),
        ("**甲，[[乙_]]**。", "**甲**。"),
        ("其中：[[甲_]]；乙^。", "其中：乙36。"),
        ("其中：[[甲_。]]乙^。", "其中：乙36。"),
    ] {
        gives(&written.replace('_', no).replace('^', yes), expected);
    }
}

/// Without the empty lines, which mean nothing.
#[track_caller]
fn left(template: &str, expected: &str) {
    let lines = |text: &str| text.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&text(template)), lines(expected), "{template}");
}

#[test]
fn lines_items_rows_and_headings_vanish() {
    left("甲\n[[，乙{{ 空白 }}]]\n[[，丙{{ 可选 }}]]\n。", "甲\n。");
    left("- 甲；\n- [[乙{{ 空白 }}；]]\n- [[丙{{ 可选 }}。]]\n", "- 甲。");
    left("一是甲；\n\n[[二是乙{{ 空白 }}；]]\n\n[[三是丙{{ 可选 }}。]]\n", "一是甲。\n");
    left(
        "| 名 | 数 |\n|---|---|\n[[| 甲 | {{ 空白 }} |]]\n| 乙 | {{ 培训场次 }} |\n",
        "| 名 | 数 |\n|---|---|\n| 乙 | 36 |",
    );
    left("# 一\n\n甲\n\n## 二\n\n[[乙{{ 空白 }}。]]\n\n# 三\n\n丙", "# 一\n\n甲\n\n\n\n# 三\n\n丙");
    left("# 一\n\n## 二\n\n[[乙{{ 空白 }}。]]\n\n# 三\n\n丙", "\n\n\n# 三\n\n丙");
    left("# 一\n\n## 二\n\n# 三\n\n丙", "# 一\n\n## 二\n\n# 三\n\n丙");
    left("# 一\n\n## [[{{ 空白 }}建设]]\n\n乙\n\n# 三\n\n丙", "# 三\n\n丙");
    left("甲。\n\n[[\n## 二\n\n乙{{ 空白 }}。\n\n再。\n]]\n\n丙", "甲。\n\n\n丙");
    left("甲。\n\n[[\n## 二\n\n乙{{ 培训场次 }}。\n]]\n\n丙", "甲。\n\n## 二\n\n乙36。\n\n丙");
    left("```chart\n数: [[1, 2], [3, 4]]\n```\n", "```chart\n数: [[1, 2], [3, 4]]\n```");
}

#[test]
fn marks_that_are_text() {
    gives("甲\\[\\[乙\\]\\]", "甲\\[\\[乙\\]\\]");
    gives("甲\\［［乙\\］］\\【【丙\\】】", "甲［［乙］］【【丙】】");
    gives("{% raw %}[[甲{% endraw %}", "[[甲");
    gives("[甲](乙) [丙][丁]", "[甲](乙) [丙][丁]");
    gives("[[{{ '[[甲]]||乙】】' }}]]", "[[甲]]||乙】】");
    gives("[[{{ 私用 }}甲]]", "\u{FFFD}0\u{FFFD}[[。]]甲");
}

#[test]
fn marks_that_do_not_fit_are_told() {
    let said = |template: &str| {
        let template = super::super::text::TemplateText::new("t", template, crate::diagnostic::SourceId(1));
        let found = super::super::engine::Engine::new(vec![template]).err().unwrap_or_default();
        found.iter().map(|d| format!("{:?} {}", d.origin.map(|o| o.place), d.message)).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(said("甲\n乙[[丙"), "Some(Text { line: 2, column: 2, length: 2 }) 模板写法有误：[[ 没有结束");
    assert!(said("甲]]").contains("多出一个 ]]"));
    assert!(said("[[甲{% if 培训场次 %}]]{% endif %}").contains("多出一个 ]]"));
    assert!(said("{% if 培训场次 %}[[甲{% endif %}]]").contains("[[ 没有结束"));
    assert!(said("{% for a in 乡镇 %}[[甲{% continue %}]]{% endfor %}").contains("不能写在 [[ ]] 里面"));
    assert!(said(&"[[".repeat(5000)).contains("套得太深"));
}

#[test]
fn what_is_gone_is_told_once_with_its_name_and_its_figures_are_dropped() {
    let rendered = render("{{ 编号 }}[[，甲{{ 培训场次 }}{{ 空白 }}]][[{{ 没有 }}次]]，{{ 编号 }}", false);
    assert_eq!(shown(&rendered), "1.10，1.10");
    assert_eq!(rendered.figures.len(), 2);
    let [told] = &rendered.diagnostics[..] else { panic!("{:?}", rendered.diagnostics) };
    assert_eq!((told.severity, told.code), (Severity::Notice, crate::diagnostic::codes::T017));
    assert_eq!(told.message, "没有填写“空白”，这里没有印出：“，甲{{ 培训场次 }}{{ 空白 }}”");
    assert_eq!(told.related.len(), 1);
    let nested = render("[[甲，[[乙{{ 空白 }}]]。]]", false);
    assert_eq!(nested.diagnostics.len(), 1);
    let draft = render("甲[[，乙{{ 空白 }}]]，{{ 空白 }}。", true);
    assert_eq!(shown(&draft), "甲，〔待填：空白〕。");
}

#[test]
fn what_the_pack_requires_does_not_vanish() {
    let stops = render("甲[[，乙{{ 必需 }}]][[，{{ 若(必需) }}丙]]。", false);
    assert_eq!(stops.diagnostics[0].code, crate::diagnostic::codes::T011);
    assert_eq!(shown(&render("甲[[，乙{{ 必需 }}]]。", true)), "甲，乙〔待填：必需〕。");
}

#[test]
fn captured_clauses_and_macros() {
    gives("{% set b %}甲[[，乙{{ 空白 }}]]{% endset %}{{ b }}。", "甲。");
    gives("{% set b %}甲[[，乙{{ 空白 }}]]{% endset %}{{ b ~ '丙' }}。", "甲丙。");
    gives("{% macro m(x) %}[[，乙{{ x }}]]{% endmacro %}甲{{ m(空白) }}{{ m(培训场次) }}。", "甲，乙36。");
    gives("{% for n in [1, 2] %}[[{{ n }}、]]{% endfor %}。", "1、2、。");
    assert_eq!(printed("[[甲{{ 培训场次 }}]]").1, ["2,0"]);
}

/// Random sentences: each part vanishes or not.
fn part() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec!["，", "；", "、"]);
    let name = prop::sample::select(vec!["{{ 空白 }}", "{{ 培训场次 }}", "{{ 没有 }}"]);
    (mark, name.clone(), name, 0..6).prop_map(|(mark, a, b, form)| match form {
        0 => format!("[[甲{a}]]{mark}"),
        1 => format!("[[甲{a}{mark}]]"),
        2 => format!("[[甲{a}（[[乙{b}]]）]]{mark}"),
        3 => format!("[[甲{a}（[[含{b}]]、[[乙{a}]]）{mark}]]"),
        4 => format!("[[“[[甲{a}]]{mark}[[乙{b}]]”]]{mark}"),
        _ => format!("[[{{{{ 若({}) }}}}甲{mark}]]", a.trim_matches(['{', '}', ' '])),
    })
}

/// No mark stands where it cannot: at the beginning, beside another, in empty brackets.
fn is_sound(text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let stop = |c: char| matches!(c, '，' | '；' | '、' | '。');
    let beside = signs.windows(2).all(|two| {
        !(stop(two[0]) && (stop(two[1]) || matches!(two[1], '）' | '”')) && two[0] != '。')
            && !(two[0] == '。' && stop(two[1]))
            && !(matches!(two[0], '（' | '“') && (stop(two[1]) || matches!(two[1], '）' | '”')))
    });
    beside && signs.first().is_none_or(|c| !stop(*c)) && signs.last().is_none_or(|c| *c == '。')
}

/// Every word that is left leads to the same word of the template; of marks, each to a mark.
fn is_placed(text: &crate::template::RenderedText) -> bool {
    let stop = |c: char| matches!(c, '，' | '；' | '、' | '。');
    let same = |(a, b): (char, char)| a == b || stop(a) && stop(b);
    let mut placed = vec![false; text.len()];
    let right = text.exact().all(|(range, written)| {
        placed[range.clone()].fill(true);
        text[range.clone()].len() == written.len() && text[range].chars().zip(written.chars()).all(same)
    });
    right && text.char_indices().all(|(at, c)| placed[at] || !matches!(c, '全' | '镇' | '个' | '甲' | '乙' | '含'))
}

proptest! {
    #[test]
    fn punctuation_is_never_broken(parts in prop::collection::vec(part(), 1..7), last in part(), lead in any::<bool>(), lines in any::<bool>()) {
        let last = last.trim_end_matches(['，', '；', '、']).replace(['，', '；', '、'], "");
        let glue = if lines { "\n" } else { "" };
        let body = parts.join(glue);
        let template = match lead {
            true => format!("全镇{{{{ 培训场次 }}}}个，{body}{glue}{last}。"),
            false => format!("[[{body}{glue}{last}。]]"),
        };
        let rendered = render(&template, false);
        let text = shown(&rendered);
        prop_assert!(is_sound(&text), "{template}\n{text}");
        prop_assert!(is_placed(&rendered.text), "{template}\n{text}");
    }

    #[test]
    fn nothing_breaks_the_reader(parts in prop::collection::vec(prop::sample::select(vec!["[[", "]]", "||", "+", "［［", "】】", "{{ 空白 }}", "{{ 培训场次 }}", "，", "。", "（", "）", "\n", "\n\n", "# ", "- ", "| ", "**", "甲", "\\", "```", " ", "{% if 空白 %}", "{% endif %}"]), 0..40)) {
        let template = super::super::text::TemplateText::new("t", parts.concat(), crate::diagnostic::SourceId(1));
        if let Ok(engine) = super::super::engine::Engine::new(vec![template]) {
            let rendered = engine.render("t", &super::super::tests::world(), Vec::new(), true);
            let left = rendered.text.contains(|c: char| ('\u{E004}'..='\u{E00F}').contains(&c));
            prop_assert!(!left);
            prop_assert!(is_placed(&rendered.text), "{:?}\n{}", parts.concat(), &*rendered.text);
        }
    }
}
