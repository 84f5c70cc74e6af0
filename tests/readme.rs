//! The examples of the READMEs, run: every block marked `console` shows what the program really prints.
//!
//! After a change that is meant, `TRYCMD=overwrite cargo test --test readme` writes them anew.

#[test]
fn what_the_readmes_show_is_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md").case("README.zh-CN.md");
}
