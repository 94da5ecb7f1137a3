//! Templates that would never end or would fill the memory: what each does, and what it is.

/// Attacks that a limit ends: name and template.
pub const LIMITED: &[(&str, &str)] = &[
    // Lists that grow.
    (
        "a list doubled",
        "{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
    ),
    (
        "a list times a number",
        "{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l * 9 %}{% endfor %}",
    ),
    ("a list times a huge number", "{% set l = [1] * 9223372036854775807 %}{{ l | length }}"),
    (
        "a list that each turn makes longer",
        "{% set ns = namespace(l=[]) %}{% for i in range(99999) %}{% set ns.l = ns.l + [i] %}{% endfor %}",
    ),
    (
        "a table doubled",
        "{% set ns = namespace(l=乡镇) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
    ),
    ("a long range", "{% for i in range(900000000) %}甲{% endfor %}"),
    ("the longest range", "{% for i in range(-9223372036854775807, 9223372036854775807) %}甲{% endfor %}"),
    (
        "ranges kept",
        "{% set ns = namespace(l=[]) %}{% for i in range(900) %}{% set ns.l = ns.l + [range(100000)] %}{% endfor %}",
    ),
    (
        "ranges kept in a map",
        "{% set ns = namespace(l={}) %}{% for i in range(900) %}{% set ns.l = {\"甲\": range(100000), \"乙\": ns.l} %}{% endfor %}",
    ),
    (
        "numbers kept",
        "{% set ns = namespace(l=[]) %}{% for i in range(2000) %}{% set ns.k = [] %}{% for j in range(900) %}{% set ns.k = ns.k + [j + 1] %}{% endfor %}{% set ns.l = ns.l + [ns.k] %}{% endfor %}",
    ),
    (
        "batch",
        "{% set ns = namespace(l=range(90000)) %}{% for i in range(900) %}{% set ns.l = ns.l | batch(1) | list %}{% endfor %}",
    ),
    ("batch with a filling", "{{ range(9) | batch(900000000, \"甲\") | list | length }}"),
    ("slice", "{{ range(9) | slice(900000000, \"甲\") | list | length }}"),
    (
        "map over a growing list",
        "{% set ns = namespace(l=range(1000)) %}{% for i in range(900) %}{% set ns.l = (ns.l | map(\"string\") | list) + ns.l %}{% endfor %}",
    ),
    ("sort in a loop", "{% for i in range(9000) %}{% set l = range(20000) | sort(reverse=true) %}{% endfor %}"),
    ("unique in a loop", "{% for i in range(900) %}{% set l = range(20000) | unique %}{% endfor %}"),
    (
        "groupby in a loop",
        "{% for i in range(9000) %}{% set l = 乡镇 | groupby(\"名称\") %}{% for j in range(900) %}{% set k = 乡镇 | groupby(\"经费\") %}{% endfor %}{% endfor %}",
    ),
    (
        "zip and chain",
        "{% set ns = namespace(l=range(90000)) %}{% for i in range(900) %}{% set ns.l = ns.l | chain(ns.l) | list %}{% endfor %}",
    ),
    (
        "chains that are not looked at",
        "{% set ns = namespace(l=[]) %}{% for i in range(99999) %}{% for j in range(99) %}{% set ns.l = ns.l | chain([]) %}{% endfor %}{% endfor %}",
    ),
    (
        "maps in a chain",
        "{% set ns = namespace(l={}) %}{% for i in range(99999) %}{% for j in range(99) %}{% set ns.l = ns.l | chain({\"a\": 1}) %}{% endfor %}{% endfor %}",
    ),
    (
        "lists turned round",
        "{% set ns = namespace(l=[1]) %}{% for i in range(99999) %}{% for j in range(99) %}{% set ns.l = ns.l | reverse %}{% endfor %}{% endfor %}",
    ),
    (
        "lists beside each other",
        "{% set ns = namespace(l=[1]) %}{% for i in range(99999) %}{% set ns.l = ns.l | zip(ns.l) %}{% endfor %}",
    ),
    (
        "pairs of pairs",
        "{% set ns = namespace(l={\"a\": 1}) %}{% for i in range(99999) %}{% for j in range(99) %}{% set ns.l = {\"a\": ns.l | items} %}{% endfor %}{% endfor %}",
    ),
    ("select in a loop", "{% for i in range(9000) %}{% set l = range(20000) | select(\"odd\") | list %}{% endfor %}"),
    // Texts that grow.
    (
        "a text doubled",
        "{% set ns = namespace(s=\"甲\") %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    ),
    (
        "a text added to itself",
        "{% set ns = namespace(s=\"甲\") %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
    ),
    ("a text times a number", "{{ \"甲乙丙丁\" * 900000000 }}"),
    (
        "texts kept",
        "{% set ns = namespace(l=[]) %}{% for i in range(9000) %}{% set ns.l = ns.l + [\"甲\" * 600000] %}{% endfor %}",
    ),
    (
        "captured blocks kept by a namespace",
        "{% set ns = namespace(s=\"甲\") %}{% for i in range(60) %}{% set t %}{{ ns.s }}{{ ns.s }}{% endset %}{% set ns.s = t %}{% endfor %}",
    ),
    (
        "replace",
        "{% set ns = namespace(s=\"甲\") %}{% for i in range(60) %}{% set ns.s = ns.s | replace(\"甲\", \"甲甲甲\") %}{% endfor %}",
    ),
    (
        "replace of nothing",
        "{% set ns = namespace(s=\"甲\") %}{% for i in range(60) %}{% set ns.s = ns.s | replace(\"\", \"甲甲甲\") %}{% endfor %}",
    ),
    (
        "join",
        "{% set ns = namespace(s=\"甲\") %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] | join(ns.s) %}{% endfor %}",
    ),
    (
        "顿号",
        "{% set ns = namespace(s=\"甲\") %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] | 顿号 %}{% endfor %}",
    ),
    (
        "顿号 of one text many times",
        "{% set s = \"甲\" * 600000 %}{{ [s] * 100000 | 顿号 }}{{ ([s] * 100000) | 顿号 }}",
    ),
    ("列举 of one text many times", "{% set s = \"甲\" * 600000 %}{{ ([s] * 100000) | 列举(3) }}"),
    ("indent", "{{ \"甲\\n甲\\n甲\" | indent(900000000) }}"),
    ("format with a width", "{{ \"%999999999s\" | format(\"甲\") }}"),
    (
        "format with its own text",
        "{% set ns = namespace(s=\"甲\") %}{% for i in range(60) %}{% set ns.s = \"%s%s\" | format(ns.s, ns.s) %}{% endfor %}",
    ),
    (
        "pprint",
        "{% set ns = namespace(s=\"\\\"\\\"\") %}{% for i in range(60) %}{% set ns.s = ns.s | pprint %}{% endfor %}",
    ),
    (
        "split",
        "{% set ns = namespace(l=[]) %}{% set s = \"甲\" * 600000 %}{% for i in range(900) %}{% set ns.l = ns.l + [s | split(\"\")] %}{% endfor %}",
    ),
    (
        "lines",
        "{% set ns = namespace(l=[]) %}{% set s = \"甲\\n\" * 400000 %}{% for i in range(900) %}{% set ns.l = ns.l + [s | lines] %}{% endfor %}",
    ),
    ("a long text printed often", "{% set s = \"甲\" * 600000 %}{% for i in range(9000) %}{{ s }}{% endfor %}"),
    (
        "plain text printed often",
        "{% for i in range(9999) %}{% for j in range(9999) %}甲乙丙丁甲乙丙丁{% endfor %}{% endfor %}",
    ),
    // Values in values.
    (
        "lists in lists",
        "{% set ns = namespace(d=[1]) %}{% for i in range(60) %}{% set ns.d = [ns.d, ns.d] %}{% endfor %}",
    ),
    (
        "deep lists compared",
        "{% set ns = namespace(d=[1], e=[1]) %}{% for i in range(12) %}{% set ns.d = [ns.d, ns.d, ns.d, ns.d] %}{% set ns.e = [ns.e, ns.e, ns.e, ns.e] %}{% endfor %}{{ \"甲\" if ns.d == ns.e else \"乙\" }}",
    ),
    (
        "maps in maps",
        "{% set ns = namespace(d={}) %}{% for i in range(60) %}{% set ns.d = {\"a\": ns.d, \"b\": ns.d} %}{% endfor %}",
    ),
    (
        "dicts in dicts",
        "{% set ns = namespace(d={}) %}{% for i in range(60) %}{% set ns.d = dict(a=ns.d, b=ns.d) %}{% endfor %}",
    ),
    ("a namespace that holds itself", "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns.a.a.a | pprint }}"),
    ("a namespace that holds itself printed", "{% set ns = namespace() %}{% set ns.a = [ns] %}{{ ns.a ~ \"甲\" }}"),
    (
        "a namespace that holds itself compared",
        "{% set ns = namespace() %}{% set m = namespace() %}{% set ns.a = m %}{% set m.a = ns %}{{ \"甲\" if ns == m else \"乙\" }}",
    ),
    (
        "namespaces in namespaces",
        "{% set n = namespace(v=namespace()) %}{% for i in range(90000) %}{% set n.v = namespace(a=n.v, b=n.v) %}{% endfor %}{{ n.v | pprint }}",
    ),
    (
        "a chain of namespaces",
        "{% set ns = namespace(b=1) %}{% for i in range(99999) %}{% set n = namespace(v=1) %}{% set n.v = ns.b %}{% set ns.b = n %}{% endfor %}",
    ),
    (
        "a chain of macros",
        "{% set ns = namespace(m=1) %}{% for i in range(99999) %}{% set p = ns.m %}{% macro m() %}{{ p }}{% endmacro %}{% set ns.m = m %}{% endfor %}",
    ),
    (
        "macros in lists",
        "{% set ns = namespace(m=[]) %}{% for i in range(99999) %}{% set p = ns.m %}{% macro m() %}{{ p }}{% endmacro %}{% set ns.m = [m] %}{% endfor %}",
    ),
    (
        "deep lists sorted",
        "{% set ns = namespace(d=[1]) %}{% for i in range(11) %}{% set ns.d = [ns.d, ns.d, ns.d, ns.d] %}{% endfor %}{{ [ns.d, ns.d, ns.d] | sort | length }}",
    ),
    (
        "deep lists in a list",
        "{% set ns = namespace(d=[1]) %}{% for i in range(11) %}{% set ns.d = [ns.d, ns.d, ns.d, ns.d] %}{% endfor %}{{ \"甲\" if ns.d in [ns.d, ns.d] else \"乙\" }}",
    ),
    (
        "deep lists made unique",
        "{% set ns = namespace(d=[1]) %}{% for i in range(11) %}{% set ns.d = [ns.d, ns.d, ns.d, ns.d] %}{% endfor %}{{ [ns.d, ns.d, ns.d] | unique | length }}",
    ),
    // Loops and calls.
    (
        "loops in loops",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% for k in range(99999) %}{% set a = i %}{% endfor %}{% endfor %}{% endfor %}",
    ),
    ("a macro that calls itself", "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}"),
    (
        "a macro that calls itself twice",
        "{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}甲{% endmacro %}{{ m(60) }}",
    ),
    ("a recursive loop", "{% for i in [1] recursive %}{{ loop([i]) }}{% endfor %}"),
    ("a recursive loop that branches", "{% for i in [1] recursive %}{{ loop([1, 2]) }}{{ loop([1, 2]) }}{% endfor %}"),
    ("an include of itself", "{% include \"t\" %}"),
    (
        "a sum that goes on",
        "{% set ns = namespace(x=培训场次) %}{% for i in range(99999) %}{% for j in range(99) %}{% set ns.x = ns.x + 培训场次 %}{% endfor %}{% endfor %}",
    ),
    (
        "last year's of last year's",
        "{% set ns = namespace(x=培训场次) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x + 1 %}{% endfor %}{% for i in range(99999) %}{% for j in range(99) %}{% set y = ns.x.上年 %}{% endfor %}{% endfor %}",
    ),
];

