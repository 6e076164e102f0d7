//! A JSON Schema as constants, and the judge that holds a text to it.
//!
//! The generator writes these tables; nothing is parsed or compiled when a service starts. A schema and all that holds
//! beside it (by `$ref` or `allOf`) is one [`Schema`] wherever they can be merged, so that a value is walked once.

mod also;
mod array;
mod check;
mod dynamic;
mod judge;
mod marks;
mod memory;
mod object;
mod plan;
mod scalar;
mod settled;
mod unevaluated;

pub use self::plan::Plan;
use crate::rules::{Kinds, Pattern, Rules};

/// What is said about the value at one place, as a JSON Schema says it.
///
/// ```
/// use event_contracts::rules::{Bound, Kinds, Rules};
/// use event_contracts::schema::{Object, Property, Schema};
///
/// static COUNT: Schema = Schema {
///     rules: Rules { kinds: Some(Kinds::INTEGER), minimum: Some(Bound::integer(1)), ..Rules::NONE },
///     ..Schema::ANY
/// };
/// static ORDER: Schema = Schema {
///     rules: Rules { kinds: Some(Kinds::OBJECT), ..Rules::NONE },
///     object: Some(&Object {
///         properties: &[Property::required("count", "\"count\":", &COUNT)],
///         ..Object::ANY
///     }),
///     ..Schema::ANY
/// };
/// assert!(ORDER.check(r#"{"count": 2}"#).is_ok());
/// let refusal = ORDER.check(r#"{"count": 0}"#).unwrap_err();
/// assert_eq!((refusal.keyword(), refusal.pointer()), ("minimum", "/count"));
/// ```
#[derive(Debug)]
pub struct Schema {
    /// `type`, and what bounds strings, numbers, and the sizes of arrays and objects.
    pub rules: Rules,
    /// `const` and `enum`: the JSON texts of the values that are admitted.
    pub values: Option<&'static [&'static str]>,
    /// What is said about the members of an object.
    pub object: Option<&'static Object>,
    /// What is said about the elements of an array.
    pub array: Option<&'static Array>,
    /// What looks at the value once more from its beginning, in this order.
    pub also: &'static [Also],
    /// `unevaluatedProperties`: for members that nothing else in this schema has looked at.
    pub unevaluated_properties: Option<&'static Schema>,
    /// `unevaluatedItems`: for elements that nothing else in this schema has looked at.
    pub unevaluated_items: Option<&'static Schema>,
    /// The schema resource that this schema belongs to, where a `$dynamicRef` may depend on it.
    pub resource: Option<&'static Resource>,
    /// What [`Schema::planned`] made of all this.
    #[doc(hidden)]
    pub plan: Plan,
}

/// What is said about the members of an object.
#[derive(Debug)]
pub struct Object {
    /// Members that are known by name, in the order in which they are expected.
    pub properties: &'static [Property],
    /// What is said about all other members: each of these holds by itself.
    pub others: &'static [Others],
    /// `propertyNames`: for the names of all members, as strings.
    pub names: &'static [&'static Schema],
    /// `dependentRequired`: a member, and the members that must be there if it is.
    pub dependent: &'static [(&'static str, &'static [&'static str])],
}

/// A member that is known by name.
#[derive(Debug)]
pub struct Property {
    /// The name.
    pub name: &'static str,
    /// The name as JSON text with the colon, as compact writers put it: `"\"order_id\":"`.
    pub prepared: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Whether `unevaluatedProperties` has nothing to say about it.
    pub evaluated: bool,
    /// What its value must be: all that `properties`, `patternProperties` and `additionalProperties` say about this name.
    pub schema: &'static Schema,
}

/// What one schema says about members that are not known by name.
#[derive(Debug)]
pub struct Others {
    /// `patternProperties`
    pub patterns: &'static [(&'static Pattern, &'static Schema)],
    /// `additionalProperties`: for members that no pattern matches.
    pub additional: Option<&'static Schema>,
}

/// What is said about the elements of an array.
#[derive(Debug)]
pub struct Array {
    /// What the first elements must be, one by one.
    pub prefix: &'static [&'static Schema],
    /// What all further elements must be; `None` if nothing is said about them.
    pub rest: Option<&'static Schema>,
    /// `contains`, each with its counts.
    pub contains: &'static [Contains],
}

/// `contains`: how many elements must be of a kind.
#[derive(Debug)]
pub struct Contains {
    /// What counts.
    pub schema: &'static Schema,
    /// `minContains`
    pub least: u32,
    /// `maxContains`
    pub most: Option<u32>,
    /// Whether `unevaluatedItems` has nothing to say about those that count (since draft 2020-12).
    pub evaluates: bool,
}

/// A keyword that looks at the whole value once more.
#[derive(Debug)]
pub enum Also {
    /// `allOf` and `$ref`, where they could not be merged.
    All(&'static Schema),
    /// `anyOf`
    Any(&'static [&'static Schema]),
    /// `oneOf`
    One(&'static [&'static Schema]),
    /// `not`
    Not(&'static Schema),
    /// `if`, with `then` and `else`.
    If {
        /// `if`
        condition: &'static Schema,
        /// `then`
        then: Option<&'static Schema>,
        /// `else`
        otherwise: Option<&'static Schema>,
    },
    /// `dependentSchemas`: holds if the value is an object with this member.
    With {
        /// The member.
        member: &'static str,
        /// What holds then.
        schema: &'static Schema,
    },
    /// `$dynamicRef` (or `$recursiveRef`): the schema that the outermost resource in scope calls by this anchor.
    Dynamic {
        /// The name of the anchor; empty for `$recursiveRef`.
        anchor: &'static str,
        /// Where the reference leads if no resource in scope has the anchor.
        initial: &'static Schema,
    },
}

/// A schema resource with anchors that a `$dynamicRef` can find.
#[derive(Debug)]
pub struct Resource {
    /// Its dynamic anchors by name.
    pub anchors: &'static [(&'static str, &'static Schema)],
}

impl Schema {
    /// Every value: `true`.
    pub const ANY: Self = Self {
        rules: Rules::NONE,
        values: None,
        object: None,
        array: None,
        also: &[],
        unevaluated_properties: None,
        unevaluated_items: None,
        resource: None,
        plan: Plan::Whole,
    };

    /// No value: `false`.
    pub const NEVER: Self = Self { rules: Rules { kinds: Some(Kinds::NONE), ..Rules::NONE }, ..Self::ANY };

    /// Whether this is `false`, or as good as that.
    fn is_never(&self) -> bool {
        self.rules.kinds == Some(Kinds::NONE)
    }
}

impl Object {
    /// Nothing is said.
    pub const ANY: Self = Self { properties: &[], others: &[], names: &[], dependent: &[] };
}

impl Property {
    /// A member that must be there.
    #[must_use]
    pub const fn required(name: &'static str, prepared: &'static str, schema: &'static Schema) -> Self {
        Self { name, prepared, required: true, evaluated: true, schema }
    }

    /// A member that may be there.
    #[must_use]
    pub const fn optional(name: &'static str, prepared: &'static str, schema: &'static Schema) -> Self {
        Self { required: false, ..Self::required(name, prepared, schema) }
    }

    /// A member that must be there, and about which nothing else is said.
    #[must_use]
    pub const fn unevaluated(name: &'static str, prepared: &'static str) -> Self {
        Self { evaluated: false, ..Self::required(name, prepared, &Schema::ANY) }
    }
}

impl Array {
    /// Nothing is said.
    pub const ANY: Self = Self { prefix: &[], rest: None, contains: &[] };
}
