//! The form of elements that the standard prescribes: 份号, 密级, 紧急程度, 发文字号, dates.

use crate::dataset::{Cell, Dataset, Value};
use crate::diagnostic::{Diagnostic, codes};
use crate::template::LayoutKind;

/// What 报告信息 says in a form that the standard does not know; each with its cell.
pub fn check(data: &Dataset, kind: LayoutKind) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut rule = |key: &str, good: fn(&str) -> bool, expected: &str, example: &str| {
        let single = data.report_value(key).into_iter();
        for cell in single.chain(data.report_lists.get(key).into_iter().flatten()) {
            if cell.value != Value::Absent && !good(&cell.shown) {
                found.push(wrong(cell, key, expected, example));
            }
        }
    };
    if kind == LayoutKind::Official {
        rule("份号", is_copy_no, "应为6位数字（7.2.1）", "000001");
        rule("密级", is_secrecy, "应为绝密、机密或秘密，可以加★和保密期限（7.2.2）", "机密★1年");
        rule("紧急程度", |t| matches!(t, "特急" | "加急" | "特提" | "平急"), "应为特急或加急（7.2.3）", "特急");
        rule(
            "发文字号",
            is_doc_number,
            "应为机关代字〔年份〕序号，用六角括号，不加“第”，序号不补零（7.2.5）",
            "青人发〔2026〕8号",
        );
    }
    for key in ["成文日期", "印发日期", "日期"] {
        if let Some(cell) = data.report_value(key)
            && !matches!(&cell.value, Value::Date(d) if d.day.is_some())
            && cell.value != Value::Absent
        {
            found.push(wrong(cell, key, "应为写明年、月、日的日期（7.3.5.4）", "2026年12月5日"));
        }
    }
    // A briefing has no signature: its 编印单位 and 日期 stand at its head.
    if kind == LayoutKind::Briefing {
        return found;
    }
    found.extend(left_out(data, "成文日期", &["日期", "时间"], "报告末尾不印成文日期"));
    found.extend(left_out(data, "单位", &["单位", "落款", "署名"], "报告末尾不印署名"));
    found
}

/// The signature or its date is not given, but something that sounds like it is.
fn left_out(data: &Dataset, key: &str, words: &[&str], result: &str) -> Option<Diagnostic> {
    let known = ["单位", "成文日期", "印发日期", "日期", "印发机关", "填报单位", "填报日期", "填报时间"];
    if data.report.get(key).is_some_and(|cell| !cell.shown.is_empty()) {
        return None;
    }
    let (name, cell) = data.report.iter().find(|(name, cell)| {
        !cell.is_missing() && !known.contains(&&***name) && words.iter().any(|word| name.contains(word))
    })?;
    Some(
        Diagnostic::new(codes::T052, format!("报告信息里没有“{key}”，却有“{name}”；现在{result}"))
            .at(cell.origin)
            .about(&**name)
            .help(format!("如果就是{key}，把“{name}”改成“{key}”")),
    )
}

fn wrong(cell: &Cell, key: &str, expected: &str, example: &str) -> Diagnostic {
    Diagnostic::new(codes::T050, format!("{key}“{}”{expected}", cell.shown))
        .at(cell.origin)
        .about(key)
        .help(format!("例如写成：{example}"))
}

fn is_copy_no(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_secrecy(text: &str) -> bool {
    let (level, term) = text.split_once('★').map_or((text, None), |(l, t)| (l, Some(t)));
    let years =
        |t: &str| t.strip_suffix('年').or(t.strip_suffix("个月")).is_some_and(|n| n.parse::<u8>().is_ok_and(|n| n > 0));
    matches!(level.trim(), "绝密" | "机密" | "秘密") && term.is_none_or(|t| t == "长期" || years(t))
}

/// 代字〔yyyy〕n号
fn is_doc_number(text: &str) -> bool {
    let parts = || -> Option<(&str, &str, &str)> {
        let (word, rest) = text.split_once('〔')?;
        let (year, rest) = rest.split_once('〕')?;
        Some((word, year, rest.strip_suffix('号')?))
    };
    parts().is_some_and(|(word, year, number)| {
        !word.is_empty()
            && !word.chars().any(|c| c.is_ascii() || "〔〕（）【】[]".contains(c))
            && year.len() == 4
            && (year.starts_with("19") || year.starts_with("20"))
            && year.bytes().all(|b| b.is_ascii_digit())
            && !number.is_empty()
            && !number.starts_with('0')
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_the_standard() {
        assert!(is_doc_number("青人发〔2026〕8号") && is_doc_number("青政办函〔2026〕123号"));
        for bad in [
            "青人发[2026]8号",
            "青人发（2026）8号",
            "青人发〔2026〕第8号",
            "青人发〔2026〕08号",
            "青人发〔26〕8号",
            "〔2026〕8号",
        ] {
            assert!(!is_doc_number(bad), "{bad}");
        }
        assert!(is_secrecy("机密★1年") && is_secrecy("秘密") && is_secrecy("绝密★长期"));
        assert!(!is_secrecy("机密★一年") && !is_secrecy("内部"));
        assert!(is_copy_no("000001") && !is_copy_no("0001") && !is_copy_no("No.001"));
    }
}
