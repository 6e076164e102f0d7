//! Payloads, one by one: which event each is judged as, and what is found.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use event_contracts_codegen::Loaded;
use event_contracts_codegen::validate::{Choice, Judge, Verdict};

const GOOD: &str = r#"{ "id": "0b6d1c3e-9c1e-4f43-8f3c-5a1d2e7b9a10", "type": "order.placed", "version": "1.0", "time": "2026-03-01T09:30:00Z", "data": { "order_id": "ord_4711", "sku": "COFFEE-1", "quantity": 2 } }"#;

/// A system whose event has two major versions; the second has more pieces in an order.
fn two_majors() -> Loaded {
    // A folder per call: tests run side by side.
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("two-majors-{call}"));
    let _ = fs::remove_dir_all(&root);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/diagnostics/base/schemas"), &root);
    let edit = |path: PathBuf, target: PathBuf, edits: &[(&str, &str)]| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(target, edits.iter().fold(text, |text, (from, to)| text.replace(from, to))).unwrap();
    };
    let shop = root.join("shop");
    edit(shop.join("envelope.schema.json"), shop.join("envelope.schema.json"), &[("^1", "^[12]")]);
    let orders = shop.join("orders");
    let second = [("\"version\": \"1.0\"", "\"version\": \"2.0\""), ("10000", "20000")];
    edit(orders.join("order.placed.v1.schema.json"), orders.join("order.placed.v2.schema.json"), &second);
    event_contracts_codegen::load(&root).unwrap_or_else(|found| {
        panic!("{}", found.sorted().iter().map(|finding| finding.frame(false)).collect::<Vec<_>>().join("\n"))
    })
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::write(target, fs::read(&path).unwrap()).unwrap() }
    }
}

/// `line:column event: rules with their places`, one line per payload.
fn said(verdicts: &[Verdict]) -> String {
    let one = |verdict: &Verdict| {
        let (line, column) = verdict.at.line_column();
        let event = verdict.event.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let findings = verdict.findings.iter().map(|finding| {
            let at =
                finding.at.as_ref().map_or_else(String::new, |at| format!("{}@{}", at.pointer, at.line_column().1));
            format!(" {}{at}", finding.rule.id)
        });
        format!("{line}:{column} {event}:{}", findings.collect::<String>())
    };
    verdicts.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn payloads_find_their_events() {
    let loaded = two_majors();
    let judge = Judge::new(&loaded);
    let with = |from: &str, to: &str| GOOD.replace(from, to);
    let (good, many) = (GOOD, with("\"quantity\": 2", "\"quantity\": 15000"));
    let second = many.replace("\"1.0\"", "\"2.3\"");
    let mut wrong = Vec::new();
    for (text, expected) in [
        (good.to_owned(), "1:1 shop/order.placed v1.0:"),
        (format!("\r\n  {good}\n"), "2:3 shop/order.placed v1.0:"),
        (many.clone(), "1:1 shop/order.placed v1.0: EV700/data/quantity@188"),
        (second.clone(), "1:1 shop/order.placed v2.0:"),
        (with("\"1.0\"", "\"3.0\""), "1:1 shop/order.placed v2.0: EV702/version@84"),
        // A version of another form is for the schema of the newest to refuse.
        (with("\"1.0\"", "\"1\""), "1:1 shop/order.placed v2.0: EV700/version@84"),
        (with("\"1.0\"", "1"), "1:1 shop/order.placed v2.0: EV700/version@84"),
        (format!("[{good}, {second}]"), "1:2 shop/order.placed v1.0:\n1:196 shop/order.placed v2.0:"),
        ("[]".to_owned(), ""),
        (
            format!("{good}\r\n\r\n{many}\r\n"),
            "1:1 shop/order.placed v1.0:\n3:1 shop/order.placed v1.0: EV700/data/quantity@188",
        ),
        (
            format!("{good}\nnonsense\n{good}"),
            "1:1 shop/order.placed v1.0:\n2:1 -: EV600@1\n3:1 shop/order.placed v1.0:",
        ),
        (format!("{good} {good}"), "1:194 -: EV600@194"),
        (with("\"id\"", "\"time\""), "1:93 -: EV601/time@93"),
        (with("\"quantity\": 2", "\"quantity\": 1e999"), "1:1 -: EV705/data/quantity@188"),
        (with("order.placed", "order.place"), "1:1 -: EV701/type@57"),
        (with("\"type\"", "\"kind\""), "1:1 -: EV703@1"),
        (String::new(), "1:1 -: EV600@1"),
        ("null".to_owned(), "1:1 -: EV703@1"),
    ] {
        let said = said(&judge.judge("t.json", text.clone().into_bytes(), None));
        if said != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  said     {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_says_what_lines_are_and_bytes_must_be_text() {
    let loaded = two_majors();
    let judge = Judge::new(&loaded);
    assert_eq!(said(&judge.judge("t.jsonl", b"{}\n[1]\n".to_vec(), None)), "1:1 -: EV703@1\n2:1 -: EV703@1");
    assert_eq!(said(&judge.judge("t.ndjson", Vec::new(), None)), "");
    assert_eq!(said(&judge.judge("t.json", vec![b'"', 0xff, b'"'], None)), "1:1 -: EV600@1");
}

#[test]
fn an_event_of_choice() {
    let loaded = two_majors();
    let judge = Judge::new(&loaded);
    for name in ["order.placed", "shop/order.placed"] {
        let choice = Choice::find(&loaded.contract, name).unwrap();
        assert_eq!(said(&judge.judge("t.json", GOOD.into(), Some(&choice))), "1:1 shop/order.placed v1.0:");
        let other = GOOD.replace("order.placed", "order.paid");
        assert_eq!(
            said(&judge.judge("t.json", other.into(), Some(&choice))),
            "1:1 shop/order.placed v1.0: EV700/type@57"
        );
    }
    let finding = Choice::find(&loaded.contract, "shop/order.plcaed").unwrap_err();
    assert_eq!((finding.rule.id, finding.help.join(" ").as_str()), ("EV701", "did you mean `shop/order.placed`?"));
}

#[test]
fn values_of_a_payload_stay_out_of_messages() {
    let loaded = two_majors();
    let judge = Judge::new(&loaded);
    for (from, to) in [
        ("ord_4711", "Zsecret"),
        ("COFFEE-1", "Zsecret"),
        ("2026-03-01T09:30:00Z", "Zsecret"),
        ("\"1.0\"", "\"Zsecret\""),
        ("order.placed", "Zsecret"),
        ("0b6d1c3e-9c1e-4f43-8f3c-5a1d2e7b9a10", "Zsecret"),
        ("{ \"order_id\"", "\"Zsecret\", \"d\": { \"order_id\""),
    ] {
        let verdicts = judge.judge("t.json", GOOD.replace(from, to).into(), None);
        let findings: Vec<_> = verdicts.iter().flat_map(|verdict| &verdict.findings).collect();
        assert!(!findings.is_empty(), "{from}");
        for finding in findings {
            let told = format!(
                "{} {} {:?} {:?} {:?}",
                finding.message, finding.label, finding.related, finding.notes, finding.help
            );
            assert!(!told.contains("Zsecret"), "{from}: {}", finding.message);
        }
    }
}
