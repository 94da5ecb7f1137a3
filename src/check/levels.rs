//! 检查: rules that a pack or an office switches off or gives another level.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::finding::Finding;
use super::rule::{self, Rule};
use crate::diagnostic::{Code, Diagnostic, Origin, Severity, codes, nearest};
use crate::settings::Change;

/// How many times last year's figure a figure may be (C-03).
const LEAP: i64 = 5;
const LEAP_KEY: &str = "陡变倍数";
const OFF: [&str; 3] = ["关", "关闭", "不查"];

/// Levels of the rules, and what was changed.
#[derive(Clone, Debug)]
pub struct Levels {
    /// `None`: switched off.
    changed: BTreeMap<Code, Option<Severity>>,
    /// One notice for each change.
    pub changes: Vec<Diagnostic>,
    /// 陡变倍数: how many times last year's figure a figure may be before it is told (C-03); 5 unless 检查
    /// says otherwise.
    pub leap: Decimal,
}

impl Default for Levels {
    fn default() -> Self {
        Levels { changed: BTreeMap::new(), changes: Vec::new(), leap: Decimal::from(LEAP) }
    }
}

impl Levels {
    /// Takes the entries of 检查, later ones over earlier ones; what is wrong is an error with
    /// its place.
    pub fn read<'c>(entries: impl IntoIterator<Item = &'c Change>) -> (Levels, Vec<Diagnostic>) {
        let mut levels = Levels::default();
        let mut wrong = Vec::new();
        for (key, value, at) in entries {
            wrong.extend(levels.set(key, value, *at).err().map(|error| *error));
        }
        (levels, wrong)
    }

    fn set(&mut self, key: &str, value: &str, at: Origin) -> Result<(), Box<Diagnostic>> {
        let key = key.trim();
        let fail = |message: String, help: String| Box::new(Diagnostic::new(codes::C90, message).at(at).help(help));
        if key == LEAP_KEY {
            let times = value.parse::<Decimal>().ok().filter(|n| *n > Decimal::ONE);
            self.leap = times
                .ok_or_else(|| fail(format!("“{LEAP_KEY}”应为大于1的数，现为“{value}”"), "例如 陡变倍数: 5".into()))?;
            return Ok(());
        }
        let Some(rule) = rule::rule(key) else {
            let near = nearest(key, rule::all().map(|r| r.code.name()));
            let help = near.map_or("规则的编号见 huibao check --rules".to_string(), |n| format!("是不是“{n}”？"));
            return Err(fail(format!("没有编号为“{key}”的规则"), help));
        };
        let level = match value {
            word if OFF.contains(&word) => None,
            word => Some(Severity::from_label(word).ok_or_else(|| {
                fail(format!("“{key}”应为 关、提示、警告、错误 之一，现为“{value}”"), format!("例如 {key}: 关"))
            })?),
        };
        if level == Some(rule.code.severity()) {
            self.changed.remove(&rule.code);
            return Ok(());
        }
        self.changed.insert(rule.code, level);
        self.changes.push(told(rule, level, at));
        Ok(())
    }

    /// The level of a rule; `None`: switched off.
    pub fn of(&self, rule: &Rule) -> Option<Severity> {
        self.changed.get(&rule.code).copied().unwrap_or(Some(rule.code.severity()))
    }

    /// Findings at the levels that are asked for; those of rules that are off are gone.
    pub fn apply(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let keep = |mut finding: Finding| match self.changed.get(&finding.diagnostic.code) {
            None => Some(finding),
            Some(None) => None,
            Some(Some(level)) => {
                finding.diagnostic.severity = *level;
                Some(finding)
            }
        };
        findings.into_iter().filter_map(keep).collect()
    }
}

fn told(rule: &Rule, level: Option<Severity>, at: Origin) -> Diagnostic {
    let to = level.map_or("关", Severity::label);
    Diagnostic::new(
        codes::C91,
        format!("规则 {}（{}）由“{}”改为“{to}”", rule.code, rule.code.title(), rule.code.severity().label()),
    )
    .at(at)
}
