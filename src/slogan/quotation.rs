//! What stands in quotation marks.

/// A quotation that is longer than this many characters is somebody's speech and not a name set off by marks.
const LONGEST: usize = 30;

/// Which side of a quotation a mark stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// It opens one.
    Open,
    /// It closes one.
    Close,
}

/// The quotation marks of a text. A straight one says by itself not which side it stands on: in each paragraph they open
/// and close in turn.
#[derive(Debug, Clone)]
pub(crate) struct Quotations<'t> {
    text: &'t str,
    /// Where the straight marks stand that close.
    closing: Vec<usize>,
}

impl<'t> Quotations<'t> {
    /// Those of `text`.
    pub(crate) fn of(text: &'t str) -> Self {
        let mut closing = Vec::new();
        let mut is_open = false;
        for (at, c) in text.char_indices() {
            match c {
                '\n' => is_open = false,
                '"' | '＂' => {
                    if is_open {
                        closing.push(at);
                    }
                    is_open = !is_open;
                }
                _ => {}
            }
        }
        Self { text, closing }
    }

    /// The side that the character `c` at the byte `at` stands on, where it is a quotation mark.
    pub(crate) fn side(&self, at: usize, c: char) -> Option<Side> {
        match c {
            '“' | '‘' | '「' | '『' => Some(Side::Open),
            '”' | '’' | '」' | '』' => Some(Side::Close),
            '"' | '＂' if self.closing.binary_search(&at).is_ok() => Some(Side::Close),
            '"' | '＂' => Some(Side::Open),
            _ => None,
        }
    }

    /// True where the bytes `start..end` stand in quotation marks that set off a name or a phrase: a short quotation
    /// without a sentence mark in it.
    pub(crate) fn hold(&self, start: usize, end: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default().char_indices().rev().take(LONGEST);
        // A mark inside, as in “三牛”精神, closes the quotation as well as one behind.
        let after = self.text.get(start..).unwrap_or_default().char_indices();
        let after = after.map(|(at, c)| (start + at, c)).take(LONGEST.max(end - start));
        let mut after = after.take_while(|&(at, c)| at < end || !is_sentence_mark(c));
        let mut before = before.take_while(|&(_, c)| !is_sentence_mark(c));
        before.find_map(|(at, c)| self.side(at, c)) == Some(Side::Open)
            && after.find_map(|(at, c)| self.side(at, c)) == Some(Side::Close)
    }
}

fn is_sentence_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '，' | '：' | '!' | '?' | ';' | ',' | ':' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> bool {
        let start = text.find("浙工").expect("the slogan");
        let end = text.rfind("赛").expect("its end") + "赛".len();
        Quotations::of(text).hold(start, end)
    }

    #[test]
    fn marks_around_a_name_quote_it() {
        for text in [
            "打造“浙工赛”品牌",
            "打造“2021浙工赛+”品牌",
            "「浙工赛」",
            "\"浙工赛\"",
            "\"另一个\"和＂浙工赛＂",
            "“浙工赛”“浙工惠”",
            "“浙工”赛",
            "“浙工、浙惠、浙益、浙缘、浙家、浙行、浙动、浙和、浙平、浙安、浙赛”",
        ] {
            assert!(quoted(text), "{text}");
        }
    }

    #[test]
    fn speech_and_what_stands_between_two_quotations_is_not_quoted() {
        for text in [
            "浙工赛",
            "他说：“有了浙工赛，大家都练技能。”",
            "“一个”和浙工赛及“二个”",
            "\"一个\"和浙工赛及\"二个\"",
            "“浙工赛",
            "浙工赛”",
            "12\"\n浙工赛\"",
        ] {
            assert!(!quoted(text), "{text}");
        }
    }
}
