//! Where `build.rs` finds the dictionary: it is run by itself, in folders as cargo lays them out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Folder;

/// The folders of `build.rs` at the build that made this test: what it wrote, and beside it what it said.
fn built() -> &'static Path {
    Path::new(env!("OUT_DIR")).parent().unwrap()
}

/// `build.rs` as it was built last.
fn script() -> PathBuf {
    let folders = fs::read_dir(built().parent().unwrap()).unwrap().flatten().map(|entry| entry.path());
    let scripts = folders.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("zjgr-"));
    let scripts = scripts.map(|path| path.join("build-script-build")).filter(|path| path.is_file());
    scripts.max_by_key(|path| path.metadata().unwrap().modified().unwrap()).unwrap()
}

/// The folder of the dictionary that this program was built with.
fn data() -> PathBuf {
    let said = fs::read_to_string(built().join("output")).unwrap();
    let read = said.lines().filter_map(|line| line.strip_prefix("cargo::rerun-if-changed="));
    Path::new(read.into_iter().find(|path| path.ends_with("dict.txt")).unwrap()).parent().unwrap().into()
}

/// Runs `build.rs` of the crate `ws/member`; true where it ends well, and what it says where not.
fn run(folder: &Folder, home: &str) -> (bool, String) {
    let at = |name: &str| folder.path().join(name);
    let out = at("ws/target/out");
    fs::create_dir_all(&out).unwrap();
    fs::create_dir_all(at("ws/member")).unwrap();
    let mut command = Command::new(script());
    command.env_clear().current_dir(at("ws/member")).env("CARGO_MANIFEST_DIR", at("ws/member"));
    let ran = command.env("OUT_DIR", out).env("HOME", at(home)).env("CARGO_HOME", at(home)).output().unwrap();
    (ran.status.success(), String::from_utf8(ran.stderr).unwrap())
}

/// A folder with the sources of jieba-rs at `place`, as far as they are read.
fn with_sources(place: &str) -> Folder {
    let folder = Folder::new().with("none/file", "").with("home/file", "");
    let folder = READ.into_iter().fold(folder, |folder, name| {
        let weights = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        folder.with(&format!("ws/member/{name}"), weights)
    });
    ["dict.txt", "posseg.txt"].into_iter().fold(folder, |folder, name| {
        folder.with(&format!("{place}/src/data/{name}"), fs::read(data().join(name)).unwrap())
    })
}

/// What `build.rs` reads beside the dictionary.
const READ: [&str; 6] = [
    "data/page/patterns.toml",
    "data/page.toml",
    "data/page/weights.tsv",
    "data/page/boxes.tsv",
    "data/page/bylines.tsv",
    "data/names/weights.tsv",
];

#[test]
fn the_dictionary_is_found_wherever_cargo_keeps_sources() {
    // Each run takes seconds, since all of the dictionary is read and written; the registry was found for this build.
    assert!(run(&with_sources("ws/vendor/jieba-rs"), "none").0, "in the workspace");
    let source = "[source.crates-io]\nreplace-with = \"v\"\n[source.v]\ndirectory = \"../third\"\n";
    let folder = with_sources("third/jieba-rs-0.11.0").with("ws/.cargo/config.toml", source);
    assert!(run(&folder, "none").0, "where a configuration above says");
    fs::remove_file(folder.path().join("ws/.cargo/config.toml")).unwrap();
    let (is_found, said) = run(&folder, "none");
    assert!(!is_found && said.contains("ZJGR_JIEBA_DICTIONARY"), "{said}");
}

#[test]
fn another_dictionary_is_none() {
    let place = "home/registry/src/index/jieba-rs-0.11.0";
    let folder = with_sources(place);
    let dictionary = fs::read_to_string(data().join("dict.txt")).unwrap() + "x";
    let folder = folder.with(&format!("{place}/src/data/dict.txt"), dictionary);
    let (is_found, said) = run(&folder, "home");
    assert!(!is_found && said.contains("found no sources"), "{said}");
}
