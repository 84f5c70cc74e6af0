//! What was counted is kept in files, and adds up.

use super::Folder;

const FIRST: &str = "浙江工人日报\n2021年3月2日 星期二\n职工疗休养\n本报讯 昨天，500名职工领到补助1200元，“浙工惠”好。海边的小城今年新开了八家职工书屋。\n";
const SECOND: &str = "浙江工人日报\n2022年5月6日 星期五\n工会进车间\n本报讯 今天，工会为300名职工发补助99.5元，“浙工惠”真好。海边的小城今年新开了八家职工书屋。\n";

fn folder() -> Folder {
    Folder::new().with("a/1.txt", FIRST).with("b/2.txt", SECOND)
}

fn out(folder: &Folder, line: &str) -> String {
    let ran = folder.zjgr(line).output().unwrap();
    assert!(ran.status.success(), "{line}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn parts_add_up_to_what_one_run_gives() {
    let folder = folder();
    for line in [
        "stats",
        "stats --ngrams 1-2 --by year",
        "stats --by year --wide",
        "terms --min-count 1",
        "terms --by year",
        "reprints --min-chars 12",
        "slogans --by month",
        "slogans --discover --lexicon none",
        "trends --term 职工 --unit 元 --per year",
        "trends --rising --falling --per year --min-articles 1 --max-p 1",
        "stats --lengths --by year",
        "collocates 职工 --min-count 1",
        "keyness --target date=2022 --min-count 1",
        "extract-numbers --sum --class money,count",
    ] {
        let whole = out(&folder, &format!("{line} a b"));
        assert!(whole.lines().count() > 1, "{line}: {whole}");
        assert_eq!(out(&folder, &format!("{line} a --partial a.zjp")), "", "no table is written");
        out(&folder, &format!("{line} b --partial b.zjp"));
        assert_eq!(out(&folder, &format!("merge {line} b.zjp a.zjp")), whole);
        assert_eq!(out(&folder, &format!("{line} a.zjp b")), whole, "last year's, and this month's pages");
        out(&folder, &format!("merge {line} a.zjp b.zjp --partial all.zjp"));
        assert_eq!(out(&folder, &format!("merge {line} all.zjp")), whole, "a part of parts");
    }
}

/// A file of records: so many articles, different ones in each file, in records long enough for a thread a file.
fn records(file: usize) -> String {
    let words = ["职工", "工会", "企业", "疗休养", "补助", "车间", "劳模", "培训", "书屋", "海边"];
    let names = ["王建国", "李秀英", "浙江省总工会", "杭州市"];
    let word = |at: usize| words[at % words.len()];
    let record = |at: usize| {
        let (seed, year, month) = (file * 7 + at * 3, 2019 + (file + at) % 4, 1 + at % 12);
        let text = format!(
            "{0}和{1}在{2}。“浙工{3}”好，打造“双百{0}”。{4}说，{5}到{6}，{0}{0}的{7}领到{at}.5{file}元，{8}。",
            word(seed),
            word(seed / 2),
            word(seed / 3),
            ["惠", "赛", "益"][seed % 3],
            names[seed % 4],
            names[(seed + 1) % 4],
            names[(seed + 3) % 4],
            word(seed / 5),
            "这座海边的小城今年新开了八家职工书屋，每家都有三千册书可以借",
        );
        let filling = "-".repeat(6_000);
        format!(
            "{{\"id\":\"{file}-{at}\",\"date\":\"{year}-{month:02}-03\",\"text\":\"{text}\",\"filling\":\"{filling}\"}}\n"
        )
    };
    (0..12).map(record).collect()
}

#[test]
fn what_is_kept_has_the_same_bytes_on_any_threads_and_in_any_order() {
    let names: Vec<String> = (0..6).map(|file| format!("{file}.jsonl")).collect();
    let folder = Folder::new().with("words.txt", "职工\n工会\n");
    let folder = names.iter().zip(0..).fold(folder, |folder, (name, file)| folder.with(name, records(file)));
    let backwards: Vec<&str> = names.iter().rev().map(String::as_str).collect();
    let (forwards, backwards) = (names.join(" "), backwards.join(" "));
    let kept = |line: &str, name: &str| {
        out(&folder, &format!("{line} --partial {name}"));
        std::fs::read(folder.path().join(name)).unwrap()
    };
    for line in [
        "stats",
        "stats --ngrams 1-3 --by month",
        "stats --lengths --by year",
        "stats --terms words.txt --substring",
        "terms --by article",
        "slogans --by month --lexicon words.txt",
        "slogans --discover --lexicon none",
        "names --count --by year",
        "names --pairs sentence",
        "collocates 职工",
        "keyness --target date=2021",
        "trends --term 职工 --unit 元 --by year",
        "trends --rising --per year",
        "reprints --min-chars 12",
        "extract-numbers --sum",
    ] {
        let once = kept(&format!("{line} --threads 1 {forwards}"), "once.zjp");
        assert!(
            kept(&format!("{line} --threads 3 {backwards}"), "threads.zjp") == once,
            "{line}: on threads"
        );
        kept(&format!("{line} 4.jsonl 1.jsonl"), "a.zjp");
        kept(&format!("{line} 0.jsonl 5.jsonl 3.jsonl"), "b.zjp");
        assert!(kept(&format!("{line} b.zjp 2.jsonl a.zjp"), "merged.zjp") == once, "{line}: merged");
    }
}

#[test]
fn what_cannot_be_kept_is_wrong_usage() {
    for line in ["slogans a --mentions", "names a", "extract-numbers a"] {
        let ran = folder().zjgr(&format!("{line} --partial a.zjp")).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{line}");
    }
}

#[test]
fn parts_that_were_counted_otherwise_do_not_add_up() {
    let folder = folder();
    out(&folder, "stats a --partial a.zjp");
    for (line, error) in [
        ("stats a.zjp --by year", "counted with other options"),
        ("slogans a.zjp", "a partial of `stats`"),
        ("stats a/1.txt missing.zjp", "missing.zjp"),
    ] {
        let ran = folder.zjgr(line).output().unwrap();
        assert_eq!(ran.status.code(), Some(1), "{line}");
        let told = String::from_utf8(ran.stderr).unwrap();
        assert!(told.contains(error) && told.contains(".zjp"), "{line}: {told}");
    }
}

#[test]
fn a_part_counts_once_by_whatever_names() {
    let folder = folder();
    out(&folder, "stats a --partial a.zjp");
    std::os::unix::fs::symlink("a.zjp", folder.path().join("link.zjp")).unwrap();
    let once = out(&folder, "merge stats a.zjp");
    let ran = folder.run("merge stats a.zjp ./a.zjp link.zjp");
    assert_eq!(ran.err, "zjgr: 2 file(s) passed over that are read under another name\n");
    assert_eq!(ran.out, once);
}

#[test]
fn a_list_of_files_may_name_parts_and_stand_beside_them() {
    let folder = folder().with("list.txt", "b/2.txt\n").with("parts.txt", "a.zjp\nb.zjp\n");
    out(&folder, "stats a --partial a.zjp");
    out(&folder, "stats b --partial b.zjp");
    let whole = out(&folder, "stats a b");
    assert_eq!(out(&folder, "stats a.zjp --files-from list.txt"), whole);
    assert_eq!(out(&folder, "merge stats --files-from parts.txt"), whole);
}
