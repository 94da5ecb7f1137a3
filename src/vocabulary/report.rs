//! 报告信息: its keys, the one table of them. What a key is called besides, which kinds of document
//! print it, and what is written for it.

pub use super::kinds::LayoutKind;

/// What is written for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Any text of one line.
    Text,
    /// One name or several.
    Several,
    /// A day, 2026年12月5日 or 2026-12-05.
    Date,
    /// 是 or 否.
    YesNo,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// One key of 报告信息.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as the form writes it.
    pub name: &'static str,
    /// Other names that mean the same in every kind of document.
    pub also: &'static [&'static str],
    /// The kinds that print it.
    pub kinds: &'static [LayoutKind],
    /// Decides how the value is read and refused.
    pub form: Form,
    /// What it is, with what happens when it is left out.
    pub help: &'static str,
    /// A value for the form and for messages, of an invented place.
    pub example: &'static str,
}

use Form::{Choice, Date, Several, Text, YesNo};
const R: LayoutKind = LayoutKind::Report;
const B: LayoutKind = LayoutKind::Briefing;
const O: LayoutKind = LayoutKind::Official;
const L: LayoutKind = LayoutKind::Letter;
const C: LayoutKind = LayoutKind::Order;
const M: LayoutKind = LayoutKind::Minutes;

const fn key(
    name: &'static str,
    also: &'static [&'static str],
    kinds: &'static [LayoutKind],
    form: Form,
    help: &'static str,
    example: &'static str,
) -> Key {
    Key { name, also, kinds, form, help, example }
}

