//! What can be calculated with what: each line of the table.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::*;

fn d(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

fn q(text: &str) -> Quantity {
    let read = Quantity::read(text).unwrap();
    // As a cell gives it.
    Quantity { literal: false, ..read }
}

fn said(result: Result<Quantity, QuantityError>) -> String {
    match result {
        Ok(q) => format!("{}{}", q, if q.number.show.unit { "" } else { q.symbol().unwrap_or_default() }),
        Err(err) => err.to_string(),
    }
}

#[test]
fn amounts_of_one_dimension_add() {
    assert_eq!(said(q("5000元").plus(&q("3.2万元"))), "3.7万元");
    assert_eq!(said(q("120人").plus(&q("1.2万人"))), "1.212万人");
    assert_eq!(said(q("3亩").plus(&q("1公顷"))), "1.2公顷");
    assert_eq!(said(q("1亩").plus(&q("1公顷"))), "16亩");
    assert_eq!(said(q("36场").minus(&q("40场"))), "-4场");
    assert_eq!(said(q("36件").plus(&Quantity::literal(d("5")))), "41件");
    assert_eq!(said(q("0.1").plus(&q("0.2"))), "0.3");
}

#[test]
fn what_measures_something_else_does_not() {
    assert_eq!(said(q("36件").plus(&q("5人次"))), "单位不同：一个以件计，另一个以人次计，不能相加");
    assert_eq!(said(q("3元").minus(&q("5件"))), "单位不同：一个以元计，另一个以件计，不能相减");
    assert_eq!(said(q("78.3%").plus(&q("5"))), "百分数与一般的数不能相加");
    assert_eq!(said(q("78.3%").minus(&Quantity::literal(d("1")))), "百分数与一般的数不能相减");
    assert_eq!(said(q("0件").plus(&q("5人次"))), "5人次");
    assert_eq!(said(q("78.3%").plus(&Quantity::literal(d("0")))), "78.3%");
}

#[test]
fn shares_and_points() {
    assert_eq!(said(q("78.3%").minus(&q("75.1%"))), "3.2");
    assert_eq!(q("78.3%").minus(&q("75.1%")).unwrap().kind(), Kind::Points);
    assert_eq!(said(q("78.3%").plus(&q("1.7%"))), "80%");
    assert_eq!(said(q("75.1%").plus(&q("3.2个百分点"))), "78.3%");
    assert_eq!(said(q("3.2个百分点").minus(&q("1.2个百分点"))), "2");
    assert_eq!(said(q("20%").times(&q("50件"))), "10件");
    assert_eq!(said(q("20%").times(&q("50%"))), "10%");
    assert_eq!(said(q("7.7%").negated().magnitude().rounded(0).plus(&q("0%"))), "8%");
}

#[test]
fn quotients() {
    assert_eq!(said(q("30件").over(&q("40件"))), "0.75");
    assert_eq!(said(q("3万元").over(&q("5000元"))), "6");
    assert_eq!(said(q("300元").over(&q("4人"))), "75元/人");
    assert_eq!(said(q("75元/人").times(&q("4人"))), "300元");
    assert_eq!(said(q("1").over(&q("3")).unwrap().times(&q("3"))), "1");
    assert_eq!(said(q("5").over(&q("0"))), "除数为0，算不出来");
    assert_eq!(said(q("7").whole_times(&q("2"))), "3");
    assert_eq!(said(q("-7").remainder(&q("2"))), "1");
    assert_eq!(said(q("50%").remainder(&q("2"))), "百分数与一般的数不能取余");
}

#[test]
fn powers_have_bounds() {
    assert_eq!(said(q("1.1").power(&q("2"))), "1.21");
    assert_eq!(said(q("10").power(&q("28"))), "10000000000000000000000000000");
    assert!(matches!(q("10").power(&q("29")), Err(QuantityError::TooLarge)));
    assert!(matches!(q("2").power(&q("1000000000")), Err(QuantityError::TooLarge)));
    assert!(matches!(q("0").power(&q("-1")), Err(QuantityError::Zero)));
    let root = q("1.21").power(&q("0.5")).unwrap();
    assert!((root.number.decimal - d("1.1")).abs() < d("0.000000000001"), "{root}");
}

#[test]
fn comparisons_are_by_value() {
    use std::cmp::Ordering::*;
    assert_eq!(compare(&q("3.2万元"), &q("5000元")), Ok(Greater));
    assert_eq!(compare(&q("78.3%"), &q("0")), Ok(Greater));
    assert_eq!(compare(&q("3.2个百分点"), &q("3")), Ok(Greater));
    assert_eq!(
        compare(&q("78.3%"), &q("10")).unwrap_err().help(),
        "百分数要和百分数比：把数写成带引号的百分数，如 大于=\"10%\""
    );
    assert!(compare(&q("36件"), &q("36人次")).is_err());
}

/// As a cell shows it: stored, shift, whether a word and a unit are shown, the column's unit.
fn shown(stored: &str, shift: u8, word: bool, unit: bool, column: Option<&str>) -> Quantity {
    let number = Number { decimal: d(stored), kind: Kind::Amount, show: Show { shift, word, unit } };
    Quantity::of(number, column.map(Unit::new)).settled()
}

#[test]
fn what_is_shown_in_a_scale_counts_by_value() {
    let (a, b) = (shown("31860", 4, true, false, None), shown("50000", 4, true, false, None));
    assert_eq!(said(a.plus(&b)), "8.186万");
    assert_eq!(said(a.plus(&shown("5000", 0, false, false, None))), "36860");
    let (a, b) = (shown("31860", 4, true, true, Some("元")), shown("50000", 4, true, true, Some("元")));
    assert_eq!(said(a.plus(&b)), "8.186万元");
    assert_eq!(a.before("元，增长"), "3.186万");
    assert_eq!(a.before("万元，增长"), "3.186");
    // Under 万元 a format that divides by 10,000 shows 万元.
    assert_eq!(said(Ok(shown("31860", 4, false, false, Some("万元")))), "3.186万元");
    assert_eq!(said(Ok(shown("31860", 4, false, false, Some("元")))), "31860元");
}

#[test]
fn the_text_behind_decides_the_unit_that_is_printed() {
    assert_eq!(q("31.86万元").before("元"), "318600");
    assert_eq!(q("31.86万元").before("万元"), "31.86");
    assert_eq!(q("36场").before("次"), "36");
    assert_eq!(q("3.2").before("万元"), "3.2");
    assert_eq!(q("78.3%").before("%，"), "78.3");
    assert_eq!(without_unit("31.86万元", "万元"), "31.86");
    assert_eq!(without_unit("78.3%", "，比"), "78.3%");
    assert_eq!(without_unit("云溪镇", "镇"), "云溪镇");
}

#[test]
fn a_unit_can_be_the_kind() {
    let of = |text: &str, unit: &str| Quantity::of(Number::plain(d(text)), Some(Unit::new(unit)));
    assert_eq!(of("36", "%").kind(), Kind::Share);
    assert_eq!(of("36", "%").number.decimal, d("0.36"));
    assert_eq!(of("36", "%").to_string(), "36");
    assert_eq!(of("7.2", "‰").kind(), Kind::PerMille);
    assert_eq!(of("107.4", "上年=100").kind(), Kind::Index);
    assert_eq!(said(of("107.4", "上年=100").minus(&Quantity::literal(d("100")))), "7.4");
    assert!(of("107.4", "上年=100").plus(&of("100", "上年=100")).is_err());
}
