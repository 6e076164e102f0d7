//! Unions: by a tag, or the first variant that reads.

use event_contracts::json::{Reader, Writer};
use event_contracts::rules::{Kinds, Rules};
use event_contracts::schema::{Also, Schema};
use event_contracts::{Constant, Data, Integer, Refusal, UnknownMembers};

#[derive(Debug, Clone, PartialEq, Data)]
#[data(tag = "kind")]
enum Payment {
    #[data(tag = "card")]
    Card(Card),
    #[data(tag = "sepa")]
    Sepa(Box<Sepa>),
}

#[derive(Debug, Clone, PartialEq, Data)]
struct Card {
    #[data(constant = "card")]
    kind: Constant,
    #[data(min_length = 4)]
    number: String,
    #[data(unknown)]
    unknown: UnknownMembers,
}

#[derive(Debug, Clone, PartialEq, Data)]
#[data(closed)]
struct Sepa {
    #[data(constant = "sepa")]
    kind: Constant,
    iban: String,
    /// Another one that stood in for this one.
    instead_of: Option<Payment>,
}

#[derive(Debug, Clone, PartialEq, Data)]
enum Amount {
    Integer(Integer),
    Code(Code),
    Card(Card),
}

#[derive(Debug, Clone, PartialEq, Eq, Data)]
#[data(max_length = 3)]
struct Code(String);

/// `oneOf`: what both variants would read is refused.
static ONE: Schema = Schema { also: &[Also::One(&[&SHORT, &LONG])], ..Schema::ANY };
static SHORT: Schema =
    Schema { rules: Rules { kinds: Some(Kinds::STRING), max_length: Some(3), ..Rules::NONE }, ..Schema::ANY };
static LONG: Schema =
    Schema { rules: Rules { kinds: Some(Kinds::STRING), min_length: Some(2), ..Rules::NONE }, ..Schema::ANY };

#[derive(Debug, Clone, PartialEq, Data)]
#[data(schema = ONE)]
enum Either {
    Short(Code),
    Long(String),
}

fn read<T: event_contracts::Data>(json: &str) -> Result<T, Refusal> {
    let mut reader = Reader::new(json);
    let value = T::read(&mut reader, &Rules::NONE).and_then(|value| reader.end().map(|()| value));
    value.map_err(|refusal| refusal.locate(json))
}

fn write<T: event_contracts::Data>(value: &T) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer, &Rules::NONE);
    writer.into_string()
}