/// All keys, in the order of the page (GB/T 9704-2012 7.2–7.4; R-9…R-14 for a 简报).
#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    key("简报名称", &["简报名", "简报刊名", "刊名", "刊头"], &[B], Text, "报头上的红色大字，必填", "交通工作简报"),
    key("纪要名称", &["会议纪要名称", "纪要标志"], &[M], Text, "红色标志，以“纪要”结尾，必填", "青河区人民政府常务会议纪要"),
    key("期号", &["第几期", "期数", "期次", "刊期", "期别"], &[B, M], Text, "本年第几期；纪要也可以写第几号、第几次", "第8期"),
    key("编印单位", &["编发单位", "编印机关", "编辑单位", "编印"], &[B, M], Text, "报头左边的单位；不填时用“单位”", "青河区交通运输局办公室"),
    key("日期", &["编印日期", "编发日期", "刊发日期"], &[B, M], Date, "报头右边的日期；不填时用“成文日期”", "2026-12-05"),
    key("令号", &["命令号", "令编号"], &[C], Text, "第几号令，印在红色标志下面", "第12号"),
    key("份号", &["份数序号", "公文份号"], &[B, O, L, M], Text, "六位数字，只有涉密的才编", "000001"),
    key("密级", &["密级和保密期限", "密级与保密期限", "秘密等级", "保密等级", "保密级别", "涉密等级"], &[B, O, L, M], Text, "涉密的才填，可以加★和保密期限", "秘密★1年"),
    key("紧急程度", &["缓急", "缓急程度", "急缓程度", "紧急"], &[O, L, M], Choice(&["特急", "加急"]), "紧急的才填", "加急"),
    key("发文机关标志", &["发文机关标识"], &[O, L, C], Several, "整个红色标志；只写机关名称的，填下面的“发文机关”", "青河区人民政府文件"),
    key("发文机关", &["发文机关名称"], &[O, L, C], Several, "红色标志里的机关名称，必填；几个机关用“、”分开，主办的写在前", "青河区人民政府"),
    key("发文机关后缀", &["标志后缀"], &[O, C], Text, "红色标志末尾的字，公文一般是“文件”；没有不填。命令不填时用“令”", "文件"),
    key("发文字号", &["文号", "字号", "公文字号", "公文文号", "发文文号", "发文号", "发文编号"], &[O, L], Text, "机关代字、年份和顺序号", "青政〔2026〕8号"),
    key("签发人", &["签发", "签发领导", "签发人姓名"], &[O], Several, "只有上行文才填；几个人用“、”分开", "（姓名）"),
    key("标题", &["报告标题", "汇报标题", "题目", "公文标题", "文件标题", "材料标题", "报告题目", "汇报题目", "报告名称", "汇报名称"], &[R, B, O, L, C, M], Text, "不填时用模板的标题；命令不印标题，只用作文件名", "关于2026年重点工作情况的汇报"),
    key("主送", &["主送机关", "主送单位", "主送对象"], &[R, B, O, L], Several, "送给谁；没有不填", "青河区人大常委会"),
    key("按语", &["编者按", "编者按语"], &[B], Several, "正文前面的一段话；没有不填", "现将有关做法刊发，供各单位参阅。"),
    key("单位", &["报告单位", "汇报单位", "落款单位", "发文单位", "署名", "署名单位", "发文机关署名", "落款", "报送单位", "上报单位", "呈报单位", "编写单位"], &[R, B, O, L, M], Several, "写报告的单位，也就是署名；几个单位用“、”分开", "青河区交通运输局"),
    key("成文日期", &["成文时间", "落款日期", "落款时间", "报告日期", "报告时间", "汇报日期", "汇报时间", "发文日期", "发文时间", "签发日期", "行文日期"], &[R, B, O, L, C, M], Date, "署名下面的日期，写明年、月、日", "2026-12-05"),
    key("落款位置", &["署名位置"], &[R, O], Choice(&["题下", "文末"]), "单位和日期写在标题下面的选“题下”；不填就在文末", "题下"),
    key("盖章", &["加盖印章", "加盖公章", "是否盖章"], &[R, O, L], YesNo, "要盖章的选“是”，署名处留出位置；不填就是不盖", "是"),
    key("印章", &["公章", "印章图片", "公章图片"], &[R, O, L], Several, "印章图片的文件名，和数据文件放在一起；没有不填", "印章.png"),
    key("签发人职务", &["职务", "签发人职务名称"], &[R, O, L, C], Several, "用签名章的才填，写职务全称", "区长"),
    key("签名章", &["签名章图片"], &[R, O, L, C], Several, "签名章图片的文件名，和“签发人职务”一一对应", "签名章.png"),
    key("附注", &["附注说明"], &[R, O, L, C], Text, "成文日期下面括号里的话；没有不填", "此件公开发布"),
    key("联系人", &["联系人姓名"], &[O, L], Text, "没有填“附注”的，和“联系电话”一起印在附注处", "（姓名）"),
    key("联系电话", &["电话", "联系方式", "联系人电话"], &[O, L], Text, "没有填“附注”的，和“联系人”一起印在附注处", "000-00000000"),
    key("出席", &["出席人", "出席人员", "出席人员名单", "出席单位", "参会人员", "参加人员"], &[M], Several, "出席人的单位、姓名，印在正文后面；没有不填", "各副区长，区政府办公室主任"),
    key("请假", &["请假人", "请假人员", "缺席", "缺席人员"], &[M], Several, "请假人的单位、姓名；没有不填", "区水利局局长"),
    key("列席", &["列席人", "列席人员", "列席单位"], &[M], Several, "列席人的单位、姓名；没有不填", "区财政局、区统计局负责人"),
    key("抄送", &["抄送机关", "抄送单位"], &[O, L, C, M], Several, "版记里的抄送机关；没有不填", "区委办公室，区人大常委会办公室"),
    key("印发机关", &["印发单位", "印制机关"], &[O, C, M], Text, "版记里的印发机关；没有不填", "青河区人民政府办公室"),
    key("印发日期", &["印发时间", "印制日期"], &[O, C, M], Date, "版记里的印发日期", "2026-12-06"),
    key("版记偶数页", &[], &[O, C, M], YesNo, "要把版记放在偶数页的选“是”；不填就是不放", "是"),
    key("报", &["报领导", "主报"], &[B], Several, "报尾的“报”；没有不填", "区委、区政府领导"),
    key("送", &["分送"], &[B], Several, "报尾的“送”；没有不填", "区直各单位"),
    key("发", &["下发", "发至"], &[B], Several, "报尾的“发”；没有不填", "各镇人民政府、各街道办事处"),
    key("印数", &["份数", "印制份数", "印刷份数", "印发份数", "共印", "印份"], &[B], Text, "共印多少份，印作“共印50份”", "50"),
    key("套打", &["套红头", "套印"], &[B, O, L, C, M], YesNo, "用印好红头的纸打印的选“是”，红色的标志和线不再印；不填就是不套", "是"),
    key("地区", &[], &[], Text, "行文中对本地的全称", "青河区"),
    key("附表", &[], &[], YesNo, "要附上各单位情况表的选“是”", "是"),
    key("年份", &["年度", "报告年份", "报告年度"], &[], Text, "报告的年份，必填", "2026"),
    key("模板", &["报告模板", "模版", "报告模版"], &[], Text, "用哪个模板，不要改", ""),
];

/// Names that mean one thing in one kind of document and another, or nothing, in the next.
const BY_KIND: &[(&str, &str, &[LayoutKind])] = &[
    ("名称", "标题", &[R, O, L, C]),
    ("名称", "简报名称", &[B]),
    ("名称", "纪要名称", &[M]),
    ("发文机关标志", "纪要名称", &[M]),
    ("日期", "成文日期", &[R, O, L, C]),
    ("时间", "成文日期", &[R, O, L, C]),
    ("时间", "日期", &[B, M]),
    ("发文机关", "单位", &[R]),
    ("编印单位", "单位", &[R, O, L]),
    ("主办单位", "编印单位", &[B, M]),
    ("主办单位", "单位", &[R, O, L]),
    ("编号", "期号", &[B, M]),
    ("编号", "令号", &[C]),
    // 文号 and its like are names of the 发文字号; here they can mean this only.
    ("发文字号", "期号", &[M]),
    ("发文字号", "令号", &[C]),
    ("呈报", "主送", &[R, O, L]),
    ("呈报", "报", &[B]),
    ("报送", "主送", &[R, O, L]),
    ("报送", "报", &[B]),
    ("抄报", "抄送", &[O, L, C, M]),
    ("抄报", "报", &[B]),
    ("抄送", "送", &[B]),
];

