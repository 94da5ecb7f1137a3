//! N-20: parts that should add up to the total that the sentence gives; shares that should be 100%.

use rust_decimal::Decimal;

use super::claim::{Claim, Role, Sort};
use super::told::Claims;
use super::words::holds;
use crate::check::line::{Hit, at, number_end};
use crate::vocabulary::numeral;

/// Two parts that are all there is.
const PAIRS: [(&str, &str); 31] = [
    ("本地", "外地"),
    ("省内", "省外"),
    ("市内", "市外"),
    ("县内", "县外"),
    ("寄宿", "走读"),
    ("专职", "兼职"),
    ("正式", "预备"),
    ("进口", "出口"),
    ("公益林", "商品林"),
    ("天然林", "人工林"),
    ("公立", "民营"),
    ("公立", "民办"),
    ("公立", "私立"),
    ("汉族", "少数民族"),
    ("城镇", "农村"),
    ("城区", "农村"),
    ("城区", "镇村"),
    ("县城", "乡村"),
    ("城市", "乡村"),
    ("城区", "乡镇"),
    ("城镇", "乡村"),
    ("城市", "农村"),
    ("男", "女"),
    ("新建", "续建"),
    ("新开工", "续建"),
    ("线上", "线下"),
    ("已", "未"),
    ("中央", "地方"),
    ("公办", "民办"),
    ("常住", "流动"),
    ("党员", "群众"),
];
/// What makes a list that ends with it complete.
const REST: &str = "第三产业 及以下 及以上 以下的 其他 其余 其它 剩余";
/// What stands between numbers that are no parts of one total.
const APART: &str = "占 率 比 增 降 减 预计 计划 其中 累计 同期 上年 去年 平均 每";

pub fn sums(claims: &Claims, hits: &mut Vec<Hit>) {
    let all = claims.all();
    for (k, total) in all.iter().enumerate() {
        if total.sort != Sort::Amount || total.unit.is_empty() || total.rough || !total.is_value() {
            continue;
        }
        behind(claims, hits, k);
        before(claims, hits, k);
    }
    shares(claims, hits);
    structure(claims, hits);
}

/// `甲5件、乙6件，共12件`
fn behind(claims: &Claims, hits: &mut Vec<Hit>, k: usize) {
    let all = claims.all();
    let total = &all[k];
    let lead = claims.between(total.start.saturating_sub(3), total.start);
    if !["，共计", "，合计", "，总计", "，一共", "，共", "，总共", "，共有"].iter().any(|w| lead.ends_with(w))
    {
        return;
    }
    let mut parts: Vec<&Claim> = Vec::new();
    let mut edge = total.start;
    for part in all[..k].iter().rev() {
        let gap = claims.between(part.stop, edge);
        let joined = if parts.is_empty() {
            gap.chars().count() <= 4
        } else {
            gap.starts_with(['、', '和']) && gap.chars().count() <= 14
        };
        if !part.is_like(total)
            || part.sentence != total.sentence
            || !joined
            || part.role != Role::Value
            || holds(&part.lead, APART)
        {
            break;
        }
        parts.push(part);
        edge = part.start;
    }
    compare(claims, hits, total, &parts, false);
}

