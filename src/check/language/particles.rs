//! W-03 as well: 的, 地 and 得 by the words on both sides. particles.txt has the words by class.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::line::{Hit, Line, at, han};

/// The words of one line of particles.txt.
struct Class(HashSet<&'static str>);

/// A class by the name of its line.
macro_rules! classes {
    ($($name:ident $key:literal;)*) => {
        $(static $name: LazyLock<Class> = LazyLock::new(|| Class::named($key));)*
    };
}

classes! {
    ADVERB "副"; IDIOM "四"; VERB "动"; SHORT_VERB "单"; ADJECTIVE "形"; STRICT "严"; SHORT_ADJECTIVE "一";
    COMPLEMENT "补"; OUTCOME "程"; STATE "况"; DEGREE "度"; NOUN "名"; LIGHT "轻"; PURE "纯";
}

impl Class {
    fn named(key: &str) -> Class {
        let line = include_str!("particles.txt").lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('\t'));
        Class(line.unwrap_or_default().split(' ').collect())
    }

    /// The longest word of the class that begins here.
    fn begins(&self, s: &[char], from: usize) -> Option<usize> {
        (1..=5).rev().find(|length| {
            s.get(from..from + length).is_some_and(|word| self.0.contains(word.iter().collect::<String>().as_str()))
        })
    }

    /// The longest word of the class that ends here.
    fn ends(&self, s: &[char], end: usize) -> Option<usize> {
        let own = |length: &usize| {
            let word = end.checked_sub(*length).map(|from| s[from..end].iter().collect::<String>());
            word.is_some_and(|word| self.0.contains(word.as_str()))
        };
        (1..=5).rev().find(own)
    }
}

pub fn particles(l: &Line, hits: &mut Vec<Hit>) {
    for i in 1..l.open.len() {
        let right = match l.open[i] {
            '的' => of_noun(l, i),
            '地' => of_verb(l, i),
            '得' => of_complement(l, i),
            _ => None,
        };
        if let Some(right) = right.filter(|_| hits.iter().all(|hit| i < hit.start || i >= hit.end)) {
            let help = match right {
                '地' => "修饰动词用“地”",
                '得' => "动词、形容词后面的补语用“得”",
                _ => "修饰名词用“的”",
            };
            l.hit(hits, (i, i + 1), &format!("“{{…}}”里的“{{}}”应为“{right}”"), help);
        }
    }
}

/// Whether a sentence or a clause ends here.
fn stops(s: &[char], i: usize) -> bool {
    matches!(at(s, i), '，' | '。' | '；' | '、' | '！' | '？' | '：' | '\0' | '\n')
}

/// How many characters an adverb has that ends here: 耐心, 夜以继日, 扎扎实实.
fn adverb(s: &[char], end: usize) -> Option<usize> {
    let doubled = end >= 4 && s[end - 4] == s[end - 3] && s[end - 2] == s[end - 1] && s[end - 4] != s[end - 2];
    let doubled = doubled && s[end - 4..end].iter().all(|c| han(*c));
    IDIOM.ends(s, end).or(doubled.then_some(4)).or_else(|| ADVERB.ends(s, end))
}

/// Whether the words before a place make a noun of what follows: 得到, 进行, 通过.
fn governed(s: &[char], start: usize) -> bool {
    let from = s[..start].iter().rposition(|c| !han(*c)).map_or(0, |p| p + 1);
    let before: String = s[from.max(start.saturating_sub(10))..start].iter().collect();
    LIGHT.0.iter().any(|word| before.contains(word))
        || before.ends_with(['的', '了', '这', '个', '种', '项', '以', '有', '靠', '为', '和', '与', '对'])
}

/// 的 that should be 地 or 得.
fn of_noun(l: &Line, i: usize) -> Option<char> {
    let s = &l.open;
    if let Some(length) = adverb(s, i)
        && let Some(verb) = VERB.begins(s, i + 1)
    {
        let after = i + 1 + verb;
        let next = at(s, after);
        let closed = stops(s, after);
        let nominal =
            "是使让为和与及对成等中下上里的".contains(next) || NOUN.begins(s, after).is_some() || noun_near(s, after);
        // 夜以继日的抢修，: such words go with verbs alone.
        let alone = length >= 3 && closed;
        if !nominal && !governed(s, i - length) && (alone || !closed && han(next)) {
            return Some('地');
        }
    }
    // 高兴的跳了起来
    let moved = SHORT_VERB.begins(s, i + 1) == Some(1) && {
        let next = i + 2 + usize::from(at(s, i + 2) == '了');
        ["起来", "下来", "出来", "过来", "过去", "上去", "进去", "出去"]
            .iter()
            .any(|w| super::super::line::starts(s, next, w))
    };
    // 激动的说：; 仔细的为老人们检查; 积极的、稳妥地
    let rest: String = s[i + 1..].iter().take(4).collect();
    let said = ["说：", "说，", "喊：", "问：", "答：", "讲：", "表示，", "表示：", "告诉"]
        .iter()
        .any(|w| rest.starts_with(w));
    let toward = rest.starts_with(['把', '将', '向', '给', '替', '为'])
        && ![
            "向导", "向上", "向心", "向往", "将来", "将军", "给予", "给付", "给养", "为主", "为准", "为人", "为止",
            "为了",
        ]
        .iter()
        .any(|w| rest.starts_with(w));
    let paired = rest.starts_with('、') && at(s, i + 4) == '地';
    if let Some(length) = adverb(s, i).filter(|_| moved || said || toward || paired)
        && (moved || said || paired || !governed(s, i - length))
    {
        return Some('地');
    }
    // 耐心细致的做调解工作
    let done =
        matches!(at(s, i + 1), '做' | '抓' | '听') && !"法人客工功手证说".contains(at(s, i + 2)) && han(at(s, i + 2));
    if let Some(length) = adverb(s, i).or_else(|| STRICT.ends(s, i)).filter(|_| done)
        && !governed(s, i - length)
    {
        return Some('地');
    }
    complement(s, i).then_some('得')
}

