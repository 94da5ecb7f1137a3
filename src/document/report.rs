//! The whole report.

use super::elements::{Annex, Colophon, Front, Masthead, Meta, SignatureBlock};
use super::model::Block;
use crate::figures::Figure;

/// One report.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub meta: Meta,
    /// 版头 of a 公文, 报头 of a 简报.
    pub masthead: Masthead,
    /// Title and what stands between title and body.
    pub front: Front,
    pub body: Vec<Block>,
    pub signature: SignatureBlock,
    pub annexes: Vec<Annex>,
    pub colophon: Option<Colophon>,
    pub figures: Vec<Figure>,
}
