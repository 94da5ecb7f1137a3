//! Texts of one record: UTF-16 in Excel 97 and later, bytes of a code page in Excel 5.0 and 95.

use encoding_rs::Encoding;

use super::records::{Parts, u16_at};

/// How a workbook writes its texts.
#[derive(Clone, Copy, Default)]
pub enum Texts {
    #[default]
    Wide,
    Bytes(Option<&'static Encoding>),
}

impl Texts {
    /// A text with its length in `prefix` bytes (1 or 2) before it.
    pub fn read(self, data: &[u8], prefix: usize) -> Option<String> {
        let length = if prefix == 1 { usize::from(*data.first()?) } else { u16_at(data, 0)?.into() };
        let rest = data.get(prefix..)?;
        match self {
            Texts::Wide => {
                let mut parts = Parts::new(vec![rest]);
                let flags = parts.byte()?;
                parts.chars(length, flags & 1 != 0)
            }
            Texts::Bytes(encoding) => {
                let bytes = rest.get(..length)?;
                // Without a code page: that of the offices here; ASCII is the same in all.
                Some(encoding.unwrap_or(encoding_rs::GB18030).decode_without_bom_handling(bytes).0.into_owned())
            }
        }
    }
}

/// The encoding of a code page of Windows.
pub fn encoding(code_page: u16) -> Option<&'static Encoding> {
    Some(match code_page {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 | 54936 => encoding_rs::GB18030,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1200 => encoding_rs::UTF_16LE,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 32769 => encoding_rs::WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 | 32768 => encoding_rs::MACINTOSH,
        _ => return None,
    })
}
