//! Axes: round steps from zero.

use crate::document::{Chart, ChartKind};

/// An axis from `low` to `high` in steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Value at its lower end: zero or below.
    pub low: f64,
    /// At its upper end.
    pub high: f64,
    /// Between two ticks.
    pub step: f64,
}

/// The axes of a chart: with two, their zeros and their ticks are at the same heights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scales {
    /// Of most values.
    pub left: Scale,
    /// Of the series that have an axis of their own.
    pub right: Option<Scale>,
}

impl Scales {
    /// Of what a chart shows, its 目标线 included.
    pub fn of(chart: &Chart) -> Scales {
        let of = |right: bool| {
            let series = chart.series.iter().filter(move |series| series.right == right);
            series.flat_map(|series| series.values.iter().flatten().map(|(value, _)| *value))
        };
        let target = chart.target.iter().map(|target| target.value);
        let left = match chart.stacked && chart.kind != ChartKind::Line {
            true => Scale::of(sums(chart).into_iter().chain(target)),
            false => Scale::of(of(false).chain(target)),
        };
        if !chart.series.iter().any(|series| series.right) {
            return Scales { left, right: None };
        }
        let right = Scale::of(of(true));
        let (below, above) = (left.below().max(right.below()), left.above().max(right.above()));
        Scales { left: left.reaching(below, above), right: Some(right.reaching(below, above)) }
    }
}

/// What stands on one another, label by label.
fn sums(chart: &Chart) -> Vec<f64> {
    let sum = |i: usize| {
        let values =
            chart.series.iter().filter(|series| !series.right).filter_map(|series| series.values.get(i)?.as_ref());
        values.map(|(value, _)| value.max(0.0)).sum()
    };
    (0..chart.labels.len()).map(sum).collect()
}

impl Scale {
    /// Holds zero and all values.
    pub fn of(values: impl Iterator<Item = f64>) -> Scale {
        let finite = values.filter(|value| value.is_finite());
        let (low, high) = finite.fold((0.0f64, 0.0f64), |(low, high), value| (low.min(value), high.max(value)));
        let span = if high - low > 0.0 { high - low } else { 1.0 };
        let raw = span / 4.0;
        let power = 10f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * power).find(|step| *step >= raw * 0.999);
        let step = step.unwrap_or(span);
        Scale { low: (low / step).floor() * step, high: (high / step).ceil().max(1.0) * step, step }
    }

    /// Steps below zero.
    fn below(&self) -> f64 {
        (-self.low / self.step).round()
    }

    /// Steps above zero.
    fn above(&self) -> f64 {
        (self.high / self.step).round()
    }

    fn reaching(self, below: f64, above: f64) -> Scale {
        Scale { low: -below * self.step, high: above * self.step, ..self }
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
    use crate::document::{Inline, Series};

    #[test]
    fn ticks_are_round() {
        assert_eq!(tick(0.30000000000000004), "0.3");
        assert_eq!(tick(1500.0), "1500");
        let scale = Scale { low: 0.0, high: 100.0, step: 25.0 };
        assert_eq!(scale.ticks(), [0.0, 25.0, 50.0, 75.0, 100.0]);
    }

    fn series(values: &[f64], right: bool) -> Series {
        let values = values.iter().map(|value| Some((*value, vec![Inline::Text(value.to_string().into())])));
        Series { values: values.collect(), right, ..Series::default() }
    }

    #[test]
    fn two_axes_have_their_zeros_and_ticks_at_the_same_heights() {
        let labels = vec![Vec::new(); 3];
        let series = vec![series(&[310.0, 480.0, 90.0], false), series(&[12.5, -3.0, 7.0], true)];
        let Scales { left, right } = Scales::of(&Chart { labels, series, ..Chart::default() });
        let right = right.unwrap();
        assert_eq!(left.ticks().len(), right.ticks().len());
        assert!((left.at(0.0) - right.at(0.0)).abs() < 1e-9 && right.low < -3.0 && left.high >= 480.0);
    }

    #[test]
    fn what_is_stacked_reaches_its_sum() {
        let chart = Chart {
            labels: vec![Vec::new(); 2],
            series: vec![series(&[60.0, 30.0], false), series(&[50.0, 20.0], false)],
            stacked: true,
            ..Chart::default()
        };
        assert!(Scales::of(&chart).left.high >= 110.0);
    }
}
