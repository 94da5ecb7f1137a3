//! What a chart says to readers who cannot see it: its name and every value.

use crate::document::{Chart, plain_text};

/// `各镇经费（单位：万元）。2026年：云溪镇31.86，白石镇20.5；2025年：…。` Both outputs carry it.
pub fn alt(chart: &Chart) -> String {
    let name = match (&chart.caption, chart.alt.trim()) {
        (Some(caption), "") => plain_text(&caption.text),
        (None, "") => "统计图".to_owned(),
        (_, alt) => alt.to_owned(),
    };
    let unit = chart.unit.as_ref().map(|unit| format!("（单位：{unit}）")).unwrap_or_default();
    let series = chart.series.iter().map(|series| {
        let values = chart.labels.iter().zip(&series.values).map(|(label, value)| {
            let value = value.as_ref().map_or_else(|| "无数据".to_owned(), |(_, text)| plain_text(text));
            format!("{}{value}", plain_text(label))
        });
        format!("{}：{}", plain_text(&series.name), values.collect::<Vec<_>>().join("，"))
    });
    let text = format!("{}{unit}。{}。", name.trim_end_matches('。'), series.collect::<Vec<_>>().join("；"));
    text.replace('\n', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ChartKind, Inline, Series};

    #[test]
    fn every_value_is_named() {
        let text = |text: &str| vec![Inline::Text(text.into())];
        let chart = Chart {
            kind: ChartKind::Bar,
            caption: None,
            alt: "各镇经费".into(),
            unit: Some("万元".into()),
            labels: vec![text("云溪镇"), text("白石镇")],
            series: vec![Series { name: text("2026年"), values: vec![Some((31.86, text("31.86"))), None] }],
        };
        assert_eq!(alt(&chart), "各镇经费（单位：万元）。2026年：云溪镇31.86，白石镇无数据。");
    }
}
