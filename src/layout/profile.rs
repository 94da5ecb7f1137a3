//! 版面: what offices change of the standard. Every change is named with its clause.

use serde::{Deserialize, Serialize};

use super::fonts::Choice;
use super::grid::Grid;
use super::standard::{Face, PAGE_HEIGHT, twip};
use super::terms::NumberForm;

/// Changes to the layout of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Margins, lines, characters and sizes of a page.
    pub grid: Grid,
    /// What an office says of lines, characters and pitch itself; the rest follows from margins and size.
    pub asked: Asked,
    /// Line pitch of the body, pt: the grid's, another that an office asks for, or what 7.3.5.5 made of it.
    pub pitch: f64,
    /// How a page number is written.
    pub number_form: NumberForm,
    /// The first page has its number, too.
    pub number_first: bool,
    /// Page number in the middle of the foot instead of the outer side.
    pub number_centred: bool,
    /// Even pages take the binding margin at their right.
    pub mirrored: bool,
    /// Headings of level 3 in 黑体 instead of a bold that 仿宋 does not have.
    pub level_3_strong: bool,
    /// Charts of the DOCX are pictures, which nobody can edit.
    pub chart_pictures: bool,
    /// Class of the title, and of the titles of annexes.
    pub title_face: Face,
    /// What an office changes of the headings of level 1–4.
    pub headings: [Heading; 4],
    /// 套打: the paper has the red mark and rules already.
    pub preprinted: bool,
    /// 编号: 自动. Word counts the headings itself.
    pub numbered: bool,
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

/// What 版面 says of the grid itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// 每面行数.
    pub lines: Option<u32>,
    /// 每行字数.
    pub cells: Option<u32>,
    /// 行距, pt.
    pub pitch: Option<f64>,
}

/// What 版面 changes of the headings of a level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heading {
    /// Another class than that of 7.3.3.
    pub face: Option<Face>,
    /// Another size than the body's, pt, where it stands on a line of its own.
    pub size: Option<f64>,
    /// Drawn bolder.
    pub bold: bool,
}

/// How a heading is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Class of its face.
    pub face: Face,
    /// pt.
    pub size: f64,
    /// Drawn bolder.
    pub bold: bool,
}

/// What a page may have below its last line and be called filled, twip.
const FILLED: i32 = 40;

/// What the margins of a page may be rounded by, twip.
const ROUNDED: i32 = 4;

impl Default for Profile {
    fn default() -> Self {
        Profile {
            grid: Grid::default(),
            pitch: Grid::default().pitch(),
            asked: Asked::default(),
            number_form: NumberForm::Dashes,
            number_first: true,
            number_centred: false,
            mirrored: false,
            level_3_strong: false,
            chart_pictures: false,
            title_face: Face::XiaoBiaoSong,
            headings: Default::default(),
            preprinted: false,
            numbered: false,
            faces: Choice::default(),
            colophon: ColophonPage::Last,
            addressee_below: false,
            carried: 0,
            ends_mirrored: false,
            marked: false,
        }
    }
}

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

impl Profile {
    /// The profile of a document that came out with so many pages.
    pub fn ending(self, pages: usize) -> Profile {
        Profile { ends_mirrored: self.mirrored && pages.is_multiple_of(2), ..self }
    }

    /// Line pitch of the body in a DOCX, twip: the standard's own is cut so that 22 lines fit.
    pub fn pitch_twip(&self) -> i32 {
        // Word measures margins in whole twips, LibreOffice in hundredths of a millimetre: what is left holds the
        // lines by either.
        let room = twip(PAGE_HEIGHT) - twip(self.grid.top) - twip(self.grid.bottom) - ROUNDED;
        let own = (self.pitch - self.grid.pitch()).abs() < 0.01;
        if own { room / self.grid.lines as i32 } else { (self.pitch * 20.0).floor() as i32 }
    }

    /// Whether lines of that pitch fill the page. LibreOffice moves the text to the middle of a grid that does not;
    /// lines of exact height need none.
    pub fn on_grid(&self) -> bool {
        let room = twip(PAGE_HEIGHT) - twip(self.grid.top) - twip(self.grid.bottom);
        room % self.pitch_twip() <= FILLED
    }

    /// Face, size and weight of a heading of level 1–4 on a line of its own.
    pub fn heading(&self, level: u8) -> Look {
        let Heading { face, size, bold } = self.headings[usize::from(level.clamp(1, 4) - 1)];
        let strong = level == 3 && self.level_3_strong;
        let face = face.unwrap_or(if strong { Face::Hei } else { Face::of_heading(level) });
        Look { face, size: size.unwrap_or(self.grid.size), bold }
    }

    /// Lines, characters and pitch where they follow from the rest.
    pub fn fill(&mut self) {
        let (lines, cells) = self.grid.natural();
        self.grid.lines = self.asked.lines.unwrap_or(lines);
        self.grid.cells = self.asked.cells.unwrap_or(cells);
        self.pitch = self.asked.pitch.unwrap_or(self.grid.pitch());
    }
}
