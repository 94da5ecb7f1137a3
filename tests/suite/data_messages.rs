//! What a clerk is told of each bad input of a data file, by the numbers of the list of bad
//! inputs that the project keeps: file system 1–3, packages 4–14, sheets 15–21, values 22–31,
//! YAML and CSV 32–40. One golden text, to be read as a whole.

use std::fs::File;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use huibao::dataset::schema::{Schema, check};
use huibao::dataset::{LoadOptions, load};
use huibao::diagnostic::{Diagnostic, Source, SourceMap, render};
use huibao::source::file::{MAX_FILE_BYTES, read_by};
use huibao::source::yaml;
use insta::assert_snapshot;
use rust_xlsxwriter::{Format, Formula, Worksheet};

use crate::data_formats::{HEADER, ods, package, xlsx};
use crate::data_support::{read, rows, workbook};

const DECLARED: &str = "
字段:
  - {名称: 培训场次, 类型: 整数, 单位: 场, 必填: true, 示例: 36}
表:
  - 名称: 乡镇
    必填: true
    列:
      - {名称: 名称, 类型: 文本, 必填: true}
      - {名称: 经费, 类型: 小数, 单位: 万元, 必填: true}
      - {名称: 建成日期, 类型: 日期}
      - {名称: 代码, 类型: 文本}
";

fn schema() -> Schema {
    let mut sources = SourceMap::new();
    let id = sources.add(Source {
        path: PathBuf::new(),
        name: "template.yaml".into(),
        text: None,
        sheets: Vec::new(),
        sha256: String::new(),
    });
    let root = yaml::parse(DECLARED, id).expect("yaml");
    Schema::from_yaml(root.get("字段"), root.get("表")).0
}

/// All that is told of a file that is read and typed.
fn typed(name: &str, bytes: &[u8]) -> String {
    let mut loaded = read(&[(name, bytes)]);
    let said = loaded.dataset.as_mut().map(|d| check(d, &schema())).unwrap_or_default();
    loaded.diagnostics.iter().chain(&said).map(|d| render(d, &loaded.sources)).collect()
}

/// A good workbook whose table 乡镇 is filled by a function.
fn table(name: &str, fill: &dyn Fn(&mut Worksheet)) -> Vec<u8> {
    workbook(&[
        ("报告信息", &|s| rows(s, 0, &[&["项目", "内容"], &["年份", "2026"]])),
        ("指标", &|s| rows(s, 0, &[&["指标", "单位", "2026年"], &["培训场次", "场", "36"]])),
        (name, fill),
    ])
}

fn lines(lines: &[&[&str]]) -> String {
    typed("数据.xlsx", &table("乡镇", &|s| rows(s, 0, lines)))
}

