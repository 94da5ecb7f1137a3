//! Every finding stands where the words are written: in the template and its includes, in
//! template.yaml, in the cell. A wrong word is put in all kinds of places; whatever prints it,
//! the finding must mark exactly that word.

use std::collections::BTreeSet;
use std::path::PathBuf;

use huibao::check;
use huibao::diagnostic::{Diagnostic, Place, SourceMap};
use huibao::pipeline::{self, Request};

/// A word that the rules know to be wrong.
const WORD: &str = "按排";
const DATA: &str = "年份: 2026\n报告: {单位: 甲县, 成文日期: 2026-12-09}\n培训场次: 36\n乡镇:\n  - {名称: 云溪镇, 经费: 3}\n  - {名称: 平坝乡, 经费: 5}\n  - {名称: 和顺乡, 经费: 7}\n";
const PACK: &str = "名称: 例\n标题: 关于某项工作情况的汇报\n";

/// A pack and its data in a folder that goes with the value.
fn pack(files: &[(&str, &str)]) -> (tempfile::TempDir, Request) {
    let dir = tempfile::tempdir().unwrap();
    let all = [("data.yaml", DATA), ("template.yaml", PACK), ("report.md.j2", "# 情况\n\n正文。\n")];
    for (name, text) in all.iter().chain(files) {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    let template = Some(dir.path().to_string_lossy().into_owned());
    let data = vec![dir.path().join("data.yaml")];
    let request = Request { data, template, folders: vec![PathBuf::from(".")], ..Request::default() };
    (dir, request)
}

/// All that is found over a report of these files, with the findings as they are printed.
fn found(files: &[(&str, &str)]) -> (Vec<Diagnostic>, SourceMap, String) {
    let (_dir, request) = pack(files);
    let material = match pipeline::prepare(&request) {
        Ok(material) => material,
        Err(failure) => panic!("{:?}", failure.diagnostics),
    };
    match pipeline::compose(&material, None, false) {
        Ok(composed) => {
            let findings = pipeline::examine(&material, &composed.document, &pipeline::Rules::All);
            let told = check::text(&findings, &material.sources);
            (findings.into_iter().map(|f| f.diagnostic).collect(), material.sources, told)
        }
        Err(wrong) => {
            let told = wrong.iter().map(|d| huibao::diagnostic::render(d, &material.sources)).collect();
            (wrong, material.sources, told)
        }
    }
}

/// Where the word is said to be, as `file:line:column`; it must stand there.
fn said(files: &[(&str, &str)]) -> BTreeSet<String> {
    let (all, sources, told) = found(files);
    let about = all.iter().filter(|d| d.code.name() == "W-01");
    let places = about.map(|d| {
        let origin = d.origin.unwrap_or_else(|| panic!("no place:\n{told}"));
        let Place::Text { line, column, length } = origin.place else { panic!("no text:\n{told}") };
        let text = sources.get(origin.source).text.clone().unwrap();
        let line = text.lines().nth(line as usize - 1).unwrap_or_else(|| panic!("no such line:\n{told}"));
        let marked: String = line.chars().skip(column as usize - 1).take(length as usize).collect();
        assert!(marked == WORD || origin.source.0 == 0 && marked.contains(WORD), "{marked}:\n{told}");
        sources.describe(origin)
    });
    places.collect()
}

/// Where the word stands in the pack's files.
fn written(files: &[(&str, &str)]) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for (name, text) in files {
        for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            for (at, _) in line.match_indices(WORD) {
                places.insert(format!("{name}:{}:{}", i + 1, line[..at].chars().count() + 1));
            }
        }
    }
    places
}

/// Every place of the word is found, and no other.
fn exact(files: &[(&str, &str)]) {
    let wanted = written(files);
    assert!(!wanted.is_empty(), "nothing to find in {files:?}");
    assert_eq!(said(files), wanted, "{files:?}");
}

fn report(text: &str) {
    exact(&[("report.md.j2", text)]);
}

