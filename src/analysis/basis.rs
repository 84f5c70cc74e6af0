//! What the numbers of a table rest on, so that a reader can work them out again.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::group::{GroupId, Groups};

/// What the numbers of a table rest on.
///
/// ```
/// use zjgr::analysis::basis::Basis;
/// let basis = Basis::default().total("corpus_words", 1_000).total("node_count", 7);
/// assert_eq!(basis.totals["node_count"], 7);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Basis {
    /// Sums over all that was counted, by their names: one number, or where things were counted apart one for each
    /// group.
    pub totals: Map<String, Value>,
    /// The dictionary and the lists that things were found and chosen with, by what they are for.
    pub lists: Map<String, Value>,
}

impl Basis {
    /// The same with a total.
    #[must_use]
    pub fn total(mut self, name: &str, value: u64) -> Self {
        self.totals.insert(name.into(), value.into());
        self
    }

    /// The same with a total of each group, where things were counted apart; else of all.
    #[must_use]
    pub(crate) fn total_by(mut self, name: &str, groups: &Groups, value: impl Fn(GroupId) -> u64) -> Self {
        let of_group = |(id, key): (GroupId, &super::group::GroupKey)| (key.label(), Value::from(value(id)));
        let values: Map<String, Value> = groups.sorted().into_iter().map(of_group).collect();
        let all = values.values().next().cloned().unwrap_or_default();
        self.totals.insert(name.into(), if groups.by().is_some() { values.into() } else { all });
        self
    }

    /// The same with a list, of which `about` says what is known.
    #[must_use]
    pub fn list(mut self, name: &str, about: &impl Serialize) -> Self {
        self.lists.insert(name.into(), serde_json::to_value(about).unwrap_or_default());
        self
    }
}
