//! Papers, sites and stations that no list has, told by how their names end.

use crate::page::scan::{is_blank, is_ideograph};

/// The longest name of a paper, a site or a station before 讯, in characters.
const LONGEST: usize = 10;

/// How such names end, and what may stand behind 讯.
const ENDINGS: [char; 8] = ['报', '報', '网', '網', '社', '台', '臺', '刊'];
const BEHIND: &str = "（(【〔[】）)：:，,—－-记記通";

/// 海岱网讯, 濠灣商報訊: how long what opens `text` is, in bytes.
pub(in crate::page) fn wire(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().take(LONGEST + 1);
    let (end, message) = chars.find(|(_, c)| matches!(c, '讯' | '訊') | !is_ideograph(*c))?;
    let name = &text[..end];
    let behind = text[end..].strip_prefix(['讯', '訊'])?.chars().next();
    let is_named = name.chars().count() > 1 && name.ends_with(ENDINGS);
    let is_closed = behind.is_none_or(|c| is_blank(c) | BEHIND.contains(c));
    (is_named & is_closed).then_some(end + message.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_station_is_told_by_how_its_name_ends() {
        assert_eq!(wire("海岱网讯 近日"), Some("海岱网讯".len()));
        assert_eq!(wire("濠灣商報訊（記者"), Some("濠灣商報訊".len()));
        for text in ["海岱讯 近日", "报讯 近日", "海岱网讯息", "a网讯", ""] {
            assert_eq!(wire(text), None, "{text}");
        }
    }
}