#[test]
fn a_tag_may_stand_anywhere() {
    let inner = r#"{"kind":"card","number":"4242","more":[1]}"#;
    for json in [
        format!(r#"{{"kind":"sepa","iban":"AT61","instead_of":{inner}}}"#),
        format!(r#" {{"instead_of": {inner} , "iban":"AT61", "k\u0069nd" : "sep\u0061"}}"#),
    ] {
        let Payment::Sepa(sepa) = read::<Payment>(&json).unwrap() else { panic!("it is a transfer") };
        assert!(matches!(&sepa.instead_of, Some(Payment::Card(card)) if card.number == "4242"));
        assert_eq!(write(&*sepa), format!(r#"{{"kind":"sepa","iban":"AT61","instead_of":{inner}}}"#));
    }
}

#[test]
fn a_wrong_tag_is_refused_without_its_text() {
    for (json, pointer, keyword, expectation) in [
        (r#"{"number":"4242"}"#, "", "required", "a member `kind`"),
        (r#"{"number":"4242","kind":"cash"}"#, "/kind", "const", "one of `card`, `sepa`"),
        (r#"{"kind":1}"#, "/kind", "type", "a string"),
        (r#"["card"]"#, "", "type", "an object"),
        (r#"{"kind":"card"}"#, "", "required", "a member `number`"),
        (r#"{"kind":"card","number":"1"}"#, "/number", "minLength", "at least 4 characters"),
        (r#"{"kind":"card","kind":"card","number":"4242"}"#, "/kind", "duplicate", "each member once"),
        (r#"{"number":tru,"kind":"card"}"#, "/number", "syntax", "a JSON value"),
        (r#"{"kind":"sepa","iban":"AT61","instead_of":{"kind":"sepa"}}"#, "/instead_of", "required", "a member `iban`"),
    ] {
        let refusal = read::<Payment>(json).expect_err(json);
        assert_eq!((refusal.pointer(), refusal.keyword()), (pointer, keyword), "{json}: {refusal}");
        assert!(refusal.expectation().contains(expectation) || keyword == "syntax", "{json}: {refusal}");
    }
}

#[test]
fn variants_are_tried_in_order() {
    assert_eq!(read::<Amount>("1.0").map(|amount| write(&amount)).unwrap(), "1.0");
    assert!(matches!(read::<Amount>("\"EUR\"").unwrap(), Amount::Code(code) if code == "EUR"));
    assert!(matches!(read::<Amount>(r#"{"kind":"card","number":"4242"}"#).unwrap(), Amount::Card(_)));
    assert_eq!(read::<Vec<Amount>>("[1,\"a\",2]").unwrap().len(), 3, "the reader goes on behind each");
}

#[test]
fn the_variant_that_got_furthest_says_why() {
    for (json, pointer, keyword, expectation) in [
        (r#"{"kind":"card","number":"1"}"#, "/number", "minLength", "at least 4 characters"),
        ("true", "", "type", "a number, or a string, or an object"),
        ("\"EURO\"", "", "anyOf", "a number, or at most 3 characters, or an object"),
        (r#"{"kind":"card","number":"4242","x":1,"x":2}"#, "/x", "duplicate", "each member once"),
        (r#"{"kind":"card","#, "", "syntax", "the name of a member"),
    ] {
        let refusal = read::<Amount>(json).expect_err(json);
        assert_eq!((refusal.pointer(), refusal.keyword()), (pointer, keyword), "{json}: {refusal}");
        assert_eq!(refusal.expectation(), expectation, "{json}");
    }
}

#[test]
fn a_schema_judges_the_whole() {
    assert!(matches!(read::<Either>("\"a\"").unwrap(), Either::Short(_)));
    assert!(matches!(read::<Either>("\"abcd\"").unwrap(), Either::Long(_)));
    assert_eq!(read::<Either>("\"ab\"").unwrap_err().keyword(), "oneOf");
    let long = |text: &str| Either::Long(text.to_owned());
    assert!(long("abcd").check(&Rules::NONE).is_ok());
    assert!(long("a").check(&Rules::NONE).is_ok(), "the JSON value is what counts, not by which variant");
    assert_eq!(long("ab").check(&Rules::NONE).unwrap_err().keyword(), "oneOf");
}

#[test]
fn what_a_variant_holds_is_checked() {
    let card = Card { kind: Constant, number: "1".to_owned(), unknown: UnknownMembers::default() };
    let payment = Payment::from(card.clone());
    let refusal = payment.check(&Rules::NONE).unwrap_err();
    assert_eq!((refusal.pointer(), refusal.keyword()), ("/number", "minLength"));
    let sepa = Sepa { kind: Constant, iban: "AT61".to_owned(), instead_of: Some(card.into()) };
    let refusal = Payment::from(sepa).check(&Rules::NONE).unwrap_err();
    assert_eq!(refusal.pointer(), "/instead_of/number", "a boxed value converts as it is");
}

#[test]
fn keys_and_serde_see_the_value() {
    let amount = read::<Amount>("\"EUR\"").unwrap();
    assert_eq!(amount.key(), "EUR");
    assert_eq!(serde_json::to_string(&amount).unwrap(), "\"EUR\"");
    assert_eq!(serde_json::from_str::<Amount>("\"EUR\"").unwrap(), amount);
    assert_eq!(Amount::from(Integer::from(1)).key(), "1");
}
