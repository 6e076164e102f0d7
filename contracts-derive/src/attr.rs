//! `#[data(…)]`, `#[event(…)]` and `#[events(…)]`: one place that knows how each is spelled and what is wrong with a bad one.

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Ident, Lit, LitStr, Path, Result, Token, parenthesized};

use crate::rules::{self, RuleSet, Takes};

/// What `#[data(…)]` on a type, a field or a variant says.
#[derive(Default)]
pub(crate) struct DataAttr {
    pub(crate) name: Option<LitStr>,
    pub(crate) constant: Option<Lit>,
    pub(crate) default: Option<Lit>,
    pub(crate) unknown: Option<Span>,
    pub(crate) closed: bool,
    pub(crate) one_of: Option<Span>,
    pub(crate) tag: Option<LitStr>,
    pub(crate) rules: RuleSet,
}

impl DataAttr {
    pub(crate) fn parse(attributes: &[Attribute]) -> Result<Self> {
        let mut parsed = Self::default();
        let mut seen = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("data")) {
            attribute.parse_nested_meta(|meta| {
                let name = name_once(&meta, &mut seen)?;
                match name.to_string().as_str() {
                    "name" => parsed.name = Some(meta.value()?.parse()?),
                    "constant" => parsed.constant = Some(meta.value()?.parse()?),
                    "default" => parsed.default = Some(meta.value()?.parse()?),
                    "unknown" => parsed.unknown = Some(name.span()),
                    "closed" => parsed.closed = true,
                    "one_of" => parsed.one_of = Some(name.span()),
                    "tag" => parsed.tag = Some(meta.value()?.parse()?),
                    "schema" => parsed.rules.schema(name, meta.value()?.parse()?),
                    _ => parsed.rule(name, &meta)?,
                }
                Ok(())
            })?;
        }
        Ok(parsed)
    }

    /// `tag` and `one_of` belong to a union.
    pub(crate) fn without_tag(self) -> Result<Self> {
        match self.tag.as_ref().map(LitStr::span).or(self.one_of) {
            None => Ok(self),
            Some(span) => Err(syn::Error::new(
                span,
                "`tag` and `one_of` belong to a union: an enum of variants that hold one value each",
            )),
        }
    }

    fn rule(&mut self, name: Ident, meta: &ParseNestedMeta<'_>) -> Result<()> {
        match rules::takes(&name.to_string()) {
            Some(Takes::Number) => {
                let value = meta.value()?;
                let negative = value.parse::<Option<Token![-]>>()?.is_some();
                self.rules.bound(name, negative, &value.parse()?)
            }
            Some(Takes::Count) => {
                let count: syn::LitInt = meta.value()?.parse()?;
                self.rules.count(name, count.base10_parse()?);
                Ok(())
            }
            Some(Takes::Text) => self.rules.text(name, &meta.value()?.parse()?),
            Some(Takes::Kinds) => self.rules.kinds(name, &list::<LitStr>(meta)?),
            Some(Takes::Nothing) => {
                self.rules.flag(name);
                Ok(())
            }
            None => Err(meta.error(
                "unknown rule; expected `name`, `constant`, `default`, `unknown`, `closed`, `tag` or a JSON Schema keyword in snake_case such as `minimum` or `min_length`",
            )),
        }
    }
}

/// A path of fields, `data.shipment_id`; with `?` at its end if the last member may be absent.
#[derive(Default)]
pub(crate) struct FieldPath {
    pub(crate) fields: Vec<Ident>,
    pub(crate) optional: bool,
}

/// What `#[event(…)]` says.
#[derive(Default)]
pub(crate) struct EventAttr {
    pub(crate) span: Option<Span>,
    pub(crate) system: Option<LitStr>,
    pub(crate) topic: Option<LitStr>,
    pub(crate) event_type: Option<LitStr>,
    pub(crate) version: Option<Lit>,
    pub(crate) status: Option<LitStr>,
    pub(crate) producers: Vec<LitStr>,
    pub(crate) consumers: Vec<LitStr>,
    pub(crate) type_at: Option<LitStr>,
    pub(crate) version_at: Option<LitStr>,
    pub(crate) schema: Option<Expr>,
    pub(crate) document: Option<Expr>,
    pub(crate) partition_key: Vec<FieldPath>,
    pub(crate) idempotency_key: Vec<FieldPath>,
    pub(crate) version_member: Vec<FieldPath>,
    pub(crate) id: Vec<FieldPath>,
    pub(crate) time: Vec<FieldPath>,
    pub(crate) correlation: Vec<FieldPath>,
    pub(crate) causation: Vec<FieldPath>,
    pub(crate) previous: Option<Path>,
}

