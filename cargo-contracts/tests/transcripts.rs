//! What the command says, word for word: transcripts in `tests/cmd/`. `TRYCMD=overwrite` accepts what it says now.

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .env("CARGO_TERM_COLOR", "never")
        .env("CI", "true")
        .env("GITHUB_STEP_SUMMARY", "")
        .env("COLUMNS", "100")
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml");
}
