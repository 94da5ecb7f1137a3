//! Codes of the page (L).

use super::{Code, Entry, Role, codes};
use crate::diagnostic::{Exit, Severity};

codes! {
    L001 Error exits Io;
    L002 Error exits Fault;
    L010 Error;
    L011 Notice "用字都在所用字体中";
    L020 Notice "落款不单独成页";
    L021 Notice;
    L030 Notice "每面22行";
    L031 Notice "页码居外侧";
    L032 Notice "订口在左";
    L033 Notice "第三层标题用仿宋";
    L034 Error;
    L035 Notice "各类字体用本类的字";
    L036 Notice "要用的字体在本机找得到、可以嵌入";
    L040 Notice "横排的表单独成页";
    L041 Warning "标题排成梯形或菱形，不多于三行";
    L042 Notice "标题不落在页末";
    L043 Notice "行末不过松过紧";
    L044 Error;
    L098 Error exits Fault;
    L099 Error exits Fault;
}
