//! Names that templates can use, for suggestions, and the engine's words in Chinese.

/// The name of a value that has none: something before it has gone wrong.
pub const HERE: &str = "此处";

pub const SPECIAL: &[&str] = &["年份", "上年", "历年", "报告", "数据"];

/// Functions of the figure language.
pub const FIGURE_FUNCTIONS: &[&str] = &[
    "同比",
    "环比",
    "比上年",
    "增减",
    "占比",
    "百分点",
    "合计",
    "平均",
    "最大",
    "最小",
    "排名",
    "名次",
    "位次",
    "完成率",
    "序时进度",
    "倍数",
    "截至",
    "期间",
    "若",
    "进展",
    "历时",
    "距年底",
    "提前",
    "列前",
    "增长",
    "增速变化",
    "高于",
    "拉动",
    "贡献率",
    "由至",
    "任务完成",
    "双过半",
    "年均增长",
    "翻番",
    "连续",
    "新高",
    "突破",
    "零的突破",
    "两位数增长",
    "稳定在",
    "控制在",
    "构成",
    "比值",
    "成数",
    "人均",
    "每万",
    "约数",
    "简写",
    "千分位",
    "大写",
    "分别",
    "升降",
    "最多",
    "最少",
];

/// Functions of the engine.
pub const FUNCTIONS: &[&str] = &["range", "dict", "namespace"];

/// Filters of the engine that know texts only: they are given texts, and what they give keeps
/// the cells of what they were given.
pub const TEXT_FILTERS: &[&str] = &[
    "upper",
    "lower",
    "title",
    "capitalize",
    "replace",
    "trim",
    "indent",
    "format",
    "escape",
    "e",
    "safe",
    "split",
    "lines",
    "pprint",
    "bool",
    "string",
];

/// Filters of the figure language and the commoner ones of the engine.
pub const FILTERS: &[&str] = &[
    "筛选",
    "排序",
    "取",
    "顿号",
    "一是",
    "保留",
    "汉字",
    "序数",
    "金额",
    "年月日",
    "年月",
    "期限",
    "截至",
    "列举",
    "名单",
    "作",
    "length",
    "join",
    "sum",
    "round",
    "abs",
    "first",
    "last",
    "sort",
    "map",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "default",
    "int",
    "float",
    "string",
    "trim",
    "replace",
    "list",
    "unique",
    "reverse",
    "batch",
    "groupby",
    "min",
    "max",
];

pub const TESTS: &[&str] =
    &["defined", "undefined", "none", "number", "string", "odd", "even", "in", "eq", "ne", "lt", "gt", "le", "ge"];

/// Whether a name is a function, of the figure language or of the engine.
pub fn is_function(name: &str) -> bool {
    FIGURE_FUNCTIONS.contains(&name) || FUNCTIONS.contains(&name)
}

/// The name in `filter X is unknown`.
pub fn quoted_word(detail: &str) -> Option<String> {
    let words: Vec<&str> = detail.split_whitespace().collect();
    let at = words.iter().position(|w| *w == "is")?;
    words.get(at.checked_sub(1)?).map(|w| w.trim_matches(['\'', '"', '`']).to_string())
}

/// What the parser says, in Chinese, with a leading ：; empty where there is nothing to add.
pub fn syntax_detail(detail: &str) -> String {
    let said =
        if let Some((found, expected)) = detail.strip_prefix("unexpected ").and_then(|d| d.split_once(", expected ")) {
            format!("：遇到{}，应为{}", token(found), token(expected))
        } else if let Some(found) = detail.strip_prefix("unexpected ") {
            format!("：不该有{}", token(found))
        } else if let Some(name) = detail.strip_prefix("unknown statement ") {
            format!("：没有“{name}”这种语句")
        } else if detail.contains("unknown tag") {
            "：没有这种语句".to_string()
        } else if detail.contains("exceed") || detail.contains("nest") {
            "：括号或语句套得太深".to_string()
        } else {
            String::new()
        };
    said.replace('`', "")
}

fn token(words: &str) -> String {
    match words.trim() {
        "end of input" => "文件结尾".into(),
        "end of block" | "end of block tag" => "“%}”".into(),
        "end of variable block" | "end of print statement" => "“}}”".into(),
        "identifier" => "名称".into(),
        "string" => "文字".into(),
        "integer" | "float" => "数".into(),
        "character" => "这个字符".into(),
        "template-data" => "正文".into(),
        "statement" | "keyword" => "语句".into(),
        "start of variable block" => "“{{”".into(),
        "start of block" => "“{%”".into(),
        "identifier or integer" => "名称或数".into(),
        "expression" => "名称或算式".into(),
        other if other.chars().any(|c| c.is_ascii_alphabetic()) => "别的内容".into(),
        other => format!("“{}”", other.trim_matches('`')),
    }
}

/// What an operation failed on.
pub fn operation_detail(detail: &str) -> String {
    let types = detail.split("unsupported types ").nth(1).and_then(|t| t.split_once(" and "));
    match types {
        Some((a, b)) => format!("：一边是{}，另一边是{}", kind(a), kind(b)),
        None => String::new(),
    }
}

fn kind(name: &str) -> &'static str {
    match name.trim() {
        "number" => "数",
        "string" => "文字",
        "none" => "“无”",
        "bool" => "是否",
        "sequence" | "iterator" => "一列数据",
        "map" => "一组数据",
        "undefined" => "没有的名称",
        _ => "不能运算的内容",
    }
}

/// Whether a name of the data can be written in an expression as it is, without `数据["…"]`.
pub fn is_plain_name(name: &str) -> bool {
    const WORDS: &[&str] =
        &["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False", "None"];
    let first = name.chars().next().is_some_and(|c| c.is_alphabetic());
    first
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !is_function(name)
        && !SPECIAL.contains(&name)
        && !WORDS.contains(&name)
        && name != "记录"
}
