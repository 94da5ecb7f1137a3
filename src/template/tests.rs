//! The engine over a small dataset made by hand: what is printed, and which cells made it.

use std::str::FromStr;
use std::sync::Arc;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::engine::{Engine, Rendered};
use super::text::TemplateText;
use super::tokens::split_tokens;
use super::world::{Declared, World};
use crate::dataset::{Cell, Column, Dataset, Number, Record, Table, Value, YearData};
use crate::diagnostic::{Origin, SourceId};

fn at(row: u32, column: u32) -> Origin {
    Origin::cell(SourceId(0), 0, row, column)
}

/// A cell from what it shows; the place is its row and column.
fn cell(shown: &str, row: u32, column: u32) -> Cell {
    let value = match shown {
        "" => Value::Missing,
        "—" => Value::Absent,
        s if s.ends_with('%') => {
            Value::Number(Number::percent(Decimal::from_str(s.trim_end_matches('%')).unwrap() / Decimal::from(100)))
        }
        s => Decimal::from_str(s).map_or(Value::Text(s.into()), |d| Value::Number(Number::plain(d))),
    };
    Cell { value, shown: shown.into(), unit: None, origin: at(row, column) }
}

fn table(name: &str, columns: &[&str], rows: &[&[&str]]) -> Table {
    Table {
        name: name.into(),
        columns: columns
            .iter()
            .map(|c| Column { name: (*c).into(), unit: None, unit_of_sheet: false, origin: at(0, 0) })
            .collect(),
        records: rows
            .iter()
            .enumerate()
            .map(|(r, row)| Record {
                cells: row.iter().enumerate().map(|(c, s)| cell(s, 100 + r as u32, c as u32)).collect(),
                origin: at(100 + r as u32, 0),
            })
            .collect(),
        totals: Vec::new(),
        origin: at(99, 0),
    }
}

pub fn world() -> Arc<World> {
    let year = |fields: &[(&str, &str)], row: u32, tables: Vec<Table>| YearData {
        fields: fields.iter().enumerate().map(|(i, (n, s))| (Arc::from(*n), cell(s, row, i as u32))).collect(),
        tables: tables.into_iter().map(|t| (t.name.clone(), t)).collect(),
    };
    let towns = table(
        "乡镇",
        &["名称", "中心站", "经费", "培训.场次", "做法"],
        &[
            &["云溪镇", "建成", "0.1", "3", "培训{{ 培训.场次 }}场，全县{{ 培训场次 }}场。"],
            &["石桥镇", "在建", "0.2", "4", "投入{{ 经费 }}万元；"],
            &["柳湾镇", "建成", "31.86", "—", "投入{{ 记录.经费 }}万元，居{{ 排名(乡镇, '经费', 记录) }}"],
        ],
    );
    let data = Dataset {
        field_sheets: Vec::new(),
        year: Some(2026),
        year_origin: None,
        report: IndexMap::new(),
        report_lists: IndexMap::new(),
        years: [
            (
                2025,
                year(&[("培训场次", "32"), ("办结率", "75.1%"), ("文稿", "{{ 年份 }}年{{ 培训场次 }}场")], 1, vec![]),
            ),
            (
                2026,
                year(
                    &[
                        ("培训场次", "36"),
                        ("办结率", "78.3%"),
                        ("空白", ""),
                        ("编号", "1.10"),
                        ("投诉.件数", "7"),
                        ("说明", "a|b*c{{ x }}"),
                        ("文稿", "# 共{{ 培训场次 }}场，*｛｛ 培训场次 ｜ 比上年 ｝｝*。\n编号{{ 编号 }}"),
                        ("套用", "{{ 文稿 }}"),
                        ("错稿", "共{{ 陪训场次 }}场"),
                        ("未完", "共{{ 培训场次"),
                        ("私用", "\u{E004}0\u{E005}[[。]]"),
                        ("没有", "—"),
                    ],
                    2,
                    vec![towns],
                ),
            ),
        ]
        .map(|(year, data)| (year, Arc::new(data)))
        .into_iter()
        .collect(),
        files: Vec::new(),
    };
    let declared = Declared {
        fields: vec!["可选".into(), "必需".into()],
        key: "名称".into(),
        tables: vec![("案例".into(), vec!["地点".into()])],
        required: Arc::new(["必需".into()].into()),
        prose: Arc::new(["乡镇.做法".into(), "文稿".into(), "套用".into(), "错稿".into(), "未完".into()].into()),
    };
    Arc::new(World::new(Arc::new(data), Arc::new(declared), None))
}

