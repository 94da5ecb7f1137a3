//! A figure answers for other years, also after a calculation: by the same calculation over
//! that year's data. A year without the data is missing.

use std::sync::Arc;

use huibao::template::{Declared, Subject, World};

use super::data_support::read;
use super::figure_language::{print, rows_hold, world_of};

const DATA: &str = "年份: 2026
培训场次: 36
办结: 45
收集: 50
办结率: 90%
今年才有: 7
培训: {人数: 120}
历年:
  2025: {培训场次: 32, 办结: 40, 收集: 50, 办结率: 80%, 培训: {人数: 100}}
  2024: {培训场次: 30, 办结: 24, 收集: 40, 办结率: 60%}
乡镇:
  - {名称: 云溪镇, 中心站: 建成, 接待: 95}
  - {名称: 石桥镇, 中心站: 建成, 接待: 120}
  - {名称: 新湖镇, 中心站: 在建, 接待: 60}
  - {名称: 云溪镇, 中心站: 在建, 接待: 80, 年份: 2025}
  - {名称: 石桥镇, 中心站: 建成, 接待: 100, 年份: 2025}
  - {名称: 东湖乡, 中心站: 在建, 接待: 20, 年份: 2025}
  - {名称: 西湖乡, 中心站: 在建, 接待: 30, 年份: 2025}
  - {名称: 石桥镇, 中心站: 在建, 接待: 50, 年份: 2024}
更名:
  - {原名: 东湖乡, 现名: 新湖镇}
  - {原名: 西湖乡, 现名: 新湖镇}
";

/// Written, and what it gives; an error where it begins with a cross.
const ROWS: &[(&str, &str)] = &[
    // A field.
    ("培训场次.上年", "32"),
    ("培训场次.历年[2024]", "30"),
    ("培训场次.历年[2026]", "36"),
    ("培训场次 | 比上年", "同比增长12.5%"),
    ("培训场次 | 同比", "同比增长12.5%"),
    ("培训场次.上年 | 同比", "同比增长6.7%"),
    ("培训.人数 | 同比", "同比增长20%"),
    ("培训.人数.上年", "100"),
    ("上年.培训场次.上年", "30"),
    ("历年[2025].培训场次.上年", "32"),
    ("历年[2025].培训场次", "32"),
    ("数据[\"培训场次\"].上年", "32"),
    ("培训场次 | 增减(单位=\"场\")", "增加4场"),
    ("办结率 | 百分点", "提高10个百分点"),
    ("年份.上年", "2025"),
    // What is calculated.
    ("(培训场次 + 办结).上年", "72"),
    ("(培训场次 * 2) | 同比", "同比增长12.5%"),
    ("(办结 / 收集).上年", "0.8"),
    ("(办结 / 收集).历年[2024]", "0.6"),
    ("百分点(办结 / 收集)", "提高10个百分点"),
    ("(占比(办结, 收集)).上年", "80%"),
    ("占比(办结, 收集) | 比上年", "同比提高10个百分点"),
    ("(培训场次 | round).上年", "32"),
    ("([培训场次, 办结] | sum).上年", "72"),
    ("([培训场次, 办结] | max).上年", "40"),
    ("(培训场次 - 上年.培训场次).上年", "2"),
    ("(培训场次 if 办结 > 0 else 收集).上年", "32"),
    // Tables.
    ("合计(乡镇, \"接待\").上年", "230"),
    ("合计(乡镇, \"接待\") | 比上年", "同比增长19.6%"),
    ("合计(乡镇, \"接待\").历年[2024]", "50"),
    ("(乡镇 | 筛选(\"中心站\", \"建成\") | length).上年", "1"),
    ("(乡镇 | 筛选(\"中心站\", \"建成\") | length) | 增减(单位=\"个\")", "增加1个"),
    ("(乡镇 | length).上年", "4"),
    ("合计(乡镇 | 筛选(\"接待\", 至少=90), \"接待\").上年", "100"),
    ("平均(乡镇, \"接待\", 位数=1).上年", "57.5"),
    ("(乡镇 | 取(\"接待\") | sum).上年", "230"),
    ("占比(乡镇 | 筛选(\"中心站\", \"建成\") | length, 乡镇 | length).上年", "25%"),
    // A record: the same unit, also where it was several.
    ("乡镇[0].接待.上年", "80"),
    ("乡镇[0].接待 | 比上年", "同比增长18.8%"),
    ("乡镇[2].接待.上年", "50"),
    ("乡镇[2].接待 | 比上年", "同比增长20%"),
    ("最大(乡镇, \"接待\").接待.上年", "100"),
    ("最小(乡镇, \"接待\").接待.上年", "50"),
    ("最大(乡镇, \"接待\").接待 | 比上年", "同比增长20%"),
    ("乡镇[1].接待.历年[2024]", "50"),
    ("(乡镇 | 排序(\"接待\", 降序=true))[0].接待.上年", "100"),
    ("名次(乡镇, \"接待\", 乡镇[1]).上年", "1"),
    // Years without the data.
    ("今年才有.上年", "✗缺少“上年.今年才有”"),
    ("今年才有 | 比上年", "✗缺少“上年.今年才有”"),
    ("培训场次.历年[2020]", "✗缺少“历年[2020].培训场次”"),
    ("培训.人数.历年[2024]", "✗缺少“历年[2024].培训.人数”"),
    ("乡镇[0].接待.历年[2024]", "✗缺少"),
    ("(培训场次 + 今年才有) | 同比", "✗缺少“上年.今年才有”"),
    ("今年才有.上年 | default(\"无\")", "无"),
];

