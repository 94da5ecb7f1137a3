//! The small handle that every value from a file carries.

/// Number of a source in its [`SourceMap`](super::SourceMap).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// Where a value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file, or what stands for one (the command line).
    pub source: SourceId,
    /// The place inside it.
    pub place: Place,
}

/// A place inside one source. Lines and columns of text count from 1 in characters;
/// rows and columns of cells count from 0, as the readers give them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The source as a whole.
    Whole,
    /// A stretch of text; `length` in characters.
    Text {
        /// From 1.
        line: u32,
        /// Of the first character, from 1.
        column: u32,
        /// In characters; 0 for a place between two.
        length: u32,
    },
    /// A sheet of a workbook, by its number in the source's list of names.
    Sheet(u16),
    /// A cell of a sheet.
    Cell {
        /// Number of the sheet in the source's list of names, from 0.
        sheet: u16,
        /// From 0: row 7 of the screen is 6.
        row: u32,
        /// From 0: column C is 2.
        column: u32,
    },
}

impl Origin {
    /// A source as a whole: a file that cannot be opened.
    pub fn whole(source: SourceId) -> Self {
        Origin { source, place: Place::Whole }
    }

    /// A stretch of `length` characters; line and column from 1.
    pub fn text(source: SourceId, line: u32, column: u32, length: u32) -> Self {
        Origin { source, place: Place::Text { line, column, length } }
    }

    /// A part of this place: `skip` characters in, `length` long. What is no text stays whole.
    pub fn part(self, skip: u32, length: u32) -> Self {
        match self.place {
            Place::Text { line, column, .. } => Origin::text(self.source, line, column + skip, length),
            _ => self,
        }
    }

    /// Characters of a stretch of text; 1 where the place is no text.
    pub fn length(self) -> u32 {
        match self.place {
            Place::Text { length, .. } => length,
            _ => 1,
        }
    }

    /// A sheet by its number in the source's list of names, from 0.
    pub fn sheet(source: SourceId, sheet: u16) -> Self {
        Origin { source, place: Place::Sheet(sheet) }
    }

    /// A cell; all three from 0, so that `C7` of the first sheet is (0, 6, 2).
    pub fn cell(source: SourceId, sheet: u16, row: u32, column: u32) -> Self {
        Origin { source, place: Place::Cell { sheet, row, column } }
    }
}

/// Letters of a column that counts from 0: 0 is `A`, 26 is `AA`.
pub fn column_name(column: u32) -> String {
    let mut rest = column as u64 + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = ((rest - 1) % 26) as u8;
        letters.push(b'A' + digit);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&b| b as char).collect()
}

/// Address of a cell whose row and column count from 0: (6, 2) is `C7`.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_addresses() {
        assert_eq!(cell_name(6, 2), "C7");
        assert_eq!(column_name(25), "Z");
        assert_eq!(column_name(26), "AA");
        assert_eq!(column_name(16383), "XFD");
    }
}
