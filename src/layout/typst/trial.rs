//! The fonts that an office asks for: found, tried out (a page is set in them and written as a PDF), and
//! kept for who asks again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};

use super::super::fonts::{self, Choice, Outfit, Role};
use super::super::kit::{Dressed, Kit};
use super::super::paragraph::Runs;
use super::super::profile::Profile;
use super::super::standard::{Face, SIZE_3};
use super::data::{Item, Meta, Sheet, Standard};
use super::program::REPORT;
use super::{compile, written};
use crate::document::LayoutKind;

/// Most choices of fonts whose fonts are kept at a time.
const MOST_OFFICES: usize = 4;

impl Kit {
    /// The kit with the fonts that an office asks for. The first who asks looks for them.
    pub fn dressed(&self, choice: &Choice) -> Dressed<'_> {
        if *choice == self.choice {
            return Dressed::Own(self);
        }
        let known = || {
            let offices = self.shared.offices.lock().unwrap_or_else(PoisonError::into_inner);
            offices.iter().find(|kit| kit.choice == *choice).cloned()
        };
        if let Some(kit) = known() {
            return Dressed::Office(kit);
        }
        // Without the lock: others may come for theirs meanwhile, on this very thread too.
        let made = Arc::new(self.outfit(choice));
        let mut offices = self.shared.offices.lock().unwrap_or_else(PoisonError::into_inner);
        match offices.iter().find(|kit| kit.choice == *choice) {
            Some(first) => Dressed::Office(first.clone()),
            None => {
                // A preview follows someone who tries one font after the other.
                if offices.len() == MOST_OFFICES {
                    offices.remove(0);
                }
                offices.push(made.clone());
                Dressed::Office(made)
            }
        }
    }

    /// Finds the fonts for a choice and tries them out: what cannot be set and written is left out.
    fn outfit(&self, choice: &Choice) -> Kit {
        let mut unfit = Vec::new();
        loop {
            let Outfit { fonts, missed, roles } = fonts::outfit(&self.shared.bundled, &self.shared.dir, choice, &unfit);
            let kit = Kit { fonts: Arc::new(fonts), choice: choice.clone(), missed, shared: self.shared.clone() };
            let bad: Vec<_> = match sets(&kit, &roles) {
                true => Vec::new(),
                false => roles.into_iter().filter(|role| !sets(&kit, &[*role])).collect(),
            };
            let bad: Vec<_> = bad.into_iter().filter_map(|role| Some((role, kit.fonts.path(role)?))).collect();
            if bad.iter().all(|bad| unfit.contains(bad)) {
                return kit;
            }
            unfit.extend(bad);
        }
    }
}

/// Whether the fonts of some roles can be set and written. Nothing that a font can hold ends the program.
fn sets(kit: &Kit, roles: &[Role]) -> bool {
    roles.is_empty() || catch_unwind(AssertUnwindSafe(|| page(kit, roles))).unwrap_or(false)
}

fn page(kit: &Kit, roles: &[Role]) -> bool {
    let line = |role: &Role| {
        let face = match role {
            Role::Class(face) => *face,
            Role::Latin => Face::FangSong,
        };
        Item::Centred { text: Runs::Plain(role.sample().into()), face: face.key(), size: SIZE_3, keep: false }
    };
    let body = roles.iter().map(line).collect();
    let meta = Meta { title: "字体".into(), author: String::new(), date: (1970, 1, 1), draft: false };
    let standard = Standard::new(&Profile::default(), LayoutKind::Report, kit.fonts());
    let sheet = Sheet { standard, meta, body, attached: Vec::new() };
    compile(kit, REPORT, &sheet, Vec::new()).and_then(|pages| written(&pages, &[false])).is_ok()
}
