//! Codes of templates and of the text made with them (T).

use super::{Code, Entry, Role, codes};
use crate::diagnostic::{Exit, Severity};

codes! {
    T000 Error;
    T001 Error;
    T002 Error;
    T003 Error;
    T004 Error;
    T005 Error;
    T006 Error;
    T007 Error;
    T008 Error;
    T010 Error;
    T011 Error;
    T012 Error as Absent;
    T013 Error;
    T014 Error;
    T015 Error;
    T016 Error;
    T017 Notice;
    T020 Error as Absent;
    T021 Error;
    T022 Error;
    T030 Error;
    T031 Error;
    T040 Error;
    T041 Error;
    T050 Error;
    T051 Error;
    T052 Warning "报告信息的项目不写错";
    T053 Notice "报告信息里不印的项目";
}
