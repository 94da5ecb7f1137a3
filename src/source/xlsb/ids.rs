//! Numbers of records ([MS-XLSB] 2.3).

pub const ROW_HEADER: u32 = 0;
pub const CELL_RK: u32 = 2;
pub const CELL_ERROR: u32 = 3;
pub const CELL_BOOL: u32 = 4;
pub const CELL_REAL: u32 = 5;
/// A text in the cell itself.
pub const CELL_TEXT: u32 = 6;
/// The number of a shared text.
pub const CELL_SHARED: u32 = 7;
/// The same as results of formulas.
pub const FORMULA_TEXT: u32 = 8;
pub const FORMULA_REAL: u32 = 9;
pub const FORMULA_BOOL: u32 = 10;
pub const FORMULA_ERROR: u32 = 11;
pub const SHARED_ITEM: u32 = 19;
pub const FORMAT: u32 = 44;
pub const XF: u32 = 47;
pub const COL_INFO: u32 = 60;
pub const WORKBOOK_PROPERTIES: u32 = 153;
/// A sheet of the workbook.
pub const BUNDLE_SHEET: u32 = 156;
pub const MERGE_CELL: u32 = 176;
pub const BEGIN_CELL_XFS: u32 = 617;
pub const END_CELL_XFS: u32 = 618;
