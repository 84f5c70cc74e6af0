//! The flags that every command shares, and what they build.

use std::collections::HashSet;
use std::fmt;
use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Args, ValueEnum};
use jiff::civil::Date;
use regex::Regex;
use zjgr::analysis::group::{By, Wide};
use zjgr::analysis::query::Script;
use zjgr::analysis::scope::Scope;
use zjgr::calendar::compact_date;
use zjgr::page::{Corrections, Profile, Reader, Role, Weights};
use zjgr::run::{Corpus, Duplicates, Filter, LeaveOut};
use zjgr::source::{
    Encoding, Fields, Format as InputFormat, Identity, Inputs, PathPattern, Provenance, ReadOptions,
    RecordLayout, endings, page_number,
};
use zjgr::table::{Columns, Destination, Format, Screen, Table};
use zjgr::term::{Segmenter, SegmenterOptions, UserWord, WordList};
use zjgr::{Error, ErrorKind};

use crate::console::{Console, Loudness, say};
use crate::language::code;
use crate::{guard, invocation, manifest, signal, wild};

/// What is read, and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputArgs {
    /// Files and folders to read, or a pattern in quotes ("pages/2021-*.txt"); `-` is standard input, which is also read where a pipe leads here and no
    /// path is given
    #[arg(value_name = "PATH", help_heading = "Arguments")]
    paths: Vec<PathBuf>,
    /// What is read beside them.
    #[arg(skip)]
    pub(crate) also_read: Vec<PathBuf>,

    /// Read the files and folders that this file names, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,

    /// How the text is laid out
    #[arg(long, default_value = AUTO, value_name = "FORMAT", value_parser = or_auto::<InputFormat>())]
    input_format: OrAuto<InputFormat>,

    /// Read every form of a page: by default, of files of one name in one folder (0001.alto.xml, 0001.pdf, 0001.txt)
    /// only the one that tells most
    #[arg(long)]
    all_forms: bool,

    /// The encoding of the text
    #[arg(long, default_value = AUTO, value_name = "NAME", value_parser = or_auto::<Encoding>())]
    encoding: OrAuto<Encoding>,

    /// Which fields of a record say what: text=content,date=pubdate,headline=title; also id, newspaper, page (版次) and
    /// section (版名)
    #[arg(long, value_name = "FIELD=NAME,…", value_delimiter = ',')]
    fields: Vec<String>,

    /// Fields of records to carry along: columns of every table whose rows stand somewhere in the text, and groups for
    /// --by
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    keep: Vec<String>,

    /// How the text of a record is laid out
    #[arg(long, value_enum, default_value_t, value_name = "LAYOUT")]
    record_layout: RecordLayout,

    /// What the column `file` calls standard input
    #[arg(long, value_name = "NAME", default_value = "-", hide_default_value = true)]
    name: String,

    /// What the paper's masthead and columns look like: a TOML file, or the name of a profile that is built in;
    /// by default each page picks the one that its masthead names
    #[arg(long, value_name = "NAME|FILE")]
    profile: Option<String>,
    /// What the page reader has learnt, in place of what is built in: a file that `zjgr learn` wrote
    #[arg(long, value_name = "FILE")]
    page_weights: Option<PathBuf>,
    /// What lines are, as you put it right in a table of `zjgr layout` or in some of its rows: role, article and joins
    /// are taken as they stand
    #[arg(long, value_name = "FIXED")]
    layout: Vec<PathBuf>,
    /// What pages are, as you put it right in a table of `zjgr pages`: newspaper, date, page and section are taken as
    /// they stand
    #[arg(long, value_name = "FIXED")]
    pages: Vec<PathBuf>,

    #[command(flatten, next_help_heading = "Newspaper, date, page")]
    provenance: ProvenanceArgs,

    /// On how many threads to work; the result never depends on it [default: all cores]
    #[arg(long, value_name = "N", help_heading = "Running")]
    threads: Option<NonZeroUsize>,

    /// Whether a progress bar is shown, on a terminal, when the work takes longer than a moment
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", help_heading = "Running")]
    progress: ProgressArg,

    /// Say nothing on standard error but why nothing came out
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Running")]
    quiet: bool,

    /// Say more on standard error: what was detected, what was passed over
    #[arg(short, long, help_heading = "Running")]
    verbose: bool,

    /// True where what was kept before is all the input.
    #[arg(skip)]
    is_complete: bool,

    /// True where a list of files was read.
    #[arg(skip)]
    is_listed: bool,
}

