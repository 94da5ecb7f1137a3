//! The faces of `fonts/`: which characters each has and how wide they are, known from
//! `fonts/index.json` without reading a font; the bytes of a font are read when it is first used.

mod choice;
mod coverage;
mod drawn;
mod installed;
mod list;
mod names;
mod office;
mod role;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use ttf_parser::OutlineBuilder;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use super::standard::{Face, LATIN_BUNDLED};
use crate::diagnostic::{Diagnostic, codes};
use coverage::Coverage;
use drawn::Drawn;
use names::MAX_FONT_BYTES;

pub(crate) use choice::Choice;
pub(crate) use list::{Listed, list};
pub(crate) use office::{Missed, Outfit, outfit};
pub(crate) use role::Role;

/// Name of the file beside the fonts that says what is in them.
pub const INDEX: &str = "index.json";

/// What [`INDEX`] says of one font.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub file: String,
    /// Bytes; another size means that the entry is stale.
    pub size: u64,
    pub info: FontInfo,
    /// Characters that are not as wide as the em: first, last (code points), width in 1/1000 em.
    pub widths: Vec<(u32, u32, f32)>,
}

impl Entry {
    /// Reads the facts from the font itself.
    pub fn read(file: &str, bytes: Vec<u8>) -> Option<Entry> {
        let size = bytes.len() as u64;
        let font = Font::new(Bytes::new(bytes), 0)?;
        let info = font.info().clone();
        let instance = font.instantiate(info.variant, Abs::pt(16.0), &Default::default());
        let mut widths: Vec<(u32, u32, f32)> = Vec::new();
        for code in info.coverage.iter() {
            let Some(glyph) = char::from_u32(code).and_then(|c| instance.ttf().glyph_index(c)) else { continue };
            let width = instance.x_advance(glyph.0).map_or(1000.0, |em| (em.get() * 1000.0) as f32);
            match widths.last_mut() {
                _ if (width - 1000.0).abs() < 0.01 => {}
                Some(last) if last.1 + 1 == code && last.2 == width => last.1 = code,
                _ => widths.push((code, code, width)),
            }
        }
        Some(Entry { file: file.to_owned(), size, info, widths })
    }
}

/// One font.
struct Slot {
    path: PathBuf,
    entry: Entry,
    covered: Coverage,
    font: OnceLock<Option<Font>>,
    /// A font of the office's has no index: it is asked itself.
    drawn: Option<Drawn>,
}

/// The fonts that a report may be set in: those of one directory, and an office's own.
pub struct Fonts {
    slots: Vec<Arc<Slot>>,
    book: LazyHash<FontBook>,
    families: HashMap<String, usize>,
    /// The family of each class, by the order of [`Face::ALL`].
    classes: [String; 5],
    latin: String,
    /// The fonts of these families.
    class_fonts: [Option<usize>; 5],
    latin_font: Option<usize>,
}

impl Fonts {
    /// Lists the fonts of a directory. Reads a font only where the index does not know it; files
    /// that the index does not name wait until an office asks for them.
    pub fn open(dir: &Path) -> Result<Fonts, Vec<Diagnostic>> {
        let fault = |message: String| {
            vec![
                Diagnostic::new(codes::L001, message)
                    .help("字体目录应与程序放在一起，或用环境变量 HUIBAO_HOME 指明程序目录"),
            ]
        };
        let listing = fs::read_dir(dir).map_err(|_| fault(format!("找不到字体目录 {}", dir.display())))?;
        let mut files: Vec<PathBuf> = listing
            .flatten()
            .map(|item| item.path())
            .filter(|path| path.extension().is_some_and(|e| ["otf", "ttf"].iter().any(|k| e.eq_ignore_ascii_case(k))))
            .collect();
        files.sort();
        let known: Vec<Entry> =
            fs::read(dir.join(INDEX)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let is_known = |path: &PathBuf| known.iter().any(|entry| path.file_name().is_some_and(|f| *f == *entry.file));
        let (own, others): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(is_known);
        let open = |path: PathBuf| Slot::open(path, &known).map(Arc::new);
        let mut slots: Vec<Arc<Slot>> = own.into_iter().filter_map(open).collect();
        let lacks = |slots: &[Arc<Slot>]| -> Vec<&'static str> {
            required().filter(|family| !slots.iter().any(|slot| slot.entry.info.family == **family)).collect()
        };
        if !lacks(&slots).is_empty() {
            slots.extend(others.into_iter().filter_map(open));
        }
        let missing = lacks(&slots);
        if !missing.is_empty() {
            return Err(fault(format!("字体目录 {} 中缺少字体：{}", dir.display(), missing.join("、"))));
        }
        Ok(Fonts::of(slots, Face::ALL.map(|face| face.bundled().to_owned()), LATIN_BUNDLED.to_owned()))
    }

