//! A reading as it is written into a template: the tag, and the words of the text that it takes the place of.

use super::base::Base;
use super::index::{Entry, Form};
use super::scan::{Hand, Token, What};
use super::series::{Facts, size};
use super::spell::{closed, quoted};
use super::verbs::Change;
use crate::quantity::Kind;

/// A tag in the place of a stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// What stands between the braces.
    pub expression: String,
}

/// The ways to write a reading, the simplest first: the engine says which of them prints the text.
pub fn ways(entry: &Entry, token: &Token, facts: &Facts) -> Vec<Tag> {
    let tag = |(start, end): (usize, usize), expression: String| Tag { start, end, expression };
    let own = |at: u32| entry.base.of_year(facts, at, entry.offset);
    match (&token.what, entry.form) {
        (What::Change(change), Form::Plain) if entry.base.kind(facts) == Kind::Share => {
            let x = closed(&own(token.decimals));
            let lead =
                if change.lead.is_empty() { String::new() } else { format!("(前缀={})", quoted(&change.lead)) };
            vec![tag((token.start, token.end), format!("{x} | 增长{lead}"))]
        }
        (What::Change(change), Form::Growth | Form::Increase) => growth(entry.base, change, token, facts),
        (What::Change(change), Form::Difference) => difference(entry.base, change, token, facts),
        (What::Level(lead), _) => {
            let x = closed(&own(1));
            let prefix = if *lead == "同比" { String::new() } else { format!("(前缀={})", quoted(lead)) };
            vec![tag((token.start, token.end), format!("{x} | 同比{prefix}"))]
        }
        (What::FromTo { old, .. }, _) => from_to(&closed(&own(token.decimals.max(1))), *old, token),
        (_, Form::TwoYears) => {
            let x = closed(&own(1));
            vec![tag((token.digits.0, token.digits.1), format!("{x} + {x}.上年"))]
        }
        (What::Ratio, _) | (What::Number, Form::Plain)
            if matches!(entry.base, Base::Per(..)) && (token.what == What::Ratio || token.unit == "倍") =>
        {
            let Base::Per(whole, parts, _) = entry.base else { return Vec::new() };
            let of = |parts: super::base::Parts| Base::One(parts).expression(facts, 1);
            let end = if token.what == What::Ratio { token.end } else { token.digits.1 + token.unit.len() };
            let function = if token.what == What::Ratio { "比值" } else { "倍数" };
            let call =
                |digits: &str| tag((token.digits.0, end), format!("{function}({}, {}{digits})", of(whole), of(parts)));
            vec![call(""), call(&format!(", 位数={}", token.decimals))]
        }
        (_, Form::Times) => {
            let x = closed(&own(1));
            let digits = if token.decimals == 1 { String::new() } else { format!(", 位数={}", token.decimals) };
            let end = token.digits.1 + token.unit.len();
            vec![tag((token.digits.0, end), format!("倍数({x}, {x}.上年{digits})"))]
        }
        _ => {
            let x = closed(&own(token.decimals));
            let whole = (token.digits.0, token.digits.1 + token.unit.len());
            let shown = shown(entry, token, facts, &x).into_iter().map(|expression| tag(whole, expression));
            let plain =
                number(entry, token, facts).into_iter().map(|expression| tag((token.digits.0, end(token)), expression));
            shown.chain(plain).collect()
        }
    }
}

/// 由32场增至36场; of a small count 同比 says it.
fn from_to(x: &str, old: f64, token: &Token) -> Vec<Tag> {
    let unit = if token.is_percent() { String::new() } else { format!("(单位={})", quoted(&token.unit)) };
    let mut calls = vec![format!("{x} | 由至"), format!("{x} | 由至{unit}")];
    let changes = [format!("{x} | 同比"), format!("{x} | 同比{unit}")];
    let small = old < 10.0 && token.decimals == 0 && !token.is_percent();
    calls.splice(if small { 0..0 } else { 2..2 }, changes);
    calls.into_iter().map(|expression| Tag { start: token.start, end: token.end, expression }).collect()
}

fn end(token: &Token) -> usize {
    if token.is_percent() { token.digits.1 + token.unit.len() } else { token.digits.1 }
}

/// A number as it stands, rounded and in the unit of the text.
fn number(entry: &Entry, token: &Token, facts: &Facts) -> Vec<String> {
    let x = entry.base.of_year(facts, token.decimals, entry.offset);
    let y = closed(&x);
    let d = token.decimals;
    if token.hand == Hand::Han {
        return vec![format!("{y} | 汉字")];
    }
    if token.hand == Hand::Grouped {
        return vec![format!("{y} | 千分位"), format!("{y} | round({d}) | 千分位")];
    }
    let mut ways = Vec::new();
    match entry.base {
        Base::Per(..) => ways.extend([format!("{y} | 保留({d})"), format!("{y} | round({d})")]),
        _ => ways.extend([x.clone(), format!("{y} | round({d})"), format!("{y} | 保留({d})")]),
    }
    if matches!(entry.base, Base::Share(..)) {
        let one = entry.base.of_year(facts, 1, entry.offset);
        ways.insert(0, one);
    }
    let own = entry.base.unit(facts);
    if !token.unit.is_empty() && !token.is_percent() {
        let factor = size(&token.unit) / if own.is_empty() { 1.0 } else { size(own) };
        if (factor - 1.0).abs() > f64::EPSILON && factor.is_finite() {
            let scaled =
                if factor > 1.0 { format!("{y} / {factor}") } else { format!("{y} * {}", (1.0 / factor).round()) };
            let unit = quoted(&token.unit);
            ways.push(format!("({scaled}) | 作({unit})"));
            ways.push(format!("({scaled}) | 作({unit}) | round({d})"));
            ways.push(format!("({scaled}) | 作({unit}) | 保留({d})"));
        }
    }
    ways
}