/// Attacks over a table of 20,000 rows.
pub const LIMITED_LARGE: &[(&str, &str)] = &[
    ("筛选 in a loop over the table", "{% for 行 in 大表 %}{% set l = 大表 | 筛选(\"数\", 大于=行.数) %}{% endfor %}"),
    ("排序 in a loop over the table", "{% for 行 in 大表 %}{% set l = 大表 | 排序(\"数\") %}{% endfor %}"),
    ("the table within itself", "{% for 行 in 大表 %}{% for 列 in 大表 %}{% set a = 列.数 %}{% endfor %}{% endfor %}"),
    ("合计 of selections", "{% for 行 in 大表 %}{% set a = 合计(大表[1:], \"数\") %}{% endfor %}"),
    (
        "排名 of each",
        "{% for 行 in 大表 %}{% for k in range(99) %}{% set a = 排名(大表, \"数\", 行) %}{% endfor %}{% endfor %}",
    ),
    ("a column joined for each row", "{% for 行 in 大表 %}{% set a = 大表 | 取(\"名称\") | 顿号 %}{% endfor %}"),
    (
        "selections kept",
        "{% set ns = namespace(l=[]) %}{% for 行 in 大表 %}{% set ns.l = ns.l + [大表 | 筛选(\"数\", 大于=0)] %}{% endfor %}",
    ),
    ("slices kept", "{% set ns = namespace(l=[]) %}{% for 行 in 大表 %}{% set ns.l = ns.l + [大表[1:]] %}{% endfor %}"),
    ("the column sorted for each row", "{% for 行 in 大表 %}{% set a = 大表 | 取(\"数\") | sort %}{% endfor %}"),
    ("the table grouped for each row", "{% for 行 in 大表 %}{% set a = 大表 | groupby(\"名称\") %}{% endfor %}"),
    ("the column made unique", "{{ 大表 | 取(\"名称\") | unique | length }}"),
    (
        "the column looked through",
        "{% for 行 in 大表 %}{% if \"没有\" in 大表 | 取(\"名称\") %}甲{% endif %}{% endfor %}",
    ),
    (
        "a map over the table for each row",
        "{% for 行 in 大表 %}{% set a = 大表 | map(attribute=\"数\") | list %}{% endfor %}",
    ),
    (
        "selectattr for each row",
        "{% for 行 in 大表 %}{% set a = 大表 | selectattr(\"数\", \"gt\", 5) | list %}{% endfor %}",
    ),
    ("the greatest for each row", "{% for 行 in 大表 %}{% set a = 大表 | 取(\"数\") | max %}{% endfor %}"),
];

