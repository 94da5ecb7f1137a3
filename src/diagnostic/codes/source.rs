//! Codes of reading files: YAML (Y) and workbooks (S).

use super::{Code, Entry, Role, codes};
use crate::diagnostic::{Exit, Severity};

codes! {
    Y001 Error;
    Y002 Error;
    Y003 Error;
    Y004 Error;
    Y005 Error;
    Y006 Error;
    Y007 Error;
    Y008 Error;
    Y009 Error;
    Y010 Error;
    Y011 Error;
    Y020 Error;
    Y021 Error;
    S001 Error exits Io;
    S002 Error exits Io;
    S003 Error;
    S004 Error exits Io;
    S005 Error;
    S010 Error;
    S011 Error;
    S012 Warning;
    S020 Error;
    S021 Error;
    S022 Error;
    S023 Error;
    S024 Error;
}
