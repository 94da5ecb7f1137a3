//! Workbooks that are encrypted with the well-known default key. A spreadsheet does so when a
//! file is protected against changes only, and opens it without asking for a password.

mod agile;
mod cipher;
mod package;
mod stream;

use md5::Md5;
pub use package::package;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
pub use stream::workbook_stream;

/// The default key ([MS-OFFCRYPTO] 2.3.7.1, [MS-XLS] 2.2.10).
const DEFAULT_KEY: &str = "VelvetSweatshop";

/// The key as the algorithms take it.
fn key_units() -> Vec<u8> {
    DEFAULT_KEY.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Hash functions that encrypted workbooks name.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().replace('-', "").as_str() {
            "MD5" => Some(Hash::Md5),
            "SHA1" => Some(Hash::Sha1),
            "SHA256" => Some(Hash::Sha256),
            "SHA384" => Some(Hash::Sha384),
            "SHA512" => Some(Hash::Sha512),
            _ => None,
        }
    }

    /// The hash of some pieces in a row.
    fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn run<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            pieces.iter().for_each(|piece| digest.update(piece));
            digest.finalize().to_vec()
        }
        match self {
            Hash::Md5 => run::<Md5>(pieces),
            Hash::Sha1 => run::<Sha1>(pieces),
            Hash::Sha256 => run::<Sha256>(pieces),
            Hash::Sha384 => run::<Sha384>(pieces),
            Hash::Sha512 => run::<Sha512>(pieces),
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}
