//! The names of the fonts in a file, read without the rest of it: only the table of names.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use encoding_rs::GBK;
use ttf_parser::name::{Name, Table};
use ttf_parser::{PlatformId, name_id};

use super::choice::normal;

/// Largest file that is looked at, bytes: twice what the largest Chinese collections have.
pub const MAX_FONT_BYTES: u64 = 256 << 20;
/// Largest table of names, bytes; real ones have a few thousand.
const MAX_NAMES: u32 = 1 << 20;
/// Most fonts of a collection and most tables of a font.
const MOST_FONTS: u32 = 128;
const MOST_TABLES: u16 = 512;

/// A font on this machine.
#[derive(Clone, Debug)]
pub struct Installed {
    pub path: PathBuf,
    /// Its place in a collection.
    pub index: u32,
    /// What people call it: its family, in Chinese where it has a Chinese name.
    pub shown: String,
    /// Its families in all languages, as names are compared: the one of at most four fonts that old
    /// programs know, and the whole one.
    families: [Named; 2],
    /// Its own full and PostScript names.
    own: Vec<String>,
}

/// Names of a family, and of a font's style in it.
#[derive(Clone, Debug, Default)]
struct Named {
    families: Vec<String>,
    styles: Vec<String>,
}

impl Named {
    /// Neither bold nor light nor italic.
    fn is_regular(&self) -> bool {
        const PLAIN: [&str; 7] = ["regular", "normal", "roman", "book", "常规", "标准", "r"];
        self.styles.is_empty() || self.styles.iter().any(|style| PLAIN.contains(&style.as_str()))
    }
}

impl Installed {
    /// How well it answers to a name: 0 as its own name or as the regular font of the family,
    /// 1 as another font of the family.
    pub fn answers(&self, asked: &str) -> Option<u8> {
        if self.own.iter().any(|name| name == asked) {
            return Some(0);
        }
        let of = |named: &&Named| named.families.iter().any(|name| name == asked);
        self.families.iter().filter(of).map(|named| u8::from(!named.is_regular())).min()
    }
}

/// The fonts of a file; none where it is no font, is broken or is too large.
pub fn read(path: &Path) -> Vec<Installed> {
    fonts(path).unwrap_or_default()
}

fn fonts(path: &Path) -> io::Result<Vec<Installed>> {
    // What is no plain file (a pipe) might never end.
    let facts = std::fs::metadata(path)?;
    if !facts.is_file() || facts.len() > MAX_FONT_BYTES {
        return Ok(Vec::new());
    }
    let mut file = File::open(path)?;
    let head = bytes(&mut file, 0, 12)?;
    let starts: Vec<u32> = match &head[..4] {
        b"ttcf" => {
            let count = number(&head[8..12]).min(MOST_FONTS);
            bytes(&mut file, 12, count * 4)?.chunks_exact(4).map(number).collect()
        }
        _ => vec![0],
    };
    let found = starts.into_iter().enumerate().filter_map(|(index, start)| {
        let names = names(&mut file, u64::from(start)).ok()??;
        font(path, index as u32, &names)
    });
    Ok(found.collect())
}

/// The table of names of the font that begins at a place in the file.
fn names(file: &mut File, start: u64) -> io::Result<Option<Vec<u8>>> {
    let head = bytes(file, start, 6)?;
    let tables = u16::from_be_bytes([head[4], head[5]]).min(MOST_TABLES);
    let list = bytes(file, start + 12, u32::from(tables) * 16)?;
    let Some(entry) = list.chunks_exact(16).find(|entry| &entry[..4] == b"name") else { return Ok(None) };
    let (offset, length) = (number(&entry[8..12]), number(&entry[12..16]));
    if length > MAX_NAMES {
        return Ok(None);
    }
    bytes(file, u64::from(offset), length).map(Some)
}

fn bytes(file: &mut File, at: u64, length: u32) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = vec![0; length as usize];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn font(path: &Path, index: u32, table: &[u8]) -> Option<Installed> {
    let (mut own, mut shown) = (Vec::new(), None::<String>);
    let [mut old, mut whole] = [Named::default(), Named::default()];
    for name in Table::parse(table)?.names {
        let Some(text) = decoded(&name).filter(|text| !text.is_empty()) else { continue };
        let compared = normal(&text);
        match name.name_id {
            name_id::FAMILY => old.families.push(compared),
            name_id::SUBFAMILY => old.styles.push(compared),
            name_id::TYPOGRAPHIC_FAMILY => whole.families.push(compared),
            name_id::TYPOGRAPHIC_SUBFAMILY => whole.styles.push(compared),
            name_id::FULL_NAME | name_id::POST_SCRIPT_NAME => own.push(compared),
            _ => {}
        }
        let is_family = matches!(name.name_id, name_id::FAMILY | name_id::TYPOGRAPHIC_FAMILY);
        if is_family && shown.as_ref().is_none_or(|known| known.is_ascii() && !text.is_ascii()) {
            shown = Some(text);
        }
    }
    if whole.styles.is_empty() {
        whole.styles.clone_from(&old.styles);
    }
    Some(Installed { path: path.to_owned(), index, shown: shown?, families: [old, whole], own })
}

