//! 版面: 字体 and the families that an office names. The fonts are made from the bundled ones:
//! another name of the same length in their tables of names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Where a user's own fonts are.
const USER_FONTS: &str = if cfg!(windows) { "user/Microsoft/Windows/Fonts" } else { "user/.fonts" };
const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const REPORT: &str =
    "# 基本情况\n全年开展培训{{ 培训场次 }}场，**重点**突出，*群众*满意率98.5%。\n\n## 主要做法\n{{ 说明 }}\n";
const OUT: &str = "out/关于2026年工作的汇报";

/// A program's folder with fonts of its own, and a report beside it.
struct Desk(TempDir);

impl Desk {
    fn new(layout: &str) -> Desk {
        let desk = Desk(TempDir::new().unwrap());
        let fonts = desk.path("home/fonts");
        fs::create_dir_all(&fonts).unwrap();
        fs::create_dir_all(desk.path("小模板")).unwrap();
        fs::create_dir_all(desk.path(&format!("{USER_FONTS}/office"))).unwrap();
        for file in fs::read_dir(Path::new(ROOT).join("fonts")).unwrap().flatten().filter(|f| f.path().is_file()) {
            fs::hard_link(file.path(), fonts.join(file.file_name()))
                .or_else(|_| fs::copy(file.path(), fonts.join(file.file_name())).map(|_| ()))
                .unwrap();
        }
        desk.write("小模板/template.yaml", "名称: 小汇报\n标题: 关于{{ 年份 }}年工作的汇报\n");
        desk.write("小模板/report.md.j2", REPORT);
        desk.data("按照要求推进。");
        desk.write("huibao.yaml", format!("版面: {layout}\n"));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    fn data(&self, said: &str) {
        let report = "{单位: 云溪镇人大主席团, 成文日期: 2026-12-05}";
        self.write("data.yaml", format!("模板: 小模板\n年份: 2026\n报告: {report}\n培训场次: 36\n说明: {said}\n"));
    }

    /// Puts a bundled font there under another name.
    fn font(&self, place: &str, file: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut font = fs::read(Path::new(ROOT).join("fonts").join(file)).unwrap();
        change(&mut font);
        self.write(place, font);
    }

    fn run(&self, args: &[&str]) -> (i32, String) {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_huibao"))
            .args(args)
            .current_dir(self.0.path())
            .env("HUIBAO_HOME", self.path("home"))
            .env("HOME", self.path("user"))
            .env("LOCALAPPDATA", self.path("user"))
            .env_remove("XDG_DATA_HOME")
            .output()
            .unwrap();
        (status.code().unwrap(), String::from_utf8(stderr).unwrap() + &String::from_utf8(stdout).unwrap())
    }

    fn build(&self) -> String {
        let (code, said) = self.run(&["build", "data.yaml"]);
        assert_eq!(code, 0, "{said}");
        said
    }

    fn pdf(&self) -> Vec<u8> {
        fs::read(self.path(&format!("{OUT}.pdf"))).unwrap()
    }

    fn part(&self, name: &str) -> String {
        let docx = fs::read(self.path(&format!("{OUT}.docx"))).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    }
}

/// Puts one name for another, in the encodings that fonts have. Shorter ones are filled up.
fn rename(font: &mut [u8], old: &str, new: &str) {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let filled = format!("{new}{}", " ".repeat(old.chars().count() - new.chars().count()));
    let narrow = if new.is_ascii() { filled.as_str() } else { old };
    let mut found = false;
    for (old, new) in [(wide(old), wide(&filled)), (old.as_bytes().to_vec(), narrow.as_bytes().to_vec())] {
        for at in 0..font.len() - old.len() {
            if font[at..].starts_with(&old) {
                font[at..at + old.len()].copy_from_slice(&new);
                found = true;
            }
        }
    }
    assert!(found, "{old}");
}

/// Where a table of a font begins.
fn table(font: &[u8], tag: &[u8; 4]) -> usize {
    let entry = font[12..].chunks(16).find(|entry| entry.starts_with(tag)).unwrap();
    u32::from_be_bytes(entry[8..12].try_into().unwrap()) as usize
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn a_named_family_is_embedded_and_named() {
    let desk = Desk::new("{楷体: FZKai-Z03}");
    desk.font("home/fonts/founder.otf", "FandolKai-Regular.otf", |font| rename(font, "FandolKai", "FZKai-Z03"));
    let said = desk.build();
    assert!(!said.contains("L036"), "{said}");
    let pdf = desk.pdf();
    assert!(holds(&pdf, "+FZKai-Z03-Regular") && holds(&pdf, "+FandolFang-Regular") && !holds(&pdf, "+FandolKai"));
    assert!(desk.part("word/styles.xml").contains(r#"w:eastAsia="FZKai-Z03""#));
    assert!(!desk.part("word/styles.xml").contains("楷体_GB2312"));
    let table = desk.part("word/fontTable.xml");
    assert!(table.contains(r#"<w:font w:name="FZKai-Z03"><w:altName w:val="楷体_GB2312"/>"#), "{table}");
    // It belongs to its class.
    let (_, said) = desk.run(&["check", "data.yaml"]);
    assert!(!said.contains("L035"), "{said}");
}

#[test]
fn installed_faces_of_each_class_are_preferred() {
    let desk = Desk::new("{字体: 本机}");
    // In Chinese alone, in the user's folder; in a collection of one font; with blanks behind.
    desk.font(&format!("{USER_FONTS}/office/fang.otf"), "FandolFang-Regular.otf", |font| {
        rename(font, "FandolFang-R", "OfficeFang-R");
        rename(font, "FandolFang R", "仿宋_GB2312");
    });
    desk.font(&format!("{USER_FONTS}/hei.TTC"), "FandolHei-Regular.otf", |font| {
        rename(font, "FandolHei-R", "OfficeHei-R");
        rename(font, "FandolHei", "SimHei");
        let shift = 16;
        let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
        for entry in 0..tables {
            let at = 12 + 16 * entry + 8;
            let offset = u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) + shift;
            font[at..at + 4].copy_from_slice(&offset.to_be_bytes());
        }
        let head = [b"ttcf".as_slice(), &[0, 1, 0, 0, 0, 0, 0, 1], &shift.to_be_bytes()].concat();
        font.splice(0..0, head);
    });
    desk.font("home/fonts/times.ttf", "LiberationSerif-Regular.ttf", |font| {
        rename(font, "Liberation Serif", "Times New Roman");
        rename(font, "LiberationSerif", "OfficeTimesSerif"[..15].as_ref());
    });
    let said = desk.build();
    let pdf = desk.pdf();
    for name in ["+OfficeFang-Regular", "+OfficeHei-Regular", "+OfficeTimesSeri", "+FandolKai-Regular"] {
        assert!(holds(&pdf, name), "{name}");
    }
    for name in ["+FandolFang", "+FandolHei", "+LiberationSerif"] {
        assert!(!holds(&pdf, name), "{name}");
    }
    // What is not there is said, with all that was looked for; what is there is not.
    assert!(said.contains("L036") && said.contains("楷体（FandolKai）") && said.contains("方正小标宋简体"), "{said}");
    assert!(
        said.contains("huibao.yaml:1:") && said.replace('\\', "/").contains(USER_FONTS) && !said.contains("黑体（"),
        "{said}"
    );
    // The DOCX keeps the standard's names.
    let styles = desk.part("word/styles.xml");
    assert!(styles.contains("仿宋_GB2312") && styles.contains("黑体") && !styles.contains("SimHei"));
    let (code, said) = desk.run(&["fonts"]);
    assert_eq!(code, 0);
    let bundled = said.find("Noto Serif SC\t").unwrap();
    for line in ["仿宋_GB2312\t", "黑体\t", "Times New Roman\t"] {
        assert!(said.find(line).is_some_and(|at| at > bundled), "{line}: {said}");
    }
    assert!(said.contains("fang.otf\t仿宋体\n") && said.contains("本机没有：楷体（"), "{said}");
}

#[test]
fn what_is_not_found_or_not_usable_is_said() {
    let desk = Desk::new(
        "{小标宋体: 没有的小标宋, 楷体: FZKai-Z03, 黑体: FZHei-B01, 宋体: Tangled Serif, 仿宋体: OfficeFang R}",
    );
    // Its maker forbids to embed it.
    desk.font("home/fonts/kai.otf", "FandolKai-Regular.otf", |font| {
        rename(font, "FandolKai", "FZKai-Z03");
        let os2 = table(font, b"OS/2");
        font[os2 + 8..os2 + 10].copy_from_slice(&[0, 2]);
    });
    // Cut off in the middle of its outlines.
    desk.font("home/fonts/hei.otf", "FandolHei-Regular.otf", |font| {
        rename(font, "FandolHei", "FZHei-B01");
        font.truncate(font.len() / 2);
    });
    // It has no Chinese characters.
    desk.font("home/fonts/latin.ttf", "LiberationSerif-Regular.ttf", |font| {
        rename(font, "Liberation Serif", "Tangled Serif")
    });
    // Its outlines are rubbish.
    desk.font("home/fonts/fang.otf", "FandolFang-Regular.otf", |font| {
        rename(font, "FandolFang", "OfficeFang");
        let start = table(font, b"CFF ") + 200_000;
        font[start..start + 3_000_000].iter_mut().enumerate().for_each(|(i, byte)| *byte = (i * 7 + i / 251) as u8);
    });
    fs::write(desk.path("home/fonts/empty.ttf"), "").unwrap();
    let said = desk.build();
    for part in [
        "没有找到小标宋体要用的“没有的小标宋”",
        "自带的 FandolSong",
        "kai.otf（字体厂商不允许嵌入",
        "hei.otf（",
        "latin.ttf（缺少常用字",
        "fang.otf（",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(said.matches("[L036]").count(), 5, "{said}");
    let pdf = desk.pdf();
    for name in ["+FandolSong-Bold", "+FandolKai-Regular", "+FandolHei-Regular", "+FandolFang-Regular"] {
        assert!(holds(&pdf, name), "{name}");
    }
    // The DOCX names what was asked for: other machines may have it. An unheard-of class is told.
    assert!(desk.part("word/styles.xml").contains("没有的小标宋"));
    let (_, said) = desk.run(&["check", "data.yaml"]);
    assert!(said.contains("L035") && said.contains("“Tangled Serif”，它不是宋体") && said.contains("7.5"), "{said}");
    assert!(
        said.contains("“OfficeFang R”") && said.contains("5.2.2") && !said.contains("“FZHei-B01”，它不是"),
        "{said}"
    );
}

/// A character that a font claims to have and draws nothing for is taken from another.
#[test]
fn a_blank_character_is_no_character() {
    let desk = Desk::new("{仿宋体: OfficeSerifSC}");
    let mut blanked = ' ';
    desk.font("home/fonts/fang.otf", "NotoSerifSC-Regular.otf", |font| {
        rename(font, "NotoSerifSC-R", "OfficeSerif-R");
        rename(font, "Noto Serif SC", "OfficeSerifSC");
        blanked = blank(font);
    });
    desk.data(&format!("按照{blanked}要求推进。"));
    let said = desk.build();
    assert!(said.contains("L011") && said.contains(&format!("{blanked}（U+")) && !said.contains("L036"), "{said}");
    assert!(holds(&desk.pdf(), "+OfficeSerif-Regular") && holds(&desk.pdf(), "+NotoSerifSC-Regular"), "{said}");
}

/// What the message about a character that no font has tells to do is of use.
#[test]
fn an_office_face_may_bring_characters_that_no_other_has() {
    let desk = Desk::new("{}");
    desk.data("按照\u{323AF}要求推进。");
    let (code, said) = desk.run(&["build", "data.yaml"]);
    assert!(code == 1 && said.contains("L010") && said.contains("“宋体”"), "{said}");
    desk.write("huibao.yaml", "版面: {宋体: OfficeSerifSC}\n");
    desk.font("home/fonts/song.otf", "NotoSerifSC-Regular.otf", |font| {
        rename(font, "NotoSerifSC-R", "OfficeSerif-R");
        rename(font, "Noto Serif SC", "OfficeSerifSC");
        let (start, groups) = characters(font);
        let last = start + 16 + 12 * (groups - 1);
        font[last..last + 8].copy_from_slice(&[0, 3, 0x23, 0xAF, 0, 3, 0x23, 0xAF]);
    });
    let said = desk.build();
    assert!(said.contains("L011") && said.contains("U+323AF") && holds(&desk.pdf(), "+OfficeSerif-Regular"), "{said}");
}

/// Where the table of all characters begins, and how many groups it has.
fn characters(font: &[u8]) -> (usize, usize) {
    let word = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let cmap = table(font, b"cmap");
    let records = usize::from(u16::from_be_bytes([font[cmap + 2], font[cmap + 3]]));
    let mut starts = (0..records).map(|record| cmap + word(cmap + 4 + 8 * record + 4));
    let start = starts.find(|&start| font[start..start + 2] == [0, 12]).unwrap();
    (start, word(start + 12))
}

/// Maps a Chinese character to the glyph of the space, which draws nothing.
fn blank(font: &mut [u8]) -> char {
    let word = |font: &[u8], at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap());
    let (start, count) = characters(font);
    let cmap = table(font, b"cmap");
    let records = usize::from(u16::from_be_bytes([font[cmap + 2], font[cmap + 3]]));
    for record in (0..records).map(|record| cmap + 4 + 8 * record) {
        if cmap + word(font, record + 4) as usize != start {
            // The other tables of characters are said to be of an old Macintosh.
            font[record + 1] = 1;
        }
    }
    let mut groups = (0..count).map(|i| start + 16 + 12 * i);
    let alone = |group: &usize| {
        let (first, last) = (word(font, *group), word(font, group + 4));
        first == last && (0x4E00..0xA000).contains(&first)
    };
    let group = groups.find(alone).unwrap();
    let c = char::from_u32(word(font, group)).unwrap();
    font[group + 8..group + 12].copy_from_slice(&1u32.to_be_bytes());
    c
}

#[test]
fn without_the_keys_nothing_changes() {
    let (plain, dropped) = (Desk::new("{}"), Desk::new("{字体: 自带, 楷体: 自带}"));
    dropped.font("home/fonts/founder.otf", "FandolKai-Regular.otf", |font| rename(font, "FandolKai", "FZKai-Z03"));
    plain.build();
    dropped.build();
    assert!(plain.pdf() == dropped.pdf());
    assert_eq!(plain.part("word/styles.xml"), dropped.part("word/styles.xml"));
}

/// 黑体 and its first stand-in both lack it: the second has it, in both outputs.
#[test]
fn a_heading_may_have_a_character_that_only_the_last_face_has() {
    let desk = Desk::new("{}");
    desk.write("小模板/report.md.j2", "# 基本鿰情况\n按照要求推进。\n");
    let said = desk.build();
    assert!(said.contains("鿰（U+9FF0）"), "{said}");
}

#[test]
fn a_batch_is_made_anew_when_the_face_changes() {
    let desk = Desk::new("{楷体: FZKai-Z03}");
    desk.write("小模板/report.md.j2", "# *基本*情况\n{{ 名称 }}按照要求推进。\n");
    desk.write("小模板/template.yaml", "名称: 小汇报\n标题: 关于{{ 名称 }}工作的汇报\n");
    desk.write(
        "data.yaml",
        "年份: 2026\n报告: {单位: 青河区, 成文日期: 2026-12-05}\n乡镇: [{名称: 甲镇}, {名称: 乙镇}]\n",
    );
    let batch = || desk.run(&["batch", "data.yaml", "-t", "小模板", "--by", "乡镇", "-f", "pdf"]);
    let pdf = || fs::read(desk.path("out/关于甲镇工作的汇报.pdf")).unwrap();
    let (code, said) = batch();
    assert!(code == 0 && holds(&pdf(), "+FandolKai"), "{said}");
    // What all reports have in common is said once, at its place, and not in the list of each.
    assert!(said.matches("[L036]").count() == 1 && said.contains("huibao.yaml:1:"), "{said}");
    assert!(!fs::read_to_string(desk.path("out/清单.json")).unwrap().contains("L036"));
    let (_, said) = batch();
    assert!(said.contains("未变2份"), "{said}");
    // Now the machine has it.
    desk.font("home/fonts/founder.otf", "FandolKai-Regular.otf", |font| rename(font, "FandolKai", "FZKai-Z03"));
    batch();
    assert!(holds(&pdf(), "+FZKai-Z03") && !holds(&pdf(), "+FandolKai"));
    // And now another one of the same name and size.
    let before = pdf();
    desk.font("home/fonts/founder.otf", "FandolKai-Regular.otf", |font| {
        rename(font, "FandolKai-R", "OfficeKai-R");
        rename(font, "FandolKai", "FZKai-Z03");
    });
    batch();
    assert!(pdf() != before && holds(&pdf(), "+OfficeKai"));
}
