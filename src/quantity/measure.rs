//! What a unit measures, and in which steps: 万元 is 10,000 of 元, 公顷 is 15 亩.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::vocabulary::measures::known;

/// Units that measure the same, each with its size in the smallest step of all: so every
/// conversion is a ratio of whole numbers. The first is the base.
const FAMILIES: &[(&str, &[(&str, i64)])] = &[
    ("人", &[("人", 1), ("名", 1), ("位", 1), ("口", 1)]),
    ("场", &[("场", 1), ("场次", 1)]),
    // A third of a square metre: 1 亩 is 2000/3 平方米.
    (
        "亩",
        &[
            ("平方米", 3),
            ("㎡", 3),
            ("m²", 3),
            ("m2", 3),
            ("亩", 2000),
            ("公顷", 30_000),
            ("平方公里", 3_000_000),
            ("平方千米", 3_000_000),
            ("km²", 3_000_000),
        ],
    ),
    ("米", &[("毫米", 1), ("厘米", 10), ("米", 1000), ("公里", 1_000_000), ("千米", 1_000_000), ("km", 1_000_000)]),
    ("公斤", &[("克", 1), ("斤", 500), ("公斤", 1000), ("千克", 1000), ("kg", 1000), ("吨", 1_000_000)]),
    ("立方米", &[("升", 1), ("公升", 1), ("立方米", 1000), ("m³", 1000)]),
    ("千瓦时", &[("千瓦时", 1), ("度", 1)]),
    ("小时", &[("分钟", 1), ("小时", 60), ("天", 1440), ("日", 1440)]),
    ("月", &[("月", 1), ("个月", 1), ("季度", 3), ("年", 12)]),
    ("元", &[("元", 1), ("人民币元", 1)]),
];

/// The dimension of a unit and its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What it measures, by the base unit: 元, 人, 亩, 元/人; an unknown unit is its own.
    pub dimension: Cow<'static, str>,
    /// Size in steps of the dimension.
    pub size: Decimal,
    /// Steps of one base unit.
    pub base: Decimal,
}

impl Measure {
    /// What a unit measures. Every word is a unit here: what nobody knows measures itself.
    pub fn of(symbol: &str) -> Measure {
        let symbol = symbol.trim();
        if let Some((over, under)) = symbol.split_once(['/', '／']) {
            let (over, under) = (Measure::of(over), Measure::of(under));
            let dimension = Cow::Owned(format!("{}/{}", over.dimension, under.dimension));
            let size = (over.size / over.base).checked_div(under.size / under.base).unwrap_or(Decimal::ONE);
            return Measure { dimension, size: size.normalize(), base: Decimal::ONE };
        }
        if let Some(found) = family(symbol) {
            return found;
        }
        let (factor, rest) = multiple(symbol);
        match family(rest) {
            Some(found) => Measure { size: found.size * factor, ..found },
            None => Measure { dimension: Cow::Owned(rest.to_owned()), size: factor, base: Decimal::ONE },
        }
    }
}

fn family(symbol: &str) -> Option<Measure> {
    let (base, units) = FAMILIES.iter().find(|(_, units)| units.iter().any(|(unit, _)| *unit == symbol))?;
    let size = |wanted: &str| units.iter().find(|(unit, _)| *unit == wanted).map_or(1, |(_, size)| *size);
    Some(Measure { dimension: Cow::Borrowed(base), size: size(symbol).into(), base: size(base).into() })
}

/// A unit's multiple and the rest: 万元 is 10,000 of 元, 千瓦时 is one of itself.
pub fn multiple(unit: &str) -> (Decimal, &str) {
    let powers: [(&str, i64); 7] = [
        ("千万", 10_000_000),
        ("百万", 1_000_000),
        ("十万", 100_000),
        ("亿", 100_000_000),
        ("万", 10_000),
        ("千", 1_000),
        ("百", 100),
    ];
    let whole = matches!(unit, "千瓦" | "千瓦时" | "千克" | "千米" | "百分点");
    let found = powers.iter().filter(|_| !whole).find_map(|(word, factor)| {
        let rest = unit.strip_prefix(word).filter(|rest| rest.is_empty() || known(rest))?;
        Some((Decimal::from(*factor), rest))
    });
    found.unwrap_or((Decimal::ONE, unit))
}