impl EventAttr {
    pub(crate) fn parse(attributes: &[Attribute]) -> Result<Self> {
        let mut parsed = Self::default();
        let mut seen = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("event")) {
            parsed.span.get_or_insert(attribute.path().span());
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("type") {
                    parsed.event_type = Some(meta.value()?.parse()?);
                    return Ok(());
                }
                let name = name_once(&meta, &mut seen)?;
                match name.to_string().as_str() {
                    "system" => parsed.system = Some(meta.value()?.parse()?),
                    "topic" => parsed.topic = Some(meta.value()?.parse()?),
                    "version" => parsed.version = Some(meta.value()?.parse()?),
                    "status" => parsed.status = Some(meta.value()?.parse()?),
                    "producers" => parsed.producers = list(&meta)?,
                    "consumers" => parsed.consumers = list(&meta)?,
                    "type_at" => parsed.type_at = Some(pointer(&meta)?),
                    "version_at" => parsed.version_at = Some(pointer(&meta)?),
                    "schema" => parsed.schema = Some(meta.value()?.parse()?),
                    "document" => parsed.document = Some(meta.value()?.parse()?),
                    "partition_key" => parsed.partition_key = vec![one(&meta)?],
                    "idempotency_key" => parsed.idempotency_key = paths(&meta)?,
                    "version_member" => parsed.version_member = vec![one(&meta)?],
                    "id" => parsed.id = vec![one(&meta)?],
                    "time" => parsed.time = vec![one(&meta)?],
                    "correlation" => parsed.correlation = vec![one(&meta)?],
                    "causation" => parsed.causation = vec![one(&meta)?],
                    "previous" => parsed.previous = list::<Path>(&meta)?.into_iter().next(),
                    _ => return Err(meta.error("unknown part of an event's contract; the docs of `Event` list them")),
                }
                Ok(())
            })?;
        }
        Ok(parsed)
    }
}

/// What `#[events(…)]` says.
#[derive(Default)]
pub(crate) struct EventsAttr {
    pub(crate) type_at: Option<LitStr>,
}

impl EventsAttr {
    pub(crate) fn parse(attributes: &[Attribute]) -> Result<Self> {
        let mut parsed = Self::default();
        let mut seen = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("events")) {
            attribute.parse_nested_meta(|meta| match name_once(&meta, &mut seen)?.to_string().as_str() {
                "type_at" => {
                    parsed.type_at = Some(pointer(&meta)?);
                    Ok(())
                }
                _ => Err(meta.error("unknown; expected `type_at = \"/type\"`")),
            })?;
        }
        Ok(parsed)
    }
}

/// The name of a nested attribute, which may stand only once.
fn name_once(meta: &ParseNestedMeta<'_>, seen: &mut Vec<Ident>) -> Result<Ident> {
    let name = meta.path.get_ident().cloned().ok_or_else(|| meta.error("expected a single name"))?;
    if seen.contains(&name) {
        return Err(meta.error(format!("`{name}` is given twice")));
    }
    seen.push(name.clone());
    Ok(name)
}

/// `name(a, b)`.
fn list<T: syn::parse::Parse>(meta: &ParseNestedMeta<'_>) -> Result<Vec<T>> {
    let content;
    parenthesized!(content in meta.input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&content)?.into_iter().collect())
}

/// `name(order_id, data.shipment_id)`.
fn paths(meta: &ParseNestedMeta<'_>) -> Result<Vec<FieldPath>> {
    let content;
    parenthesized!(content in meta.input);
    Ok(content.parse_terminated(path, Token![,])?.into_iter().collect())
}

fn path(input: syn::parse::ParseStream<'_>) -> Result<FieldPath> {
    let fields = Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, syn::ext::IdentExt::parse_any)?;
    let optional = input.parse::<Option<Token![?]>>()?.is_some();
    Ok(FieldPath { fields: fields.into_iter().collect(), optional })
}

fn one(meta: &ParseNestedMeta<'_>) -> Result<FieldPath> {
    let mut all = paths(meta)?.into_iter();
    match (all.next(), all.next()) {
        (Some(path), None) => Ok(path),
        _ => Err(meta.error("expected one path of fields, `order_id` or `data.order_id`")),
    }
}

fn pointer(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    let literal: LitStr = meta.value()?.parse()?;
    if literal.value().starts_with('/') {
        Ok(literal)
    } else {
        Err(syn::Error::new(literal.span(), "expected a JSON Pointer, \"/type\""))
    }
}
