//! What a `chart` block says of its axes: series at the right (右轴), bars on one another (堆积), a line to hold the
//! values against (目标线).

use rust_decimal::prelude::ToPrimitive;

use super::maker::PackExtras;
use super::rows::at;
use super::series::{Known, list, number};
use crate::diagnostic::nearest;
use crate::document::model::{ChartKind, Inline, Target, plain_text};
use crate::source::yaml::Node;

const TARGET_KEYS: [&str; 2] = ["名称", "数值"];
/// What a 目标线 is called that has no name.
const TARGET: &str = "目标";

/// Gives the series that `右轴` names the axis at the right.
pub fn right(extras: &mut PackExtras, node: &Node, kind: ChartKind, series: &mut [Known]) -> Option<()> {
    let asked = list(extras, node.get("右轴"));
    if asked.is_empty() {
        if node.get("右轴单位").is_some() {
            extras.refuse(
                at(node, "右轴单位"),
                "写了“右轴单位”，没有写“右轴”",
                "写明哪些系列用右轴，例如：右轴: [增长率]",
            );
            return None;
        }
        return Some(());
    }
    if !matches!(kind, ChartKind::Bar | ChartKind::Line) {
        extras.refuse(at(node, "右轴"), "只有柱图、线图可以有右轴", "把“类型”改成柱或线，或者去掉“右轴”");
        return None;
    }
    for (name, named) in asked {
        if let Some(one) = series.iter_mut().find(|one| one.asked == name || plain_text(&one.series.name) == name) {
            one.series.right = true;
            continue;
        }
        let known: Vec<&str> = series.iter().map(|one| &*one.asked).collect();
        let help = match nearest(&name, known.iter().copied()) {
            Some(near) => format!("是不是“{near}”？"),
            None => format!("系列有：{}", known.join("、")),
        };
        extras.refuse(Some(named.origin), format_args!("“右轴”里的“{name}”不在“系列”里"), help);
        return None;
    }
    if series.iter().all(|one| one.series.right) {
        extras.refuse(at(node, "右轴"), "所有系列都用右轴，左轴没有可画的", "至少留一个系列用左轴");
        return None;
    }
    Some(())
}

/// Whether bars stand on one another. What is below nothing cannot.
pub fn stacked(extras: &mut PackExtras, node: &Node, kind: ChartKind, series: &[Known]) -> Option<bool> {
    let asked = match extras.text(node.get("堆积")).as_deref() {
        None | Some("否" | "false") => return Some(false),
        Some("是" | "true") => true,
        Some(other) => {
            extras.refuse(at(node, "堆积"), format_args!("“堆积”应为“是”或“否”，现为“{other}”"), "写成：堆积: 是");
            return None;
        }
    };
    if !matches!(kind, ChartKind::Bar | ChartKind::HorizontalBar) {
        extras.refuse(at(node, "堆积"), "只有柱图、条图可以堆积", "把“类型”改成柱或条，或者去掉“堆积”");
        return None;
    }
    let bars = series.iter().filter(|one| !one.series.right);
    for (one, k) in bars.flat_map(|one| (0..one.exact.len()).map(move |k| (one, k))) {
        if let Some(value) = one.exact[k].filter(|value| value.is_sign_negative() && !value.is_zero()) {
            let said = format!("“{}”里有负数{value}，不能堆积", one.asked);
            refuse_value(extras, one, k, said, "去掉“堆积”，或者改正这个数");
            return None;
        }
    }
    Some(asked)
}

/// `目标线: 90`, or with its name: `{名称: 年度目标, 数值: 90}`.
pub fn target(extras: &mut PackExtras, node: &Node, kind: ChartKind) -> Option<Option<Target>> {
    let Some(written) = node.get("目标线") else { return Some(None) };
    if kind == ChartKind::Share {
        extras.refuse(at(node, "目标线"), "占比图没有目标线", "去掉“目标线”，或者把“类型”改成柱、条、线");
        return None;
    }
    let (name, value) = match written.as_mapping() {
        Some(map) => {
            extras.refuse_keys(map.refuse_unknown(&TARGET_KEYS, "“目标线”里"));
            (written.get("名称"), written.get("数值"))
        }
        None => (None, Some(written)),
    };
    let text = value.filter(|value| value.as_str().is_some()).map(|value| extras.inlines(value));
    let text = text.filter(|text| !plain_text(text).trim().is_empty());
    let Some(text) = text else {
        extras.refuse(
            at(node, "目标线"),
            "“目标线”没有数",
            "例如：目标线: 90，或者 目标线: {名称: 年度目标, 数值: 90}",
        );
        return None;
    };
    let plain = plain_text(&text);
    let Some(height) = number(&plain).and_then(|number| number.to_f64()) else {
        let place = value.map(|value| value.origin);
        extras.refuse(place, format_args!("目标线“{plain}”不是数"), "只写一个数，单位与图相同，例如：目标线: 90");
        return None;
    };
    let name = name.filter(|name| extras.text(Some(name)).is_some()).map(|name| extras.inlines(name));
    let name = name.unwrap_or_else(|| vec![Inline::Text(TARGET.into())]);
    Some(Some(Target { name, value: height, text }))
}

/// Says what is wrong with a value, at its cell or where it is written.
pub fn refuse_value(extras: &mut PackExtras, one: &Known, k: usize, said: String, help: &str) {
    match one.places.get(k).copied().flatten() {
        Some(place) => extras.refuse_at(place, said, help),
        None => extras.refuse(None, said, help),
    }
}
