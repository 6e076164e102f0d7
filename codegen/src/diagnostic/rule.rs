//! Every rule that can speak: one table, from which help pages and documentation are made.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Good to know; nothing is asked for.
    Note,
    /// Worth a look; nothing is stopped.
    Warning,
    /// Stops generation.
    Error,
}

impl Level {
    /// As it is written: `error`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A rule: what it is called and what it says.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `EV601`; never reused.
    pub id: &'static str,
    /// `duplicate-member`.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// How much its findings weigh, if nobody says otherwise.
    pub level: Level,
    /// A page: what is wrong, an example, the way out.
    pub page: &'static str,
}

macro_rules! rules {
    ($($constant:ident = $id:literal $name:literal $level:ident, $summary:literal;)*) => {
        impl Rule {
            $(
                #[doc = $summary]
                pub(crate) const $constant: &Self = &Self {
                    id: $id,
                    name: $name,
                    summary: $summary,
                    level: Level::$level,
                    page: include_str!(concat!("../../rules/", $id, ".md")),
                };
            )*
        }

        /// All rules, in the order of their ids.
        pub const RULES: &[&Rule] = &[$(Rule::$constant),*];
    };
}

rules! {
    MEMBER_REMOVED = "EV001" "member-removed" Error, "a member is declared no more";
    MEMBER_REQUIRED = "EV002" "member-required" Error, "a member that could be left out must be there";
    MEMBER_OPTIONAL = "EV003" "member-optional" Error, "a member that had to be there may be left out";
    MEMBER_ADDED = "EV004" "member-added" Error, "a member is declared that was not, and somebody breaks";
    TYPE_CHANGED = "EV005" "type-changed" Error, "a value may be of other types";
    CONSTANT_CHANGED = "EV010" "constant-changed" Error, "a constant has become another one";
    ENUM_VALUE_REMOVED = "EV012" "enum-value-removed" Error, "a list of values lacks some that it had";
    ENUM_VALUE_ADDED = "EV013" "enum-value-added" Error, "a list of values has some that it had not";
    VALUES_LISTED = "EV014" "values-listed" Error, "values are listed that were free, or the other way round";
    NUMBER_BOUND_CHANGED = "EV020" "number-bound-changed" Error, "a number is bounded in another way";
    LENGTH_CHANGED = "EV021" "length-changed" Error, "a text may have another length";
    PATTERN_CHANGED = "EV022" "pattern-changed" Error, "a text must have another form";
    FORMAT_CHANGED = "EV023" "format-changed" Error, "a text must be of another format";
    SIZE_CHANGED = "EV024" "size-changed" Error, "an array or object may have another size";
    OTHER_MEMBERS_CHANGED = "EV030" "other-members-changed" Error, "members that are not declared are refused, or no more";
    WHOLE_VALUE_CHANGED = "EV031" "whole-value-changed" Error, "a keyword that looks at a whole value says something else";
    SCHEMA_CHANGED = "EV090" "schema-changed" Error, "a schema breaks somebody, and no single change shows why";
    UNPROVEN = "EV091" "unproven" Warning, "neither a proof nor a witness was found for a change";
    EVENT_REMOVED = "EV101" "event-removed" Error, "an event that is live is described no more";
    TOPIC_REMOVED = "EV102" "topic-removed" Error, "a topic is described no more";
    PARTITIONS_CHANGED = "EV103" "partitions-changed" Error, "a topic has another number of partitions";
    RETENTION_SHORTENED = "EV104" "retention-shortened" Warning, "a topic forgets its events sooner";
    CLEANUP_CHANGED = "EV105" "cleanup-changed" Error, "a topic treats its old events in another way";
    ENVELOPE_MOVED = "EV106" "envelope-moved" Error, "the envelope keeps something in another place";
    POLICY_LOOSENED = "EV107" "policy-loosened" Warning, "a policy asks less of edits than it did";
    PARTITION_KEY_CHANGED = "EV110" "partition-key-changed" Error, "the partition is chosen by another member";
    IDEMPOTENCY_KEY_CHANGED = "EV111" "idempotency-key-changed" Error, "other members make two deliveries one fact";
    HEADER_CHANGED = "EV112" "header-changed" Error, "a Kafka header is sent no more, or holds something else";
    TRANSITION_REMOVED = "EV120" "transition-removed" Error, "a step of a lifecycle that was legal is not any more";
    VERSION_NOT_RAISED = "EV130" "version-not-raised" Error, "members were added, and the version does not tell";
    VERSION_LOWERED = "EV131" "version-lowered" Error, "the version of an event is lower than it was";
    VERSION_RAISED_EARLY = "EV132" "version-raised-early" Warning, "the version of an event is higher, and nothing has changed";
    MEMBER_REMOVED_EARLY = "EV133" "member-removed-early" Error, "a member was removed within a major version";
    VERSION_RAISED_TOO_LITTLE = "EV134" "version-raised-too-little" Error, "the version was raised as if nobody broke";
    VERSION_SKIPPED = "EV135" "version-skipped" Warning, "a version was left out";
    MAJOR_NOT_NEEDED = "EV136" "major-not-needed" Warning, "a new major version breaks nobody";
    SCHEME_CHANGED = "EV137" "scheme-changed" Error, "versions of a system look otherwise";
    ADDITIONS_CHANGED = "EV138" "additions-changed" Warning, "added members need no higher version any more";
    VERSION_MOVED = "EV139" "version-moved" Error, "an event keeps its version in another place";
    UPCASTER_MISSING = "EV140" "upcaster-missing" Error, "nothing leads from a major version of an event to the next one";
    RUST_API_CHANGED = "EV160" "rust-api-changed" Warning, "code of services that use the generated types may stop compiling";
    EVENT_WITHDRAWN = "EV161" "event-withdrawn" Error, "an event that is published is only planned again";
    SYSTEM_REMOVED = "EV162" "system-removed" Error, "a system that has live events is described no more";
    NAMING_EVENT_TYPE = "EV210" "naming-event-type" Warning, "an event type does not follow the system's convention";
    NAMING_MEMBER = "EV211" "naming-member" Warning, "a member's name does not follow the system's convention";
    NAMING_SERVICE = "EV212" "naming-service" Warning, "a service's name does not follow the system's convention";
    NAMING_TOPIC = "EV213" "naming-topic" Warning, "a topic's name does not follow the system's convention";
    TIME_NOT_UTC = "EV214" "time-not-utc" Warning, "a time may carry an offset where the system promises UTC";
    MISSING_DESCRIPTION = "EV220" "missing-description" Warning, "an event, type or member is not described";
    MISSING_EXAMPLE = "EV221" "missing-example" Warning, "an event has no valid example, or fewer than three invalid ones";
    EXAMPLE_WRONG = "EV222" "example-wrong" Error, "an example is not judged as its folder says";
    NUMBER_WITHOUT_RANGE = "EV223" "number-without-range" Warning, "an integer has no lower or no upper bound";
    KEY_OPTIONAL = "EV301" "key-not-required" Error, "a key points to a member that an event may lack, or that is no scalar";
    TOPIC_UNDECLARED = "EV302" "topic-undeclared" Error, "a folder is no topic of its system, or a topic has no folder";
    SERVICE_UNDECLARED = "EV303" "service-undeclared" Error, "a producer or consumer is no service of its system";
    SYNTAX = "EV600" "json-syntax" Error, "a file is not JSON";
    DUPLICATE_MEMBER = "EV601" "duplicate-member" Error, "an object has a member twice";
    UNKNOWN_KEYWORD = "EV602" "unknown-keyword" Error, "a schema has a keyword that does not exist";
    UNSUPPORTED_KEYWORD = "EV603" "unsupported-keyword" Error, "a keyword cannot be honoured by generated code";
    UNRESOLVED_REF = "EV604" "unresolved-ref" Error, "a `$ref` leads nowhere";
    REF_OUTSIDE = "EV605" "ref-outside" Error, "a `$ref` leaves the schema folder or asks for the network";
    KEYWORD_VALUE = "EV606" "keyword-value" Error, "a keyword has a value of the wrong form";
    NAME_CLASH = "EV607" "name-clash" Error, "two things get the same Rust name";
    PATTERN = "EV608" "pattern" Error, "a pattern means something that generated code cannot match";
    UNSATISFIABLE = "EV609" "unsatisfiable" Error, "no value satisfies a schema";
    MANIFEST = "EV610" "manifest" Error, "`system.json` or `x-event` does not have the form it should";
    EVENT_MISMATCH = "EV611" "event-mismatch" Error, "file name, `x-event` and constants of an event disagree";
    LIFECYCLE = "EV612" "lifecycle" Error, "a lifecycle names an event or state that does not exist";
    FOLDER = "EV613" "folder" Error, "the schema folder cannot be read, or holds no system";
    TOO_DEEP = "EV614" "too-deep" Error, "a schema is nested too deeply";
    PAYLOAD_INVALID = "EV700" "payload-invalid" Error, "a payload is not what the schema of its event asks for";
    PAYLOAD_UNKNOWN_EVENT = "EV701" "payload-unknown-event" Error, "a payload's type is no event of the contract";
    PAYLOAD_UNSUPPORTED_VERSION = "EV702" "payload-unsupported-version" Error, "a payload states a major version that no schema describes";
    PAYLOAD_WITHOUT_TYPE = "EV703" "payload-without-type" Error, "a payload has no event type where any system keeps it";
    PAYLOAD_AMBIGUOUS = "EV704" "payload-ambiguous" Error, "a payload's type is an event of several systems, and it fits none of them";
    PAYLOAD_NUMBER = "EV705" "payload-number" Error, "a payload holds a number that cannot be judged";
    GIT = "EV706" "git" Error, "git finds no repository, or cannot read what is in it";
    REVISION_MISSING = "EV707" "revision-missing" Error, "a revision to compare with is not in the repository";
    NO_MERGE_BASE = "EV708" "no-merge-base" Error, "it cannot be seen where HEAD parted from a branch";
    BASELINE_UNCLEAR = "EV709" "baseline-unclear" Error, "what to compare with is said in no known form, or could mean two things";
    BUNDLE_FORM = "EV710" "bundle-form" Error, "a file is no bundle, or one of a version that is not known";
    BUNDLE_PATH = "EV711" "bundle-path" Error, "a bundle names a file as no schema folder can";
    BUNDLE_CHANGED = "EV712" "bundle-changed" Error, "the texts of a bundle are not those that were put into it";
    WAIVER_EXPIRED = "EV900" "waiver-expired" Warning, "a waiver has expired";
    WAIVER_UNUSED = "EV901" "waiver-unused" Warning, "a waiver waives nothing";
}

