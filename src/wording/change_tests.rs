use proptest::prelude::*;

use super::*;

fn n(text: &str) -> Amount {
    Number::plain(text.parse().unwrap()).into()
}

fn p(text: &str) -> Amount {
    Number::percent(text.parse().unwrap()).into()
}

fn yoy(new: &str, old: &str, unit: &str) -> String {
    year_on_year(n(new), n(old), unit, 1).unwrap()
}

#[test]
fn growth_and_fall_in_per_cent() {
    assert_eq!(yoy("36", "32", "场"), "同比增长12.5%");
    assert_eq!(yoy("968", "1000", ""), "同比下降3.2%");
    assert_eq!(yoy("12", "10", ""), "同比增长20%");
    assert_eq!(yoy("36", "36", "场"), "与上年持平");
    assert_eq!(yoy("0", "0", "件"), "与上年持平");
    assert_eq!(yoy("36.0", "36", "场"), "与上年持平");
    assert_eq!(yoy("31.86", "28.5", "万元"), "同比增长11.8%");
    assert_eq!(yoy("0", "36", "场"), "同比下降100%");
    assert_eq!(compare(Comparison::LastPeriod, n("36"), n("32"), "", 1).unwrap(), "环比增长12.5%");
    assert_eq!(year_on_year(n("43"), n("37"), "", 2).unwrap(), "同比增长16.22%");
    assert_eq!(year_on_year(n("43"), n("37"), "", 0).unwrap(), "同比增长16%");
}

#[test]
fn from_a_hundred_to_two_hundred_per_cent_and_then_times() {
    assert_eq!(yoy("20", "10", ""), "同比增长100%");
    assert_eq!(yoy("29.7", "10", ""), "同比增长197%");
    assert_eq!(yoy("30", "10", ""), "同比增长200%");
    assert_eq!(yoy("35", "10", "场"), "同比增长2.5倍");
    assert_eq!(yoy("150", "50", ""), "同比增长200%");
    assert_eq!(yoy("200", "50", ""), "同比增长3倍");
    assert_eq!(year_on_year(n("355"), n("100"), "", 0).unwrap(), "同比增长2.6倍");
}

#[test]
fn a_zero_base_gives_the_amount() {
    assert_eq!(yoy("12", "0", "件"), "同比增加12件（上年同期为0）");
    assert_eq!(yoy("1.20", "0", "万元"), "同比增加1.2万元（上年同期为0）");
    assert_eq!(yoy("-3", "0", "万元"), "同比减少3万元（上年同期为0）");
}

#[test]
fn a_small_base_gives_both_figures() {
    assert_eq!(yoy("3", "1", "件"), "由1件增至3件");
    assert_eq!(yoy("1", "3", "件"), "由3件减至1件");
    assert_eq!(yoy("0", "9", "件"), "由9件减至0件");
    assert_eq!(yoy("36", "9", "件"), "由9件增至36件");
    assert_eq!(yoy("12", "10", "件"), "同比增长20%");
    assert_eq!(yoy("4.5", "3.6", "万元"), "同比增长25%");
    assert_eq!(yoy("5", "4.5", "万元"), "同比增长11.1%");
}

#[test]
fn a_change_too_small_to_show_is_never_zero_per_cent() {
    assert_eq!(yoy("10004", "10000", ""), "同比增长0.04%");
    assert_eq!(yoy("9996", "10000", ""), "同比下降0.04%");
    assert_eq!(yoy("10000001", "10000000", ""), "与上年基本持平");
    assert_eq!(yoy("1", "10000", ""), "同比下降99.99%");
}

#[test]
fn negative_figures_have_no_per_cent() {
    assert_eq!(yoy("5", "-3", "万元"), "同比由负转正，增加8万元");
    assert_eq!(yoy("-3", "5", "万元"), "同比由正转负，减少8万元");
    assert_eq!(yoy("-3", "-5", "万元"), "同比减亏2万元");
    assert_eq!(yoy("-5", "-3", "万元"), "同比增亏2万元");
    assert_eq!(yoy("0", "-3", "万元"), "同比减亏3万元");
    assert_eq!(yoy("-3", "-5", "人"), "由-5人升至-3人");
    assert_eq!(yoy("-5", "-3", "人"), "由-3人降至-5人");
}

