//! What the address of the page chooses, and where the data come from.

use std::path::PathBuf;
use std::sync::Arc;

use super::http::Request;
use crate::dataset::{self, Files, Input};
use crate::pipeline::{self, Purpose};

/// Year, template and unit; what is not chosen follows the data and the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub year: Option<i16>,
    pub template: Option<String>,
    /// Name of a record in a report that is made for each record of a table.
    pub unit: Option<String>,
}

impl Choice {
    pub fn of(request: &Request) -> Choice {
        Choice {
            year: request.parameter("year").and_then(|y| y.parse().ok()).filter(|y| (1900..2200).contains(y)),
            template: request.parameter("template"),
            unit: request.parameter("unit"),
        }
    }

    /// The request of the command line with what the address chooses; always a draft. What
    /// the command line says of its own data does not hold for a file that was dropped.
    pub fn over(&self, request: &pipeline::Request, from: &From) -> pipeline::Request {
        let own = matches!(from, From::Files(_));
        pipeline::Request {
            purpose: Purpose::Look,
            draft: true,
            year: self.year.or(request.year.filter(|_| own)),
            template: self.template.clone().or_else(|| request.template.clone()),
            sets: if own { request.sets.clone() } else { Vec::new() },
            ..request.clone()
        }
    }

    /// A dropped file's own template comes before that of the command line.
    pub fn leaves_template(&self, from: &From, files: &Files) -> bool {
        let names = || files.said("模板").is_some();
        matches!(from, From::Upload { .. }) && self.template.is_none() && names()
    }
}

/// Where the data come from.
#[derive(Clone)]
pub enum From {
    Files(Vec<PathBuf>),
    Upload { name: String, bytes: Arc<Vec<u8>> },
}

impl From {
    pub fn load(&self, request: &pipeline::Request) -> Files {
        let options = request.options();
        match self {
            From::Files(files) => dataset::read(files, &options),
            From::Upload { name, bytes } => {
                dataset::read_inputs(vec![Input::Bytes { name: name.clone(), bytes: bytes.to_vec() }], &options)
            }
        }
    }
}
