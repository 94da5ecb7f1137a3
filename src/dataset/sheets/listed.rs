//! Rows and places in a message: a few by name, then how many there are.

/// At most five names, then how many there are.
pub fn listed(names: &[String]) -> String {
    match names.len() {
        0..=5 => names.join("、"),
        n => format!("{} 等 {n}", names[..5].join("、")),
    }
}

/// Rows as a spreadsheet counts them.
pub fn rows(rows: &[u32]) -> String {
    let names: Vec<String> = rows.iter().map(|row| (row + 1).to_string()).collect();
    listed(&names)
}
