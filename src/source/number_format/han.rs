//! Chinese numerals: `[DBNum1]` 一百二十三, `[DBNum2]` 壹佰贰拾叁, `[DBNum3]` full-width digits.

/// How digits are written.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Numerals {
    #[default]
    Arabic,
    /// 一二三
    Small,
    /// 壹贰叁
    Capital,
    /// １２３
    Wide,
}

const SMALL: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const CAPITAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

impl Numerals {
    /// By the number behind `DBNum`.
    pub fn of_code(code: &str) -> Self {
        match code.trim() {
            "1" => Numerals::Small,
            "2" => Numerals::Capital,
            "3" => Numerals::Wide,
            _ => Numerals::Arabic,
        }
    }

    /// Each digit by itself: 2026 is 二〇二六.
    pub fn spelled(self, digits: &str) -> String {
        let digit = |c: char| match (c.to_digit(10), self) {
            (Some(d), Numerals::Small) => SMALL[d as usize],
            (Some(d), Numerals::Capital) => CAPITAL[d as usize],
            (Some(d), Numerals::Wide) => char::from_u32(0xFF10 + d).unwrap_or(c),
            _ => c,
        };
        digits.chars().map(digit).collect()
    }

    /// A number below a hundred as days and hours are written: 三十, 十二.
    pub fn of_day(self, n: u64) -> String {
        if !matches!(self, Numerals::Small | Numerals::Capital) {
            return self.spelled(&n.to_string());
        }
        let (tens, ones) = (n / 10 % 10, n % 10);
        let mut text = String::new();
        if tens > 1 || tens == 1 && self == Numerals::Capital {
            text += &self.spelled(&tens.to_string());
        }
        if tens > 0 {
            text.push(self.place(1));
        }
        if ones > 0 || tens == 0 {
            text += &self.spelled(&ones.to_string());
        }
        text
    }

    /// A number as it was shown in digits: in words (`General`), or digit by digit where the
    /// format has places for digits.
    pub fn of_number(self, shown: &str, words: bool) -> String {
        let (integer, decimals) = shown.split_once('.').unwrap_or((shown, ""));
        let in_words = words
            && !integer.is_empty()
            && integer.len() <= 16
            && shown.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !in_words || !matches!(self, Numerals::Small | Numerals::Capital) {
            return self.spelled(shown);
        }
        let mut text = self.words(integer);
        if !decimals.is_empty() {
            text.push('.');
            text += &self.spelled(decimals);
        }
        text
    }

    /// 10005 is 一万〇五: fours of digits, each with its 万 or 亿, one zero for a gap.
    fn words(self, integer: &str) -> String {
        let digits: Vec<u32> = integer.chars().filter_map(|c| c.to_digit(10)).collect();
        let mut text = String::new();
        let mut gap = false;
        for (i, &digit) in digits.iter().enumerate() {
            let place = digits.len() - 1 - i;
            if digit == 0 {
                gap = true;
            } else {
                if gap && !text.is_empty() {
                    text += &self.spelled("0");
                }
                gap = false;
                text += &self.spelled(&digit.to_string());
                if !place.is_multiple_of(4) {
                    text.push(self.place(place % 4));
                }
            }
            // 万 where any digit of its four is there, 亿 where any digit before it is.
            let from = if place.is_multiple_of(8) { 0 } else { (i + 1).saturating_sub(4) };
            if place > 0 && place.is_multiple_of(4) && digits[from..=i].iter().any(|d| *d > 0) {
                text.push(if place.is_multiple_of(8) { '亿' } else { '万' });
            }
        }
        if text.is_empty() { self.spelled("0") } else { text }
    }

    fn place(self, power: usize) -> char {
        match (self, power) {
            (Numerals::Capital, 1) => '拾',
            (Numerals::Capital, 2) => '佰',
            (Numerals::Capital, _) => '仟',
            (_, 1) => '十',
            (_, 2) => '百',
            _ => '千',
        }
    }
}
