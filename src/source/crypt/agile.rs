//! Agile encryption ([MS-OFFCRYPTO] 2.3.4.10 to 15): an XML part says how.

use quick_xml::events::BytesStart;

use super::cipher::Cipher;
use super::{Hash, key_units};
use crate::source::xml::{Step, XmlReader, attribute, name};

/// Most rounds of hashing that are done; spreadsheets ask for 100,000.
const MAX_ROUNDS: u32 = 1_000_000;
/// Bytes that are encrypted with one start.
const SEGMENT: usize = 4096;
/// Purposes of keys that come from the same password.
const VERIFIER_INPUT: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const KEY_VALUE: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// What an element says of its cipher.
struct Parameters {
    hash: Hash,
    salt: Vec<u8>,
    key_bytes: usize,
}

impl Parameters {
    fn of(element: &BytesStart<'_>) -> Option<Self> {
        let get = |key| attribute(element, key);
        let number = |key| get(key).and_then(|v| v.trim().parse::<usize>().ok());
        let usual = get("cipherAlgorithm")?.eq_ignore_ascii_case("AES")
            && get("cipherChaining")?.eq_ignore_ascii_case("ChainingModeCBC")
            && number("blockSize")? == 16;
        Some(Parameters {
            hash: Hash::named(&get("hashAlgorithm")?)?,
            salt: base64(&get("saltValue")?)?,
            key_bytes: number("keyBits").filter(|_| usual)? / 8,
        })
    }

    /// A hash cut or filled up to a length.
    fn fitted(mut hash: Vec<u8>, length: usize) -> Vec<u8> {
        hash.resize(length.min(64), 0x36);
        hash
    }
}

/// The package; `None` when the default key does not fit.
pub(super) fn decrypt(description: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(description).ok()?;
    let mut reader = XmlReader::new(text);
    let (mut data, mut secret) = (None, None);
    loop {
        match reader.step().ok()? {
            Step::End => break,
            Step::Open(element) => match name(&element) {
                b"keyData" => data = Parameters::of(&element),
                b"encryptedKey" if secret.is_none() => secret = key(&element),
                _ => {}
            },
            _ => {}
        }
    }
    let (data, cipher) = (data?, Cipher::new(&secret?)?);
    let mut package = Vec::with_capacity(body.len());
    for (i, segment) in body.chunks(SEGMENT).enumerate() {
        let start = Parameters::fitted(data.hash.of(&[&data.salt, &(i as u32).to_le_bytes()]), 16);
        package.extend(cipher.chained(segment, Some(&start)));
    }
    Some(package)
}

/// The key of the package that the element holds, encrypted by the password.
fn key(element: &BytesStart<'_>) -> Option<Vec<u8>> {
    let by = Parameters::of(element)?;
    let rounds: u32 = attribute(element, "spinCount")?.trim().parse().ok().filter(|rounds| *rounds <= MAX_ROUNDS)?;
    let mut hash = by.hash.of(&[&by.salt, &key_units()]);
    for round in 0..rounds {
        hash = by.hash.of(&[&round.to_le_bytes(), &hash]);
    }
    let start = Parameters::fitted(by.salt.clone(), 16);
    let value = |key: &str, purpose: &[u8]| {
        let cipher = Cipher::new(&Parameters::fitted(by.hash.of(&[&hash, purpose]), by.key_bytes))?;
        Some(cipher.chained(&base64(&attribute(element, key)?)?, Some(&start)))
    };
    let input = value("encryptedVerifierHashInput", &VERIFIER_INPUT)?;
    let stored = value("encryptedVerifierHashValue", &VERIFIER_HASH)?;
    let expected = by.hash.of(&[input.get(..by.salt.len().min(input.len()))?]);
    if stored.get(..expected.len())? != expected {
        return None;
    }
    let mut secret = value("encryptedKeyValue", &KEY_VALUE)?;
    secret.truncate(by.key_bytes);
    Some(secret)
}

/// Bytes written in the 64 letters of base64.
fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut bits, mut count) = (Vec::with_capacity(text.len()), 0u32, 0);
    for byte in text.bytes().filter(|b| !b.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn letters_to_bytes() {
        assert_eq!(base64("5p2R"), Some("村".as_bytes().to_vec()));
        assert_eq!(base64("YWI="), Some(b"ab".to_vec()));
        assert_eq!(base64("YQ=="), Some(b"a".to_vec()));
        assert_eq!(base64("Y*=="), None);
    }
}
