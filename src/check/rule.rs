//! What a rule is, and the one table of all rules.

use super::data::{self, Facts};
use super::language::{dates, marks, numbering, numerals, structure, sums, wording, words};
use super::line::{Hit, Line};
use super::prose::{self, Mark, Prose};
use crate::diagnostic::{Diagnostic, Severity};

/// One rule: what it asks for, on what ground, and an example each way.
pub struct Rule {
    /// Also the code of its findings.
    pub id: &'static str,
    /// Standard and clause, or 行文惯例.
    pub basis: &'static str,
    pub level: Severity,
    /// What it asks for.
    pub title: &'static str,
    pub test: Test,
    /// An example that it finds, and one that it passes. Of the language: the kind of passage
    /// stands before `|` where it is not a paragraph. Of the data: relations, then `‖`, then the
    /// data in YAML. Of prose beside data: the paragraph, `‖`, the data.
    pub bad: &'static str,
    pub good: &'static str,
}

/// What a rule looks at.
pub enum Test {
    /// One passage of the finished text.
    Text(fn(&Line, &mut Vec<Hit>)),
    /// The data, by the template's schema.
    Data(fn(&Facts, &mut Vec<Diagnostic>)),
    /// The finished text beside the data.
    Prose(fn(&Prose, &mut Vec<Mark>)),
    /// Said by the step that it names while that does its work; here only its level is kept.
    Step(&'static str),
}

use Severity::{Error as E, Notice as N, Warning as W};

macro_rules! rules {
    ($name:ident $kind:ident $doc:literal: $($id:literal $level:ident $basis:literal $title:literal $test:expr, $bad:literal => $good:literal;)*) => {
        #[doc = $doc]
        pub const $name: &[Rule] = &[$(Rule {
            id: $id, basis: $basis, level: $level, title: $title, test: Test::$kind($test), bad: $bad, good: $good,
        }),*];
    };
}

/// All rules, in the order in which they are printed.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    DATA.iter().chain(PROSE).chain(LANGUAGE).chain(STEPS)
}

