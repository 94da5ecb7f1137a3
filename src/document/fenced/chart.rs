//! A `chart` block: kind, caption, labels and series, from a table's columns or in place.

use super::maker::PackExtras;
use super::rows::at;
use super::series::{from_rows, in_place};
use super::{axis, share};
use crate::document::model::{Block, Caption, Chart, ChartKind, Inlines, Series, plain_text};
use crate::source::yaml::Node;

const KEYS: [&str; 16] = [
    "类型",
    "标题",
    "单位",
    "说明",
    "数据",
    "类别",
    "系列",
    "右轴",
    "右轴单位",
    "堆积",
    "目标线",
    "年份",
    "筛选",
    "排序",
    "降序",
    "前",
];
/// Most categories, series and values that stay legible on a page.
const MOST_LABELS: usize = 40;
const MOST_SERIES: usize = 4;
const MOST_VALUES: usize = 80;
/// Most labels under upright bars, which stay upright where lines go over them.
const MOST_UPRIGHT: usize = 12;

pub fn chart(extras: &mut PackExtras, node: &Node) -> Option<Block> {
    let Some(map) = node.as_mapping() else {
        extras.refuse(None, "内容不是“键: 值”", "例如：类型: 柱");
        return None;
    };
    extras.refuse_keys(map.refuse_unknown(&KEYS, "chart 块"));
    let kind = kind(extras, node)?;
    let (labels, mut series) = match node.get("数据") {
        Some(_) => from_rows(extras, node)?,
        None => in_place(extras, node)?,
    };
    if labels.is_empty() || series.is_empty() {
        extras.refuse(None, "没有可画的数据", "检查“类别”和“系列”，或者用 {% if %} 在没有数据时不画");
        return None;
    }
    axis::right(extras, node, kind, &mut series)?;
    let upright = series.iter().any(|one| one.series.right) && kind == ChartKind::Bar;
    within_limits(extras, node, labels.len(), series.len(), upright)?;
    let stacked = axis::stacked(extras, node, kind, &series)?;
    let target = axis::target(extras, node, kind)?;
    let unit = extras.text(node.get("单位"));
    let (labels, series, shares) = match kind {
        ChartKind::Share => share::settle(extras, node, labels, series, unit.as_deref())?,
        _ => (labels, series.into_iter().map(|one| one.series).collect(), Vec::new()),
    };
    let title = node.get("标题").filter(|t| t.as_str().is_some()).map(|t| extras.inlines(t));
    let alt = extras.text(node.get("说明")).or_else(|| title.as_ref().map(|t| plain_text(t)));
    let alt = alt.unwrap_or_else(|| describe(&labels, &series));
    Some(Block::Chart(Chart {
        kind,
        caption: title.map(|text| Caption { number: "".into(), text }),
        alt: alt.into(),
        unit: unit.map(Into::into),
        right_unit: extras.text(node.get("右轴单位")).map(Into::into),
        stacked,
        target,
        labels,
        series,
        shares,
    }))
}

fn kind(extras: &mut PackExtras, node: &Node) -> Option<ChartKind> {
    Some(match extras.text(node.get("类型")).as_deref() {
        None | Some("柱" | "柱状" | "柱状图") => ChartKind::Bar,
        Some("条" | "条形" | "条形图") => ChartKind::HorizontalBar,
        Some("线" | "折线" | "折线图") => ChartKind::Line,
        Some("占比" | "饼" | "饼图") => ChartKind::Share,
        Some(other) => {
            extras.refuse(at(node, "类型"), format_args!("没有“{other}”这种图"), "类型可以是：柱、条、线、占比");
            return None;
        }
    })
}

/// `upright`: lines go over the bars.
fn within_limits(extras: &mut PackExtras, node: &Node, labels: usize, series: usize, upright: bool) -> Option<()> {
    let most = MOST_LABELS.min(MOST_VALUES / series);
    if labels > most || series > MOST_SERIES {
        extras.refuse(
            at(node, if series > MOST_SERIES { "系列" } else { "类别" }),
            format_args!("{labels}个类别、{series}个系列，画在一页上看不清"),
            format!("系列最多{MOST_SERIES}个，这些系列最多画{most}个类别；可以用“前”只画一部分"),
        );
        return None;
    }
    if upright && labels > MOST_UPRIGHT {
        extras.refuse(
            at(node, "右轴"),
            format_args!("柱和线画在一起时最多{MOST_UPRIGHT}个类别，这里有{labels}个"),
            "用“前”只画一部分，或者分成两个图",
        );
        return None;
    }
    Some(())
}

fn describe(labels: &[Inlines], series: &[Series]) -> String {
    let labels: Vec<String> = labels.iter().map(|l| plain_text(l)).collect();
    let series: Vec<String> = series.iter().map(|s| plain_text(&s.name)).collect();
    format!("{}的{}", labels.join("、"), series.join("、"))
}
