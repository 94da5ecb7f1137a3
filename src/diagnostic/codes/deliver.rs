//! Codes of batches (B), forms (F), proofs (K), output (O), use (U), preview (V) and the program itself (X).

use super::{Code, Entry, Role, codes};
use crate::diagnostic::{Exit, Severity};

codes! {
    B001 Error;
    B002 Error;
    B003 Error;
    B004 Error;
    B005 Error;
    B006 Error;
    B007 Error;
    B008 Error exits Io;
    B009 Error exits Fault;
    B010 Error exits Io;
    B011 Error;
    B012 Error;
    B013 Error;
    B014 Error;
    B015 Notice;
    B016 Warning;
    B017 Warning;
    B018 Warning;
    B019 Warning;
    B020 Notice;
    B021 Warning;
    B022 Error exits Usage;
    B023 Error;
    B024 Error;
    B025 Warning;
    B026 Warning;
    F001 Error exits Io;
    F002 Error;
    F004 Notice;
    F010 Notice "从上年的数据带入了什么";
    F011 Notice "上年的数据里没有什么";
    F012 Warning "填报表的年份接着上年的数据";
    F013 Notice "上年的数里空着的格";
    K001 Error;
    M001 Error;
    O001 Error exits Io;
    O002 Error exits Usage;
    O003 Error exits Usage;
    O004 Error exits Io;
    U002 Error exits Usage;
    U003 Error exits Usage;
    V001 Error exits Io;
    V002 Error exits Usage;
    V003 Error exits Io;
    X001 Error exits Fault;
}