#[test]
fn every_figure_answers_for_other_years() {
    let world = world_of("data.yaml", DATA.as_bytes().to_vec());
    rows_hold(&world, ROWS);
}

#[test]
fn records_met_in_a_loop_answer_for_last_year() {
    let world = world_of("data.yaml", DATA.as_bytes().to_vec());
    let written = "{% for 镇 in 乡镇 %}{{ 镇.名称 }}{{ 镇.接待.上年 }}，{{ 镇.接待 | 比上年 }}；{% endfor %}";
    let got = print(&world, written).map(|(text, _)| text);
    let wanted = "云溪镇80，同比增长18.8%；石桥镇100，同比增长20%；新湖镇50，同比增长20%；";
    assert_eq!(got.as_deref(), Ok(wanted));
}

/// In a batch the years are those of the unit that the report is about.
#[test]
fn the_subject_answers_for_its_own_last_year() {
    let loaded = read(&[("data.yaml", DATA.as_bytes())]);
    let data = Arc::new(loaded.dataset.unwrap());
    // 新湖镇, which was 东湖乡 and 西湖乡.
    let rows = vec![(2025, 2), (2025, 3), (2026, 2)];
    let subject = Subject { table: "乡镇".into(), rows, report: Vec::new(), digest: "".into() };
    let world = Arc::new(World::new(data, Arc::new(Declared::default()), Some(subject)));
    let said = |written: &str| print(&world, written).map(|(text, _)| text);
    assert_eq!(said("{{ 接待 }}，上年{{ 接待.上年 }}，{{ 接待 | 比上年 }}").as_deref(), Ok("60，上年50，同比增长20%"));
    assert_eq!(said("{{ (接待 * 2).上年 }}").as_deref(), Ok("100"));
    assert_eq!(said("{{ 占比(接待, 合计(乡镇, \"接待\")).上年 }}").as_deref(), Ok("21.7%"));
    assert!(said("{{ 接待.历年[2024] }}").unwrap_err().contains("缺少"));
}

/// The cells of last year's figure are last year's cells, those of a comparison both years'.
#[test]
fn last_years_figures_name_last_years_cells() {
    let world = world_of("data.yaml", DATA.as_bytes().to_vec());
    let names = |written: &str| -> Vec<String> {
        let (_, figures) = print(&world, written).unwrap();
        figures[0].reads.iter().map(|read| read.name.to_string()).collect()
    };
    assert_eq!(names("{{ 培训场次.上年 }}"), ["上年.培训场次"]);
    assert_eq!(names("{{ 培训场次 | 比上年 }}"), ["培训场次", "上年.培训场次"]);
    assert_eq!(names("{{ (办结 / 收集).上年 }}"), ["上年.办结", "上年.收集"]);
    assert_eq!(names("{{ 乡镇[2].接待.上年 }}"), ["上年.乡镇[东湖乡].接待", "上年.乡镇[西湖乡].接待"]);
}

/// Nothing of another year is looked at before somebody asks: what is wrong there is told then.
#[test]
fn another_year_is_calculated_only_when_asked() {
    let data = "年份: 2026\n乡镇:\n  - {名称: 云溪镇, 接待: 95}\n  - {名称: 石桥镇, 接待: 120}\n  \
        - {名称: 云溪镇, 接待: 不详, 年份: 2025}\n  - {名称: 石桥镇, 接待: 100, 年份: 2025}\n";
    let world = world_of("data.yaml", data.as_bytes().to_vec());
    let said = |written: &str| print(&world, written).map(|(text, _)| text);
    assert_eq!(said("{% set 和 = 合计(乡镇, \"接待\") %}{{ 和 }}，{{ 和 / 2 }}").as_deref(), Ok("215，107.5"));
    let asked = said("{% set 和 = 合计(乡镇, \"接待\") %}{{ 和.上年 }}");
    assert!(asked.as_ref().is_err_and(|said| said.contains("上年.乡镇[云溪镇]") && said.contains("不详")), "{asked:?}");
}