/// The ending of files that hold what was counted.
const KEPT_ENDING: &str = "zjp";

/// Which articles count.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which articles")]
pub(crate) struct FilterArgs {
    /// Only what was published on this day or later: 2021-02-25, 2021-02 or 2021
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<Date>,

    /// Only what was published on this day or earlier; a month or a year counts to its end
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<Date>,

    /// Only this newspaper; may be given again
    #[arg(long, value_name = "NAME")]
    newspaper: Vec<String>,

    /// Only articles in which a headline or a paragraph matches
    #[arg(long = "match", value_name = "REGEX")]
    matching: Option<Regex>,

    /// Leave the later prints out of what a table of `zjgr reprints` (csv or tsv) has: of each cluster its first row stays
    #[arg(long, value_name = "FILE")]
    leave_out: Option<PathBuf>,

    /// What to do with passages that the OCR printed a second time
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    duplicates: Duplicates,

    /// Join a story with what goes on of it on another page of its day (下转第4版, 上接第1版): one article. The pages of
    /// a day must follow each other
    #[arg(long)]
    join_pages: bool,
}

/// What is said of the documents beside their text.
#[derive(Debug, Args)]
#[command(next_help_heading = "Newspaper, date, page")]
struct ProvenanceArgs {
    /// How the paths are put together, from their end: '{newspaper}/{date}/{page}', '{year}/{month}{day}-{page}-*';
    /// it outranks what is printed
    #[arg(long, value_name = "PATTERN")]
    path_pattern: Option<String>,

    /// The day of issue of everything that is read, whatever it says
    #[arg(long, value_name = "DATE", value_parser = day)]
    set_date: Option<Date>,

    /// The newspaper of everything that is read, whatever it says
    #[arg(long, value_name = "NAME")]
    set_newspaper: Option<String>,

    /// The page (版次) of everything that is read, whatever it says
    #[arg(long, value_name = "PAGE")]
    set_page: Option<String>,
}

/// Where the table goes, and in which form.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Write here, all or nothing; the ending picks the format: table.csv, table.xlsx, table.jsonl.gz
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The format of the table [default: csv]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<Shape>,

    /// Write csv for a spreadsheet: with a byte order mark and CRLF, and no cell that would run as a formula
    #[arg(long)]
    excel: bool,

    /// Only these columns, in this order
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    columns: Vec<String>,

    /// Say at the end of each row where on the picture of its page it stands, where the file tells: the columns
    /// sheet, box (left,top,width,height) and ocr_confidence
    #[arg(long)]
    boxes: bool,

    /// Leave the names of the columns out
    #[arg(long)]
    no_header: bool,

    /// Say what the columns are, and read nothing; with -o into a file that ends in .json as a data package
    #[arg(long)]
    pub(crate) describe: bool,
}

/// Which parts of an article are looked at.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which articles")]
pub(crate) struct PartsArgs {
    /// Only these parts of an article: headline,kicker,subhead,column,section,body,caption,credit [default: all]
    #[arg(long, value_name = "PART,…", value_delimiter = ',', value_parser = role)]
    parts: Vec<Role>,
}

/// How text is cut into words.
#[derive(Debug, Args)]
#[command(next_help_heading = "Words")]
pub(crate) struct WordsArgs {
    /// Keep the words of this file whole, whatever stands around them: a line each, with a frequency and a tag
    /// or without; may be given again
    #[arg(long, value_name = "FILE")]
    user_dict: Vec<PathBuf>,

    /// Do not keep the words whole that come along (of unions, of Zhejiang, slogans); they are where they cut no other
    /// word
    #[arg(long)]
    no_builtin_words: bool,

    /// Guess at words that no dictionary has; this is the default
    #[arg(long, overrides_with = "no_hmm")]
    hmm: bool,

    /// Do not guess at words that no dictionary has: they fall into single characters
    #[arg(long, overrides_with = "hmm")]
    no_hmm: bool,

