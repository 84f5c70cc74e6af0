//! How a number is meant.

use serde::{Deserialize, Serialize};

/// How the number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Bound {
    /// As it stands.
    #[default]
    Exact,
    /// 约, 左右.
    About,
    /// 近, 将近, 接近.
    Nearly,
    /// 余, 多, 超, 突破, 逾.
    Over,
    /// 以上, 不少于, 至少.
    AtLeast,
    /// 以下, 以内, 不超过, 至多.
    AtMost,
    /// 不足, 不到.
    LessThan,
}

impl Bound {
    /// The name that tables show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::Over => "over",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::LessThan => "less_than",
        }
    }
}