#[test]
fn words_of_the_report() {
    for text in [
        "# 情况的按排\n\n正文。\n",
        "# 按排好的事。\n正文按排。\n",
        "# 情况\n\n工作按排好了。\n",
        "# 情况\n\n工作安排好了，\n又按排好了，按排完了。\n",
        "# 情况\n\n- 一项\n- 按排一项\n  接着按排\n\n1. 按排\n2. 两项按排\n",
        "# 情况\n\n表：工作按排表\n\n单位：按排\n\n| 名称 | 按排 |\n|---|---|\n| 甲 | 有按排 |\n| 乙按排 | 无 |\n\n注：按排如下\n",
        "# 情况\n\n全年开展{{ 培训场次 }}场按排，{{ 培训场次 }}场按排。\n",
        // Emphasis, escapes, code, characters of XML and of Markdown.
        "# 情况\n\n工作**按排**好，*按排*好，**好**按排，**甲：**按排。\n",
        "# 情况\n\n甲\\*按排\\*，\\_按排。甲 &amp; 按排 &lt;按排&gt;，`按排`，[按排](甲)。\n",
        "# 情况\n\n| 甲\\|按排 | 乙 |\n|---|---|\n| \\*按排 | a\\|b按排 |\n",
        // Blanks of all kinds before and within.
        "# 情况\n\n　　工作按排好了。\n\t又按排好了。\n\n    缩进的按排。\n\n全\t角\u{3000}按排。\n",
        "\u{feff}# 情况\r\n\r\n工作按排好了。\r\n　　又{{ 培训场次 }}场按排。\r\n\r\n- 按排\r\n",
        // No block of ours: it prints as text.
        "# 情况\n\n```\n甲按排\n  乙按排\n```\n",
        "# 情况\n\n<b>按排</b>好了。\n\n<div>\n按排\n</div>\n",
        "# 情况\n\nＡＢＣ按排，abc按排，\u{1F600}按排。\n",
    ] {
        report(text);
    }
}

#[test]
fn words_that_statements_print() {
    for text in [
        "# 情况\n\n{% for 行 in 乡镇 %}\n{{ 行.名称 }}按排{{ 行.经费 }}万元。\n\n{% endfor %}\n",
        "# 情况\n\n{% for 行 in 乡镇 %}{{ 行.名称 }}按排{% if not loop.last %}，又按排{% endif %}{% endfor %}。\n",
        "# 情况\n\n{% if 培训场次 > 1 -%}\n   多{%- else %}少{% endif %}的按排。{# 甲 #}按排。\n",
        "# 情况\n\n{% set 话 %}已经按排{{ 培训场次 }}场{% endset %}甲{{ 话 }}，乙{{ 话 }}。\n",
        "# 情况\n\n{% macro 句(名) %}{{ 名 }}按排好了{% endmacro %}{{ 句(\"甲\") }}，{{ 句(\"乙\") }}。\n",
        "# 情况\n\n{% macro 框() %}框里{{ caller() }}框外按排{% endmacro %}{% call 框() %}按排{% endcall %}。\n",
        "# 情况\n\n{% filter trim %}  工作按排好了  {% endfilter %}。\n",
        "# 情况\n\n{% filter upper %}abc按排{% endfilter %}。\n",
        "# 情况\n\n{% raw %}{{ 甲 }}按排{% endraw %}。\n",
        "# 情况\n\n{% with 甲 = 1 %}按排{{ 甲 }}件。{% endwith %}\n",
    ] {
        report(text);
    }
}

#[test]
fn words_of_other_files() {
    let part = ("part.j2", "{{ 培训场次 }}场按排。\n{% set 甲 %}按排{% endset %}\n又{{ 甲 }}。\n");
    exact(&[("report.md.j2", "# 情况\n\n甲按排。\n\n{% include \"part.j2\" %}\n按排。\n"), part]);
    let macros = ("macros.j2", "{% macro 句(名) %}{{ 名 }}按排好了{% endmacro %}");
    exact(&[("report.md.j2", "{% import \"macros.j2\" as 句子 %}# 情况\n\n{{ 句子.句(\"甲\") }}。\n"), macros]);
    let base = ("base.j2", "# 情况\n\n按排一。\n\n{% block 正文 %}没有按排{% endblock %}\n");
    let own = "{% extends \"base.j2\" %}{% block 正文 %}按排二。{% endblock %}\n";
    let found = said(&[("report.md.j2", own), base]);
    assert_eq!(found, ["base.j2:3:1", "report.md.j2:1:38"].map(String::from).into());
}

/// Every 按排 is found, and no 〇〇, which is 按排 in a clause that vanishes. 无 is a figure that
/// nobody filled in, 有 is one that is there.
fn left(name: &str, text: &str, others: &[(&str, &str)]) {
    let data = format!("{DATA}空白:\n");
    let text = text.replace('无', "{{ 空白 }}").replace('有', "{{ 培训场次 }}");
    let wanted = written(&[&[(name, &*text.replace("〇〇", "什么"))], others].concat());
    let text = text.replace("〇〇", WORD);
    assert!(!wanted.is_empty());
    assert_eq!(said(&[&[(name, &*text), ("data.yaml", &*data)], others].concat()), wanted, "{text}");
}