    /// Take Traditional and Simplified characters as one
    #[arg(long)]
    fold: bool,

    /// Keep the names whole that are found in the text, of persons, bodies, places, titles and works (see `zjgr names`)
    #[arg(long)]
    names: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum, Default, PartialEq, Eq)]
enum ProgressArg {
    #[default]
    Auto,
    Never,
}

impl InputArgs {
    /// Everything that is to be read, ready to run.
    pub(crate) fn corpus(&self, filter: &FilterArgs, output: &OutputArgs) -> anyhow::Result<Corpus> {
        let inputs = self.inputs(output)?;
        let console = self.console();
        console.note(format_args!("made by: {}", invocation::in_short()));
        for folder in &inputs.empty {
            console.warn(format_args!(
                "{}: no text in this folder (files are read that end in {}, packed too; .json and .tsv where an OCR program wrote them)",
                folder.display(),
                endings()
            ));
        }
        if !inputs.files.is_empty() {
            console.pass_over(&inputs.passed_over);
            console.tell_passed_over();
        }
        let reader = self.reader_that(|files| self.check_corrected(files, &inputs))?;
        let mut corpus = self.reading(inputs, reader, output)?;
        corpus.provenance = self.provenance.provenance()?;
        if let Some(pattern) = &corpus.provenance.pattern {
            check_pattern(pattern, &corpus.inputs, &console)?;
        }
        corpus.filter = filter.filter();
        corpus.leave_out = filter.leave_out()?;
        corpus.duplicates = filter.duplicates;
        corpus.join_pages = filter.join_pages;
        Ok(corpus)
    }

    /// Another corpus, of all that is in `paths`, read in the same way: to hold the first against.
    pub(crate) fn reference(
        &self,
        paths: &[PathBuf],
        filter: &FilterArgs,
        output: &OutputArgs,
    ) -> anyhow::Result<Corpus> {
        let inputs = Inputs::find(paths, output.file());
        guard::check_inputs(&inputs)?;
        let mut corpus = self.reading(inputs, self.reader()?, output)?;
        corpus.duplicates = filter.duplicates;
        corpus.join_pages = filter.join_pages;
        Ok(corpus)
    }

    /// What reads `inputs` with `reader`.
    fn reading(&self, inputs: Inputs, reader: Reader, output: &OutputArgs) -> anyhow::Result<Corpus> {
        let console = Console::new(self.loudness());
        let mut corpus = Corpus::new(inputs);
        corpus.read = self.read_options()?;
        corpus.read.fingerprints = manifest::reads(&corpus.inputs);
        corpus.reader = reader;
        corpus.threads = self.threads();
        // On the terminal that the table is written to, a bar would stand in its way.
        let is_in_the_way = output.is_terminal() || self.progress == ProgressArg::Never;
        corpus.watch = Box::new(match is_in_the_way {
            true => console,
            false => console.with_progress(corpus.inputs.size()),
        });
        Ok(corpus)
    }

    /// How bytes become text.
    fn read_options(&self) -> anyhow::Result<ReadOptions> {
        let mut read = ReadOptions::default();
        read.format = self.input_format.0;
        read.encoding = self.encoding.0;
        read.fields = self.record_fields()?.into();
        read.record_layout = self.record_layout;
        read.all_forms = self.all_forms;
        Ok(read)
    }

    /// What reads pages.
    pub(crate) fn reader(&self) -> anyhow::Result<Reader> {
        self.reader_that(|_| Ok(()))
    }

    /// The same; `check` is asked of each table that was put right, with the files of which it tells.
    fn reader_that(&self, check: impl Fn(&[PathBuf]) -> zjgr::Result<()>) -> anyhow::Result<Reader> {
        let mut reader = Reader::default();
        if let Some(name) = &self.profile {
            reader = reader.with_profile(Profile::load(name)?);
        }
        if let Some(path) = &self.page_weights {
            reader = reader.with_weights(Weights::load(path)?);
        }
        let mut corrections = Corrections::default();
        for path in &self.layout {
            let files = corrections.take_layout(&read_file(path)?, delimiter(path));
            files.and_then(|files| check(&files)).map_err(|error| error.at_path(path))?;
        }
        for path in &self.pages {
            let files = corrections.take_pages(&read_file(path)?, delimiter(path));
            files.and_then(|files| check(&files)).map_err(|error| error.at_path(path))?;
        }
        Ok(reader.with_corrections(corrections))
    }

