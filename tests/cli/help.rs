//! What a newcomer meets: help in two languages, examples that run, completions, a manual, pages to try.

use super::output::shell;
use super::{Folder, PAGE, Ran};

/// A folder in which every example of the help can be run.
fn folder() -> Folder {
    let dated = |year: u32| format!("东海日报\n{year}年3月8日 星期五\n{PAGE}{PAGE}\n补助职工5000元。\n");
    let folder = Folder::new()
        .with("mine.txt", "工会\n职工\n")
        .with("names.txt", "技能大赛\n")
        .with("mine.toml", "")
        .with("other/2020.txt", dated(2020))
        .with("list.txt", "工会\n");
    let labelled =
        format!("【共同富裕】\n村里办起合作社\n本报讯 记者王小川报道 {}\n", "村民分红，村民高兴。".repeat(5));
    let folder = folder.with("pages/2022/labelled.txt", labelled);
    let folder = [2020, 2021, 2022, 2023].into_iter().fold(folder, |folder, year| {
        folder.with(&format!("pages/{year}/a.txt"), dated(year)).with(&format!("{year}/a.txt"), dated(year))
    });
    assert_eq!(folder.run("sample pages/more").status, Some(0));
    folder
}

/// The commands that the help names.
fn commands(help: &str) -> Vec<String> {
    let lines = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  "));
    lines
        .map(|(name, _)| name.trim().to_owned())
        .filter(|name| !name.is_empty() && !name.contains('-') || name == "extract-numbers")
        .collect()
}

/// The examples at the end of a help.
fn examples(help: &str) -> Vec<String> {
    let lines = help.lines().filter_map(|line| line.strip_prefix("  zjgr "));
    lines.map(|line| format!("zjgr {}", line.split("  ").next().unwrap_or_default())).collect()
}

#[test]
fn every_command_has_examples_and_they_run() {
    let folder = folder();
    let commands = commands(&folder.run("--help").out);
    assert!(commands.len() >= 15, "{commands:?}");
    let mut failed = String::new();
    for command in commands {
        let examples = examples(&folder.run(&format!("{command} --help")).out);
        if examples.len() < 2 {
            failed += &format!("{command}: {examples:?}\n");
        }
        for example in examples {
            let ran = shell(&folder, &example);
            if ran.status != Some(0) {
                failed += &format!("{example}: {}", ran.err);
            }
        }
    }
    assert_eq!(failed, "");
}

#[test]
fn the_help_is_in_groups_with_a_commands_own_flags_first() {
    let folder = Folder::new();
    let help = folder.run("--help").out;
    let at = |text: &str, part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
    assert!(
        at(&help, "\nRead:\n") < at(&help, "  layout ") && at(&help, "  articles ") < at(&help, "\nCount:\n")
    );
    let help = folder.run("stats --help").out;
    assert!(
        at(&help, "--ngrams") < at(&help, "--input-format")
            && at(&help, "--describe") < at(&help, "--threads")
    );
    let chinese = folder.run("stats --help --lang zh").out;
    assert!(
        chinese.contains("用法：") && chinese.contains("[默认：") && !chinese.contains("default"),
        "{chinese}"
    );
    assert_eq!(examples(&chinese), examples(&help));
}

#[test]
fn values_may_be_chinese() {
    let folder = folder();
    for (chinese, latin) in [
        ("extract-numbers pages --class 金额,百分比", "extract-numbers pages --class money,percent"),
        ("extract-numbers pages --class 全部", "extract-numbers pages --class all"),
        ("extract-numbers pages --unit 万元", "extract-numbers pages --unit 元"),
        ("stats pages --pos 名词,动词", "stats pages --pos n,v"),
    ] {
        assert_eq!(folder.run(chinese).out, folder.run(latin).out, "{chinese}");
    }
    assert!(folder.run("extract-numbers pages --class 金银").err.contains("the classes are money"));
}

#[test]
fn shells_complete_and_man_has_its_pages() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&format!("completions {shell}")).out;
        assert!(script.contains("extract-numbers") && script.contains("user-dict"), "{shell}");
    }
    assert_eq!(shell(&folder, "zjgr completions bash | bash -n").status, Some(0));
    assert_eq!(folder.run("man manual").status, Some(0));
    assert!(folder.read("manual/zjgr-stats.1").contains("ngrams"));
    assert!(folder.read("manual/zjgr.1").starts_with(".ie"));
}

#[test]
fn there_are_pages_to_try_and_nothing_is_written_over() {
    let folder = Folder::new();
    let write = || folder.run("sample pages");
    assert_eq!(write(), Ran { status: Some(0), out: String::new(), err: String::new() });
    assert_eq!(folder.run("pages pages").cells(["articles"]).len(), 10);
    assert_eq!(write().status, Some(0), "the same pages may stand there");
    let folder = Folder::new().with("pages/zheling-2023-10-18-p2.md", PAGE);
    assert_eq!(folder.run("sample pages").status, Some(1));
    assert_eq!(folder.read("pages/zheling-2023-10-18-p2.md"), PAGE);
}
