//! Edits of the schemas of `tests/api/`, each with what the comparison is to say about the Rust of it.

use std::fs;
use std::path::{Path, PathBuf};

use event_contracts_tests::fixtures::lay;

const SENT: &str = "depot/parcels/parcel.sent.v1.schema.json";
const LOST: &str = "depot/parcels/parcel.lost.v1.schema.json";
const ASKED: &str = "depot/returns/return.asked.v1.schema.json";
const COMMON: &str = "depot/common.schema.json";
const SYSTEM: &str = "depot/system.json";

const STEP_OF_LOST: &str =
    "\"to\": \"SENT\" },\n        { \"on\": \"parcel.lost\", \"from\": [\"SENT\"], \"to\": \"LOST\" }";
const GRAMS: &str = r#""grams": {"#;
const PIECES: &str =
    r#""pieces": { "description": "How many.", "type": "integer", "minimum": 1, "maximum": 9 }, "grams": {"#;

/// One edit.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// In the order of the alphabet.
    pub(crate) says: &'static [&'static str],
    /// A text for another one, in a file; a file that is not there is empty, and one that is empty is taken away.
    texts: Vec<(&'static str, &'static str, String)>,
}

impl Case {
    fn new(name: &'static str) -> Self {
        Self { name, says: &[], texts: Vec::new() }
    }

    fn edited(mut self, file: &'static str, from: &'static str, to: &str) -> Self {
        self.texts.push((file, from, to.to_owned()));
        self
    }

    fn saying(self, says: &'static [&'static str]) -> Self {
        Self { says, ..self }
    }

    /// The schemas after the edit, laid into a folder.
    pub(crate) fn lay(&self, folder: &Path) -> PathBuf {
        let schemas = folder.join("schemas");
        lay(&root().join("schemas"), &schemas);
        for (file, from, to) in &self.texts {
            let path = schemas.join(file);
            let text = fs::read_to_string(&path).unwrap_or_default();
            assert!(text.contains(from), "{}: {file} holds {from}", self.name);
            fs::write(&path, if from.is_empty() { to.clone() } else { text.replace(from, to) }).unwrap();
            if to.is_empty() && from.is_empty() {
                fs::remove_file(path).unwrap();
            }
        }
        schemas
    }
}

/// Where the schemas and the service stand.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("api")
}

/// All of them.
pub(crate) fn all() -> Vec<Case> {
    [members(), types(), system(), files()].into_iter().flatten().collect()
}

