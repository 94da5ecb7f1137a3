//! The whole report.

use super::elements::{Annex, Colophon, Front, Masthead, Meta, SignatureBlock};
use super::model::Block;
use crate::figures::Figure;

/// One report.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What the file says of itself, and which kind of document it is.
    pub meta: Meta,
    /// 版头 of a 公文, 报头 of a 简报.
    pub masthead: Masthead,
    /// Title and what stands between title and body.
    pub front: Front,
    /// From below the 主送机关 to the signature.
    pub body: Vec<Block>,
    /// 署名, 成文日期, 附注 (7.3.5, 7.3.6); all empty for a report whose unit stands under its title.
    pub signature: SignatureBlock,
    /// In the order of the 附件说明 (7.3.4); each begins on a new page.
    pub annexes: Vec<Annex>,
    /// 版记 (7.4), or 报尾 of a 简报; `None` where nothing stands in it.
    pub colophon: Option<Colophon>,
    /// Every printed figure with its cells; an [`Inline::Figure`](super::Inline::Figure) names one by its
    /// number.
    pub figures: Vec<Figure>,
}
