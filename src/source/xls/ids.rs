//! Numbers of records ([MS-XLS] 2.3).

pub const EOF: u16 = 0x0A;
pub const FORMULA: u16 = 0x06;
pub const DATE_1904: u16 = 0x22;
pub const FILE_PASS: u16 = 0x2F;
pub const CONTINUE: u16 = 0x3C;
pub const CODE_PAGE: u16 = 0x42;
pub const COL_INFO: u16 = 0x7D;
pub const BOUND_SHEET: u16 = 0x85;
pub const MUL_RK: u16 = 0xBD;
pub const RICH_STRING: u16 = 0xD6;
pub const XF: u16 = 0xE0;
pub const INTERFACE_HDR: u16 = 0xE1;
pub const MERGE_CELLS: u16 = 0xE5;
/// The table of shared texts.
pub const SST: u16 = 0xFC;
pub const LABEL_SST: u16 = 0xFD;
pub const RRD_HEAD: u16 = 0x138;
pub const USR_EXCL: u16 = 0x194;
pub const FILE_LOCK: u16 = 0x195;
pub const RRD_INFO: u16 = 0x196;
pub const NUMBER: u16 = 0x203;
pub const LABEL: u16 = 0x204;
pub const BOOL_ERR: u16 = 0x205;
/// The text that a formula gave.
pub const STRING: u16 = 0x207;
pub const ROW: u16 = 0x208;
pub const RK: u16 = 0x27E;
pub const FORMAT: u16 = 0x41E;
/// Beginning of the stream of a workbook or sheet; that of Excel 2, 3 and 4 has other numbers.
pub const BOF: u16 = 0x809;
pub const OLD_BOFS: [u16; 3] = [0x009, 0x209, 0x409];

/// Versions in a BOF record, and its kind of stream for a worksheet.
pub const VERSION_5: u16 = 0x500;
pub const VERSION_8: u16 = 0x600;
pub const WORKSHEET: u16 = 0x10;