    /// Stops where a table that was put right tells of files, and of none that is read: it would change nothing.
    fn check_corrected(&self, files: &[PathBuf], inputs: &Inputs) -> zjgr::Result<()> {
        let also = Inputs::find(&self.also_read, None);
        let has_stdin = inputs.files.iter().any(|input| input.path.is_none());
        let read = |file: &Path| inputs.read(file) | also.read(file);
        // What stands in an archive has the archive's name before its own: pages.zip!p1.txt.
        let in_archive = |file: &str| file.match_indices('!').any(|(at, _)| read(Path::new(&file[..at])));
        let is_read = |file: &PathBuf| {
            let is_stdin = has_stdin && *file == Path::new(&self.name);
            is_stdin || read(file) || in_archive(&file.to_string_lossy())
        };
        match files.first() {
            Some(first) if !files.iter().any(is_read) => {
                let what = format!(
                    "no file of this run stands in it, but others do, {} the first: start where these are found, or put its column file right",
                    first.display()
                );
                Err(Error::new(ErrorKind::Usage(what)))
            }
            _ => Ok(()),
        }
    }

    /// On how many threads to work.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        let all = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.threads.unwrap_or_else(all)
    }

    /// Which fields of a record say what.
    fn record_fields(&self) -> anyhow::Result<Fields> {
        let mut fields = Fields::default();
        for pair in &self.fields {
            let wrong = || Error::new(ErrorKind::Usage(format!("--fields {pair}: write it as text=content")));
            let (what, name) = pair.split_once('=').ok_or_else(wrong)?;
            fields.set(what.trim(), name.trim())?;
        }
        self.keep.iter().for_each(|name| fields.keep(name));
        Ok(fields)
    }

    /// The names of the fields of records that are carried along.
    pub(crate) fn kept_fields(&self) -> &[String] {
        &self.keep
    }

    /// Reads these where no path was given.
    pub(crate) fn read_by_default(&mut self, paths: impl Iterator<Item = PathBuf>) {
        if self.paths.is_empty() {
            self.paths.extend(paths);
        }
    }

    /// Says on standard error what the user should know about the result.
    pub(crate) fn note(&self, message: fmt::Arguments<'_>) {
        Console::new(self.loudness()).warn(message);
    }

    /// Takes the terms away that stand among the paths: what comes first is one, and so is what follows it up to
    /// the first argument that names a file or a folder, or is written like a path.
    pub(crate) fn take_terms(&mut self) -> Vec<String> {
        let is_path = |arg: &PathBuf| {
            let text = arg.to_string_lossy();
            text == "-" || text.contains(['/', '\\', '.']) || arg.exists()
        };
        let further = self.paths.iter().skip(1).take_while(|arg| !is_path(arg)).count();
        let paths = self.paths.split_off(self.paths.len().min(1 + further));
        let terms = std::mem::replace(&mut self.paths, paths);
        terms.into_iter().map(|term| term.to_string_lossy().into_owned()).collect()
    }

    /// Standard error, as talkative as it was asked to be.
    pub(crate) fn console(&self) -> Console {
        Console::new(self.loudness())
    }

    fn loudness(&self) -> Loudness {
        match (self.quiet, self.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Normal,
        }
    }

    /// Takes the files away that hold what was counted before, each once by whatever names.
    pub(crate) fn take_kept(&mut self) -> anyhow::Result<Vec<PathBuf>> {
        self.paths = self.paths_and_listed()?;
        let is_kept = |path: &mut PathBuf| path.extension().is_some_and(|ending| ending == KEPT_ENDING);
        let mut kept: Vec<PathBuf> = self.paths.extract_if(.., is_kept).collect();
        self.is_complete = !kept.is_empty() && self.paths.is_empty();
        self.is_listed = self.files_from.take().is_some();
        let (named, mut met) = (kept.len(), HashSet::new());
        kept.retain(|path| Identity::of(path).is_none_or(|file| met.insert(file)));
        guard::check_kept(&kept)?;
        if kept.len() < named {
            let again = named - kept.len();
            self.note(format_args!("{again} file(s) passed over that are read under another name"));
        }
        Ok(kept)
    }

    /// The paths that were typed, and those that --files-from lists, with what patterns stand for.
    fn paths_and_listed(&self) -> anyhow::Result<Vec<PathBuf>> {
        let mut paths = self.paths.clone();
        if let Some(file) = &self.files_from {
            let listed = match file == Path::new("-") {
                true => std::io::read_to_string(std::io::stdin()).map_err(Error::from)?,
                false => read_file(file)?,
            };
            paths.extend(listed.lines().filter(|line| !line.is_empty()).map(PathBuf::from));
        }
        Ok(paths.into_iter().flat_map(wild::matching).collect())
    }

    fn inputs(&self, output: &OutputArgs) -> anyhow::Result<Inputs> {
        if self.is_complete {
            return Ok(Inputs::default());
        }
        let named = |mut inputs: Inputs| {
            let stdin = inputs.files.iter_mut().filter(|file| file.path.is_none());
            stdin.for_each(|file| file.name = self.name.as_str().into());
            inputs
        };
        let paths = self.paths_and_listed()?;
        if !paths.is_empty() || self.is_listed || self.files_from.is_some() {
            let written = output.file().unwrap_or(Path::new("/dev/stdout"));
            let inputs = match self.all_forms {
                true => Inputs::find_all_forms(&paths, Some(written)),
                false => Inputs::find(&paths, Some(written)),
            };
            guard::check_inputs(&inputs)?;
            return Ok(named(inputs));
        }
        if std::io::stdin().is_terminal() {
            let what = "nothing to read: name a file or a folder, or pipe text in";
            return Err(Error::new(ErrorKind::Usage(what.into())).into());
        }
        Ok(named(Inputs::find(["-"], None)))
    }
}

