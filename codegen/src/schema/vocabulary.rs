//! The keywords that there are, by what they are to us.

/// Keywords that say something about the schema and nothing about values.
pub(super) const ANNOTATIONS: &[&str] = &[
    "$comment",
    "examples",
    "default",
    "readOnly",
    "writeOnly",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "x-event",
];

/// Keywords that a contract does without: they move names or scopes about, or belong to older drafts.
pub(super) const NOT_IN_CONTRACTS: &[&str] = &[
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$recursiveAnchor",
    "$recursiveRef",
    "$vocabulary",
    "additionalItems",
    "dependencies",
    "id",
];

/// Keywords that no type can honour by itself: the value is judged as a whole.
pub(super) const WHOLE: &[&str] = &[
    "additionalItems",
    "anyOf",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "not",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords of the vocabulary `validation`, which a meta-schema may leave out.
pub(super) const VALIDATION: &[&str] = &[
    "const",
    "dependentRequired",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];

/// Every other keyword that is understood, for suggestions.
pub(super) const SUPPORTED: &[&str] = &[
    "$defs",
    "$ref",
    "additionalProperties",
    "allOf",
    "definitions",
    "deprecated",
    "description",
    "format",
    "items",
    "properties",
    "title",
    "x-decimal",
    "x-open-enum",
];
