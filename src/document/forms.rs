//! The form of elements that the standard prescribes: 份号, 密级, 紧急程度, 发文字号, dates; and
//! what 报告信息 says that no page shows.

use crate::dataset::{Cell, Dataset, REPORT_PREFIX, Value};
use crate::diagnostic::{Diagnostic, Origin, Place, codes};
use crate::template::LayoutKind;
use crate::vocabulary::report;

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
    if kind.has_document_number() || kind == LayoutKind::Minutes {
        rule("份号", is_copy_no, "应为6位数字（7.2.1）", "000001");
        rule("密级", is_secrecy, "应为绝密、机密或秘密，可以加★和保密期限（7.2.2）", "机密★1年");
        rule("紧急程度", |t| matches!(t, "特急" | "加急" | "特提" | "平急"), "应为特急或加急（7.2.3）", "特急");
    }
    if kind == LayoutKind::Order {
        rule("令号", |text| ordinal(text, "号"), "应为“第几号”（10.2）", "第12号");
    }
    if kind.has_document_number() {
        rule(
            "发文字号",
            is_doc_number,
            "应为机关代字〔年份〕序号，用六角括号，不加“第”，序号不补零（7.2.5）",
            "青人发〔2026〕8号",
        );
    }
    for key in report::dates() {
        if let Some(cell) = data.report_value(key)
            && !matches!(&cell.value, Value::Date(d) if d.day.is_some())
            && cell.value != Value::Absent
        {
            found.push(wrong(cell, key, "应为写明年、月、日的日期（7.3.5.4）", "2026年12月5日"));
        }
    }
    found.extend(blank_masthead(data, kind));
    if kind.has_document_number()
        && let (None, None, Some(cell)) =
            (data.report_value("单位"), data.report_value("签发人职务"), data.report_value("发文机关"))
    {
        found.push(
            Diagnostic::new(codes::T052, "报告信息里有“发文机关”，没有“单位”；现在报告末尾不印署名")
                .at(cell.origin)
                .about("发文机关")
                .help("“发文机关”印在红色标志里；署名另加一行“单位”，写发文机关的全称"),
        );
    }
    found
}

/// A red mark without a word in it. Like what else is still to be filled in, it stops no draft.
fn blank_masthead(data: &Dataset, kind: LayoutKind) -> Option<Diagnostic> {
    let (key, others, what, example) = match kind {
        LayoutKind::Report => return None,
        LayoutKind::Briefing => ("简报名称", [].as_slice(), "报头上的红色大字", "交通工作简报"),
        LayoutKind::Minutes => ("纪要名称", [].as_slice(), "红色标志", "青河区人民政府常务会议纪要"),
        LayoutKind::Official | LayoutKind::Letter | LayoutKind::Order => {
            ("发文机关", ["发文机关标志"].as_slice(), "版头上的红色标志", "青河区人民政府")
        }
    };
    let given = |key: &str| data.report_value(key).is_some_and(|cell| cell.value != Value::Absent);
    if given(key) || others.iter().any(|other| given(other)) {
        return None;
    }
    let said = Diagnostic::new(codes::D068, format!("必填项没有填（{key}，{what}），印出来是空的")).about(key);
    Some(match data.report.get(key) {
        Some(cell) => said.at(cell.origin).help(format!("填上{key}，例如：{example}")),
        None => {
            let mut said = said.help(format!("在“报告信息”里加一行“{key}”，内容例如：{example}"));
            said.origin = data.report.values().next().map(|cell| match cell.origin.place {
                Place::Cell { sheet, .. } => Origin::sheet(cell.origin.source, sheet),
                _ => Origin::whole(cell.origin.source),
            });
            said
        }
    })
}

