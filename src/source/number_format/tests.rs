use super::*;

/// What a cell shows and what it holds: `3.2万 = 31860 /10^4`.
fn read(code: &str, value: f64) -> (RawValue, String) {
    let number = Exact::of_double(value).expect("a number");
    let (raw, shown) = NumberFormat::parse(code).read(number, Epoch::From1900, &mut String::new());
    let general = || {
        let mut text = String::new();
        number.write_general(&mut text);
        text
    };
    (raw, shown.map_or_else(general, |s| s.to_string()))
}

fn show(code: &str, value: f64) -> String {
    read(code, value).1
}

/// Kind, shift and text.
fn meant(code: &str, value: f64) -> String {
    match read(code, value) {
        (RawValue::Number(n), shown) => format!("{:?} {} {shown}", n.kind, n.shift),
        (RawValue::Date(_), shown) => format!("Date {shown}"),
        (RawValue::Time, shown) => format!("Time {shown}"),
        (other, shown) => format!("{other:?} {shown}"),
    }
}

#[test]
fn numbers_as_cells_show_them() {
    assert_eq!(show("0.0%", 0.783), "78.3%");
    assert_eq!(show("0%", 0.785), "79%");
    assert_eq!(show("0.0\"万元\"", 31.86), "31.9万元");
    assert_eq!(show("#,##0.00", 1234567.891), "1,234,567.89");
    assert_eq!(show("#,##0", 999.5), "1,000");
    assert_eq!(show("000000", 1.0), "000001");
    assert_eq!(show("0.00", 1.1), "1.10");
    assert_eq!(show("0.##", 1.5), "1.5");
    assert_eq!(show("0.##", 2.0), "2");
    assert_eq!(show("#,##0,", 1234567.0), "1,235");
    assert_eq!(show("0_ ;[Red]\\-0\\ ", -36.0), "-36");
    assert_eq!(show("#,##0.00;(#,##0.00)", -12.5), "(12.50)");
    assert_eq!(show("0_);[Red]\\(0\\)", -36.0), "(36)");
    assert_eq!(show("0;-0;\"—\"", 0.0), "—");
    assert_eq!(show("[$¥-804]#,##0.00", 5.0), "¥5.00");
    assert_eq!(show("General\"人\"", 36.0), "36人");
    assert_eq!(show("G/通用格式\"人\"", 36.0), "36人");
    assert_eq!(show("0.0", -0.04), "0.0");
    assert_eq!(show("0.00", -0.5), "-0.50");
    assert_eq!(show("#", 0.0), "");
    assert_eq!(show("0.000000000000", 1e-10), "0.000000000100");
    assert_eq!(show("0", 1e20), "100000000000000000000");
    assert_eq!(show("#,##0.0", 1e18), "1,000,000,000,000,000,000.0");
}

