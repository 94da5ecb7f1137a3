//! Workbooks encrypted by each of the known ways: with the default key they are read, with any
//! other they ask for the password to be taken off.

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes256, Block};
use huibao::source::sheet::RawValue;
use huibao::source::workbook;
use md5::Md5;
use rc4::{Rc4, StreamCipher};
use sha1::Sha1;
use sha2::{Digest, Sha512};

use crate::data_makers::{Sample, container, xls_stream, xlsx};

const DEFAULT: &str = "VelvetSweatshop";
const OTHER: &str = "password";
const SALT: [u8; 16] = *b"0123456789abcdef";
const SECRET: [u8; 16] = *b"a verifier of 16";

fn samples() -> Vec<Sample> {
    // More than one block of 1024 bytes.
    (0..90)
        .map(|i| Sample {
            code: format!("0.0\"万元{i}\""),
            value: f64::from(i) + 0.5,
            shown: String::new(),
            ods: Default::default(),
        })
        .collect()
}

fn hash<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    pieces.iter().for_each(|p| digest.update(p));
    digest.finalize().to_vec()
}

fn units(key: &str) -> Vec<u8> {
    key.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut out = data.to_vec();
    Rc4::new_from_slice(key).expect("a key").apply_keystream(&mut out);
    out
}

/// Encrypts what a binary workbook encrypts by a key stream for the whole of it.
fn xls_by(mut stream: Vec<u8>, change: &dyn Fn(usize, usize, u8) -> u8) -> Vec<u8> {
    let mut at = 0;
    while at + 4 <= stream.len() {
        let id = u16::from_le_bytes([stream[at], stream[at + 1]]);
        let length = usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
        let from = at + 4;
        at = from + length;
        if matches!(id, 0x809 | 0x2F) {
            continue;
        }
        let skipped = if id == 0x85 { 4 } else { 0 };
        for (place, byte) in stream.iter_mut().enumerate().take(at).skip(from + skipped) {
            *byte = change(place, at - from, *byte);
        }
    }
    stream
}

/// RC4 with a key for each block of 1024 bytes.
fn xls_by_rc4(pass: &[u8], key: &dyn Fn(u32) -> Vec<u8>) -> Vec<u8> {
    let stream = xls_stream(&samples(), true, Some(pass));
    let blocks: Vec<Vec<u8>> = (0..=stream.len() / 1024).map(|b| rc4(&key(b as u32), &[0; 1024])).collect();
    let stream = xls_by(stream, &|place, _, byte| byte ^ blocks[place / 1024][place % 1024]);
    container(&[("Workbook", &stream)])
}

fn short_key(password: &str) -> impl Fn(u32) -> Vec<u8> {
    let first = hash::<Md5>(&[&units(password)]);
    let base = hash::<Md5>(&[&[&first[..5], &SALT].concat().repeat(16)]);
    move |block| hash::<Md5>(&[&base[..5], &block.to_le_bytes()])
}

fn xls_rc4(password: &str) -> Vec<u8> {
    let key = short_key(password);
    let checked = rc4(&key(0), &[&SECRET[..], &hash::<Md5>(&[&SECRET])].concat());
    xls_by_rc4(&[&[1, 0, 1, 0, 1, 0][..], &SALT, &checked].concat(), &key)
}

fn xls_crypto_api(password: &str) -> Vec<u8> {
    let base = hash::<Sha1>(&[&SALT, &units(password)]);
    let key = move |block: u32| hash::<Sha1>(&[&base, &block.to_le_bytes()])[..16].to_vec();
    let checked = rc4(&key(0), &[&SECRET[..], &hash::<Sha1>(&[&SECRET])].concat());
    let mut header = [0u8; 32];
    header[16..20].copy_from_slice(&128u32.to_le_bytes());
    let pass = [
        &[1, 0, 2, 0, 2, 0][..],
        &[4, 0, 0, 0],
        &(header.len() as u32).to_le_bytes(),
        &header,
        &16u32.to_le_bytes(),
        &SALT,
        &checked[..16],
        &20u32.to_le_bytes(),
        &checked[16..],
    ]
    .concat();
    xls_by_rc4(&pass, &key)
}

