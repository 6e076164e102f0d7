//! Schemas as tables: what the judge of the runtime walks.

use crate::contract::Rule;

/// What says nothing, what refuses everything, or a table by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableRef {
    /// `true`
    Any,
    /// `false`
    Never,
    /// Index into [`Tables::all`].
    Table(usize),
}

/// The tables of a system.
#[derive(Debug, Default)]
pub struct Tables {
    /// In the order in which they were asked for.
    pub all: Vec<Table>,
    /// Resources with dynamic anchors.
    pub resources: Vec<Vec<(String, TableRef)>>,
}

/// All that is said about the value at one place.
#[derive(Debug, Default)]
pub struct Table {
    /// What it is called besides its number.
    pub name: Option<String>,
    /// File and pointer of the schemas.
    pub at: String,
    /// `type`, and what bounds strings, numbers and sizes.
    pub rules: Vec<Rule>,
    /// JSON texts of the values that are admitted.
    pub values: Option<Vec<String>>,
    /// About members.
    pub object: Option<Members>,
    /// About elements.
    pub array: Option<Elements>,
    /// What looks at the value once more.
    pub also: Vec<Also>,
    /// `unevaluatedProperties`
    pub unevaluated_properties: Option<TableRef>,
    /// `unevaluatedItems`
    pub unevaluated_items: Option<TableRef>,
    /// Index into [`Tables::resources`].
    pub resource: Option<usize>,
}

/// What looks at the value once more.
#[derive(Debug)]
pub enum Also {
    /// `allOf`, `$ref`
    All(TableRef),
    /// `anyOf`
    Any(Vec<TableRef>),
    /// `oneOf`
    One(Vec<TableRef>),
    /// `not`
    Not(TableRef),
    /// `if`, `then`, `else`
    If(TableRef, Option<TableRef>, Option<TableRef>),
    /// `dependentSchemas`
    With(String, TableRef),
    /// `$dynamicRef`, `$recursiveRef`
    Dynamic(String, TableRef),
}

/// What is said about the members of an object.
#[derive(Debug, Default)]
pub struct Members {
    /// Members that are known by name.
    pub properties: Vec<Property>,
    /// About all others.
    pub others: Vec<Others>,
    /// `propertyNames`
    pub names: Vec<TableRef>,
    /// `dependentRequired`
    pub dependent: Vec<(String, Vec<String>)>,
}

/// A member that is known by name.
#[derive(Debug)]
pub struct Property {
    /// The name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Whether `unevaluatedProperties` has nothing to say about it.
    pub evaluated: bool,
    /// What its value must be.
    pub table: TableRef,
}

/// What one schema says about members that are not known by name.
#[derive(Debug)]
pub struct Others {
    /// `patternProperties`, as Rust expressions.
    pub patterns: Vec<(String, TableRef)>,
    /// `additionalProperties`
    pub additional: Option<TableRef>,
}

/// What is said about the elements of an array.
#[derive(Debug, Default)]
pub struct Elements {
    /// The first elements, one by one.
    pub prefix: Vec<TableRef>,
    /// All further ones.
    pub rest: Option<TableRef>,
    /// `contains`
    pub contains: Vec<Contains>,
}

/// How many elements must be of a kind.
#[derive(Debug)]
pub struct Contains {
    /// What counts.
    pub table: TableRef,
    /// `minContains`
    pub least: u32,
    /// `maxContains`
    pub most: Option<u32>,
    /// Whether `unevaluatedItems` has nothing to say about those that count.
    pub evaluates: bool,
}

impl Table {
    /// The tables that look at the same value.
    #[must_use]
    pub fn in_place(&self) -> Vec<usize> {
        let mut targets = Vec::new();
        for also in &self.also {
            match also {
                Also::All(one) | Also::Not(one) | Also::With(_, one) | Also::Dynamic(_, one) => targets.push(*one),
                Also::Any(all) | Also::One(all) => targets.extend(all),
                Also::If(condition, then, otherwise) => {
                    targets.extend([Some(*condition), *then, *otherwise].into_iter().flatten())
                }
            }
        }
        targets
            .into_iter()
            .filter_map(|target| match target {
                TableRef::Table(number) => Some(number),
                TableRef::Any | TableRef::Never => None,
            })
            .collect()
    }
}
