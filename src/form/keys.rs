//! What a template asks of 报告信息.

use std::collections::BTreeSet;

use crate::template::Pack;

/// Keys of 报告信息 that the pack's files mention (`报告.地区`).
pub fn report_keys(pack: &Pack) -> Vec<String> {
    let mut texts: Vec<String> = pack.engine.templates().iter().map(|t| t.script.text.to_string()).collect();
    // A pack's own file may mention them beside its texts.
    if pack.file.is_none() {
        texts.extend(std::fs::read_to_string(pack.dir.join("template.yaml")).ok());
    }
    let mut keys = BTreeSet::new();
    for text in &texts {
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