/// Whether what stands before is a verb, and behind how or how far it goes: 管理的很到位, 下的大.
fn complement(s: &[char], i: usize) -> bool {
    let whole = VERB.ends(s, i).is_some();
    let short = SHORT_VERB.ends(s, i).is_some() && !matches!(at(s, i.wrapping_sub(2)), '所' | '可');
    if i >= 1 && STATE.ends(s, i).is_some() && OUTCOME.begins(s, i + 1).is_some() {
        return true;
    }
    if !whole && !short {
        return false;
    }
    if let Some(length) = COMPLEMENT.begins(s, i + 1) {
        return stops(s, i + 1 + length);
    }
    // 涉及公共服务的较少: those that do so are few.
    if let Some(degree) = DEGREE.begins(s, i + 1)
        && !matches!(at(s, i + 1 + degree), '多' | '少')
        && let Some(own) = ADJECTIVE.begins(s, i + 1 + degree).or_else(|| SHORT_ADJECTIVE.begins(s, i + 1 + degree))
    {
        return stops(s, i + 1 + degree + own);
    }
    let strict = whole.then(|| STRICT.begins(s, i + 1)).flatten();
    let loose = short.then(|| ADJECTIVE.begins(s, i + 1)).flatten();
    if let Some(own) = strict.or(loose) {
        let more = ADJECTIVE.begins(s, i + 1 + own).unwrap_or(0);
        return stops(s, i + 1 + own + more);
    }
    let bare = short && SHORT_ADJECTIVE.begins(s, i + 1) == Some(1);
    bare && !whole && stops(s, i + 2) && at(s, i + 2) != '：'
}

/// Whether a noun that takes an attribute stands within a few characters.
fn noun_near(s: &[char], from: usize) -> bool {
    const HEADS: [&str; 22] = [
        "办法", "措施", "方案", "机制", "方式", "手段", "思路", "过程", "情况", "人员", "干部", "队伍", "企业", "单位",
        "部门", "项目", "活动", "会议", "制度", "意见", "建议", "工程",
    ];
    let stop = s[from.min(s.len())..].iter().take(6).position(|c| !han(*c)).unwrap_or(6);
    let text: String = s[from.min(s.len())..s.len().min(from + stop)].iter().collect();
    HEADS.iter().any(|head| text.ends_with(head))
}

/// 地 that should be 的 or 得.
fn of_verb(l: &Line, i: usize) -> Option<char> {
    let s = &l.open;
    if let Some(length) = adverb(s, i).or_else(|| ADJECTIVE.ends(s, i)) {
        // 显著地成效，; 得到了及时地救治。
        let start = i - length;
        if let Some(noun) = NOUN.begins(s, i + 1) {
            return (PURE.begins(s, i + 1).is_some() || stops(s, i + 1 + noun)).then_some('的');
        }
        if lightly(s, start) && named(s, i + 1) {
            return Some('的');
        }
        let before: String = s[start.saturating_sub(8)..start].iter().collect();
        let before = before.rsplit(['，', '。', '；', '、']).next().unwrap_or_default();
        let light = LIGHT.0.iter().any(|word| before.contains(word));
        let verb = VERB.begins(s, i + 1);
        if light && verb.is_some_and(|verb| stops(s, i + 1 + verb)) {
            return Some('的');
        }
        return None;
    }
    // 街面变地干净整洁
    if at(s, i - 1) == '变' && (ADJECTIVE.begins(s, i + 1).is_some() || DEGREE.begins(s, i + 1).is_some()) {
        return Some('得');
    }
    VERB.ends(s, i)?;
    let degree = DEGREE.begins(s, i + 1)?;
    let own = ADJECTIVE.begins(s, i + 1 + degree).or_else(|| SHORT_ADJECTIVE.begins(s, i + 1 + degree))?;
    stops(s, i + 1 + degree + own).then_some('得')
}

/// Whether a verb that takes a noun stands right before: 给予了, 得到.
fn lightly(s: &[char], start: usize) -> bool {
    let before: String = s[start.saturating_sub(5)..start].iter().collect();
    let bare = before.trim_end_matches(['了', '过', '着']);
    LIGHT.0.iter().any(|word| bare.ends_with(word) && word.chars().count() > 1)
}

/// Two characters before a mark.
fn named(s: &[char], from: usize) -> bool {
    han(at(s, from)) && han(at(s, from + 1)) && stops(s, from + 2)
}

/// 得 that should be 地 or 的.
fn of_complement(l: &Line, i: usize) -> Option<char> {
    let s = &l.open;
    let length = adverb(s, i).or_else(|| ADJECTIVE.ends(s, i))?;
    if lightly(s, i - length) && named(s, i + 1) {
        return Some('的');
    }
    let length = adverb(s, i)?;
    if VERB.begins(s, i + 1).is_some_and(|verb| !stops(s, i + 1 + verb) || length >= 3) {
        return Some('地');
    }
    NOUN.begins(s, i + 1).filter(|noun| stops(s, i + 1 + noun)).map(|_| '的')
}
