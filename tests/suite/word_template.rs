//! Word files as templates: the text that is made of them, the report that comes out, and what mistakes say.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use huibao::diagnostic::{SourceMap, render};
use huibao::document;
use huibao::pipeline::{self, Request, Rules};
use huibao::template::Pack;
use tempfile::TempDir;

use super::word_kit::{BOLD, CENTER, Docx, KAI, RIGHT, cell, par, picture, png, row, run, set, table, title};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const DATA: &str = "年份: 2026\n培训场次: 36\n经费: 12.5\n照片: 门前.png\n历年:\n  2025: {培训场次: 32}\n乡镇:\n  - {名称: 云溪镇, 经费: 31.86, 状态: 建成}\n  - {名称: 和平镇, 经费: 20.14, 状态: 在建}\n";

struct Desk(TempDir);

impl Desk {
    fn new(docx: &Docx) -> Desk {
        let desk = Desk(TempDir::new().unwrap());
        desk.file("数据.yaml", DATA).file("模板.docx", docx.bytes())
    }

    fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Desk {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        let huibao = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(args)
            .current_dir(self.0.path())
            .env("HUIBAO_HOME", ROOT)
            .output();
        huibao.unwrap()
    }

    /// What a run prints, with its exit code.
    fn said(&self, args: &[&str]) -> String {
        let out = self.run(args);
        let text = [out.stdout, out.stderr].concat();
        format!(
            "{}{}",
            String::from_utf8_lossy(&text).replace(self.0.path().to_str().unwrap(), ""),
            out.status.code().unwrap_or(-1)
        )
    }

    fn request(&self, template: &str) -> Request {
        let template = Some(self.path(template).to_string_lossy().into_owned());
        Request { data: vec![self.path("数据.yaml")], template, ..Request::default() }
    }
}

/// The templates that a Word file becomes, private marks made visible.
fn text_of(docx: &Docx) -> String {
    let desk = Desk::new(docx);
    let mut sources = SourceMap::new();
    let pack = Pack::load(&desk.path("模板.docx"), &mut sources)
        .unwrap_or_else(|found| panic!("{}", found.iter().map(|d| render(d, &sources)).collect::<String>()));
    let signs = [
        ('\u{e010}', "«"),
        ('\u{e011}', "»"),
        ('\u{e012}', "‹"),
        ('\u{e013}', "›"),
        ('\u{e014}', "⏎"),
        ('\u{e015}', "←"),
        ('\u{e016}', "↑"),
        ('\u{e017}', "头"),
        ('\u{e018}', "无头"),
    ];
    let mut out = String::new();
    for template in pack.engine.templates() {
        let mut text = template.script.text.to_string();
        for (sign, shown) in signs {
            text = text.replace(sign, shown);
        }
        while text.contains("\n\n\n") {
            text = text.replace("\n\n\n", "\n\n");
        }
        out += &format!("── {}\n{}", template.name, text);
    }
    out + &pack.notices.iter().map(|d| render(d, &sources)).collect::<String>()
}

/// The report as text.
fn report(docx: &Docx) -> String {
    report_of(&Desk::new(docx), "模板.docx")
}

fn report_of(desk: &Desk, template: &str) -> String {
    let material = pipeline::prepare(&desk.request(template));
    let told = |found: &[huibao::diagnostic::Diagnostic], sources: &SourceMap| -> String {
        found.iter().map(|d| render(d, sources)).collect()
    };
    let material = material.unwrap_or_else(|failure| panic!("{}", told(&failure.diagnostics, &failure.sources)));
    let composed = pipeline::compose(&material, None, false);
    let composed = composed.unwrap_or_else(|found| panic!("{}", told(&found, &material.sources)));
    document::plain(&composed.document)
}

