//! `zjgr completions`

use super::Folder;
use super::output::shell;

#[test]
fn every_shell_completes_commands_and_flags() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&format!("completions {shell}")).out;
        assert!(script.contains("extract-numbers") && script.contains("user-dict"), "{shell}");
    }
    assert_eq!(shell(&folder, "zjgr completions bash | bash -n").status, Some(0));
    let closed = shell(&folder, "zjgr completions bash | head -1");
    assert_eq!((closed.status, closed.err.as_str()), (Some(0), ""), "a pipe that is closed");
}
