//! Number and date text in every form, and broken bytes: nothing is misread, nothing panics.

use huibao::dataset::scalar::{date, lenient_number, plain_number, strict, year};
use huibao::dataset::unit::split_header;
use huibao::dataset::{Date, Value};
use huibao::source::number_format::{NumberFormat, decimal};
use huibao::source::{SourceId, workbook, yaml};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::data_support::{rows, workbook as make};

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c })
        .collect()
}

/// `1234567.5` with a comma before each three digits.
fn separated(text: &str) -> String {
    let (integer, rest) = text.split_once('.').map_or((text, String::new()), |(i, d)| (i, format!(".{d}")));
    let (sign, digits) = integer.strip_prefix('-').map_or(("", integer), |d| ("-", d));
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    format!("{sign}{out}{rest}")
}

proptest! {
    #[test]
    fn numbers_are_the_same_in_every_spelling(mantissa in -999_999_999_999i64..999_999_999_999, scale in 0u32..3) {
        let number = Decimal::new(mantissa, scale);
        let text = number.to_string();
        prop_assert_eq!(plain_number(&text), Some(number));
        for spelling in [text.clone(), separated(&text), full_width(&text), full_width(&separated(&text)), format!("　{text} "), format!("{text}万元"), format!("{text} 人次")] {
            let read = lenient_number(&spelling).map(|l| l.number.decimal);
            prop_assert_eq!(read, Some(number), "{}", spelling);
        }
        let percent = lenient_number(&format!("{text}%")).map(|l| (l.number.percent, l.number.decimal * Decimal::ONE_HUNDRED));
        prop_assert_eq!(percent, Some((true, number)));
    }

    #[test]
    fn codes_stay_codes(code in "0[0-9]{1,17}|[1-9][0-9]{15,25}") {
        let kept = strict(&code);
        prop_assert!(matches!(&kept, Value::Text(t) if **t == *code), "{:?}", kept);
        prop_assert_eq!(lenient_number(&code), None);
    }

    #[test]
    fn dates_are_the_same_in_every_spelling(y in 1900i16..2199, m in 1i8..=12, d in 1i8..=28) {
        let wanted = Date::new(y, m, Some(d));
        for spelling in [format!("{y}年{m}月{d}日"), format!("{y}.{m}.{d}"), format!("{y}-{m:02}-{d:02}"), format!("{y}/{m}/{d}"), full_width(&format!("{y}-{m}-{d}"))] {
            prop_assert_eq!(date(&spelling), wanted, "{}", spelling);
        }
    }

    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,40}", code in "[0#?.,%;\"年月日ymdhs@\\[\\]_*\\\\E+-]{0,16}", number in any::<f64>()) {
        let _ = (strict(&text), lenient_number(&text), date(&text), year(&text), split_header(&text), decimal(number));
        let _ = NumberFormat::parse(&code).show(number, Default::default());
        let _ = yaml::parse(&text, SourceId(0));
    }

    #[test]
    fn no_file_is_too_broken(at in 0usize..4000, byte in any::<u8>(), cut in 0usize..4000) {
        let mut bytes = make(&[("乡镇", &|s| rows(s, 0, &[&["名称", "数"], &["甲", "1"]]))]);
        let length = bytes.len();
        bytes[at % length] = byte;
        let _ = workbook::read(&bytes, "a.xlsx");
        let _ = workbook::read(&bytes[..cut % length], "a.xlsx");
        let mut old = vec![0xD0, 0xCF, 0x11, 0xE0];
        old.extend_from_slice(&bytes);
        let _ = workbook::read(&old, "a.xls");
    }
}
