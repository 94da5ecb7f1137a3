//! What a font is asked for: a class of the standard, or digits and Latin letters.

use super::choice::{Family, LATIN, families};
use crate::layout::standard::Face;

/// Characters without which a font of a class sets no report, all of GB 2312 (which has neither 〇
/// nor a dash that all fonts agree on), and those of a Latin font.
pub const COMMON: &str = "一二三四五六七八九十百千万年月日的在了和有大人中工作会代表县乡镇村建设情况报告，。、；：（）";
pub const COMMON_LATIN: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,%()-/";

/// A class, or digits and Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Class(Face),
    Latin,
}

impl Role {
    pub(super) fn all() -> impl Iterator<Item = Role> {
        Face::ALL.map(Role::Class).into_iter().chain([Role::Latin])
    }

    pub fn name(self) -> &'static str {
        match self {
            Role::Class(face) => face.class(),
            Role::Latin => "数字和字母",
        }
    }

    pub fn families(self) -> &'static [Family] {
        match self {
            Role::Class(face) => families(face),
            Role::Latin => LATIN,
        }
    }

    pub fn sample(self) -> &'static str {
        if self == Role::Latin { COMMON_LATIN } else { COMMON }
    }
}
