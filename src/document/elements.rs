//! The elements of an official document around its body, in the standard's terms
//! (GB/T 9704-2012 cl. 7; layout.md's identifiers). What is absent is `None` or empty.

use std::sync::Arc;

use super::model::{Block, Inlines, Picture};
use crate::diagnostic::Origin;

pub use crate::template::LayoutKind;

/// What the file says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    /// 版式 of the pack: which elements there are, and where they stand.
    pub kind: LayoutKind,
    /// Title as plain text.
    pub title: Arc<str>,
    /// The unit that reports.
    pub author: Arc<str>,
    /// Display name of the template pack.
    pub template: Arc<str>,
    /// Files that were read: name and SHA-256 in hex.
    pub sources: Vec<(Arc<str>, Arc<str>)>,
    /// 成文日期, used as the date of the file; `None` leaves it out.
    pub date: Option<crate::dataset::Date>,
    /// Sets the mark 草稿.
    pub draft: bool,
    /// 版面 of the pack: what it changes of the layout, as written, each with its place.
    pub changes: Vec<(Arc<str>, Arc<str>, Origin)>,
}

/// 版头 (7.2) or 报头 (R-9…R-13). All empty for a 汇报.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Masthead {
    /// 份号 7.2.1, six digits.
    pub copy_no: Option<Inlines>,
    /// 密级和保密期限 7.2.2: `机密★1年`.
    pub secrecy: Option<Inlines>,
    /// 紧急程度 7.2.3: 特急, 加急.
    pub urgency: Option<Inlines>,
    /// 发文机关标志 7.2.4, one line an agency (lead agency first); for a 简报 its name, for 纪要 theirs (10.3).
    pub issuer_mark: Vec<Inlines>,
    /// Whether 文件 stands behind the mark.
    pub issuer_mark_suffix: Option<Inlines>,
    /// 发文字号 7.2.5; for a 简报 and 纪要 the 期号 (`第3期`), for a 命令 the 令号 (`第12号`, 10.2).
    pub doc_number: Option<Inlines>,
    /// 签发人 7.2.6, only in documents to a superior.
    pub signers: Vec<Inlines>,
    /// 编印单位 of a 简报 or of 纪要.
    pub issuer: Option<Inlines>,
    /// 日期 of a 简报 or of 纪要.
    pub date: Option<Inlines>,
    /// 按语 of a 简报.
    pub editor_note: Vec<Inlines>,
    /// 套打: the paper has the red mark and rules already.
    pub preprinted: bool,
}

/// Title and what follows it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Front {
    /// 标题 7.3.1, without a final mark. `Inline::Break` forces a line.
    pub title: Inlines,
    /// Unit under the title, 楷体; excludes a signature.
    pub unit: Option<Inlines>,
    /// Date under the title, with its （ ）, 楷体.
    pub date: Option<Inlines>,
    /// 主送机关 7.3.2, with its final ：.
    pub addressee: Option<Inlines>,
}

/// 署名 and 成文日期 (7.3.5), 附注 (7.3.6).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct SignatureBlock {
    /// 署名, the lead agency first; empty: no signature.
    pub units: Vec<Inlines>,
    /// 成文日期 `2026年12月5日`.
    pub date: Option<Inlines>,
    /// Sealed (7.3.5.1) or plain (7.3.5.2).
    pub sealed: bool,
    /// One for each unit, where pictures of seals are given.
    pub seals: Vec<Seal>,
    /// 签名章 instead of units (7.3.5.3): the signers' posts, the lead agency's first, and the
    /// pictures of their names in the same order.
    pub posts: Vec<Inlines>,
    /// The pictures of the 签名章, checked and decoded, one for each post.
    pub stamps: Vec<Picture>,
    /// 附注 with its （ ）.
    pub remark: Option<Inlines>,
    /// 出席, 请假 and 列席 of 纪要 (10.3), in this order, each with its label.
    pub attendance: Vec<(&'static str, Inlines)>,
}

impl SignatureBlock {
    /// Signed with 签名章 (7.3.5.3), whether a picture of it is given or it is put on the paper by hand.
    pub fn stamped(&self) -> bool {
        !self.posts.is_empty()
    }

    /// Width and height of each 签名章, in any unit; `room`: what one that is put on by hand needs.
    pub fn stamp_sizes(&self, room: (f64, f64)) -> Vec<(f64, f64)> {
        let size = |stamp: Option<&Picture>| stamp.map_or(room, |s| (f64::from(s.width), f64::from(s.height)));
        (0..self.posts.len()).map(|i| size(self.stamps.get(i))).collect()
    }
}

/// A picture of a seal, checked and decoded before it comes here.
#[derive(Clone, Debug, PartialEq)]
pub struct Seal {
    /// Printed 42 mm across (practice); what is transparent in it lets the text through.
    pub picture: Picture,
}

/// 附件 7.3.7; its number is its place in the list when there are several.
#[derive(Clone, Debug, PartialEq)]
pub struct Annex {
    /// Set as a title on the annex's first page (7.3.7), and named in the 附件说明 (7.3.4).
    pub title: Inlines,
    /// A page set sideways (cl. 8).
    pub landscape: bool,
    /// As those of a body.
    pub blocks: Vec<Block>,
}

/// 版记 7.4, or 报尾 of a 简报.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Colophon {
    /// 主送 moved here (7.3.2).
    pub addressee: Option<Inlines>,
    /// 抄送, without label and final 。
    pub cc: Option<Inlines>,
    /// 印发机关.
    pub imprint: Option<Inlines>,
    /// 印发日期 `2026年12月6日`.
    pub imprint_date: Option<Inlines>,
    /// 报 / 送 / 发 of a 简报.
    pub report_to: Option<Inlines>,
    /// 送: offices of the same rank, without label and final 。
    pub send_to: Option<Inlines>,
    /// 发: those below, without label and final 。
    pub issue_to: Option<Inlines>,
    /// 共印 n 份.
    pub copies: Option<Inlines>,
    /// Forced to an even page (G-7.4.1c).
    pub even_page: bool,
}
