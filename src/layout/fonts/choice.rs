//! Which families an office asks for, and which families belong to each class of the standard.

use std::sync::Arc;

use super::super::standard::{Face, LATIN_OFFICE};

/// Longest name of a family that word processors take, characters.
const LONGEST_NAME: usize = 31;

/// What an office asks for in 版面: `字体` and one key per class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    /// 字体: 本机. The first family of each class that this machine has, in the PDF.
    pub installed: bool,
    /// 正文字体: the class that stands for 仿宋体, which body text is set in.
    pub body: Option<Face>,
    /// The family that is named for a class, by the order of [`Face::ALL`].
    named: [Option<Arc<str>>; 5],
}

impl Choice {
    /// Nothing is asked for: the program's own fonts, the standard's names in a DOCX.
    pub fn is_default(&self) -> bool {
        !self.installed && self.body.is_none() && self.named.iter().all(Option::is_none)
    }

    /// The class that a class is set in.
    pub fn class(&self, face: Face) -> Face {
        if face == Face::FangSong { self.body.unwrap_or(face) } else { face }
    }

    /// Whether fonts of this machine are asked for.
    pub fn looks(&self) -> bool {
        self.installed || self.named.iter().any(Option::is_some)
    }

    pub fn named(&self, face: Face) -> Option<&str> {
        self.named[face.base() as usize].as_deref()
    }

    /// Names a family for a class; 自带 takes an earlier name back.
    pub fn name(&mut self, face: Face, family: &str) -> Result<(), String> {
        let strange = |c: char| c.is_control() || "<>&\"'、,;".contains(c);
        if family.is_empty() || family.chars().count() > LONGEST_NAME || family.contains(strange) {
            let key = face.class();
            return Err(format!("“{key}”应为一种字体的名称（不超过{LONGEST_NAME}个字），或“自带”，现为“{family}”"));
        }
        self.named[face.base() as usize] = (family != "自带").then(|| family.into());
        Ok(())
    }

    /// Family that a DOCX names for a class.
    pub fn office(&self, face: Face) -> &str {
        let face = self.class(face);
        self.named(face).unwrap_or_else(|| face.office())
    }

    /// Family that a DOCX names for digits and Latin letters beside a class. A title's are
    /// those of its own face, as bold as the rest.
    pub fn office_latin(&self, face: Face) -> &str {
        if face.own_digits() { self.office(face) } else { LATIN_OFFICE }
    }

    /// Named families that do not belong to their class.
    pub fn strangers(&self) -> impl Iterator<Item = (Face, &str)> {
        let named = Face::ALL.into_iter().filter_map(|face| Some((face, self.named(face)?)));
        named.filter(|(face, family)| !belongs(*face, family))
    }
}

/// A family by the names that it goes under, the one that people know first.
pub type Family = &'static [&'static str];

/// The families of a class in the order in which they are preferred: those of the standard's
/// time first, then those that come with Windows, Founder's, macOS' and free ones.
pub fn families(face: Face) -> &'static [Family] {
    match face {
        Face::FangSong => &[
            &["仿宋_GB2312", "FangSong_GB2312"],
            &["仿宋", "FangSong"],
            &["方正仿宋_GBK", "FZFangSong-Z02"],
            &["方正仿宋简体", "FZFangSong-Z02S"],
            &["华文仿宋", "STFangsong"],
        ],
        Face::Kai => &[
            &["楷体_GB2312", "KaiTi_GB2312"],
            &["楷体", "KaiTi"],
            &["方正楷体_GBK", "FZKai-Z03"],
            &["方正楷体简体", "FZKai-Z03S"],
            &["华文楷体", "STKaiti"],
            &["霞鹜文楷", "LXGW WenKai"],
        ],
        Face::Hei | Face::HeiDigits => &[
            &["黑体", "SimHei"],
            &["方正黑体_GBK", "FZHei-B01"],
            &["方正黑体简体", "FZHei-B01S"],
            &["华文黑体", "STHeiti"],
        ],
        Face::XiaoBiaoSong => &[
            &["方正小标宋简体", "FZXiaoBiaoSong-B05S"],
            &["方正小标宋_GBK", "FZXiaoBiaoSong-B05"],
            &["华文中宋", "STZhongsong"],
        ],
        Face::Song => &[
            &["宋体", "SimSun"],
            &["方正书宋_GBK", "FZShuSong-Z01"],
            &["方正书宋简体", "FZShuSong-Z01S"],
            &["华文宋体", "STSong"],
            &["思源宋体", "Source Han Serif SC"],
        ],
    }
}

/// Families for digits and Latin letters.
pub const LATIN: &[Family] = &[&[LATIN_OFFICE]];

/// Families of a class that come with the program or are as free as those, and what the name of
/// any other family of the class says.
fn signs(face: Face) -> (&'static [&'static str], &'static [&'static str]) {
    match face {
        Face::FangSong => (&["FandolFang R", "FandolFang"], &["仿宋"]),
        Face::Kai => (&["FandolKai"], &["楷体", "正楷"]),
        Face::Hei | Face::HeiDigits => (&["FandolHei", "Noto Sans SC", "思源黑体", "Source Han Sans SC"], &["黑体"]),
        Face::XiaoBiaoSong => (&["FandolSong"], &["小标宋"]),
        Face::Song => (&["FandolSong", "Noto Serif SC", "新宋体", "NSimSun"], &["书宋", "报宋"]),
    }
}

/// Whether a family belongs to a class.
pub fn belongs(face: Face, family: &str) -> bool {
    let asked = normal(family);
    let (own, words) = signs(face);
    let listed = families(face).iter().flat_map(|names| names.iter()).chain(own);
    listed.map(|name| normal(name)).any(|name| name == asked) || words.iter().any(|word| asked.contains(word))
}

/// A name as names are compared: case and spaces do not count.
pub fn normal(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_know_their_families() {
        assert!(belongs(Face::XiaoBiaoSong, "方正小标宋_GBK") && belongs(Face::FangSong, "fangsong_gb2312"));
        assert!(belongs(Face::Kai, "汉仪楷体简") && belongs(Face::Song, "SimSun"));
        for (face, family) in [
            (Face::Hei, "微软雅黑"),
            (Face::FangSong, "宋体"),
            (Face::Song, "仿宋"),
            (Face::Kai, "华文行楷"),
            (Face::XiaoBiaoSong, "黑体"),
        ] {
            assert!(!belongs(face, family), "{family}");
        }
    }

    #[test]
    fn every_office_name_stands_in_its_class() {
        for face in Face::ALL {
            assert_eq!(families(face)[0][0], face.office());
            assert!(belongs(face, face.bundled()), "{}", face.bundled());
        }
    }

    #[test]
    fn names_that_no_word_processor_takes_are_refused() {
        let mut choice = Choice::default();
        for family in ["", "仿宋、楷体", "a\u{1}", &"长".repeat(32), "<w:t>"] {
            assert!(choice.name(Face::FangSong, family).is_err(), "{family}");
        }
        choice.name(Face::FangSong, "仿宋").unwrap();
        assert_eq!((choice.office(Face::FangSong), choice.office(Face::Kai)), ("仿宋", "楷体_GB2312"));
        choice.name(Face::FangSong, "自带").unwrap();
        assert!(choice.is_default());
    }
}