pub fn render(text: &str, draft: bool) -> Rendered {
    let template = TemplateText::new("t", text, SourceId(1));
    let engine = Engine::new(vec![template]).unwrap_or_else(|d| panic!("{d:?}"));
    engine.render("t", &world(), Vec::new(), draft)
}

/// The printed text.
pub fn shown(rendered: &Rendered) -> String {
    let figure = |id: crate::figures::FigureId| rendered.figures[id.0 as usize].text.to_string();
    let piece = |(piece, id): (&str, Option<_>)| format!("{piece}{}", id.map(figure).unwrap_or_default());
    split_tokens(&rendered.text).into_iter().map(piece).collect()
}

/// The printed text, and the cells of each figure as `row,column`.
pub fn printed(text: &str) -> (String, Vec<String>) {
    let rendered = render(text, false);
    assert!(rendered.diagnostics.is_empty(), "{:?}", rendered.diagnostics);
    let shown = shown(&rendered);
    let cells = rendered
        .figures
        .iter()
        .map(|f| {
            let of = |r: crate::figures::Read| match r.origin.place {
                crate::diagnostic::Place::Cell { row, column, .. } => format!("{row},{column}"),
                _ => "?".into(),
            };
            f.reads.iter().map(of).collect::<Vec<_>>().join(" ")
        })
        .collect();
    (shown, cells)
}

fn message(text: &str) -> String {
    let rendered = render(text, false);
    let lines: Vec<String> = rendered
        .diagnostics
        .iter()
        .map(|d| format!("{:?} {} {}", d.origin.map(|o| o.place), d.message, d.helps.join(" ")))
        .collect();
    lines.join("\n")
}

#[test]
fn figures_print_what_the_cell_shows_and_know_their_cells() {
    assert_eq!(printed("{{ 培训场次 }}场"), ("36场".into(), vec!["2,0".into()]));
    assert_eq!(printed("{{ 编号 }} {{ 办结率 }}"), ("1.10 78.3%".into(), vec!["2,3".into(), "2,1".into()]));
    assert_eq!(printed("{{ 培训场次 - 上年.培训场次 }}"), ("4".into(), vec!["2,0 1,0".into()]));
    assert_eq!(printed("{{ 历年[2025].培训场次 }}"), ("32".into(), vec!["1,0".into()]));
    assert_eq!(printed("{{ 投诉.件数 }}{{ 数据['投诉.件数'] }}"), ("77".into(), vec!["2,4".into(), "2,4".into()]));
    assert_eq!(printed("{{ 说明 }}"), ("a|b*c{{ x }}".into(), vec!["2,5".into()]));
    assert_eq!(printed("{{ 年份 }}"), ("2026".into(), vec!["".into()]));
}

#[test]
fn sums_are_exact_and_name_every_cell() {
    let all = "100,2 101,2 102,2";
    assert_eq!(printed("{{ 合计(乡镇, '经费') }}"), ("32.16".into(), vec![all.into()]));
    assert_eq!(printed("{{ 乡镇|map(attribute='经费')|sum }}"), ("32.16".into(), vec![all.into()]));
    assert_eq!(printed("{{ 乡镇[0].经费 + 乡镇[1].经费 }}"), ("0.3".into(), vec!["100,2 101,2".into()]));
}

#[test]
fn selections_count_and_join() {
    assert_eq!(
        printed("{{ 乡镇|筛选('中心站','建成')|length }}个：{{ 乡镇|筛选('中心站','建成')|取('名称')|顿号 }}"),
        ("2个：云溪镇、柳湾镇".into(), vec!["100,1 101,1 102,1".into(), "100,0 102,0".into()])
    );
}

