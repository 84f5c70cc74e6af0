//! `zjgr sample`

use super::{Folder, PAGE, Ran};

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
