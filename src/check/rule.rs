//! What a rule is, and the one table of all rules.

use super::claims::{Claims, changes, dates as spans, means, parts, periods, sums, units};
use super::data::{self, Facts};
use super::language::{confused, dates, lists, marks, numbering, numerals, structure, wording, words};
use super::line::{Hit, Line};
use super::prose::{self, Mark, Prose, genre, headings, structure as whole};
use crate::diagnostic::{Code, Diagnostic, codes};

/// One rule: what it asks for, on what ground, and an example each way.
pub struct Rule {
    /// The code of its findings, with its level and what it asks for.
    pub code: Code,
    /// Standard and clause, or 行文惯例.
    pub basis: &'static str,
    /// The function that finds it, by what it has to see.
    pub test: Test,
    /// An example that it finds, and one that it passes. Of the language: the kind of passage
    /// stands before `|` where it is not a paragraph. Of the data: relations, then `‖`, then the
    /// data in YAML. Of prose beside data: the paragraph, `‖`, the data.
    pub bad: &'static str,
    /// What it passes, in the same form.
    pub good: &'static str,
}

/// What a rule looks at.
pub enum Test {
    /// One passage of the finished text.
    Text(fn(&Line, &mut Vec<Hit>)),
    /// What one passage claims.
    Claim(fn(&Claims, &mut Vec<Hit>)),
    /// The data, by the template's schema.
    Data(fn(&Facts, &mut Vec<Diagnostic>)),
    /// The finished text beside the data.
    Prose(fn(&Prose, &mut Vec<Mark>)),
    /// Said by the step that it names while that does its work; here only its level is kept.
    Step(&'static str),
}

macro_rules! rules {
    ($name:ident $kind:ident $doc:literal: $($code:ident $basis:literal $test:expr, $bad:literal => $good:literal;)*) => {
        #[doc = $doc]
        pub const $name: &[Rule] = &[$(Rule {
            code: codes::$code, basis: $basis, test: Test::$kind($test), bad: $bad, good: $good,
        }),*];
    };
}

impl Rule {
    /// Whether it is about punctuation.
    pub fn is_of_marks(&self) -> bool {
        self.code.name().starts_with("P-")
    }
}

/// All rules, in the order in which they are printed.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    DATA.iter().chain(PROSE).chain(LANGUAGE).chain(CLAIMS).chain(STEPS)
}

/// Whether a code is of a rule about the data.
pub fn is_about_data(code: Code) -> bool {
    DATA.iter().any(|rule| rule.code == code)
}

/// The rule that is written so.
pub fn rule(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.name() == name)
}

rules! { DATA Data "Rules about the data.":
    C01 "模板声明的关系" data::relations::declared, "已拨付 + 未拨付 = 使用 ‖ {年份: 2026, 使用: 30, 已拨付: 20, 未拨付: 8}" => "已拨付 + 未拨付 = 使用 ‖ {年份: 2026, 使用: 30, 已拨付: 22, 未拨付: 8}";
    C02 "数据核对" data::shares::more_than_all, "‖ {年份: 2026, 办结率: 105%}" => "‖ {年份: 2026, 办结率: 95%}";
    C03 "数据核对" data::compare::leaps, "‖ {年份: 2026, 经费: 3211, 历年: {2025: {经费: 32.1}}}" => "‖ {年份: 2026, 经费: 32.11, 历年: {2025: {经费: 24.69}}}";
    C04 "数据核对" data::compare::copied, "‖ {年份: 2026, 镇: [{名称: 甲镇, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}], 历年: {2025: {镇: [{名称: 甲镇, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}]}}}" => "‖ {年份: 2026, 镇: [{名称: 甲镇, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}], 历年: {2025: {镇: [{名称: 甲镇, 数: 4}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}]}}}";
    C05 "数据核对" data::years::agree, "‖ {年份: 2026, 报告: {成文日期: 2025-12-05}}" => "‖ {年份: 2026, 报告: {成文日期: 2026-12-05}}";
    C06 "数据核对" data::names::strangers, "‖ {年份: 2026, 镇: [{名称: 云溪, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}, {名称: 丁镇, 数: 9}], 历年: {2025: {镇: [{名称: 云溪镇, 数: 4}, {名称: 乙镇, 数: 5}, {名称: 丙镇, 数: 8}, {名称: 丁镇, 数: 8}]}}}" => "‖ {年份: 2026, 镇: [{名称: 云溪镇, 数: 5}, {名称: 乙镇, 数: 6}, {名称: 丙镇, 数: 7}, {名称: 丁镇, 数: 9}], 历年: {2025: {镇: [{名称: 云溪镇, 数: 4}, {名称: 乙镇, 数: 5}, {名称: 丙镇, 数: 8}, {名称: 丁镇, 数: 8}]}}}";
}

