//! Patterns against the engine of the `jsonschema` crate, which backtracks and therefore looks around as ECMA does.

use std::time::{Duration, Instant};

use super::{compile, is_within, translate};

/// Look-around as schemas have it, and in odd places.
const PATTERNS: &[&str] = &[
    // Passwords.
    r"^(?=.*[A-Z])(?=.*\d).{8,}$",
    r"^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])(?=.*[@#$%]).{4,}$",
    r"^(?=.*\d)(?!.*\s).{4,12}$",
    r"^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[@#$%^&*!]).{8,20}$",
    r"^(?:(?=.*[a-z])(?=.*[0-9])[a-z0-9]{3,})$",
    r"^(?!.*(.)x)[a-z]+$",
    // Names.
    r"^(?!x-)",
    r"^(?!x-).*$",
    r"^(?!\.)(?!_)[a-z0-9._-]+$",
    r"^(?:(?:@(?:[a-z0-9-*~][a-z0-9-*._~]*)?/[a-z0-9-._~])|[a-z0-9-~])[a-z0-9-._~]*$",
    r"^(?![.0-9]).+$",
    r"^(?!.*\.\.)[a-z.]+$",
    r"^(?!.*--)(?!-)[a-z-]{1,20}(?<!-)$",
    r"^(?!(?:con|nul|aux)$)[a-z]+$",
    r"^(?!release/)[a-z/]+$",
    r"^((?!-)[a-z0-9-]{1,4}(?<!-)\.)+[a-z]{2,}$",
    r"^(?=.{1,12}$)[a-z]+(\.[a-z]+)*$",
    r"^(?!\s*$).+",
    r"^(?!\s)(?!.*\s$)[\s\S]*$",
    r"^(?!$)a*$",
    r"^(?!.{4})a*$",
    // Numbers.
    r"^(?!0+$)\d{1,5}$",
    r"^(?!0\d)\d+(?:\.\d+)?$",
    r"^(?!0{3})[0-9]{3}-(?!00)[0-9]{2}$",
    r"^(?!666|000|9)\d{3}-(?!00)\d$",
    r"(?<!\d)\d{2}(?!\d)",
    r"^\d(?=\d*a)[\da]{2,}$",
    // Alternatives.
    r"^(?!a)b|c",
    r"^(?!a)b|^(?!c)d|(?=e)..$",
    r"^(?:(?!a)[abc]b|c)$",
    r"^(?:(?=a)|b)a?$",
    r"^(a|(?!b)[bc])+$",
    r"(?=a)b|(?!a)c",
    // At the end, in the middle, repeated.
    r"a(?!b)",
    r"a(?!b)$",
    r"a(?=b)",
    r"a(?=b)c",
    r"^a(?=.*c)b*c$",
    r"^(?:(?!ab).)*$",
    r"^(?:(?!aba)[ab])*(?=ba$)",
    r"^(?:a(?=b)|b(?!a))*$",
    r"^(?:(?=a).){3}$",
    r"^(?:(?=(?:..)*$).)+",
    // In each other.
    r"^(?!(?!a).)",
    r"^(?=a(?!b)).*c$",
    r"^(?!a(?=b(?!c))).*$",
    r"^(?!.*(?<=a)b).*$",
    r"(?<!(?<=a)b)c",
    // Behind.
    r"(?<!\.min)\.js$",
    r"(?<=€)\d+",
    r"^.*(?<!a)$",
    r"(?<=^a)b",
    r"(?<![^a])b$",
    // With words and ends.
    r"^(?!.*\bno\b).*$",
    r"(?=\b)a",
    r"^(?=\w+\b-)[\w-]+$",
    r"(?!^)a",
    r"a(?=$)",
    r"(?!$)",
    r"^(?!)",
    r"^(?=)a",
    r"^(?!.)",
    r"^[+--]+$",
    r"^[--/a-c-e]+$",
    r"^[\w.-]+@([\w-]+\.)+[\w-]{2,4}$",
    r"^[(?=a)]+$",
    r"^\(?=a$",
    r"^[\](?!]+(?!\])$",
];

/// Numbers that are random enough, and the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound as u64).unwrap()
    }
}

