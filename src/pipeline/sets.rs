//! `--set 名=值` that changes nothing: said with its place, since a slip of the pen would
//! otherwise pass for a change.

use crate::dataset::{Dataset, REPORT_PREFIX, Set};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::template::{Pack, uses};
use crate::vocabulary::report;

/// A warning for each name that reaches nothing; `table`: reports are about its records.
pub fn doubts(sets: &[Set], data: &Dataset, pack: &Pack, table: Option<&str>) -> Vec<Diagnostic> {
    sets.iter().filter_map(|set| doubt(set, data, pack, table)).collect()
}

fn doubt(set: &Set, data: &Dataset, pack: &Pack, table: Option<&str>) -> Option<Diagnostic> {
    let name = set.name.as_str();
    let about = |message: String, help: &str| Some(Diagnostic::new(codes::D122, message).at(set.origin).help(help));
    if let Some(key) = name.strip_prefix(REPORT_PREFIX) {
        let known = !set.new || report::find(key).is_some() || !uses(&pack.engine, key).is_empty();
        let near = || {
            nearest(
                key,
                report::KEYS.iter().map(|k| k.name).chain(data.report.keys().map(|k| &**k).filter(|k| *k != key)),
            )
        };
        return match known {
            true => None,
            false => about(
                format!("报告信息里没有“{key}”这一项，这个值没有用上"),
                &near().map_or("改正名称，或者去掉这一项".into(), |near| {
                    format!("是不是“{REPORT_PREFIX}{near}”？")
                }),
            ),
        };
    }
    match name {
        "年份" => return about("“年份”不能用 --set 改".into(), "用 --year 指明年份"),
        "模板" => return about("“模板”不能用 --set 改".into(), "用 -t 指明模板"),
        _ => {}
    }
    let current = data.current();
    let tables = || current.iter().flat_map(|year| &year.tables);
    if tables().any(|(table, _)| &**table == name) {
        return about(format!("“{name}”是一个表，--set 只能改单个的数据"), "到数据文件里改这个表");
    }
    let of_record = tables().find(|(known, _)| Some(&***known) == table);
    if let Some((table, _)) = of_record.filter(|(_, t)| t.column(name).is_some()) {
        return about(
            format!("“{name}”是“{table}”表的一列，每份用自己那条记录的值，这个值没有用上"),
            "到数据文件里改这一列",
        );
    }
    if !set.new || pack.schema.field(name).is_some() || asked_for(name, pack) {
        return None;
    }
    let fields =
        current.iter().flat_map(|year| year.fields.keys()).map(|field| &**field).filter(|field| *field != name);
    let near = nearest(name, fields.chain(pack.schema.fields.iter().map(|field| &*field.name)));
    let help = match near {
        _ if report::find(name).is_some() => format!("报告信息里的项目写成“{REPORT_PREFIX}{name}”"),
        Some(near) => format!("是不是“{near}”？"),
        None => "改正名称，或者去掉这一项".into(),
    };
    about(format!("数据和模板里都没有“{name}”，这个值没有用上"), &help)
}

/// Whether the templates ask for a field of this name.
fn asked_for(name: &str, pack: &Pack) -> bool {
    let root = name.split('.').next().unwrap_or(name);
    let named = pack.engine.names().contains(root) && (root == name || !uses(&pack.engine, name).is_empty());
    named || ['"', '\''].iter().any(|quote| pack.engine.holds(&format!("数据[{quote}{name}{quote}]")))
}
