//! Rules of a place: each keyword once, the strictest of what the schemas say.

use crate::contract::{Rule, RuleValue};
use crate::diagnostic::{Diagnostic, Location, Rule as DiagnosticRule};
use crate::lower::pattern;
use crate::lower::types::Layout;
use crate::schema::{NodeId, RuleAt};

/// Keywords in JSON Schema and in the derive.
const KEYWORDS: &[(&str, &str)] = &[
    ("minimum", "minimum"),
    ("maximum", "maximum"),
    ("exclusiveMinimum", "exclusive_minimum"),
    ("exclusiveMaximum", "exclusive_maximum"),
    ("multipleOf", "multiple_of"),
    ("minLength", "min_length"),
    ("maxLength", "max_length"),
    ("pattern", "pattern"),
    ("format", "format"),
    ("minItems", "min_items"),
    ("maxItems", "max_items"),
    ("uniqueItems", "unique_items"),
    ("minProperties", "min_properties"),
    ("maxProperties", "max_properties"),
];

impl Layout<'_> {
    /// The rules of `nodes` that concern a value of the kind at hand; those of other kinds say nothing about it.
    pub(super) fn rules(&mut self, nodes: &[NodeId], concerned: &[&str]) -> Vec<Rule> {
        let mut rules = Vec::new();
        let mut is_whole = nodes.iter().any(|id| self.schemas.node(*id).whole.keyword.is_some());
        for (keyword, _) in KEYWORDS.iter().filter(|(keyword, _)| concerned.contains(keyword)) {
            let rules_at = nodes.iter().flat_map(|id| &self.schemas.node(*id).rules);
            let mut stated: Vec<RuleAt> = rules_at.filter(|rule| rule.keyword == *keyword).cloned().collect();
            if matches!(*keyword, "pattern" | "format" | "multipleOf")
                && stated.iter().any(|other| other.value != stated[0].value)
            {
                match Self::narrowest(&stated).filter(|_| *keyword == "pattern") {
                    Some(narrowest) => stated = vec![narrowest],
                    // Of several, the first is checked while reading and the rest by a validator.
                    None => is_whole = true,
                }
            }
            rules.extend(self.rule(keyword, &stated));
        }
        self.contradictions(nodes, &rules);
        if is_whole {
            rules.push(self.whole_rule(nodes));
        }
        rules
    }

    /// The rule that says what all of `stated` say, each of which has this keyword.
    pub(super) fn rule(&mut self, keyword: &str, stated: &[RuleAt]) -> Option<Rule> {
        let (_, snake) = KEYWORDS.iter().find(|(known, _)| *known == keyword)?;
        self.strictest(keyword, stated).map(|value| Rule { keyword: snake, value })
    }

    fn strictest(&mut self, keyword: &str, stated: &[RuleAt]) -> Option<RuleValue> {
        let first = stated.first()?;
        let digits = stated.iter().filter_map(|rule| rule.value.as_str());
        match keyword {
            "minimum" | "exclusiveMinimum" => {
                digits.max_by(|a, b| compare(a, b)).map(|digits| RuleValue::Number(digits.to_owned()))
            }
            "maximum" | "exclusiveMaximum" => {
                digits.min_by(|a, b| compare(a, b)).map(|digits| RuleValue::Number(digits.to_owned()))
            }
            "multipleOf" => first.value.as_str().map(|digits| RuleValue::Number(digits.to_owned())),
            "uniqueItems" => stated.iter().any(|rule| rule.value == true).then_some(RuleValue::Flag),
            "pattern" | "format" => {
                let text = first.value.as_str().unwrap_or_default();
                if keyword == "format" { Some(RuleValue::Text(text.to_owned())) } else { self.pattern(text, first) }
            }
            counts if counts.starts_with("min") => {
                digits.filter_map(|digits| digits.parse().ok()).max().map(RuleValue::Count)
            }
            _ => digits.filter_map(|digits| digits.parse().ok()).min().map(RuleValue::Count),
        }
    }

    fn pattern(&mut self, source: &str, rule: &RuleAt) -> Option<RuleValue> {
        self.translated(source, &rule.at).map(RuleValue::Text)
    }

    /// The Rust expression that matches what a pattern matches; if there is none, that is noted.
    pub(super) fn translated(&mut self, source: &str, at: &Location) -> Option<String> {
        let translated = self.patterns.entry(source.to_owned()).or_insert_with(|| {
            let translated = pattern::translate(source)?;
            pattern::compile(&translated).map(|_| translated)
        });
        match translated.clone() {
            Ok(translated) => Some(translated),
            Err(reason) => {
                let message = format!("this pattern cannot be matched exactly: {reason}");
                self.found.push(Diagnostic::new(DiagnosticRule::PATTERN, at, message).label("this pattern"));
                None
            }
        }
    }

    /// Exact money as text: whatever the pattern admits must be a decimal, or decoding could refuse what the schema accepts.
    pub(super) fn decimal_pattern(&mut self, rules: &[Rule], own: NodeId) {
        self.admits_only(
            rules,
            own,
            r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$",
            "a decimal",
            "`^(0|[1-9][0-9]{0,15})\\\\.[0-9]{2}$`",
        );
    }

    /// The rules of a version member, whose pattern must admit nothing but versions.
    pub(super) fn version_rules(&mut self, nodes: &[NodeId], own: NodeId) -> Vec<Rule> {
        let mut rules = self.rules(nodes, &["minLength", "maxLength", "pattern", "format"]);
        if self.values(nodes).is_some() {
            rules.push(self.whole_rule(nodes));
        }
        self.admits_only(
            &rules,
            own,
            r"^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$",
            "a version `major.minor` with numbers of at most nine digits",
            "`^1\\\\.(0|[1-9][0-9]{0,3})$`",
        );
        rules
    }

    fn admits_only(&mut self, rules: &[Rule], own: NodeId, language: &str, what: &str, example: &str) {
        let pattern = rules.iter().find_map(|rule| match &rule.value {
            RuleValue::Text(text) if rule.keyword == "pattern" => Some(text.as_str()),
            _ => None,
        });
        let is_within = pattern.is_some_and(|pattern| {
            let known = self.inclusions.entry((pattern.to_owned(), language.to_owned()));
            *known.or_insert_with(|| pattern::is_within(pattern, language))
        });
        if !is_within {
            let at = self.schemas.node(own).at.clone();
            self.found.push(
                Diagnostic::new(
                    DiagnosticRule::PATTERN,
                    &at,
                    format!("this text needs a `pattern` that admits nothing but {what}"),
                )
                .label("this schema")
                .help(format!("for example {example}")),
            );
        }
    }
    /// Of several patterns at one place, the narrowest, if it lies within all others: it says what they say together.
    fn narrowest(stated: &[RuleAt]) -> Option<RuleAt> {
        let text = |rule: &RuleAt| rule.value.as_str().and_then(|source| pattern::translate(source).ok());
        let is_narrowest = |rule: &&RuleAt| {
            let Some(inner) = text(rule) else { return false };
            let contains = |other: &RuleAt| text(other).is_some_and(|outer| pattern::is_within(&inner, &outer));
            stated.iter().all(|other| other.value == rule.value || contains(other))
        };
        stated.iter().find(is_narrowest).cloned()
    }

    /// Bounds that leave nothing between them.
    fn contradictions(&mut self, nodes: &[NodeId], rules: &[Rule]) {
        // A schema of other origin may refuse everything; it is then judged as it stands.
        if !self.strict {
            return;
        }
        let value = |keyword: &str| rules.iter().find(|rule| rule.keyword == keyword).map(|rule| &rule.value);
        let crossed = PAIRS.iter().find(|(low, high)| match (value(low), value(high)) {
            (Some(RuleValue::Number(a)), Some(RuleValue::Number(b))) => {
                let order = compare(a, b);
                order.is_gt() || order.is_eq() && (low.starts_with("exclusive") || high.starts_with("exclusive"))
            }
            (Some(RuleValue::Count(a)), Some(RuleValue::Count(b))) => a > b,
            _ => false,
        });
        if let (Some((low, high)), Some(&own)) = (crossed, nodes.last()) {
            let at = self.schemas.node(own).at.clone();
            let message = format!("no value satisfies both `{}` and `{}`", camel(low), camel(high));
            self.found.push(Diagnostic::new(DiagnosticRule::UNSATISFIABLE, &at, message).label("this schema"));
        }
    }
}