/// A report as an office writes it.
fn office() -> Docx {
    Docx::new(
        [
            title("关于联络站工作情况的汇报"),
            par("青河区人大常委会："),
            par("　　现将{{ 年份 }}年工作情况汇报如下："),
            par("　　一、基本情况"),
            par(&format!(
                "{}{}{}",
                run("　　全镇培训｛｛培训", ""),
                run("场次｝｝场", ""),
                run("，｛｛ 同比（培训场次，上年．培训场次，“场”） ｝｝。[[经费{{ 经费 }}万元||经费未定]]。", "")
            )),
            par(&format!("{}{}{}", run("（一）", ""), run("强化领导。", KAI), run("健全机制，落实责任。", ""))),
            par("{% for 镇 in 乡镇 %}"),
            par(&format!("{}{}", run("（二）{{ 镇.名称 }}抓得实。", KAI), run("{{ 镇.状态 }}。", ""))),
            par("{% endfor %}"),
            set(CENTER, "表1　各镇经费"),
            set(RIGHT, "（单位：万元）"),
            table(&[
                row(&["名称", "经费"]),
                row(&["{% for 镇 in 乡镇 %}{{ 镇.名称 }}", "{{ 镇.经费 }}{% endfor %}"]),
                row(&["合计", "{{ 合计(乡镇, “经费”) }}"]),
            ]),
            par("注：不含街道。"),
            par("二、下一步打算"),
            par(&format!("{}{}{}", run("一要", ""), run("加强领导", BOLD), run("，二要落实。", ""))),
            set(RIGHT, "云溪镇人大主席团"),
            set(RIGHT, "{{ 年份 }}年12月5日"),
        ]
        .concat(),
    )
}

const MARKDOWN: &str = "现将{{ 年份 }}年工作情况汇报如下：\n\n# 基本情况\n\n全镇培训{{培训场次}}场，{{ 同比(培训场次,上年.培训场次,\"场\") }}。[[经费{{ 经费 }}万元||经费未定]]。\n\n## 强化领导。\n\n健全机制，落实责任。\n\n{% for 镇 in 乡镇 %}\n## {{ 镇.名称 }}抓得实。\n\n{{ 镇.状态 }}。\n\n{% endfor %}\n\n表：各镇经费\n\n单位：万元\n\n| 名称 | 经费 |\n|---|---|\n{% for 镇 in 乡镇 %}\n| {{ 镇.名称 }} | {{ 镇.经费 }} |\n{% endfor %}\n| 合计 | {{ 合计(乡镇, \"经费\") }} |\n\n注：不含街道。\n\n# 下一步打算\n\n一要**加强领导**，二要落实。\n";

#[test]
fn the_text_of_an_office() {
    insta::assert_snapshot!(text_of(&office()));
}

#[test]
fn the_report_of_an_office() {
    insta::assert_snapshot!(report(&office()));
}

/// The same text from a Word file and from Markdown is the same report, PDF and DOCX, byte for byte.
#[test]
fn word_and_markdown_make_the_same_report() {
    let desk = Desk::new(&office());
    let keys = "名称: 例\n标题: 关于联络站工作情况的汇报\n";
    let information = "报告: {主送: 青河区人大常委会, 单位: 云溪镇人大主席团, 成文日期: 2026-12-05}\n";
    let desk = desk
        .file("甲/template.yaml", keys)
        .file("甲/report.docx", office().bytes())
        .file("乙/template.yaml", keys)
        .file("乙/report.md.j2", MARKDOWN)
        .file("数据.yaml", format!("{DATA}{information}"));
    for pack in ["甲", "乙"] {
        let said = desk.said(&["build", "数据.yaml", "-t", pack, "-o", &format!("出{pack}")]);
        assert!(said.ends_with('0'), "{said}");
    }
    for ending in ["pdf", "docx"] {
        let of = |pack: &str| fs::read(desk.path(&format!("出{pack}/关于联络站工作情况的汇报.{ending}"))).unwrap();
        assert!(of("甲") == of("乙"), "{ending}");
    }
}

/// What Markdown would read as a mark is text in Word.
#[test]
fn nothing_typed_is_a_mark() {
    let lines = [
        "# 井号",
        "#井号",
        "* 星号",
        "- 横线",
        "+ 加号",
        "1. 序号；",
        "2) 括号",
        "> 大于",
        "| 竖线 | 竖线 |",
        "---",
        "***",
        "===",
        "```",
        "~~~",
        "`代码`",
        "**不粗** *不斜* _不斜_ __不粗__ ~~不删~~",
        "[链接](http://例) ![图](x.png)",
        "<b>标签</b> &amp; &lt;",
        "反斜线\\# \\\\",
        "    缩进",
        "\t制表",
        "1986. 年份",
        "a_b_c",
        "{ 单 } } }",
        "|---|",
        "单[方]括号",
        "http://a.b/c_d_e*f",
        "\\[[不是从句\\]]",
        "\\【【不是从句\\】】",
        "5*3=15",
        "A|B||C",
    ];
    let body: String = [title("标题"), par("开头。")].into_iter().chain(lines.iter().map(|line| par(line))).collect();
    let table = table(&[row(&["# 甲", "a|b"]), row(&["- 乙", "**丙** `|` \\|"]), row(&["1. 丁", "||"])]);
    let printed = report(&Docx::new(format!("{body}{table}")));
    for line in lines {
        let plain =
            line.trim().replace("\\[[", "[[").replace("\\]]", "]]").replace("\\【【", "【【").replace("\\】】", "】】");
        assert!(printed.contains(&plain), "{line:?} is not in\n{printed}");
    }
    for cell in ["# 甲", "a|b", "- 乙", "**丙** `|` \\|", "1. 丁", "||"] {
        assert!(printed.contains(cell), "{cell:?} is not in\n{printed}");
    }
    assert!(!printed.contains('\u{e010}'));
    insta::assert_snapshot!(printed);
}

