//! `huibao form`: a workbook to fill in for a template.

use super::args::FormArgs;
use super::terminal::{say_path, tell};
use crate::diagnostic::Exit;
use crate::form::{self, Order, Told};
use crate::home;

pub fn run(args: FormArgs) -> Exit {
    match make(&args) {
        Ok((remarks, sources)) => {
            tell(&remarks, &sources);
            say_path(&args.output);
            Exit::Done
        }
        Err((diagnostics, sources)) => {
            tell(&diagnostics, &sources);
            diagnostics.iter().filter(|d| d.is_error()).map(|d| d.exit).max().unwrap_or(Exit::Input)
        }
    }
}

fn make(args: &FormArgs) -> Result<Told, Told> {
    let order =
        Order { template: args.template.clone(), from: args.from.clone(), year: args.year, folders: home::folders() };
    let made = form::make(&order)?;
    let (mut told, sources) = made.told;
    match form::write(&args.output, &made.bytes, &args.from) {
        Ok(kept) => {
            told.extend(kept);
            Ok((told, sources))
        }
        Err(error) => Err((vec![*error], sources)),
    }
}
