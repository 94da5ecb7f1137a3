//! Number and date text in every form, and broken bytes: nothing is misread, nothing panics.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use huibao::dataset::scalar::{date, lenient_number, plain_number, strict, year};
use huibao::dataset::{Date, Value};
use huibao::diagnostic::SourceId;
use huibao::quantity::unit::split_header;
use huibao::source::number::Exact;
use huibao::source::number_format::NumberFormat;
use huibao::source::{workbook, yaml};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::data_support::{read, rows, told, workbook as make};

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
        let percent = lenient_number(&format!("{text}%")).map(|l| (l.number.is_share(), l.number.decimal * Decimal::ONE_HUNDRED));
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
    fn words_around_a_number_make_it_no_number(number in 1u32..99_999, word in "约|近|超|≥|>|第|①") {
        let text = format!("{word}{number}");
        prop_assert_eq!(lenient_number(&text), None, "{}", text);
        for behind in ["余", "多", "左右", "以上", "-5", "、6", "~9"] {
            let text = format!("{number}{behind}");
            prop_assert_eq!(lenient_number(&text), None, "{}", text);
        }
    }

    #[test]
    fn a_cell_shows_what_its_format_says(cents in -9_999_999i64..9_999_999) {
        let value = cents as f64 / 100.0;
        let exact = Decimal::new(cents, 2);
        let show = |code: &str| shown(code, value);
        prop_assert_eq!(show("0.00"), format!("{exact:.2}").replace("-0.00", "0.00"));
        prop_assert_eq!(show("General"), exact.normalize().to_string());
        let unit = show("#,##0.00\"万元\"");
        let read = lenient_number(&unit).expect("a number");
        prop_assert_eq!((read.number.decimal, read.unit.as_deref()), (exact, Some("万元")));
    }

    #[test]
    fn years_are_the_same_in_every_spelling(y in 1900i16..2200) {
        for spelling in [format!("{y}"), format!("{y}年"), format!("{y}年度"), format!(" {y} 年"), full_width(&y.to_string())] {
            prop_assert_eq!(year(&spelling), Some(y), "{}", spelling);
        }
    }

    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,40}", code in "[0#?.,%;\"年月日ymdhs@\\[\\]_*\\\\E+-]{0,16}", number in any::<f64>()) {
        let _ = (strict(&text), lenient_number(&text), date(&text), year(&text), split_header(&text), Exact::of_double(number), Exact::parse(&text));
        shown(&code, number);
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

/// What a cell of this format shows.
fn shown(code: &str, value: f64) -> String {
    let Some(number) = Exact::of_double(value) else { return String::new() };
    let (_, shown) = NumberFormat::parse(code).read(number, Default::default(), &mut String::new());
    let mut general = String::new();
    number.write_general(&mut general);
    shown.map_or(general, |s| s.to_string())
}

/// A workbook of the fixtures with its parts stored, so that a byte changed inside XML reaches
/// the reader of it.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for i in 0..from.len() {
        let mut part = from.by_index(i).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("its bytes");
        to.start_file(part.name(), stored).expect("a part");
        to.write_all(&content).expect("its bytes");
    }
    to.finish().expect("a package").into_inner()
}

/// Bytes are changed by a fixed sequence, so that a failure comes back.
#[test]
fn changed_bytes_never_panic() {
    let twins = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/twins");
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for name in ["数据.xlsx", "数据.ods", "数据.xls", "乡镇.csv"] {
        let bytes = std::fs::read(twins.join(name)).expect("a fixture");
        let bytes = if bytes.starts_with(b"PK") { unpacked(&bytes) } else { bytes };
        for _ in 0..300 {
            let mut broken = bytes.clone();
            for _ in 0..1 + next() % 4 {
                let at = next() % broken.len();
                broken[at] = match next() % 4 {
                    0 => 0,
                    1 => 0xFF,
                    2 => broken[at] ^ (1 << (next() % 8)),
                    _ => next() as u8,
                };
            }
            if next() % 8 == 0 {
                broken.truncate(next() % broken.len() + 1);
            }
            let _ = told(&read(&[(name, &broken)]));
        }
    }
}

/// The same over files of the shared corpus, where it is present.
#[test]
fn changed_bytes_of_the_corpus_never_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let names = [
        "sheetjs__1904.xlsb",
        "poi__testVarious.xlsb",
        "poi__1904DateWindowing.xls",
        "calamine__merge_cells.xlsx",
        "calamine__special_cells.ods",
        "calamine__richtext-namespaced.xlsx",
    ];
    let mut state = 1u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for name in names {
        let Ok(bytes) = std::fs::read(folder.join(name)) else {
            super::skipped(&format!("changed_bytes_of_the_corpus_never_panic: {name} is not in ../shared/corpus"));
            continue;
        };
        let bytes = if bytes.starts_with(b"PK") { unpacked(&bytes) } else { bytes };
        for _ in 0..60 {
            let mut broken = bytes.clone();
            let at = next() % broken.len();
            broken[at] = next() as u8;
            let _ = read(&[(name, &broken)]);
        }
    }
}
