//! A package inside a compound file ([MS-OFFCRYPTO] 2.3.4): standard and agile encryption.

use super::cipher::Cipher;
use super::{Hash, agile, key_units, u16_at, u32_at};

/// Rounds of hashing in the standard way.
const ROUNDS: u32 = 50_000;

/// The package that `encrypted` (the stream EncryptedPackage) holds by what `info` (the stream
/// EncryptionInfo) says; `None` when the default key does not fit.
pub fn package(info: &[u8], encrypted: &[u8]) -> Option<Vec<u8>> {
    let size = u64::from(u32_at(encrypted, 0)?) | u64::from(u32_at(encrypted, 4)?) << 32;
    let body = encrypted.get(8..)?;
    let mut package = match (u16_at(info, 0)?, u16_at(info, 2)?) {
        (4, 4) => agile::decrypt(info.get(8..)?, body)?,
        (2..=4, 2) => standard(info, body)?,
        _ => return None,
    };
    package.truncate(usize::try_from(size).ok()?);
    Some(package)
}

fn standard(info: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let header = info.get(12..12 + u32_at(info, 8)? as usize)?;
    let behind = info.get(12 + header.len()..)?;
    let (salt, verifier, stored) = (behind.get(4..20)?, behind.get(20..36)?, behind.get(40..72)?);
    let length = match u32_at(header, 16)? {
        0 => 16,
        bits @ (128 | 192 | 256) => bits as usize / 8,
        _ => return None,
    };
    let mut hash = Hash::Sha1.of(&[salt, &key_units()]);
    for round in 0..ROUNDS {
        hash = Hash::Sha1.of(&[&round.to_le_bytes(), &hash]);
    }
    hash = Hash::Sha1.of(&[&hash, &0u32.to_le_bytes()]);
    let half = |fill: u8| {
        let mut pad = [fill; 64];
        pad.iter_mut().zip(&hash).for_each(|(p, h)| *p ^= h);
        Hash::Sha1.of(&[&pad])
    };
    let mut key = [half(0x36), half(0x5C)].concat();
    key.truncate(length);
    let cipher = Cipher::new(&key)?;
    let plain = cipher.blocks(verifier);
    if Hash::Sha1.of(&[&plain]) != cipher.blocks(stored).get(..20)? {
        return None;
    }
    Some(cipher.blocks(body))
}