/// What is noted about filling in a workbook and is meant for no page.
const ASIDE: &[&str] = &[
    "填报单位",
    "填报日期",
    "填报时间",
    "填报人",
    "填表单位",
    "填表日期",
    "填表时间",
    "填表人",
    "制表人",
    "审核人",
    "联系人",
    "联系电话",
];

/// Words by which a name that is in no table hints at one that is.
const HINTS: &[(&str, &str, &[LayoutKind])] = &[
    ("日期", "成文日期", &[R, O, L, C]),
    ("时间", "成文日期", &[R, O, L, C]),
    ("日期", "日期", &[B, M]),
    ("时间", "日期", &[B, M]),
    ("落款", "单位", &[R, O, L]),
    ("署名", "单位", &[R, O, L]),
    ("编号", "发文字号", &[O, L]),
    ("字号", "发文字号", &[O, L]),
    ("文号", "发文字号", &[O, L]),
    ("号", "令号", &[C]),
    ("期", "期号", &[B, M]),
    ("密", "密级", &[B, O, L, M]),
    ("急", "紧急程度", &[O, L, M]),
    ("签", "签发人", &[O]),
    ("份", "份号", &[O, L]),
    ("份", "印数", &[B]),
    ("单位", "单位", &[R, O, L]),
    ("单位", "编印单位", &[B, M]),
    ("机关", "单位", &[R]),
    ("机关", "发文机关", &[O, L, C]),
    ("备注", "附注", &[R, O, L]),
    ("说明", "附注", &[R, O, L]),
];

/// The key of a name or of one of its other names, whatever the kind of document.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name || key.also.contains(&name))
}

/// The key's one name.
pub fn canonical(name: &str) -> &str {
    find(name).map_or(name, |key| key.name)
}

/// The keys that a kind of document prints, in the order of the page.
pub fn printed(kind: LayoutKind) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.kinds.contains(&kind))
}

/// Whether a kind of document prints a key.
pub fn prints(kind: LayoutKind, name: &str) -> bool {
    find(name).is_some_and(|key| key.kinds.contains(&kind))
}

/// Other names of a key in a kind of document.
pub fn others(key: &Key, kind: LayoutKind) -> Vec<&'static str> {
    let by_kind = BY_KIND.iter().filter(|(_, name, kinds)| *name == key.name && kinds.contains(&kind));
    key.also.iter().copied().chain(by_kind.map(|(also, ..)| *also)).collect()
}

/// True for the keys that nearly every report has.
pub fn is_usual(name: &str) -> bool {
    matches!(canonical(name), "标题" | "单位" | "年份" | "成文日期" | "主送" | "模板")
}

/// True when the key may be given several times.
pub fn may_repeat(name: &str) -> bool {
    find(name).is_some_and(|key| key.form == Several)
}

/// Keys whose value is a date.
pub fn dates() -> impl Iterator<Item = &'static str> {
    KEYS.iter().filter(|key| key.form == Date).map(|key| key.name)
}

/// True for what is only noted about the filling in.
pub fn is_aside(name: &str) -> bool {
    ASIDE.contains(&name)
}

/// Names that a name in no table may stand for in this kind of document, the nearest first.
pub fn meant(name: &str, kind: LayoutKind) -> Option<&'static str> {
    let names = || printed(kind).flat_map(|key| key.also.iter().copied().chain([key.name]));
    let near = crate::diagnostic::nearest(name, names().filter(|known| known.chars().count() > 1)).map(canonical);
    let near = near.and_then(find).map(|key| key.name);
    let hinted = || HINTS.iter().find(|(word, _, kinds)| name.contains(word) && kinds.contains(&kind));
    near.or_else(|| hinted().map(|(_, key, _)| *key))
}

/// The name that a name stands for in this kind of document, where that depends on the kind.
pub fn of_kind(name: &str, kind: LayoutKind) -> Option<&'static str> {
    BY_KIND.iter().find(|(also, _, kinds)| *also == name && kinds.contains(&kind)).map(|(_, key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No name leads to two keys, and every key that a name leads to is in the table.
    #[test]
    fn each_name_has_one_key() {
        let mut seen = std::collections::BTreeSet::new();
        for key in KEYS {
            for name in key.also.iter().chain([&key.name]) {
                assert!(seen.insert(*name), "{name}");
            }
        }
        for (_, key, kinds) in BY_KIND.iter().chain(HINTS) {
            let known = KEYS.iter().find(|k| k.name == *key).unwrap();
            assert!(kinds.iter().all(|kind| known.kinds.contains(kind)), "{key}");
        }
    }

    #[test]
    fn names_outside_the_table_hint_at_a_key() {
        assert_eq!(meant("上报日期", LayoutKind::Report), Some("成文日期"));
        assert_eq!(meant("备注", LayoutKind::Official), Some("附注"));
        assert_eq!(meant("抄送的机关", LayoutKind::Official), Some("抄送"));
        assert_eq!(meant("气温", LayoutKind::Report), None);
    }
}