#[test]
fn conditions_leave_no_trace_and_variables_keep_theirs() {
    assert_eq!(printed("{% if 培训场次 > 30 %}{{ 编号 }}{% endif %}"), ("1.10".into(), vec!["2,3".into()]));
    assert_eq!(
        printed("{% set n = 培训场次 + 上年.培训场次 %}{{ n }}、{{ 编号 }}、{{ n }}"),
        ("68、1.10、68".into(), vec!["2,0 1,0".into(), "2,3".into(), "2,0 1,0".into()])
    );
    assert_eq!(
        printed("{% for 名 in 乡镇|取('名称') %}{{ 名 }};{% endfor %}"),
        ("云溪镇;石桥镇;柳湾镇;".into(), vec!["100,0".into(), "101,0".into(), "102,0".into()])
    );
    assert_eq!(
        printed("{% for 镇 in 乡镇 %}{{ 镇.培训.场次 }};{% endfor %}"),
        ("3;4;—;".into(), vec!["100,3".into(), "101,3".into(), "102,3".into()])
    );
    assert_eq!(
        printed("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(培训场次) }}"),
        ("<36>".into(), vec!["2,0".into()])
    );
    assert_eq!(printed("{% set b %}共{{ 培训场次 }}场{% endset %}{{ b }}"), ("共36场".into(), vec!["2,0".into()]));
}

#[test]
fn what_is_missing_is_falsy_and_named_when_printed() {
    assert_eq!(printed("{% if 空白 or 可选 or 案例 %}有{% else %}没有{% endif %}"), ("没有".into(), vec![]));
    assert_eq!(printed("{{ 空白 is defined }}{{ 可选|default('甲') }}"), ("否甲".into(), vec!["".into(), "".into()]));
    insta::assert_snapshot!(
        "missing",
        message(
            "a\n{{ 空白 }}{{ 上年.编号 }}{{ 培训场次 - 空白 }}\n{{ 陪训场次 }}{{ 乡镇[0].经废 }}{{ 同比(培训场次, 上年.编号) }}"
        )
    );
    let draft = render("{{ 空白 }}、{{ 培训场次 - 上年.编号 }}", true);
    assert!(draft.diagnostics.is_empty());
    assert_eq!(draft.figures[0].text.as_ref(), "〔待填：空白〕");
    assert_eq!(draft.figures[1].text.as_ref(), "〔待填：上年.编号〕");
}

#[test]
#[allow(clippy::vec_init_then_push, reason = "one line a mistake reads better")]
fn mistakes_have_their_place() {
    let mut found = Vec::new();
    found.push(message("a\nb{% if 陪训场次 > 3 %}x{% endif %}"));
    found.push(message("{{ 培训场次|顿耗 }}"));
    found.push(message("{{ 合记(乡镇, '经费') }}"));
    found.push(message("{{ 合计(乡镇, '经废') }}"));
    found.push(message("{{ 占比(培训场次, 0) }}"));
    found.push(message("{{ 乡镇 }}"));
    found.push(message("{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}"));
    let template = |text: &str| TemplateText::new("t", text, SourceId(1));
    let syntax = Engine::new(vec![template("甲\n{{ 培训场次 }")]).err().unwrap_or_default();
    found.push(format!("{:?} {}", syntax[0].origin.map(|o| o.place), syntax[0].message));
    insta::assert_snapshot!("mistakes", found.join("\n"));
}

#[test]
fn a_prose_cell_fills_its_figures_and_nothing_else() {
    let whole = "# 共36场，*同比增长12.5%*。\n编号1.10".to_owned();
    let cells = ["2,6", "2,0", "2,6", "2,0 1,0", "2,6", "2,3"];
    assert_eq!(printed("{{ 文稿 }}"), (whole, cells.map(str::to_owned).to_vec()));
    assert_eq!(printed("{{ 说明 }}").0, "a|b*c{{ x }}");
    assert_eq!(printed("{{ 上年.文稿 }}、{{ 文稿.上年 | trim }}").0, "2025年32场、2025年32场");
    for (written, told) in
        [("{{ 套用 }}", "文稿里不能再用文稿"), ("{{ 错稿 }}", "“陪训场次”不存在"), ("{{ 未完 }}", "没有结束")]
    {
        let said = render(written, false).diagnostics;
        assert!(said[0].message.contains(told), "{said:?}");
        assert_eq!(said[0].related.len(), 1, "{said:?}");
    }
}

