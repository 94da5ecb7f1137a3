//! Figures in short and as they are written elsewhere: 约数, 简写, 千分位, 大写.

use minijinja::{Environment, Error, Value as Jinja};

use super::args::Args;
use super::phrases::phrase;
use super::{add_figure, add_filter};
use crate::quantity::{Kind, unit};
use crate::template::datum::Call;
use crate::wording;

pub fn register(env: &mut Environment<'static>) {
    let mut add = |name: &'static str, call: Call| {
        add_figure(env, name, call);
        add_filter(env, name, call);
    };
    add("约数", about);
    add("简写", |given| written("简写", given));
    add("千分位", |given| written("千分位", given));
    add("大写", |given| written("大写", given));
}

/// 约数(数, 单位="", 余=false): 近440亿元, 超过430亿元; 5200余人.
fn about(given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new("约数", &["数", "单位", "余"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(figure) = args.figure(0)? else { return Ok(args.value(0)) };
    let (asked, share) = (args.text(1, "")?, figure.kind() == Kind::Share);
    let own = if share { "%".to_owned() } else { figure.spoken_unit() };
    let unit = if asked.is_empty() { own } else { asked };
    let number = if share { figure.spoken() } else { figure.spoken_in(&unit).unwrap_or(figure.number).decimal };
    phrase(&args, &[0], wording::about(number, &unit, args.flag(2)))
}

/// 数 | 简写, 数 | 千分位, 元 | 大写
fn written(name: &'static str, given: &[Jinja]) -> Result<Jinja, Error> {
    let args = Args::new(name, &["数", "单位"], 1, given)?;
    if let Some(missing) = args.missing(&[0]) {
        return Ok(missing);
    }
    let Some(figure) = args.figure(0)? else { return Ok(args.value(0)) };
    let symbol = figure.symbol().map(str::to_owned).unwrap_or_default();
    let (factor, base) = unit::multiple(&symbol);
    let asked = args.text(1, base)?;
    let whole = figure.number.decimal.checked_mul(factor).unwrap_or(figure.number.decimal);
    match name {
        "简写" => Ok(Jinja::from(format!("{}{asked}", wording::short(whole, 2)))),
        "千分位" => Ok(Jinja::from(wording::grouped(figure.spoken()))),
        _ => phrase(&args, &[0], wording::capital(whole)),
    }
}