/// What has no sense or no end in arithmetic, and what cannot be read: code, and a part of the words.
pub const REFUSED: &[(&str, &str, &str)] = &[
    ("{{ 9 ** 999999999 }}", "T022", "过大"),
    ("{{ 9999999999 ** 9999 }}", "T022", "过大"),
    ("{{ 2 ** (2 ** (2 ** (2 ** 2))) }}", "T022", "过大"),
    ("{{ 培训场次 ** 199 }}", "T022", "过大"),
    ("{{ 0 ** (0 - 3) }}", "T022", "除数为0"),
    ("{{ (0 - 8) ** 0.5 }}", "T022", "负数"),
    ("{{ 9999999999999999999999999999 * 10 }}", "T022", "过大"),
    ("{{ 79228162514264337593543950335 + 1 }}", "T022", "过大"),
    ("{{ 1 / 0 }}", "T022", "除数为0"),
    ("{{ 1 // 0 }}", "T022", "除数为0"),
    ("{{ 1 % 0 }}", "T022", "除数为0"),
];

/// Attacks that are too long to be written down.
pub fn generated() -> Vec<(&'static str, String)> {
    let repeat = |part: &str, times: usize| part.repeat(times);
    vec![
        (
            "a captured block that doubles",
            format!("{{% set s = \"甲乙丙丁\" %}}{}{{{{ s }}}}", repeat("{% set s %}{{ s }}{{ s }}{% endset %}", 60)),
        ),
        (
            "sums kept",
            format!(
                "{{% set ns = namespace(l=[]) %}}{{% for i in range(9999) %}}{{% set ns.l = ns.l + [[{}]] %}}{{% endfor %}}",
                repeat("培训场次 + 1,", 900)
            ),
        ),
        (
            "short texts kept",
            format!(
                "{{% set ns = namespace(l=[]) %}}{{% for i in range(9999) %}}{{% set ns.l = ns.l + [[{}]] %}}{{% endfor %}}",
                repeat("\"a\" | upper,", 900)
            ),
        ),
    ]
}

