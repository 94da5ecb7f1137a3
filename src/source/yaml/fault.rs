//! The parser's complaints in the clerk's words.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Code, Diagnostic, Origin, SourceId, codes};

/// A syntax error with its place and what to do.
pub fn from_scan(error: &ScanError, text: &str, source: SourceId) -> Diagnostic {
    let lines: Vec<&str> = text.lines().collect();
    let mark = error.marker();
    // A complaint behind the last line is about what came before.
    let past_end = mark.line() > lines.len();
    let line = mark.line().clamp(1, lines.len().max(1));
    let content = lines.get(line - 1).copied().unwrap_or("");
    let column = if past_end { content.chars().count() } else { mark.col() } + 1;
    let (code, message, help) = words(error.kind());
    let mut diagnostic = Diagnostic::new(code, message).at(Origin::text(source, line as u32, column as u32, 1));
    if let Some(hint) = guess(error.kind(), &lines, line) {
        diagnostic = diagnostic.help(hint);
    } else if !help.is_empty() {
        diagnostic = diagnostic.help(help);
    }
    diagnostic
}

fn words(kind: &ErrorKind) -> (Code, &'static str, &'static str) {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => {
            (codes::Y001, "缩进用了制表符（Tab），YAML 只认空格", "把行首的制表符换成空格，一层两个")
        }
        ErrorKind::UnclosedQuotedScalar => {
            (codes::Y002, "引号没有成对：从这里开始的引号一直没有结束", "在文字末尾补上同样的引号")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            (codes::Y002, "引号结束之后还有文字", "整个值放进一对引号里；双引号里要写双引号时，外面改用单引号")
        }
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => {
            (codes::Y002, "双引号里的反斜杠“\\”后面不是认得的写法", "改用单引号，或把“\\”写成“\\\\”")
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            (codes::Y003, "括号没有成对：到文件末尾还没有结束", "补上对应的 ] 或 }")
        }
        ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => {
            (codes::Y003, "括号不成对", "检查 [ 与 ]、{ 与 } 是否配对")
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            (codes::Y003, "括号里的各项之间应有半角逗号", "各项之间写“, ”（半角逗号加空格）")
        }
        ErrorKind::UnknownAnchor => (codes::Y006, "别名（*名）没有定义过", "文字以 * 开头时要加引号"),
        ErrorKind::RecursionLimitExceeded => (codes::Y009, "嵌套层数超过上限", "检查括号或缩进是否写错"),
        ErrorKind::MultipleDocumentsUnsupported => (codes::Y008, "一个文件里只能有一份数据", "删去“---”"),
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidMappingValueWhitespace => {
            (codes::Y004, "这一行里多出一个冒号，读不出键和值", "值里有“: ”时，整个值加引号")
        }
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::UnexpectedEndOfPlainScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::InvalidFlowScalarIndent => {
            (codes::Y004, "缩进对不齐，或这一行不是“键: 值”", "同一层的各行从同一列开始；冒号后面空一格")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            (codes::Y004, "这一行不是“键: 值”", "写成“键: 值”，冒号用半角，后面空一格")
        }
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            (codes::Y004, "值不能以这个字符开头", "整个值加引号")
        }
        ErrorKind::UndeclaredTagHandle | ErrorKind::InvalidTagTerminator | ErrorKind::MissingTagUri => {
            (codes::Y007, "不认识这样的标签（! 开头的词）", "要写这样的文字，请加引号")
        }
        ErrorKind::MissingAnchorOrAliasName => (codes::Y004, "值不能以 * 或 & 开头", "整个值加引号"),
        _ => (codes::Y004, "不是正确的 YAML 写法", "对照上一行检查缩进、冒号和引号"),
    }
}

/// Slips that explain a complaint better than the parser's own reason.
fn guess(kind: &ErrorKind, lines: &[&str], line: usize) -> Option<String> {
    let plain = words(kind).0 == codes::Y004;
    if !plain {
        return None;
    }
    let around = (line.saturating_sub(2)..line).rev();
    for at in around {
        let content = lines.get(at)?.trim_start();
        if content.starts_with('#') {
            continue;
        }
        let key_end = content.find([':', '：'])?;
        let rest = &content[key_end..];
        if rest.starts_with('：') {
            return Some(format!("第 {} 行用了全角冒号“：”，改成半角“: ”（后面空一格）", at + 1));
        }
        if rest.len() > 1 && rest.starts_with(':') && !rest.starts_with(": ") && !rest.starts_with("://") {
            return Some(format!("第 {} 行冒号后面要空一格", at + 1));
        }
    }
    None
}
