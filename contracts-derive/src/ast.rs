//! The input of a derive as our own types: every mistake is found here, so that what follows cannot fail.

use proc_macro2::Span;
use quote::quote;
use syn::{
    Attribute, Data, DeriveInput, Error, Fields, GenericArgument, Ident, Lit, LitStr, PathArguments, Result, Type,
    Visibility,
};

use crate::attr::{DataAttr, EventAttr, EventsAttr, FieldPath};
use crate::rules::RuleSet;
pub(crate) use crate::union::Union;

/// What `#[derive(Data)]` stands on.
pub(crate) enum Input {
    Record(Record),
    Newtype(Newtype),
    Names(Names),
    Union(Union),
}

/// A struct with named fields: a JSON object.
pub(crate) struct Record {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) fields: Vec<Field>,
    /// What happens to members that are not declared.
    pub(crate) others: Others,
    /// The schema that judges the object as a whole.
    pub(crate) whole: RuleSet,
}

/// What happens to members that are not declared.
pub(crate) enum Others {
    /// They are kept in this field.
    Kept(Ident),
    /// They are skipped.
    Skipped,
    /// The object is refused.
    Refused,
}

pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// The docs, repeated on the builder's setter.
    pub(crate) docs: Vec<Attribute>,
    pub(crate) wire: String,
    pub(crate) role: Role,
    pub(crate) rules: RuleSet,
}

pub(crate) enum Role {
    /// A member that must be there, with what a builder starts from.
    Required { ty: Type, default: Option<Lit> },
    /// A member that may be absent; the type is the one inside `Option`.
    Optional { ty: Type },
    /// A member that is always the same: its JSON text.
    Constant { json: String },
}

/// A struct with one unnamed field: a value with rules of its own.
pub(crate) struct Newtype {
    pub(crate) ident: Ident,
    pub(crate) inner: Type,
    pub(crate) rules: RuleSet,
}

/// An enum of plain variants: a text out of a list.
pub(crate) struct Names {
    pub(crate) ident: Ident,
    pub(crate) variants: Vec<(Ident, String)>,
    /// The variant of an open list that holds a text not listed.
    pub(crate) unknown: Option<Ident>,
    /// What a text of an open list must keep to.
    pub(crate) rules: RuleSet,
}

/// What `#[derive(Event)]` stands on.
pub(crate) struct EventInput {
    pub(crate) record: Record,
    pub(crate) contract: Contract,
}

/// `#[event(…)]`, complete.
pub(crate) struct Contract {
    pub(crate) system: LitStr,
    pub(crate) topic: LitStr,
    pub(crate) event_type: LitStr,
    pub(crate) version: WireVersion,
    pub(crate) status: Ident,
    pub(crate) partition_key: FieldPath,
    pub(crate) attr: EventAttr,
}

/// The version of the contract, under the scheme of its system.
pub(crate) enum WireVersion {
    Implicit(u32),
    Integer(u64),
    MajorMinor(u32, u32),
}

/// What `#[derive(Events)]` stands on.
pub(crate) struct EventsInput {
    pub(crate) ident: Ident,
    pub(crate) variants: Vec<(Ident, Type)>,
    pub(crate) unknown: Ident,
    pub(crate) type_at: String,
}

impl Input {
    pub(crate) fn parse(input: &DeriveInput) -> Result<Self> {
        no_generics(input)?;
        match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(_) => Record::parse(input).map(Self::Record),
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    let attr = DataAttr::parse(&input.attrs)?.without_tag()?;
                    Ok(Self::Newtype(Newtype {
                        ident: input.ident.clone(),
                        inner: fields.unnamed[0].ty.clone(),
                        rules: attr.rules,
                    }))
                }
                _ => Err(Error::new(input.ident.span(), "expected named fields, or one unnamed field")),
            },
            Data::Enum(data) if Union::is_one(data) => Union::parse(input, data).map(Self::Union),
            Data::Enum(data) => Names::parse(input, data).map(Self::Names),
            Data::Union(_) => Err(Error::new(input.ident.span(), "a union has no JSON form")),
        }
    }
}

