//! What a newcomer meets: help in two languages, and examples that run.

use super::output::shell;
use super::{Folder, PAGE};

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
    let chinese = folder.run("--help --lang zh").out;
    assert!(chinese.contains("用法：zjgr [选项] <命令>\n") && chinese.contains("显示版本"), "{chinese}");
    let wrong = folder.run("stat --lang zh").err;
    assert!(wrong.contains("用法：zjgr [选项] <命令>\n"), "{wrong}");
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