/// `共12件，其中甲5件、乙6件`, `12件（甲5件、乙7件）`, `17个镇中，建成9个、在建8个`, `52亿元。按产业分，第一产业…`
fn before(claims: &Claims, hits: &mut Vec<Hit>, k: usize) {
    let all = claims.all();
    let total = &all[k];
    let mut parts: Vec<&Claim> = Vec::new();
    let (mut edge, mut mark, mut some) = (total.stop, '、', Opening::All);
    for (at, part) in all.iter().enumerate().skip(k + 1) {
        // 10千伏线路31.2公里: a number in a name.
        let named = all.get(at + 1).is_some_and(|next| {
            let gap = claims.between(part.stop, next.start);
            !part.is_like(total) && next.is_like(total) && !gap.is_empty() && gap.chars().all(crate::check::line::han)
        });
        if named {
            continue;
        }
        let gap = claims.between(edge, part.start);
        let fits = part.role == Role::Value && !part.rough && !part.mean && part.sentence <= total.sentence + 1;
        if !part.is_like(total) || !fits {
            break;
        }
        if parts.is_empty() {
            let Some(how) = opens(&gap).filter(|how| part.sentence == total.sentence || *how != Opening::Comma) else {
                break;
            };
            some = how;
        } else {
            let own = gap.chars().next().unwrap_or_default();
            if parts.len() == 1 && matches!(own, '，' | '；') {
                mark = own;
            }
            let left = ["，其余", "；其余", "，剩余", "，其他", "，另外"].iter().any(|w| gap.contains(w));
            let listed = left || own == mark || matches!(own, '和' | '、') && gap.chars().count() <= 14;
            if !listed
                || gap.chars().count() > if left { 28 } else { 16 }
                || gap.contains('。')
                || holds(&gap.replace("增加值", ""), APART)
            {
                break;
            }
        }
        parts.push(part);
        edge = part.stop;
        // 城镇20万人，乡村20万人 are all of it; what follows is counted in another way.
        if parts.len() >= 2 && parts.iter().map(|part| part.value).sum::<Decimal>() == total.value {
            break;
        }
    }
    // 5120人，城镇1275人，农村3945人: without 其中 only what is a pair.
    let Some(kind) = complete(claims, total, &parts, some) else { return };
    let open = claims.between(
        total.stop,
        claims.line.open[edge..].iter().position(|c| "。；".contains(*c)).map_or(edge, |p| edge + p),
    );
    let more = ["等", "主要", "包括", "含", "其余", "剩余", "另"].iter().any(|w| open.contains(w));
    let partial = !kind || more;
    if !said_before(claims, k, &parts, partial) {
        compare(claims, hits, total, &parts, partial);
    }
}

/// Whether the sum of parts, or what is more, was said before the total: 按产业分 may be of that.
fn said_before(claims: &Claims, k: usize, parts: &[&Claim], partial: bool) -> bool {
    let total = &claims.all()[k];
    let sum: Decimal = parts.iter().map(|part| part.value).sum();
    let gives = |c: &Claim| if partial { c.value >= sum } else { c.value == sum };
    let other = |c: &Claim| c.is_value() && c.is_like(total) && gives(c) && c.sentence + 2 > total.sentence;
    claims.all()[..k].iter().any(other)
}

/// How a list of parts is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// `（`, `：`, 按产业分: they are all there is.
    All,
    /// 其中, …中: they need not be.
    Among,
    /// A comma alone.
    Comma,
}

fn opens(gap: &str) -> Option<Opening> {
    let short = gap.chars().count() <= 24;
    let inside = gap.split_once("中，").is_some_and(|(head, tail)| {
        head.chars().chain(tail.chars()).all(crate::check::line::han) && gap.chars().count() <= 16
    });
    // 27座中有25座
    let inside =
        inside || gap.starts_with(['中', '里']) && gap.chars().count() <= 8 && gap.chars().all(crate::check::line::han);
    let rest = gap.trim_start_matches(['，', '。', '；', '（']);
    let marked = rest.len() < gap.len();
    // 从类别上看，其中
    let (first, after) = rest.split_once(['，', '：']).unwrap_or((rest, ""));
    let view = ["从", "按", "分"].iter().any(|w| first.starts_with(w))
        && (first.ends_with(['看', '分']) || first.contains("分类") || first.contains("划分"));
    let among = ["其中", "分别", "包括", "涉及", "包含", "用于", "投向", "来自"];
    match gap {
        _ if marked && short && among.iter().any(|w| rest.starts_with(w)) => Some(Opening::Among),
        _ if marked && short && view && among.iter().any(|w| after.starts_with(w)) => Some(Opening::Among),
        _ if marked && short && view => Some(Opening::All),
        _ if inside => Some(Opening::Among),
        _ if ["由", "分为"].iter().any(|w| rest.starts_with(w)) && gap.contains(['：', '，']) && short => {
            Some(Opening::All)
        }
        _ if gap.starts_with(['（', '：']) && gap.chars().count() <= 12 => Some(Opening::All),
        _ if gap.starts_with('，')
            && gap.matches('，').count() == 1
            && gap.chars().count() <= 10
            && !gap.contains(['；', '。']) =>
        {
            Some(Opening::Comma)
        }
        _ => None,
    }
}