impl Record {
    fn parse(input: &DeriveInput) -> Result<Self> {
        let Data::Struct(syn::DataStruct { fields: Fields::Named(named), .. }) = &input.data else {
            return Err(Error::new(input.ident.span(), "expected a struct with named fields"));
        };
        let attr = DataAttr::parse(&input.attrs)?.without_tag()?;
        if attr.rules.has_fields() {
            return Err(Error::new(
                attr.rules.span(),
                "rules of an object stand on its fields; the whole takes `schema` and `closed`",
            ));
        }
        let mut record = Self {
            ident: input.ident.clone(),
            vis: input.vis.clone(),
            fields: Vec::new(),
            others: if attr.closed { Others::Refused } else { Others::Skipped },
            whole: attr.rules,
        };
        for field in &named.named {
            let ident = field.ident.clone().expect("the fields are named");
            let attr = DataAttr::parse(&field.attrs)?.without_tag()?;
            if let Some(span) = attr.unknown {
                match std::mem::replace(&mut record.others, Others::Kept(ident)) {
                    Others::Skipped => continue,
                    Others::Kept(_) => return Err(Error::new(span, "only one field can keep the unknown members")),
                    Others::Refused => return Err(Error::new(span, "a closed object has no unknown members to keep")),
                }
            }
            let field = Field::new(ident, field, attr)?;
            if record.fields.iter().any(|other| other.wire == field.wire) {
                return Err(Error::new(field.ident.span(), format!("two fields have the wire name `{}`", field.wire)));
            }
            record.fields.push(field);
        }
        Ok(record)
    }

    /// The field that keeps members that are not declared.
    pub(crate) fn bag(&self) -> Option<&Ident> {
        match &self.others {
            Others::Kept(field) => Some(field),
            Others::Skipped | Others::Refused => None,
        }
    }

    /// Whether every value has the member `ident`.
    fn has_required(&self, ident: &Ident) -> bool {
        self.fields.iter().any(|field| field.ident == *ident && matches!(field.role, Role::Required { .. }))
    }
}

impl Field {
    fn new(ident: Ident, field: &syn::Field, attr: DataAttr) -> Result<Self> {
        let wire = attr.name.map_or_else(|| syn::ext::IdentExt::unraw(&ident).to_string(), |name| name.value());
        let role = match (attr.constant, option_of(&field.ty), attr.default) {
            (Some(constant), _, None) if attr.rules.is_empty() => Role::Constant { json: json_of(&constant)? },
            (Some(constant), ..) => {
                return Err(Error::new(constant.span(), "a constant takes no rules and no default"));
            }
            (None, Some(_), Some(default)) => {
                return Err(Error::new(default.span(), "a member that may be absent needs no default"));
            }
            (None, Some(ty), None) => Role::Optional { ty: ty.clone() },
            (None, None, default) => Role::Required { ty: field.ty.clone(), default },
        };
        let docs = field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect();
        Ok(Self { ident, vis: field.vis.clone(), docs, wire, role, rules: attr.rules })
    }
}

impl Names {
    fn parse(input: &DeriveInput, data: &syn::DataEnum) -> Result<Self> {
        let rules = DataAttr::parse(&input.attrs)?.without_tag()?.rules;
        let mut names = Self { ident: input.ident.clone(), variants: Vec::new(), unknown: None, rules };
        for variant in &data.variants {
            let attr = DataAttr::parse(&variant.attrs)?.without_tag()?;
            match (&variant.fields, attr.unknown) {
                (Fields::Unit, None) => {
                    let wire = attr.name.map_or_else(|| variant.ident.to_string(), |name| name.value());
                    if names.variants.iter().any(|(_, other)| *other == wire) {
                        return Err(Error::new(
                            variant.ident.span(),
                            format!("two variants have the wire name `{wire}`"),
                        ));
                    }
                    names.variants.push((variant.ident.clone(), wire));
                }
                (Fields::Unnamed(fields), Some(span)) if fields.unnamed.len() == 1 => {
                    if names.unknown.replace(variant.ident.clone()).is_some() {
                        return Err(Error::new(span, "only one variant can hold the texts that are not listed"));
                    }
                }
                (_, Some(span)) => {
                    return Err(Error::new(span, "the variant for texts that are not listed is `Unknown(Box<str>)`"));
                }
                (_, None) => {
                    let message = "expected a variant without fields; in a union, every variant holds one value";
                    return Err(Error::new(variant.ident.span(), message));
                }
            }
        }
        if names.unknown.is_none() && !names.rules.is_empty() {
            return Err(Error::new(names.rules.span(), "a closed list is its own rule"));
        }
        Ok(names)
    }
}

impl EventInput {
    pub(crate) fn parse(input: &DeriveInput) -> Result<Self> {
        no_generics(input)?;
        let record = Record::parse(input)?;
        let attr = EventAttr::parse(&input.attrs)?;
        let contract = Contract::new(attr, &record)?;
        Ok(Self { record, contract })
    }
}