    fn of(slots: Vec<Arc<Slot>>, classes: [String; 5], latin: String) -> Fonts {
        let book = FontBook::from_infos(slots.iter().map(|slot| slot.entry.info.clone()));
        let families: HashMap<String, usize> =
            slots.iter().enumerate().rev().map(|(i, slot)| (slot.entry.info.family.clone(), i)).collect();
        let font = |family: &String| families.get(family).copied();
        let (class_fonts, latin_font) = (classes.each_ref().map(font), font(&latin));
        Fonts { slots, book: LazyHash::new(book), families, classes, latin, class_fonts, latin_font }
    }

    /// The family that sets a class.
    pub fn family(&self, face: Face) -> &str {
        &self.classes[face.base() as usize]
    }

    /// The family that sets digits and Latin letters.
    pub fn latin(&self) -> &str {
        &self.latin
    }

    /// The file of the font that sets a role, if it is one of the office's.
    pub fn path(&self, role: Role) -> Option<PathBuf> {
        let family = match role {
            Role::Class(face) => self.family(face),
            Role::Latin => self.latin(),
        };
        let slot = &self.slots[self.index(family)?];
        slot.drawn.is_some().then(|| slot.path.clone())
    }

    /// The families that stand in for a class where it lacks a character, in turn.
    pub fn stand_ins(&self, face: Face) -> [&str; 4] {
        // An office's 宋体 may have characters that no bundled font has.
        [face.fallback(), Face::Song.fallback(), Face::Hei.fallback(), self.family(Face::Song)]
    }

    /// What Typst selects faces from: an entry for each font that was opened, in that order.
    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// Loads a font on first use; several threads may ask at once.
    pub fn font(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        slot.font
            .get_or_init(|| {
                let font = Font::new(Bytes::new(fs::read(&slot.path).ok()?), 0)?;
                // Typst hashes the bytes sooner or later; here it may happen beside other work.
                typst::utils::hash128(&font);
                Some(font)
            })
            .clone()
    }

    /// What identifies the fonts: names, families and sizes of the files.
    pub fn identity(&self) -> String {
        let line = |s: &Arc<Slot>| {
            let own = format!("{}\t{}\t{}\n", s.entry.file, s.entry.info.family, s.entry.size);
            match &s.drawn {
                Some(drawn) => format!("{own}{}\n", drawn.digest()),
                None => own,
            }
        };
        let mut lines: String = self.slots.iter().map(line).collect();
        if self.may_be_blank() {
            lines += &format!("{}\t{}\n", self.classes.join("\t"), self.latin);
        }
        lines
    }

    /// Index of a family's font.
    pub fn index(&self, family: &str) -> Option<usize> {
        self.families.get(family).copied()
    }

    /// One line a font: family, file, version of its entry in the index.
    pub fn describe(&self) -> Vec<String> {
        let line = |slot: &Arc<Slot>| format!("{}\t{}", slot.entry.info.family, slot.path.display());
        self.slots.iter().map(line).collect()
    }

    /// Index of the font that sets a class.
    pub fn class_font(&self, face: Face) -> Option<usize> {
        self.class_fonts[face.base() as usize]
    }

    /// Index of the font that sets digits and Latin letters.
    pub fn latin_font(&self) -> Option<usize> {
        self.latin_font
    }

    /// Whether a family has a character.
    pub fn covers(&self, family: &str, c: char) -> bool {
        self.has(self.index(family), c)
    }

    /// Whether a font has a character.
    pub fn has(&self, font: Option<usize>, c: char) -> bool {
        font.is_some_and(|i| match &self.slots[i].drawn {
            Some(drawn) => drawn.has(c),
            None => self.slots[i].covered.has(c),
        })
    }

    /// Whether fonts are among them that nobody has looked through.
    pub fn may_be_blank(&self) -> bool {
        self.slots.last().is_some_and(|slot| slot.drawn.is_some())
    }

    /// Whether a family claims to have a character and draws nothing for it.
    pub fn is_blank(&self, family: &str, c: char) -> bool {
        let drawn = self.index(family).and_then(|i| self.slots[i].drawn.as_ref());
        drawn.is_some_and(|drawn| drawn.is_blank(c))
    }

    /// Width of a character in em.
    pub fn width(&self, family: &str, c: char) -> f64 {
        self.advance(self.index(family), c)
    }

    /// Width of a character of a font in em.
    pub fn advance(&self, font: Option<usize>, c: char) -> f64 {
        let code = c as u32;
        let Some(i) = font else { return 1.0 };
        if let Some(drawn) = &self.slots[i].drawn {
            return drawn.width(c);
        }
        let widths = &self.slots[i].entry.widths;
        let next = widths.partition_point(|&(first, ..)| first <= code);
        match widths[..next].last() {
            Some(&(_, last, width)) if code <= last => f64::from(width) / 1000.0,
            _ => 1.0,
        }
    }

