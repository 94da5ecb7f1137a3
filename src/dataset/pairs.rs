//! 对应: what the data call one thing and the template another.

use std::sync::Arc;

use crate::diagnostic::Origin;
use crate::settings::Settings;

/// The sheet that says it, and its columns.
pub const SHEET: &str = "对应";
/// What the data say, what the template says, and a word to the reader.
pub const COLUMNS: [&str; 3] = ["表内名称", "模板名称", "说明"];

/// One line of it. A name may be that of a field, a table or a column, alone or behind its table's
/// (`乡镇.接待人数`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// As the data say it.
    pub data: Arc<str>,
    /// As the template says it; empty where that is still to be chosen.
    pub template: Arc<str>,
    /// Where it is written.
    pub origin: Origin,
    /// Of the data themselves, not of huibao.yaml, which serves many data files.
    pub own: bool,
}

impl Pair {
    /// What an office has settled for all of its data.
    pub fn of_settings(settings: &Settings) -> Vec<Pair> {
        let pair = |(data, template, origin): &(Arc<str>, Arc<str>, Origin)| Pair {
            data: data.clone(),
            template: template.clone(),
            origin: *origin,
            own: false,
        };
        settings.pairs.iter().map(pair).collect()
    }
}
