//! What a rule is, and the one table of all rules.

use super::language::{marks, numerals, structure, wording};
use super::line::{Hit, Line};
use crate::diagnostic::Severity;

/// One rule: what it asks for, on what ground, and an example each way.
pub struct Rule {
    /// Also the code of its findings.
    pub id: &'static str,
    /// Standard and clause, or 行文惯例.
    pub basis: &'static str,
    pub level: Severity,
    /// What it asks for.
    pub title: &'static str,
    pub test: fn(&Line, &mut Vec<Hit>),
    /// An example that it finds, and one that it passes. The kind of passage stands before
    /// `|` where it is not a paragraph.
    pub bad: &'static str,
    pub good: &'static str,
}

use Severity::{Error as E, Notice as N, Warning as W};

macro_rules! rules {
    ($($id:literal $level:ident $basis:literal $title:literal $test:path, $bad:literal => $good:literal;)*) => {
        /// All rules, in the order in which they are printed.
        pub const RULES: &[Rule] = &[$(Rule {
            id: $id, basis: $basis, level: $level, title: $title, test: $test, bad: $bad, good: $good,
        }),*];
    };
}

rules! {
    "P-01" E "GB/T 15834 4" "汉字旁边不用半角标点" marks::half_width, "已完成,正在验收。" => "已完成，正在验收。";
    "P-02" E "GB/T 15834 4.8" "引号用“ ”‘ ’并且成对" marks::quotes, "开展\"两项\"任务。" => "开展“两项”任务。";
    "P-03" W "GB/T 15834 4.8" "引号里面的引号用单引号" marks::nested_quotes, "“开展“回头看”行动”。" => "“开展‘回头看’行动”。";
    "P-04" W "GB/T 15834 4.5" "并列的书名号、引号之间不用顿号" marks::comma_between_titles, "修订《条例》、《办法》。" => "修订《条例》《办法》。";
    "P-05" E "GB/T 15834 4.5" "概数之间不用顿号" marks::rough_number, "用了三、四个月。" => "用了三四个月。";
    "P-06" W "GB/T 15834 4.5" "序数简称之间用顿号" marks::short_ordinal, "二三季度均增长。" => "二、三季度均增长。";
    "P-07" E "GB/T 15834 附录B" "首先、第一后面用逗号" marks::ordinal_word, "第一、抓队伍建设。" => "第一，抓队伍建设。";
    "P-08" E "GB/T 15834 附录B" "汉字序号后面用顿号" marks::han_number_mark, "一，基本情况。" => "一、基本情况。";
    "P-09" E "GB/T 15834 附录B" "阿拉伯数字序号后面用下脚点" marks::digit_number_mark, "1、加强培训。" => "1.加强培训。";
    "P-10" E "GB/T 15834 附录B" "带括号的序号后面不用标点" marks::bracket_number_mark, "（一）、主要做法。" => "（一）主要做法。";
    "P-11" E "GB/T 15834 附录B" "标题末尾不用标点" marks::heading_end, "标题|主要成效；" => "标题|主要成效";
    "P-12" W "GB/T 15834 附录A" "图表标题末尾不用标点" marks::caption_end, "图题|各镇进度。" => "图题|各镇进度";
    "P-13" W "GB/T 15834 附录A" "分项里有句号，末尾不用分号" marks::item_end, "一是培训2期。覆盖全员；二是检查3次。" => "一是培训2期，覆盖全员；二是检查3次。";
    "P-14" W "GB/T 15834 4.7" "一句话不套用冒号" marks::two_colons, "会议要求：一要做到：严查。" => "会议要求，一要做到：严查。";
    "P-15" E "GB/T 15834 附录A" "省略号和“等”不同用" marks::ellipsis_with_etc, "农业、工业……等。" => "农业、工业等。";
    "P-16" E "GB/T 15834 4.11" "省略号是六个点" marks::ellipsis, "还有很多。。。" => "还有很多……";
    "P-17" E "GB/T 15834 4.10" "破折号是两字线" marks::dash, "重点工作--扫尾。" => "重点工作——扫尾。";
    "P-18" W "GB/T 15834 4.13" "时间、地域的起止用一字线" marks::span, "1-6月完成。" => "1—6月完成。";
    "P-19" N "GB/T 15834 附录A" "活动、会议不用书名号" structure::title_marks, "开展《双百行动》。" => "开展“双百行动”。";
    "P-20" E "GB/T 15834 4.15" "书名号里层用〈 〉" structure::nested_titles, "印发《关于〈规则〉和《办法》的通知》。" => "印发《关于〈办法〉的通知》。";
    "P-21" W "GB/T 15834 4.9" "括号成对，里外不同" structure::brackets, "各地（含（市、区））上报。" => "各地（含〔市、区〕）上报。";
    "P-22" E "GB/T 9704 7.2.5" "发文字号年份用六角括号，序号不编虚位" structure::document_number, "县办发(2026)8号文件。" => "县办发〔2026〕8号文件。";
    "P-23" W "GB/T 15834 4.1" "段落末尾有句末标点" structure::paragraph_end, "今年以来全县各项工作有序推进" => "今年以来全县各项工作有序推进。";
    "P-24" N "GB/T 15834 4.3" "公文不用感叹号" marks::exclamation, "成效显著！" => "成效显著。";
    "P-25" W "GB/T 15834 附录A" "连词前面不用顿号" marks::comma_before_and, "甲、乙、以及丙。" => "甲、乙以及丙。";
    "P-26" E "GB/T 15834 4" "标点不连用" marks::doubled, "完成验收，。" => "完成验收。";
    "P-27" W "行文惯例" "汉字之间、汉字与数字之间不空格" marks::blanks, "共 25 件。" => "共25件。";
    "P-28" W "GB/T 15834 4.14" "间隔号用“·”" marks::interpunct, "约翰•史密斯。" => "约翰·史密斯。";
    "P-29" W "公文处理工作条例" "引用公文先标题后字号" structure::number_before_title, "根据县发〔2026〕3号《通知》要求。" => "根据《通知》（县发〔2026〕3号）要求。";
    "N-01" W "GB/T 15835 4.1.1" "统计数用阿拉伯数字" numerals::han_count, "受理一百二十三件。" => "受理123件。";
    "N-02" E "GB/T 15835 5.1" "数字用半角" numerals::full_width, "受理１２件。" => "受理12件。";
    "N-03" E "GB/T 15835 5.1.2" "纯小数写出整数部分的0" numerals::leading_zero, "占.45%。" => "占0.45%。";
    "N-04" E "GB/T 15835 5.1.3" "起止两个百分数都写%" numerals::percent_range, "增长5～10%。" => "增长5%～10%。";
    "N-05" E "GB/T 15835 5.1.3" "起止两个数都写万、亿" numerals::scale_range, "投入9～16亿元。" => "投入9亿～16亿元。";
    "N-06" E "GB/T 15835 5.1.4" "年份写四位" numerals::short_year, "26年上半年完成。" => "2026年上半年完成。";
    "N-07" E "GB/T 15835 5.1.4" "日期里不混用汉字和阿拉伯数字" numerals::mixed_date, "2026年七月完成。" => "2026年7月完成。";
    "N-08" E "GB/T 9704 7.3.5.4" "月、日不编虚位" numerals::padded_date, "2026年07月01日。" => "2026年7月1日。";
    "N-09" E "GB/T 15835 5.3" "除万、亿外不混写" numerals::half_arabic, "受理3千件。" => "受理3000件。";
    "N-11" W "GB/T 15835 4.2.2" "精确小数不加多、余" numerals::rough_decimal, "投入12.35多万元。" => "投入12万多元。";
    "N-12" E "GB/T 15835 4.2.3" "固定词语用汉字" numerals::fixed_words, "1律停办。" => "一律停办。";
    "N-13" N "GB/T 15835 5.2.3" "含月日的专名写法" numerals::events, "“315”活动。" => "“3·15”活动。";
    "N-14" E "GB/T 15835 5.2.5" "汉字年份的零写“〇”" numerals::zero, "二0二六年。" => "二〇二六年。";
    "N-17" W "GB 3100" "用法定计量单位" numerals::units, "宽20公分。" => "宽20厘米。";
    "N-18" W "行文惯例" "约数不重复" numerals::doubled_rough, "约100件左右。" => "约100件。";
    "N-19" W "行文惯例" "截至与截止" numerals::until, "截止6月底，共办结12件。" => "截至6月底，共办结12件。";
    "N-20" E "数据核对" "各部分相加等于合计" wording::sums, "甲5件、乙6件，共12件。" => "甲5件、乙6件，共11件。";
    "V-04" E "数据核对" "升降的方向、幅度与数字一致" wording::direction, "由50件增至45件。" => "由50件减至45件。";
    "S-03" W "统计行文" "率和占比的升降用百分点" wording::points, "办结率提高3%。" => "办结率提高3个百分点。";
    "S-04" E "统计行文" "升降词后面不跟负数" wording::negative, "同比增长-3.2%。" => "同比下降3.2%。";
    "S-06" W "统计行文" "减少不用倍数" wording::times_down, "下降1倍。" => "下降50%。";
    "S-12" W "统计行文" "件数、人数是整数" numerals::whole_counts, "受理12.50件。" => "受理12件。";
    "S-13" W "统计行文" "金额单位写全" numerals::money_unit, "投入资金35万，已到位。" => "投入资金35万元，已到位。";
    "S-14" W "统计行文" "与序时进度相差用百分点" wording::schedule, "快于序时进度5%。" => "快于序时进度5个百分点。";
    "S-15" E "数据核对" "占比不超过100%" wording::share, "占总数的105%。" => "占总数的95%。";
    "S-32" W "统计行文" "措辞与幅度相称" wording::loud, "大幅增长0.8%。" => "增长0.8%。";
    "H-01" E "版式" "标题不手写序号" structure::typed_number, "标题|一、基本情况" => "标题|基本情况";
    "H-02" W "行文惯例" "分项序号连续" structure::sequence, "一是抓培训；三是抓检查。" => "一是抓培训；二是抓检查。";
    "W-01" W "常见错字" "没有错别字" wording::wrong_words, "人大带表到联络占。" => "人大代表到联络站。";
    "W-05" W "行文惯例" "没有没填完的内容" structure::left_over, "责任单位待补充。" => "责任单位已明确。";
}
