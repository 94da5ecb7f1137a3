//! 版面: what offices change of the standard. Every change is named with its clause.

use serde::{Deserialize, Serialize};

use super::fonts::Choice;
use super::grid::Grid;
use super::standard::{Face, PAGE_HEIGHT, twip};
use crate::diagnostic::{Code, Diagnostic, codes, nearest};
use crate::document::Document;
use crate::settings::Change;

/// Changes to the layout of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Margins, lines, characters and sizes of a page.
    pub grid: Grid,
    /// Line pitch of the body, pt: the grid's, another that an office asks for, or what 7.3.5.5 made of it.
    pub pitch: f64,
    /// Page number in the middle of the foot instead of the outer side.
    pub number_centred: bool,
    /// Even pages take the binding margin at their right.
    pub mirrored: bool,
    /// Headings of level 3 in 黑体 instead of a bold that 仿宋 does not have.
    pub level_3_strong: bool,
    /// Charts of the DOCX are pictures, which nobody can edit.
    pub chart_pictures: bool,
    /// The families that the office asks for.
    pub faces: Choice,
    /// Where the 版记 goes. The layout settles it by the pages that come out.
    pub colophon: ColophonPage,
    /// 7.3.2: the 主送机关 stand in the 版记, since with them above the body the first page would
    /// show none of it. The layout settles it.
    pub addressee_below: bool,
    /// 7.3.5.5: so many last lines of the body begin the page of the signature. The layout settles it.
    pub carried: usize,
    /// The margins are mirrored, and the last page takes those of an even page. The layout settles it.
    pub ends_mirrored: bool,
    /// Printed figures can be found on the pages again (for the preview); nothing moves by it.
    pub marked: bool,
}

impl Default for Profile {
    fn default() -> Self {
        Profile {
            grid: Grid::default(),
            pitch: Grid::default().pitch(),
            number_centred: false,
            mirrored: false,
            level_3_strong: false,
            chart_pictures: false,
            faces: Choice::default(),
            colophon: ColophonPage::Last,
            addressee_below: false,
            carried: 0,
            ends_mirrored: false,
            marked: false,
        }
    }
}

/// Keys of `版面`.
const KEYS: [&str; 11] =
    ["行距", "页码", "页边距对称", "三级标题加重", "图表", "字体", "仿宋体", "楷体", "黑体", "小标宋体", "宋体"];

/// How the pages of a document came out: with it they can be laid out again at one go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// All of them, annexes and the page of the 版记 too.
    pub pages: usize,
    /// Line pitch in thousandths of a pt, where 7.3.5.5 made it other than the profile's.
    #[serde(default)]
    pub pitch: Option<u32>,
    /// Last lines of the body that begin the page of the signature (7.3.5.5).
    #[serde(default)]
    pub carried: usize,
    /// Whether the 版记 has an even page to itself, and with what (7.4).
    pub colophon: ColophonPage,
    /// The 主送机关 had no room above the text and stand in the 版记 (7.3.2).
    #[serde(default)]
    pub addressee_below: bool,
}

impl Fit {
    /// The profile with the pitch that the pages came out with.
    pub fn of(self, profile: Profile) -> Profile {
        let pitch = self.pitch.map_or(profile.pitch, |pitch| f64::from(pitch) / 1000.0);
        let Fit { addressee_below, carried, pages, .. } = self;
        Profile { pitch, addressee_below, carried, ..profile.ending(pages) }
    }
}

/// Where the 版记 goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColophonPage {
    /// At the foot of the last page.
    #[default]
    Last,
    /// On a page of its own.
    Own,
    /// On a page of its own behind a blank page.
    AfterBlank,
}

/// Pitches that an office may ask for, pt.
const PITCHES: std::ops::RangeInclusive<f64> = 26.0..=31.0;

impl Profile {
    /// What the document's pack changes; wrong keys and values are errors with their place.
    pub fn of(document: &Document) -> Result<Profile, Vec<Diagnostic>> {
        Profile::read(&document.meta.changes)
    }

    /// The same from what stands in 版面, in the order in which one stands over the other.
    pub fn read<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Result<Profile, Vec<Diagnostic>> {
        let mut profile = Profile::default();
        let mut wrong = Vec::new();
        for (key, value, origin) in changes {
            if let Err(message) = profile.set(key, value) {
                wrong.push(Diagnostic::new(codes::L034, message).at(*origin).help("改正“版面”里的这一项，或者删去它"));
            }
        }
        if wrong.is_empty() { Ok(profile) } else { Err(wrong) }
    }

    /// The profile of a document that came out with so many pages.
    pub fn ending(self, pages: usize) -> Profile {
        Profile { ends_mirrored: self.mirrored && pages.is_multiple_of(2), ..self }
    }

    /// Line pitch of the body in a DOCX, twip: the standard's own is cut so that 22 lines fit.
    pub fn pitch_twip(&self) -> i32 {
        // Word and LibreOffice measure margins in whole twips: what is left holds the lines.
        let room = twip(PAGE_HEIGHT) - twip(self.grid.top) - twip(self.grid.bottom);
        let own = (self.pitch - self.grid.pitch()).abs() < 0.01;
        if own { room / self.grid.lines as i32 } else { (self.pitch * 20.0).floor() as i32 }
    }

