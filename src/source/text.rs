//! Bytes of a text file to text: UTF-8 is read, other encodings are guessed and named.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// Encodings that the program can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Gb18030,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// The name that an editor's “save as” dialogue shows.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Gb18030 => "GBK（GB18030）",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
        }
    }
}

/// The encoding that the bytes are probably in; `None` when they are no text.
pub fn guess(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Some(Encoding::Utf16Le);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Some(Encoding::Utf16Be);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return if is_binary(bytes) { guess_utf16(bytes) } else { Some(Encoding::Utf8) };
    }
    if let Some(utf16) = guess_utf16(bytes) {
        return Some(utf16);
    }
    if is_binary(bytes) {
        return None;
    }
    let (_, _, broken) = GB18030.decode(bytes);
    (!broken).then_some(Encoding::Gb18030)
}

/// Text without a byte-order mark; `None` when the bytes are no text in that encoding.
pub fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let (text, broken) = match encoding {
        Encoding::Utf8 => return String::from_utf8(strip_utf8_mark(bytes).to_vec()).ok(),
        Encoding::Gb18030 => GB18030.decode_without_bom_handling(bytes),
        Encoding::Utf16Le => UTF_16LE.decode_with_bom_removal(bytes),
        Encoding::Utf16Be => UTF_16BE.decode_with_bom_removal(bytes),
    };
    (!broken).then(|| text.into_owned())
}

/// The bytes behind a UTF-8 byte-order mark, if there is one.
pub fn strip_utf8_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes)
}

/// Half of the bytes of ASCII text in UTF-16 are zero, always on the same side.
fn guess_utf16(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    let encoding = match (even, odd) {
        (0, odd) if odd * 5 > pairs => Encoding::Utf16Le,
        (even, 0) if even * 5 > pairs => Encoding::Utf16Be,
        _ => return None,
    };
    // Binary files have zeros as well, but also control characters.
    let text = decode(head, encoding)?;
    text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\r' | '\n')).then_some(encoding)
}

fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(4096).any(|&b| b == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "名称,经费\n云溪镇,31.86\n";
        assert_eq!(guess(text.as_bytes()), Some(Encoding::Utf8));
        let (gbk, _, _) = GB18030.encode(text);
        assert_eq!(guess(&gbk), Some(Encoding::Gb18030));
        assert_eq!(decode(&gbk, Encoding::Gb18030).as_deref(), Some(text));
        let utf16: Vec<u8> = "年份: 2026\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(guess(&utf16), Some(Encoding::Utf16Le));
        assert_eq!(guess(&[0, 1, 2, 0xFF, 0, 3]), None);
    }
}