impl Contract {
    fn new(mut attr: EventAttr, record: &Record) -> Result<Self> {
        let at = attr.span.unwrap_or_else(|| record.ident.span());
        let missing = |name: &str| Error::new(at, format!("an event needs `{name}`: `#[event({name} = …)]`"));
        let required = [&attr.partition_key, &attr.idempotency_key, &attr.version_member];
        let others = [&attr.id, &attr.time, &attr.correlation, &attr.causation];
        for path in required.into_iter().chain(others).flatten() {
            let Some(first) = path.fields.first() else { continue };
            // What a path goes through must be there; only its end may be absent, where it says so.
            if !(record.has_required(first) || path.optional && path.fields.len() == 1) {
                return Err(Error::new(
                    first.span(),
                    format!("`{first}` is no member that every `{}` has", record.ident),
                ));
            }
        }
        if let Some(path) = required.into_iter().flatten().find(|path| path.optional) {
            return Err(Error::new(path.fields[0].span(), "a key must be there in every event"));
        }
        let literal = attr.version.take().ok_or_else(|| missing("version"))?;
        let partition_key = attr
            .partition_key
            .pop()
            .ok_or_else(|| Error::new(at, "an event needs `partition_key(…)`: what keeps events in order"))?;
        if attr.idempotency_key.is_empty() {
            return Err(Error::new(at, "an event needs `idempotency_key(…)`: what makes two deliveries one fact"));
        }
        if attr.version_at.is_some() == attr.version_member.is_empty() {
            return Err(Error::new(
                at,
                "`version_at` and `version_member` go together: where the version stands, as JSON Pointer and as field",
            ));
        }
        Ok(Self {
            system: attr.system.take().ok_or_else(|| missing("system"))?,
            topic: attr.topic.take().ok_or_else(|| missing("topic"))?,
            event_type: attr.event_type.take().ok_or_else(|| missing("type"))?,
            version: WireVersion::parse(&literal, attr.version_at.is_some())?,
            status: status(attr.status.as_ref())?,
            partition_key,
            attr,
        })
    }
}

impl WireVersion {
    fn parse(literal: &Lit, on_the_wire: bool) -> Result<Self> {
        let wrong = || Error::new(literal.span(), "expected `1`, or `\"1.0\"` for a version on the wire");
        match literal {
            Lit::Int(int) if on_the_wire => int.base10_parse().map(Self::Integer),
            Lit::Int(int) => int.base10_parse().map(Self::Implicit),
            Lit::Str(text) if on_the_wire => {
                let text = text.value();
                let (major, minor) = text.split_once('.').ok_or_else(wrong)?;
                Ok(Self::MajorMinor(major.parse().map_err(|_| wrong())?, minor.parse().map_err(|_| wrong())?))
            }
            _ => Err(wrong()),
        }
    }
}

impl EventsInput {
    pub(crate) fn parse(input: &DeriveInput) -> Result<Self> {
        no_generics(input)?;
        let Data::Enum(data) = &input.data else {
            return Err(Error::new(input.ident.span(), "a set of events is an enum"));
        };
        let mut variants = Vec::new();
        for variant in &data.variants {
            match &variant.fields {
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    variants.push((variant.ident.clone(), fields.unnamed[0].ty.clone()))
                }
                _ => return Err(Error::new(variant.ident.span(), "expected one event in this variant")),
            }
        }
        match variants.pop() {
            Some((unknown, _)) if unknown == "Unknown" => Ok(Self {
                ident: input.ident.clone(),
                variants,
                unknown,
                type_at: EventsAttr::parse(&input.attrs)?.type_at.map_or_else(|| "/type".to_owned(), |at| at.value()),
            }),
            _ => Err(Error::new(
                input.ident.span(),
                "the last variant must be `Unknown(UnknownEvent)`: a topic may carry events that came later",
            )),
        }
    }
}

fn no_generics(input: &DeriveInput) -> Result<()> {
    if input.generics.params.is_empty() {
        Ok(())
    } else {
        Err(Error::new_spanned(&input.generics, "a contract has no type parameters"))
    }
}

fn status(literal: Option<&LitStr>) -> Result<Ident> {
    let Some(literal) = literal else { return Ok(Ident::new("Live", Span::call_site())) };
    match literal.value().as_str() {
        "live" => Ok(Ident::new("Live", literal.span())),
        "planned" => Ok(Ident::new("Planned", literal.span())),
        "deprecated" => Ok(Ident::new("Deprecated", literal.span())),
        _ => Err(Error::new(literal.span(), "expected `live`, `planned` or `deprecated`")),
    }
}

/// `T` of `Option<T>`.
fn option_of(ty: &Type) -> Option<&Type> {
    argument_of("Option", ty)
}

/// `T` of `Wrapper<T>`.
pub(crate) fn argument_of<'t>(wrapper: &str, ty: &'t Type) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The JSON text of a constant.
fn json_of(literal: &Lit) -> Result<String> {
    match literal {
        Lit::Str(text) => Ok(json_text(&text.value())),
        Lit::Int(int) => Ok(int.base10_digits().to_owned()),
        Lit::Bool(flag) => Ok(flag.value.to_string()),
        other => Err(Error::new_spanned(quote!(#other), "a constant is a text, an integer or a boolean")),
    }
}

/// `text` as JSON.
pub(crate) fn json_text(text: &str) -> String {
    let mut json = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => json.extend(['\\', letter]),
            letter if letter < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => json.push(letter),
        }
    }
    json.push('"');
    json
}
