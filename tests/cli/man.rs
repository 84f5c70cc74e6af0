//! `zjgr man`

use super::Folder;

#[test]
fn every_command_has_its_page() {
    let folder = Folder::new();
    assert_eq!(folder.run("man manual").status, Some(0));
    assert!(folder.read("manual/zjgr-stats.1").contains("ngrams"));
    assert!(folder.read("manual/zjgr.1").starts_with(".ie"));
}
