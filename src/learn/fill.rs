//! A text with its tags filled in.

use std::sync::Arc;

use super::figure::Figure;
use super::place::Text;
use crate::dataset::Dataset;
use crate::template::{Declared, Probe, World};

/// The texts with the bound figures printed from the data of a year; what cannot be printed is 〔有误〕.
pub fn filled(texts: &[Text], figures: &[Figure], data: &Arc<Dataset>) -> Vec<String> {
    let probe = Probe::new(Arc::new(World::new(data.clone(), Arc::new(Declared::default()), None)));
    let mut out = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let all = text.text.as_str();
        let (mut said, mut from) = (String::new(), 0);
        for tag in figures.iter().filter(|figure| figure.text == number).filter_map(|figure| figure.tag.as_ref()) {
            if tag.start < from {
                continue;
            }
            said.push_str(&all[from..tag.start]);
            said.push_str(
                &probe.print(&tag.expression, &following(&all[tag.end..])).unwrap_or_else(|| "〔有误〕".into()),
            );
            from = tag.end;
        }
        said.push_str(&all[from..]);
        out.push(said);
    }
    out
}

/// What follows a tag, as far as it is text.
pub fn following(rest: &str) -> String {
    rest.chars().take(8).take_while(|c| !"{}[]｛｝［］【】".contains(*c)).collect()
}