/// Members: more, fewer, of another type.
fn members() -> Vec<Case> {
    vec![
        Case::new("an optional member of an open object").edited(SENT, GRAMS, PIECES),
        Case::new("a required member of an open object")
            .edited(SENT, GRAMS, PIECES)
            .edited(SENT, r#"["parcel_id", "#, r#"["pieces", "parcel_id", "#)
            .saying(&["without `.pieces(…)`, `ParcelSentData::builder()` builds nothing when it runs"]),
        Case::new("an optional member of a closed object")
            .edited(
                SENT,
                r#""width": {"#,
                r#""depth": { "description": "In mm.", "type": "integer", "minimum": 1, "maximum": 9 }, "width": {"#,
            )
            .saying(&["`Size::depth` is new: literals and patterns of all members lack it"]),
        Case::new("a member is gone")
            .edited(COMMON, r#""floor": {"#, r#""level": {"#)
            .saying(&["`Address::floor` is gone"]),
        Case::new("a member becomes optional")
            .edited(SENT, r#""carrier", "speed", "#, r#""carrier", "#)
            .saying(&["`ParcelSentData::speed`: `Speed` is `Option<Speed>` now"]),
        Case::new("a member becomes required")
            .edited(LOST, r#"["parcel_id"]"#, r#"["parcel_id", "reason"]"#)
            .saying(&["`ParcelLostData::reason`: `Option<String>` is `String` now"]),
        Case::new("a number may be negative")
            .edited(SENT, r#""minimum": 1, "maximum": 30000"#, r#""minimum": -1, "maximum": 30000"#)
            .saying(&["`ParcelSentData::grams`: `u32` is `i32` now"]),
        Case::new("a number may be larger").edited(SENT, r#""maximum": 30000"#, r#""maximum": 40000"#),
        Case::new("a text may be null")
            .edited(
                LOST,
                r#""description": "Why.", "type": "string""#,
                r#""description": "Why.", "type": ["string", "null"]"#,
            )
            .saying(&["`ParcelLostData::reason`: `Option<String>` is `Option<Nullable<String>>` now"]),
        Case::new("the version is raised and a member is deprecated")
            .edited(SENT, r#""version": "1.0""#, r#""version": "1.1""#)
            .edited(
                SENT,
                r#""description": "When it is wanted.""#,
                r#""description": "When it is wanted.", "deprecated": true"#,
            ),
    ]
}

/// Types: other names, other lists, other contents.
fn types() -> Vec<Case> {
    vec![
        Case::new("a type has another name")
            .edited(SENT, r#""Speed": {"#, r#""Speed": { "title": "Pace","#)
            .saying(&["`Speed` is called `Pace` now"]),
        Case::new("a type of two events has another name")
            .edited(COMMON, r#""Address": {"#, r#""Address": { "title": "Home","#)
            .saying(&["`Address` is called `Home` now"]),
        Case::new("an event has another name")
            .edited(LOST, r#""title": "ParcelLost""#, r#""title": "LostParcel""#)
            .saying(&["`DepotEvent::ParcelLost` is called `LostParcel` now",
            "`ParcelLost` is called `LostParcel` now",
            "`ParcelsEvents::ParcelLost` is called `LostParcel` now",]),
        Case::new("a value of a closed list")
            .edited(SENT, r#"["slow", "fast"]"#, r#"["slow", "swift", "fast"]"#)
            .saying(&["`Speed::Swift` is new: matches of all variants lack it"]),
        Case::new("a value of an open list")
            .edited(SENT, r#"["bike", "van"]"#, r#"["bike", "van", "ship"]"#)
            .saying(&["`Carrier::Ship` is new: matches of all variants lack it"]),
        Case::new("a value is gone")
            .edited(SENT, r#"["bike", "van"]"#, r#"["van"]"#)
            .saying(&["`Carrier::Bike` is gone"]),
        Case::new("a list of one value is a constant")
            .edited(SENT, r#"["slow", "fast"]"#, r#"["fast"]"#)
            .saying(&["`ParcelSentData::speed` is gone", "`Speed` is gone"]),
        Case::new("a list opens")
            .edited(SENT, r#""enum": ["slow", "fast"]"#, r#""x-open-enum": ["slow", "fast"]"#)
            .saying(&["`Speed::Unknown` is new: matches of all variants lack it", "`Speed` is `Copy` no more"]),
        Case::new("an object opens")
            .edited(SENT, "      \"required\": [\"width\", \"height\"],\n      \"additionalProperties\": false", "      \"required\": [\"width\", \"height\"]")
            .saying(&["`Size` has a private member: only its builder makes one"]),
        Case::new("an object closes")
            .edited(COMMON, r#""required": ["street", "city"]"#, r#""required": ["street", "city"], "additionalProperties": false"#)
            .saying(&["`Address::unknown_members` is gone"]),
        Case::new("a text without rules has one")
            .edited(SENT, r#""Whatever was said.", "type": "string""#, r#""Whatever was said.", "type": "string", "maxLength": 9"#)
            .saying(&["`Remark` is made of `String` by `TryFrom` now, no longer by `From`"]),
        Case::new("a text loses its rules")
            .edited(SENT, r#", "minLength": 1, "maxLength": 30"#, "")
            .saying(&["`Label` is made of `String` by `From` now, no longer by `TryFrom`"]),
        Case::new("a text has other rules")
            .edited(SENT, r#", "minLength": 1, "maxLength": 30"#, r#", "pattern": "^[a-z]+$""#),
        Case::new("a text becomes a uuid")
            .edited(SENT, r#""Whatever was said.", "type": "string""#, r#""Whatever was said.", "type": "string", "format": "uuid""#)
            .saying(&["`Remark` holds `Uuid` now, no longer `String`"]),
        Case::new("a union grows")
            .edited(SENT, r##"{ "$ref": "#/$defs/ByShop" }] }"##, r##"{ "$ref": "#/$defs/ByShop" }, { "$ref": "#/$defs/ByGift" }] }"##)
            .edited(SENT, r#""Remark": {"#, r#""ByGift": { "description": "By nobody.", "type": "object", "properties": { "by": { "const": "gift" } }, "required": ["by"] }, "Remark": {"#)
            .saying(&["`Paid::ByGift` is new: matches of all variants lack it"]),
        Case::new("an object becomes a union")
            .edited(SENT, r#""Size": {"#, r##""Size": { "description": "How large.", "oneOf": [{ "$ref": "#/$defs/Flat" }, { "type": "string", "maxLength": 3 }] }, "Flat": {"##)
            .saying(&["`Size` is an enum now, no longer a struct with a builder"]),
        Case::new("a type holds itself")
            .edited(SENT, r#""account": {"#, r##""of": { "$ref": "#/$defs/ByShop" }, "account": {"##),
        Case::new("elements have no name of their own any more")
            .edited(SENT, r##""items": { "$ref": "#/$defs/Label" }"##, r#""items": { "type": "string" }"#)
            .saying(&[
                "`Label` is gone",
                "`ParcelSentData::labels`: `Option<Vec<Label>>` is `Option<Vec<String>>` now",
            ]),
        Case::new("values of a map may be negative")
            .edited(SENT, r#""minimum": 0, "maximum": 100 }"#, r#""minimum": -9, "maximum": 100 }"#)
            .saying(&["`ParcelSentDataSize` holds `i32` now, no longer `u32`"]),
    ]
}

/// `system.json` and `x-event`.
fn system() -> Vec<Case> {
    vec![
        Case::new("nothing"),
        Case::new("a lifecycle has another state")
            .edited(SYSTEM, r#""LOST": "Nobody knows.""#, r#""LOST": "Nobody knows.", "FOUND": "Here again.""#)
            .saying(&["`ParcelState::Found` is new: matches of all variants lack it"]),
        Case::new("an event leaves a lifecycle")
            .edited(SYSTEM, STEP_OF_LOST, "\"to\": \"SENT\" }")
            .saying(&["`<ParcelState as Lifecycle<ParcelLost>>::next` is gone"]),
        Case::new("a lifecycle has another step").edited(
            SYSTEM,
            r#""from": ["SENT"], "to": "LOST""#,
            r#""from": ["SENT", "LOST"], "to": "LOST""#,
        ),
        Case::new("a service has another name")
            .edited(SYSTEM, r#""shop": { "title""#, r#""store": { "title""#)
            .edited(SENT, r#"["shop"]"#, r#"["store"]"#)
            .edited(LOST, r#"["shop"]"#, r#"["store"]"#)
            .edited(ASKED, r#"["shop"]"#, r#"["store"]"#)
            .saying(&["`services::SHOP` is gone"]),
        Case::new("a topic has another Rust name")
            .edited(
                SYSTEM,
                r#""description": "The way of a parcel.","#,
                r#""description": "The way of a parcel.", "rustName": "ParcelEvents","#,
            )
            .saying(&["`ParcelsEvents` is called `ParcelEvents` now"]),
        Case::new("an event is live from now on, and somebody else reads it")
            .edited(LOST, r#""planned""#, r#""live""#)
            .edited(LOST, r#"["shop"]"#, r#"["depot", "shop"]"#),
    ]
}

/// Files that come and go.
fn files() -> Vec<Case> {
    let lost = fs::read_to_string(root().join("schemas").join(LOST)).unwrap();
    let next = lost.replace(r#""version": "1.0""#, r#""version": "2.0""#);
    let found = lost.replace("parcel.lost", "parcel.found").replace("ParcelLost", "ParcelFound");
    vec![
        Case::new("a new major version")
            .edited("depot/parcels/parcel.lost.v2.schema.json", "", &next)
            .saying(&["the crate that includes the types must `impl Upcast<v1::ParcelLost> for ParcelLost`"]),
        Case::new("a new event").edited("depot/parcels/parcel.found.v1.schema.json", "", &found).saying(&[
            "`DepotEvent::ParcelFound` is new: matches of all variants lack it",
            "`ParcelsEvents::ParcelFound` is new: matches of all variants lack it",
        ]),
        Case::new("an event is gone").edited(LOST, "", "").edited(SYSTEM, STEP_OF_LOST, "\"to\": \"SENT\" }").saying(
            &[
                "`<ParcelState as Lifecycle<ParcelLost>>::next` is gone",
                "`DepotEvent::ParcelLost` is gone",
                "`ParcelLostData` is gone",
                "`ParcelLost` is gone",
                "`ParcelsEvents::ParcelLost` is gone",
            ],
        ),
    ]
}
