//! 版面 as an office writes it, to a profile: keys, values and the ranges in which they make a page.

use super::profile::{Asked, Profile};
use super::standard::{Face, SPARE};
use super::terms::{NumberForm, count, face, length, size};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::document::Document;
use crate::settings::Change;

/// Keys of `版面`.
const KEYS: [&str; 37] = [
    "上边距",
    "下边距",
    "左边距",
    "右边距",
    "每面行数",
    "每行字数",
    "行距",
    "正文字号",
    "正文字体",
    "标题字号",
    "标题字体",
    "一级标题字号",
    "一级标题字体",
    "一级标题加粗",
    "二级标题字号",
    "二级标题字体",
    "二级标题加粗",
    "三级标题字号",
    "三级标题字体",
    "三级标题加粗",
    "四级标题字号",
    "四级标题字体",
    "四级标题加粗",
    "三级标题加重",
    "页码",
    "页码样式",
    "首页页码",
    "页边距对称",
    "图表",
    "套打",
    "编号",
    "字体",
    "仿宋体",
    "楷体",
    "黑体",
    "小标宋体",
    "宋体",
];
/// Keys of the page itself.
const LENGTHS: [&str; 6] = ["上边距", "下边距", "左边距", "右边距", "每面行数", "每行字数"];
/// Keys of the type.
const TYPES: [&str; 17] = [
    "正文字号",
    "正文字体",
    "标题字号",
    "标题字体",
    "一级标题字号",
    "一级标题字体",
    "一级标题加粗",
    "二级标题字号",
    "二级标题字体",
    "二级标题加粗",
    "三级标题字号",
    "三级标题字体",
    "三级标题加粗",
    "四级标题字号",
    "四级标题字体",
    "四级标题加粗",
    "页码样式",
];
/// Other names of keys: those of the standard (5.2.1) and plain ones.
const ALSO: [(&str, &str); 8] = [
    ("天头", "上边距"),
    ("地脚", "下边距"),
    ("订口", "左边距"),
    ("切口", "右边距"),
    ("行数", "每面行数"),
    ("字数", "每行字数"),
    ("每页行数", "每面行数"),
    ("页码格式", "页码样式"),
];

/// Pitches that an office may ask for, pt.
const PITCHES: std::ops::RangeInclusive<f64> = 26.0..=31.0;

/// Margins above and below, and at the sides, mm; lines of a page, characters of a line.
const MARGINS: [std::ops::RangeInclusive<f64>; 2] = [20.0..=60.0, 15.0..=45.0];
const LINES: std::ops::RangeInclusive<u32> = 12..=40;
const CELLS: std::ops::RangeInclusive<u32> = 18..=45;
/// Sizes of body, title and headings, pt.
const BODY_SIZES: std::ops::RangeInclusive<f64> = 12.0..=18.0;
const TITLE_SIZES: std::ops::RangeInclusive<f64> = 15.0..=36.0;
const HEADING_SIZES: std::ops::RangeInclusive<f64> = 12.0..=24.0;
/// What the characters of a line may be moved together and apart by, pt: closer they touch; farther apart, Word
/// and LibreOffice, which count the last of a stretch of digits differently, no longer end lines alike.
const TRACKING: (f64, f64) = (1.0, 3.0);
/// Least and greatest line pitch, in sizes of the type.
const PITCH: (f64, f64) = (1.15, 3.0);

/// A key by its one name.
pub fn canonical(key: &str) -> &str {
    ALSO.iter().find(|(also, _)| *also == key).map_or(key, |(_, name)| name)
}

fn refused(said: String) -> Diagnostic {
    Diagnostic::new(codes::L034, said).help("改正“版面”里的这一项，或者删去它")
}

fn installed(value: &str) -> Result<bool, String> {
    match value {
        "本机" => Ok(true),
        "自带" => Ok(false),
        _ => {
            let classes = Face::ALL.map(Face::class).join("、");
            Err(format!("“字体”应为“自带”或“本机”，现为“{value}”；要给一类字体指明一种，写在这一类的名下：{classes}"))
        }
    }
}

