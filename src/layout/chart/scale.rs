//! Axes: round steps from zero.

use crate::document::Chart;

/// An axis from `low` to `high` in steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub step: f64,
}

impl Scale {
    /// Holds zero and all values of a chart.
    pub fn of(chart: &Chart) -> Scale {
        let values = chart.series.iter().flat_map(|series| series.values.iter().flatten());
        let finite = values.map(|(value, _)| *value).filter(|value| value.is_finite());
        let (low, high) = finite.fold((0.0f64, 0.0f64), |(low, high), value| (low.min(value), high.max(value)));
        let span = if high - low > 0.0 { high - low } else { 1.0 };
        let raw = span / 4.0;
        let power = 10f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * power).find(|step| *step >= raw * 0.999);
        let step = step.unwrap_or(span);
        Scale { low: (low / step).floor() * step, high: (high / step).ceil().max(1.0) * step, step }
    }

    /// 0 at `low`, 1 at `high`.
    pub fn at(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Values of the ticks.
    pub fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round().clamp(1.0, 20.0) as i32;
        (0..=count).map(|i| self.low + f64::from(i) * self.step).collect()
    }
}

/// A tick without binary dust.
pub fn tick(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(tick(0.30000000000000004), "0.3");
        assert_eq!(tick(1500.0), "1500");
        let scale = Scale { low: 0.0, high: 100.0, step: 25.0 };
        assert_eq!(scale.ticks(), [0.0, 25.0, 50.0, 75.0, 100.0]);
    }
}
