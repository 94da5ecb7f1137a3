//! Codes of what check itself has to say (C-00, C-90 and on).

use super::code::{Code, Entry, Role, Text, codes};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

codes! {
    /// Check found errors; nothing was written.
    C00 "C-00" Error "检查发现错误"
        "数据或文字有错误，没有生成文件；上面逐条写明了是哪些。"
        "检查发现2处错误，没有生成文件"
        "改正后再生成；先要一份草稿就加 --draft；全部问题用 huibao check 查看。";
    /// A level of a rule is wrong.
    C90 "C-90" Error "规则的级别写错"
        "huibao.yaml 或 template.yaml 里的“检查”一项写错了规则或级别。"
        "“P-01”应为 关、提示、警告、错误 之一，现为“高”"
        "按例子改正，例如 P-01: 关。";
    /// The level of a rule was changed.
    C91 "C-91" Notice "规则的级别改过"
        "“检查”里改过这条规则的级别，在这里说明。"
        "规则 P-24（公文不用感叹号）由“提示”改为“关”"
        "不用处理。";
    /// Only the first reports were examined one by one.
    C92 "C-92" Notice "没有逐份检查"
        "表里的报告很多，只逐份检查了前100份。"
        "“乡镇”表的前100份逐份检查了，还有20份没有逐份检查"
        "分开检查，或者生成以后看清单。";
}
