//! A share of the records: every N-th one, so that shards are of one size and adding
//! machines needs no talk between them.

use std::str::FromStr;

use thiserror::Error;

/// `I/N`, I from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Shard {
    pub index: usize,
    pub count: usize,
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum ShardError {
    #[error("应写成 第几片/共几片，如 2/8，或者写 auto")]
    Form,
    #[error("片号从1到总片数")]
    Range,
    #[error("没有找到 JOB_COMPLETION_INDEX 或 SLURM_ARRAY_TASK_ID，不能用 auto")]
    NoIndex,
    #[error("片号有了，还要用环境变量 HUIBAO_SHARDS（或 SLURM_ARRAY_TASK_COUNT）说明一共几片")]
    NoCount,
}

impl Shard {
    pub fn new(index: usize, count: usize) -> Result<Shard, ShardError> {
        if index == 0 || index > count || count > 100_000 { Err(ShardError::Range) } else { Ok(Shard { index, count }) }
    }

    /// Whether the record at a position of the table (from 0) is in this share.
    pub fn takes(self, row: usize) -> bool {
        row % self.count == self.index - 1
    }

    /// `2-8`, as part of file names.
    pub fn label(self) -> String {
        format!("{}-{}", self.index, self.count)
    }

    /// From the variables that an Indexed Job of Kubernetes (index from 0) or a job array of
    /// Slurm (index from its own minimum) sets.
    pub fn auto(var: impl Fn(&str) -> Option<String>) -> Result<Shard, ShardError> {
        let number = |name: &str| var(name)?.trim().parse::<usize>().ok();
        let count = number("HUIBAO_SHARDS");
        if let Some(index) = number("JOB_COMPLETION_INDEX") {
            return Shard::new(index + 1, count.ok_or(ShardError::NoCount)?);
        }
        let index = number("SLURM_ARRAY_TASK_ID").ok_or(ShardError::NoIndex)?;
        let count = count.or_else(|| number("SLURM_ARRAY_TASK_COUNT")).ok_or(ShardError::NoCount)?;
        let first = number("SLURM_ARRAY_TASK_MIN").unwrap_or(0);
        Shard::new(index.checked_sub(first).ok_or(ShardError::Range)? + 1, count)
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Shard, ShardError> {
        if text.eq_ignore_ascii_case("auto") {
            return Shard::auto(|name| std::env::var(name).ok());
        }
        let (index, count) = text.split_once('/').ok_or(ShardError::Form)?;
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| ShardError::Form);
        Shard::new(number(index)?, number(count)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_record_is_in_one_share() {
        for row in 0..40 {
            assert_eq!((1..=8).filter(|i| Shard::new(*i, 8).unwrap().takes(row)).count(), 1);
        }
        assert_eq!("0/8".parse::<Shard>(), Err(ShardError::Range));
        assert_eq!("9/8".parse::<Shard>(), Err(ShardError::Range));
        assert_eq!("2of8".parse::<Shard>(), Err(ShardError::Form));
    }

    #[test]
    fn indexes_of_cluster_engines() {
        let vars = |pairs: &'static [(&str, &str)]| {
            move |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string())
        };
        let kubernetes = vars(&[("JOB_COMPLETION_INDEX", "0"), ("HUIBAO_SHARDS", "8")]);
        assert_eq!(Shard::auto(kubernetes), Shard::new(1, 8));
        let slurm =
            vars(&[("SLURM_ARRAY_TASK_ID", "8"), ("SLURM_ARRAY_TASK_MIN", "1"), ("SLURM_ARRAY_TASK_COUNT", "8")]);
        assert_eq!(Shard::auto(slurm), Shard::new(8, 8));
        assert_eq!(Shard::auto(vars(&[("JOB_COMPLETION_INDEX", "0")])), Err(ShardError::NoCount));
        assert_eq!(Shard::auto(vars(&[])), Err(ShardError::NoIndex));
    }
}
