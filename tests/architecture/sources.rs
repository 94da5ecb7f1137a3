//! The sources as text: code without comments, texts and tests, and the paths that it names.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One file of the crate.
pub struct File {
    /// Below `src`, with slashes: `dataset/sheets/mod.rs`.
    pub path: String,
    /// As it stands, tests at its foot left out.
    pub text: String,
    /// With blanks for comments and for what stands in quotes; lines stay where they are.
    pub code: String,
}

impl File {
    pub fn stage(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// The module that the file is: `["dataset", "sheets"]`.
    pub fn module(&self) -> Vec<String> {
        let bare = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        bare.split('/').filter(|part| *part != "lib").map(str::to_string).collect()
    }
}

/// All files but those that only hold tests.
pub fn all() -> Vec<File> {
    fn walk(dir: &Path, found: &mut Vec<File>) {
        let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                // Tests at the foot of a file may use anything.
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_string();
                let path = path.strip_prefix("src").unwrap().to_string_lossy().replace('\\', "/");
                let code = code_of(&text);
                found.push(File { path, text, code });
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new("src"), &mut found);
    found.retain(|file| !file.path.ends_with("tests.rs"));
    found
}

/// Text with blanks in place of comments and of what stands in quotes.
pub fn code_of(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let blank = |c: char| if c == '\n' { '\n' } else { ' ' };
    let mut i = 0;
    while i < chars.len() {
        let end = match (chars[i], chars.get(i + 1)) {
            ('/', Some('/')) => (i..chars.len()).find(|&k| chars[k] == '\n').unwrap_or(chars.len()),
            ('/', Some('*')) => (i + 2..chars.len())
                .find(|&k| chars[k] == '*' && chars.get(k + 1) == Some(&'/'))
                .map_or(chars.len(), |k| k + 2),
            ('"', _) => quoted_end(&chars, i, hashes_before(&chars, i)),
            // A character; what is no character is a lifetime.
            ('\'', Some('\\')) => (i + 3..chars.len()).find(|&k| chars[k] == '\'').map_or(chars.len(), |k| k + 1),
            ('\'', Some(_)) if chars.get(i + 2) == Some(&'\'') => i + 3,
            _ => i,
        };
        if end == i {
            out.push(chars[i]);
            i += 1;
        } else {
            out.extend(chars[i..end].iter().map(|c| blank(*c)));
            i = end;
        }
    }
    out
}

/// How many `#` stand between an `r` and this quote; `None` where escapes count.
fn hashes_before(chars: &[char], quote: usize) -> Option<usize> {
    let hashes = chars[..quote].iter().rev().take_while(|c| **c == '#').count();
    (quote > hashes && chars[quote - hashes - 1] == 'r').then_some(hashes)
}

fn quoted_end(chars: &[char], quote: usize, raw: Option<usize>) -> usize {
    let mut i = quote + 1;
    while i < chars.len() {
        match (chars[i], raw) {
            ('\\', None) => i += 1,
            ('"', Some(hashes)) if chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() < hashes => {}
            ('"', _) => return i + 1,
            _ => {}
        }
        i += 1;
    }
    chars.len()
}

/// One name that a `use` brings in: its path, and what it is called here (`*` for all).
#[derive(Clone, Debug)]
pub struct Import {
    pub path: Vec<String>,
    pub name: String,
    /// `pub use`: handed on, which is no use of one's own.
    pub public: bool,
}

/// What a file names.
pub struct Names {
    pub imports: Vec<Import>,
    /// Paths in expressions, types and attributes.
    pub paths: Vec<Vec<String>>,
    /// Single words, with how often each stands outside of `use`.
    pub words: BTreeMap<String, usize>,
}

/// Reads the tokens of a file's code.
pub fn names(code: &str) -> Names {
    let tokens = tokens(code);
    let mut names = Names { imports: Vec::new(), paths: Vec::new(), words: BTreeMap::new() };
    let mut i = 0;
    while i < tokens.len() {
        if tokens[i] == "use" && (i == 0 || matches!(tokens[i - 1].as_str(), ";" | "}" | "{" | ")" | "]" | "pub")) {
            let end = (i..tokens.len()).find(|&k| tokens[k] == ";").unwrap_or(tokens.len());
            let public = i > 0 && matches!(tokens[i - 1].as_str(), "pub" | ")");
            tree(&tokens[i + 1..end], &[], public, &mut names.imports);
            i = end;
        } else if tokens[i] == "mod" {
            // The name of a child is no use of it.
            i += 1;
        } else if is_word(&tokens[i]) {
            let mut path = vec![tokens[i].clone()];
            while i + 2 < tokens.len() && tokens[i + 1] == "::" && is_word(&tokens[i + 2]) {
                path.push(tokens[i + 2].clone());
                i += 2;
            }
            *names.words.entry(path[0].clone()).or_default() += 1;
            names.paths.push(path);
        }
        i += 1;
    }
    names
}

/// A `use` tree with its nested groups.
fn tree(tokens: &[String], before: &[String], public: bool, found: &mut Vec<Import>) {
    let mut path = before.to_vec();
    let mut i = 0;
    while i < tokens.len() {
        match tokens[i].as_str() {
            "::" => {}
            "{" => {
                for part in parts(&tokens[i + 1..tokens.len() - 1]) {
                    tree(part, &path, public, found);
                }
                return;
            }
            "as" => {
                found.push(Import { path, name: tokens.get(i + 1).cloned().unwrap_or_default(), public });
                return;
            }
            "self" if !before.is_empty() => {}
            word => path.push(word.to_string()),
        }
        i += 1;
    }
    let name = path.last().cloned().unwrap_or_default();
    found.push(Import { path, name, public });
}

/// The parts of a group, by its own commas.
fn parts(tokens: &[String]) -> Vec<&[String]> {
    let (mut found, mut depth, mut from) = (Vec::new(), 0, 0);
    for (i, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 0 => {
                found.push(&tokens[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    found.push(&tokens[from..]);
    found.retain(|part| !part.is_empty());
    found
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn tokens(code: &str) -> Vec<String> {
    let chars: Vec<char> = code.chars().collect();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut found, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        let start = i;
        if word(chars[i]) {
            while i < chars.len() && word(chars[i]) {
                i += 1;
            }
        } else if chars[i] == ':' && chars.get(i + 1) == Some(&':') {
            i += 2;
        } else {
            i += 1;
        }
        let token: String = chars[start..i].iter().collect();
        if !token.trim().is_empty() {
            found.push(token);
        }
    }
    found
}