impl ProvenanceArgs {
    fn provenance(&self) -> anyhow::Result<Provenance> {
        let mut provenance = Provenance::default();
        provenance.date = self.set_date;
        provenance.newspaper = self.set_newspaper.clone();
        provenance.page = self.set_page.as_deref().map(page_number);
        provenance.pattern = self.path_pattern.as_deref().map(PathPattern::parse).transpose()?;
        Ok(provenance)
    }
}

/// Says which files a pattern does not fit.
///
/// # Errors
/// Where it fits none.
fn check_pattern(pattern: &PathPattern, inputs: &Inputs, console: &Console) -> anyhow::Result<()> {
    let misfits: Vec<_> = inputs.files.iter().filter(|file| pattern.read(&file.name).is_none()).collect();
    let Some(first) = misfits.first() else { return Ok(()) };
    let (count, all) = (misfits.len(), inputs.files.len());
    if count == all {
        let what = format!("--path-pattern fits none of {all} path(s); the first is {}", first.name);
        return Err(Error::new(ErrorKind::Usage(what)).into());
    }
    console.warn(format_args!(
        "--path-pattern does not fit {count} of {all} paths; the first is {}",
        first.name
    ));
    Ok(())
}

impl FilterArgs {
    /// What was printed before.
    fn leave_out(&self) -> anyhow::Result<LeaveOut> {
        let Some(file) = &self.leave_out else { return Ok(LeaveOut::default()) };
        let delimiter = if file.extension().is_some_and(|ending| ending == "tsv") { b'\t' } else { b',' };
        Ok(LeaveOut::parse(&read_file(file)?, delimiter).map_err(|error| error.at_path(file))?)
    }

    fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        filter.since = self.since;
        filter.until = self.until;
        filter.newspapers = self.newspaper.clone();
        filter.matching = self.matching.clone();
        filter
    }
}

impl PartsArgs {
    pub(crate) fn scope(&self) -> Scope {
        if self.parts.is_empty() { Scope::default() } else { Scope::of(&self.parts) }
    }
}

impl WordsArgs {
    /// How Traditional and Simplified characters are compared.
    pub(crate) fn script(&self) -> Script {
        if self.fold { Script::Folded } else { Script::Distinct }
    }

