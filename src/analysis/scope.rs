//! Which parts of an article are counted.

use crate::page::{Part, Role, Selection};

/// The roles of the parts that are counted; by default all that an article has, the label of its column included.
///
/// ```
/// use zjgr::analysis::scope::Scope;
/// use zjgr::page::Role;
///
/// let scope = Scope::of(&[Role::Headline, Role::Subhead]);
/// assert!(scope.has(Role::Headline) && !scope.has(Role::Body));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    roles: Vec<Role>,
}

impl Default for Scope {
    fn default() -> Self {
        Self::of(&Role::ALL)
    }
}

impl Scope {
    /// Only parts with one of `roles`. What no article owns (the masthead, advertisements) is never counted.
    pub fn of(roles: &[Role]) -> Self {
        let owned = |role: &Role| !matches!(role, Role::Masthead | Role::Other);
        Self { roles: roles.iter().copied().filter(owned).collect() }
    }

    /// True where parts of this role are counted.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The parts of article `index` that are counted, each with its index into [`crate::Page::parts`]. A column's label
    /// comes with the first article under it, so that it counts once.
    pub fn parts<'p>(
        &self,
        selection: &Selection<'p>,
        index: usize,
    ) -> impl Iterator<Item = (usize, &'p Part)> {
        let page = selection.page();
        let label = page.articles.get(index).and_then(|article| article.column);
        let label = label.and_then(|at| page.parts.get(at).map(|part| (at, part)));
        let label = label.filter(|(_, part)| part.article == Some(index) && selection.has(Some(index)));
        label.into_iter().chain(selection.parts_of(index)).filter(|(_, part)| self.roles.contains(&part.role))
    }
}