/// A cell whose formula asks another workbook, beside an image somewhere else: what was stored
/// is read, nothing is opened.
fn linked() -> String {
    let relation = |id: &str, kind: &str, target: &str, outside: bool| {
        let mode = if outside { " TargetMode=\"External\"" } else { "" };
        format!("<Relationship Id=\"{id}\" Type=\"x/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let relations = |inside: String| format!("<Relationships>{inside}</Relationships>").into_bytes();
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="乡镇" r:id="r1"/></sheets><externalReferences><externalReference r:id="r2"/></externalReferences></workbook>"#;
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = format!(
        "<worksheet xmlns:r=\"r\"><sheetData><row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\"><f>[1]预算!$B$2</f><v>31.86</v></c></row></sheetData><drawing r:id=\"r1\"/></worksheet>",
        text("A1", "名称"),
        text("B1", "经费"),
        text("A2", "云溪镇"),
    );
    let elsewhere = "file:///不存在/预算.xlsx";
    let bytes = package(&[
        ("_rels/.rels", &relations(relation("r1", "officeDocument", "xl/workbook.xml", false))),
        ("xl/workbook.xml", book.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            &relations(
                relation("r1", "worksheet", "worksheets/sheet1.xml", false)
                    + &relation("r2", "externalLink", "externalLinks/externalLink1.xml", false),
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            &relations(relation("r1", "image", "http://example.invalid/a.png", true)),
        ),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        (
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            &relations(relation("r1", "externalLinkPath", elsewhere, true)),
        ),
    ]);
    let data = read(&[("数据.xlsx", &bytes), ("其余.yaml", "年份: 2026\n培训场次: 36\n".as_bytes())]);
    let told: String = data.diagnostics.iter().map(|d| render(d, &data.sources)).collect();
    let data = data.dataset.expect("data");
    let cell = &data.current().expect("a year").tables["乡镇"].records[0].cells[1];
    assert_eq!(cell.number().expect("a number").decimal.to_string(), "31.86");
    told
}

#[test]
fn each_bad_input_is_told_in_plain_words() {
    let mut out = String::new();
    let mut say = |number: &str, what: &str, said: String| {
        let said = if said.is_empty() { "（读得对，不用说什么）\n".to_string() } else { said };
        out.push_str(&format!("== {number} {what}\n{said}"));
    };
    let dir = tempfile::tempdir().expect("a folder");
    let good = table("乡镇", &|s| rows(s, 0, &[&["名称", "经费", "建成日期"], &["云溪镇", "31.86", "'2026-09-30"]]));
    std::fs::write(dir.path().join("数据2026.xlsx"), &good).expect("written");
    std::fs::write(dir.path().join("~$数据2026.xlsx"), b"x").expect("written");
    let at = |name: &str| {
        let loaded = load(&[dir.path().join(name)], &LoadOptions::default());
        let said: String = loaded.diagnostics.iter().map(|d| render(d, &loaded.sources)).collect();
        let exit = loaded.diagnostics.first().map_or(0, |d| d.exit.code());
        format!("{}（退出码 {exit}）\n", said.replace(&dir.path().display().to_string(), "某处"))
    };
    say("1", "没有这个文件", at("数据2025.xlsx"));
    say("2", "给的是文件夹", at(""));
    let refused = |path: &str, told: Result<Vec<u8>, Box<Diagnostic>>| {
        let told = told.expect_err("a refusal");
        let said = render(&told, &SourceMap::new()).replace(&dir.path().display().to_string(), "某处");
        format!("{}（{path}，退出码 {}）\n", said, told.exit.code())
    };
    let file = dir.path().join("数据2026.xlsx");
    let locked = || Err(std::io::ErrorKind::PermissionDenied.into());
    say("3", "没有读取权限", refused("数据2026.xlsx", read_by(&file, MAX_FILE_BYTES, |_| locked())));
    say("4", "空文件", typed("空.xlsx", b""));
    say("4", "网页", typed("网页.xls", "<html><table></table></html>".as_bytes()));
    say("4", "文本", typed("文本.xlsx", "名称,数\n".as_bytes()));
    say("5", "扩展名不对", typed("其实.xls", &good));
    say("6", "截断", typed("截断.xlsx", &good[..good.len() * 6 / 10]));
    say("8", "锁定文件", at("~$数据2026.xlsx"));
    say("9", "太旧", typed("旧.xls", &[0x09, 0x04, 0x06, 0x00, 0x00, 0x00]));
    say("10", "压缩炸弹", typed("炸弹.xlsx", &package(&[("xl/workbook.xml", &vec![b' '; 30 << 20])])));
    say("11", "出界的部件", typed("出界.xlsx", &package(&[("xl/../../etc/passwd", b"x")])));
    let far = format!("{HEADER}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    say("12", "相距很远的两格", typed("角.xlsx", &xlsx(&far)));
    let bomb = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"1000\"><text:p>x</text:p></table:table-cell></table:table-row>";
    say("13", "重复炸弹", typed("炸弹.ods", &ods(bomb)));
    let dtd = br#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>"#;
    say(
        "14",
        "没有读的部件里有 DTD",
        typed("实体.xlsx", &package(&[("xl/workbook.xml", b"<a/>"), ("customXml/item1.xml", dtd)])),
    );
    say(
        "15",
        "表名写错",
        typed("数据.xlsx", &table("乡镇（街道）", &|s| rows(s, 0, &[&["名称", "经费"], &["云溪镇", "1"]]))),
    );
    let hidden = |s: &mut Worksheet| {
        rows(s, 0, &[&["名称", "经费"], &["云溪镇", "1"]]);
        s.set_very_hidden(true);
    };
    say("16", "深度隐藏的表", typed("数据.xlsx", &table("乡镇", &hidden)));
    say("17", "列名写错", lines(&[&["名称", "经费投入"], &["云溪镇", "1"]]));
    say("17", "缺列", lines(&[&["名称", "面积"], &["云溪镇", "1"]]));
    say("18", "两列同名，一列无名", lines(&[&["名称", "经费", "经费", ""], &["云溪镇", "1", "2", "3"]]));
    say("19", "列名前后有空格和换行", lines(&[&[" 名称", "经费\n"], &["云溪镇", "1"]]));
    say("20", "错误值", {
        typed(
            "数据.xlsx",
            &table("乡镇", &|s| {
                rows(s, 0, &[&["名称", "经费"], &["云溪镇"], &["石桥镇", "'#N/A"]]);
                s.write_formula(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("cell");
            }),
        )
    });
    say(
        "21",
        "没有结果的公式",
        typed(
            "单元格.xlsx",
            &xlsx(&format!(
                "{HEADER}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>甲</t></is></c><c r=\"B2\"><f>A1*2</f></c></row>"
            )),
        ),
    );
    say(
        "22",
        "不是数字的数",
        lines(&[
            &["名称", "经费", "建成日期"],
            &["甲", "'1,234.50", "'2026-09-30"],
            &["乙", "'１２３４．５", "'9月30日"],
            &["丙", "'三十万", "'2026年2月30日"],
            &["丁", "'约36", "'年底"],
            &["戊", "-", "'2026.1"],
            &["己", "'12万", "46295"],
        ]),
    );
    let code = |s: &mut Worksheet| {
        rows(s, 0, &[&["名称", "经费", "代码"], &["甲", "1"]]);
        s.write_number_with_format(1, 2, 1, &Format::new().set_num_format("000000")).expect("cell");
    };
    say("23", "用格式补零的代码", typed("数据.xlsx", &table("乡镇", &code)));
    let odd_dates = |s: &mut Worksheet| {
        rows(s, 0, &[&["名称", "经费", "建成日期"], &["甲", "1"], &["乙", "1"], &["丙", "1"], &["丁", "1"]]);
        for (row, value) in [(1, 0.0), (2, 60.0), (3, -5.0), (4, 3e6)] {
            s.write_number_with_format(row, 2, value, &Format::new().set_num_format("yyyy-mm-dd")).expect("cell");
        }
    };
    say("25", "不成日期的序号", typed("数据.xlsx", &table("乡镇", &odd_dates)));
    say("25", "天文数字", lines(&[&["名称", "经费"], &["甲", "1e300"]]));
    say(
        "27",
        "合并单元格里的数",
        typed(
            "数据.xlsx",
            &table("乡镇", &|s| {
                rows(s, 0, &[&["名称", "经费"], &["甲"], &["乙"]]);
                s.merge_range(1, 1, 2, 1, "", &Format::new()).expect("merge");
                s.write_number(1, 1, 5).expect("cell");
            }),
        ),
    );
    say("28", "控制字符和变向符", lines(&[&["名称", "经费"], &["甲\u{8}\u{202E}乙", "1"]]));
    say("30", "被截去的位数", lines(&[&["名称", "经费", "代码"], &["甲", "1", "6222021234567890123"]]));
    say("31", "公式链到别的工作簿，图片在文件之外", linked());
    say("32", "只有表头", lines(&[&["名称", "经费"]]));
    // Written to between the two looks at it: by each opening, or by the first only.
    let changed = |times: u64| {
        let mut opened = 0;
        read_by(&file, MAX_FILE_BYTES, |path| {
            opened += 1;
            let file = File::options().read(true).write(true).open(path)?;
            if opened <= times {
                file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(times * 1_000 + opened))?;
            }
            Ok(file)
        })
    };
    assert_eq!(changed(1).expect("read at the second look"), good);
    say("33", "读取时一直在变动", refused("数据2026.xlsx", changed(9)));
    for (number, what, text) in [
        ("34", "制表符", "年份: 2026\n报告:\n\t标题: 汇报\n"),
        ("34", "缩进", "年份: 2026\n报告:\n  标题: 汇报\n 单位: 云溪镇\n"),
        ("34", "引号", "年份: 2026\n标题: \"汇报\n"),
        ("35", "键重复", "培训场次: 36\n年份: 2026\n培训场次: 37\n"),
        ("37", "绕回自己的别名", "a: &a [*a]\n"),
        ("37", "没有定义的别名", "a: *b\n"),
        ("37", "两份数据", "a: 1\n---\nb: 2\n"),
        ("37", "标签", "a: !!python/object:os.system x\n"),
    ] {
        say(number, what, typed("数据.yaml", text.as_bytes()));
    }
    let mut aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for i in 1..10 {
        aliases += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", "));
    }
    say("36", "一层套一层的别名", typed("数据.yaml", aliases.as_bytes()));
    say("36", "太大", typed("大.yaml", &vec![b'#'; 17 << 20]));
    let codes = "年份: 2026\n培训场次: 36\n乡镇: [{名称: no, 经费: 1, 代码: 007}, {名称: 12:30, 经费: 2, 代码: 123456789012345678901234567890}]\n";
    say("38", "原样保留的文字", typed("数据.yaml", codes.as_bytes()));
    let control = "年份: 2026\n培训场次: 36\n乡镇:\n  - {名称: \"甲\\x08\\u202E乙\", 经费: 1}\n  - {名称: \"丙\\x01\", 经费: 2}\n";
    say("28", "YAML 里的控制字符", typed("数据.yaml", control.as_bytes()));
    let (gbk, _, _) = encoding_rs::GB18030.encode("年份: 2026\n标题: 云溪镇汇报\n");
    say("39", "GBK 的 YAML", typed("数据.yaml", &gbk));
    let (csv, _, _) = encoding_rs::GB18030.encode("名称,经费\n云溪镇,1,280\n石桥镇,5\n");
    say("40", "列数不对的 GBK 文件", typed("乡镇.csv", &csv));
    say("40", "没关上的引号", typed("乡镇.csv", "名称,经费\n云溪镇,\"5\n石桥镇,6\n".as_bytes()));
    say("40", "不成文字的字节", typed("乡镇.csv", &[0xD4, 0xC6, 0xFF, 0xFF, b',', b'1', b'\n']));
    assert_snapshot!(out.replace("某处\\", "某处/"));
}
