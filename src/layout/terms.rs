//! What 版面 says in an office's words: lengths, sizes of type, faces, forms of the page number.

use super::standard::Face;

/// Sizes of type by their names, pt.
const SIZES: [(&str, f64); 14] = [
    ("初号", 42.0),
    ("小初", 36.0),
    ("一号", 26.0),
    ("小一", 24.0),
    ("二号", 22.0),
    ("小二", 18.0),
    ("三号", 16.0),
    ("小三", 15.0),
    ("四号", 14.0),
    ("小四", 12.0),
    ("五号", 10.5),
    ("小五", 9.0),
    ("六号", 7.5),
    ("小六", 6.5),
];

/// A size of type: 三号, 3号, 小3号, 16磅, 16. In half points, as word processors have them.
pub fn size(value: &str) -> Option<f64> {
    let value = value.trim();
    if let Ok(points) = value.trim_end_matches("磅").trim_end_matches("pt").trim().parse::<f64>() {
        return ((points * 2.0).fract() == 0.0).then_some(points);
    }
    let digits = "一二三四五六".chars().enumerate().map(|(i, han)| (char::from(b'1' + i as u8), han));
    let named = digits.fold(value.to_owned(), |name, (digit, han)| name.replace(digit, &han.to_string()));
    let named = if named.starts_with('小') { named.trim_end_matches('号') } else { &named };
    SIZES.iter().find(|(name, _)| *name == named).map(|(_, points)| *points)
}

/// A size in the words of an office: 三号 where it has a name, else in points.
pub fn size_name(points: f64) -> String {
    let named = SIZES.iter().find(|(_, known)| *known == points).map(|(name, _)| format!("{name}（{points}磅）"));
    named.unwrap_or_else(|| format!("{points}磅"))
}

/// A length in mm: 30, 30毫米, 3厘米, 3cm.
pub fn length(value: &str) -> Option<f64> {
    let value = value.trim();
    let of = |units: [&str; 2], scale: f64| {
        let number = units.iter().find_map(|unit| value.strip_suffix(unit));
        number.and_then(|number| number.trim().parse::<f64>().ok()).map(|number| number * scale)
    };
    of(["厘米", "cm"], 10.0)
        .or_else(|| of(["毫米", "mm"], 1.0))
        .or_else(|| value.parse().ok())
        .filter(|n| n.is_finite())
}

/// A whole number before a unit: 22行, 22.
pub fn count(value: &str, unit: char) -> Option<u32> {
    value.trim().trim_end_matches(unit).trim().parse().ok()
}

/// A class of faces: 仿宋体 or 仿宋.
pub fn face(value: &str) -> Option<Face> {
    let value = value.trim();
    Face::ALL
        .into_iter()
        .find(|face| value == face.class() || (value.len() > 3 && face.class() == format!("{value}体")))
}

/// How a page number is written (7.5 has a 一字线 at each side).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberForm {
    /// — 1 —
    #[default]
    Dashes,
    /// -1-
    Hyphens,
    /// 第1页
    Page,
    /// 1
    Bare,
}

impl NumberForm {
    /// As an office writes it.
    pub const SHOWN: [&str; 4] = ["— 1 —", "-1-", "第1页", "1"];

    /// By its look; blanks and the kind of dash do not matter.
    pub fn read(value: &str) -> Option<NumberForm> {
        let bare: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        match bare.as_str() {
            "—1—" | "－1－" | "——1——" => Some(NumberForm::Dashes),
            "-1-" | "–1–" => Some(NumberForm::Hyphens),
            "第1页" => Some(NumberForm::Page),
            "1" => Some(NumberForm::Bare),
            _ => None,
        }
    }

    /// What stands before and behind the number.
    pub fn around(self) -> (&'static str, &'static str) {
        match self {
            NumberForm::Dashes => ("— ", " —"),
            NumberForm::Hyphens => ("-", "-"),
            NumberForm::Page => ("第", "页"),
            NumberForm::Bare => ("", ""),
        }
    }

    /// As in [`NumberForm::SHOWN`].
    pub fn shown(self) -> &'static str {
        NumberForm::SHOWN[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_lengths_as_offices_write_them() {
        for (value, points) in
            [("三号", 16.0), ("3号", 16.0), ("小2号", 18.0), ("小四", 12.0), ("15.5磅", 15.5), ("16", 16.0)]
        {
            assert_eq!(size(value), Some(points), "{value}");
        }
        assert!(["大号", "16.3磅", "9号", ""].iter().all(|value| size(value).is_none()));
        assert_eq!((length("2.8厘米"), length("28mm"), length("28")), (Some(28.0), Some(28.0), Some(28.0)));
        assert_eq!((count("22行", '行'), count("28 字", '字'), count("多", '字')), (Some(22), Some(28), None));
        assert_eq!(
            (face("仿宋"), face("黑体"), face("隶书"), face("体")),
            (Some(Face::FangSong), Some(Face::Hei), None, None)
        );
        for (i, shown) in NumberForm::SHOWN.iter().enumerate() {
            assert_eq!(NumberForm::read(shown).map(|form| form as usize), Some(i));
        }
    }
}