    /// The files that say which words stay whole.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.user_dict
    }

    /// What cuts the text. `asked` are the terms that were asked for: they stay whole where they cut no other word.
    pub(crate) fn segmenter(&self, asked: impl IntoIterator<Item = String>) -> anyhow::Result<Segmenter> {
        let mut compounds = WordList::default();
        asked.into_iter().for_each(|term| compounds.push(UserWord::new(&term)));
        if !self.no_builtin_words {
            compounds.extend(&WordList::builtin()?);
        }
        let mut words = WordList::default();
        for file in &self.user_dict {
            words.extend(&WordList::parse(&read_file(file)?).map_err(|error| error.at_path(file))?);
        }
        let mut options = SegmenterOptions::default();
        options.words = words;
        options.compounds = compounds;
        options.no_hmm = self.no_hmm;
        options.fold = self.fold;
        options.whole = self.names.then_some(zjgr::name::spans as fn(&str) -> Vec<Range<usize>>);
        Ok(Segmenter::new(options))
    }
}

/// What parts the cells of a table: a tab where its name ends in `.tsv`, else a comma.
pub(crate) fn delimiter(path: &Path) -> u8 {
    if path.extension().is_some_and(|ending| ending == "tsv") { b'\t' } else { b',' }
}

/// The text of a file that a flag names: UTF-8, with a byte order mark or without.
pub(crate) fn read_file(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).map_err(|error| Error::from(error).at_path(path))?;
    let encoding = |_| Error::new(ErrorKind::Encoding { encoding: "UTF-8".into() }).at_path(path);
    Ok(String::from_utf8(bytes).map_err(encoding)?)
}

/// The groups that there are in any input; a field that records carry along is another.
const GROUPS: [By; 10] = [
    By::Date,
    By::Month,
    By::Quarter,
    By::Year,
    By::Article,
    By::Page,
    By::File,
    By::Newspaper,
    By::Column,
    By::Section,
];

/// By what things are counted apart.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rows and columns")]
pub(crate) struct ByArgs {
    /// Count apart by this: date, month, quarter, year (of issue), article, page (as printed: file, day, 版次), file,
    /// newspaper, column (栏目), section (版名), or a field of records that --keep names
    #[arg(long, value_name = "GROUP")]
    by: Option<String>,
}

/// A table that is wide.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rows and columns")]
pub(crate) struct WideArgs {
    /// A column a group; periods without text are there too, and empty
    #[arg(long, requires = "by")]
    wide: bool,

    /// What stands in the columns of --wide
    #[arg(long, value_enum, default_value_t, value_name = "WHAT", requires = "wide")]
    value: Wide,
}

impl WideArgs {
    pub(crate) fn wide(&self) -> Option<Wide> {
        self.wide.then_some(self.value)
    }
}

impl ByArgs {
    /// By what things are counted apart, of what there is in `input`.
    pub(crate) fn by(&self, input: &InputArgs) -> anyhow::Result<Option<By>> {
        let Some(name) = &self.by else { return Ok(None) };
        let place = input.keep.iter().position(|field| field == name);
        let field = place.map(|place| By::Field(name.clone(), place));
        let named = |by: &By| by.name() == code("by", name);
        let group = field.or_else(|| GROUPS.into_iter().find(named));
        let wrong = || {
            let names = GROUPS.map(|by| by.name().to_owned()).join(", ");
            ErrorKind::Usage(format!(
                "--by {name}: groups are {names}, and fields of records that --keep names"
            ))
        };
        Ok(Some(group.ok_or_else(|| Error::new(wrong()))?))
    }
}

impl OutputArgs {
    /// The flags of a table that goes to `file`.
    pub(crate) fn to(file: &Path) -> Self {
        let output = Some(file.to_path_buf());
        Self {
            output,
            format: None,
            excel: false,
            columns: Vec::new(),
            no_header: false,
            describe: false,
            boxes: false,
        }
    }