/// Each section has its own kind and scale; the one that applies decides.
#[test]
fn the_section_that_applies_decides() {
    for (code, value, meaning) in [
        ("[=0]\"-\";0.0%", 0.783, "Percent 0 78.3%"),
        ("[=0]\"-\";0.0%", 0.0, "Percent 0 -"),
        ("0.0%;-0.0%;\"—\"", 0.0, "Percent 0 —"),
        ("0.0%;-0.0%;\"—\"", -0.022, "Percent 0 -2.2%"),
        ("[>=10000]0!.0,\"万\";0", 31860.0, "Plain 4 3.2万"),
        ("[>=10000]0!.0,\"万\";0", 5000.0, "Plain 0 5000"),
        ("[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", 318600000.0, "Plain 8 3.19亿"),
        ("[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", 31860.0, "Plain 4 3.2万"),
        ("[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", 36.0, "Plain 0 36"),
        ("[>0]\"↑\"0.0%;[<0]\"↓\"0.0%", 0.05, "Percent 0 ↑5.0%"),
        ("[>0]\"↑\"0.0%;[<0]\"↓\"0.0%", -0.05, "Percent 0 ↓5.0%"),
        ("[>0]\"↑\"0.0%;[<0]\"↓\"0.0%", 0.0, "Percent 0 0%"),
        ("[>0]\"↑\"0.0%;[<0]\"↓\"0.0%;\"持平\"", 0.0, "Percent 0 持平"),
        ("[<1]0.0%;0.0", 2.05, "Plain 0 2.1"),
        ("[<1]0.0%;0.0", -0.5, "Percent 0 -50.0%"),
        ("[>0]0.0;\"降\"0.0", -3.2, "Plain 0 降3.2"),
        ("[<=-10]\"大减\"0;0", -12.0, "Plain 0 大减12"),
        ("[<=-10]\"大减\"0;0", -5.0, "Plain 0 -5"),
        ("[>100]0\"多\";0\"个\"", 12.0, "Plain 0 12个"),
        ("0.0\"%\"", 78.3, "Percent 2 78.3%"),
        ("0.0\\‰", 7.2, "PerMille 3 7.2‰"),
        ("\"占比%\"0.0", 78.3, "Plain 0 占比%78.3"),
        ("[红色][>=60]0\"分\";[蓝色]0\"分\"", 75.0, "Plain 0 75分"),
        ("0;-0;0;@", 36.0, "Plain 0 36"),
        ("0.00;@", -1.5, "Plain 0 -1.50"),
        ("@", 36.0, "Plain 0 36"),
        ("@\"镇\"", 36.0, "Plain 0 36"),
    ] {
        assert_eq!(meant(code, value), meaning, "{code} of {value}");
    }
}

#[test]
fn values_stay_as_stored() {
    let value = |code, value| match read(code, value).0 {
        RawValue::Number(n) => (n.value.to_string(), n.as_shown().to_string()),
        other => (format!("{other:?}"), String::new()),
    };
    let both = |a: &str, b: &str| (a.to_string(), b.to_string());
    assert_eq!(value("0!.0,\"万\"", 31860.0), both("31860", "3.186"));
    assert_eq!(value("0.0,", 31860.0), both("31860", "31.86"));
    assert_eq!(value("0.0\"%\"", 78.3), both("78.3", "0.783"));
    assert_eq!(value("0.0%", 0.783), both("0.783", "0.783"));
    assert_eq!(value("0", 1e300).0, "TooLarge(\"1e300\")");
}

#[test]
fn texts_by_their_section() {
    let text = |code: &str, text: &str| NumberFormat::parse(code).of_text(text);
    assert_eq!(text("@\"镇\"", "云溪").as_deref(), Some("云溪镇"));
    assert_eq!(text("0;-0;0;\"（\"@\"）\"", "甲").as_deref(), Some("（甲）"));
    for code in ["@", "General", "0.0%", "0;-0;0;\"不看\"", ";;;", "_ * #,##0_ ;_ @_ "] {
        assert_eq!(text(code, "云溪"), None, "{code}");
    }
}

#[test]
fn small_and_large_sizes() {
    assert_eq!(show("General", 1e-10), "1E-10");
    assert_eq!(show("0.00E+00", 12345.0), "1.23E+04");
    assert_eq!(show("0.00E+00", 0.000012345), "1.23E-05");
    assert_eq!(show("##0.0E+0", 12345.6789), "12.3E+3");
    assert_eq!(show("##0.0E+0", 999.96), "1.0E+3");
    assert_eq!(show("##0.0E+0", 0.00012), "120.0E-6");
    assert_eq!(show("##0.0E+0", 0.0), "0.0E+0");
    assert_eq!(show("0.0E-0", 1e20), "1.0E20");
    assert_eq!(show("0.00E+00", -9.999e9), "-1.00E+10");
    assert_eq!(meant("##0.0E+0", 12345.6789), "Plain 0 12.3E+3");
}

