//! AES as the packages use it.

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256, Block};

/// AES with a key of any of its lengths.
pub enum Cipher {
    Short(Aes128),
    Middle(Aes192),
    Long(Aes256),
}

impl Cipher {
    pub fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(Cipher::Short),
            24 => Aes192::new_from_slice(key).ok().map(Cipher::Middle),
            32 => Aes256::new_from_slice(key).ok().map(Cipher::Long),
            _ => None,
        }
    }

    fn block(&self, block: &mut Block) {
        match self {
            Cipher::Short(aes) => aes.decrypt_block(block),
            Cipher::Middle(aes) => aes.decrypt_block(block),
            Cipher::Long(aes) => aes.decrypt_block(block),
        }
    }

    /// Whole blocks, each by itself; what is left over is dropped.
    pub fn blocks(&self, data: &[u8]) -> Vec<u8> {
        self.chained(data, None)
    }

    /// Whole blocks, each with the one before it (CBC) from `start` on.
    pub fn chained(&self, data: &[u8], start: Option<&[u8]>) -> Vec<u8> {
        let mut out = Vec::with_capacity(data.len());
        let mut last = start;
        for chunk in data.chunks_exact(16) {
            let mut block = Block::default();
            block.copy_from_slice(chunk);
            self.block(&mut block);
            if let Some(before) = last {
                block.iter_mut().zip(before).for_each(|(b, l)| *b ^= l);
                last = Some(chunk);
            }
            out.extend_from_slice(&block);
        }
        out
    }
}