impl Profile {
    /// What the document's pack changes; wrong keys and values are errors with their place.
    pub fn of(document: &Document) -> Result<Profile, Vec<Diagnostic>> {
        Profile::read(&document.meta.changes)
    }

    /// The same from what stands in 版面, in the order in which one stands over the other.
    pub fn read<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Result<Profile, Vec<Diagnostic>> {
        let mut profile = Profile::default();
        let (mut wrong, mut asked) = (Vec::new(), Vec::new());
        for (key, value, origin) in changes {
            let said = profile.set(key, value).err();
            wrong.extend(said.map(|said| refused(said).at(*origin)));
            asked.push((canonical(key), *origin));
        }
        if wrong.is_empty() {
            wrong.extend(profile.clash().map(|(key, said)| {
                let place = asked.iter().rev().find(|(asked, _)| *asked == key).map(|(_, origin)| *origin);
                Diagnostic { origin: place, ..refused(said) }
            }));
        }
        if wrong.is_empty() { Ok(profile) } else { Err(wrong) }
    }

    /// Takes one key of `版面` in template.yaml or huibao.yaml.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        let yes = match value {
            "是" | "true" => Some(true),
            "否" | "false" => Some(false),
            _ => None,
        };
        let yes_or_no = || yes.ok_or_else(|| format!("“{key}”应为“是”或“否”，现为“{value}”"));
        let known = key;
        let key = canonical(key);
        match key {
            "行距" => {
                let number = value.trim_end_matches('磅').trim().parse::<f64>().ok();
                let number = number.filter(|pitch| PITCHES.contains(pitch));
                let pitch = number.ok_or_else(|| format!("“行距”应为26至31之间的磅数，现为“{value}”"))?;
                self.asked = Asked { pitch: Some(pitch), lines: None, ..self.asked };
            }
            "首页页码" => self.number_first = yes_or_no()?,
            "套打" => self.preprinted = yes_or_no()?,
            "页码" => {
                self.number_centred = match value {
                    "居中" => true,
                    "外侧" => false,
                    _ if NumberForm::read(value).is_some() => {
                        return Err(format!("“页码”说的是位置，应为“外侧”或“居中”；写成{value}的样子，用“页码样式”"));
                    }
                    _ => return Err(format!("“页码”应为“外侧”或“居中”，现为“{value}”")),
                }
            }
            "页边距对称" => self.mirrored = yes_or_no()?,
            "三级标题加重" => self.level_3_strong = yes_or_no()?,
            "编号" => {
                self.numbered = match value {
                    "自动" => true,
                    "键入" => false,
                    _ => return Err(format!("“编号”应为“键入”或“自动”，现为“{value}”")),
                }
            }
            "图表" => {
                self.chart_pictures = match value {
                    "图片" => true,
                    "可编辑" => false,
                    _ => return Err(format!("“图表”应为“可编辑”或“图片”，现为“{value}”")),
                }
            }
            "字体" => self.faces.installed = installed(value)?,
            _ if let Some(face) = Face::ALL.into_iter().find(|face| face.class() == key) => {
                self.faces.name(face, value)?
            }
            _ if LENGTHS.iter().chain(&TYPES).any(|own| *own == key) => self.set_page(key, value)?,
            _ => {
                let key = known;
                let near = nearest(key, KEYS).map(|near| format!("是不是“{near}”？")).unwrap_or_default();
                return Err(format!("“版面”中没有“{key}”，{near}可用的有：{}", KEYS.join("、")));
            }
        }
        self.fill();
        Ok(())
    }

    /// Margins, lines and characters; faces, sizes and weights.
    fn set_page(&mut self, key: &str, value: &str) -> Result<(), String> {
        let mm = |range: &std::ops::RangeInclusive<f64>| {
            let wrong = || format!("“{key}”应为{}至{}毫米，现为“{value}”", range.start(), range.end());
            length(value).filter(|mm| range.contains(mm)).ok_or_else(wrong)
        };
        let number = |range: &std::ops::RangeInclusive<u32>, unit: char| {
            let wrong = || format!("“{key}”应为{}至{}的整数，现为“{value}”", range.start(), range.end());
            count(value, unit).filter(|n| range.contains(n)).ok_or_else(wrong)
        };
        match key {
            "上边距" => self.grid.top = mm(&MARGINS[0])?,
            "下边距" => self.grid.bottom = mm(&MARGINS[0])?,
            "左边距" => self.grid.left = mm(&MARGINS[1])?,
            "右边距" => self.grid.right = mm(&MARGINS[1])?,
            "每面行数" => self.asked = Asked { lines: Some(number(&LINES, '行')?), pitch: None, ..self.asked },
            "每行字数" => self.asked.cells = Some(number(&CELLS, '字')?),
            "页码样式" => {
                let shown = NumberForm::SHOWN.join("、");
                let form = NumberForm::read(value);
                self.number_form = form.ok_or_else(|| format!("“页码样式”应为这几种之一：{shown}，现为“{value}”"))?;
            }
            _ => self.set_type(key, value)?,
        }
        Ok(())
    }

    fn set_type(&mut self, key: &str, value: &str) -> Result<(), String> {
        let points = |range: &std::ops::RangeInclusive<f64>| {
            let wrong = || format!("“{key}”应为{}至{}磅的字号，例如三号，现为“{value}”", range.start(), range.end());
            size(value).filter(|points| range.contains(points)).ok_or_else(wrong)
        };
        let class = |faces: &[Face]| {
            let wrong = || {
                let faces: Vec<&str> = faces.iter().map(|face| face.class()).collect();
                format!("“{key}”应为这几类之一：{}，现为“{value}”", faces.join("、"))
            };
            face(value).filter(|face| faces.contains(face)).ok_or_else(wrong)
        };
        let level = "一二三四".chars().position(|han| key.starts_with(han)).map(|at| &mut self.headings[at]);
        match (level, key) {
            (Some(heading), _) if key.ends_with("字号") => heading.size = Some(points(&HEADING_SIZES)?),
            (Some(heading), _) if key.ends_with("字体") => heading.face = Some(class(&Face::ALL)?),
            (Some(heading), _) => {
                heading.bold = match value {
                    "是" | "true" => true,
                    "否" | "false" => false,
                    _ => return Err(format!("“{key}”应为“是”或“否”，现为“{value}”")),
                }
            }
            (None, "标题字号") => self.grid.title = points(&TITLE_SIZES)?,
            (None, "标题字体") => self.title_face = class(&Face::ALL)?,
            (None, "正文字号") => self.grid.size = points(&BODY_SIZES)?,
            (None, _) => {
                let body = class(&[Face::FangSong, Face::Kai, Face::Hei, Face::Song])?;
                self.faces.body = (body != Face::FangSong).then_some(body);
            }
        }
        Ok(())
    }

    /// What fits each by itself and not together: the key to blame, and what it may be.
    fn clash(&self) -> Option<(&'static str, String)> {
        let (grid, width) = (&self.grid, self.grid.width());
        let fewest = (width / (grid.size + TRACKING.1)).ceil() as u32;
        let most = ((width - SPARE) / (grid.size - TRACKING.0)).floor() as u32;
        if !(fewest..=most).contains(&grid.cells) {
            let mm = 210.0 - grid.left - grid.right;
            let said =
                format!("“每行字数”在版心宽{mm}毫米、正文{}磅时应为{fewest}至{most}，现为{}", grid.size, grid.cells);
            return Some(("每行字数", said));
        }
        let (least, greatest) = (PITCH.0 * grid.size, PITCH.1 * grid.size);
        if !(least..=greatest).contains(&self.pitch) {
            let (fewest, most) = ((grid.height() / greatest).ceil(), (grid.height() / least).floor());
            let mm = 297.0 - grid.top - grid.bottom;
            let said =
                format!("“每面行数”在版心高{mm}毫米、正文{}磅时应为{fewest}至{most}，现为{}", grid.size, grid.lines);
            return Some((if self.asked.pitch.is_some() { "行距" } else { "每面行数" }, said));
        }
        let keys = ["一级标题字号", "二级标题字号", "三级标题字号", "四级标题字号"];
        let high = keys
            .into_iter()
            .zip(&self.headings)
            .find(|(_, heading)| heading.size.is_some_and(|size| PITCH.0 * size > self.pitch));
        high.map(|(key, _)| {
            let most = (self.pitch / PITCH.0 * 2.0).floor() / 2.0;
            (key, format!("“{key}”在行距{:.2}磅时最大为{most}磅", self.pitch))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_office_writes_makes_a_page() {
        let mut profile = Profile::default();
        for (key, value) in [("天头", "30毫米"), ("地脚", "2.7厘米"), ("左边距", "25"), ("右边距", "25")]
        {
            profile.set(key, value).unwrap();
        }
        // 240 mm and 160 mm: lines and characters follow.
        assert_eq!((profile.grid.lines, profile.grid.cells), (23, 28));
        profile.set("正文字号", "四号").unwrap();
        assert_eq!((profile.grid.size, profile.grid.cells), (14.0, 32));
        profile.set("每行字数", "30字").unwrap();
        profile.set("每面行数", "25行").unwrap();
        assert_eq!((profile.grid.lines, profile.grid.cells), (25, 30));
        assert!((profile.pitch * 25.0 - profile.grid.height()).abs() < 1e-9);
        // The last word stands.
        profile.set("行距", "28磅").unwrap();
        assert_eq!((profile.pitch, profile.asked.lines), (28.0, None));
        assert!(profile.set("字体", "宋体").is_err() && profile.clash().is_none());
    }

    #[test]
    fn values_out_of_sense_are_refused_with_their_range() {
        for (key, value, said) in [
            ("左边距", "5毫米", "15至45毫米"),
            ("每面行数", "80", "12至40"),
            ("每行字数", "多", "18至45"),
            ("正文字号", "初号", "12至18磅"),
            ("标题字体", "隶书", "小标宋体"),
            ("正文字体", "小标宋体", "仿宋体"),
            ("二级标题加粗", "粗", "“是”或“否”"),
            ("页码样式", "I", "第1页"),
            ("页码", "-1-", "页码样式"),
            ("行距", "80", "26至31"),
        ] {
            let wrong = Profile::default().set(key, value).unwrap_err();
            assert!(wrong.contains(said), "{wrong}");
        }
        for (sets, key, said) in [
            (vec![("每行字数", "40")], "每行字数", "24至29"),
            (vec![("每面行数", "40")], "每面行数", "14至34"),
            (vec![("每面行数", "30"), ("一级标题字号", "小二")], "", ""),
            (vec![("每面行数", "30"), ("一级标题字号", "小一")], "一级标题字号", "最大为18磅"),
        ] {
            let mut profile = Profile::default();
            sets.iter().for_each(|(key, value)| profile.set(key, value).unwrap());
            let clash = profile.clash();
            assert_eq!(clash.as_ref().map_or("", |(key, _)| key), key, "{clash:?}");
            assert!(clash.is_none_or(|(_, wrong)| wrong.contains(said)), "{key} {said}");
        }
    }

    #[test]
    fn every_key_is_known_and_takes_no_nonsense() {
        let all = KEYS.iter().chain(ALSO.iter().map(|(also, _)| also));
        for key in all {
            let wrong = Profile::default().set(key, "").unwrap_err();
            assert!(!wrong.contains("没有"), "{key}: {wrong}");
        }
        assert!(Profile::default().set("行矩", "28").unwrap_err().contains("是不是“行距”"));
        assert!(Face::ALL.iter().all(|face| Profile::default().set(face.class(), "某种字体").is_ok()));
    }
}