/// What 报告信息 says, in its own rows and in columns `报告.…` of a batch, and no page shows.
/// `own`: the template reads it, or it is told elsewhere; `pack`: the name of the template.
pub fn unprinted(data: &Dataset, kind: LayoutKind, pack: &str, own: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let rows = data.report.iter().filter(|(_, cell)| !cell.is_missing()).map(|(key, cell)| (&**key, cell.origin));
    let columns = data.current().into_iter().flat_map(|year| year.tables.values()).flat_map(|table| &table.columns);
    let columns = columns.filter_map(|column| Some((column.name.strip_prefix(REPORT_PREFIX)?, column.origin)));
    let all = rows.chain(columns).filter(|(key, _)| !matches!(*key, "年份" | "模板"));
    let unknown = all.filter(|(key, _)| !report::find(key).is_some_and(|key| key.kinds.contains(&kind)) && !own(key));
    unknown.map(|(key, origin)| unused(key, data, kind, pack).at(origin).about(key)).collect()
}

fn unused(key: &str, data: &Dataset, kind: LayoutKind, pack: &str) -> Diagnostic {
    let not_here = || Diagnostic::new(codes::T053, format!("“{key}”不印在{}里", kind.label()));
    if report::is_aside(key) {
        return not_here().help("不用处理；要印的话，汇报和公文写在“附注”里");
    }
    if let Some(known) = report::find(key) {
        let kinds: Vec<&str> = known.kinds.iter().map(|kind| kind.label()).collect();
        return not_here().help(match kinds.is_empty() {
            true => "模板没有用到它，不用处理".into(),
            false => format!("只有{}印它；版式在 template.yaml 里写“版式”", kinds.join("、")),
        });
    }
    let said = |end: &str| Diagnostic::new(codes::T052, format!("报告信息里没有“{key}”这一项，没有用到{end}"));
    match report::meant(key, kind) {
        Some(near) if data.report_value(near).is_none() => {
            let end = match near {
                "成文日期" => "；现在报告末尾不印成文日期",
                "单位" => "；现在报告末尾不印署名",
                _ => "",
            };
            said(end).help(format!("如果就是{near}，把“{key}”改成“{near}”"))
        }
        Some(near) => said("").help(format!("“{near}”已经有了；多余的就删去这一行")),
        None => {
            said("").help(format!("改正名称，或者删去这一行；有哪些项目，运行 huibao templates show {pack} 可以看到"))
        }
    }
}

fn wrong(cell: &Cell, key: &str, expected: &str, example: &str) -> Diagnostic {
    let said = Diagnostic::new(codes::T050, format!("{key}“{}”{expected}", cell.shown))
        .at(cell.origin)
        .about(key)
        .help(format!("例如写成：{example}"));
    // A number of another form: the form that it belongs to.
    let form = match key {
        "发文字号" if ordinal(&cell.shown, "号") => {
            "“第×号”是命令（令）的令号（10.2）或者纪要的编号（10.3），要排命令用“版式: 命令”，要排纪要用“版式: 纪要”"
        }
        "发文字号" if cell.shown.starts_with('第') => {
            "“第×期”“第×次”是简报或者纪要的编号，要排简报用“版式: 简报”，要排纪要用“版式: 纪要”（10.3）"
        }
        "令号" if is_doc_number(&cell.shown) => {
            "这是发文字号，用在公文和信函上：要排公文用“版式: 公文”（7.2.5），要排信函用“版式: 信函”（10.1）"
        }
        "令号" if cell.shown.starts_with('第') => "“第×期”“第×次”是简报或者纪要的编号，用“版式: 简报”或“版式: 纪要”",
        _ => return said,
    };
    said.help(form)
}

/// 第12号, or the number alone, which is printed so.
fn ordinal(text: &str, unit: &str) -> bool {
    let text = text.trim_start_matches('第');
    let number = text.strip_suffix(unit).unwrap_or(text).trim();
    let han = |c: char| "〇零一二三四五六七八九十百".contains(c);
    !number.is_empty() && (number.chars().all(|c| c.is_ascii_digit()) || number.chars().all(han))
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