rules! { PROSE Prose "Rules about the finished text beside the data.":
    F01 "数据核对" prose::origin::without_origin, "全年开展检查27次。 ‖ {年份: 2026}" => "全年开展检查多次。 ‖ {年份: 2026}";
    F02 "数据核对" prose::origin::typed, "全年组织培训36场。 ‖ {年份: 2026, 培训场次: 36}" => "全年组织培训多场。 ‖ {年份: 2026, 培训场次: 36}";
    F03 "数据核对" prose::twice::two_values, "全年组织培训48场。 ‖ {年份: 2026, 培训场次: 36}" => "全年组织培训{{ 培训场次 }}场。 ‖ {年份: 2026, 培训场次: 36}";
    F04 "统计行文" prose::twice::two_forms, "{{ 经费 }}万元；{{ 经费 | 保留(1) }}万元。 ‖ {年份: 2026, 经费: 31.86}" => "{{ 经费 }}万元；{{ 经费 }}万元。 ‖ {年份: 2026, 经费: 31.86}";
    H04 "行文惯例" headings::numbers, "一、基本情况\n\n三、主要做法 ‖ {年份: 2026}" => "一、基本情况\n\n二、主要做法 ‖ {年份: 2026}";
    H05 "GB/T 9704 7.3.4" whole::annexes, "任务见附件3。\n\n附件：1.任务分解表 ‖ {年份: 2026}" => "任务见附件1。\n\n附件：1.任务分解表 ‖ {年份: 2026}";
    H06 "行文惯例" whole::offices, "县自然资源局牵头，县国土资源局验收。 ‖ {年份: 2026}" => "县自然资源局牵头，县财政局验收。 ‖ {年份: 2026}";
    H07 "数据核对" whole::tables, "| 村 | 件 |\n|---|---|\n| 甲 | 3 |\n| 乙 | 4 |\n| 合计 | 8 | ‖ {年份: 2026}" => "| 村 | 件 |\n|---|---|\n| 甲 | 3 |\n| 乙 | 4 |\n| 合计 | 7 | ‖ {年份: 2026}";
    H08 "GB/T 9704 7.3.3" headings::skipped, "一、基本情况\n\n（1）总体进展\n\n进展顺利。 ‖ {年份: 2026}" => "一、基本情况\n\n（一）总体进展\n\n进展顺利。 ‖ {年份: 2026}";
    Y01 "党政机关公文处理工作条例" genre::closing, "妥否，请批示。 ‖ {年份: 2026, 报告: {标题: 关于防汛的报告}}" => "特此报告。 ‖ {年份: 2026, 报告: {标题: 关于防汛的报告}}";
    Y02 "党政机关公文处理工作条例" genre::one_matter, "妥否，请批示。 ‖ {年份: 2026, 报告: {标题: 关于设站的请示, 主送: 县政府、县财政局}}" => "妥否，请批示。 ‖ {年份: 2026, 报告: {标题: 关于设站的请示, 主送: 县政府}}";
    Y03 "党政机关公文处理工作条例" genre::copies, "抄送：各村、县林业局。 ‖ {年份: 2026, 报告: {标题: 关于植树的通知, 主送: 各村}}" => "抄送：县林业局。 ‖ {年份: 2026, 报告: {标题: 关于植树的通知, 主送: 各村}}";
    F05 "数据核对" prose::twice::stale_year, "2025年以来，各项工作有序推进。 ‖ {年份: 2026}" => "2026年以来，各项工作有序推进。 ‖ {年份: 2026}";
}