impl Rule {
    /// Whether it compares a contract with an earlier state: it speaks in `cargo contracts breaking` alone.
    #[must_use]
    pub fn is_of_evolution(&self) -> bool {
        self.id < "EV200"
    }

    /// Whether it compares major versions that live side by side: it speaks under `--all-versions` alone.
    #[must_use]
    pub fn is_of_versions(&self) -> bool {
        ("EV140".."EV150").contains(&self.id)
    }

    /// The rule of this id or name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(name) || rule.name == name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page() {
        for rule in RULES {
            let (title, text) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
            assert_eq!(title, format!("# {} {}", rule.id, rule.name), "rules/{}.md starts with id and name", rule.id);
            assert!(text.lines().count() >= 9, "rules/{}.md is a placeholder", rule.id);
            assert!(
                !rule.summary.ends_with('.') && !rule.summary.starts_with(char::is_uppercase),
                "{}: a summary is no sentence",
                rule.id
            );
        }
        assert!(RULES.is_sorted_by(|a, b| a.id < b.id), "ids are unique and stand in order");
        let pages = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")).unwrap().count();
        assert_eq!(pages, RULES.len(), "every page belongs to a rule");
    }

    #[test]
    fn rules_are_found_by_id_and_name() {
        for name in ["EV222", "ev222", "example-wrong"] {
            assert_eq!(Rule::find(name).map(|rule| rule.id), Some("EV222"));
        }
        assert_eq!(Rule::find("EV999"), None);
    }
}
