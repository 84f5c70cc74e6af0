//! The commands as a user types them: one file for each, as in `src/bin/zjgr/cmd/`.

mod concordance;
mod trends;

use assert_cmd::Command;

/// A folder with files in it, gone when it is dropped.
struct Corpus(tempfile::TempDir);

impl Corpus {
    /// `files` are names and texts.
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        Self(folder)
    }

    /// What `zjgr` prints, run in this folder.
    fn zjgr(&self, args: &[&str]) -> String {
        let output = self.command(args).output().expect("a run");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "zjgr {args:?}: {errors}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// The exit status, and what stands on standard error.
    fn fails(&self, args: &[&str]) -> (i32, String) {
        let output = self.command(args).output().expect("a run");
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("zjgr").expect("the program");
        command.current_dir(self.0.path()).args(args);
        command
    }
}