/// Rows, columns and cells that repeat; statements that stand alone; merged cells.
#[test]
fn loops_in_tables() {
    let merged = |properties: &str, text: &str| cell(properties, text);
    let body = [
        title("标题"),
        // The loop in rows of their own.
        table(&[
            row(&["名称", "经费"]),
            row(&["{% for 镇 in 乡镇 %}", ""]),
            row(&["{{ 镇.名称 }}", "{{ 镇.经费 }}"]),
            row(&["{%tr endfor %}", ""]),
        ]),
        par("甲。"),
        // Opened and closed in one cell, while others of the row speak of it.
        table(&[row(&["名称", "经费"]), row(&["{% for 镇 in 乡镇 %}{{ 镇.名称 }}{% endfor %}", "{{ 镇.经费 }}"])]),
        par("乙。"),
        // A list within its cell.
        table(&[row(&["镇", "全镇"]), row(&["{% for 镇 in 乡镇 %}{{ 镇.名称 }}；{% endfor %}", "{{ 经费 }}"])]),
        par("丙。"),
        // Columns: each cell holds the loop.
        table(&[
            row(&["指标", "{% for 镇 in 乡镇 %}{{ 镇.名称 }}{% endfor %}", "合计"]),
            row(&["经费", "{% for 镇 in 乡镇 %}{{ 镇.经费 }}{% endfor %}", "{{ 合计(乡镇, “经费”) }}"]),
            row(&["状态", "{%tc for 镇 in 乡镇 %}{{ 镇.状态 }}{% endfor %}", "—"]),
        ]),
        par("丁。"),
        // Columns: the loop opens above and ends below.
        table(&[row(&["指标", "{% for 镇 in 乡镇 %}{{ 镇.名称 }}"]), row(&["经费", "{{ 镇.经费 }}{% endfor %}"])]),
        par("戊。"),
        // A header of two rows, cells that cover others.
        table(&[
            row(&[&merged("<w:vMerge w:val=\"restart\"/>", "名称"), &merged("<w:gridSpan w:val=\"2\"/>", "情况")]),
            row(&[&merged("<w:vMerge/>", ""), "经费", "状态"]),
            row(&["{% for 镇 in 乡镇 %}{{ 镇.名称 }}", "{{ 镇.经费 }}", "{{ 镇.状态 }}{% endfor %}"]),
            row(&[&merged("<w:gridSpan w:val=\"3\"/>", "合并的一行")]),
        ]),
        par("己。"),
        // Without a header: the first row repeats.
        table(&[row(&["{% for 镇 in 乡镇 %}{{ 镇.名称 }}", "{{ 镇.经费 }}{% endfor %}"])]),
        par("庚。"),
        // A row under a condition, a paragraph of a cell under one.
        table(&[
            row(&["项", "数"]),
            row(&["{% if 经费 > 100 %}大额", "{{ 经费 }}{% endif %}"]),
            row(&["{% if 经费 < 100 %}小额{% endif %}", "{{ 经费 }}"]),
        ]),
    ];
    let docx = Docx::new(body.concat());
    insta::assert_snapshot!(format!("{}\n═══\n{}", text_of(&docx), report(&docx)));
}

