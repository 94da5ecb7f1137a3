//! What a step of about 10, 100, 1000 or 10,000 times is likely to be: a digit too many, or a
//! number in another unit.

use rust_decimal::Decimal;

use crate::quantity::unit;

/// Units of which two are taken for each other, small ones first.
const CONFUSED: [&str; 15] = [
    "元",
    "千元",
    "万元",
    "亿元",
    "米",
    "公里",
    "公斤",
    "吨",
    "平方米",
    "公顷",
    "平方公里",
    "立方米",
    "万立方米",
    "毫米",
    "厘米",
];
const MULTIPLES: [&str; 4] = ["", "千", "万", "亿"];

/// `像是把以元计的数填成了万元（按万元是 1.286）`; `None` where the step is not about a power of ten.
pub fn slip(new: Decimal, old: Decimal, symbol: Option<&str>) -> Option<String> {
    let up = new > old;
    let power = power(if up { new.checked_div(old)? } else { old.checked_div(new)? })?;
    let meant = if up { new.checked_div(power) } else { new.checked_mul(power) }?.normalize();
    // A count stays whole.
    let parts = !new.fract().is_zero() || !old.fract().is_zero() || symbol.is_some_and(divisible);
    let kept = parts || meant.fract().is_zero();
    let meant_told = |word: &str| if kept { format!("（{word} {meant}）") } else { String::new() };
    if power > Decimal::TEN
        && let Some(declared) = symbol
        && let Some(other) = confused(declared, power, up)
    {
        return Some(format!("像是把{other}数填成了{declared}数{}", meant_told(&format!("按{declared}应是"))));
    }
    let zeros = power.to_string().len() - 1;
    let verb = if up { "多打了" } else { "少打了" };
    let count = ["一", "两", "三", "四"].get(zeros - 1)?;
    Some(format!("像是{verb}{count}位，或者点错了小数点、用错了单位{}", meant_told("应是")))
}

/// The power of ten that a step is about: 12.3 is about 10.
fn power(times: Decimal) -> Option<Decimal> {
    let near = |power: &Decimal| times >= power * Decimal::new(5, 1) && times <= power * Decimal::from(2);
    [10, 100, 1_000, 10_000].map(Decimal::from).into_iter().find(near)
}

/// Amounts that are written with decimals.
fn divisible(symbol: &str) -> bool {
    let base = unit::multiple(symbol);
    base.0 > Decimal::ONE || CONFUSED.contains(&symbol)
}

/// The unit that is smaller (or larger) than this by just that factor.
fn confused(declared: &str, power: Decimal, up: bool) -> Option<String> {
    let base = unit::multiple(declared).1;
    let own = MULTIPLES.iter().map(|multiple| format!("{multiple}{base}"));
    CONFUSED.iter().map(|word| word.to_string()).chain(own).find(|word| {
        let Some((own, of_declared)) = unit::conversion(word, declared) else { return false };
        // A number in the smaller unit is the larger number.
        if up { own * power == of_declared } else { own == of_declared * power }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(new: &str, old: &str, symbol: &str) -> Option<String> {
        let (new, old): (Decimal, Decimal) = (new.parse().unwrap(), old.parse().unwrap());
        slip(new, old, Some(symbol).filter(|s| !s.is_empty()))
    }

    #[test]
    fn steps_of_powers_of_ten() {
        let is = |new, old, symbol, expected: &str| assert_eq!(told(new, old, symbol).as_deref(), Some(expected));
        is("12860", "1043", "户", "像是多打了一位，或者点错了小数点、用错了单位（应是 1286）");
        is("318600", "29.5", "万元", "像是把元数填成了万元数（按万元应是 31.86）");
        is("0.003186", "29.5", "万元", "像是把亿元数填成了万元数（按万元应是 31.86）");
        is("18500", "16.2", "公里", "像是把米数填成了公里数（按公里应是 18.5）");
        is("92000", "8.5", "万人", "像是把人数填成了万人数（按万人应是 9.2）");
        is("3", "295", "场", "像是少打了两位，或者点错了小数点、用错了单位（应是 300）");
        // 1286.5 households are none: the value is not named.
        is("12865", "1043", "户", "像是多打了一位，或者点错了小数点、用错了单位");
        assert_eq!(told("350", "100", "户"), None);
        assert_eq!(told("3500", "100", "户"), None);
    }
}
