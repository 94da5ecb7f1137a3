//! Codes of the rules of check. What a rule rests on and an example each way stand in its own
//! table, `check/rule.rs`.

use super::code::{Code, Entry, Role};
use crate::diagnostic::exit::Exit;
use crate::diagnostic::severity::Severity;

macro_rules! rules {
    ($($code:ident $name:literal $severity:ident $title:literal;)*) => {
        $(
            #[doc = $title]
            pub const $code: Code = Code(&Entry {
                name: $name,
                title: $title,
                severity: Severity::$severity,
                exit: Exit::Input,
                role: Role::Plain,
                text: None,
            });
        )*
        pub(super) const ALL: &[Code] = &[$($code),*];
    };
}

rules! {
    C01 "C-01" Error "数据符合模板声明的关系";
    C02 "C-02" Warning "率和占比不超过100%";
    C03 "C-03" Warning "与上年相比没有陡增陡降";
    C04 "C-04" Warning "没有照抄上年的数";
    C05 "C-05" Warning "标题、成文日期、文字里的年份与报告的年份一致";
    C06 "C-06" Warning "两年的名称对得上";
    F01 "F-01" Notice "正文里的数都有出处";
    F02 "F-02" Warning "数据里有的数不手写";
    F03 "F-03" Warning "同一个指标只有一个数";
    F04 "F-04" Notice "同一个数写法一致";
    F05 "F-05" Warning "模板里的年份不过时";
    H04 "H-04" Warning "手写的序号前后接得上";
    H05 "H-05" Warning "正文提到的附件都有，序号和名称一致";
    H06 "H-06" Warning "同一个单位全文用一个名称";
    H07 "H-07" Warning "手写的表格合计与各行一致";
    H08 "H-08" Warning "标题的层次不跳级";
    Y01 "Y-01" Notice "结语与文种相符";
    Y02 "Y-02" Notice "请示一文一事，只主送一个机关";
    Y03 "Y-03" Notice "主送的机关不再抄送";
    P01 "P-01" Error "汉字旁边不用半角标点";
    P02 "P-02" Error "引号用“ ”‘ ’并且成对";
    P03 "P-03" Warning "引号里面的引号用单引号";
    P04 "P-04" Warning "并列的书名号、引号之间不用顿号";
    P05 "P-05" Error "概数之间不用顿号";
    P06 "P-06" Warning "序数简称之间用顿号";
    P07 "P-07" Error "首先、第一后面用逗号";
    P08 "P-08" Error "汉字序号后面用顿号";
    P09 "P-09" Error "阿拉伯数字序号后面用下脚点";
    P10 "P-10" Error "带括号的序号后面不用标点";
    P11 "P-11" Error "标题末尾不用标点";
    P12 "P-12" Warning "图表标题末尾不用标点";
    P13 "P-13" Warning "分项里有句号，末尾不用分号";
    P14 "P-14" Warning "一句话不套用冒号";
    P15 "P-15" Error "省略号和“等”不同用";
    P16 "P-16" Error "省略号是六个点";
    P17 "P-17" Error "破折号是两字线";
    P18 "P-18" Warning "时间、地域的起止用一字线";
    P19 "P-19" Notice "活动、会议不用书名号";
    P20 "P-20" Error "书名号里层用〈 〉";
    P21 "P-21" Warning "括号成对，里外不同";
    P22 "P-22" Error "发文字号年份用六角括号，序号不编虚位";
    P23 "P-23" Warning "段落末尾有句末标点";
    P24 "P-24" Notice "公文不用感叹号";
    P25 "P-25" Warning "连词前面不用顿号";
    P26 "P-26" Error "标点不连用";
    P27 "P-27" Warning "汉字之间、汉字与数字之间不空格";
    P28 "P-28" Warning "间隔号用“·”";
    P29 "P-29" Warning "引用公文先标题后字号";
    N01 "N-01" Warning "统计数用阿拉伯数字";
    N02 "N-02" Error "数字用半角";
    N03 "N-03" Error "纯小数写出整数部分的0";
    N04 "N-04" Error "起止两个百分数都写%";
    N05 "N-05" Error "起止两个数都写万、亿";
    N06 "N-06" Error "年份写四位";
    N07 "N-07" Error "日期里不混用汉字和阿拉伯数字";
    N08 "N-08" Error "月、日不编虚位";
    N09 "N-09" Error "除万、亿外不混写";
    N10 "N-10" Notice "多位数分节的写法一致";
    N11 "N-11" Warning "精确小数不加多、余";
    N12 "N-12" Error "固定词语用汉字";
    N13 "N-13" Notice "含月日的专名写法";
    N14 "N-14" Error "汉字年份的零写“〇”";
    N15 "N-15" Notice "同类的数写法一致";
    N16 "N-16" Warning "一个数不分在两行";
    N17 "N-17" Warning "用法定计量单位";
    N18 "N-18" Warning "约数不重复";
    N19 "N-19" Warning "截至与截止";
    N20 "N-20" Warning "各部分相加等于合计";
    N21 "N-21" Error "月份、日期是有的";
    N23 "N-23" Warning "并列的数都写单位";
    N24 "N-24" Warning "起止日期先后不颠倒";
    N22 "N-22" Warning "正文里的日期写年月日";
    V04 "V-04" Warning "升降的方向、幅度与数字一致";
    V05 "V-05" Warning "措辞与数字不相反";
    V06 "V-06" Warning "率与前面的两个数一致";
    V07 "V-07" Warning "升降与文中给出的两个数一致";
    V08 "V-08" Warning "平均数与总数、个数一致";
    V10 "V-10" Warning "名次、时段前后一致";
    V09 "V-09" Warning "同一指标的两个数单位大小一致";
    S01 "S-01" Warning "比较的对象只说一遍";
    S02 "S-02" Warning "幅度用增长，数量用增加";
    S03 "S-03" Warning "率和占比的升降用百分点";
    S04 "S-04" Error "升降词后面不跟负数";
    S06 "S-06" Warning "减少不用倍数";
    S11 "S-11" Notice "相比的数用同一种单位";
    S12 "S-12" Warning "件数、人数是整数";
    S13 "S-13" Warning "金额单位写全";
    S14 "S-14" Warning "与序时进度相差用百分点";
    S15 "S-15" Error "占比不超过100%";
    S20 "S-20" Warning "人次不少于人数";
    S22 "S-22" Notice "同一句的百分数小数位数一致";
    S28 "S-28" Notice "起止时间的写法";
    S29 "S-29" Warning "增幅、降幅、增速的搭配";
    S34 "S-34" Warning "率的升降用百分点，与前面的率相比";
    S33 "S-33" Warning "数量的升降不用百分点";
    S32 "S-32" Warning "措辞与幅度相称";
    H01 "H-01" Error "标题不手写序号";
    H02 "H-02" Warning "分项序号连续";
    H03 "H-03" Warning "宣布的数目与列出的项数一致";
    W01 "W-01" Warning "没有错别字";
    W02 "W-02" Warning "没有多打的字";
    W03 "W-03" Notice "修饰动词用“地”";
    W04 "W-04" Notice "不重复、不搭配不当";
    W06 "W-06" Warning "不用错相近的词";
    W07 "W-07" Notice "动词后面的宾语完整";
    W05 "W-05" Warning "没有没填完的内容";
}
