//! Which words a table shows, and what cuts them.

use std::path::Path;

use clap::{Args, ValueEnum};
use zjgr::analysis::shown::ShownWords;
use zjgr::analysis::stats::With;
use zjgr::term::{Segmenter, StopWords};

use crate::args::{WordsArgs, read_file, tag};

/// Which words are shown.
#[derive(Debug, Args)]
#[command(next_help_heading = "Words")]
pub(crate) struct ShowArgs {
    /// Words to leave out: `builtin`, `none`, or a file with one a line
    #[arg(long, value_name = "LIST", default_value = "builtin")]
    stopwords: String,

    /// Only words of these parts of speech; `n` stands for all tags that begin with it
    #[arg(long, value_name = "TAG", value_delimiter = ',', value_parser = tag)]
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

/// What cuts the text, with `terms` kept whole where they cut no other word: a term that is cut in two would never be
/// found as a word.
pub(crate) fn segmenter_for(args: &WordsArgs, terms: &[String]) -> anyhow::Result<Segmenter> {
    args.segmenter(terms.iter().cloned())
}

impl ShowArgs {
    /// What is counted besides words.
    pub(crate) fn with(&self) -> With {
        let with = |what| self.with.contains(&what);
        let mut asked = With::default();
        asked.numbers = with(WithArg::Numbers);
        asked.latin = with(WithArg::Latin);
        asked
    }

    pub(crate) fn shown(&self) -> anyhow::Result<ShownWords> {
        let stopwords = match self.stopwords.as_str() {
            "none" => StopWords::default(),
            "builtin" => StopWords::builtin(),
            path => StopWords::parse(&read_file(Path::new(path))?),
        };
        let mut shown = ShownWords::default();
        shown.stopwords = stopwords;
        shown.pos = self.pos.clone();
        shown.numbers = self.with().numbers;
        shown.latin = self.with().latin;
        Ok(shown)
    }
}