/// Pictures of the file, pictures beside it, charts and tables by tag, page breaks, text boxes, faces.
#[test]
fn pictures_charts_and_the_rest() {
    let boxed = "<w:r><w:drawing><wp:anchor><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里{{ 经费 }}万元。</w:t></w:r></w:p></w:txbxContent></wps:txbx></wp:anchor></w:drawing></w:r>";
    let body = [
        title("标题"),
        par("甲。"),
        par(&picture("rId1", "门前")),
        set(CENTER, "图1 联络站门前"),
        par("{{ 图片(照片, “活动现场”) }}"),
        par("｛｛图表（类型=“柱”，数据=乡镇，类别=名称，系列=[经费]，标题=“各镇经费”）｝｝"),
        par("{{ 表格(数据=乡镇, 列=[名称, 经费], 合计=true, 标题=“各镇明细”) }}"),
        par("<w:r><w:t>乙。</w:t><w:br w:type=\"page\"/><w:t>丙，</w:t><w:br/><w:t>换行。</w:t></w:r>"),
        set("<w:pageBreakBefore/>", "丁。"),
        par(&format!("{}{}", run("戊。", ""), boxed)),
        par(&format!(
            "{}{}{}{}",
            run("己{% if 经费 %}", BOLD),
            run("庚{{ 经费 }}", BOLD),
            run("{% endif %}辛", ""),
            run("壬。", "<w:i/>")
        )),
    ];
    let docx = Docx::new(body.concat()).with("image", "word/media/image1.png", png()).with(
        "image",
        "word/media/image2.emf",
        b"EMF",
    );
    insta::assert_snapshot!(text_of(&docx));
    let desk = Desk::new(&docx).file("门前.png", png());
    insta::assert_snapshot!(report_of(&desk, "模板.docx"));
    let said = desk.said(&["build", "数据.yaml", "-t", "模板.docx"]);
    assert!(said.ends_with('0'), "{said}");
}

/// What the file's own look had is listed once.
#[test]
fn what_is_lost_is_said_once() {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let body = [
        title("标题"),
        par(&run("红字{{ 经费 }}万元。", "<w:color w:val=\"FF0000\"/><w:u w:val=\"single\"/>")),
        par(&picture("rId2", "图")),
    ];
    let docx = Docx::new(body.concat())
        .with("header", "word/header1.xml", format!("<w:hdr {w}><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:hdr>"))
        .with("image", "word/media/image1.wmf", b"WMF");
    let desk = Desk::new(&docx);
    insta::assert_snapshot!(desk.said(&["check", "数据.yaml", "-t", "模板.docx"]));
}

/// Each mistake names its paragraph and its tag.
#[test]
fn mistakes_name_paragraph_and_tag() {
    let wrong = [
        title("标题"),
        par("一、{{ 培训长次 }}"),
        par("培训{{ 同比(培训场次，经费) }}，｛｛ 经费 | 保留2 ｝｝。"),
        table(&[row(&["名称", "经费"]), row(&["{% for 镇 in 乡镇 %}{{ 镇.名称 }}", "{{ 镇.经非 }}{% endfor %}"])]),
        par("要继需努力。"),
        par(&run("{{ 不在 ", BOLD).replace("</w:r>", "</w:r><w:r><w:t>}}</w:t></w:r>")),
    ];
    let unread = [
        title("标题"),
        par("甲{{ 经费"),
        par("{% if 经费 %}乙。"),
        par("｛｛ 经费 + ｝｝"),
        par("[[从句"),
        par("{{ 合计(乡镇, “经费) }}"),
    ];
    let said = |body: &[String]| Desk::new(&Docx::new(body.concat())).said(&["check", "数据.yaml", "-t", "模板.docx"]);
    insta::assert_snapshot!(format!("{}\n═══\n{}", said(&wrong), said(&unread)));
    let json =
        Desk::new(&Docx::new(wrong.concat())).said(&["check", "数据.yaml", "-t", "模板.docx", "--report", "json"]);
    assert!(json.contains("\"paragraph\": \"第2段\"") && json.contains("\"tag\": \"{{ 培训长次 }}\""), "{json}");
}