/// The rule of a code.
pub fn rule(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

rules! { DATA Data "Rules about the data.":
    "C-01" E "模板声明的关系" "数据符合模板声明的关系" data::relations::declared, "已拨付 + 未拨付 = 使用 ‖ {年份: 2026, 使用: 30, 已拨付: 20, 未拨付: 8}" => "已拨付 + 未拨付 = 使用 ‖ {年份: 2026, 使用: 30, 已拨付: 22, 未拨付: 8}";
    "C-02" W "数据核对" "率和占比不超过100%" data::shares::more_than_all, "‖ {年份: 2026, 办结率: 105%}" => "‖ {年份: 2026, 办结率: 95%}";
    "C-03" W "数据核对" "与上年相比没有陡增陡降" data::compare::leaps, "‖ {年份: 2026, 经费: 3211, 历年: {2025: {经费: 32.1}}}" => "‖ {年份: 2026, 经费: 32.11, 历年: {2025: {经费: 24.69}}}";
    "C-04" W "数据核对" "没有照抄上年的数" data::compare::copied, "‖ {年份: 2026, 镇: [{名称: 甲镇, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}], 历年: {2025: {镇: [{名称: 甲镇, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}]}}}" => "‖ {年份: 2026, 镇: [{名称: 甲镇, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}], 历年: {2025: {镇: [{名称: 甲镇, 数: 4}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}]}}}";
    "C-05" W "数据核对" "标题、成文日期、文字里的年份与报告的年份一致" data::years::agree, "‖ {年份: 2026, 报告: {成文日期: 2025-12-05}}" => "‖ {年份: 2026, 报告: {成文日期: 2026-12-05}}";
    "C-06" W "数据核对" "两年的名称对得上" data::names::strangers, "‖ {年份: 2026, 镇: [{名称: 云溪, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}, {名称: 丁镇, 数: 9}], 历年: {2025: {镇: [{名称: 云溪镇, 数: 4}, {名称: 乙镇, 数: 5}, {名称: 丙镇, 数: 8}, {名称: 丁镇, 数: 8}]}}}" => "‖ {年份: 2026, 镇: [{名称: 云溪镇, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}, {名称: 丁镇, 数: 9}], 历年: {2025: {镇: [{名称: 云溪镇, 数: 4}, {名称: 乙镇, 数: 5}, {名称: 丙镇, 数: 8}, {名称: 丁镇, 数: 8}]}}}";
}

rules! { PROSE Prose "Rules about the finished text beside the data.":
    "F-01" N "数据核对" "正文里的数都有出处" prose::origin::without_origin, "全年开展检查27次。 ‖ {年份: 2026}" => "全年开展检查多次。 ‖ {年份: 2026}";
    "F-02" W "数据核对" "数据里有的数不手写" prose::origin::typed, "全年组织培训36场。 ‖ {年份: 2026, 培训场次: 36}" => "全年组织培训多场。 ‖ {年份: 2026, 培训场次: 36}";
    "F-03" W "数据核对" "同一个指标只有一个数" prose::twice::two_values, "全年组织培训48场。 ‖ {年份: 2026, 培训场次: 36}" => "全年组织培训{{ 培训场次 }}场。 ‖ {年份: 2026, 培训场次: 36}";
    "F-04" N "统计行文" "同一个数写法一致" prose::twice::two_forms, "{{ 经费 }}万元；{{ 经费 | 保留(1) }}万元。 ‖ {年份: 2026, 经费: 31.86}" => "{{ 经费 }}万元；{{ 经费 }}万元。 ‖ {年份: 2026, 经费: 31.86}";
    "F-05" W "数据核对" "模板里的年份不过时" prose::twice::stale_year, "2025年以来，各项工作有序推进。 ‖ {年份: 2026}" => "2026年以来，各项工作有序推进。 ‖ {年份: 2026}";
}

rules! { STEPS Step "What other steps say while they do their work.":
    "D050" W "数据核对" "合计行等于各行之和" "读数据", "合计：100，各行相加：98" => "合计：98，各行相加：98";
    "D056" W "数据核对" "以 % 计的数不写成小数" "读数据", "普及率（%）：0.886" => "普及率（%）：88.6";
    "D057" W "数据核对" "一列只用一种单位" "读数据", "3.2万元，5000元" => "3.2万元，0.5万元";
    "D058" W "数据核对" "百分数不多乘100" "读数据", "满意率：3600%" => "满意率：36%";
    "D059" W "数据核对" "同比的两年是同样的月份" "读数据", "2026年1-11月，2025年" => "2026年1-11月，2025年1-11月";
    "D066" W "模板声明的字段" "表、字段、列的名字不写错" "读数据", "培训场此" => "培训场次";
    "L011" N "字体" "用字都在所用字体中" "排版", "㴪（不在仿宋中，改用宋体）" => "云";
    "L020" N "GB/T 9704 7.3.5.5" "落款不单独成页" "排版", "为使落款与正文同页，调整了行距" => "不用调整";
    "L030" N "GB/T 9704 5.2.3" "每面22行" "排版", "版面：{行距: 28磅}" => "版面：{}";
    "L031" N "GB/T 9704 7.5" "页码居外侧" "排版", "版面：{页码: 居中}" => "版面：{}";
    "L032" N "GB/T 9704 5.2.1" "订口在左" "排版", "版面：{页边距对称: 是}" => "版面：{}";
    "L033" N "GB/T 9704 7.3.3" "第三层标题用仿宋" "排版", "版面：{三级标题加重: 是}" => "版面：{}";
    "L035" N "GB/T 9704 5.2.2、7.3" "各类字体用本类的字" "排版", "版面：{黑体: 微软雅黑}" => "版面：{黑体: 方正黑体_GBK}";
    "L036" N "字体" "要用的字体在本机找得到、可以嵌入" "排版", "版面：{小标宋体: 方正小标宋_GBK}（本机没有，改用自带的）" => "版面：{}";
    "L040" N "GB/T 9704 8" "横排的表单独成页" "排版", "附件横排" => "附件竖排";
    "L041" W "GB/T 9704 7.3.1" "标题排成梯形或菱形，不多于三行" "排版", "关于甲⏎关于乙乙乙乙⏎关于甲" => "关于甲乙丙丁⏎的报告";
    "L042" N "GB/T 9704 7.3" "标题不落在页末" "排版", "一、基本情况（页末最后一行）" => "标题下面至少有一行正文";
    "N-16" W "GB/T 15835 5.1.7" "一个数不分在两行" "排版", "……12⏎345件" => "……⏎12345件";
    "L043" N "GB/T 15834 5.1" "行末不过松过紧" "排版", "为不拆开数字和单位，把一行拉宽了3个字以上" => "各行松紧一致";
}

rules! { LANGUAGE Text "Rules about the language.":
    "P-01" E "GB/T 15834 4" "汉字旁边不用半角标点" marks::half_width, "已完成,正在验收。" => "已完成，正在验收。";
    "P-02" E "GB/T 15834 4.8" "引号用“ ”‘ ’并且成对" marks::quotes, "开展\"两项\"任务。" => "开展“两项”任务。";
    "P-03" W "GB/T 15834 4.8" "引号里面的引号用单引号" marks::nested_quotes, "“开展“回头看”行动”。" => "“开展‘回头看’行动”。";
    "P-04" W "GB/T 15834 4.5" "并列的书名号、引号之间不用顿号" marks::comma_between_titles, "修订《条例》、《办法》。" => "修订《条例》《办法》。";
    "P-05" E "GB/T 15834 4.5" "概数之间不用顿号" marks::rough_number, "用了三、四个月。" => "用了三四个月。";
    "P-06" W "GB/T 15834 4.5" "序数简称之间用顿号" marks::short_ordinal, "二三季度均增长。" => "二、三季度均增长。";
    "P-07" E "GB/T 15834 附录B" "首先、第一后面用逗号" numbering::ordinal_word, "第一、抓队伍建设。" => "第一，抓队伍建设。";
    "P-08" E "GB/T 15834 附录B" "汉字序号后面用顿号" numbering::han_number_mark, "一，基本情况。" => "一、基本情况。";
    "P-09" E "GB/T 15834 附录B" "阿拉伯数字序号后面用下脚点" numbering::digit_number_mark, "1、加强培训。" => "1.加强培训。";
    "P-10" E "GB/T 15834 附录B" "带括号的序号后面不用标点" numbering::bracket_number_mark, "（一）、主要做法。" => "（一）主要做法。";
    "P-11" E "GB/T 15834 附录B" "标题末尾不用标点" numbering::heading_end, "标题|主要成效；" => "标题|主要成效";
    "P-12" W "GB/T 15834 附录A" "图表标题末尾不用标点" numbering::caption_end, "图题|各镇进度。" => "图题|各镇进度";
    "P-13" W "GB/T 15834 附录A" "分项里有句号，末尾不用分号" numbering::item_end, "一是培训2期。覆盖全员；二是检查3次。" => "一是培训2期，覆盖全员；二是检查3次。";
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
    "N-10" N "GB/T 15835 5.1.1" "多位数分节的写法一致" dates::grouping, "收入1234567元，支出1,234元。" => "收入123.46万元，支出1234元。";
    "N-11" W "GB/T 15835 4.2.2" "精确小数不加多、余" numerals::rough_decimal, "投入12.35多万元。" => "投入12万多元。";
    "N-12" E "GB/T 15835 4.2.3" "固定词语用汉字" numerals::fixed_words, "1律停办。" => "一律停办。";
    "N-13" N "GB/T 15835 5.2.3" "含月日的专名写法" numerals::events, "“315”活动。" => "“3·15”活动。";
    "N-14" E "GB/T 15835 5.2.5" "汉字年份的零写“〇”" numerals::zero, "二0二六年。" => "二〇二六年。";
    "N-15" N "GB/T 15835 4.3" "同类的数写法一致" dates::one_form, "第3季度办结8件，第四季度办结9件。" => "第三季度办结8件，第四季度办结9件。";
    "N-17" W "GB 3100" "用法定计量单位" numerals::units, "宽20公分。" => "宽20厘米。";
    "N-18" W "行文惯例" "约数不重复" numerals::doubled_rough, "约100件左右。" => "约100件。";
    "N-19" W "行文惯例" "截至与截止" numerals::until, "截止6月底，共办结12件。" => "截至6月底，共办结12件。";
    "N-20" E "数据核对" "各部分相加等于合计" sums::sums, "甲5件、乙6件，共12件。" => "甲5件、乙6件，共11件。";
    "N-21" E "历法" "月份、日期是有的" dates::calendar, "2026年9月31日完成。" => "2026年9月30日完成。";
    "N-22" W "GB/T 15835 5.1.4" "正文里的日期写年月日" dates::numeric_date, "2026-11-30前完成。" => "2026年11月30日前完成。";
    "V-04" E "数据核对" "升降的方向、幅度与数字一致" sums::direction, "由50件增至45件。" => "由50件减至45件。";
    "V-05" W "数据核对" "措辞与数字不相反" wording::contradiction, "群众满意度稳步提升，同比下降3.2个百分点。" => "群众满意度稳步提升，同比提高3.2个百分点。";
    "V-06" E "数据核对" "率与前面的两个数一致" sums::rates, "收集意见建议48件，办结46件，办结率98.5%。" => "收集意见建议48件，办结46件，办结率95.8%。";
    "S-01" W "统计行文" "比较的对象只说一遍" wording::doubled_base, "同比较上年增长5%。" => "同比增长5%。";
    "S-02" W "统计行文" "幅度用增长，数量用增加" wording::verb_of_change, "同比增加18.64%。" => "同比增长18.64%。";
    "S-03" W "统计行文" "率和占比的升降用百分点" wording::points, "办结率提高3%。" => "办结率提高3个百分点。";
    "S-04" E "统计行文" "升降词后面不跟负数" wording::negative, "同比增长-3.2%。" => "同比下降3.2%。";
    "S-06" W "统计行文" "减少不用倍数" wording::times_down, "下降1倍。" => "下降50%。";
    "S-11" N "统计行文" "相比的数用同一种单位" wording::one_money_unit, "收入由9500万元增至1.2亿元。" => "收入由0.95亿元增至1.2亿元。";
    "S-12" W "统计行文" "件数、人数是整数" numerals::whole_counts, "受理12.50件。" => "受理12件。";
    "S-13" W "统计行文" "金额单位写全" numerals::money_unit, "投入资金35万，已到位。" => "投入资金35万元，已到位。";
    "S-14" W "统计行文" "与序时进度相差用百分点" wording::schedule, "快于序时进度5%。" => "快于序时进度5个百分点。";
    "S-15" E "数据核对" "占比不超过100%" wording::share, "占总数的105%。" => "占总数的95%。";
    "S-20" W "统计行文" "人次不少于人数" wording::visits_and_people, "培训500人300人次。" => "培训300人500人次。";
    "S-22" N "统计行文" "同一句的百分数小数位数一致" wording::one_precision, "分别增长12.5%和13.27%。" => "分别增长12.50%和13.27%。";
    "S-28" N "统计行文" "起止时间的写法" wording::months, "1—6月份受理12件。" => "1—6月受理12件。";
    "S-29" W "统计行文" "增幅、降幅、增速的搭配" wording::of_rates, "降幅下降2个百分点。" => "降幅收窄2个百分点。";
    "S-32" W "统计行文" "措辞与幅度相称" wording::loud, "大幅增长0.8%。" => "增长0.8%。";
    "H-01" E "版式" "标题不手写序号" structure::typed_number, "标题|一、基本情况" => "标题|基本情况";
    "H-02" W "行文惯例" "分项序号连续" structure::sequence, "一是抓培训；三是抓检查。" => "一是抓培训；二是抓检查。";
    "W-01" W "常见错字" "没有错别字" words::wrong_words, "人大带表到联络占。" => "人大代表到联络站。";
    "W-02" W "常见错字" "没有多打的字" words::doubled_words, "全县的的联络站。" => "全县的联络站。";
    "W-03" N "常见语病" "修饰动词用“地”" words::adverb_mark, "代表积极踊跃的参加活动。" => "代表积极踊跃地参加活动。";
    "W-04" N "常见语病" "不重复、不搭配不当" words::ill_joined, "目的是为了方便群众。" => "目的是方便群众。";
    "W-05" W "行文惯例" "没有没填完的内容" structure::left_over, "责任单位待补充。" => "责任单位已明确。";
}
