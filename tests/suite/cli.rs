//! The program as a user meets it: what is printed for every kind of wrong input, which
//! exit code it ends with, and that nothing is overwritten.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder with a small pack and data that build.
struct Desk {
    dir: TempDir,
}

const TEMPLATE: &str = "名称: 小汇报\n标题: 关于{{ 年份 }}年工作的汇报\n字段:\n  - {名称: 培训场次, 类型: 整数, 单位: 场, 必填: true}\n  - {名称: 备注, 类型: 文本}\n";
const REPORT: &str = "# 基本情况\n全年开展培训{{ 培训场次 }}场，{{ 同比(培训场次, 上年.培训场次, \"场\") }}。\n\n# 主要成效\n成效良好。\n\n# 存在的问题\n问题如下。\n\n# 下一步打算\n{{ 备注|default(\"继续努力\") }}。\n";
const DATA: &str = "模板: 小模板\n年份: 2026\n报告: {单位: 云溪镇人大主席团, 成文日期: 2026-12-05}\n培训场次: 36\n历年:\n  2025: {培训场次: 32}\n";

impl Desk {
    fn new() -> Desk {
        let desk = Desk { dir: TempDir::new().unwrap() };
        desk.file("小模板/template.yaml", TEMPLATE);
        desk.file("小模板/report.md.j2", REPORT);
        desk.file("data.yaml", DATA);
        desk
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> &Desk {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(args)
            .current_dir(self.dir.path())
            .env("HUIBAO_HOME", ROOT)
            .env_remove("LANG")
            .output()
            .unwrap()
    }

    /// Exit code, stderr and stdout as one text.
    fn said(&self, args: &[&str]) -> String {
        let out = self.run(args);
        let text = format!(
            "$ huibao {}\n[{}]\n{}{}",
            args.join(" "),
            out.status.code().unwrap_or(-1),
            String::from_utf8(out.stderr).unwrap(),
            String::from_utf8(out.stdout).unwrap()
        );
        let here = self.dir.path().to_string_lossy().into_owned();
        let text = text.replace(&here, "<桌面>").replace(ROOT, "<程序>");
        // The packs that are there are not what these tests are about.
        let listed = |line: &str| match (line.find("可用的模板："), line.find("；也可以写模板文件夹")) {
            (Some(from), Some(to)) => format!("{}可用的模板：……{}", &line[..from], &line[to..]),
            _ => line.to_string(),
        };
        text.lines().map(|line| listed(line) + "\n").collect()
    }

    fn files(&self, dir: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(dir))
            .map(|d| d.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect())
            .unwrap_or_default();
        names.sort();
        names
    }
}

#[test]
fn a_report_is_built_and_its_paths_are_printed() {
    let desk = Desk::new();
    let out = desk.run(&["build", "data.yaml"]);
    let stdout = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let sep = std::path::MAIN_SEPARATOR;
    assert_eq!(stdout, format!("out{sep}关于2026年工作的汇报.pdf\nout{sep}关于2026年工作的汇报.docx\n"));
    assert_eq!(desk.files("out"), ["关于2026年工作的汇报.docx", "关于2026年工作的汇报.pdf"]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let desk = Desk::new();
    for (dir, zone) in [("a", "UTC"), ("b", "Asia/Shanghai")] {
        let status = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(["build", "data.yaml", "-o", dir])
            .current_dir(desk.dir.path())
            .env("HUIBAO_HOME", ROOT)
            .env("TZ", zone)
            .env("RAYON_NUM_THREADS", if dir == "a" { "1" } else { "4" })
            .status()
            .unwrap();
        assert!(status.success());
    }
    for name in desk.files("a") {
        let read = |dir: &str| fs::read(desk.path(dir).join(&name)).unwrap();
        assert!(read("a") == read("b"), "{name} differs");
    }
}

/// A pack about the records of a table says so, once, with the command that makes its reports.
#[test]
fn a_pack_for_a_batch_says_what_to_run() {
    let desk = Desk::new();
    let data = Path::new(ROOT).join("samples/township-briefing/2026.xlsx");
    fs::copy(data, desk.path("2026.xlsx")).unwrap();
    for command in [&["build"][..], &["trace"], &["build", "-f", "pdf"]] {
        let said = desk.said(&[command, &["2026.xlsx", "-t", "township-briefing"]].concat());
        assert!(said.contains("[1]\n错误[T016] template.yaml:4:"), "{said}");
        assert!(said.contains("用 huibao batch 2026.xlsx -t township-briefing --by 乡镇 给每行各生成一份"), "{said}");
        assert_eq!(said.matches("错误[").count(), 1, "{said}");
    }
    // A pack and data elsewhere, as they were typed.
    fs::create_dir(desk.path("简 报")).unwrap();
    for file in fs::read_dir(Path::new(ROOT).join("report-templates/township-briefing")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), desk.path("简 报").join(file.file_name())).unwrap();
    }
    let said = desk.said(&["build", "2026.xlsx", "-t", "./简 报"]);
    assert!(said.contains("用 huibao batch 2026.xlsx -t \"./简 报\" --by 乡镇 给"), "{said}");
}