#[test]
fn look_around_agrees_with_an_engine_that_backtracks() {
    let (mut random, mut matched, mut missed) = (Random(7), 0, 0);
    for source in PATTERNS {
        let oracle = jsonschema::validator_for(&serde_json::json!({ "pattern": source })).unwrap();
        let table = compile(&translate(source).unwrap()).unwrap_or_else(|reason| panic!("{source}: {reason}"));
        // Letters of the pattern itself are what it tells apart.
        let mut letters: Vec<char> = source.chars().filter(|letter| !"^$()[]{}?*+\\|".contains(*letter)).collect();
        letters.extend(['a', 'b', 'c', 'x', 'A', '0', '1', '@', ' ', '-', '\n', 'é', '€', '😀']);
        // Words are of ASCII in ECMA, but not in the oracle.
        letters.retain(|letter| letter.is_ascii() || !source.contains(r"\b"));
        for _ in 0..2_000 {
            let some = 1 + random.below(letters.len());
            let text: String = (0..random.below(12)).map(|_| letters[random.below(some)]).collect();
            let expected = oracle.is_valid(&serde_json::json!(text));
            assert_eq!(table.is_match(&text), expected, "{source} on {text:?}");
            if expected { matched += 1 } else { missed += 1 }
        }
    }
    assert!(matched > 20_000 && missed > 20_000, "{matched} texts match, {missed} do not");
}

#[test]
fn what_is_too_large_is_refused_soon() {
    for source in [
        r"^(?=(?:a|b)*a(?:a|b){20}$).*$",
        r"^(?=.{1,253}$)(?=.{1,254}$)(?:(?!-)[a-z-]{1,63}(?<!-)\.)+$",
        r"^(?=.*[A-Z])(?=.*[a-z])(?=.*\d).{8,50}$",
        r"^(?:(?=.{0,30}a)(?=.{0,31}b)(?!.{0,32}c).)*$",
        r"^(?!(?:(?:(?:a{99}){99}){99}){99})b",
        r"(?:(?:(?:a{999}){999}){999}){999}",
        r"(?<=a.{20})(?<=b.{21})c",
        &format!("^{}", "(?!a)".repeat(40)),
        &format!("^(?!a){}", "(?:a|(?!b)".repeat(200)),
        &"(?=.*a.{9})".repeat(30),
    ] {
        let begun = Instant::now();
        let table = translate(source).and_then(|pattern| compile(&pattern));
        let taken = begun.elapsed();
        // A second, and more on a machine that does other things.
        assert!(taken < Duration::from_secs(5), "{source} took {taken:?}");
        assert!(table.is_err(), "{source} is small after all");
    }
}

#[test]
fn inclusion() {
    let decimal = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$";
    assert!(is_within(r"^(0|[1-9][0-9]{0,15})\.[0-9]{2}$", decimal));
    assert!(is_within(r"^(?!0[0-9])[0-9]+$", decimal), "no leading zeros");
    assert!(!is_within(r"^[0-9]+\.[0-9]{2}$", decimal), "leading zeros");
    assert!(!is_within(r"[0-9]", decimal), "not anchored");
    assert!(!is_within(r"^([0-9]|x)$", decimal));
    assert!(is_within("^[a-z]+$", "^(?!-)"));
    assert!(!is_within("^[a-z-]+$", "^(?!-)"));
}

#[test]
fn translations() {
    let table: &[(&str, Result<&str, ()>)] = &[
        (r"^[A-Z]{3}$", Ok(r"^[A-Z]{3}$")),
        (r"^\d+$", Ok(r"^[0-9]+$")),
        (r"^[\d_]+$", Ok(r"^[0-9_]+$")),
        (r"a\/b", Ok(r"a/b")),
        (r"a.b", Ok(r"a[^\n\r\x{2028}\x{2029}]b")),
        (r"[[&]", Ok(r"[\[\&]")),
        (r"[\w-.]", Ok(r"[0-9A-Za-z_\-.]")),
        (r"[a-\d]", Ok(r"[a\-0-9]")),
        (r"[+--]", Ok(r"[+-\-]")),
        (r"[--/a-c-e]", Ok(r"[\--/a-c\-e]")),
        (r"[-a-]", Ok(r"[\-a\-]")),
        (r"[\[-\]-]", Ok(r"[\[-\]\-]")),
        (r"\u00e9", Ok(r"\x{e9}")),
        (r"\ud83d\ude00", Ok(r"\x{1f600}")),
        (r"(?=x)", Ok(r"(?=x)")),
        (r"(?<!.)y", Ok(r"(?<![^\n\r\x{2028}\x{2029}])y")),
        (r"(?<year>\d)", Ok(r"(?<year>[0-9])")),
        (r"(?i:x)", Err(())),
        (r"(a)\1", Err(())),
    ];
    for (source, expected) in table {
        assert_eq!(
            translate(source).map_err(|_| ()).as_deref(),
            expected.as_ref().map(|text| *text).map_err(|()| &()),
            "{source}"
        );
    }
}
