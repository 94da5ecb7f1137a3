//! From what an office asks for to the fonts that reports are set in: found on this machine,
//! looked through, and put before the bundled ones. What cannot be had is said.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use thiserror::Error;
use ttf_parser::Permissions;
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};

use super::choice::Choice;
use super::coverage::Coverage;
use super::drawn::Drawn;
use super::installed::{Shelf, folders};
use super::names::{Installed, MAX_FONT_BYTES};
use super::role::Role;
use super::{Entry, Fonts, Slot};
use crate::layout::standard::Face;

/// Why a font that is there is not used.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    #[error("文件读不出来或已损坏")]
    Broken,
    #[error("字体厂商不允许嵌入文件（OS/2 fsType）")]
    Restricted,
    #[error("缺少常用字，或者常用字是空白的")]
    Blank,
    #[error("不能嵌入 PDF")]
    Unfit,
}

/// Something that was asked for and is not used.
#[derive(Clone, Debug)]
pub struct Missed {
    /// The key of 版面 that asks for it.
    pub key: &'static str,
    /// What is wrong and what is used instead.
    pub message: String,
    /// What was looked at, and what to do.
    pub helps: Vec<String>,
}

/// The fonts for a choice, and what of it could not be had.
pub struct Outfit {
    pub fonts: Fonts,
    pub missed: Vec<Missed>,
    /// What the office's own fonts set.
    pub roles: Vec<Role>,
}

/// Finds what is asked for, in the folder `own` first. `unfit`: font files that have turned out not to
/// be usable.
pub fn outfit(bundled: &Fonts, own: &Path, choice: &Choice, unfit: &[(Role, PathBuf)]) -> Outfit {
    // Nobody looks into the folders of fonts who was not asked to.
    let shelf = Shelf::of(if choice.looks() { folders(own) } else { Vec::new() });
    let mut search = Search { bundled, shelf: &shelf, unfit, loaded: Vec::new(), missed: Vec::new() };
    let (mut classes, mut latin) = (Face::ALL.map(|face| bundled.family(face).to_owned()), bundled.latin().to_owned());
    let (mut roles, mut lacking) = (Vec::new(), Vec::new());
    for role in Role::all() {
        let named = match role {
            Role::Class(face) => choice.named(face),
            Role::Latin => None,
        };
        let found = match named {
            Some(name) => search.named(role, name, choice.installed),
            None if choice.installed => search.any(role).map_err(|why| lacking.push((role, why))).ok(),
            None => None,
        };
        let Some(family) = found else { continue };
        roles.push(role);
        match role {
            Role::Class(face) => classes[face.base() as usize] = family,
            Role::Latin => latin = family,
        }
    }
    classes[Face::FangSong as usize] = classes[choice.class(Face::FangSong) as usize].clone();
    search.lack(&lacking);
    let Search { loaded, missed, .. } = search;
    let slots = bundled.slots.iter().cloned().chain(loaded).collect();
    Outfit { fonts: Fonts::of(slots, classes, latin), missed, roles }
}

struct Search<'a> {
    bundled: &'a Fonts,
    shelf: &'a Shelf,
    unfit: &'a [(Role, PathBuf)],
    loaded: Vec<Arc<Slot>>,
    missed: Vec<Missed>,
}