/// Rounded parts that miss their rounded total are noted below the table (S-24).
#[test]
fn a_table_whose_rounded_parts_miss_their_total_says_so() {
    let desk = Desk::new();
    let rows = "{% for 镇 in 乡镇 %}| {{ 镇.名称 }} | {{ 占比(镇.数, 合计(乡镇, \"数\")) }} |\n{% endfor %}";
    let table = format!(
        "# 情况\n\n| 镇 | 占比 |\n|---|---|\n{rows}| 合计 | {{{{ 占比(合计(乡镇, \"数\"), 合计(乡镇, \"数\")) }}}} |\n"
    );
    desk.file("小模板/report.md.j2", table);
    let note = |numbers: [u32; 3]| {
        let towns = ["甲镇", "乙镇", "丙镇"].iter().zip(numbers);
        let towns: String = towns.map(|(name, n)| format!("  - {{名称: {name}, 数: {n}}}\n")).collect();
        desk.file("data.yaml", format!("{DATA}乡镇:\n{towns}"));
        let out = desk.run(&["build", "data.yaml", "-f", "docx"]);
        assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
        let docx = fs::File::open(desk.path("out/关于2026年工作的汇报.docx")).unwrap();
        let mut archive = zip::ZipArchive::new(docx).unwrap();
        let text = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
        text.contains("部分数据因四舍五入，分项之和与合计数可能略有差异")
    };
    assert!(note([1, 1, 1]), "33.3% three times, and 100%");
    assert!(!note([1, 2, 1]), "25%, 50%, 25%");
}