/// Money and counts as the figure language shows them in another unit: 0.95亿元, 128.6万人次.
fn shown(entry: &Entry, token: &Token, facts: &Facts, x: &str) -> Vec<String> {
    let own = entry.base.unit(facts);
    let plain = matches!(entry.base, Base::One(_) | Base::Less(..));
    if token.hand != Hand::Digits || !plain || own.is_empty() || token.unit == own || token.is_percent() {
        return Vec::new();
    }
    if token.unit.ends_with('元') && own.ends_with('元') {
        return vec![format!("{x} | 金额({}, 为={})", quoted(own), quoted(&token.unit))];
    }
    if token.unit.starts_with(['万', '亿']) { vec![format!("{x} | 简写")] } else { Vec::new() }
}

/// 同比增长12.5%
fn growth(base: Base, change: &Change, token: &Token, facts: &Facts) -> Vec<Tag> {
    let x = closed(&base.expression(facts, token.decimals));
    let tag = |expression: String| Tag { start: token.start, end: token.end, expression };
    let mut ways = Vec::new();
    let d = token.decimals;
    if change.pair("%") == ("增长", "下降") && change.fill.is_empty() {
        let lead = if change.lead == "同比" { String::new() } else { format!("前缀={}", quoted(&change.lead)) };
        let call = |more: &[String]| {
            let all: Vec<&str> = more.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            if all.is_empty() { format!("{x} | 同比") } else { format!("{x} | 同比({})", all.join(", ")) }
        };
        ways.push(tag(call(std::slice::from_ref(&lead))));
        ways.push(tag(call(&[format!("位数={d}"), lead])));
    }
    let rate = format!("(({x} - {x}.上年) / {x}.上年 * 100)");
    ways.push(tag(turned(change, "%", &x, &rate, d)));
    ways
}

/// 较上年增加4场, 同比提高3.2个百分点
fn difference(base: Base, change: &Change, token: &Token, facts: &Facts) -> Vec<Tag> {
    let x = closed(&base.expression(facts, token.decimals.max(1)));
    let tag = |expression: String| Tag { start: token.start, end: token.end, expression };
    let points = token.unit == "个百分点";
    let usual = if points { ("提高", "下降") } else { ("增加", "减少") };
    let d = token.decimals;
    let mut ways = Vec::new();
    if change.pair(&token.unit) == usual && change.fill.is_empty() {
        let lead = if change.lead.is_empty() { String::new() } else { format!("前缀={}", quoted(&change.lead)) };
        let function = if points { "百分点" } else { "增减" };
        let call = |more: &[String]| {
            let all: Vec<&str> = more.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            if all.is_empty() { format!("{x} | {function}") } else { format!("{x} | {function}({})", all.join(", ")) }
        };
        ways.push(tag(call(std::slice::from_ref(&lead))));
        match points {
            true => ways.push(tag(call(&[format!("位数={d}"), lead]))),
            false => ways.push(tag(call(&[format!("单位={}", quoted(&token.unit)), lead]))),
        }
    }
    let own = base.unit(facts);
    let change_of = match points || own.is_empty() || token.unit.is_empty() {
        true => format!("({x} - {x}.上年)"),
        false => {
            let factor = size(&token.unit) / size(own);
            if (factor - 1.0).abs() > f64::EPSILON {
                format!("(({x} - {x}.上年) / {factor})")
            } else {
                format!("({x} - {x}.上年)")
            }
        }
    };
    ways.push(tag(turned(change, &token.unit, &x, &change_of, d)));
    ways
}

/// A change in verbs of its own: 较上年上升3.2个百分点.
fn turned(change: &Change, unit: &str, x: &str, amount: &str, decimals: u32) -> String {
    let (up, down) = change.pair(unit);
    let said = |text: &str| if text.is_empty() { String::new() } else { format!("{} ~ ", quoted(text)) };
    let verb = format!("({} if {x} >= {x}.上年 else {})", quoted(up), quoted(down));
    let tail = if unit.is_empty() { String::new() } else { format!(" ~ {}", quoted(unit)) };
    format!(
        "{}{verb} ~ {}(({amount} | abs | 作(\"\")) | round({decimals})){tail}",
        said(&change.lead),
        said(&change.fill)
    )
}
