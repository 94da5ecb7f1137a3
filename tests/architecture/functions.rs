//! How long functions are: lines from `fn` to the closing brace.

use crate::sources::File;

/// Functions over this many lines: name, file, lines.
pub fn longer_than(files: &[File], most: usize) -> Vec<(String, String, usize)> {
    let mut found = Vec::new();
    for file in files {
        let lines: Vec<&str> = file.code.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(name) = name_of(line) else { continue };
            let length = length(&lines[at..]);
            if length > most {
                found.push((name, file.path.clone(), length));
            }
        }
    }
    found
}

/// The name of the function that a line begins.
pub fn name_of(line: &str) -> Option<String> {
    let at = line.find("fn ").filter(|at| line[..*at].chars().all(|c| c.is_alphanumeric() || " ()_".contains(c)))?;
    let name: String = line[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

fn length(lines: &[&str]) -> usize {
    let (mut depth, mut inside) = (0, 0);
    for (i, line) in lines.iter().enumerate() {
        for c in line.chars() {
            match c {
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        return i + 1;
                    }
                }
                '(' | '[' => inside += 1,
                ')' | ']' => inside -= 1,
                // A declaration without a body.
                ';' if depth == 0 && inside == 0 => return 1,
                _ => {}
            }
        }
    }
    lines.len()
}
