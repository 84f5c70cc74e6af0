//! What holds for every run: the same bytes on any number of threads, and an end, whatever the input.

use std::io::Write;

use proptest::prelude::*;

use super::{Corpus, Folder, PAGE, Ran};

/// The commands that write their rows as they read.
const COMMANDS: [&str; 3] = ["layout", "pages", "articles --format jsonl"];

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut folder = Folder::new()
        .with("big/lines.jsonl", format!("{{\"text\":\"{}\"}}\n", "春耕".repeat(50)).repeat(9_000));
    for i in 0..60 {
        folder = folder.with(&format!("pages/{i:03}.txt"), format!("{PAGE}{i}\n").repeat(i * 7 % 91 + 1));
        folder = folder.with(&format!("pages/{i:03}-bad.txt"), [0, 1, i as u8].repeat(4000));
    }
    for command in COMMANDS {
        let one = folder.run(&format!("{command} pages big pages --threads 1"));
        assert_eq!(one.status, Some(3));
        for threads in [2, 8] {
            // Compared as a whole: the errors come in the same order too.
            assert!(
                folder.run(&format!("{command} pages big pages --threads {threads}")) == one,
                "{command}"
            );
        }
    }
}

#[test]
fn a_long_file_of_lines_keeps_its_line_numbers() {
    let text: String =
        (1..=60_000).map(|i| format!("第{i}行，{}{}", "字".repeat(i % 40), ["\n", "\r\n"][i % 2])).collect();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
    let folder = Folder::new().with("1.txt", &text).with("2.txt", utf16).with("3.txt", gb18030);
    for name in ["1.txt", "2.txt", "3.txt"] {
        let ran = folder.run(&format!("layout {name} --input-format lines --threads 3"));
        let rows = ran.cells(["line", "text"]);
        assert_eq!(rows.len(), 60_000, "{name}");
        assert!(rows.iter().all(|[line, text]| text.starts_with(&format!("第{line}行"))), "{name}");
    }
}

#[test]
fn a_small_archive_of_much_text_ends() {
    // 300 MB of one letter pack into little; as one page that is refused, as lines it is read.
    let mut packed = zstd::Encoder::new(Vec::new(), 1).unwrap();
    let block = "y\n".repeat(1 << 20);
    for _ in 0..150 {
        std::io::Write::write_all(&mut packed, block.as_bytes()).unwrap();
    }
    let folder = Folder::new().with("bomb.txt.zst", packed.finish().unwrap());
    let ran = folder.run("pages bomb.txt.zst");
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("too much for one page"), "{}", ran.err);
}

#[test]
fn one_line_that_is_too_long_costs_no_other() {
    let mut packed = zstd::Encoder::new(Vec::new(), 1).unwrap();
    let good = "{\"text\":\"好\"}\n";
    packed.write_all(good.as_bytes()).unwrap();
    for _ in 0..65 {
        packed.write_all(&[b'y'; 1 << 20]).unwrap();
    }
    packed.write_all(format!("\r\n{good}").as_bytes()).unwrap();
    let folder = Folder::new().with("r.jsonl.zst", packed.finish().unwrap());
    let ran = folder.run("layout r.jsonl.zst");
    assert_eq!(ran.cells(["line", "text"]), [["1", "好"], ["3", "好"]]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (Some(3), "zjgr: r.jsonl.zst:2: a line of more than 64 MiB, left out\n")
    );
}

#[test]
fn more_threads_than_there_can_be_are_no_error() {
    let folder =
        Folder::new().with("r.jsonl", format!("{{\"text\":\"{}\"}}\n", "春耕".repeat(50)).repeat(9_000));
    assert!(folder.run("layout r.jsonl --threads 40000") == folder.run("layout r.jsonl --threads 1"));
}

#[test]
fn no_table_grows_with_the_square_of_a_line() {
    // In every row the headline and what stands around it: on a line that never ends, that is all of it each time.
    for (format, line) in [("page", "工会会员 二十大3人"), ("plain", "工会二十大12人，")] {
        let text = line.repeat(2_000);
        let folder = Folder::new().with("long.txt", &text).with("long.jsonl", record(&text));
        for command in [
            "extract-numbers",
            "slogans --mentions",
            "concordance 工会",
            "concordance 工会 --tokens",
            "concordance 工.* --regex",
        ] {
            for file in [format!("long.txt --input-format {format}"), "long.jsonl".into()] {
                let table = folder.run(&format!("{command} {file}")).out;
                assert!(table.len() < 90 * text.len(), "{command} {file}: {} bytes", table.len());
            }
        }
    }
}

/// A record with a headline as long as its text.
fn record(text: &str) -> String {
    format!("{{\"headline\":\"{text}\",\"text\":\"{text}\"}}\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Any bytes at all end in a table or in a message, and in one of the documented ways.
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..2000), name in "x(\\.txt|\\.jsonl|\\.txt\\.gz)") {
        let folder = Folder::new().with(&name, &bytes);
        for command in COMMANDS {
            let Ran { status, err, .. } = folder.run(&format!("{command} {name}"));
            prop_assert!(matches!(status, Some(0 | 1 | 3)), "{:?}: {}", status, err);
            prop_assert!(!err.contains("a fault of zjgr"), "{}", err);
        }
    }

    /// The same for bytes that are nearly a page.
    #[test]
    fn any_page(lines in proptest::collection::vec("([#>|<$ ]{0,3}(本报讯|记者|第[0-9]版|[一-龥]{1,30}|[0-9.,%万亿]{1,8}|摄|[(（《“”》）)]|\\PC{0,9}){1,6})", 0..40)) {
        let folder = Folder::new().with("page.txt", lines.join("\n"));
        for command in COMMANDS {
            let Ran { status, err, .. } = folder.run(&format!("{command} page.txt"));
            prop_assert!(status == Some(0) && (err.is_empty() || err.contains("the table has no row")), "{}", err);
        }
    }
}

#[test]
fn every_command_says_how_much_it_leaves_out_as_repeats() {
    let passage = "昨天上午，市总工会在文化宫广场为一百二十名新就业形态劳动者送上了夏季清凉包和体检卡。";
    let page = format!("车间里的灯光\n\n{passage}\n\n大家连声道谢，说这份关心来得正是时候。\n\n{passage}\n");
    let corpus = Corpus::of(&[("a.txt", &page)]);
    let says = |args: &[&str]| corpus.ran(args).err;
    let wanted = "1 passage(s) of 42 characters left out that repeat others (--duplicates keep takes them)";
    for command in ["stats", "articles", "extract-numbers", "slogans"] {
        let all = [command, "a.txt", "--input-format", "page"];
        assert!(says(&all).contains(wanted), "{command}: {}", says(&all));
        assert!(
            !says(&[&all[..], &["--duplicates", "keep"]].concat()).contains("repeat others"),
            "{command}"
        );
        assert_eq!(says(&[&all[..], &["--quiet"]].concat()), "", "{command}");
    }
}
