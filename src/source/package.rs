//! The zip file around a workbook, checked before anything of it is believed: number and
//! names of its parts, sizes counted while inflating, ratio, DTDs.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use thiserror::Error;
use zip::ZipArchive;
use zip::result::ZipError;

use super::file::bytes_shown;
use super::text;
use crate::diagnostic::{Diagnostic, codes};

/// Most parts of one workbook.
pub const MAX_ENTRIES: usize = 1000;
/// Largest part, inflated, in bytes.
pub const MAX_PART_BYTES: u64 = 192 << 20;
/// Most bytes that a part may inflate to for each of its bytes …
pub const MAX_RATIO: u64 = 100;
/// … beyond this much, which all parts of a workbook share. A list of styles that grew over
/// years of copying is nearly all repetition, but small; what fills the memory is not.
pub const RATIO_GRACE_BYTES: u64 = 24 << 20;

/// Why a package is refused.
#[derive(Debug, Error)]
pub enum PackageError {
    #[error("文件损坏或不完整：在 {0} 处截断，读不到目录")]
    Truncated(String),
    #[error("文件损坏：压缩包的目录读不出来")]
    Broken,
    #[error("文件损坏：部件“{0}”解不开")]
    PartBroken(String),
    #[error("压缩包里有 {seen} 个部件，超过上限 {limit}")]
    TooMany { seen: usize, limit: usize },
    #[error("压缩包里有两个同名部件“{0}”，不知道该信哪一个")]
    Duplicate(String),
    #[error("部件名“{0}”指向压缩包之外")]
    Climbing(String),
    #[error("部件“{part}”解开后超过上限 {limit}")]
    TooLarge { part: String, limit: String },
    #[error("部件“{part}”压缩比超过 {limit} 倍（{packed} 解出 {seen} 以上），像是压缩炸弹")]
    Ratio { part: String, packed: String, seen: String, limit: u64 },
    #[error("部件“{0}”里有 DTD 或实体定义，正常的工作簿不会有")]
    Doctype(String),
    #[error("部件“{0}”不是文本")]
    NotText(String),
    #[error("压缩包加了密码")]
    Encrypted,
    #[error("缺少部件“{0}”")]
    Missing(String),
}

impl PackageError {
    /// The message with what to do.
    pub fn diagnostic(&self) -> Diagnostic {
        use PackageError as E;
        let (code, help) = match self {
            E::Truncated(_) => (codes::S020, "文件没有下载或拷贝完整，请重新取一份"),
            E::Broken | E::PartBroken(_) | E::Missing(_) | E::NotText(_) => {
                (codes::S020, "用 Excel 或 WPS 打开（必要时修复）后另存为 .xlsx")
            }
            E::TooMany { .. } | E::TooLarge { .. } | E::Ratio { .. } => {
                (codes::S021, "删去大片空白格式、图片和无关的表，或只把数据复制到新工作簿再存")
            }
            E::Duplicate(_) | E::Climbing(_) | E::Doctype(_) => {
                (codes::S022, "这不是正常软件存出的文件；用 Excel 或 WPS 打开后另存为新文件，来历不明的不要用")
            }
            E::Encrypted => (codes::S023, "打开后去掉密码，再另存一份"),
        };
        Diagnostic::new(code, self.to_string()).help(help)
    }
}

