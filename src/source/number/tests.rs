use proptest::prelude::*;

use super::*;

fn double(value: f64) -> String {
    let mut text = String::new();
    Exact::of_double(value).expect("a number").write_general(&mut text);
    text
}

#[test]
fn numbers_without_a_format() {
    for (value, shown) in [
        (0.1 + 0.2, "0.3"),
        (31.86, "31.86"),
        (36.0, "36"),
        (-0.05, "-0.05"),
        (1.0 / 3.0, "0.333333333"),
        (123_456_789_012.0, "123456789012"),
        (12_345_678_901.5, "12345678902"),
        (-0.0, "0"),
        (0.99999999999, "1"),
        (0.00001, "0.00001"),
        (1e-9, "0.000000001"),
        (1e-10, "1E-10"),
        (0.0000123456789, "1.23457E-05"),
        (0.000123456789, "0.000123457"),
        (-2.5e-12, "-2.5E-12"),
        (1e-40, "1E-40"),
        (1e15, "1E+15"),
        (999_999_999_999_999.0, "999999999999999"),
        (6.222021234567891e18, "6.22202E+18"),
    ] {
        assert_eq!(double(value), shown);
    }
}

#[test]
fn sizes_that_a_decimal_has_and_has_not() {
    let decimal = |v| Exact::of_double(v).expect("a number").decimal();
    assert_eq!(decimal(1e300), None);
    assert_eq!(decimal(1e-40), Some(Decimal::ZERO));
    assert_eq!(decimal(1.5e28).map(|d| d.to_string()).as_deref(), Some("15000000000000000000000000000"));
    assert_eq!(decimal(0.1 + 0.2).map(|d| d.to_string()).as_deref(), Some("0.3"));
    assert_eq!(Exact::of_double(-1.5e300).expect("a number").scientific(), "-1.5e300");
    assert!(Exact::of_double(f64::NAN).is_none());
}

#[test]
fn what_the_shown_text_says() {
    let say =
        |value: &str, shift| RawNumber { value: value.parse().expect("a decimal"), kind: NumberKind::Plain, shift };
    assert_eq!(say("31860", 4).as_shown().to_string(), "3.186");
    assert_eq!(say("30000", 4).as_shown().to_string(), "3");
    assert_eq!(say("0.0000000000000000000000012", 3).as_shown().scale(), 28);
}

#[test]
fn written_numbers() {
    let parse = |text| Exact::parse(text).and_then(Exact::decimal).map(|d| d.to_string());
    for (text, value) in [
        ("31.86", "31.86"),
        ("-0031.860", "-31.86"),
        ("1.5E-3", "0.0015"),
        ("1e3", "1000"),
        ("+.5", "0.5"),
        ("0.30000000000000004", "0.3"),
        ("0.000", "0"),
        ("0e999999999", "0"),
    ] {
        assert_eq!(parse(text).as_deref(), Some(value), "{text}");
    }
    for text in ["", "-", ".", "1e", "1e+", "1.2.3", "nan", "inf", "0x10", "1e9999999999", "１"] {
        assert_eq!(parse(text), None, "{text}");
    }
}

proptest! {
    /// The short way gives what the long one gives, and a text what its binary number gives.
    #[test]
    fn ways_agree(whole in -2_000_000_000_000_000..2_000_000_000_000_000_i64, scale in 0..9_i32, small in 0..3_u32) {
        let whole = whole / [1, 100_000, 100_000_000_000][small as usize];
        for value in [whole as f64 / 10f64.powi(scale), whole as f64 * 0.1, whole as f64 / 7.0, whole as f64 * 1e-30] {
            let short = Exact::of_double(value).expect("a number");
            let long = Exact::of_digits(value).expect("a number");
            prop_assert_eq!(short.decimal(), long.decimal());
            prop_assert_eq!(Exact::parse(&format!("{value}")).expect("a number").decimal(), short.decimal());
            prop_assert_eq!(Exact::parse(&format!("{value:e}")).expect("a number").decimal(), short.decimal());
            prop_assert_eq!(short.partial_cmp(&Exact::ZERO), value.partial_cmp(&0.0));
        }
    }

    #[test]
    fn order(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000, e in -4..4_i32) {
        let (x, y) = (Exact { digits: a, exponent: e }, Exact { digits: b, exponent: 0 });
        prop_assert_eq!(x.partial_cmp(&y), x.decimal().partial_cmp(&y.decimal()));
    }
}