/// XOR obfuscation: key, check word and bytes of the default key.
fn xls_xor(wide: bool, check: [u8; 4]) -> Vec<u8> {
    const BYTES: [u8; 16] =
        [0x3C, 0x5B, 0xD4, 0x17, 0xF0, 0x1F, 0x28, 0x13, 0xF0, 0x4B, 0xB4, 0x03, 0xC4, 0x73, 0xA4, 0x20];
    let pass = if wide { [&[0, 0][..], &check].concat() } else { check.to_vec() };
    let stream = xls_stream(&samples(), wide, Some(&pass));
    // The index counts from the end of the record's data.
    let mut from = 0;
    let mut starts = vec![0; stream.len()];
    while from + 4 <= stream.len() {
        let length = usize::from(u16::from_le_bytes([stream[from + 2], stream[from + 3]]));
        starts[from + 4..from + 4 + length].fill(from + 4);
        from += 4 + length;
    }
    let stream = xls_by(stream, &|place, length, byte| {
        (byte ^ BYTES[(starts[place] + length + place - starts[place]) % 16]).rotate_right(3)
    });
    container(&[(if wide { "Workbook" } else { "Book" }, &stream)])
}

enum Aes {
    Short(Box<Aes128>),
    Long(Box<Aes256>),
}

/// AES over whole blocks, chained from `start` on where it is given.
fn aes(key: &[u8], data: &[u8], start: Option<&[u8]>) -> Vec<u8> {
    let cipher = if key.len() == 16 {
        Aes::Short(Box::new(Aes128::new_from_slice(key).expect("a key")))
    } else {
        Aes::Long(Box::new(Aes256::new_from_slice(key).expect("a key")))
    };
    let mut padded = data.to_vec();
    padded.resize(data.len().div_ceil(16) * 16, 0);
    let mut last = start.map(<[u8]>::to_vec);
    let mut out = Vec::new();
    for chunk in padded.chunks(16) {
        let mut block = Block::default();
        block.copy_from_slice(chunk);
        if let Some(last) = &last {
            block.iter_mut().zip(last).for_each(|(b, l)| *b ^= l);
        }
        match &cipher {
            Aes::Short(aes) => aes.encrypt_block(&mut block),
            Aes::Long(aes) => aes.encrypt_block(&mut block),
        }
        last = last.map(|_| block.to_vec());
        out.extend_from_slice(&block);
    }
    out
}

fn standard(password: &str) -> Vec<u8> {
    let package = xlsx(&samples());
    let mut key = hash::<Sha1>(&[&SALT, &units(password)]);
    for round in 0..50_000u32 {
        key = hash::<Sha1>(&[&round.to_le_bytes(), &key]);
    }
    key = hash::<Sha1>(&[&key, &[0; 4]]);
    let mut pad = [0x36u8; 64];
    pad.iter_mut().zip(&key).for_each(|(p, k)| *p ^= k);
    let key = hash::<Sha1>(&[&pad])[..16].to_vec();
    let mut header = [0u8; 32];
    header[16..20].copy_from_slice(&128u32.to_le_bytes());
    let info = [
        &[3, 0, 2, 0, 0x24, 0, 0, 0][..],
        &(header.len() as u32).to_le_bytes(),
        &header,
        &16u32.to_le_bytes(),
        &SALT,
        &aes(&key, &SECRET, None),
        &20u32.to_le_bytes(),
        &aes(&key, &hash::<Sha1>(&[&SECRET]), None),
    ]
    .concat();
    let encrypted = [&(package.len() as u64).to_le_bytes()[..], &aes(&key, &package, None)].concat();
    container(&[("EncryptionInfo", &info), ("EncryptedPackage", &encrypted)])
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= three.len() { letter as char } else { '=' });
        }
    }
    out
}