/// Whether the parts are all there is; `None`: nothing can be said.
fn complete(claims: &Claims, total: &Claim, parts: &[&Claim], opening: Opening) -> Option<bool> {
    let [first, .., last] = parts else { return None };
    let named = |word: &str, part: &Claim| part.lead.contains(word);
    let pair = parts.len() == 2
        && PAIRS.iter().any(|(a, b)| named(a, first) && named(b, last) || named(b, first) && named(a, last));
    match opening {
        Opening::All => Some(true),
        Opening::Among => {
            Some(pair || nearly(total, parts) || holds(&last.lead, REST) || counted(claims, total, parts.len()))
        }
        // 5120人，城镇1275人，农村3945人: only what is said to be a total, and only a pair.
        Opening::Comma if total.part => None,
        Opening::Comma => {
            let sum: Decimal = parts.iter().map(|part| part.value).sum();
            let near = (sum - total.value).abs() * Decimal::from(8) <= total.value;
            let stated = holds(&total.lead, "共 总 合计");
            let list = near && alone(claims, total) && (alike(parts) || stated && parts.len() >= 2);
            (pair && (stated || near) || list).then_some(true)
        }
    }
}

/// 公益林72万亩，商品林46万亩 of 120万亩: two of one form that are nearly all.
fn nearly(total: &Claim, parts: &[&Claim]) -> bool {
    let last = |claim: &Claim| claim.noun.chars().next_back();
    let sum: Decimal = parts.iter().map(|part| part.value).sum();
    let close = (total.value - sum).abs() * Decimal::from(30) <= total.value;
    parts.len() == 2 && close && last(parts[0]).is_some() && last(parts[0]) == last(parts[1])
}

/// Whether a number is no item of a list that began before it.
fn alone(claims: &Claims, total: &Claim) -> bool {
    let before = claims.all().iter().rev().find(|c| c.stop <= total.start && c.sentence == total.sentence);
    before.is_none_or(|c| !c.is_like(total) || claims.between(c.stop, total.start).contains(['；', '：']))
}

/// Three parts or more with names of one form: 东岭片区, 中心片区, 西坡片区; 采纳, 部分采纳, 未采纳.
fn alike(parts: &[&Claim]) -> bool {
    let two = |claim: &Claim| -> Vec<[char; 2]> {
        let noun: Vec<char> = claim.noun.chars().collect();
        noun.windows(2).map(|w| [w[0], w[1]]).collect()
    };
    let last = |claim: &Claim| claim.noun.chars().next_back();
    let first = two(parts[0]);
    let same_end = last(parts[0]).is_some() && parts.iter().all(|part| last(part) == last(parts[0]));
    parts.len() >= 3 && (same_end || first.iter().any(|word| parts.iter().all(|part| two(part).contains(word))))
}

/// 三个片区共有6210户，其中…: as many parts as were told of.
fn counted(claims: &Claims, total: &Claim, parts: usize) -> bool {
    let number = if parts == 2 { "两".to_owned() } else { numeral::han(parts as u64) };
    let lead = claims.between(total.start.saturating_sub(16), total.start);
    let clause = lead.rsplit(['，', '。', '；']).next().unwrap_or_default();
    ["个", "类", "种", "项", "大"]
        .iter()
        .any(|word| clause.contains(&format!("{number}{word}")) || clause.contains(&format!("{parts}{word}")))
}

