//! How each unit stands: what came of it, and in which files.

use super::form::Form;
use super::units::Units;

/// How a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// 缺: nothing came.
    Missing,
    /// 退回: it came and could not be taken.
    Refused,
    /// 重复: it came more than once.
    Twice,
    /// 不在名单
    Unknown,
    /// 已收
    Taken,
}

impl Standing {
    pub fn label(self) -> &'static str {
        match self {
            Standing::Missing => "缺",
            Standing::Refused => "交了但不能用",
            Standing::Twice => "重复",
            Standing::Unknown => "不在名单",
            Standing::Taken => "已收",
        }
    }
}

/// A unit and its files.
#[derive(Clone, Debug)]
pub struct Line {
    pub unit: String,
    pub standing: Standing,
    pub files: Vec<String>,
}

/// How each unit stands: those of the list in its order, then the others.
pub fn lines(forms: &[Form], units: Option<&Units>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let listed = units.map(|u| u.names.clone()).unwrap_or_default();
    let of_forms = forms
        .iter()
        .flat_map(|f| if f.rows.is_empty() { f.unit.clone().into_iter().collect() } else { f.rows.clone() });
    let all = listed.iter().cloned().chain(of_forms);
    let mut seen = std::collections::BTreeSet::new();
    for unit in all.filter(|unit| seen.insert(unit.clone())) {
        let own: Vec<&Form> = forms.iter().filter(|f| f.is_of(&unit)).collect();
        let good = own.iter().filter(|f| f.data.is_some()).count();
        let standing = match (own.len(), good) {
            (0, _) => Standing::Missing,
            (_, 0) => Standing::Refused,
            (_, 2..) => Standing::Twice,
            _ if units.is_some() && !listed.contains(&unit) => Standing::Unknown,
            _ => Standing::Taken,
        };
        lines.push(Line { unit, standing, files: own.iter().map(|f| f.file.clone()).collect() });
    }
    // Of a file without a unit it is said that it came.
    let without = forms.iter().filter(|f| f.unit.is_none() && f.rows.is_empty() && f.data.is_none());
    lines.extend(without.map(|f| Line {
        unit: String::new(),
        standing: Standing::Refused,
        files: vec![f.file.clone()],
    }));
    lines
}
