use proptest::prelude::*;

use super::*;

fn show(code: &str, value: f64) -> String {
    NumberFormat::parse(code).show(value, Epoch::From1900)
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
    assert_eq!(show("0;-0;\"—\"", 0.0), "—");
    assert_eq!(show("[$¥-804]#,##0.00", 5.0), "¥5.00");
    assert_eq!(show("General\"人\"", 36.0), "36人");
    assert_eq!(show("0.00E+00", 12345.0), "1.23E+04");
    assert_eq!(show("0.0", -0.04), "0.0");
}

#[test]
fn numbers_without_a_format() {
    let g = |v| NumberFormat::general().show(v, Epoch::From1900);
    assert_eq!(g(0.1 + 0.2), "0.3");
    assert_eq!(g(31.86), "31.86");
    assert_eq!(g(36.0), "36");
    assert_eq!(g(1.0 / 3.0), "0.333333333");
    assert_eq!(g(123456789012.0), "123456789012");
    assert_eq!(g(-0.0), "0");
    assert_eq!(decimal(1e300), None);
    assert_eq!(decimal(1e-40), Some(Decimal::ZERO));
    assert_eq!(decimal(0.1 + 0.2).map(|d| d.to_string()).as_deref(), Some("0.3"));
}

#[test]
fn dates_as_cells_show_them() {
    assert_eq!(show("yyyy\"年\"m\"月\"d\"日\"", 46295.0), "2026年9月30日");
    assert_eq!(show("yyyy-mm-dd", 46295.0), "2026-09-30");
    assert_eq!(show("[$-804]yyyy\"年\"m\"月\"", 46295.0), "2026年9月");
    assert_eq!(show("h:mm", 0.5), "12:00");
    assert_eq!(show("[h]:mm", 1.25), "30:00");
    assert_eq!(show("yyyy/m/d h:mm", 46295.75), "2026/9/30 18:00");
    assert_eq!(show("[$-804]aaaa", 46295.0), "星期三");
    assert_eq!(NumberFormat::parse("[h]:mm").kind, FormatKind::Time);
    assert_eq!(NumberFormat::parse("yyyy-mm").kind, FormatKind::Date);
    assert_eq!(NumberFormat::parse("0.00\"ym\"").kind, FormatKind::Number);
    assert_eq!(NumberFormat::built_in(14).show(46295.0, Epoch::From1900), "2026/9/30");
}

#[test]
fn numbers_in_ten_thousands_and_with_text_inside() {
    assert_eq!(show("0!.0,\"万\"", 123456.0), "12.3万");
    assert_eq!(show("0!.0000", 123456.0), "12.3456");
    assert_eq!(show("0\\.0,", 123456.0), "12.3");
    assert_eq!(show("000 0000 0000", 13812345678.0), "138 1234 5678");
    assert_eq!(show("0000\"年\"00\"月\"", 202609.0), "2026年09月");
    assert_eq!(show("[>=10000]0!.0,\"万\";0", 123456.0), "12.3万");
    assert_eq!(show("[>=10000]0!.0,\"万\";0", 36.0), "36");
    assert_eq!(show("[>100]0\"多\";0\"个\"", 12.0), "12个");
    let divisor = |code: &str| NumberFormat::parse(code).divisor(5.0).to_string();
    assert_eq!(
        [divisor("0.00,"), divisor("0!.0,"), divisor("0!.0000"), divisor("0.00")],
        ["1000", "10000", "10000", "1"]
    );
}

#[test]
fn fractions_zeros_and_chinese_days() {
    assert_eq!(show("# ?/?", 0.5), "1/2");
    assert_eq!(show("# ??/??", 1.25), "1 1/4");
    assert_eq!(show("0/100", 0.75), "75/100");
    assert_eq!(show("?/?", 1.5), "3/2");
    let accounting = "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ";
    assert_eq!(show(accounting, 0.0), "-");
    assert_eq!(show(accounting, -1234.5), "-1,234.50");
    assert_eq!(show("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", 46295.0), "二〇二六年九月三十日");
}

proptest! {
    /// The short ways give what the long ones give.
    #[test]
    fn numbers_with_few_decimals(whole in -2_000_000_000_000_000..2_000_000_000_000_000_i64, scale in 0..9_i32, small in 0..3_u32) {
        let whole = whole / [1, 100_000, 100_000_000_000][small as usize];
        for value in [whole as f64 / 10f64.powi(scale), whole as f64 * 0.1, whole as f64 / 7.0] {
            let exact = decimal(value);
            prop_assert_eq!(exact, if value == 0.0 { Some(Decimal::ZERO) } else { super::of_digits(value) });
            if let Some(exact) = exact {
                prop_assert_eq!(general(exact), super::rounded(exact));
            }
        }
    }
}
