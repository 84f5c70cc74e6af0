//! The flags of every command that cuts text into words.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use zjgr::term::{Class, Segmenter, SegmenterOptions, StopWords, WordList};
use zjgr::{Error, ErrorKind};

/// How text is cut into words.
#[derive(Debug, Args)]
#[command(next_help_heading = "Words")]
pub(crate) struct SegmentArgs {
    /// Words to keep whole, one a line, with a frequency and a tag where wanted; may be given again
    #[arg(long, value_name = "FILE")]
    user_dict: Vec<PathBuf>,

    /// Leave out the guess at words that no dictionary has
    #[arg(long)]
    no_hmm: bool,
}

/// Which words are shown.
#[derive(Debug, Args)]
#[command(next_help_heading = "Words")]
pub(crate) struct ShowArgs {
    /// Words to leave out: `builtin`, `none`, or a file with one a line
    #[arg(long, value_name = "LIST", default_value = "none")]
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

impl SegmentArgs {
    pub(crate) fn segmenter(&self) -> anyhow::Result<Segmenter> {
        let mut words = WordList::builtin()?;
        for path in &self.user_dict {
            words.extend(WordList::parse(&read(path)?).map_err(|error| error.at_path(path))?);
        }
        Ok(Segmenter::new(SegmenterOptions { words, no_hmm: self.no_hmm, ..SegmenterOptions::default() }))
    }
}

impl ShowArgs {
    pub(crate) fn shown(&self) -> anyhow::Result<Shown<'_>> {
        let stop = match self.stopwords.as_str() {
            "none" => StopWords::default(),
            "builtin" => StopWords::builtin(),
            path => StopWords::parse(&read(Path::new(path))?),
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

fn read(path: &Path) -> Result<String, Error> {
    let bytes = std::fs::read(path).map_err(|error| Error::new(error.into()).at_path(path))?;
    let wrong = |_| Error::new(ErrorKind::Encoding { encoding: "UTF-8".into() }).at_path(path);
    String::from_utf8(bytes).map_err(wrong)
}
