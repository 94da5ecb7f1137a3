//! The name of each report's files, all known and all different before one is written.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::units::Unit;
use crate::diagnostic::{Diagnostic, codes, has_error};
use crate::output::safe_file_name;
use crate::pipeline::{self, Material};

/// Names all units. A unit that cannot be named fails alone; two units of one name, or a pattern
/// that fits no unit, stop the batch.
pub fn plan(units: &mut [Unit], material: &Material, draft: bool, reserved: &[&str]) -> Result<(), Vec<Diagnostic>> {
    let mut unfit: Vec<Vec<Diagnostic>> = Vec::new();
    for unit in units.iter_mut().filter(|u| !has_error(&u.diagnostics)) {
        match name(unit, material, draft) {
            Ok(name) => unit.file_name = name,
            Err(wrong) => {
                unit.diagnostics.extend(wrong.iter().cloned());
                unfit.push(wrong);
            }
        }
    }
    if let Some(first) = unfit.first().filter(|_| unfit.len() == units.len() && is_of_pattern(&unfit)) {
        return Err(first.clone());
    }
    collisions(units, reserved)
}

/// Whether units cannot be named because of the pattern, which is then wrong for each in the same
/// words; a value that is missing is the record's.
fn is_of_pattern(unfit: &[Vec<Diagnostic>]) -> bool {
    unfit.iter().flatten().all(|d| d.code != codes::T011) && unfit.windows(2).all(|two| two[0] == two[1])
}

fn name(unit: &Unit, material: &Material, draft: bool) -> Result<String, Vec<Diagnostic>> {
    let pattern = pipeline::file_name(material, unit.subject.clone(), draft)?;
    let text = match pattern {
        // A title that does not name its unit would be the same for all.
        Some(title) if !material.pack.has_file_name && !title.contains(&*unit.name) => {
            format!("{}_{title}", unit.name)
        }
        Some(text) => text,
        None => unit.name.to_string(),
    };
    safe_file_name(&text).ok_or_else(|| {
        vec![
            Diagnostic::new(codes::B006, format!("文件名“{}”是空的或只有不能用的字符", text.trim()))
                .at(unit.origin)
                .about(&*unit.name)
                .help("改正名称，或者用 --name 换一个文件名的写法"),
        ]
    })
}

/// A name as far as it is told.
fn short(name: &str) -> String {
    const MOST: usize = 40;
    match name.chars().count() {
        0..=MOST => name.to_owned(),
        _ => name.chars().take(MOST).chain(['…']).collect(),
    }
}

/// Systems take names apart by case and composition differently: names must differ in more.
fn collisions(units: &[Unit], reserved: &[&str]) -> Result<(), Vec<Diagnostic>> {
    let mut taken: HashMap<String, &Unit> = HashMap::new();
    let mut found = Vec::new();
    for unit in units.iter().filter(|u| !u.file_name.is_empty()) {
        // Volumes may be numbered.
        if reserved
            .iter()
            .any(|name| unit.file_name.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit()) == *name)
        {
            found.push(
                Diagnostic::new(codes::B007, format!("文件名“{}”留给汇总文件用", unit.file_name))
                    .at(unit.origin)
                    .about(&*unit.name)
                    .help("用 --name 换一个文件名的写法"),
            );
        }
        let folded: String = unit.file_name.nfkc().flat_map(char::to_lowercase).collect();
        if let Some(first) = taken.insert(folded, unit) {
            found.push(
                Diagnostic::new(
                    codes::B007,
                    format!(
                        "“{}”和“{}”的报告会用同一个文件名“{}”",
                        short(&first.name),
                        short(&unit.name),
                        short(&unit.file_name)
                    ),
                )
                .at(unit.origin)
                .also(first.origin, format!("“{}”在这里", short(&first.name)))
                .help("用 --name 写一个能区分各单位的文件名，如 --name \"{{ 名称 }}_{{ 年份 }}年简报\""),
            );
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}
