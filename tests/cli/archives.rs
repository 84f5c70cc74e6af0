//! Folders that are packed into one file.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Folder, Ran};

const PAGE: &str =
    "北江日报\n2021年3月5日 第1版\n\n春耕备耕全面展开\n\n　　本报讯 全县春耕备耕工作已经全面展开。\n";
const RECORDS: &str = "{\"text\": \"工会开会。\", \"id\": 1}\n{\"text\": \"再开会。\", \"id\": 2}\n";
const MEMBERS: [(&str, &str); 6] = [
    ("报/2021-03-05/1.txt", PAGE),
    ("报/2021-03-05/1.md", PAGE),
    ("报/记录.jsonl", RECORDS),
    ("报/封面.jpg", "JFIF"),
    ("报/.DS_Store", "x"),
    ("报/2021-03-06/2.txt", PAGE),
];
/// The files that are read of them.
const READ: [&str; 4] = ["报/2021-03-05/1.txt", "报/记录.jsonl", "报/记录.jsonl", "报/2021-03-06/2.txt"];

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        writer.append_data(&mut header, name, *bytes).unwrap();
    }
    writer.into_inner().unwrap()
}

fn bytes(members: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static [u8])> {
    members.iter().map(|(name, text)| (*name, text.as_bytes())).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn files(ran: &Ran) -> Vec<String> {
    ran.cells(["file"]).into_iter().map(|[file]| file).collect()
}

#[test]
fn the_members_of_an_archive_are_read_like_the_files_of_a_folder() {
    let members = bytes(&MEMBERS);
    let tar = tarred(&members);
    for (name, archive) in [
        ("报.zip", zipped(&members)),
        ("报.tar", tar.clone()),
        ("报.tar.gz", gzip(&tar)),
        ("报.tgz", gzip(&tar)),
        ("报.tar.zst", zstd::encode_all(&*tar, 1).unwrap()),
        ("报.tar.bz2", bzip2(&tar)),
        ("报.tar.xz", xz(&tar)),
    ] {
        let folder = Folder::new().with(name, &archive);
        let ran = folder.run(&format!("articles {name}"));
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.err);
        assert_eq!(files(&ran), READ.map(|member| format!("{name}!{member}")), "{name}");
        assert_eq!(
            ran.err,
            "zjgr: 1 file(s) of folders passed over, whose endings name no text (-v names them)\n\
             zjgr: 1 file(s) passed over that are other forms of pages that are read (-v names them, --all-forms reads them)\n"
        );
        assert_eq!(
            ran.cells(["date"]).concat(),
            ["2021-03-05", "", "", "2021-03-05"],
            "{name}: what is printed, and nothing for records"
        );
        let piped = Ran::from(folder.zjgr("articles -").write_stdin(archive).output().unwrap());
        assert_eq!(files(&piped), READ.map(|member| format!("-!{member}")), "{name}");
        let within = folder.run("articles . --threads 3");
        assert_eq!(files(&within), READ.map(|member| format!("./{name}!{member}")), "{name} in a folder");
        assert_eq!(files(&folder.run(&format!("articles {name} --all-forms"))).len(), 5, "{name}");
    }
}

#[test]
fn every_compression_is_known_by_its_content() {
    let text = PAGE.as_bytes();
    for (name, packed) in [("a.txt.bz2", bzip2(text)), ("a.txt.xz", xz(text)), ("a.txt.gz", gzip(text))] {
        let folder = Folder::new().with(name, &packed).with("b.bin", &packed);
        assert_eq!(files(&folder.run("articles .")), [format!("./{name}")]);
        assert_eq!(files(&folder.run("articles b.bin")), ["b.bin"]);
    }
}

#[test]
fn a_member_that_is_broken_is_named_and_the_rest_is_read() {
    let whole =
        zipped(&[("1.txt", PAGE.as_bytes()), ("2.txt", RECORDS.as_bytes()), ("3.txt", PAGE.as_bytes())]);
    let mut broken = whole.clone();
    let at = whole.windows(5).position(|bytes| bytes == b"2.txt").unwrap() + 12;
    broken[at] ^= 0xff;
    let folder = Folder::new().with("a.zip", broken);
    let ran = folder.run("articles a.zip");
    assert_eq!(ran.status, Some(3), "{}", ran.err);
    assert_eq!(files(&ran), ["a.zip!1.txt", "a.zip!3.txt"]);
    assert!(ran.err.contains("zjgr: a.zip!2.txt: cannot decompress: "), "{}", ran.err);
}

#[test]
fn an_archive_that_breaks_off_gives_what_is_there() {
    let tar = tarred(&bytes(&MEMBERS));
    let cut = &tar[..tar.len() - 1450];
    for (name, archive) in [("a.tar", cut.to_vec()), ("a.tar.gz", gzip(cut))] {
        let folder = Folder::new().with(name, archive);
        let ran = folder.run(&format!("articles {name}"));
        assert_eq!(ran.status, Some(3), "{name}: {}", ran.err);
        assert_eq!(files(&ran).len(), 3, "{name}: {}", ran.err);
        assert!(ran.err.contains(&format!("zjgr: {name}!报/2021-03-06/2.txt: ")), "{name}: {}", ran.err);
    }
    let zip = zipped(&bytes(&MEMBERS));
    let ran = Folder::new().with("a.zip", &zip[..zip.len() / 2]).run("articles a.zip");
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("zjgr: a.zip: cannot decompress: "), "{}", ran.err);
}

#[test]
fn archives_stand_in_each_other_only_so_deep() {
    let mut archive = zipped(&[("1.txt", PAGE.as_bytes())]);
    for depth in 2..=4 {
        archive = zipped(&[("in.zip", &archive), ("0.txt", PAGE.as_bytes())]);
        let ran = Folder::new().with("a.zip", &archive).run("articles a.zip");
        assert_eq!(ran.status, Some(if depth > 3 { 3 } else { 0 }), "{depth}: {}", ran.err);
        assert_eq!(files(&ran).len(), depth.min(3));
    }
    let ran = Folder::new()
        .with("a.tar", tarred(&[("b.zip", &zipped(&[("1.txt", PAGE.as_bytes())]))]))
        .run("articles a.tar");
    assert_eq!(files(&ran), ["a.tar!b.zip!1.txt"]);
}

#[test]
fn a_table_that_was_put_right_tells_of_members_by_their_names() {
    let table = |file: &str| format!("file,date\n{file},2001-02-03\n");
    let folder = Folder::new()
        .with("a.zip", zipped(&[("1.txt", PAGE.as_bytes())]))
        .with("right.csv", table("a.zip!1.txt"))
        .with("other.csv", table("b.zip!1.txt"));
    let ran = folder.run("pages a.zip --pages right.csv --columns date");
    assert_eq!(ran.out, "date\n2001-02-03\n", "{}", ran.err);
    let ran = folder.run("pages a.zip --pages other.csv");
    assert_eq!(ran.status, Some(2), "{}", ran.err);
    assert!(ran.err.contains("b.zip!1.txt the first"), "{}", ran.err);
}

#[test]
fn a_member_that_unpacks_to_more_than_a_page_is_named() {
    let blanks = vec![b' '; 257 << 20];
    let ran = Folder::new()
        .with("a.zip", zipped(&[("1.txt", &blanks), ("2.txt", PAGE.as_bytes())]))
        .run("articles a.zip");
    assert_eq!(ran.status, Some(3), "{}", ran.err);
    assert_eq!(files(&ran), ["a.zip!2.txt"]);
    assert!(ran.err.contains("a.zip!1.txt: more than 256 MiB of text"), "{}", ran.err);
}