/// A checked zip file in memory.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Part names as stored.
    names: Vec<String>,
    /// What is left of [`RATIO_GRACE_BYTES`].
    grace: u64,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, PackageError> {
        let names = directory(bytes)?;
        if names.len() > MAX_ENTRIES {
            return Err(PackageError::TooMany { seen: names.len(), limit: MAX_ENTRIES });
        }
        let mut seen = BTreeSet::new();
        for name in &names {
            let clean = name.replace('\\', "/");
            if clean.starts_with('/') && clean.starts_with("//")
                || clean.split('/').any(|s| s == "..")
                || clean.contains('\0')
            {
                return Err(PackageError::Climbing(name.clone()));
            }
            if !seen.insert(clean.trim_start_matches('/').to_lowercase()) {
                return Err(PackageError::Duplicate(name.clone()));
            }
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageError::Broken)?;
        Ok(Package { archive, names, grace: RATIO_GRACE_BYTES })
    }

    /// Names of all parts.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The stored spelling of a part's name; parts are found without regard to case.
    pub fn find(&self, part: &str) -> Option<String> {
        let wanted = part.trim_start_matches('/');
        let same = |n: &&String| n.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(wanted);
        self.names.iter().find(|n| n.as_str() == wanted).or_else(|| self.names.iter().find(same)).cloned()
    }

    /// The bytes of a part; `None` when there is no such part.
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, PackageError> {
        let Some(name) = self.find(part) else { return Ok(None) };
        let file = match self.archive.by_name(&name) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(PackageError::Encrypted),
            Err(_) => return Err(PackageError::PartBroken(name)),
        };
        let packed = file.compressed_size();
        let mut out = Vec::with_capacity(file.size().min(packed.saturating_mul(20)).min(32 << 20) as usize);
        // Read up to what the ratio allows; one byte more is too much.
        let by_ratio = packed.saturating_mul(MAX_RATIO);
        let limit = by_ratio.max(self.grace).min(MAX_PART_BYTES);
        let mut limited = file.take(limit + 1);
        limited.read_to_end(&mut out).map_err(|_| PackageError::PartBroken(name.clone()))?;
        if out.len() as u64 > limit {
            return Err(if limit == MAX_PART_BYTES {
                PackageError::TooLarge { part: name, limit: bytes_shown(MAX_PART_BYTES) }
            } else {
                PackageError::Ratio {
                    part: name,
                    packed: bytes_shown(packed),
                    seen: bytes_shown(limit),
                    limit: MAX_RATIO,
                }
            });
        }
        if out.len() as u64 > by_ratio {
            self.grace -= (out.len() as u64).min(self.grace);
        }
        Ok(Some(out))
    }

    /// The text of an XML part without a DTD; `None` when there is no such part.
    pub fn xml(&mut self, part: &str) -> Result<Option<String>, PackageError> {
        let Some(bytes) = self.bytes(part)? else { return Ok(None) };
        let not_text = || PackageError::NotText(part.to_string());
        let encoding = match bytes.get(..2) {
            Some([0xFF, 0xFE] | [b'<', 0]) => text::Encoding::Utf16Le,
            Some([0xFE, 0xFF] | [0, b'<']) => text::Encoding::Utf16Be,
            _ => text::Encoding::Utf8,
        };
        let text = match encoding {
            text::Encoding::Utf8 if !bytes.starts_with(&[0xEF, 0xBB, 0xBF]) => {
                String::from_utf8(bytes).map_err(|_| not_text())?
            }
            _ => text::decode(&bytes, encoding).ok_or_else(not_text)?,
        };
        if has_doctype(&text) {
            return Err(PackageError::Doctype(part.to_string()));
        }
        Ok(Some(text))
    }

    /// Refuses a package in which any XML part begins with a DTD, read or not.
    pub fn refuse_doctypes(&mut self) -> Result<(), PackageError> {
        const HEAD: u64 = 4 << 10;
        for name in self.names.clone() {
            let lower = name.to_lowercase();
            if ![".xml", ".rels", ".vml", ".xsd"].iter().any(|end| lower.ends_with(end)) {
                continue;
            }
            let Ok(file) = self.archive.by_name(&name) else { continue };
            let mut head = Vec::new();
            // A part that cannot be read is told where it is needed.
            if file.take(HEAD).read_to_end(&mut head).is_ok() && has_doctype(&String::from_utf8_lossy(&head)) {
                return Err(PackageError::Doctype(name));
            }
        }
        Ok(())
    }
}

/// A DTD stands before the root element.
fn has_doctype(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            rest.find("?>").map(|i| i + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|i| i + 3)
        } else {
            return rest.get(..9).is_some_and(|s| s.eq_ignore_ascii_case("<!DOCTYPE"));
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return false,
        }
    }
}

/// Names in the central directory, repeated ones included: the archive's own index keeps
/// only one of each.
fn directory(bytes: &[u8]) -> Result<Vec<String>, PackageError> {
    let u16_at = |at: usize| bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let u32_at = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = (tail..bytes.len().saturating_sub(21)).rev().find(|&i| bytes[i..].starts_with(b"PK\x05\x06"));
    let Some(end) = end else {
        return Err(PackageError::Truncated(bytes_shown(bytes.len() as u64)));
    };
    let claimed = u32_at(end + 16).unwrap_or(0) as usize;
    let size = u32_at(end + 12).unwrap_or(0) as usize;
    // Bytes before the archive shift all offsets; the size counts back from the end.
    let counted = end.saturating_sub(size);
    let starts_entry = |at: usize| bytes.get(at..at + 4) == Some(b"PK\x01\x02");
    let mut at = if starts_entry(claimed) { claimed } else { counted };
    let mut names = Vec::new();
    while starts_entry(at) {
        let field = |offset: usize| u16_at(at + offset).map(usize::from).ok_or(PackageError::Broken);
        let (name, extra, comment) = (field(28)?, field(30)?, field(32)?);
        let raw = bytes.get(at + 46..at + 46 + name).ok_or(PackageError::Broken)?;
        names.push(String::from_utf8_lossy(raw).into_owned());
        at += 46 + name + extra + comment;
        if names.len() > MAX_ENTRIES {
            let seen = (u16_at(end + 10).unwrap_or(0) as usize).max(names.len());
            return Err(PackageError::TooMany { seen, limit: MAX_ENTRIES });
        }
    }
    if names.is_empty() {
        return Err(PackageError::Broken);
    }
    Ok(names)
}
