//! The compound file around an .xls: finds one stream by its name.

/// Why the container cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadContainer;

const FREE: u32 = 0xFFFF_FFFC;

/// The container's sectors and directory.
pub struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

impl<'b> Container<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, BadContainer> {
        let field = |at| u32_at(bytes, at).ok_or(BadContainer);
        let shift = u16_at(bytes, 30).ok_or(BadContainer)?;
        if !matches!(shift, 9 | 12) {
            return Err(BadContainer);
        }
        let mut container = Container {
            bytes,
            sector: 1 << shift,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        let sectors = bytes.len() / container.sector + 1;
        // The first 109 numbers of FAT sectors stand in the header, the rest in a chain.
        let mut fat_sectors: Vec<u32> =
            (0..109).filter_map(|i| u32_at(bytes, 76 + i * 4)).filter(|&s| s < FREE).collect();
        let mut next = field(68)?;
        let mut steps = 0;
        while next < FREE && steps <= sectors {
            let data = container.sector_bytes(next)?;
            let count = container.sector / 4 - 1;
            fat_sectors.extend((0..count).filter_map(|i| u32_at(data, i * 4)).filter(|&s| s < FREE));
            next = u32_at(data, count * 4).ok_or(BadContainer)?;
            steps += 1;
        }
        fat_sectors.truncate(sectors);
        for sector in fat_sectors {
            let data = container.sector_bytes(sector)?;
            let numbers = data.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            container.fat.extend(numbers);
        }
        let directory = container.chain(field(48)?, u64::MAX)?;
        for entry in directory.chunks_exact(128) {
            let length = u16_at(entry, 64).unwrap_or(0).clamp(2, 64) as usize;
            let units: Vec<u16> =
                entry[..length - 2].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
            container.entries.push(Entry {
                name: String::from_utf16_lossy(&units),
                start: u32_at(entry, 116).ok_or(BadContainer)?,
                size: u64::from(u32_at(entry, 120).ok_or(BadContainer)?),
            });
        }
        let mini_fat = container.chain(field(60)?, u64::MAX).unwrap_or_default();
        container.mini_fat = mini_fat.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if let Some(root) = container.entries.first() {
            container.mini = container.chain(root.start, root.size).unwrap_or_default();
        }
        Ok(container)
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream; `None` when there is none of that name.
    pub fn stream(&self, name: &str) -> Option<Result<Vec<u8>, BadContainer>> {
        let entry = self.entries.iter().find(|e| e.name.eq_ignore_ascii_case(name))?;
        Some(if entry.size < 4096 { self.mini_chain(entry) } else { self.chain(entry.start, entry.size) })
    }

    fn sector_bytes(&self, number: u32) -> Result<&'b [u8], BadContainer> {
        let at = (number as usize + 1).checked_mul(self.sector).ok_or(BadContainer)?;
        let end = (at + self.sector).min(self.bytes.len());
        self.bytes.get(at..end).filter(|b| !b.is_empty()).ok_or(BadContainer)
    }

    /// A chain of sectors; as long as the file at most.
    fn chain(&self, start: u32, size: u64) -> Result<Vec<u8>, BadContainer> {
        let mut out = Vec::new();
        let mut next = start;
        while next < FREE && (out.len() as u64) < size {
            if out.len() > self.bytes.len() {
                return Err(BadContainer);
            }
            out.extend_from_slice(self.sector_bytes(next)?);
            next = *self.fat.get(next as usize).ok_or(BadContainer)?;
        }
        out.truncate(usize::try_from(size).unwrap_or(usize::MAX).min(out.len()));
        Ok(out)
    }

    fn mini_chain(&self, entry: &Entry) -> Result<Vec<u8>, BadContainer> {
        let mut out = Vec::new();
        let mut next = entry.start;
        while next < FREE && (out.len() as u64) < entry.size {
            let at = next as usize * 64;
            let part = self.mini.get(at..(at + 64).min(self.mini.len())).ok_or(BadContainer)?;
            if out.len() > self.mini.len() || part.is_empty() {
                return Err(BadContainer);
            }
            out.extend_from_slice(part);
            next = *self.mini_fat.get(next as usize).ok_or(BadContainer)?;
        }
        out.truncate(entry.size as usize);
        Ok(out)
    }
}