/// Templates that are too deep to be read.
pub fn too_deep() -> Vec<(&'static str, String)> {
    let nested = |open: &str, inner: &str, close: &str, times: usize| {
        format!("{{{{ {}{inner}{} }}}}", open.repeat(times), close.repeat(times))
    };
    vec![
        ("parentheses", nested("(", "1", ")", 100_000)),
        ("lists", nested("[", "1", "]", 100_000)),
        ("signs", nested("-", "1", "", 100_000)),
        ("not", nested("not ", "1", "", 100_000)),
        ("calls", nested("合计(", "1", ")", 100_000)),
        ("conditions", format!("{}{}", "{% if 1 %}".repeat(100_000), "{% endif %}".repeat(100_000))),
    ]
}

/// Long, but not deep as it is written: each is read and calculated, or refused in words.
pub fn long() -> Vec<(&'static str, String)> {
    let chain = |first: &str, part: &str, times: usize| format!("{{{{ {first}{} }}}}", part.repeat(times));
    vec![
        ("a long sum", chain("1", " + 1", 20_000)),
        ("a long product", chain("1", " * 1", 20_000)),
        ("a long row of filters", chain("1", " | abs", 20_000)),
        ("a long row of attributes", chain("报告", ".甲", 20_000)),
        ("a long comparison", chain("1", " < 1", 20_000)),
        ("a long row of and", chain("1", " and 1", 20_000)),
        ("a long row of conditions", chain("1", " if 1 else 1", 20_000)),
        ("a long row of powers", chain("1", " ** 1", 20_000)),
        ("a long text", chain("1", " ~ 1", 20_000)),
        ("a long list", format!("{{{{ [{}] | length }}}}", "1,".repeat(20_000))),
        ("a long number", format!("{{{{ {} }}}}", "9".repeat(100_000))),
        ("a long name", format!("{{{{ {} }}}}", "甲".repeat(100_000))),
        ("a long row of elif", format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}甲".repeat(20_000))),
        ("many expressions", "{{ 培训场次 }}".repeat(20_000)),
    ]
}