pub fn agile(password: &str, rounds: u32) -> Vec<u8> {
    let package = xlsx(&samples());
    let mut key = hash::<Sha512>(&[&SALT, &units(password)]);
    for round in 0..rounds.min(5_000) {
        key = hash::<Sha512>(&[&round.to_le_bytes(), &key]);
    }
    let secret = [7u8; 32];
    let sealed =
        |purpose: [u8; 8], data: &[u8]| base64(&aes(&hash::<Sha512>(&[&key, &purpose])[..32], data, Some(&SALT)));
    let input = sealed([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &SECRET);
    let check = sealed([0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], &hash::<Sha512>(&[&SECRET]));
    let value = sealed([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &secret);
    let common = format!(
        "saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltValue=\"{}\"",
        base64(&SALT)
    );
    let text = format!(
        "<encryption xmlns:p=\"p\"><keyData {common}/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount=\"{rounds}\" {common} encryptedVerifierHashInput=\"{input}\" encryptedVerifierHashValue=\"{check}\" encryptedKeyValue=\"{value}\"/></keyEncryptor></keyEncryptors></encryption>"
    );
    let info = [&[4, 0, 4, 0, 0x40, 0, 0, 0][..], text.as_bytes()].concat();
    let mut encrypted = (package.len() as u64).to_le_bytes().to_vec();
    for (i, segment) in package.chunks(4096).enumerate() {
        let start = hash::<Sha512>(&[&SALT, &(i as u32).to_le_bytes()])[..16].to_vec();
        encrypted.extend(aes(&secret, segment, Some(&start)));
    }
    container(&[("EncryptionInfo", &info), ("EncryptedPackage", &encrypted)])
}

#[test]
fn the_default_key_needs_no_password() {
    let files: [(&str, Vec<u8>); 6] = [
        ("rc4.xls", xls_rc4(DEFAULT)),
        ("cryptoapi.xls", xls_crypto_api(DEFAULT)),
        ("xor.xls", xls_xor(true, [0x59, 0xB3, 0x0A, 0x9A])),
        ("xor95.xls", xls_xor(false, [0x59, 0xB3, 0x0A, 0x9A])),
        ("standard.xlsx", standard(DEFAULT)),
        ("agile.xlsx", agile(DEFAULT, 5_000)),
    ];
    for (name, bytes) in &files {
        let (book, remarks) = workbook::read(bytes, name).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
        assert_eq!(book.sheets[0].name, "乡镇", "{name}");
        for i in [0, 41, 89] {
            let cell = book.sheets[0].cell(i, 1).expect("a cell");
            assert_eq!(cell.shown.as_deref(), Some(format!("{i}.5万元{i}").as_str()), "{name}");
            assert!(matches!(cell.value, RawValue::Number(_)), "{name}");
        }
    }
}

#[test]
fn any_other_key_is_asked_to_be_taken_off() {
    let files: [(&str, Vec<u8>); 6] = [
        ("rc4.xls", xls_rc4(OTHER)),
        ("cryptoapi.xls", xls_crypto_api(OTHER)),
        ("xor.xls", xls_xor(true, [0x59, 0xB3, 0x0A, 0x9B])),
        ("standard.xlsx", standard(OTHER)),
        ("agile.xlsx", agile(OTHER, 5_000)),
        // More rounds than anyone waits for.
        ("long.xlsx", agile(DEFAULT, 2_000_000_000)),
    ];
    for (name, bytes) in &files {
        let error = workbook::read(bytes, name).expect_err(name);
        assert_eq!(error.code.name(), "S023", "{name}");
    }
}

/// Any byte of the description may be wrong.
#[test]
fn broken_descriptions_end() {
    for good in [xls_rc4(DEFAULT), xls_crypto_api(DEFAULT), standard(DEFAULT), agile(DEFAULT, 50)] {
        for at in (0..good.len()).step_by(37) {
            let mut bytes = good.clone();
            bytes[at] ^= 0xFF;
            let _ = workbook::read(&bytes, "坏.xlsx");
        }
    }
}