rules! { STEPS Step "What other steps say while they do their work.":
    D050 "数据核对" "读数据", "合计：100，各行相加：98" => "合计：98，各行相加：98";
    D056 "数据核对" "读数据", "普及率（%）：0.886" => "普及率（%）：88.6";
    D057 "数据核对" "读数据", "3.2万元，5000元" => "3.2万元，0.5万元";
    D058 "数据核对" "读数据", "满意率：3600%" => "满意率：36%";
    D059 "数据核对" "读数据", "2026年1-11月，2025年" => "2026年1-11月，2025年1-11月";
    D066 "模板声明的字段" "读数据", "培训场此" => "培训场次";
    L011 "字体" "排版", "㴪（不在仿宋中，改用宋体）" => "云";
    L020 "GB/T 9704 7.3.5.5" "排版", "为使落款与正文同页，调整了行距，或者移了几行" => "不用调整";
    L022 "GB/T 9704 7.3.5.5" "排版", "落款所在的页没有正文，调整行距、移行都不能避免" => "落款上面有正文";
    L030 "GB/T 9704 5.2.3" "排版", "版面：{行距: 28磅}" => "版面：{}";
    L031 "GB/T 9704 7.5" "排版", "版面：{页码: 居中}" => "版面：{}";
    L032 "GB/T 9704 5.2.1" "排版", "版面：{页边距对称: 是}" => "版面：{}";
    L033 "GB/T 9704 7.3.3" "排版", "版面：{三级标题加重: 是}" => "版面：{}";
    L035 "GB/T 9704 5.2.2、7.3" "排版", "版面：{黑体: 微软雅黑}" => "版面：{黑体: 方正黑体_GBK}";
    L036 "字体" "排版", "版面：{小标宋体: 方正小标宋_GBK}（本机没有，改用自带的）" => "版面：{}";
    L040 "GB/T 9704 8" "排版", "附件横排" => "附件竖排";
    L041 "GB/T 9704 7.3.1" "排版", "关于甲⏎关于乙乙乙乙⏎关于甲" => "关于甲乙丙丁⏎的报告";
    L042 "GB/T 9704 7.3" "排版", "一、基本情况（页末最后一行）" => "标题下面至少有一行正文";
    N16 "GB/T 15835 5.1.7" "排版", "……12⏎345件" => "……⏎12345件";
    L043 "GB/T 15834 5.1" "排版", "为不拆开数字和单位，把一行拉宽了3个字以上" => "各行松紧一致";
}

