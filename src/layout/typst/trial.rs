//! Tries out fonts that nobody has seen before: a page is set in them and written as a PDF.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::super::fonts::Role;
use super::super::kit::Kit;
use super::super::paragraph::Runs;
use super::super::profile::Profile;
use super::super::standard::{Face, SIZE_3};
use super::data::{Item, Meta, Sheet, Standard};
use super::{REPORT, compile, written};

/// Whether the fonts of some roles can be set and written. Nothing that a font can hold ends the program.
pub fn sets(kit: &Kit, roles: &[Role]) -> bool {
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
    let standard = Standard::new(&Profile::default(), kit.fonts());
    let sheet = Sheet { standard, meta, body, attached: Vec::new() };
    compile(kit, REPORT, &sheet, Vec::new()).and_then(|pages| written(&pages, &[false])).is_ok()
}