/// Whatever a text passes through, its figures are filled; those of a row from the row first.
#[test]
fn a_prose_cell_is_filled_behind_filters_too() {
    let whole = "培训3场，全县36场。投入0.2万元；投入31.86万元，居第1位";
    for (written, gives) in [
        ("{% for 镇 in 乡镇 %}{{ 镇.做法 }}{% endfor %}", whole),
        ("{{ 乡镇 | 取('做法') | join }}", whole),
        ("{{ 乡镇 | 取('做法') | 一是 }}", "一是培训3场，全县36场；二是投入0.2万元；三是投入31.86万元，居第1位。"),
        ("{{ 乡镇[:2] | 取('做法') | 列举(1) }}", "培训3场，全县36场。等2个"),
        ("{{ [乡镇[1].做法, 编号] | 顿号 }}", "投入0.2万元；、1.10"),
        ("{{ '其中' ~ 乡镇[1].做法 | trim | replace('投入', '花费') }}", "其中花费0.2万元；"),
        ("{{ 乡镇[1].做法[:3] }}", "投入0.2"),
        (
            "{% set 段 = 乡镇[1].做法 | trim %}{{ 段 }}{% set 块 %}{{ 段 }}{% endset %}{{ 块 | trim }}",
            "投入0.2万元；投入0.2万元；",
        ),
        ("{% macro 写(文) %}（{{ 文 }}）{% endmacro %}{{ 写(乡镇[1].做法 | trim) }}", "（投入0.2万元；）"),
        ("[[{{ 说明 }}，{{ 乡镇[1].做法 | trim }}]]", "a|b*c{{ x }}，投入0.2万元；"),
    ] {
        assert_eq!(printed(written).0, gives, "{written}");
    }
    let (_, cells) = printed("{{ 乡镇[1].做法 | trim }}");
    assert_eq!(cells, ["101,4", "101,2", "101,4"].map(str::to_owned).to_vec());
    let said = render("{{ [错稿] | 一是 }}", false).diagnostics;
    assert!(said[0].message.contains("{{ 陪训场次 }}") && said[0].related.len() == 1, "{said:?}");
    let said = render("{{ 错稿 + 1 }}", false).diagnostics;
    assert!(said[0].message.contains("{{ 陪训场次 }}"), "{said:?}");
}

#[test]
fn the_language_says_changes() {
    assert_eq!(printed("{{ 同比(培训场次, 上年.培训场次) }}").0, "同比增长12.5%");
    assert_eq!(printed("{{ 增减(培训场次, 上年.培训场次, '场') }}").0, "增加4场");
    assert_eq!(printed("{{ 百分点(办结率, 上年.办结率) }}").0, "提高3.2个百分点");
    assert_eq!(printed("{{ 占比(9, 17) }}").0, "52.9%");
    assert_eq!(printed("{{ 31.86|保留(1) }}").0, "31.9");
    assert_eq!(printed("{{ '2026-09-30'|年月日 }}").0, "2026年9月30日");
}

#[test]
fn calculating_with_none_names_the_cell_and_its_consequences_are_silent() {
    let said = render("{% set 差 = 培训场次 - 没有 %}{{ 差 }}件", false).diagnostics;
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].message, "“没有”填的是“—”，这里却要用它来计算");
    assert_eq!(said[0].related.len(), 1);
}

/// The names that the rewriter calls are the program's own.
#[test]
fn a_template_neither_reaches_nor_replaces_what_is_written_for_it() {
    for written in
        ["{{ __eq(1) }}", "{{ __add() }}", "{% set f = __neg %}{{ f() }}", "{{ 培训场次 | __text(\"upper\") }}"]
    {
        let found = render(written, false).diagnostics;
        assert!(found.iter().all(|d| d.code.name().starts_with('T')) && !found.is_empty(), "{written}: {found:?}");
    }
    let own = "{% macro __add(a, b) %}错{% endmacro %}{% set __sub = 1 %}{{ 培训场次 - 1 + 2 }}{{ __add(1, b=2) }}{{ __sub }}";
    assert_eq!(printed(own).0, "37错1");
}
