//! The one table of codes. Every message carries one of the constants below, so a code that is not
//! in the table does not compile; what a code leads to (its weight, the exit code, what other
//! stages may do with it) stands in its row and is never read out of its name.

mod all;
mod data;
mod deliver;
mod layout;
mod rules;
mod source;
mod template;

pub use all::all;
pub use data::*;
pub use deliver::*;
pub use layout::*;
pub use rules::*;
pub use source::*;
pub use template::*;

use std::fmt;

use super::{Exit, Severity};

/// A code of the table, such as `D060`: the letter names the stage.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

/// One row of the table.
struct Entry {
    name: &'static str,
    title: &'static str,
    severity: Severity,
    exit: Exit,
    role: Role,
}

/// What other stages may do with a message of this code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing but tell it.
    Plain,
    /// The program read something in a way that it had to guess; `--strict` refuses it.
    Guess,
    /// Something that is still to be filled in, and nothing that is wrong.
    Blank,
    /// A cell without a value: no mistake in a column that the template does not declare.
    NoValue,
    /// A name or a figure that only one record of a batch has.
    Absent,
}

impl Code {
    /// As it is printed: `D060`, `C-01`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// What it is about, in a few words.
    pub fn title(self) -> &'static str {
        self.0.title
    }

    /// How much a message of this code usually weighs.
    pub fn severity(self) -> Severity {
        self.0.severity
    }

    /// The exit code that an error of this code leads to.
    pub fn exit(self) -> Exit {
        self.0.exit
    }

    /// Whether the program had to guess.
    pub fn is_guess(self) -> bool {
        self.0.role == Role::Guess
    }

    /// Whether something is still to be filled in, and nothing is wrong.
    pub fn is_blank(self) -> bool {
        self.0.role == Role::Blank
    }

    /// Whether a cell has no value that could be read.
    pub fn is_no_value(self) -> bool {
        self.0.role == Role::NoValue
    }

    /// Whether a name or figure is missing that one record of a batch may have.
    pub fn is_absent(self) -> bool {
        self.0.role == Role::Absent
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Code {}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Code) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Code) -> std::cmp::Ordering {
        self.name().cmp(other.name())
    }
}

impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Rows of codes: name, weight, `exits` where it is not 1, `as` the role.
macro_rules! codes {
    (@title) => { "" };
    (@title $title:literal) => { $title };
    (@exit) => { Exit::Input };
    (@exit $exit:ident) => { Exit::$exit };
    (@role) => { Role::Plain };
    (@role $role:ident) => { Role::$role };
    ($($code:ident $severity:ident $(exits $exit:ident)? $(as $role:ident)? $($title:literal)?;)*) => {
        $(
            pub const $code: Code = Code(&Entry {
                name: stringify!($code),
                title: codes!(@title $($title)?),
                severity: Severity::$severity,
                exit: codes!(@exit $($exit)?),
                role: codes!(@role $($role)?),
            });
        )*
        pub(super) const ALL: &[Code] = &[$($code),*];
    };
}
use codes;