rules! { LANGUAGE Text "Rules about the language.":
    P01 "GB/T 15834 4" marks::half_width, "已完成,正在验收。" => "已完成，正在验收。";
    P02 "GB/T 15834 4.8" marks::quotes, "开展\"两项\"任务。" => "开展“两项”任务。";
    P03 "GB/T 15834 4.8" marks::nested_quotes, "“开展“回头看”行动”。" => "“开展‘回头看’行动”。";
    P04 "GB/T 15834 4.5" marks::comma_between_titles, "修订《条例》、《办法》。" => "修订《条例》《办法》。";
    P05 "GB/T 15834 4.5" marks::rough_number, "用了三、四个月。" => "用了三四个月。";
    P06 "GB/T 15834 4.5" marks::short_ordinal, "二三季度均增长。" => "二、三季度均增长。";
    P07 "GB/T 15834 附录B" numbering::ordinal_word, "第一、抓队伍建设。" => "第一，抓队伍建设。";
    P08 "GB/T 15834 附录B" numbering::han_number_mark, "一，基本情况。" => "一、基本情况。";
    P09 "GB/T 15834 附录B" numbering::digit_number_mark, "1、加强培训。" => "1.加强培训。";
    P10 "GB/T 15834 附录B" numbering::bracket_number_mark, "（一）、主要做法。" => "（一）主要做法。";
    P11 "GB/T 15834 附录B" numbering::heading_end, "标题|主要成效；" => "标题|主要成效";
    P12 "GB/T 15834 附录A" numbering::caption_end, "图题|各镇进度。" => "图题|各镇进度";
    P13 "GB/T 15834 附录A" numbering::item_end, "一是培训2期。覆盖全员；二是检查3次。" => "一是培训2期，覆盖全员；二是检查3次。";
    P14 "GB/T 15834 4.7" marks::two_colons, "会议要求：一要做到：严查。" => "会议要求，一要做到：严查。";
    P15 "GB/T 15834 附录A" marks::ellipsis_with_etc, "农业、工业……等。" => "农业、工业等。";
    P16 "GB/T 15834 4.11" marks::ellipsis, "还有很多。。。" => "还有很多……";
    P17 "GB/T 15834 4.10" marks::dash, "重点工作--扫尾。" => "重点工作——扫尾。";
    P18 "GB/T 15834 4.13" marks::span, "1-6月完成。" => "1—6月完成。";
    P19 "GB/T 15834 附录A" structure::title_marks, "开展《双百行动》。" => "开展“双百行动”。";
    P20 "GB/T 15834 4.15" structure::nested_titles, "印发《关于〈规则〉和《办法》的通知》。" => "印发《关于〈办法〉的通知》。";
    P21 "GB/T 15834 4.9" structure::brackets, "各地（含（市、区））上报。" => "各地（含〔市、区〕）上报。";
    P22 "GB/T 9704 7.2.5" structure::document_number, "县办发(2026)8号文件。" => "县办发〔2026〕8号文件。";
    P23 "GB/T 15834 4.1" structure::paragraph_end, "今年以来全县各项工作有序推进" => "今年以来全县各项工作有序推进。";
    P24 "GB/T 15834 4.3" marks::exclamation, "成效显著！" => "成效显著。";
    P25 "GB/T 15834 附录A" marks::comma_before_and, "甲、乙、以及丙。" => "甲、乙以及丙。";
    P26 "GB/T 15834 4" marks::doubled, "完成验收，。" => "完成验收。";
    P27 "行文惯例" marks::blanks, "共 25 件。" => "共25件。";
    P28 "GB/T 15834 4.14" marks::interpunct, "约翰•史密斯。" => "约翰·史密斯。";
    P29 "公文处理工作条例" structure::number_before_title, "根据县发〔2026〕3号《通知》要求。" => "根据《通知》（县发〔2026〕3号）要求。";
    N01 "GB/T 15835 4.1.1" numerals::han_count, "受理一百二十三件。" => "受理123件。";
    N02 "GB/T 15835 5.1" numerals::full_width, "受理１２件。" => "受理12件。";
    N03 "GB/T 15835 5.1.2" numerals::leading_zero, "占.45%。" => "占0.45%。";
    N04 "GB/T 15835 5.1.3" numerals::percent_range, "增长5～10%。" => "增长5%～10%。";
    N05 "GB/T 15835 5.1.3" numerals::scale_range, "投入9～16亿元。" => "投入9亿～16亿元。";
    N06 "GB/T 15835 5.1.4" numerals::short_year, "26年上半年完成。" => "2026年上半年完成。";
    N07 "GB/T 15835 5.1.4" numerals::mixed_date, "2026年七月完成。" => "2026年7月完成。";
    N08 "GB/T 9704 7.3.5.4" numerals::padded_date, "2026年07月01日。" => "2026年7月1日。";
    N09 "GB/T 15835 5.3" numerals::half_arabic, "受理3千件。" => "受理3000件。";
    N10 "GB/T 15835 5.1.1" dates::grouping, "收入1234567元，支出1,234元。" => "收入123.46万元，支出1234元。";
    N11 "GB/T 15835 4.2.2" numerals::rough_decimal, "投入12.35多万元。" => "投入12万多元。";
    N12 "GB/T 15835 4.2.3" numerals::fixed_words, "1律停办。" => "一律停办。";
    N13 "GB/T 15835 5.2.3" numerals::events, "“315”活动。" => "“3·15”活动。";
    N14 "GB/T 15835 5.2.5" dates::zero, "二0二六年。" => "二〇二六年。";
    N15 "GB/T 15835 4.3" dates::one_form, "第3季度办结8件，第四季度办结9件。" => "第三季度办结8件，第四季度办结9件。";
    N17 "GB 3100" numerals::units, "宽20公分。" => "宽20厘米。";
    N18 "行文惯例" numerals::doubled_rough, "约100件左右。" => "约100件。";
    N19 "行文惯例" numerals::until, "截止6月底，共办结12件。" => "截至6月底，共办结12件。";
    N21 "历法" dates::calendar, "2026年9月31日完成。" => "2026年9月30日完成。";
    N22 "GB/T 15835 5.1.4" dates::numeric_date, "2026-11-30前完成。" => "2026年11月30日前完成。";
    V05 "数据核对" wording::contradiction, "群众满意度稳步提升，同比下降3.2个百分点。" => "群众满意度稳步提升，同比提高3.2个百分点。";
    S01 "统计行文" wording::doubled_base, "同比较上年增长5%。" => "同比增长5%。";
    S02 "统计行文" wording::verb_of_change, "同比增加18.64%。" => "同比增长18.64%。";
    S03 "统计行文" wording::points, "办结率提高3%。" => "办结率提高3个百分点。";
    S04 "统计行文" wording::negative, "同比增长-3.2%。" => "同比下降3.2%。";
    S06 "统计行文" wording::times_down, "下降1倍。" => "下降50%。";
    S11 "统计行文" wording::one_money_unit, "收入由9500万元增至1.2亿元。" => "收入由0.95亿元增至1.2亿元。";
    S12 "统计行文" numerals::whole_counts, "受理12.50件。" => "受理12件。";
    S13 "统计行文" numerals::money_unit, "投入资金35万，已到位。" => "投入资金35万元，已到位。";
    S14 "统计行文" wording::schedule, "快于序时进度5%。" => "快于序时进度5个百分点。";
    S15 "数据核对" wording::share, "占总数的105%。" => "占总数的95%。";
    S20 "统计行文" wording::visits_and_people, "培训500人300人次。" => "培训300人500人次。";
    S22 "统计行文" wording::one_precision, "分别增长12.5%和13.27%。" => "分别增长12.50%和13.27%。";
    S28 "统计行文" wording::months, "1—6月份受理12件。" => "1—6月受理12件。";
    S29 "统计行文" wording::of_rates, "降幅下降2个百分点。" => "降幅收窄2个百分点。";
    S32 "统计行文" wording::loud, "大幅增长0.8%。" => "增长0.8%。";
    H01 "版式" structure::typed_number, "标题|一、基本情况" => "标题|基本情况";
    H02 "行文惯例" structure::sequence, "一是抓培训；三是抓检查。" => "一是抓培训；二是抓检查。";
    H03 "行文惯例" lists::announced, "采取三项措施：一是抓培训，二是抓检查。" => "采取两项措施：一是抓培训，二是抓检查。";
    W01 "常见错字" words::wrong_words, "人大带表到联络占。" => "人大代表到联络站。";
    W02 "常见错字" words::doubled_words, "全县的的联络站。" => "全县的联络站。";
    W03 "常见语病" words::adverb_mark, "代表积极踊跃的参加活动。" => "代表积极踊跃地参加活动。";
    W04 "常见语病" words::ill_joined, "目的是为了方便群众。" => "目的是方便群众。";
    W06 "常见错词" confused::confused, "打破了历史记录。" => "打破了历史纪录。";
    W07 "常见语病" confused::lacking, "充分发挥战斗堡垒，带动群众。" => "充分发挥战斗堡垒作用，带动群众。";
    W05 "行文惯例" structure::left_over, "责任单位待补充。" => "责任单位已明确。";
}