    /// Face of a heading of level 1–4.
    pub fn heading_face(&self, level: u8) -> Face {
        if level == 3 && self.level_3_strong { Face::Hei } else { Face::of_heading(level) }
    }

    /// Takes one key of `版面` in template.yaml or huibao.yaml.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        let yes = match value {
            "是" | "true" => Some(true),
            "否" | "false" => Some(false),
            _ => None,
        };
        let yes_or_no = || yes.ok_or_else(|| format!("“{key}”应为“是”或“否”，现为“{value}”"));
        match key {
            "行距" => {
                let number = value.trim_end_matches('磅').trim().parse::<f64>().ok();
                let number = number.filter(|pitch| PITCHES.contains(pitch));
                self.pitch = number.ok_or_else(|| format!("“行距”应为26至31之间的磅数，现为“{value}”"))?;
            }
            "页码" => {
                self.number_centred = match value {
                    "居中" => true,
                    "外侧" => false,
                    _ => return Err(format!("“页码”应为“外侧”或“居中”，现为“{value}”")),
                }
            }
            "页边距对称" => self.mirrored = yes_or_no()?,
            "三级标题加重" => self.level_3_strong = yes_or_no()?,
            "图表" => {
                self.chart_pictures = match value {
                    "图片" => true,
                    "可编辑" => false,
                    _ => return Err(format!("“图表”应为“可编辑”或“图片”，现为“{value}”")),
                }
            }
            "字体" => {
                self.faces.installed = match value {
                    "本机" => true,
                    "自带" => false,
                    _ => {
                        let classes = Face::ALL.map(Face::class).join("、");
                        return Err(format!(
                            "“字体”应为“自带”或“本机”，现为“{value}”；要给一类字体指明一种，写在这一类的名下：{classes}"
                        ));
                    }
                }
            }
            _ if let Some(face) = Face::ALL.into_iter().find(|face| face.class() == key) => {
                self.faces.name(face, value)?
            }
            _ => {
                let near = nearest(key, KEYS).map(|near| format!("是不是“{near}”？")).unwrap_or_default();
                return Err(format!("“版面”中没有“{key}”，{near}可用的有：{}", KEYS.join("、")));
            }
        }
        Ok(())
    }

    /// Each change from the standard, with its clause, and the key that asks for it.
    pub fn deviations(&self) -> Vec<(&'static str, Diagnostic)> {
        let standard = Profile::default();
        let mut found = Vec::new();
        let mut differ = |differs: bool, key: &'static str, code: Code, message: String| {
            if differs {
                found.push((key, Diagnostic::new(code, message)));
            }
        };
        let pitch = self.pitch;
        differ(
            (pitch - standard.pitch).abs() > 0.05,
            "行距",
            codes::L030,
            format!("行距为{pitch:.2}磅，标准每面22行、行距约28.99磅（GB/T 9704—2012 5.2.3）"),
        );
        differ(
            self.number_centred,
            "页码",
            codes::L031,
            "页码居中，标准为单页居右、双页居左（GB/T 9704—2012 7.5）".into(),
        );
        let mirrored = "双页订口在右侧，标准为左白边28毫米（GB/T 9704—2012 5.2.1）";
        differ(self.mirrored, "页边距对称", codes::L032, mirrored.into());
        let strong = "第三层标题用黑体，标准为仿宋体（GB/T 9704—2012 7.3.3）";
        differ(self.level_3_strong, "三级标题加重", codes::L033, strong.into());
        for (face, family) in self.faces.strangers() {
            let (class, clause) = (face.class(), face.clause());
            let message = format!("{class}用“{family}”，它不是{class}（GB/T 9704—2012 {clause}）");
            differ(true, class, codes::L035, message);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_named() {
        let mut profile = Profile::default();
        assert!(profile.deviations().is_empty());
        profile.set("行距", "28磅").unwrap();
        profile.set("页码", "居中").unwrap();
        assert_eq!(profile.deviations().iter().map(|(_, d)| d.code).collect::<Vec<_>>(), [codes::L030, codes::L031]);
        assert!(profile.set("行距", "80").is_err());
        assert!(profile.set("字体", "宋体").is_err());
    }

    #[test]
    fn faces_are_named_by_class() {
        let mut profile = Profile::default();
        profile.set("字体", "本机").unwrap();
        profile.set("小标宋体", "方正小标宋_GBK").unwrap();
        assert!(profile.faces.installed && profile.deviations().is_empty());
        profile.set("黑体", "微软雅黑").unwrap();
        let found = profile.deviations();
        assert_eq!((found[0].0, found[0].1.code), ("黑体", codes::L035));
        assert!(found[0].1.message.contains("7.3.3"));
        assert!(KEYS.iter().all(|key| profile.set(key, "").is_err()));
        assert!(Face::ALL.iter().all(|face| KEYS.contains(&face.class())));
    }
}