impl Search<'_> {
    /// The family that is named for a role, as Typst is told of it; `installed`: else any of the role's.
    fn named(&mut self, role: Role, name: &str, installed: bool) -> Option<String> {
        let found: Vec<Installed> = self.shelf.named(name).into_iter().cloned().collect();
        let mut refused = Vec::new();
        if let Some(family) = self.first(role, name, &found, &mut refused) {
            return Some(family);
        }
        let wrong = match refused.is_empty() {
            true => format!("本机没有找到{}要用的“{name}”", role.name()),
            false => format!("{}要用的“{name}”不能用：{}", role.name(), refused.join("；")),
        };
        let other = installed.then(|| self.any(role).ok()).flatten();
        let instead = match &other {
            Some(other) => format!("本机的 {other}"),
            None => format!("自带的 {}", self.stand_in(role)),
        };
        let message = format!("{wrong}，PDF 中改用{instead}");
        self.missed.push(Missed { key: role.name(), message, helps: vec![self.looked()] });
        other
    }

    /// The first family of a role's list that is there; else why there is none.
    fn any(&mut self, role: Role) -> Result<String, String> {
        let mut refused = Vec::new();
        for family in role.families() {
            let found: Vec<Installed> = self.shelf.of_family(family).into_iter().cloned().collect();
            if let Some(family) = self.first(role, family[0], &found, &mut refused) {
                return Ok(family);
            }
        }
        let listed: Vec<&str> = role.families().iter().map(|names| names[0]).collect();
        let wrong = format!("{}：没有 {}", role.name(), listed.join("、"));
        Err(if refused.is_empty() { wrong } else { format!("{wrong}；不能用 {}", refused.join("；")) })
    }

    /// Says of which classes this machine has nothing.
    fn lack(&mut self, lacking: &[(Role, String)]) {
        if lacking.is_empty() {
            return;
        }
        let one = |(role, _): &(Role, String)| format!("{}（{}）", role.name(), self.stand_in(*role));
        let all: Vec<String> = lacking.iter().map(one).collect();
        let message = format!("本机没有这几类公文字体，PDF 中改用自带的：{}", all.join("、"));
        let helps = lacking.iter().map(|(_, why)| why.clone()).chain([self.looked()]).collect();
        self.missed.push(Missed { key: "字体", message, helps });
    }

    /// The first of some fonts that can be used.
    fn first(&mut self, role: Role, name: &str, found: &[Installed], refused: &mut Vec<String>) -> Option<String> {
        for font in found {
            match self.take(role, name, font) {
                Ok(family) => return Some(family),
                Err(why) => {
                    let said = format!("{}（{why}）", font.path.display());
                    if !refused.contains(&said) {
                        refused.push(said);
                    }
                }
            }
        }
        None
    }

    fn take(&mut self, role: Role, name: &str, font: &Installed) -> Result<String, Refusal> {
        if self.unfit.iter().any(|(unfit, path)| *unfit == role && *path == font.path) {
            return Err(Refusal::Unfit);
        }
        // One of the bundled fonts is there already.
        if let Some(slot) = self.bundled.slots.iter().find(|slot| slot.path == font.path) {
            return Ok(slot.entry.info.family.clone());
        }
        // A font may serve two roles.
        let known = self.loaded.iter().find(|slot| slot.path == font.path && slot.index() == font.index);
        if let Some(slot) = known {
            return looked_through(role, slot.drawn.as_ref()).map(|()| slot.entry.info.family.clone());
        }
        let slot = load(font, &self.unique(name), role)?;
        let family = slot.entry.info.family.clone();
        self.loaded.push(Arc::new(slot));
        Ok(family)
    }

    fn stand_in(&self, role: Role) -> &str {
        match role {
            Role::Class(face) => self.bundled.family(face),
            Role::Latin => self.bundled.latin(),
        }
    }

    fn looked(&self) -> String {
        let looked: Vec<String> = self.shelf.folders.iter().map(|dir| dir.display().to_string()).collect();
        format!(
            "找过 {}；把字体装到本机，或把字体文件放进程序的 fonts 文件夹，再用 huibao fonts 看是否认出",
            looked.join("、")
        )
    }

    /// A name under which Typst knows no other font.
    fn unique(&self, name: &str) -> String {
        let known = |name: &str| {
            let name = name.to_lowercase();
            let loaded = self.loaded.iter().map(|slot| &slot.entry.info.family);
            self.bundled.families.keys().chain(loaded).any(|family| family.to_lowercase() == name)
        };
        let numbered = (2..).map(|n| format!("{name} {n}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !known(name)).unwrap_or_default()
    }
}

/// Reads a font and looks through it. `name`: what Typst is told that its family is called.
/// Nothing that a file can hold ends the program.
fn load(font: &Installed, name: &str, role: Role) -> Result<Slot, Refusal> {
    let size = fs::metadata(&font.path).map_err(|_| Refusal::Broken)?.len();
    if size > MAX_FONT_BYTES {
        return Err(Refusal::Broken);
    }
    let bytes = fs::read(&font.path).map_err(|_| Refusal::Broken)?;
    let read = || -> Result<Slot, Refusal> {
        let read = Font::new(Bytes::new(bytes), font.index).ok_or(Refusal::Broken)?;
        may_embed(read.data(), font.index)?;
        let drawn = Drawn::new(&read);
        looked_through(role, Some(&drawn))?;
        let info = FontInfo { family: name.to_owned(), ..read.info().clone() };
        let file = font.path.file_name().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
        let entry = Entry { file, size, info, widths: Vec::new() };
        Ok(Slot {
            path: font.path.clone(),
            entry,
            covered: Coverage::of(std::iter::empty()),
            font: OnceLock::from(Some(read)),
            drawn: Some(drawn),
        })
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Refusal::Broken))
}

/// Whether the font's maker lets it be put into a PDF, cut down to what the PDF needs.
fn may_embed(data: &[u8], index: u32) -> Result<(), Refusal> {
    let face = ttf_parser::Face::parse(data, index).map_err(|_| Refusal::Broken)?;
    let restricted = face.tables().os2.is_some_and(|os2| {
        matches!(os2.permissions(), Some(Permissions::Restricted))
            || !os2.is_subsetting_allowed()
            || !os2.is_outline_embedding_allowed()
    });
    if restricted { Err(Refusal::Restricted) } else { Ok(()) }
}

/// Whether it draws what every report needs.
fn looked_through(role: Role, drawn: Option<&Drawn>) -> Result<(), Refusal> {
    let whole = drawn.is_none_or(|drawn| role.sample().chars().filter(|c| !c.is_whitespace()).all(|c| drawn.has(c)));
    if whole { Ok(()) } else { Err(Refusal::Blank) }
}

/// Why a font is not used for a role, if it is not.
pub fn refusal(font: &Installed, role: Role) -> Option<Refusal> {
    load(font, &font.shown, role).err()
}