#[test]
fn words_around_clauses_that_vanish() {
    for text in [
        "甲按排[[，〇〇无件]]，乙按排[[，丙按排有件]]，丁按排。\n",
        "[[甲〇〇无件]]，[[乙〇〇无件]]，丙按排，[[丁〇〇无件]]。按排。\n",
        "[[上年〇〇无件||上年按排少]]，今年按排有件[[，〇〇无件||，〇〇无]]按排。\n",
        "共[[甲按排有[[，〇〇无]]按排；]]丙按排。[[〇〇无[[，〇〇有]]。]]按排。\n",
        "一是甲按排；\n\n[[二是〇〇无；]]\n\n[[三是〇〇无。]]\n\n丙按排。\n",
        "甲按排\n[[，〇〇无]]\n[[，按排有]]\n，按排[[，〇〇无。]]\n\n按排。\n",
        "- 甲按排；\n- [[〇〇无；]]\n- 按排[[（〇〇无）]]按排；\n- [[〇〇无。]]\n\n按排。\n",
        "| 名 | 按排 |\n|---|---|\n[[| 〇〇 | 无 |]]\n| 按排 | 有 |\n[[| 按排 | 有 |]]\n\n按排。\n",
        "甲按排。\n\n## 〇〇\n\n[[〇〇无。]]\n\n## [[无〇〇]]\n\n〇〇。\n\n# 三按排\n\n丙按排。\n\n[[\n## 四按排\n\n乙按排有。\n]]\n\n按排。\n",
        "**[[甲〇〇无]]**，**按排**，**甲按排，[[乙〇〇无]]**按排。\n",
        "印发《[[〇〇无]]》按排，甲（[[含〇〇无]]、[[乙按排有]]）按排（[[〇〇无]]）按排。\n",
        "{% set 话 %}甲按排[[，〇〇无]]{% endset %}{{ 话 }}按排。{% set 全 %}[[按排有]]{% endset %}{{ 全 }}按排。\n",
        "{% macro 句(数) %}[[，按排{{ 数 }}]]{% endmacro %}甲{{ 句(空白) }}{{ 句(培训场次) }}，按排。\n",
        "{% for 行 in 乡镇 %}[[{{ 行.名称 }}按排{{ 行.经费 }}万元[[，〇〇无]]；]]按排{% endfor %}。\n",
        "[[〇〇无。]]\n\n```table\n数据: 乡镇\n标题: 经费按排\n```\n\n按排。\n",
        "甲\\［［乙按排\\］］按排[[，〇〇无]]按排。\n",
    ] {
        left("report.md.j2", &format!("# 情况\n\n{text}"), &[]);
    }
    left("template.yaml", "名称: 例\n标题: \"关于\\u300a甲\\u300b按排[[和〇〇无]]工作的按排\"\n", &[]);
    let report = ("report.md.j2", "# 情况\n\n甲按排。{% include \"part.j2\" %}按排。\n");
    left("part.j2", "[[〇〇无，]]乙按排[[，丙按排有]]。", &[report]);
}

#[test]
fn words_of_template_yaml() {
    for pack in [
        "名称: 例\n标题: 关于{{ 年份 }}年按排工作的汇报\n",
        "说明: 按排二字在这里不算\n名称: 例\n标题: \"关于\\u300a按排\\u300b工作的汇报按排\"\n",
        "名称: 例\n标题: '关于''甲''按排工作的汇报'\n",
        "名称: 例\n标题: >-\n  关于甲工作\n  按排的汇报\n",
        "\u{feff}名称: 例\r\n标题: |-\r\n  关于甲工作的\r\n  按排的汇报\r\n",
    ] {
        let line = pack.lines().take_while(|line| line.starts_with("说明")).count();
        let all = written(&[("template.yaml", pack)]);
        let wanted: BTreeSet<String> =
            all.into_iter().filter(|p| !p.starts_with(&format!("template.yaml:{line}:"))).collect();
        assert_eq!(said(&[("template.yaml", pack)]), wanted, "{pack}");
    }
    let annex = "# 甲\n\n按排。\n";
    exact(&[("template.yaml", "名称: 例\n标题: 汇报\n附件:\n  - {标题: 工作按排表, 文件: a.j2}\n"), ("a.j2", annex)]);
}

#[test]
fn words_of_fenced_blocks() {
    for block in [
        "```table\n数据: 乡镇\n标题: 经费按排\n单位: 按排\n注: 按排说明\n列:\n  - 名称\n  - {列: 经费, 标题: 按排.经费按排}\n```\n",
        "```chart\n类型: 柱\n标题: 经费按排{{ 年份 }}\n类别: [甲按排, \"乙\\t按排\"]\n系列:\n  - {名称: 按排, 数值: [1, 2]}\n```\n",
        "{% for 行 in 乡镇 %}\n```chart\n标题: {{ 行.名称 }}按排\n类别: [甲]\n系列: [{名称: 乙, 数值: [{{ 行.经费 }}]}]\n```\n\n{% endfor %}\n",
    ] {
        report(&format!("# 情况\n\n{block}"));
    }
}