#[test]
fn missing_is_an_error_and_absent_is_said() {
    assert_eq!(year_on_year(n("3"), Amount::Missing, "件", 1), Err(WordingError::Missing(Operand::Old)));
    assert_eq!(year_on_year(Amount::Missing, n("3"), "件", 1), Err(WordingError::Missing(Operand::New)));
    assert_eq!(year_on_year(n("3"), Amount::Absent, "件", 1).unwrap(), "上年同期无此项");
    assert_eq!(year_on_year(Amount::Absent, n("3"), "件", 1).unwrap(), "本年无此项");
    assert_eq!(year_on_year(Amount::Absent, Amount::Absent, "件", 1).unwrap(), "本年和上年同期均无此项");
    assert_eq!(difference(n("3"), Amount::Missing, "件"), Err(WordingError::Missing(Operand::Old)));
}

#[test]
fn percentages_change_in_points() {
    assert_eq!(year_on_year(p("0.783"), p("0.751"), "", 1).unwrap(), "同比提高3.2个百分点");
    assert_eq!(year_on_year(p("0.75"), p("0.755"), "%", 1).unwrap(), "同比下降0.5个百分点");
    assert_eq!(year_on_year(n("78.3"), n("75.1"), "%", 1).unwrap(), "同比提高3.2个百分点");
    assert_eq!(year_on_year(p("0.5"), p("0.5"), "", 1).unwrap(), "与上年持平");
    assert_eq!(year_on_year(p("0.5"), n("50"), "", 1), Err(WordingError::MixedPercent(Operand::Old)));
    assert_eq!(difference(p("0.783"), p("0.751"), "").unwrap(), "提高3.2个百分点");
    assert_eq!(difference(n("96.5"), n("97"), "%").unwrap(), "下降0.5个百分点");
}

#[test]
fn differences_in_amounts() {
    assert_eq!(difference(n("36"), n("32"), "场").unwrap(), "增加4场");
    assert_eq!(difference(n("32"), n("36"), "场").unwrap(), "减少4场");
    assert_eq!(difference(n("36"), n("36"), "场").unwrap(), "持平");
    assert_eq!(difference(n("0.3"), n("0.1"), "亿元").unwrap(), "增加0.2亿元");
    assert_eq!(difference(n("31.86"), n("20.36"), "万元").unwrap(), "增加11.5万元");
}

#[test]
fn too_large_and_too_many_digits_are_refused() {
    let most = Amount::Value(Number::plain(Decimal::MAX));
    let least = Amount::Value(Number::plain(Decimal::MIN));
    assert_eq!(year_on_year(most, least, "", 1), Err(WordingError::TooLarge));
    assert_eq!(year_on_year(n("2"), n("1"), "", 99), Err(WordingError::WrongDigits(99)));
}

#[test]
fn against_a_figure_that_is_named_already() {
    let said = |new, old, unit| against_last_year(n(new), n(old), unit, 1).unwrap();
    assert_eq!(said("36", "32", "场"), "同比增长12.5%");
    assert_eq!(said("5", "4", "场"), "同比增加1场");
    assert_eq!(said("4", "5", "场"), "同比减少1场");
    assert_eq!(said("36", "9", "场"), "同比增加27场");
    assert_eq!(said("5", "5", "场"), "与上年持平");
    assert_eq!(said("0", "0", "场"), "与上年持平");
    assert_eq!(said("5", "0", "场"), "上年同期为0");
    assert_eq!(said("0", "5", "场"), "上年同期为5场");
    assert_eq!(said("0.00", "24.69", "万元"), "上年同期为24.69万元");
    assert_eq!(said("5", "4.5", "万元"), "同比增长11.1%");
    assert_eq!(said("-3", "-5", "人"), "同比增加2人");
    assert_eq!(said("-3", "-5", "万元"), "同比减亏2万元");
    assert_eq!(said("5", "-3", "万元"), "同比由负转正，增加8万元");
    assert_eq!(said("0", "-3", "万元"), "同比减亏3万元");
    let rate = |new, old| against_last_year(p(new), p(old), "", 1).unwrap();
    assert_eq!(rate("0.783", "0.751"), "同比提高3.2个百分点");
    assert_eq!(rate("0", "0.751"), "同比下降75.1个百分点");
    assert_eq!(against_last_year(n("3"), Amount::Absent, "件", 1).unwrap(), "上年同期无此项");
    assert_eq!(against_last_year(n("3"), Amount::Missing, "件", 1), Err(WordingError::Missing(Operand::Old)));
}