/// A name as text. Old Chinese fonts have theirs in GBK.
fn decoded(name: &Name) -> Option<String> {
    let text = match (name.platform_id, name.encoding_id) {
        _ if name.is_unicode() => name.to_string()?,
        (PlatformId::Windows, 3) => {
            let bytes: Vec<u8> = name.name.iter().copied().filter(|byte| *byte != 0).collect();
            GBK.decode_without_bom_handling(&bytes).0.into_owned()
        }
        (PlatformId::Macintosh, 25) => GBK.decode_without_bom_handling(name.name).0.into_owned(),
        (PlatformId::Macintosh, 0) if name.name.is_ascii() => String::from_utf8(name.name.to_vec()).ok()?,
        _ => return None,
    };
    // It may be shown on a terminal.
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    Some(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fonts() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")
    }

    #[test]
    fn names_of_the_bundled_fonts() {
        let of = |file: &str| read(&fonts().join(file)).remove(0);
        let fang = of("FandolFang-Regular.otf");
        assert_eq!((fang.shown.as_str(), fang.index), ("FandolFang R", 0));
        assert_eq!(fang.answers(&normal("fandolfang r")), Some(0));
        assert_eq!(of("FandolSong-Bold.otf").answers("fandolsong"), Some(1));
        assert_eq!(of("FandolSong-Bold.otf").answers("fandolsong-bold"), Some(0));
        assert_eq!(fang.answers("仿宋"), None);
    }

    /// A table of names: platform, encoding, id, bytes.
    fn table(names: &[(u16, u16, u16, Vec<u8>)]) -> Vec<u8> {
        let head = [0, names.len() as u16, 6 + 12 * names.len() as u16];
        let (mut records, mut storage) = (Vec::new(), Vec::new());
        for (platform, encoding, id, bytes) in names {
            records.extend([*platform, *encoding, 0x0804, *id, bytes.len() as u16, storage.len() as u16]);
            storage.extend_from_slice(bytes);
        }
        head.into_iter().chain(records).flat_map(u16::to_be_bytes).chain(storage).collect()
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    #[test]
    fn a_light_font_is_not_the_regular_one_of_its_family() {
        let of = |old: &str, style: &str| {
            let names = [(1, old), (2, "Regular"), (16, "霞鹜文楷"), (17, style)];
            let names = names.map(|(id, text)| (3, 1, id, wide(text)));
            font(Path::new("x"), 0, &table(&names)).unwrap()
        };
        let (light, regular) = (of("霞鹜文楷 Light", "Light"), of("霞鹜文楷", "Regular"));
        assert_eq!((light.answers("霞鹜文楷"), regular.answers("霞鹜文楷")), (Some(1), Some(0)));
        assert_eq!(light.answers("霞鹜文楷light"), Some(0));
    }

    #[test]
    fn old_names_are_in_gbk() {
        let gbk = GBK.encode("方正小标宋简体").0.into_owned();
        for (platform, encoding) in [(1, 25), (3, 3)] {
            let names = [(1, 0, 1, b"FZXiaoBiaoSong-B05S".to_vec()), (platform, encoding, 1, gbk.clone())];
            let font = font(Path::new("x"), 0, &table(&names)).unwrap();
            assert_eq!(font.shown, "方正小标宋简体");
            assert_eq!(font.answers("fzxiaobiaosong-b05s"), Some(0));
        }
    }

    #[test]
    fn what_is_no_font_has_no_names() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.ttf");
        let endless = [b"ttcf\0\x01\0\0\xff\xff\xff\xff".as_slice(), &[0; 4000]].concat();
        let many =
            [b"\0\x01\0\0\xff\xff\0\0\0\0\0\0name\0\0\0\0\0\0\0\x0c\xff\xff\xff\xff".as_slice(), &[0; 9000]].concat();
        for bytes in [b"".as_slice(), b"ttcf", b"not a font at all", &endless, &many] {
            std::fs::write(&path, bytes).unwrap();
            assert!(read(&path).is_empty());
        }
        assert!(read(dir.path()).is_empty() && read(Path::new("/nowhere.ttf")).is_empty());
    }

    #[test]
    fn a_cut_font_is_no_trouble() {
        let dir = tempfile::tempdir().unwrap();
        let whole = std::fs::read(fonts().join("LiberationSerif-Regular.ttf")).unwrap();
        let path = dir.path().join("cut.ttf");
        for length in (0..600).step_by(7).chain([5_000, 50_000, whole.len() - 1]) {
            std::fs::write(&path, &whole[..length]).unwrap();
            read(&path);
        }
    }
}
