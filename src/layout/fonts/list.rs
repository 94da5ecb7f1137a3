//! What a user is told of the office fonts on this machine.

use std::path::Path;

use super::Fonts;
use super::installed::{Shelf, folders};
use super::office::refusal;
use super::role::Role;
use crate::layout::standard::Face;

/// What there is, a line each (name, file, what it is for), and the classes of which nothing is there.
pub struct Listed {
    pub lines: Vec<String>,
    pub lacking: Vec<String>,
}

/// The office fonts on this machine, and what else lies in the program's folder `own`.
pub fn list(bundled: &Fonts, own: &Path) -> Listed {
    let shelf = Shelf::of(folders(own));
    let mut listed = Listed { lines: Vec::new(), lacking: Vec::new() };
    let mut said = Vec::new();
    for role in Face::ALL.map(Role::Class).into_iter().chain([Role::Latin]) {
        let mut there = false;
        for family in role.families() {
            // Of a family only the font that would be taken, or else the first with what is wrong with it.
            let found = shelf.of_family(family);
            let Some(&first) = found.first() else { continue };
            let why = refusal(first, role);
            let usable = why.and_then(|_| found[1..].iter().find(|font| refusal(font, role).is_none()));
            let (font, why) = match (usable, why) {
                (Some(&font), _) => (font, String::new()),
                (None, Some(why)) => (first, format!("，不能用：{why}")),
                (None, None) => (first, String::new()),
            };
            there |= why.is_empty();
            said.push(font.path.clone());
            listed.lines.push(format!("{}\t{}\t{}{why}", family[0], font.path.display(), role.name()));
        }
        if !there {
            let names: Vec<&str> = role.families().iter().map(|names| names[0]).collect();
            listed.lacking.push(format!("{}（{}）", role.name(), names.join("、")));
        }
    }
    for font in shelf.fonts() {
        let bundled = bundled.slots.iter().any(|slot| slot.path == font.path);
        if font.path.starts_with(own) && !bundled && !said.contains(&font.path) {
            listed.lines.push(format!("{}\t{}\t要在“版面”里写出名称才用", font.shown, font.path.display()));
        }
    }
    listed
}
