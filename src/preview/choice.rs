//! What the address of the page chooses, and where the data come from.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;

use crate::dataset::{self, Files, Input};
use crate::pipeline::{self, Purpose};

/// What stands in an address behind the question mark. Nothing of it is a path.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A file that was dropped.
    pub doc: String,
    /// A file of the folder, by its name.
    pub file: String,
    pub year: String,
    pub template: String,
    pub unit: String,
    pub what: String,
    pub state: String,
    pub hash: String,
    pub name: String,
}

/// What is given.
pub fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Year, template and unit; what is not chosen follows the data and the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub year: Option<i16>,
    pub template: Option<String>,
    /// Name of a record in a report that is made for each record of a table.
    pub unit: Option<String>,
}

impl Choice {
    pub fn of(asked: &Asked) -> Choice {
        Choice {
            year: asked.year.parse().ok().filter(|y| (1900..2200).contains(y)),
            template: given(&asked.template).map(str::to_string),
            unit: given(&asked.unit).map(str::to_string),
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

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Infallible> {
        Ok(Asked::read(parts.uri.query().unwrap_or_default()))
    }
}

impl Asked {
    /// The first of each name counts; what is no text is not given.
    fn read(query: &str) -> Asked {
        let mut asked = Asked::default();
        for (name, text) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let place = match name {
                "doc" => &mut asked.doc,
                "file" => &mut asked.file,
                "year" => &mut asked.year,
                "template" => &mut asked.template,
                "unit" => &mut asked.unit,
                "what" => &mut asked.what,
                "state" => &mut asked.state,
                "hash" => &mut asked.hash,
                "name" => &mut asked.name,
                _ => continue,
            };
            let text = text.replace('+', " ");
            let text = percent_decode_str(&text).decode_utf8().unwrap_or_default();
            if place.is_empty() && !text.chars().any(char::is_control) {
                *place = text.into_owned();
            }
        }
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_text() {
        let asked = Asked::read("unit=%E9%95%87+a&unit=b&doc=&other=1&name=a%0d%0ab&hash=%ff&state=%");
        assert_eq!((asked.unit.as_str(), asked.doc.as_str(), asked.name.as_str()), ("镇 a", "", ""));
        assert_eq!((asked.hash.as_str(), asked.state.as_str()), ("", "%"));
        assert_eq!(given(&asked.doc), None);
    }
}
