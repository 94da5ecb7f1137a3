//! What the rules of the language said of passages before: a passage that did not change is
//! not read again. For a report that is looked at after every save.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::finding::text_findings;
use super::line::Hit;
use super::rule::Rule;
use crate::document::{Passage, PassageKind};

type Found = Vec<(&'static Rule, Hit)>;
/// All that a line of the rules is made of.
type Key = (PassageKind, usize, Vec<char>);

/// Holds no more than the last two reports had.
#[derive(Default)]
pub struct Memory(Mutex<[HashMap<Key, Found>; 2]>);

impl Memory {
    /// A further report begins: what the one before the last had is forgotten.
    pub(super) fn turn(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.swap(0, 1);
        kept[0].clear();
    }

    /// Forgets everything.
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter_mut().for_each(HashMap::clear);
    }

    pub(super) fn text_findings(&self, passage: &Passage) -> Found {
        let key = (passage.kind, passage.lead, passage.text.clone());
        let known = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept[0].get(&key).cloned().or_else(|| kept[1].remove(&key))
        };
        let found = known.unwrap_or_else(|| text_findings(passage));
        self.0.lock().unwrap_or_else(PoisonError::into_inner)[0].insert(key, found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_reports_are_remembered() {
        let memory = Memory::default();
        let passage = Passage::typed(PassageKind::Body, "用了三、四个月。");
        memory.turn();
        let first = memory.text_findings(&passage);
        assert!(!first.is_empty());
        assert_eq!(first.len(), text_findings(&passage).len());
        memory.turn();
        assert_eq!(memory.text_findings(&passage).len(), first.len());
        memory.turn();
        memory.turn();
        assert!(memory.0.lock().unwrap().iter().all(HashMap::is_empty));
    }
}
