//! 更名: units that were renamed or merged, so that last year's record is found under the name
//! of that time.

use std::collections::HashMap;

use super::{Cell, Dataset, Table};
use crate::diagnostic::{Diagnostic, Origin, codes, nearest};

/// The table that maps them.
pub const RENAMES: &str = "更名";
/// Its columns: the name of that time and the present one.
const OLD: &str = "原名";
const NEW: &str = "现名";

/// Present name to former names.
#[derive(Debug, Default)]
pub struct Renames<'a> {
    former: HashMap<&'a str, Vec<&'a str>>,
    /// Every pair: former and present name.
    pairs: Vec<(&'a Cell, &'a Cell)>,
}

impl<'a> Renames<'a> {
    /// Reads the tables of all years.
    pub fn read(data: &'a Dataset) -> Result<Renames<'a>, Vec<Diagnostic>> {
        let (mut renames, mut found) = (Renames::default(), Vec::new());
        let mut first: HashMap<&str, &'a Cell> = HashMap::new();
        for table in data.years.values().filter_map(|d| d.tables.get(RENAMES)) {
            let columns = (column(table, OLD), column(table, NEW));
            let (old, new) = match columns {
                (Ok(old), Ok(new)) => (old, new),
                (old, new) => {
                    found.extend([old, new].into_iter().filter_map(Result::err).map(|d| *d));
                    continue;
                }
            };
            for record in &table.records {
                let (Some(old), Some(new)) = (record.cells.get(old), record.cells.get(new)) else { continue };
                if old.is_missing() || new.is_missing() {
                    let blank = if old.is_missing() { OLD } else { NEW };
                    found.push(
                        Diagnostic::new(codes::B023, format!("“{RENAMES}”里有一行没有“{blank}”"))
                            .at(record.origin)
                            .help("两个名称都要填，或者删去这一行"),
                    );
                    continue;
                }
                if let Some(before) = first.insert(&old.shown, new)
                    && before.shown != new.shown
                {
                    found.push(divided(&old.shown, before, new));
                    continue;
                }
                renames.pairs.push((old, new));
                let former = renames.former.entry(&new.shown).or_default();
                if !former.contains(&&*old.shown) {
                    former.push(&old.shown);
                }
            }
        }
        if found.is_empty() { Ok(renames) } else { Err(found) }
    }

    /// Pairs that lead nowhere: a former name that no year has, a present one that is neither a
    /// unit nor a former name of another.
    pub fn doubts(&self, was: impl Fn(&str) -> bool, is: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (old, new) in &self.pairs {
            let goes_on = self.pairs.iter().any(|(old, _)| old.shown == new.shown);
            let unknown = if !is(&new.shown) && !goes_on {
                Some((new, "现在的表里没有这个单位"))
            } else if !was(&old.shown) && !self.former.contains_key(&*old.shown) {
                Some((old, "往年的表里没有这个单位"))
            } else {
                None
            };
            found.extend(unknown.map(|(cell, why)| {
                Diagnostic::new(codes::B025, format!("“{RENAMES}”里的“{}”没有用上：{why}", cell.shown))
                    .at(cell.origin)
                    .help("名称要与表里的完全一致")
            }));
        }
        found
    }

    /// Present names of which there are former ones.
    pub fn present(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.former.keys().copied()
    }

    /// A name and all its former ones, however many steps back.
    pub fn all(&self, name: &'a str) -> Vec<&'a str> {
        let mut names = vec![name];
        let mut next = 0;
        while let Some(name) = names.get(next).copied() {
            let former = self.former.get(name).into_iter().flatten();
            let fresh: Vec<&str> = former.copied().filter(|old| !names.contains(old)).collect();
            names.extend(fresh);
            next += 1;
        }
        names
    }
}

fn column(table: &Table, name: &str) -> Result<usize, Box<Diagnostic>> {
    table.column(name).ok_or_else(|| {
        let columns: Vec<&str> = table.columns.iter().map(|c| &*c.name).collect();
        let near = nearest(name, columns.iter().copied()).map(|near| format!("，是不是“{near}”？"));
        let message = format!("“{RENAMES}”表里没有“{name}”这一列{}", near.unwrap_or_default());
        let help = format!("“{RENAMES}”表要有“{OLD}”和“{NEW}”两列");
        Box::new(Diagnostic::new(codes::B023, message).at(table.origin).help(help))
    })
}

/// One unit became two: its figures of then are neither's.
fn divided(old: &str, one: &Cell, other: &Cell) -> Diagnostic {
    let place: Origin = other.origin;
    Diagnostic::new(
        codes::B024,
        format!("“{old}”既改成“{}”又改成“{}”：拆分的单位没有可比的上年数", one.shown, other.shown),
    )
    .at(place)
    .also(one.origin, "第一次在这里")
    .help("只留一行；拆分出来的另一个单位按没有上年数处理")
}