#[test]
fn words_of_cells_name_their_cell() {
    let data = DATA.replace("平坝乡", "按排乡").replace("培训场次: 36", "甲: \"*按排* # `按排`\\n<b>按排\"");
    let text = "# 情况\n\n有{{ 乡镇 | 取(\"名称\") | 顿号 }}。\n\n甲是{{ 甲 }}。\n\n{{ 乡镇[1].名称 }}好。\n";
    let files = [("data.yaml", &*data), ("report.md.j2", text)];
    let found = said(&files);
    assert_eq!(found, ["data.yaml:3:4", "data.yaml:6:10"].map(String::from).into());
}

#[test]
fn headings_of_a_table_are_those_of_the_data() {
    let data = DATA.replace("经费", "按排");
    let (all, sources, told) =
        found(&[("data.yaml", &data), ("report.md.j2", "# 情况\n\n```table\n数据: 乡镇\n```\n")]);
    let about: Vec<String> =
        all.iter().filter(|d| d.message.contains(WORD)).filter_map(|d| Some(sources.describe(d.origin?))).collect();
    assert_eq!(about, ["data.yaml:5:15"], "{told}");
}

/// What is printed, and what a program reads of it.
#[test]
fn findings_as_they_are_printed() {
    let report = "# 情况\n\n全县{{ 培训场次 }}场**培训**已{% if 1 %}按排{% endif %}到位，有{{ 乡镇 | 取(\"名称\") | 顿号 }}等。\n\n\
        ```chart\n类型: 园\n```\n";
    let (_, _, told) = found(&[("report.md.j2", report)]);
    let words = report.replace("园", "柱\n标题: 工作按排\n类别: [甲]\n系列: [{名称: 乙, 数值: [1]}]");
    let data = DATA.replace("平坝乡", "按排乡");
    let (_, _, more) = found(&[("report.md.j2", &words), ("data.yaml", &data)]);
    insta::assert_snapshot!("places", format!("{told}\n{more}"));
}

/// Behind a mark 和 may begin a name; the joint of template and cell is no word. A 和 that was
/// typed is one, in the template and in a cell.
#[test]
fn a_joint_of_template_and_cell() {
    let about = |report: &str, data: &str| -> Vec<String> {
        let (all, sources, _) = found(&[("report.md.j2", report), ("data.yaml", data)]);
        all.iter().filter(|d| d.code.name() == "P-25").filter_map(|d| Some(sources.describe(d.origin?))).collect()
    };
    let report = "# 情况\n\n有{{ 乡镇 | 取(\"名称\") | 顿号 }}；其中{{ 乡镇[1].名称 }}、{{ 乡镇[2].名称 }}较快。\n";
    assert!(about(report, DATA).is_empty());
    let typed = "# 情况\n\n其中{{ 乡镇[1].名称 }}、和{{ 乡镇[0].名称 }}较快。\n";
    assert_eq!(about(typed, DATA), ["report.md.j2:3:17"]);
    let in_a_cell = DATA.replace("云溪镇", "水利、和城建部门");
    assert_eq!(about("# 情况\n\n其中{{ 乡镇[0].名称 }}较快。\n", &in_a_cell), ["data.yaml:5:10"]);
}

/// A long report costs what its length asks for.
#[test]
fn places_of_a_long_report_cost_no_more_than_its_length() {
    let took = |paragraphs: usize| {
        let text = format!("# 情况\n\n{}", "工作**按排**好，{{ 培训场次 }}场\\*按排。\n\n".repeat(paragraphs));
        let (_dir, request) = pack(&[("report.md.j2", &text)]);
        let material = pipeline::prepare(&request).unwrap_or_else(|f| panic!("{:?}", f.diagnostics));
        let start = std::time::Instant::now();
        let composed = pipeline::compose(&material, None, false).unwrap();
        assert_eq!(composed.document.body.len(), paragraphs + 1);
        start.elapsed().as_secs_f64()
    };
    took(100);
    let best = |n| (0..3).map(|_| took(n)).fold(f64::INFINITY, f64::min);
    // Both beyond what a cache holds, so that only the growth is measured.
    let (few, many) = (best(4000), best(16000));
    assert!(many < few * 12.0, "{few} s for 4,000 paragraphs, {many} s for 16,000");
}
