//! The one table of exit codes (contract §1).

/// Exit code of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The input is wrong: data, template, or a check found errors.
    Input = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Something could not be read or written.
    Io = 3,
    /// A fault of the program itself.
    Fault = 4,
    /// A batch was stopped by a signal.
    Interrupted = 130,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        self as u8
    }
}