#[test]
fn a_prefix_names_the_base() {
    let said = |prefix, new, old| compared(prefix, difference(n(new), n(old), "个").unwrap());
    assert_eq!(said("较上年同期", "9", "5"), "较上年同期增加4个");
    assert_eq!(said("较上年同期", "5", "5"), "与上年同期持平");
    assert_eq!(said("同比", "5", "5"), "与上年持平");
    assert_eq!(said("环比", "5", "5"), "与上期持平");
    assert_eq!(said("", "5", "5"), "持平");
    assert_eq!(compared("较上年", difference(n("5"), Amount::Absent, "个").unwrap()), "上年同期无此项");
}

/// Words that claim a rise, words that claim a fall, and words that claim neither.
fn claims(text: &str) -> std::cmp::Ordering {
    let risen = ["增长", "增加", "增至", "提高", "升至", "由负转正", "减亏"].iter().any(|w| text.contains(w));
    let fallen = ["下降", "减少", "减至", "降至", "由正转负", "增亏"].iter().any(|w| text.contains(w));
    assert!(!(risen && fallen), "{text} says both");
    let level = text.contains("持平");
    assert_eq!(level, !(risen || fallen), "{text}");
    if risen {
        std::cmp::Ordering::Greater
    } else if fallen {
        std::cmp::Ordering::Less
    } else {
        std::cmp::Ordering::Equal
    }
}

proptest! {
    #[test]
    fn wording_agrees_with_the_sign(
        a in -100_000_i64..100_000, b in -100_000_i64..100_000, s in 0_u32..3, digits in 0_u32..4, percent in any::<bool>(),
        unit in prop::sample::select(vec!["", "件", "万元", "%"]),
    ) {
        let number = |v| { let decimal = Decimal::new(v, s); Amount::Value(if percent { Number::percent(decimal) } else { Number::plain(decimal) }) };
        let (new, old) = (number(a), number(b));
        let told = against_last_year(new, old, unit, digits).unwrap();
        let told = Some(told).filter(|t| !t.starts_with("上年同期为"));
        let said = [year_on_year(new, old, unit, digits).unwrap(), difference(new, old, unit).unwrap()];
        for text in said.into_iter().chain(told) {
            let said = claims(&text);
            prop_assert!(said == a.cmp(&b) || text.contains("基本持平"), "{} of {} and {}", text, a, b);
            prop_assert!(!text.contains("增长-") && !text.contains("下降-") && !text.contains("--"));
            prop_assert!(!text.contains("增长0%") && !text.contains("下降0%") && !text.contains("高0个") && !text.contains("降0个"));
        }
    }

    #[test]
    fn per_cent_is_rounded_half_up(new in 10_i64..3_000_000, old in 10_i64..1_000_000) {
        prop_assume!(new != old && new <= 3 * old);
        let text = yoy(&new.to_string(), &old.to_string(), "");
        let change = (new - old).abs();
        let tenths = (change * 1000 * 2 + old) / (old * 2);
        let whole = change == old;
        prop_assume!(tenths != 0 && (tenths != 1000 || whole));
        let shown = if tenths % 10 == 0 { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) };
        let verb = if new > old { "增长" } else { "下降" };
        prop_assert_eq!(text, format!("同比{verb}{shown}%"));
    }

    #[test]
    fn never_panics(a in any::<i128>(), s in 0_u32..=28, b in any::<i128>(), t in 0_u32..=28, unit in ".{0,3}", digits in 0_u32..12) {
        let most = 79_000_000_000_000_000_000_000_000_000;
        let new = Amount::Value(Number::plain(Decimal::from_i128_with_scale(a % most, s)));
        let old = Amount::Value(Number::plain(Decimal::from_i128_with_scale(b % most, t)));
        let _ = year_on_year(new, old, &unit, digits);
        let _ = difference(new, old, &unit);
    }
}
