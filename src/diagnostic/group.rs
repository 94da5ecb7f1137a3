//! Mistakes of one cause told together: the first, with how many there are and where the next
//! ones stand. A program (`--report json`) and a unit's own row of 清单 get every one.

use std::collections::{HashMap, HashSet};

use super::{Code, Diagnostic, Origin, Place, Severity, SourceId, cell_name};

/// Mistakes of one cause that are still told one by one.
const MOST_ALONE: usize = 4;
/// Messages of one code about one file; what goes beyond is a number.
const MOST_OF_A_CODE: usize = 50;
/// Places that are named beside the first.
const MOST_NAMED: usize = 4;

/// What makes mistakes one: the same code and the same advice, in one column or in the same words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cause<'a> {
    kind: Kind,
    sheet: Option<u16>,
    lane: &'a str,
    helps: &'a [String],
}

/// A code in a file.
type Kind = (Code, Severity, Option<SourceId>);

impl Diagnostic {
    /// What it has in common with other mistakes.
    pub fn cause(&self) -> Cause<'_> {
        let sheet = self.origin.and_then(|origin| match origin.place {
            Place::Cell { sheet, .. } if self.column().is_some() => Some(sheet),
            _ => None,
        });
        let lane = self.column().unwrap_or(&self.message);
        Cause { kind: self.kind(), sheet, lane, helps: &self.helps }
    }

    /// The message with the places of the others: `…；本列共 3 处（还有 C5、C9）`.
    pub fn said(&self) -> String {
        format!("{}{}", self.message, and_others(self))
    }

    fn kind(&self) -> Kind {
        (self.code, self.severity, self.origin.map(|origin| origin.source))
    }

    fn places(&self) -> impl Iterator<Item = Origin> {
        self.origin.into_iter().chain(self.others.iter().copied())
    }
}

/// The messages as a reader gets them, in their order; the work grows with their number only.
pub fn grouped<'a>(found: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut of_kind: HashMap<Kind, usize> = HashMap::new();
    let mut beyond: HashMap<Kind, (usize, usize)> = HashMap::new();
    let groups = by_cause(found).into_iter().flat_map(|group| match group.len() {
        0..=MOST_ALONE => group.into_iter().cloned().collect(),
        _ => vec![merged(&group)],
    });
    for diagnostic in groups {
        let kind = diagnostic.kind();
        let count = of_kind.entry(kind).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CODE {
            told.push(diagnostic);
            continue;
        }
        let number = 1 + diagnostic.others.len();
        let (_, more) = beyond.entry(kind).or_insert_with(|| {
            told.push(Diagnostic { related: Vec::new(), subject: None, others: Vec::new(), ..diagnostic });
            (told.len() - 1, 0)
        });
        *more += number;
    }
    for (at, more) in beyond.into_values() {
        if let Some(last) = told.get_mut(at) {
            last.message = format!("从这里起还有{more}处同样的问题");
        }
    }
    told
}

/// One message for each cause, however few have it.
pub fn together<'a>(found: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<Diagnostic> {
    by_cause(found).iter().map(|group| merged(group)).collect()
}

fn by_cause<'a>(found: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<Vec<&'a Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut place: HashMap<Cause, usize> = HashMap::new();
    for diagnostic in found {
        let at = *place.entry(diagnostic.cause()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(diagnostic),
            None => groups.push(vec![diagnostic]),
        }
    }
    groups
}

/// The first, with the places of all the others.
fn merged(group: &[&Diagnostic]) -> Diagnostic {
    let mut seen: HashSet<Origin> = HashSet::new();
    let others = group.iter().flat_map(|d| d.places()).filter(|origin| seen.insert(*origin)).skip(1).collect();
    Diagnostic { others, ..group[0].clone() }
}

/// `；本列共 3 处（还有 C5、C9）`: the places of one message beside its first.
fn and_others(diagnostic: &Diagnostic) -> String {
    let others = &diagnostic.others;
    if others.is_empty() {
        return String::new();
    }
    let mut named: Vec<String> = others.iter().take(MOST_NAMED).map(|origin| short_place(*origin)).collect();
    // Records of one line.
    named.dedup();
    let more = if others.len() > MOST_NAMED { " 等" } else { "" };
    format!("；{}共 {} 处（还有 {}{more}）", of(diagnostic), others.len() + 1, named.join("、"))
}

/// What the places have in common.
fn of(diagnostic: &Diagnostic) -> &'static str {
    let all = || diagnostic.origin.iter().chain(&diagnostic.others);
    let line = |pick: fn(Place) -> Option<u32>| {
        let first = diagnostic.origin.and_then(|origin| pick(origin.place));
        first.is_some() && all().all(|origin| pick(origin.place) == first)
    };
    let cell = |place: Place| match place {
        Place::Cell { row, column, .. } => Some((row, column)),
        _ => None,
    };
    let is_cells = all().all(|origin| cell(origin.place).is_some());
    match is_cells {
        true if line(|p| if let Place::Cell { column, .. } = p { Some(column) } else { None }) => "本列",
        true if line(|p| if let Place::Cell { row, .. } = p { Some(row) } else { None }) => "本行",
        true => "本表",
        false if diagnostic.column().is_some() => "本列",
        false => "同样的",
    }
}

/// `C7`, or the line of a text.
pub fn short_place(origin: Origin) -> String {
    match origin.place {
        Place::Cell { row, column, .. } => cell_name(row, column),
        Place::Text { line, .. } => format!("第 {line} 行"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    fn wrong(row: u32, column: &str) -> Diagnostic {
        Diagnostic::new(codes::D060, format!("“{row}场”不是数字"))
            .at(Origin::cell(SourceId(0), 0, row, 3))
            .about(format!("镇{row} · {column}"))
            .help("只填数字")
    }

    #[test]
    fn mistakes_of_a_column_are_one() {
        let found: Vec<Diagnostic> = (1..9).map(|row| wrong(row, "场次")).chain([wrong(20, "人次")]).collect();
        let told = grouped(&found);
        assert_eq!(told.len(), 2);
        assert_eq!(and_others(&told[0]), "；本列共 8 处（还有 D3、D4、D5、D6 等）");
        assert_eq!(grouped(&found[..4]).len(), 4);
        assert_eq!(together(&found[..4]).len(), 1);
        assert_eq!(grouped(&told), told);
    }

    #[test]
    fn what_has_no_column_is_told_so_often_only() {
        let one =
            |row| Diagnostic::new(codes::D010, format!("“{row}”给了两次")).at(Origin::cell(SourceId(0), 0, row, 0));
        let found: Vec<Diagnostic> = (0..500).map(one).collect();
        let told = grouped(&found);
        assert_eq!(told.len(), MOST_OF_A_CODE + 1);
        assert_eq!(told[MOST_OF_A_CODE].message, "从这里起还有450处同样的问题");
    }
}