    /// The file to write; none for standard output, under any of its names.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| !["-", "/dev/stdout"].map(Path::new).contains(path))
    }

    /// True where a graph was asked for, by its name or by the ending of the file.
    pub(crate) fn is_graph(&self) -> bool {
        let ends_so = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(GRAPH));
        self.format.map_or_else(|| self.file().is_some_and(ends_so), |format| format == Shape::Graph)
    }

    /// Where a graph goes.
    pub(crate) fn graph(&self) -> anyhow::Result<Destination> {
        Ok(match self.file() {
            Some(path) => signal::begin(path)?,
            None => self.standard_output(),
        })
    }

    /// True where the table appears on a terminal.
    fn is_terminal(&self) -> bool {
        self.file().is_none() && std::io::stdout().is_terminal()
    }

    /// The table to write into.
    pub(crate) fn table(&self, columns: impl Into<Columns>) -> anyhow::Result<Table> {
        self.plain_table(self.chosen(columns.into())?)
    }

    /// Of these columns those that were asked for.
    pub(crate) fn chosen(&self, columns: Columns) -> anyhow::Result<Columns> {
        let chosen = if self.columns.is_empty() { columns } else { columns.choose(&self.columns)? };
        Ok(if self.boxes { chosen.with_optional()? } else { chosen })
    }

    /// Writes the table to look at, whatever was asked for.
    pub(crate) fn set_format(&mut self, format: Format) {
        self.format = Some(Shape::Table(format));
    }

    /// A table with all its columns.
    pub(crate) fn plain_table(&self, columns: impl Into<Columns>) -> anyhow::Result<Table> {
        let format = self.table_format()?;
        if self.is_terminal() && !format.is_text() {
            let what =
                format!("a table in {} is not to be read on a terminal: write it with -o", format.name());
            return Err(Error::new(ErrorKind::Usage(what)).into());
        }
        let destination = match self.file() {
            Some(path) if format.is_database() => signal::begin_database(path),
            Some(path) => signal::begin(path)?,
            None => self.standard_output(),
        };
        if destination.copies()
            && let Some(path) = destination.path()
        {
            say(format_args!(
                "{}: its folder is read-only, so that it is written over: a crash at the end could leave it half-written",
                path.display()
            ));
        }
        let table = Table::new(destination, format, columns).about(invocation::about());
        Ok(if self.no_header { table.without_header() } else { table })
    }

    fn standard_output(&self) -> Destination {
        signal::begin_stream();
        let stdout = std::io::stdout();
        if self.is_terminal() { Destination::terminal(stdout, screen()) } else { Destination::stream(stdout) }
    }

    /// True where the table is for a person to look at, with no columns asked for.
    pub(crate) fn is_for_a_terminal(&self) -> anyhow::Result<bool> {
        Ok(self.table_format()? == Format::TABLE && self.columns.is_empty())
    }

    fn table_format(&self) -> anyhow::Result<Format> {
        let format = match (self.format, self.file()) {
            (Some(Shape::Table(asked)), _) => asked,
            (Some(Shape::Graph), _) => {
                let what = "a graph is made of pairs of names: zjgr names --pairs UNIT --format graphml";
                return Err(Error::new(ErrorKind::Usage(what.into())).into());
            }
            (None, Some(path)) => Format::of_path(path).map_or_else(|| of_unknown_ending(path), Ok)?,
            (None, None) => Format::default(),
        };
        if !self.excel {
            return Ok(format);
        }
        let none = || ErrorKind::Usage("--excel goes with csv and xlsx only".into());
        Ok(format.for_spreadsheet().ok_or_else(none).map_err(Error::new)?)
    }
}

/// What the terminal is like. Colours are shown where nobody asked for none (<https://no-color.org>).
fn screen() -> Screen {
    const USUAL: usize = 80;
    let width = terminal_size::terminal_size().map_or(USUAL, |(width, _)| width.0.into());
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_none_or(|terminal| terminal == "dumb");
    Screen { width, colours: !plain && !dumb }
}

/// What a device, a pipe or a stream is written in; a file has an ending that says it.
fn of_unknown_ending(path: &Path) -> Result<Format, Error> {
    if path.starts_with("/dev") || path.metadata().is_ok_and(|meta| !meta.is_file()) {
        return Ok(Format::default());
    }
    let endings: Vec<&str> = Format::ALL.iter().flat_map(|format| format.endings()).copied().collect();
    let what = format!(
        "its ending names no format of a table: let it end in .{}, or say --format",
        endings.join(", .")
    );
    Err(Error::new(ErrorKind::Usage(what)).at_path(path))
}

/// What was asked for by name; none where each file is to be looked at.
#[derive(Debug, Clone, Copy)]
struct OrAuto<T>(Option<T>);