#[test]
fn old_formats_and_files_that_are_not_there() {
    let desk = Desk::new(&office())
        .file("旧.doc", b"\xD0\xCF\x11\xE0")
        .file("假.docx", "不是文档")
        .file("坏.docx", b"PK\x03\x04");
    let said: Vec<String> = ["旧.doc", "假.docx", "坏.docx", "模版.docx"]
        .iter()
        .map(|t| desk.said(&["build", "数据.yaml", "-t", t]))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

/// Annexes behind the text, one of them sideways; the lines that name them are the program's own.
#[test]
fn annexes() {
    let body = [
        title("关于联络站工作情况的汇报"),
        par("一、基本情况"),
        par("经费{{ 经费 }}万元。"),
        par("附件：1.各镇经费"),
        par("　　　2.各镇状态"),
        set(RIGHT, "云溪镇人大主席团"),
        set(RIGHT, "2026年12月5日"),
        par("<w:r><w:br w:type=\"page\"/></w:r>"),
        par("附件1"),
        set(CENTER, "各镇经费（{{ 年份 }}年）"),
        table(&[row(&["名称", "经费"]), row(&["{% for 镇 in 乡镇 %}{{ 镇.名称 }}", "{{ 镇.经费 }}{% endfor %}"])]),
        "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:pPr></w:p>".to_string(),
        par("附件2"),
        set(CENTER, "各镇状态"),
        par("一、总的情况"),
        par("{% for 镇 in 乡镇 %}{{ 镇.名称 }}{{ 镇.状态 }}。{% endfor %}"),
        "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/></w:sectPr></w:pPr></w:p>"
            .to_string(),
    ];
    let docx = Docx::new(body.concat());
    insta::assert_snapshot!(format!("{}\n═══\n{}", text_of(&docx), report(&docx)));
    let desk = Desk::new(&docx);
    let mut sources = SourceMap::new();
    let pack = Pack::load(&desk.path("模板.docx"), &mut sources).ok().unwrap();
    let sideways: Vec<bool> = pack.annexes.iter().map(|annex| annex.landscape).collect();
    assert_eq!(sideways, [false, true]);
}

/// What the program wrote is a template that gives the same report again.
#[test]
fn its_own_reports_are_templates() {
    for sample in ["work-report", "special-report", "township-annual", "county-review"] {
        let data = format!("{ROOT}/samples/{sample}/2026.yaml");
        let desk = Desk(TempDir::new().unwrap());
        let said = desk.said(&["build", &data, "-o", "一", "-f", "docx"]);
        assert!(said.ends_with('0'), "{said}");
        let made = fs::read_dir(desk.path("一")).unwrap().next().unwrap().unwrap().path();
        let desk = desk.file("模板.docx", fs::read(made).unwrap());
        let of = |template: Option<String>| {
            let request = Request {
                data: vec![PathBuf::from(&data)],
                template,
                folders: vec![PathBuf::from(ROOT)],
                ..Request::default()
            };
            let material = pipeline::prepare(&request).ok().unwrap();
            document::plain(&pipeline::compose(&material, None, false).ok().unwrap().document)
        };
        // Charts of the program are drawings of their own, and a title may be broken into lines.
        let text = |text: String| {
            let lines = text.lines().filter(|line| !line.starts_with('['));
            lines.map(|line| line.replace('⏎', "")).collect::<Vec<_>>()
        };
        let (own, again) = (text(of(None)), text(of(Some(desk.path("模板.docx").to_string_lossy().into_owned()))));
        let lost: Vec<&String> = own.iter().filter(|line| !again.contains(line)).collect();
        assert!(lost.is_empty(), "{sample}: {lost:#?}");
    }
}

/// A pack made of a Word file makes the same report; its template.yaml says what the text uses.
#[test]
fn a_word_file_becomes_a_pack() {
    let desk = Desk::new(&office());
    let said = desk.said(&["templates", "copy", "模板.docx", "包", "数据.yaml"]);
    assert!(said.ends_with('0'), "{said}");
    insta::assert_snapshot!(fs::read_to_string(desk.path("包/template.yaml")).unwrap());
    assert_eq!(report_of(&desk, "模板.docx"), report_of(&desk, "包"));
    let bare = Desk::new(&office());
    bare.said(&["templates", "copy", "模板.docx", "包"]);
    insta::assert_snapshot!(fs::read_to_string(bare.path("包/template.yaml")).unwrap());
    let shown = desk.said(&["templates", "show", "模板.docx"]);
    insta::assert_snapshot!(
        shown.lines().take_while(|line| !line.starts_with("报告信息")).collect::<Vec<_>>().join("\n")
    );
    let said = desk.said(&["form", "-t", "模板.docx", "-o", "表.xlsx"]);
    assert!(said.ends_with('0'), "{said}");
    let form = calamine_names(&fs::read(desk.path("表.xlsx")).unwrap());
    assert_eq!(form, ["报告信息", "指标", "乡镇", "填表说明"]);
    let twice = Desk::new(&office())
        .file("包/template.yaml", "名称: 例\n")
        .file("包/report.md.j2", "甲")
        .file("包/report.docx", office().bytes());
    assert!(twice.said(&["build", "数据.yaml", "-t", "包"]).contains("两个正文"));
}

fn calamine_names(bytes: &[u8]) -> Vec<String> {
    use calamine::Reader;
    let book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    book.sheet_names().to_vec()
}

/// A report for each row, and the table of figures, from a Word file.
#[test]
fn batch_and_trace() {
    let briefing = [
        title("{{ 名称 }}工作简况"),
        par("{{ 名称 }}经费{{ 经费 }}万元，{{ 状态 }}。"),
        set(RIGHT, "{{ 名称 }}人民政府"),
        set(RIGHT, "{{ 年份 }}年12月5日"),
    ];
    let desk = Desk::new(&Docx::new(briefing.concat()));
    let said = desk.said(&["batch", "数据.yaml", "-t", "模板.docx", "--by", "乡镇", "-f", "docx", "-o", "出"]);
    assert!(said.ends_with('0'), "{said}");
    let read = |name: &str| {
        let bytes = fs::read(desk.path(name)).unwrap_or_else(|_| panic!("{name}: {said}"));
        huibao::source::docx::read(&bytes).unwrap().paragraphs().iter().map(|p| p.text.clone()).collect::<String>()
    };
    let text = read("出/云溪镇工作简况.docx");
    assert!(text.contains("云溪镇经费31.86万元，建成。") && text.contains("云溪镇人民政府2026年12月5日"), "{text}");
    let said = Desk::new(&office()).said(&["trace", "数据.yaml", "-t", "模板.docx"]);
    assert!(said.ends_with('0'), "{said}");
}

/// A place in the text leads to the characters of the paragraph.
#[test]
fn findings_stand_at_their_words() {
    let docx = Docx::new(
        [
            title("标题"),
            par("一、情况"),
            par(&format!("{}{}", run("经费{{ 经费 }}万元，*工作", ""), run("按排合理。", BOLD))),
        ]
        .concat(),
    );
    let desk = Desk::new(&docx);
    let material = pipeline::prepare(&desk.request("模板.docx")).ok().unwrap();
    let composed = pipeline::compose(&material, None, false).ok().unwrap();
    let findings = pipeline::examine(&material, &composed.document, &Rules::All);
    let found = findings.iter().find(|f| f.diagnostic.code.name() == "W-01").expect("a wrong word");
    let told = render(&found.diagnostic, &material.sources);
    insta::assert_snapshot!(told);
}

/// The marked copy has a comment at each finding, and its text stays as it is.
#[test]
fn a_copy_with_comments() {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let wrong = [
        title("标题"),
        par("培训{{ 培训长次 }}场。"),
        par(&format!(
            "<w:commentRangeStart w:id=\"5\"/>{}<w:commentRangeEnd w:id=\"5\"/>",
            run("工作按排&有序{{ 年份 }}。", "")
        )),
        table(&[row(&["名称"]), row(&["{% for 镇 in 乡镇 %}{{ 镇.经非 }}{% endfor %}"])]),
    ];
    let docx = Docx::new(wrong.concat());
    let old = format!(
        "<w:comments {w}><w:comment w:id=\"5\" w:author=\"科长\"><w:p><w:r><w:t>核一下</w:t></w:r></w:p></w:comment></w:comments>"
    );
    for docx in [docx.clone(), docx.with("comments", "word/comments.xml", old)] {
        let desk = Desk::new(&docx);
        let said = desk.said(&["check", "数据.yaml", "-t", "模板.docx", "--mark", "批注.docx"]);
        assert!(said.contains("批注.docx"), "{said}");
        let marked = huibao::source::docx::read(&fs::read(desk.path("批注.docx")).unwrap()).unwrap();
        let before = huibao::source::docx::read(&docx.bytes()).unwrap();
        let texts =
            |d: &huibao::source::docx::Document| d.paragraphs().iter().map(|p| p.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&marked), texts(&before));
        let notes: Vec<String> = marked.comments.iter().map(|c| format!("{} {}：{}", c.id, c.author, c.text)).collect();
        insta::assert_snapshot!(notes.join("\n"));
        // The marks of the new comments are all that was added to the text.
        let own = |tag: &str| marked.xml.matches(tag).count() - before.xml.matches(tag).count();
        let new = notes.len() - before.comments.len();
        assert_eq!(
            (own("<w:commentRangeStart "), own("<w:commentRangeEnd "), own("<w:commentReference ")),
            (new, new, new)
        );
        assert!(
            desk.said(&["check", "数据.yaml", "-t", "模板.docx", "--mark", "模板.docx"]).contains("O0"),
            "the original is not overwritten"
        );
    }
    let desk = Desk::new(&office()).file("包/template.yaml", "名称: 例\n").file("包/report.md.j2", "甲。");
    assert!(desk.said(&["check", "数据.yaml", "-t", "包", "--mark", "批注.docx"]).contains("U003"));
}
