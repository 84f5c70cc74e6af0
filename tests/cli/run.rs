//! What holds for every run: the same bytes on any number of threads, and an end, whatever the input.

use proptest::prelude::*;

use super::{Folder, PAGE, Ran};

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
            prop_assert_eq!((status, err.as_str()), (Some(0), ""));
        }
    }
}
