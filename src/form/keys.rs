//! What a template asks of 报告信息.

use std::collections::BTreeSet;
use std::path::Path;

/// Keys of 报告信息 that the pack's files mention (`报告.地区`).
pub fn report_keys(dir: &Path) -> Vec<String> {
    let mut keys = BTreeSet::new();
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut files: Vec<_> = entries.flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
    files.sort();
    for text in files.iter().filter_map(|p| std::fs::read_to_string(p).ok()) {
        for after in text.split("报告.").skip(1) {
            let key: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            // In running text “报告.” is the end of a sentence, not a key.
            if !key.is_empty() && key.chars().count() <= 8 {
                keys.insert(key);
            }
        }
    }
    keys.into_iter().collect()
}
