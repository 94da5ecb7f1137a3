//! What a row of the table is, and how rows are written.

use std::fmt;

use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

/// A code of the table, such as `D060`: the letter names the stage.
#[derive(Clone, Copy)]
pub struct Code(pub(super) &'static Entry);

/// One row of the table.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) severity: Severity,
    pub(super) exit: Exit,
    pub(super) role: Role,
    pub(super) text: Option<Text>,
}

/// What the manual says of a code.
pub struct Text {
    /// In English, one sentence.
    pub english: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// A message, without its head and place.
    pub example: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

/// What other stages may do with a message of this code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
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

    /// What the manual says; `None` for a rule of check, whose own table says it.
    pub fn text(self) -> Option<&'static Text> {
        self.0.text.as_ref()
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

/// Rows of codes: in English what it means (as the docs of the constant), name (written as the
/// constant, unless a literal says otherwise), weight, `exits` where that is not 1, `as` the role;
/// then for the user the title, what it means, a message as an example, and what to do.
macro_rules! codes {
    (@name $code:ident) => { stringify!($code) };
    (@name $code:ident $name:literal) => { $name };
    (@exit) => { Exit::Input };
    (@exit $exit:ident) => { Exit::$exit };
    (@role) => { Role::Plain };
    (@role $role:ident) => { Role::$role };
    ($(
        #[doc = $english:literal]
        $code:ident $($name:literal)? $severity:ident $(exits $exit:ident)? $(as $role:ident)?
        $title:literal $meaning:literal $example:literal $remedy:literal;
    )*) => {
        $(
            #[doc = $english]
            pub const $code: Code = Code(&Entry {
                name: codes!(@name $code $($name)?),
                title: $title,
                severity: Severity::$severity,
                exit: codes!(@exit $($exit)?),
                role: codes!(@role $($role)?),
                text: Some(Text { english: $english, meaning: $meaning, example: $example, remedy: $remedy }),
            });
        )*
        pub(super) const ALL: &[Code] = &[$($code),*];
    };
}
pub(super) use codes;
