//! What a chart says to readers who cannot see it: its name and every value.

use super::legend::said as said_target;
use crate::document::{Chart, plain_text};

/// `各镇经费（单位：万元）。2026年：云溪镇31.86，白石镇20.5；2025年：…。` Both outputs carry it.
pub fn alt(chart: &Chart) -> String {
    let name = match (&chart.caption, chart.alt.trim()) {
        (Some(caption), "") => plain_text(&caption.text),
        (None, "") => "统计图".to_owned(),
        (_, alt) => alt.to_owned(),
    };
    let said =
        |unit: &Option<std::sync::Arc<str>>| unit.as_ref().map(|unit| format!("（单位：{unit}）")).unwrap_or_default();
    let unit = said(&chart.unit);
    let series = chart.series.iter().map(|series| {
        let values = chart.labels.iter().zip(&series.values).enumerate().map(|(i, (label, value))| {
            let value = value.as_ref().map_or_else(|| "无数据".to_owned(), |(_, text)| plain_text(text));
            let share = chart.shares.get(i).filter(|share| !share.is_empty());
            let share = share.map(|share| format!("（{}）", plain_text(share))).unwrap_or_default();
            format!("{}{value}{share}", plain_text(label))
        });
        let unit = if series.right { said(&chart.right_unit) } else { String::new() };
        format!("{}{unit}：{}", plain_text(&series.name), values.collect::<Vec<_>>().join("，"))
    });
    let target = chart.target.iter().map(said_target);
    let said = series.chain(target).collect::<Vec<_>>().join("；");
    format!("{}{unit}。{said}。", name.trim_end_matches('。')).replace('\n', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ChartKind, Inline, Series, Target};

    #[test]
    fn every_value_is_named() {
        let text = |text: &str| vec![Inline::Text(text.into())];
        let chart = Chart {
            alt: "各镇经费".into(),
            unit: Some("万元".into()),
            right_unit: Some("%".into()),
            labels: vec![text("云溪镇"), text("白石镇")],
            series: vec![
                Series { name: text("经费"), values: vec![Some((31.86, text("31.86"))), None], right: false },
                Series { name: text("增幅"), values: vec![None, Some((5.0, text("5")))], right: true },
            ],
            target: Some(Target { name: text("年度目标"), value: 30.0, text: text("30") }),
            ..Chart::default()
        };
        let said = "各镇经费（单位：万元）。经费：云溪镇31.86，白石镇无数据；\
                    增幅（单位：%）：云溪镇无数据，白石镇5；年度目标：30。";
        assert_eq!(alt(&chart), said);
    }

    #[test]
    fn a_share_is_said_with_its_value() {
        let text = |text: &str| vec![Inline::Text(text.into())];
        let chart = Chart {
            kind: ChartKind::Share,
            alt: "构成".into(),
            labels: vec![text("来信"), text("来访")],
            series: vec![Series {
                name: text("件数"),
                values: vec![Some((3.0, text("3"))), Some((1.0, text("1")))],
                right: false,
            }],
            shares: vec![text("75%"), text("25%")],
            ..Chart::default()
        };
        assert_eq!(alt(&chart), "构成。件数：来信3（75%），来访1（25%）。");
    }
}
