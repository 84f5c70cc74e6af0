//! Which words a table shows, and what cuts them.

use std::path::Path;

use clap::{Args, ValueEnum};
use zjgr::analysis::stats::With;
use zjgr::term::{Class, Segmenter, StopWords};

use crate::args::{WordsArgs, read_file};

/// Which words are shown.
#[derive(Debug, Args)]
#[command(next_help_heading = "Words")]
pub(crate) struct ShowArgs {
    /// Words to leave out: `builtin`, `none`, or a file with one a line
    #[arg(long, value_name = "LIST", default_value = "builtin")]
    stopwords: String,

    /// Only words of these parts of speech; `n` stands for all tags that begin with it
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pos: Vec<String>,

    /// Show these as well
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    with: Vec<WithArg>,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
enum WithArg {
    /// 2021, 三十
    Numbers,
    /// IP, APP
    Latin,
}

/// Says which words are shown.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    args: &'a ShowArgs,
    stop: StopWords,
}

/// What cuts the text, with `terms` kept whole that no dictionary has: a term that is cut in two would never be found
/// as a word. One that a dictionary has is a word where its neighbours let it be one, as everywhere else.
pub(crate) fn segmenter_for(args: &WordsArgs, terms: &[String]) -> anyhow::Result<Segmenter> {
    args.segmenter(terms.iter().cloned())
}

impl ShowArgs {
    /// What is counted besides words.
    pub(crate) fn with(&self) -> With {
        With {
            numbers: self.with.contains(&WithArg::Numbers),
            latin: self.with.contains(&WithArg::Latin),
            punctuation: false,
        }
    }

    pub(crate) fn shown(&self) -> anyhow::Result<Shown<'_>> {
        let stop = match self.stopwords.as_str() {
            "none" => StopWords::default(),
            "builtin" => StopWords::builtin(),
            path => StopWords::parse(&read_file(Path::new(path))?),
        };
        Ok(Shown { args: self, stop })
    }
}

impl Shown<'_> {
    /// True where `word`, whose part of speech is `pos`, is shown.
    pub(crate) fn has(&self, segmenter: &Segmenter, word: &str, pos: &str) -> bool {
        let of_class = match segmenter.class(word) {
            Class::Word => true,
            Class::Number => self.args.with.contains(&WithArg::Numbers),
            Class::Latin => self.args.with.contains(&WithArg::Latin),
            Class::Punctuation => false,
        };
        let of_pos =
            self.args.pos.is_empty() || self.args.pos.iter().any(|tag| pos.starts_with(tag.as_str()));
        of_class && of_pos && !self.stop.contains(word)
    }
}
