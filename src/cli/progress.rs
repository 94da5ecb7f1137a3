//! How far a batch is: a bar on a terminal, plain lines where asked for, else nothing.

use std::fmt::Write;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::terminal::hint;
use crate::batch::{Outcome, Progress, State};
use crate::diagnostic::visible;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressArg {
    /// 在终端里显示进度条，别处不显示
    Auto,
    /// 每隔几秒一行
    Plain,
    /// 不显示
    None,
}

/// Between two plain lines.
const EVERY: Duration = Duration::from_secs(3);

/// The longest time that is told, seconds: a hundred days.
const LONGEST: f64 = 8_640_000.0;

/// A length of time in words: 5秒, 1分20秒, 2小时5分; begun seconds count.
fn time(length: Duration) -> String {
    let seconds = length.as_secs() + u64::from(length.subsec_nanos() > 0);
    match seconds {
        0..60 => format!("{seconds}秒"),
        60..3600 => format!("{}分{}秒", seconds / 60, seconds % 60),
        _ => format!("{}小时{}分", seconds / 3600, seconds % 3600 / 60),
    }
}

/// The progress of one batch.
pub struct Meter {
    bar: Option<ProgressBar>,
    plain: bool,
    told: Instant,
    began: Instant,
    total: usize,
    done: usize,
    failed: usize,
}

impl Meter {
    pub fn new(asked: ProgressArg) -> Meter {
        let bar = asked == ProgressArg::Auto && std::io::stderr().is_terminal();
        let bar = bar.then(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5)));
        let now = Instant::now();
        Meter { bar, plain: asked == ProgressArg::Plain, told: now, began: now, total: 0, done: 0, failed: 0 }
    }

    fn line(&mut self) {
        let seconds = self.began.elapsed().as_secs_f64().max(0.001);
        let rate = self.done as f64 / seconds;
        let left = if rate > 0.0 { (self.total.saturating_sub(self.done)) as f64 / rate } else { 0.0 };
        let (done, total, failed) = (self.done, self.total, self.failed);
        let left = time(Duration::from_secs_f64(left.min(LONGEST)));
        hint(format_args!("{done}/{total} 每秒{rate:.1}份 还要{left} 失败{failed}份"));
        self.told = Instant::now();
    }
}

impl Progress for Meter {
    fn begin(&mut self, total: usize, unchanged: usize, failed: usize) {
        (self.total, self.failed) = (total, failed);
        self.began = Instant::now();
        if let Some(bar) = &self.bar {
            bar.set_length(total as u64);
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} 每秒{rate}份 还要{left} {msg}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            let style = style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
                let _ = write!(out, "{:.1}", state.per_sec());
            });
            bar.set_style(style.with_key("left", |state: &ProgressState, out: &mut dyn Write| {
                let _ = out.write_str(&time(state.eta()));
            }));
            if failed > 0 {
                bar.set_message(format!("失败{failed}份"));
            }
        }
        if self.plain {
            let failed = if failed > 0 { format!("，失败{failed}份") } else { String::new() };
            hint(format_args!("要做{total}份，未变{unchanged}份{failed}"));
        }
    }

    fn done(&mut self, outcome: &Outcome) {
        self.failed += usize::from(outcome.state == State::Failed);
        self.done += 1;
        if let Some(bar) = &self.bar {
            bar.set_position(self.done as u64);
            let failed = if self.failed > 0 { format!("失败{}份 ", self.failed) } else { String::new() };
            bar.set_message(format!("{failed}{}", visible(&outcome.unit)));
        }
        self.wait();
    }

    fn wait(&mut self) {
        if self.plain && self.told.elapsed() >= EVERY {
            self.line();
        }
    }

    fn binding(&mut self, volume: usize, of: usize) {
        if let Some(bar) = &self.bar {
            bar.set_message(format!("装订合订本 {volume}/{of}"));
            bar.tick();
        }
        if self.plain && (volume == 1 || self.told.elapsed() >= EVERY) {
            hint(format_args!("装订合订本 {volume}/{of}"));
            self.told = Instant::now();
        }
    }

    fn end(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.plain && self.total > 0 {
            self.line();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        let told = |seconds: f64| time(Duration::from_secs_f64(seconds));
        assert_eq!([0.0, 0.2, 59.0, 60.0, 80.4].map(told), ["0秒", "1秒", "59秒", "1分0秒", "1分21秒"]);
        assert_eq!([3600.0, 7500.0, LONGEST].map(told), ["1小时0分", "2小时5分", "2400小时0分"]);
    }
}