#[test]
fn dates_as_cells_show_them() {
    for (code, value, meaning) in [
        ("yyyy\"年\"m\"月\"d\"日\"", 46295.0, "Date 2026年9月30日"),
        ("yyyy-mm-dd", 46295.0, "Date 2026-09-30"),
        ("[$-804]yyyy\"年\"m\"月\"", 46295.0, "Date 2026年9月"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", 46295.0, "Date 2026年9月30日"),
        ("[$-x-sysdate]dddd, mmmm dd, yyyy", 46295.0, "Date 2026年9月30日"),
        ("[$-F400]h:mm:ss AM/PM", 0.354166667, "Time 8:30:00"),
        ("h:mm", 0.5, "Time 12:00"),
        ("[h]:mm", 1.25, "Time 30:00"),
        ("[hh]:mm", 0.354166667, "Time 08:30"),
        ("[mm]:ss", 0.5, "Time 720:00"),
        ("mm:ss.0", 0.000694606, "Time 01:00.0"),
        ("mm:ss.00", 0.0006956, "Time 01:00.10"),
        ("yyyy/m/d h:mm", 46295.75, "Date 2026/9/30 18:00"),
        ("[$-804]aaaa", 46295.0, "Date 星期三"),
        ("aaa", 46295.0, "Date 三"),
        ("[$-804]dddd", 46295.0, "Date 星期三"),
        ("ddd", 46295.0, "Date Wed"),
        ("d-mmm-yy", 46295.0, "Date 30-Sep-26"),
        ("[$-804]mmmm", 46295.0, "Date 九月"),
        ("mmmm d, yyyy", 46295.0, "Date September 30, 2026"),
        ("上午/下午h\"时\"mm\"分\"", 0.75, "Time 下午6时00分"),
        ("h:mm AM/PM", 0.75, "Time 6:00 PM"),
        ("[$-804]AM/PM h:mm", 0.75, "Time 下午 6:00"),
        ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", 46295.0, "Date 二〇二六年九月三十日"),
        ("0.00\"ym\"", 5.0, "Plain 0 5.00ym"),
        ("[=0]\"-\";yyyy-mm-dd", 46295.0, "Date 2026-09-30"),
        ("[=0]\"-\";yyyy-mm-dd", 0.0, "Plain 0 -"),
        ("[>=40000]yyyy.m.d;0.0", 31.86, "Plain 0 31.9"),
    ] {
        assert_eq!(meant(code, value), meaning, "{code} of {value}");
    }
    assert_eq!(read("yyyy-mm-dd", -1.0).0, RawValue::NotADate((-1).into()));
    assert_eq!(read("h:mm", -0.5).0, RawValue::NotADate("-0.5".parse().expect("a decimal")));
    let built_in = |id, value| {
        NumberFormat::built_in(id).read(Exact::parse(value).expect("a number"), Epoch::From1900, &mut String::new()).1
    };
    assert_eq!(built_in(14, "46295").as_deref(), Some("2026/9/30"));
    assert_eq!(built_in(43, "-1234.5").as_deref(), Some("-1,234.50"));
    assert_eq!(built_in(48, "12345.6789").as_deref(), Some("12.3E+3"));
}

#[test]
fn numbers_in_ten_thousands_and_with_text_inside() {
    assert_eq!(meant("0!.0,\"万\"", 123456.0), "Plain 4 12.3万");
    assert_eq!(meant("0\".\"0,\"万元\"", 31860.0), "Plain 4 3.2万元");
    assert_eq!(meant("0!.0000", 123456.0), "Plain 4 12.3456");
    assert_eq!(meant("0\\.0,", 123456.0), "Plain 4 12.3");
    assert_eq!(meant("0!.0,\"万\"", 300.0), "Plain 4 0.0万");
    assert_eq!(meant("0.0,,\"百万\"", 31860000.0), "Plain 6 31.9百万");
    assert_eq!(show("000 0000 0000", 13812345678.0), "138 1234 5678");
    assert_eq!(meant("0000\"年\"00\"月\"", 202609.0), "Plain 0 2026年09月");
    assert_eq!(meant("0000!.00!.00", 20260930.0), "Plain 0 2026.09.30");
}

#[test]
fn fractions_zeros_and_chinese_numerals() {
    assert_eq!(show("# ?/?", 0.5), "1/2");
    assert_eq!(show("# ?/?", 99.95), "100");
    assert_eq!(show("# ?/?", 2.0), "2");
    assert_eq!(show("# ?/?", -1.5), "-1 1/2");
    assert_eq!(show("# ??/??", 1.25), "1 1/4");
    assert_eq!(show("# ???/???", 5.2345), "5 87/371");
    assert_eq!(show("0/100", 0.75), "75/100");
    assert_eq!(show("# ??/100", 0.999), "1");
    assert_eq!(show("?/?", 1.5), "3/2");
    let accounting = "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ";
    assert_eq!(show(accounting, 0.0), "-");
    assert_eq!(show(accounting, -1234.5), "-1,234.50");
    for (code, value, shown) in [
        ("[DBNum1]General", 123.0, "一百二十三"),
        ("[DBNum1][$-804]General", 123.0, "一百二十三"),
        ("[DBNum2]General", 123.0, "壹佰贰拾叁"),
        ("[DBNum2][$-804]General\"元\"", 10050.0, "壹万零伍拾元"),
        ("[DBNum1]G/通用格式", 100_010_000.0, "一亿〇一万"),
        ("[DBNum1]General", 100_000_000.0, "一亿"),
        ("[DBNum1]General", 3_000_500_000_000.0, "三万〇五亿"),
        ("[DBNum1]General", 31.86, "三十一.八六"),
        ("[DBNum1]General", 0.0, "〇"),
        ("[DBNum1]General", -10.0, "-一十"),
        ("[DBNum1]0", 2026.0, "二〇二六"),
        ("[DBNum2]0.00", 1.5, "壹.伍零"),
        ("[DBNum3]0", 36.0, "３６"),
    ] {
        assert_eq!(meant(code, value), format!("Plain 0 {shown}"), "{code} of {value}");
    }
}

/// What a format leaves as it is takes no memory, and any other text is written.
#[test]
fn as_it_is() {
    let kept = |code: &str, value: f64| {
        let number = Exact::of_double(value).expect("a number");
        NumberFormat::parse(code).read(number, Epoch::From1900, &mut String::new()).1.is_some()
    };
    for (code, value) in
        [("General", 0.3), ("0", 36.0), ("0.00", 31.86), ("0.00", -31.86), ("#,##0", 36.0), ("0.0#", 1.5)]
    {
        assert!(!kept(code, value), "{code} of {value}");
    }
    for (code, value) in
        [("0", 31.86), ("0.0", 36.0), ("#,##0", 1280.0), ("0.0%", 0.5), ("0;0", -5.0), ("General", 1e-40)]
    {
        assert!(kept(code, value), "{code} of {value}");
    }
}

proptest::proptest! {
    /// No code and no number is too much.
    #[test]
    fn any_code_is_read(code in "[0#?.,%;@/E+\\-\\[\\]<>=$\"\\\\!ymdhsaeg万DBNum0-9 ]{0,40}", value in proptest::num::f64::NORMAL) {
        let number = Exact::of_double(value).expect("a number");
        NumberFormat::parse(&code).read(number, Epoch::From1900, &mut String::new());
    }

    /// `0.00` is the number rounded half up.
    #[test]
    fn two_decimals(cents in -1_000_000_000_i64..1_000_000_000, thousandth in 0..10_i64) {
        let value = rust_decimal::Decimal::new(cents * 10 + cents.signum() * thousandth, 3);
        let rounded = value.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        let number = Exact::parse(&value.to_string()).expect("a number");
        let shown = NumberFormat::parse("0.00").read(number, Epoch::From1900, &mut String::new()).1;
        let shown = shown.map_or(value.normalize().to_string(), |s| s.to_string());
        proptest::prop_assert_eq!(shown.trim_start_matches('-').to_string(), format!("{:.2}", rounded.abs()));
    }
}
