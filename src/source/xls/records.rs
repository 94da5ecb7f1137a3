//! Records of the binary format, and strings that run over several of them.

use super::ids::CONTINUE;

/// One record: its number and its data.
#[derive(Clone, Copy)]
pub struct Record<'b> {
    pub id: u16,
    pub data: &'b [u8],
}

/// Walks over the records from an offset.
pub struct Records<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Records<'b> {
    pub fn from(bytes: &'b [u8], at: usize) -> Self {
        Records { bytes, at }
    }

    /// Data of the `CONTINUE` records that follow right here.
    pub fn continued(&mut self) -> Vec<&'b [u8]> {
        let mut parts = Vec::new();
        while u16_at(self.bytes, self.at) == Some(CONTINUE) {
            match self.next() {
                Some(record) => parts.push(record.data),
                None => break,
            }
        }
        parts
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let id = u16_at(self.bytes, self.at)?;
        let length = u16_at(self.bytes, self.at + 2)? as usize;
        let data = self.bytes.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some(Record { id, data })
    }
}

pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

pub fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let b = bytes.get(at..at + 8)?;
    Some(f64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]))
}

/// The compressed number of RK records.
pub fn rk(raw: u32) -> f64 {
    let value = if raw & 2 != 0 { f64::from(raw as i32 >> 2) } else { f64::from_bits(u64::from(raw & !3) << 32) };
    if raw & 1 != 0 { value / 100.0 } else { value }
}

/// Data that is cut into several records; a string cut in two begins its second half with
/// a new flag byte.
pub struct Parts<'b> {
    parts: Vec<&'b [u8]>,
    part: usize,
    at: usize,
}

impl<'b> Parts<'b> {
    pub fn new(parts: Vec<&'b [u8]>) -> Self {
        Parts { parts, part: 0, at: 0 }
    }

    fn settle(&mut self) -> bool {
        let mut moved = false;
        while self.part < self.parts.len() && self.at >= self.parts[self.part].len() {
            self.part += 1;
            self.at = 0;
            moved = true;
        }
        moved
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.settle();
        let byte = *self.parts.get(self.part)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    pub fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    pub fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            self.settle();
            let left = self.parts.get(self.part)?.len() - self.at;
            let step = left.min(bytes);
            self.at += step;
            bytes -= step;
        }
        Some(())
    }

    /// Characters of one or two bytes each.
    pub fn chars(&mut self, length: usize, wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(length.min(1 << 15));
        let mut wide = wide;
        while units.len() < length {
            // Also where the head of the string is the last of its record.
            if self.settle() {
                wide = self.byte()? & 1 != 0;
            }
            let part = self.parts.get(self.part)?;
            units.push(if wide {
                let unit = u16_at(part, self.at)?;
                self.at += 2;
                unit
            } else {
                let unit = u16::from(*part.get(self.at)?);
                self.at += 1;
                unit
            });
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// A string of the shared table, with the runs and guides behind it skipped.
    pub fn shared_string(&mut self) -> Option<String> {
        let length = self.u16()? as usize;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.u16()? as usize } else { 0 };
        let guide = if flags & 4 != 0 { self.u32()? as usize } else { 0 };
        let text = self.chars(length, flags & 1 != 0)?;
        self.skip(runs * 4 + guide)?;
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_over_two_records() {
        let first: &[u8] = &[4, 0, 0, b'a', b'b'];
        let second: &[u8] = &[1, 0x2D, 0x4E, b'd', 0];
        let mut parts = Parts::new(vec![first, second]);
        assert_eq!(parts.shared_string().as_deref(), Some("ab中d"));
        // Cut right behind the head, and between two strings.
        let pieces: [&[u8]; 3] = [&[2, 0, 1], &[0, b'a', b'b'], &[1, 0, 1, 0x2D, 0x4E]];
        let mut parts = Parts::new(pieces.to_vec());
        assert_eq!(parts.shared_string().as_deref(), Some("ab"));
        assert_eq!(parts.shared_string().as_deref(), Some("中"));
    }

    #[test]
    fn compressed_numbers() {
        assert_eq!(rk((31860i32 << 2) as u32 | 2 | 1), 318.6);
        assert_eq!(rk(0x3FF0_0000), 1.0);
    }
}
