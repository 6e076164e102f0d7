//! The input of a union: an enum whose variants hold one value each.

use syn::{DataEnum, DeriveInput, Error, Fields, Ident, LitStr, Result, Type, Variant};

use crate::attr::DataAttr;
use crate::rules::RuleSet;

/// An enum whose variants hold one value each: one of several types.
pub(crate) struct Union {
    pub(crate) ident: Ident,
    /// The member that tells the variants apart.
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<UnionVariant>,
    /// What the schema calls the choice: `oneOf`, or `anyOf` if nothing is said.
    pub(crate) keyword: &'static str,
    /// The schema that judges the value as a whole.
    pub(crate) whole: RuleSet,
}

pub(crate) struct UnionVariant {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// The text of the tag, in a union that has one.
    pub(crate) tag: String,
}

impl Union {
    /// Whether an enum is meant as a union: every variant holds something, and none of them the texts that are not listed.
    pub(crate) fn is_one(data: &DataEnum) -> bool {
        let is_plain = |variant: &Variant| matches!(variant.fields, Fields::Unit);
        let is_unknown = |variant: &Variant| DataAttr::parse(&variant.attrs).is_ok_and(|attr| attr.unknown.is_some());
        !data.variants.is_empty() && !data.variants.iter().any(|variant| is_plain(variant) || is_unknown(variant))
    }

    pub(crate) fn parse(input: &DeriveInput, data: &DataEnum) -> Result<Self> {
        let attr = DataAttr::parse(&input.attrs)?;
        if attr.rules.has_fields() || attr.has_more_than_tag() {
            let span = if attr.rules.has_fields() { attr.rules.span() } else { input.ident.span() };
            return Err(Error::new(
                span,
                "a union takes `tag` or `one_of`, and `schema`; rules stand on what its variants hold",
            ));
        }
        if let (Some(_), Some(span)) = (&attr.tag, attr.one_of) {
            return Err(Error::new(span, "a tag says by itself which variant is meant"));
        }
        let mut union = Self {
            ident: input.ident.clone(),
            tag: attr.tag.map(|tag| tag.value()),
            variants: Vec::new(),
            keyword: if attr.one_of.is_some() { "oneOf" } else { "anyOf" },
            whole: attr.rules,
        };
        for variant in &data.variants {
            let parsed = union.variant(variant)?;
            if union.tag.is_some() && union.variants.iter().any(|other| other.tag == parsed.tag) {
                return Err(Error::new(variant.ident.span(), format!("two variants have the tag `{}`", parsed.tag)));
            }
            union.variants.push(parsed);
        }
        Ok(union)
    }

    fn variant(&self, variant: &Variant) -> Result<UnionVariant> {
        let at = variant.ident.span();
        let attr = DataAttr::parse(&variant.attrs)?;
        if !attr.rules.is_empty() || attr.has_more_than_tag() || attr.one_of.is_some() {
            return Err(Error::new(
                at,
                "a variant of a union takes `tag` and nothing else; rules stand on what it holds",
            ));
        }
        let ty = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed[0].ty.clone(),
            _ => return Err(Error::new(at, "a variant of a union holds one value: `Card(CardPayment)`")),
        };
        let tag = match (&self.tag, attr.tag.as_ref().map(LitStr::value)) {
            (Some(_), Some(tag)) => tag,
            (None, None) => String::new(),
            (Some(member), None) => {
                return Err(Error::new(
                    at,
                    format!("expected `#[data(tag = \"…\")]`: what `{member}` is for this variant"),
                ));
            }
            (None, Some(_)) => {
                return Err(Error::new(
                    at,
                    "expected `#[data(tag = \"…\")]` on the enum, too: the member that is the tag",
                ));
            }
        };
        Ok(UnionVariant { ident: variant.ident.clone(), ty, tag })
    }
}

impl DataAttr {
    /// Whether anything stands here besides `tag` and rules.
    fn has_more_than_tag(&self) -> bool {
        self.name.is_some()
            || self.constant.is_some()
            || self.default.is_some()
            || self.unknown.is_some()
            || self.closed
    }
}