fn compare(claims: &Claims, hits: &mut Vec<Hit>, total: &Claim, parts: &[&Claim], partial: bool) {
    if parts.len() < 2 {
        return;
    }
    let sum: Decimal = parts.iter().map(|part| part.value).sum();
    let slack: Decimal = total.half + parts.iter().map(|part| part.half).sum::<Decimal>();
    // Whole counts add up exactly; what is rounded may be off by a last place.
    let slack =
        if parts.iter().all(|part| part.half.is_zero()) && total.half.is_zero() { Decimal::ZERO } else { slack };
    let wrong = if partial { sum - total.value > slack } else { (sum - total.value).abs() > slack };
    if wrong {
        let told = if partial { "各部分相加比“{}”还多" } else { "各部分相加与“{}”不一致" };
        let shown = (sum / total.scale).normalize();
        let help = format!("各部分相加是{shown}{}", claims.line.text(total.end, total.stop));
        let (first, last) = (parts[0], parts[parts.len() - 1]);
        if first.sentence == total.sentence {
            claims.hit(hits, (total.start, total.stop), told, &help);
        } else {
            let total = claims.line.text(total.start, total.stop);
            let told = if partial {
                "这几部分相加比前面的总数还多"
            } else {
                "这几部分相加与前面的总数不一致"
            };
            claims.hit(hits, (first.start, last.stop), told, &format!("{help}，前面的总数是{total}"));
        }
    }
}

/// `分别占26.8%、72.1%和1.1%`; `占52.4%，…占36.8%，…占15.8%`
fn shares(claims: &Claims, hits: &mut Vec<Hit>) {
    let all = claims.all();
    let text = claims.between(0, claims.line.open.len());
    if holds(&text, "四舍五入 多选 可多项 合计为") {
        return;
    }
    let mut k = 0;
    while k < all.len() {
        let first = &all[k];
        let each = first.sort == Sort::Percent && first.role == Role::Share;
        let listed = each && holds(&first.lead, "分别占 分别占比")
            || first.sort == Sort::Percent && holds(&first.lead, "占比分别为 比重分别为");
        if !each && !listed {
            k += 1;
            continue;
        }
        let end = (k + 1..all.len())
            .find(|n| {
                let gap = claims.between(all[n - 1].stop, all[*n].start);
                let own = if listed {
                    gap.chars().count() <= 6 && !gap.contains(['，', '。', '；'])
                } else {
                    all[*n].role == Role::Share && gap.starts_with(['，', '、', '；'])
                };
                all[*n].sort != Sort::Percent || all[*n].sentence != first.sentence || !own || all[*n].rough
            })
            .unwrap_or(all.len());
        let parts = &all[k..end];
        let sum: Decimal = parts.iter().map(|part| part.value).sum();
        let slack = parts.iter().map(|part| part.half).sum::<Decimal>() + Decimal::new(51, 3);
        let hundred = Decimal::ONE_HUNDRED;
        let near = sum <= hundred + Decimal::from(15) && sum >= hundred - Decimal::TEN;
        let of_one = parts.iter().all(|part| part.place == first.place);
        let wrong = if listed { (sum - hundred).abs() > slack } else { sum - hundred > slack && of_one };
        if parts.len() >= 3 && near && wrong {
            let help = format!("相加是{}%", sum.normalize());
            claims.hit(hits, (first.start, parts[parts.len() - 1].stop), "“{}”相加不是100%", &help);
        }
        k = end;
    }
}

/// `13.5∶41.2∶45.3`
fn structure(claims: &Claims, hits: &mut Vec<Hit>) {
    let s = &claims.line.open;
    let (mut i, mut whole) = (0, false);
    while i < s.len() {
        if !s[i].is_ascii_digit() || i > 0 && (s[i - 1].is_ascii_digit() || s[i - 1] == '.') {
            i += 1;
            continue;
        }
        let (mut end, mut parts): (usize, Vec<Decimal>) = (i, Vec::new());
        loop {
            let stop = number_end(s, end);
            let Ok(value) = s[end..stop].iter().collect::<String>().parse() else { break };
            parts.push(value);
            let next = matches!(at(s, stop), '∶' | '：' | ':') && at(s, stop + 1).is_ascii_digit();
            if !next {
                end = stop;
                break;
            }
            end = stop + 1;
        }
        let sum: Decimal = parts.iter().sum();
        let near = (sum - Decimal::ONE_HUNDRED).abs();
        // 由68∶32调整为65∶37
        let told = parts.len() >= 3 || parts.len() == 2 && whole;
        whole = whole || parts.len() == 2 && near.is_zero();
        if told && near <= Decimal::TEN && near > Decimal::new(15, 2) {
            let help = format!("相加是{}", sum.normalize());
            claims.hit(hits, (i, end), "结构“{}”相加不是100", &help);
        }
        i = end.max(i + 1);
    }
}
