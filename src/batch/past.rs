//! What earlier runs left in the folder: the reports that they made, and each file that is
//! the program's own. A file is the program's own when its stamp is known; anything else was
//! changed by someone and is not thrown away.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::outcome::Entry;
use crate::output::{Journal, Stamp, Standing, Workshop};

/// A line of the journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// A report whose files are on the disk.
    Report(Entry),
    /// A file that is about to get its name, or that has it from an earlier run.
    File { file: String, stamp: Stamp },
    /// An archive or a volume, with the digest of what it was made from.
    Product { product: String, digest: String, stamp: Stamp },
}

/// The journals of a folder.
#[derive(Default)]
pub struct Past {
    /// By name without extension, oldest first.
    reports: HashMap<String, Vec<Entry>>,
    files: HashMap<String, Vec<Stamp>>,
    products: HashMap<String, (String, Stamp)>,
}

/// What a known report is worth now.
pub enum Worth {
    /// All its files are there; `edited` names those that someone has changed since.
    Whole { entry: Entry, edited: Vec<String> },
    /// Files are gone; those that someone has changed are to be left alone.
    Part { edited: Vec<(String, Stamp)> },
}

impl Past {
    pub fn read(workshop: &Workshop) -> Past {
        let mut past = Past::default();
        for path in workshop.journals() {
            for line in Journal::read::<Line>(&path) {
                match line {
                    Line::Report(entry) => {
                        for (file, stamp) in &entry.files {
                            past.know(file, stamp);
                        }
                        past.reports.entry(entry.name.clone()).or_default().push(entry);
                    }
                    Line::File { file, stamp } => past.know(&file, &stamp),
                    Line::Product { product, digest, stamp } => {
                        past.products.insert(product, (digest, stamp));
                    }
                }
            }
        }
        past
    }

    fn know(&mut self, file: &str, stamp: &Stamp) {
        let known = self.files.entry(file.to_owned()).or_default();
        if !known.contains(stamp) {
            known.push(stamp.clone());
        }
    }

    /// Stamps under which a file is the program's own.
    pub fn stamps(&self, file: &str) -> &[Stamp] {
        self.files.get(file).map_or(&[], Vec::as_slice)
    }

    /// The report of a name, if one was made whose digest is right.
    pub fn worth(&self, name: &str, right: impl Fn(&Entry) -> bool, workshop: &Workshop) -> Option<Worth> {
        let entry = self.reports.get(name)?.iter().rev().find(|entry| right(entry))?;
        let (mut files, mut edited, mut gone) = (Vec::new(), Vec::new(), false);
        for (file, stamp) in &entry.files {
            match workshop.standing(file, std::slice::from_ref(stamp)) {
                Standing::Untouched(now) => files.push((file.clone(), now)),
                Standing::Foreign if self.is_older(file, stamp, workshop) => gone = true,
                Standing::Foreign => {
                    edited.push((file.clone(), stamp.clone()));
                    files.push((file.clone(), stamp.clone()));
                }
                Standing::Nothing => gone = true,
            }
        }
        Some(match gone {
            true => Worth::Part { edited },
            false => {
                let edited = edited.into_iter().map(|(file, _)| file).collect();
                Worth::Whole { entry: Entry { files, ..entry.clone() }, edited }
            }
        })
    }

    /// What stands there is the program's own, but not what the entry speaks of.
    fn is_older(&self, file: &str, stamp: &Stamp, workshop: &Workshop) -> bool {
        let others: Vec<Stamp> = self.stamps(file).iter().filter(|s| *s != stamp).cloned().collect();
        matches!(workshop.standing(file, &others), Standing::Untouched(_))
    }

    /// The journal to begin with: the reports that are kept, and every other file that is
    /// still there.
    pub fn lines<'a>(&self, kept: impl Iterator<Item = &'a Entry>, workshop: &Workshop) -> Vec<Line> {
        let mut lines: Vec<Line> = kept.cloned().map(Line::Report).collect();
        let of_kept = |line: &Line| match line {
            Line::Report(entry) => entry.files.iter().map(|(file, _)| file.clone()).collect(),
            _ => Vec::new(),
        };
        let spoken: HashSet<String> = lines.iter().flat_map(of_kept).collect();
        let mut files: Vec<&String> = self.files.keys().filter(|file| !spoken.contains(*file)).collect();
        files.sort();
        for file in files {
            let stamps = match workshop.standing(file, self.stamps(file)) {
                Standing::Nothing => Vec::new(),
                Standing::Untouched(now) => vec![now],
                Standing::Foreign => self.stamps(file).to_vec(),
            };
            lines.extend(stamps.into_iter().map(|stamp| Line::File { file: file.clone(), stamp }));
        }
        let mut products: Vec<&String> = self.products.keys().collect();
        products.sort();
        for product in products {
            let (digest, stamp) = self.products[product].clone();
            lines.push(Line::Product { product: product.clone(), digest, stamp });
        }
        lines
    }

    /// Whether a product is there as it was made from the same.
    pub fn has_product(&self, product: &str, digest: &str, workshop: &Workshop) -> bool {
        self.products.get(product).is_some_and(|(known, stamp)| {
            let standing = workshop.standing(product, std::slice::from_ref(stamp));
            known == digest && matches!(standing, Standing::Untouched(_))
        })
    }

    /// Stamps under which a product is the program's own.
    pub fn product_stamps(&self, product: &str) -> Vec<Stamp> {
        let made = self.products.get(product).map(|(_, stamp)| stamp.clone());
        made.into_iter().chain(self.stamps(product).iter().cloned()).collect()
    }

    /// Names of all products of earlier runs.
    pub fn products(&self) -> impl Iterator<Item = &str> {
        self.products.keys().map(String::as_str)
    }

    /// Files of earlier runs that are still there and that this run does not make.
    pub fn strays(&self, planned: &HashSet<String>, workshop: &Workshop) -> BTreeSet<String> {
        let there = |file: &&String| !planned.contains(*file) && workshop.dir().join(file).is_file();
        self.files.keys().filter(there).cloned().collect()
    }
}
