//! What a table says of itself, in formats that have a place for it.

/// How a table came to be: its name, and in words what was asked for and read.
///
/// ```
/// let mut about = zjgr::table::About::named("articles");
/// about.say("pages read", "12");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct About {
    /// What the table is called: `articles`.
    pub name: String,
    /// What is known of it, each with what it is: the command, its options, the version, what was read.
    pub facts: Vec<(String, String)>,
}

impl About {
    /// Something called `name` of which nothing more is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), facts: Vec::new() }
    }

    /// Adds what `what` is.
    pub fn say(&mut self, what: impl Into<String>, value: impl Into<String>) {
        self.facts.push((what.into(), value.into()));
    }
}