/// The name that asks for a look at each file.
const AUTO: &str = "auto";

/// One of the values of `T`, or [`AUTO`].
fn or_auto<T: ValueEnum + Send + Sync + 'static>() -> impl TypedValueParser<Value = OrAuto<T>> {
    let auto = PossibleValue::new(AUTO).help("Look at each file");
    let named = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let chosen = |name: String| OrAuto(T::from_str(&name, false).ok());
    PossibleValuesParser::new([auto].into_iter().chain(named)).map(chosen)
}

/// What is written: a table, or a graph of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Table(Format),
    Graph,
}

/// The name of the format of graphs, and what their files end in.
const GRAPH: &str = "graphml";

/// The formats of a table by their names.
fn formats() -> impl TypedValueParser<Value = Shape> {
    shapes(Vec::new())
}

/// The flag `--format` of a command that writes graphs, too.
pub(crate) fn with_graph(flag: Arg) -> Arg {
    flag.value_parser(shapes(vec![PossibleValue::new(GRAPH).help("A graph for Gephi, Cytoscape, networkx")]))
}

fn shapes(graph: Vec<PossibleValue>) -> impl TypedValueParser<Value = Shape> {
    let named = |name: String| match Format::named(&name) {
        Some(format) => Shape::Table(format),
        None => Shape::Graph,
    };
    let values = Format::ALL.iter().map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(values.chain(graph)).map(named)
}

/// The part of an article that `text` names.
fn role(text: &str) -> Result<Role, String> {
    let owned = |role: &Role| !matches!(role, Role::Masthead | Role::Other);
    Role::ALL.into_iter().filter(owned).find(|role| role.name() == text).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().filter(|role| owned(role)).map(|role| role.name()).collect();
        format!("the parts of an article are {}", names.join(", "))
    })
}

/// The day that `text` names.
fn day(text: &str) -> Result<Date, String> {
    compact_date(text).ok_or_else(|| "a day is written like 2021-02-25".to_owned())
}

/// A tag of a part of speech, as jieba's dictionary has them.
pub(crate) fn tag(text: &str) -> Result<String, String> {
    let text = code("pos", text);
    match !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        true => Ok(text.to_owned()),
        false => Err("tags are Latin letters with commas between: n nouns, v verbs, a adjectives, nr persons, ns places, nt bodies".into()),
    }
}

/// A number from 0 to 1.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "a share from 0 to 1 is expected".to_owned())
}

/// A number above 0.
pub(crate) fn positive(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| "a number above 0 is expected".to_owned())
}

/// The first day that `text` names: a day, the first of a month, the first of a year.
pub(crate) fn first_day(text: &str) -> Result<Date, String> {
    partial_date(text).map(|(first, _)| first)
}

/// The last day that `text` names.
pub(crate) fn last_day(text: &str) -> Result<Date, String> {
    partial_date(text).map(|(_, last)| last)
}

fn partial_date(text: &str) -> Result<(Date, Date), String> {
    let wrong = || "write it as 2021-02-25, 2021-02 or 2021".to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<i8>().ok());
    let year = parts.first().filter(|year| year.len() == 4).and_then(|year| year.parse::<i16>().ok());
    let year = year.ok_or_else(wrong)?;
    let (month, day) = (number(1), number(2));
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| wrong())?;
    let last = match (parts.len(), month, day) {
        (1, ..) => first.last_of_year(),
        (2, Some(_), _) => first.last_of_month(),
        (3, Some(_), Some(_)) => first,
        _ => return Err(wrong()),
    };
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_and_a_year_are_spans() {
        assert_eq!(first_day("2021"), Ok(date(2021, 1, 1)));
        assert_eq!(last_day("2021"), Ok(date(2021, 12, 31)));
        assert_eq!(first_day("2024-02"), Ok(date(2024, 2, 1)));
        assert_eq!(last_day("2024-02"), Ok(date(2024, 2, 29)));
        assert_eq!(first_day("2021-02-25"), last_day("2021-02-25"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "21", "2021-", "2021-13", "2021-02-30", "2021-02-25-1", "二〇二一", "2021-x-01"]
        {
            assert!(first_day(text).is_err(), "{text}");
        }
    }
}