/// Rules that bound one thing from below and from above.
const PAIRS: &[(&str, &str)] = &[
    ("minimum", "maximum"),
    ("exclusive_minimum", "maximum"),
    ("minimum", "exclusive_maximum"),
    ("exclusive_minimum", "exclusive_maximum"),
    ("min_length", "max_length"),
    ("min_items", "max_items"),
    ("min_properties", "max_properties"),
];

/// The keyword as JSON Schema spells it.
fn camel(snake: &str) -> &str {
    KEYWORDS.iter().find(|(_, known)| *known == snake).map_or(snake, |(keyword, _)| keyword)
}

/// Two decimal numbers by value; one with an exponent has no fraction.
fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    let parts = |digits: &str| {
        let (negative, digits) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
        let (digits, exponent) = digits.split_once('e').unwrap_or((digits, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let zeros = "0".repeat(exponent.trim_start_matches('-').parse().unwrap_or(0));
        match exponent.starts_with('-') {
            true => {
                let all = format!("{zeros}{whole}");
                let (whole, fraction) = all.split_at(all.len() - zeros.len());
                (negative, whole.to_owned(), fraction.to_owned())
            }
            false => (negative, format!("{whole}{zeros}"), fraction.to_owned()),
        }
    };
    let ((a_negative, a_whole, mut a_fraction), (b_negative, b_whole, mut b_fraction)) = (parts(a), parts(b));
    let longest = a_fraction.len().max(b_fraction.len());
    a_fraction.extend(std::iter::repeat_n('0', longest - a_fraction.len()));
    b_fraction.extend(std::iter::repeat_n('0', longest - b_fraction.len()));
    let size = |whole: &str, fraction: &str| {
        let digits = format!("{whole}{fraction}").trim_start_matches('0').to_owned();
        (digits.len(), digits)
    };
    let (a_size, b_size) = (size(&a_whole, &a_fraction), size(&b_whole, &b_fraction));
    match (a_negative && a_size.0 > 0, b_negative && b_size.0 > 0) {
        (false, false) => a_size.cmp(&b_size),
        (true, true) => b_size.cmp(&a_size),
        (true, false) => std::cmp::Ordering::Less,
        (false, true) => std::cmp::Ordering::Greater,
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering::{Equal, Greater, Less};

    use super::compare;

    #[test]
    fn decimals_compare_by_value() {
        for (a, b, order) in [
            ("1", "1.0", Equal),
            ("0.1", "0.09", Greater),
            ("-2", "-1.5", Less),
            ("-0", "0", Equal),
            ("10", "9", Greater),
            ("-1", "0", Less),
            ("1e40", "10000000000000000000000000000000000000000", Equal),
            ("1e-40", "0.1", Less),
            ("12e-1", "1.2", Equal),
        ] {
            assert_eq!(compare(a, b), order, "{a} {b}");
        }
    }
}