rules! { CLAIMS Claim "Rules about what a passage claims.":
    V04 "数据核对" changes::in_one_breath, "由50件增至45件。" => "由50件减至45件。";
    V06 "数据核对" parts::rates, "收集意见建议48件，办结46件，办结率98.5%。" => "收集意见建议48件，办结46件，办结率95.8%。";
    N20 "数据核对" sums::sums, "甲5件、乙6件，共12件。" => "甲5件、乙6件，共11件。";
    V10 "数据核对" periods::contradictions, "上半年（1—5月）开工12个项目。" => "上半年（1—6月）开工12个项目。";
    V07 "数据核对" changes::further_apart, "上年办结40件，今年办结48件，增长12%。" => "上年办结40件，今年办结48件，增长20%。";
    V08 "数据核对" means::means, "12个村共培训60场，平均每村6场。" => "12个村共培训60场，平均每村5场。";
    V09 "数据核对" changes::other_size, "投入资金320万元，上年同期为300元。" => "投入资金320万元，上年同期为300万元。";
    S34 "统计行文" units::percent_of_a_rate, "普及率由89.5%提高到94.0%，提高4.5%。" => "普及率由89.5%提高到94.0%，提高4.5个百分点。";
    S33 "统计行文" units::points_of_an_amount, "接待群众302人次，同比增长5个百分点。" => "接待群众302人次，同比增长5%。";
    N23 "GB/T 15835 5.1" units::missing_unit, "甲镇5件、乙镇6、丙镇7件。" => "甲镇5件、乙镇6件、丙镇7件。";
    N24 "历法" spans::order, "3月10日至3月2日开展排查。" => "3月2日至3月10日开展排查。";
}
