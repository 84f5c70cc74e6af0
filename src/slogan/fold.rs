//! Traditional and Simplified characters as one.

use std::sync::OnceLock;

/// Character facts: a Simplified character and the Traditional forms that are written for it.
const TABLE: &str = include_str!("../../data/fold.txt");

/// Maps Traditional characters to Simplified ones, and full-width letters and digits to plain ones.
///
/// One character becomes one character, so a folded text has as many characters as the text had. A character that
/// Simplified text uses with a meaning of its own (乾 in 乾坤) stays as it is.
#[derive(Debug)]
pub struct Fold {
    /// What each character of the basic plane becomes; 0 where it stays.
    to: Vec<u16>,
}

impl Fold {
    /// The fold, read from `data/fold.txt` the first time that it is asked for.
    pub fn get() -> &'static Self {
        static FOLD: OnceLock<Fold> = OnceLock::new();
        FOLD.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut to = vec![0; 0x1_0000];
        for (simplified, traditional) in pairs() {
            if let (Ok(key), Ok(value)) =
                (u16::try_from(traditional as u32), u16::try_from(simplified as u32))
            {
                to[usize::from(key)] = value;
            }
        }
        // Full-width forms stand at a fixed distance from the plain ones; only letters and digits are folded,
        // because a full-width comma is the usual comma of Chinese print.
        for wide in ('０'..='９').chain('Ａ'..='Ｚ').chain('ａ'..='ｚ') {
            let code = wide as u16;
            to[usize::from(code)] = code - 0xFEE0;
        }
        Self { to }
    }

    /// What `c` becomes.
    pub fn char(&self, c: char) -> char {
        match self.to.get(c as usize) {
            Some(&to) if to != 0 => char::from_u32(u32::from(to)).unwrap_or(c),
            _ => c,
        }
    }

    /// `text` folded.
    pub fn text(&self, text: &str) -> String {
        text.chars().map(|c| self.char(c)).collect()
    }

    /// Puts `text` folded into `out`, whose memory is used again.
    pub fn text_into(&self, text: &str, out: &mut String) {
        out.clear();
        out.extend(text.chars().map(|c| self.char(c)));
    }
}

/// The pairs of the table: Simplified, Traditional.
fn pairs() -> impl Iterator<Item = (char, char)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).flat_map(|(simplified, traditional)| {
        let simplified = simplified.chars().next();
        traditional.trim().chars().filter_map(move |t| simplified.map(|s| (s, t)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_becomes_simplified() {
        assert_eq!(Fold::get().text("總工會開展勞動競賽"), "总工会开展劳动竞赛");
    }

    #[test]
    fn full_width_letters_and_digits_become_plain_and_punctuation_stays() {
        assert_eq!(Fold::get().text("山区２６县，ＡＩ＋"), "山区26县，AI＋");
    }

    #[test]
    fn what_simplified_text_uses_itself_stays() {
        let text = "扭转乾坤，著名宫商角徵羽";
        assert_eq!(Fold::get().text(text), text);
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for (simplified, traditional) in pairs() {
            assert_eq!(Fold::get().char(traditional), simplified);
            assert_eq!(Fold::get().char(simplified), simplified, "{simplified} {traditional}");
        }
    }
}
