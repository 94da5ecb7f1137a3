//! The page that each line comes out on, reckoned as Typst lays pages out: lines and blocks go on a page while
//! they fit, blocks that stick go with what follows them, blank lines at the end of a page are gone.

/// What a line or a block is to the search for a page without text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// 版头, title, 主送机关.
    Front,
    /// What a signature stands below.
    Body,
    /// What may not stand without body text above it.
    Tail,
    /// Annexes behind a signature.
    Behind,
}

/// A piece that is not parted, heights in pt.
pub enum Unit {
    /// `sticky`: goes with what follows. `again`: what a page that begins with it repeats above it.
    Frame { height: f64, sticky: bool, again: f64, role: Role },
    /// Blank lines.
    Space(f64),
    /// What follows begins a page.
    Break,
    /// Pages set sideways.
    Sideways,
}

/// How the pages come out where the body ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Ends {
    /// A page holds the signature, a seal, 附件说明, or the 报尾 of a 简报, and no body text above it.
    pub alone: bool,
    /// So many lines and blocks of the body stand above it on its page.
    pub above: usize,
    /// The page that the body ends on, from 1, and what follows its last line.
    pub pages: (usize, usize),
    /// Where each page begins, by the piece that begins it.
    pub turns: Vec<usize>,
    /// The first page shows the body (7.3.3).
    pub shown: bool,
    /// Room that what follows the body lacks on the page where it ends, pt.
    pub lacking: f64,
}

/// What a document is made of, in order.
pub struct Flow {
    /// Of a line, pt.
    pub pitch: f64,
    /// Of the type area, pt.
    pub height: f64,
    /// Of a line of a title, pt.
    pub title_pitch: f64,
    pub units: Vec<Unit>,
    /// Of what is added next.
    pub role: Role,
}

impl Flow {
    /// The page of each unit, from 1, and the room left below it.
    fn pages(&self) -> Vec<(usize, f64)> {
        let full = self.height;
        let mut placed = vec![(1, full); self.units.len()];
        let (mut page, mut left) = (1, full);
        // Where a group of blocks begins that stick to what follows; whether it may still go to a next page.
        let (mut group, mut movable): (Option<usize>, Option<bool>) = (None, None);
        let mut i = 0;
        while let Some(unit) = self.units.get(i) {
            match *unit {
                Unit::Space(height) => left -= height,
                Unit::Break | Unit::Sideways => {
                    page += usize::from(left < full);
                    left = full;
                    (group, movable) = (None, None);
                    placed[i] = (page, 0.0);
                    page += usize::from(matches!(unit, Unit::Sideways));
                }
                Unit::Frame { height, .. } if height > left + 1e-6 && left < full => {
                    page += 1;
                    left = full;
                    i = group.take().unwrap_or(i);
                    movable = None;
                    if let Unit::Frame { again, .. } = self.units[i] {
                        left -= again;
                    }
                    // At the top of a page nothing is gained by going further.
                    if let Unit::Frame { height, .. } = self.units[i]
                        && height > left
                    {
                        left = full;
                    }
                    continue;
                }
                Unit::Frame { height, sticky, .. } => {
                    if !sticky {
                        (group, movable) = (None, None);
                    } else if group.is_none() && *movable.get_or_insert(left < full) {
                        group = Some(i);
                    }
                    left -= height;
                }
            }
            if !matches!(unit, Unit::Break | Unit::Sideways) {
                placed[i] = (page, left);
            }
            i += 1;
        }
        placed
    }

    /// How the pages come out where the body ends.
    pub fn judged(&self) -> Ends {
        let placed = self.pages();
        let of = |role: Role| {
            let all = self.units.iter().zip(&placed);
            all.filter(move |(unit, _)| match unit {
                Unit::Frame { role: own, .. } => *own == role,
                Unit::Sideways => role == Role::Body,
                _ => false,
            })
        };
        let (first, last) = (of(Role::Body).next(), of(Role::Body).next_back());
        let page = last.map_or(1, |(_, at)| at.0);
        let sideways = matches!(last, Some((Unit::Sideways, _)));
        let tail_page = of(Role::Tail).map(|(_, at)| at.0).max().unwrap_or(page);
        let height = |unit: &Unit| match unit {
            Unit::Frame { height, .. } | Unit::Space(height) => *height,
            _ => 0.0,
        };
        let begins = self.units.iter().rposition(|unit| unit.is(Role::Body)).map_or(0, |at| at + 1);
        let whole: f64 = self.units[begins..].iter().map(height).sum();
        Ends {
            alone: first.is_some() && (tail_page != page || (sideways && of(Role::Tail).next().is_some())),
            above: of(Role::Body).filter(|(_, at)| at.0 == page).count(),
            pages: (page, tail_page),
            turns: (1..placed.len()).filter(|&i| placed[i].0 != placed[i - 1].0).collect(),
            shown: first.is_none_or(|(_, at)| at.0 == 1),
            lacking: whole - last.map_or(0.0, |(_, at)| at.1.max(0.0)),
        }
    }
}

impl Unit {
    fn is(&self, wanted: Role) -> bool {
        matches!(self, Unit::Frame { role, .. } if *role == wanted)
    }

    /// Text before an annex is neither above nor below what ends the document.
    pub fn forget(&mut self) {
        if let Unit::Frame { role, .. } = self {
            *role = Role::Behind;
        }
    }
}
