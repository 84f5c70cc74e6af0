//! Words, numbers, Latin and punctuation.

/// What a token is made of.
///
/// ```
/// use zjgr::term::Class;
///
/// assert_eq!(["工会", "14.48%", "IP", "，"].map(Class::of), [Class::Word, Class::Number, Class::Latin, Class::Punctuation]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A word with a Chinese character in it, or a letter of any script but Latin.
    Word,
    /// Digits or Chinese numerals, with whatever marks stand between them: `14.48%`, `２６`, `三十`.
    Number,
    /// Latin letters, with digits and marks or without: `IP`, `Zoland`, `G15`.
    Latin,
    /// No letter and no digit.
    Punctuation,
}

impl Class {
    /// The class of `token`, from its characters alone: 万一 is a number here.
    pub fn of(token: &str) -> Self {
        let (mut digits, mut latin) = (false, false);
        for c in token.chars() {
            match c {
                _ if c.is_ascii_digit() || is_numeral(c) => digits = true,
                // Most of a page, without asking Unicode.
                '\u{4e00}'..='\u{9fff}' => return Self::Word,
                _ if is_latin(c) => latin = true,
                _ if c.is_numeric() => digits = true,
                _ if c.is_alphabetic() => return Self::Word,
                _ => {}
            }
        }
        match (latin, digits) {
            (true, _) => Self::Latin,
            (false, true) => Self::Number,
            (false, false) => Self::Punctuation,
        }
    }
}

/// Chinese numerals and full-width digits.
fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '萬'
            | '億'
            | '两'
            | '兩'
            | '廿'
            | '卅'
            | '○'
            | '０'..='９'
    )
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' | '\u{C0}'..='\u{24F}')
        && !matches!(c, '×' | '÷')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_has_a_class() {
        for (class, tokens) in [
            (Class::Word, "工会 山区26县 A股 卡拉OK 二十大 Ленин"),
            (Class::Number, "2021 14.48% ２０２１ 三十 二〇二二 两 ③"),
            (Class::Latin, "IP Zoland G15 ＩＰ café www.zjgrb.com"),
            (Class::Punctuation, "， 。 “ —— % + 😀"),
        ] {
            for token in tokens.split(' ') {
                assert_eq!(Class::of(token), class, "{token}");
            }
        }
    }
}
