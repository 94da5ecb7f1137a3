//! A text put together from parts of another, so that a place in it leads back.

/// Of a byte that was written anew.
const NEW: u32 = u32::MAX;

/// A text and the byte of the other that each of its bytes was.
#[derive(Debug, Default)]
pub struct Remade {
    text: String,
    was: Vec<u32>,
}

impl Remade {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn into_text(self) -> String {
        self.text
    }

    /// Appends what stood from byte `from` on in the other text.
    pub fn push(&mut self, text: &str, from: usize) {
        self.text.push_str(text);
        self.was.extend((from..from + text.len()).map(|byte| byte as u32));
    }

    /// Appends what stood from byte `from` on in a text that was remade itself.
    pub fn push_part(&mut self, of: &Remade, from: usize, text: &str) {
        self.text.push_str(text);
        self.was.extend_from_slice(&of.was[from..from + text.len()]);
    }

    /// Appends a character that was not there.
    pub fn push_new(&mut self, c: char) {
        self.text.push(c);
        self.was.resize(self.text.len(), NEW);
    }

    /// Appends a character in the place of one of the same length at byte `from`.
    pub fn push_for(&mut self, c: char, old: char, from: usize) {
        match c.len_utf8() == old.len_utf8() {
            true => self.push(c.encode_utf8(&mut [0; 4]), from),
            false => self.push_new(c),
        }
    }

    pub fn truncate(&mut self, end: usize) {
        self.text.truncate(end);
        self.was.truncate(end);
    }

    /// Takes the character at a byte away, or puts another in its place.
    pub fn replace(&mut self, at: usize, with: Option<char>) {
        let old = self.text.remove(at);
        match with {
            Some(with) if with.len_utf8() == old.len_utf8() => self.text.insert(at, with),
            with => {
                if let Some(with) = with {
                    self.text.insert(at, with);
                }
                let new = std::iter::repeat_n(NEW, with.map_or(0, char::len_utf8));
                self.was.splice(at..at + old.len_utf8(), new);
            }
        }
    }

    /// The parts that stood together in the other text: the byte where each begins here, the one
    /// where it began there, and its length.
    pub fn parts(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let mut at = 0;
        self.was.chunk_by(|a, b| a.checked_add(1) == Some(*b)).filter_map(move |part| {
            let begins = at;
            at += part.len();
            let from = part.first().filter(|from| **from != NEW)?;
            Some((begins, *from as usize, part.len()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_leads_back() {
        let mut done = Remade::default();
        done.push("甲，乙", 0);
        done.replace(3, Some('。'));
        done.push_new('丙');
        done.push("丁戊", 20);
        done.replace(12, None);
        assert_eq!(done.text(), "甲。乙丙戊");
        assert_eq!(done.parts().collect::<Vec<_>>(), [(0, 0, 9), (12, 23, 3)]);
        done.replace(3, Some(';'));
        assert_eq!(done.parts().collect::<Vec<_>>(), [(0, 0, 3), (4, 6, 3), (10, 23, 3)]);
    }
}