/// A deadline may be a month.
#[test]
fn a_month_is_a_deadline() {
    let desk = Desk::new();
    desk.file("小模板/report.md.j2", "# 打算\n{% if 时限 > 起点 %}{{ 时限 | 期限 }}前完成。{% endif %}\n");
    desk.file("data.yaml", format!("{DATA}时限: 2027-06\n起点: 2027-06-30\n"));
    let out = desk.run(&["build", "data.yaml", "-f", "docx"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let docx = fs::File::open(desk.path("out/关于2026年工作的汇报.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(docx).unwrap();
    let text = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    let text: String = text.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
    assert!(text.contains("2027年6月底前完成。"), "{text}");
}

/// What --set does not reach is said with its place, and nothing is said of what it does.
#[test]
fn set_that_changes_nothing_is_told() {
    let desk = Desk::new();
    desk.file("data.yaml", format!("{DATA}乡镇:\n  - {{名称: 云溪镇, 经费: 3}}\n"));
    for (set, told) in [
        ("培训场数=3", "是不是“培训场次”？"),
        ("站点=3", "改正名称，或者去掉这一项"),
        ("标题=甲", "报告.标题"),
        ("报告.标提=甲", "是不是“报告.标题”？"),
        ("年份=2025", "--year"),
        ("模板=别的", "-t"),
        ("乡镇=3", "是一个表"),
    ] {
        let said = desk.said(&["build", "data.yaml", "-f", "docx", "--set", "备注=继续", "--set", set]);
        let name = set.split('=').next().unwrap();
        assert!(said.contains("[0]\n警告[D122] 命令行:2:7：") && said.contains(told), "{said}");
        assert!(
            said.contains(&format!("--set {set}\n"))
                && said.contains(&format!("“{}”", name.trim_start_matches("报告."))),
            "{said}"
        );
        assert_eq!(said.matches("D122").count(), 1, "{said}");
    }
    for set in ["培训场次=40", "备注=好", "报告.单位=某镇", "报告.主送=县政府"] {
        let said = desk.said(&["build", "data.yaml", "-f", "docx", "--set", set]);
        assert!(said.contains("[0]") && !said.contains("D122"), "{said}");
    }
    // A record of a batch keeps its own column.
    let said =
        desk.said(&["batch", "data.yaml", "--by", "乡镇", "--set", "经费=5", "-f", "docx", "--name", "{{ 名称 }}"]);
    assert!(said.contains("“经费”是“乡镇”表的一列"), "{said}");
}

/// A failed run leaves what an earlier run made.
#[test]
fn a_failed_run_leaves_earlier_files() {
    let desk = Desk::new();
    assert!(desk.run(&["build", "data.yaml"]).status.success());
    let before: Vec<Vec<u8>> = desk.files("out").iter().map(|f| fs::read(desk.path("out").join(f)).unwrap()).collect();
    desk.file("data.yaml", DATA.replace("培训场次: 36", "培训场次: 三十六"));
    assert_eq!(desk.run(&["build", "data.yaml"]).status.code(), Some(1));
    let after: Vec<Vec<u8>> = desk.files("out").iter().map(|f| fs::read(desk.path("out").join(f)).unwrap()).collect();
    assert!(before == after);
}

#[test]
fn what_a_cell_holds_prints_as_it_stands() {
    let desk = Desk::new();
    desk.file("data.yaml", format!("{DATA}备注: \"# 一 * 二 | 三 < 四 {{{{ 五 }}}} `六` [七](八) \\\\ $x$ @y #z\"\n"));
    let out = desk.run(&["build", "data.yaml", "-f", "pdf"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn wrong_data_files() {
    let desk = Desk::new();
    fs::create_dir(desk.path("文件夹")).unwrap();
    desk.file("空.xlsx", "")
        .file("网页.xls", "<html><table><tr><td>1</td></tr></table></html>")
        .file("截断.xlsx", &b"PK\x03\x04\x14\x00\x00\x00"[..])
        .file("制表符.yaml", "年份: 2026\n培训:\n\t场次: 3\n")
        .file("重复.yaml", "培训场次: 36\n年份: 2026\n培训场次: 37\n")
        .file("引号.yaml", "年份: 2026\n备注: \"没有收尾\n培训场次: 36\n")
        .file("别名.yaml", alias_bomb())
        .file("扩展名.doc", "x");
    let mut said = Vec::new();
    for name in [
        "没有.yaml",
        "dat.yaml",
        "文件夹",
        "空.xlsx",
        "网页.xls",
        "截断.xlsx",
        "制表符.yaml",
        "重复.yaml",
        "引号.yaml",
        "别名.yaml",
        "扩展名.doc",
    ] {
        said.push(desk.said(&["build", name, "-t", "小模板"]));
    }
    insta::assert_snapshot!("wrong_data_files", said.join("\n"));
    assert!(!desk.path("out").exists());
}

fn alias_bomb() -> String {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for i in 1..9 {
        text.push_str(&format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", ")));
    }
    text
}

#[test]
fn wrong_templates() {
    let desk = Desk::new();
    let with = |name: &str, yaml: &str, text: &str| {
        desk.file(&format!("{name}/template.yaml"), yaml).file(&format!("{name}/report.md.j2"), text);
    };
    with("错键", "名称: 甲\n题目: 乙\n", REPORT);
    with("错名", TEMPLATE, "# 情况\n共{{ 陪训场次 }}场，{{ 培训场次 }}场，{{ 上年.接待 }}次。\n");
    with("语法", TEMPLATE, "# 情况\n{% if 培训场次 > 3 %}多\n\n# 成效\n{{ 培训场次 }\n");
    with("全角", TEMPLATE, "# 情况\n{{ 同比（培训场次，32) }}\n{% endif %}\n{% for 行 in 表 %}\n");
    with("用错", TEMPLATE, "# 情况\n{{ 培训场次(3) }}{{ 备注.upper() }}{% for 行 in 培训场次 %}{% endfor %}\n");
    with(
        "图",
        TEMPLATE,
        "# 情况\n```chart\n类型: 园\n类别: [甲]\n系列: [{名称: 一二三四, 数值: [1]}]\n标提: 丙\n```\n",
    );
    with("循环", TEMPLATE, "# 情况\n{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}\n");
    with("外面", TEMPLATE, "# 情况\n{% include \"../data.yaml\" %}\n");
    with("函数", TEMPLATE, "# 情况\n{{ 同壁(培训场次, 1) }}{{ 培训场次 | 保流(1) }}\n");
    with("缺数", TEMPLATE, "# 情况\n{{ 备注 }}\n\n{{ 同比(培训场次, 历年[2020].培训场次) }}\n");
    fs::create_dir(desk.path("空文件夹")).unwrap();
    let mut said = Vec::new();
    for name in [
        "没有的模板",
        "小模版",
        "空文件夹",
        "错键",
        "错名",
        "语法",
        "全角",
        "用错",
        "图",
        "循环",
        "外面",
        "函数",
        "缺数",
    ] {
        said.push(desk.said(&["build", "data.yaml", "-t", name]));
    }
    insta::assert_snapshot!("wrong_templates", said.join("\n"));
    assert!(!desk.path("out").exists());
}

#[test]
fn wrong_usage_and_output() {
    let desk = Desk::new();
    desk.file("占用", "这里是文件");
    let mut said = vec![
        desk.said(&[]),
        desk.said(&["bild", "data.yaml"]),
        desk.said(&["build"]),
        desk.said(&["build", "data.yaml", "--outptu", "x"]),
        desk.said(&["build", "data.yaml", "-f", "doc"]),
        desk.said(&["build", "data.yaml", "--year", "99999"]),
        desk.said(&["build", "data.yaml", "--set", "没有等号"]),
        desk.said(&["build", "data.yaml", "-t", "甲", "-t", "乙"]),
        desk.said(&["fonts", "甲"]),
        desk.said(&["batch", "data.yaml", "--by", "乡镇", "--shard", "4/3"]),
        desk.said(&["preview", "--port", "99999"]),
        desk.said(&["trace", "data.yaml", "-o", "核对表.txt"]),
        desk.said(&["form", "-t", "小模板", "-o", "填报表.xls"]),
        desk.said(&["build", "data.yaml", "-o", "占用"]),
    ];
    desk.file("关于2026年工作的汇报.pdf", fs::read(desk.path("data.yaml")).unwrap());
    fs::create_dir(desk.path("目标")).unwrap();
    fs::create_dir(desk.path("目标/关于2026年工作的汇报.pdf")).unwrap();
    said.push(desk.said(&["build", "data.yaml", "-o", "目标"]));
    insta::assert_snapshot!("wrong_usage_and_output", said.join("\n").replace("目标\\", "目标/"));
}

/// 编印单位 and 日期 are the keys of a briefing: nothing sounds like a signature that was left out.
#[test]
fn a_briefing_lacks_no_signature() {
    let desk = Desk::new();
    desk.file("简报/template.yaml", "名称: 小简报\n版式: 简报\n标题: 工作简报\n")
        .file("简报/report.md.j2", "各项工作有序推进。\n");
    desk.file(
        "简报.yaml",
        "年份: 2026\n报告: {简报名称: 工作简报, 期号: 第1期, 编印单位: 云溪镇政府办公室, 日期: 2026-12-05}\n",
    );
    let said = desk.said(&["build", "简报.yaml", "-t", "简报"]);
    assert!(said.contains("[0]") && !said.contains("[T05"), "{said}");
}

/// A form that was filled in is not lost when a blank one is asked for under its name.
#[test]
fn a_filled_form_is_set_aside() {
    let desk = Desk::new();
    let form = ["form", "-t", "小模板", "-o", "表/填报表.xlsx", "--year", "2026"];
    assert!(desk.run(&form).status.success());
    let blank = fs::read(desk.path("表/填报表.xlsx")).unwrap();
    // The same form once more: nothing to keep.
    assert!(desk.run(&form).stderr.is_empty());
    for (content, kept) in [("填了一半", "表/填报表（原有）.xlsx"), ("填好了", "表/填报表（原有2）.xlsx")]
    {
        fs::write(desk.path("表/填报表.xlsx"), content).unwrap();
        let said = desk.said(&form).replace('\\', "/");
        assert!(said.contains("[0]") && said.contains(kept), "{said}");
        assert_eq!(fs::read_to_string(desk.path(kept)).unwrap(), content);
        assert_eq!(fs::read(desk.path("表/填报表.xlsx")).unwrap(), blank);
    }
    assert_eq!(fs::read_dir(desk.path("表")).unwrap().count(), 3);
}

/// The blocks that the manual shows can be built as they stand there.
#[test]
fn charts_of_the_manual_are_drawn() {
    let manual = include_str!("../../docs/layout.md").replace("\r\n", "\n");
    let blocks = manual.split("````markdown\n").nth(1).and_then(|rest| rest.split("````").next()).unwrap();
    let desk = Desk::new();
    desk.file("图/template.yaml", "名称: 图\n标题: 工作汇报\n").file("图/report.md.j2", blocks);
    let towns = "乡镇:\n  - {名称: 甲镇, 使用经费: 3.5, 已拨付: 3, 增长率: 5%}\n  - {名称: 乙镇, 使用经费: 4, 已拨付: 2.5, 增长率: 无}\n";
    desk.file("图.yaml", format!("{DATA}{towns}"));
    let said = desk.said(&["build", "图.yaml", "-t", "图", "-f", "pdf"]);
    assert!(said.contains("[0]") && !said.contains("错误"), "{said}");
    assert_eq!(blocks.matches("```chart").count(), 3);
}

/// What could not be printed is no success, and a full standard error is no panic.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_the_output_is_told() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut templates = Command::new(env!("CARGO_BIN_EXE_huibao"));
    let out = templates.args(["templates", "list"]).env("HUIBAO_HOME", ROOT).stdout(full()).output().unwrap();
    assert_eq!(out.status.code(), Some(3));
    assert!(String::from_utf8(out.stderr).unwrap().contains("标准输出"));
    let usage = Command::new(env!("CARGO_BIN_EXE_huibao")).arg("bild").stderr(full()).output().unwrap();
    assert_eq!(usage.status.code(), Some(2));
}

/// The output may not be one of the inputs, by whatever path.
#[test]
fn an_input_is_never_overwritten() {
    let desk = Desk::new();
    let name = "关于2026年工作的汇报.pdf";
    fs::rename(desk.path("data.yaml"), desk.path(name)).unwrap();
    let out = desk.run(&["build", name, "-o", "."]);
    assert_ne!(out.status.code(), Some(0));
    assert_eq!(fs::read_to_string(desk.path(name)).unwrap(), DATA);
}

#[test]
fn a_draft_prints_what_is_missing() {
    let desk = Desk::new();
    desk.file("小模板/report.md.j2", "# 情况\n共{{ 备注 }}，{{ 培训场次 - 上年.备注 }}场。\n");
    assert_eq!(desk.run(&["build", "data.yaml"]).status.code(), Some(1));
    let out = desk.run(&["build", "data.yaml", "--draft"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    fs::create_dir(desk.path("只读")).unwrap();
    fs::set_permissions(desk.path("只读"), fs::Permissions::from_mode(0o555)).unwrap();
    let out = desk.run(&["build", "data.yaml", "-o", "只读"]);
    // The superuser may write anywhere.
    if !Path::new("/proc/self").exists() || fs::write(desk.path("只读/试"), "").is_err() {
        assert_eq!(out.status.code(), Some(3));
        assert!(String::from_utf8_lossy(&out.stderr).contains("没有写入权限"));
    }
}
