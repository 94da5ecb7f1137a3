//! The stream of a binary workbook ([MS-XLS] 2.2.10): XOR, RC4 and RC4 by the CryptoAPI.

use rc4::{KeyInit, Rc4, StreamCipher};

use super::{Hash, key_units, u16_at, u32_at};
use crate::source::xls::ids::{BOF, BOUND_SHEET, FILE_LOCK, FILE_PASS, INTERFACE_HDR, RRD_HEAD, RRD_INFO, USR_EXCL};

/// Bytes of the stream that one key serves.
const BLOCK: usize = 1024;
/// Key and check word that the default key gives by XOR obfuscation, and its 16 bytes
/// ([MS-OFFCRYPTO] 2.3.7.2).
const XOR_KEY: [u16; 2] = [0xB359, 0x9A0A];
const XOR_BYTES: [u8; 16] =
    [0x3C, 0x5B, 0xD4, 0x17, 0xF0, 0x1F, 0x28, 0x13, 0xF0, 0x4B, 0xB4, 0x03, 0xC4, 0x73, 0xA4, 0x20];

/// Records that stay as they are.
const PLAIN: [u16; 7] = [BOF, FILE_PASS, INTERFACE_HDR, RRD_HEAD, USR_EXCL, FILE_LOCK, RRD_INFO];

enum Key {
    Xor,
    /// MD5 of the first five bytes and the number of the block.
    Short([u8; 5]),
    /// SHA-1 of the 20 bytes and the number of the block, cut to so many bytes.
    CryptoApi(Vec<u8>, usize),
}

/// The cipher of one block and the place of its next byte in the stream.
struct State {
    block: usize,
    next: usize,
    rc4: Rc4,
}

/// Decrypts the stream in place by what its FilePass record says (`pass`); false when the
/// default key does not fit.
pub fn workbook_stream(stream: &mut [u8], pass: &[u8], wide: bool) -> bool {
    let Some(key) = key(pass, wide) else { return false };
    let mut state = None;
    let mut at = 0;
    while let (Some(id), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let (from, to) = (at + 4, at + 4 + usize::from(length));
        let Some(data) = stream.get_mut(from..to) else { break };
        at = to;
        // The place of a sheet in the stream is needed without a key.
        let skipped = match id {
            id if PLAIN.contains(&id) => continue,
            BOUND_SHEET => 4,
            _ => 0,
        };
        for (i, byte) in data.iter_mut().enumerate().skip(skipped) {
            match &key {
                Key::Xor => *byte = byte.rotate_left(3) ^ XOR_BYTES[(to + i) & 15],
                _ => *byte ^= key.byte_at(from + i, &mut state),
            }
        }
    }
    true
}

impl Key {
    /// The byte of the key stream that belongs to a place of the workbook's stream.
    fn byte_at(&self, at: usize, state: &mut Option<State>) -> u8 {
        let block = at / BLOCK;
        if state.as_ref().is_none_or(|s| s.block != block) {
            *state = self.cipher(block as u32).map(|rc4| State { block, next: block * BLOCK, rc4 });
        }
        let Some(state) = state else { return 0 };
        let mut byte = [0u8];
        // Bytes that are not encrypted use up the key stream as well.
        while state.next <= at {
            byte = [0];
            state.rc4.apply_keystream(&mut byte);
            state.next += 1;
        }
        byte[0]
    }

    fn cipher(&self, block: u32) -> Option<Rc4> {
        let block = block.to_le_bytes();
        match self {
            Key::Xor => None,
            Key::Short(base) => Rc4::new_from_slice(&Hash::Md5.of(&[base, &block])).ok(),
            Key::CryptoApi(base, length) => {
                let mut key = Hash::Sha1.of(&[base, &block]);
                key.truncate(*length);
                // A key of 40 bits is filled up with zeros.
                if *length == 5 {
                    key.resize(16, 0);
                }
                Rc4::new_from_slice(&key).ok()
            }
        }
    }

    /// Whether the key gives a hash that is stored beside what it is a hash of.
    fn fits(&self, hash: Hash, verifier: &[u8], stored: &[u8]) -> Option<bool> {
        let mut cipher = self.cipher(0)?;
        let (mut verifier, mut stored) = (verifier.to_vec(), stored.to_vec());
        cipher.apply_keystream(&mut verifier);
        cipher.apply_keystream(&mut stored);
        Some(hash.of(&[&verifier]) == stored)
    }
}

/// The key of a stream, where the default key is the right one.
fn key(pass: &[u8], wide: bool) -> Option<Key> {
    // Excel 5.0 knew one way only and does not name it.
    let (kind, rest) = if wide { (u16_at(pass, 0)?, pass.get(2..)?) } else { (0, pass) };
    if kind == 0 {
        return ([u16_at(rest, 0)?, u16_at(rest, 2)?] == XOR_KEY).then_some(Key::Xor);
    }
    let (major, minor, rest) = (u16_at(rest, 0)?, u16_at(rest, 2)?, rest.get(4..)?);
    match (major, minor) {
        (1, 1) => {
            let (salt, verifier, stored) = (rest.get(..16)?, rest.get(16..32)?, rest.get(32..48)?);
            let first = Hash::Md5.of(&[&key_units()]);
            let pieces: Vec<&[u8]> = (0..16).flat_map(|_| [&first[..5], salt]).collect();
            let key = Key::Short(Hash::Md5.of(&pieces).get(..5)?.try_into().ok()?);
            key.fits(Hash::Md5, verifier, stored)?.then_some(key)
        }
        (2..=4, 2) => {
            // Flags, size of the header, the header, then salt and verifier.
            let header = rest.get(8..8 + u32_at(rest, 4)? as usize)?;
            let bits = u32_at(header, 16)?;
            let behind = rest.get(8 + header.len()..)?;
            let (salt, verifier, stored) = (behind.get(4..20)?, behind.get(20..36)?, behind.get(40..60)?);
            let length = if bits == 0 { 5 } else { (bits / 8).clamp(5, 16) as usize };
            let key = Key::CryptoApi(Hash::Sha1.of(&[salt, &key_units()]), length);
            key.fits(Hash::Sha1, verifier, stored)?.then_some(key)
        }
        _ => None,
    }
}
