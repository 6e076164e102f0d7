//! Unions that would be read again and again: the variants of one without a tag are tried in order, and where two of them
//! read the same member as the union itself, every level of nesting would double the work.

use crate::contract::{FieldValue, Type, TypeExpr, TypeId, TypeKind};
use crate::lower::boxes::reaches;

/// Whether a value inside a value of the union, itself of the union, may be read by two variants.
pub(super) fn reads_twice(types: &[Type], union: TypeId) -> bool {
    let TypeKind::Union { variants, tag: None, .. } = &types[union.0].kind else { return false };
    let mut steps = Vec::new();
    let mut budget = MOST;
    for variant in variants {
        into(types, &variant.ty, &mut vec![union], &mut steps, &mut budget);
    }
    if budget == 0 {
        return true;
    }
    steps.retain(|(_, ty)| named(ty).is_some_and(|start| reaches(types, start, union, named)));
    let of = |wanted: fn(&Step<'_>) -> bool| steps.iter().filter(|(step, _)| wanted(step)).count();
    let (elements, maps, members) =
        (of(|step| *step == Step::Element), of(|step| *step == Step::AnyMember), of(|step| *step != Step::Element));
    let is_repeated = |index: usize| steps[..index].iter().any(|(step, _)| *step == steps[index].0);
    elements > 1 || maps > 0 && members > 1 || (0..steps.len()).any(is_repeated)
}

/// Types in types that are looked through, at most.
const MOST: usize = 10_000;

/// How a value leads to another one inside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step<'a> {
    Member(&'a str),
    AnyMember,
    Element,
}

/// The values inside a value of a type, each with the way to it.
fn into<'a>(
    types: &'a [Type],
    ty: &'a TypeExpr,
    seen: &mut Vec<TypeId>,
    steps: &mut Vec<(Step<'a>, &'a TypeExpr)>,
    budget: &mut usize,
) {
    let id = match ty {
        TypeExpr::Named(id) if !seen.contains(id) => *id,
        TypeExpr::Nullable(inner) | TypeExpr::Boxed(inner) => return into(types, inner, seen, steps, budget),
        TypeExpr::Vec(inner) => return steps.push((Step::Element, inner)),
        TypeExpr::Map(inner) => return steps.push((Step::AnyMember, inner)),
        _ => return,
    };
    *budget = budget.saturating_sub(1);
    if *budget == 0 {
        return;
    }
    seen.push(id);
    match &types[id.0].kind {
        TypeKind::Struct { fields, .. } => steps.extend(fields.iter().filter_map(|field| match &field.value {
            FieldValue::Type(ty) => Some((Step::Member(&field.name.wire), ty)),
            FieldValue::Constant(_) => None,
        })),
        TypeKind::Newtype { inner, .. } => into(types, inner, seen, steps, budget),
        TypeKind::Union { variants, tag, .. } => {
            let mut inner = Vec::new();
            for variant in variants {
                into(types, &variant.ty, seen, &mut inner, budget);
            }
            // Of variants with a tag, one alone is read.
            let is_new = |index: &usize| tag.is_none() || !inner[..*index].contains(&inner[*index]);
            steps.extend((0..inner.len()).filter(is_new).map(|index| inner[index]));
        }
        TypeKind::Names { .. } => {}
    }
    seen.pop();
}

/// The named type somewhere in a type.
fn named(ty: &TypeExpr) -> Option<TypeId> {
    match ty {
        TypeExpr::Named(id) => Some(*id),
        TypeExpr::Nullable(inner) | TypeExpr::Boxed(inner) | TypeExpr::Vec(inner) | TypeExpr::Map(inner) => {
            named(inner)
        }
        _ => None,
    }
}