    /// How far the ink of some characters reaches above and below their baseline, em. Loads the font.
    pub fn ink(&self, family: &str, text: impl Iterator<Item = char>) -> Option<(f64, f64)> {
        let font = self.font(self.index(family)?)?;
        let variant = font.info().variant;
        let instance = font.instantiate(variant, Abs::pt(16.0), &Default::default());
        let boxes = text.filter_map(|c| {
            let glyph = instance.ttf().glyph_index(c)?;
            instance.ttf().glyph_bounding_box(glyph)
        });
        let reach = boxes.map(|b| (f64::from(b.y_max), -f64::from(b.y_min)));
        let (above, below) = reach.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))?;
        Some((above / instance.units_per_em(), below / instance.units_per_em()))
    }

    /// Draws the outline of a character, its units being the font's; `pen` is told how many of
    /// them make an em. Loads the font.
    pub fn outline<'p>(&self, family: &str, c: char, pen: impl FnOnce(f64) -> &'p mut dyn OutlineBuilder) {
        let Some(font) = self.index(family).and_then(|index| self.font(index)) else { return };
        let variant = font.info().variant;
        let instance = font.instantiate(variant, Abs::pt(16.0), &Default::default());
        if let Some(glyph) = instance.ttf().glyph_index(c) {
            instance.ttf().outline_glyph(glyph, pen(instance.units_per_em()));
        }
    }

    /// Starts to load the fonts that every report uses, beside other work.
    pub fn prefetch(self: &Arc<Self>) {
        let fonts = Arc::clone(self);
        std::thread::spawn(move || {
            for family in required().take(6) {
                if let Some(index) = fonts.index(family) {
                    fonts.font(index);
                }
            }
        });
    }
}

impl Slot {
    /// Its place in a collection.
    fn index(&self) -> u32 {
        self.font.get().and_then(Option::as_ref).map_or(0, Font::index)
    }

    fn open(path: PathBuf, known: &[Entry]) -> Option<Slot> {
        let file = path.file_name()?.to_str()?.to_owned();
        let size = fs::metadata(&path).ok()?.len();
        let entry = match known.iter().find(|entry| entry.file == file && entry.size == size) {
            Some(entry) => entry.clone(),
            None if size > MAX_FONT_BYTES => return None,
            None => Entry::read(&file, fs::read(&path).ok()?)?,
        };
        let covered = Coverage::of(entry.info.coverage.iter());
        Some(Slot { path, entry, covered, font: OnceLock::new(), drawn: None })
    }
}

/// Families that a report may need, in the order in which a page asks for them.
fn required() -> impl Iterator<Item = &'static str> {
    let faces = [Face::FangSong, Face::XiaoBiaoSong, Face::Hei, Face::Kai, Face::Song];
    let fallbacks = [Face::Hei.fallback(), Face::Song.fallback()];
    std::iter::once(LATIN_BUNDLED).chain(faces.map(Face::bundled)).chain(fallbacks)
}

/// Makes the index of a directory of fonts anew, as the text of [`INDEX`].
pub fn index_of(dir: &Path) -> std::io::Result<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir)?.flatten().map(|item| item.path()).collect();
    files.sort();
    let mut entries = Vec::new();
    for path in files {
        let Some(file) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if file.ends_with(".otf") || file.ends_with(".ttf") {
            entries.extend(Entry::read(file, fs::read(&path)?));
        }
    }
    let lines: Vec<String> = entries.iter().filter_map(|entry| serde_json::to_string(entry).ok()).collect();
    Ok(format!("[\n{}\n]\n", lines.join(",\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dir() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")
    }

    /// `UPDATE_FONT_INDEX=1 cargo test --release --lib index_is_fresh` writes it anew.
    #[test]
    fn index_is_fresh() {
        let fresh = index_of(&dir()).unwrap();
        let path = dir().join(INDEX);
        if std::env::var_os("UPDATE_FONT_INDEX").is_some() {
            fs::write(&path, &fresh).unwrap();
        }
        assert!(fs::read_to_string(path).unwrap() == fresh, "fonts/index.json is stale");
    }

    #[test]
    fn widths_and_coverage() {
        let fonts = Fonts::open(&dir()).unwrap();
        let fang = fonts.family(Face::FangSong);
        assert_eq!(fonts.width(fang, '汇'), 1.0);
        assert_eq!(fonts.width(fonts.latin(), '1'), 0.5);
        assert!(fonts.covers(fang, '汇'));
        assert!(!fonts.covers(fang, '㙍'));
        assert!(!fonts.covers(fang, '\u{1F600}'));
    }

    #[test]
    fn missing_directory() {
        let errors = Fonts::open(Path::new("/nowhere")).err().unwrap();
        assert_eq!(errors[0].code, codes::L001);
    }
}
