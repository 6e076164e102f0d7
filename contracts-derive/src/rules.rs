//! The rules of one place, as attributes state them.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Expr, Ident, Lit, LitStr};

use crate::pattern;

/// Which keywords take a number, a count, a text or nothing; the only list of them.
const BOUNDS: &[&str] = &["minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of"];
const COUNTS: &[&str] = &["min_length", "max_length", "min_items", "max_items", "min_properties", "max_properties"];
const FLAGS: &[&str] = &["unique_items", "text"];
const FORMATS: &[(&str, &str)] = &[
    ("date", "Date"),
    ("date-time", "DateTime"),
    ("duration", "Duration"),
    ("email", "Email"),
    ("hostname", "Hostname"),
    ("idn-email", "IdnEmail"),
    ("idn-hostname", "IdnHostname"),
    ("ipv4", "Ipv4"),
    ("ipv6", "Ipv6"),
    ("iri", "Iri"),
    ("iri-reference", "IriReference"),
    ("json-pointer", "JsonPointer"),
    ("regex", "Regex"),
    ("relative-json-pointer", "RelativeJsonPointer"),
    ("time", "Time"),
    ("uri", "Uri"),
    ("uri-reference", "UriReference"),
    ("uri-template", "UriTemplate"),
    ("uuid", "Uuid"),
    ("content:base16", "Base16"),
    ("content:base32", "Base32"),
    ("content:base32hex", "Base32Hex"),
    ("content:base64", "Base64"),
    ("content:base64url", "Base64Url"),
    ("content:json", "Json"),
    ("content:base16+json", "Base16Json"),
    ("content:base32+json", "Base32Json"),
    ("content:base32hex+json", "Base32HexJson"),
    ("content:base64+json", "Base64Json"),
    ("content:base64url+json", "Base64UrlJson"),
];
const KINDS: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object"];

/// What a rule's value may be, so that the parser knows what to expect after its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Number,
    Count,
    Text,
    Kinds,
    Nothing,
}

/// What follows the rule `name`, or `None` if there is no such rule.
pub(crate) fn takes(name: &str) -> Option<Takes> {
    match name {
        name if BOUNDS.contains(&name) => Some(Takes::Number),
        name if COUNTS.contains(&name) => Some(Takes::Count),
        name if FLAGS.contains(&name) => Some(Takes::Nothing),
        "pattern" | "format" => Some(Takes::Text),
        "kinds" => Some(Takes::Kinds),
        _ => None,
    }
}

/// The rules of one place: fields of `Rules` with their values.
#[derive(Default)]
pub(crate) struct RuleSet {
    fields: Vec<(Ident, TokenStream)>,
    /// The schema that judges the value as a whole.
    schema: Option<(Ident, Expr)>,
}

impl RuleSet {
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.schema.is_none()
    }

    /// Whether there is a rule besides the schema of the whole.
    pub(crate) fn has_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    pub(crate) fn has_schema(&self) -> bool {
        self.schema.is_some()
    }

    pub(crate) fn schema(&mut self, name: Ident, schema: Expr) {
        self.schema = Some((name, schema));
    }

    /// The schema that judges the value as a whole, as a static of this name.
    pub(crate) fn whole(&self, name: &Ident) -> Option<TokenStream> {
        self.schema.as_ref().map(|(_, schema)| quote!(static #name: &ec::Schema = &#schema;))
    }

    /// The span of the first rule: where to point when the type has no use for it.
    pub(crate) fn span(&self) -> Span {
        let first = self.fields.first().map(|(name, _)| name);
        first.or(self.schema.as_ref().map(|(name, _)| name)).map_or_else(Span::call_site, Ident::span)
    }

    /// A bound such as `minimum = 0.01`; exact, so it is read from the literal's digits.
    pub(crate) fn bound(&mut self, name: Ident, negative: bool, literal: &Lit) -> syn::Result<()> {
        let digits = match literal {
            Lit::Int(int) => int.base10_digits().to_owned(),
            Lit::Float(float) => float.base10_digits().to_owned(),
            other => return Err(syn::Error::new(other.span(), "expected a number")),
        };
        let Some((units, scale)) = exact(&digits) else {
            let wanted = "expected a number of at most 38 digits, with an exponent below a thousand million";
            return Err(syn::Error::new(literal.span(), wanted));
        };
        // What the arithmetic of remainders is made for.
        if name == "multiple_of" && (negative || units == 0 || units >= 1 << 63) {
            return Err(syn::Error::new(literal.span(), "expected more than zero, and at most 18 digits"));
        }
        let units = if negative { -units } else { units };
        self.fields.push((name, quote!(Some(ec::Bound::new(#units, #scale)))));
        Ok(())
    }

    pub(crate) fn count(&mut self, name: Ident, count: u32) {
        self.fields.push((name, quote!(Some(#count))));
    }

    pub(crate) fn flag(&mut self, name: Ident) {
        self.fields.push((name, quote!(true)));
    }

    /// `pattern` and `format`.
    pub(crate) fn text(&mut self, name: Ident, literal: &LitStr) -> syn::Result<()> {
        let value = if name == "pattern" {
            let pattern = pattern::compile(literal)?;
            quote!(Some({ static PATTERN: ec::Pattern = #pattern; &PATTERN }))
        } else {
            let wanted = literal.value();
            let Some((_, variant)) = FORMATS.iter().find(|(format, _)| *format == wanted) else {
                let known: Vec<&str> = FORMATS.iter().map(|(format, _)| *format).collect();
                return Err(syn::Error::new(literal.span(), format!("unknown format; known are {}", known.join(", "))));
            };
            let variant = Ident::new(variant, literal.span());
            quote!(Some(ec::Format::#variant))
        };
        self.fields.push((name, value));
        Ok(())
    }

    pub(crate) fn kinds(&mut self, name: Ident, kinds: &[LitStr]) -> syn::Result<()> {
        for kind in kinds {
            if !KINDS.contains(&kind.value().as_str()) {
                return Err(syn::Error::new(kind.span(), format!("unknown kind; known are {}", KINDS.join(", "))));
            }
        }
        self.fields.push((name, quote!(Some(ec::Kinds::of(&[#(#kinds),*])))));
        Ok(())
    }

    /// `Rules { minimum: …, ..ec::Rules::NONE }`.
    pub(crate) fn tokens(&self) -> TokenStream {
        if self.fields.is_empty() {
            return quote!(ec::Rules::NONE);
        }
        let (names, values): (Vec<_>, Vec<_>) = self.fields.iter().map(|(name, value)| (name, value)).unzip();
        quote!(ec::Rules { #(#names: #values,)* ..ec::Rules::NONE })
    }
}

/// The number `units × 10^-scale` that digits spell, with the units of as few digits as it takes.
fn exact(digits: &str) -> Option<(i128, i32)> {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.unsigned_abs() < 1_000_000_000)?;
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    if exponent == 0 && significant.len() <= 38 {
        // Messages spell the bound as the attribute does: `0.50`.
        return Some((if significant.is_empty() { 0 } else { significant.parse().ok()? }, scale));
    }
    let units = significant.trim_end_matches('0');
    if units.is_empty() {
        return Some((0, 0));
    }
    let zeros = i32::try_from(significant.len() - units.len()).ok()?;
    // An `i128` holds any 38 digits.
    (units.len() <= 38).then(|| Some((units.parse().ok()?, scale.checked_sub(zeros)?)))?
}
