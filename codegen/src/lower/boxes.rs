//! A type that contains itself needs a pointer somewhere in the circle.

use crate::contract::{FieldValue, Type, TypeExpr, TypeId, TypeKind};

/// Puts a member or what a variant holds on the heap wherever its type leads back to the type that holds it, lists and
/// maps apart: those are on the heap already.
pub(super) fn break_cycles(types: &mut [Type]) {
    for index in 0..types.len() {
        let is_circular =
            |ty: &TypeExpr| direct(ty).is_some_and(|target| reaches(types, target, TypeId(index), direct));
        let circular: Vec<bool> = held(&types[index].kind).into_iter().map(is_circular).collect();
        for (ty, circular) in held_mut(&mut types[index].kind).into_iter().zip(circular) {
            if circular {
                *ty = TypeExpr::Boxed(Box::new(ty.clone()));
            }
        }
    }
}

/// The types of what a value holds, as far as they can be boxed.
fn held(kind: &TypeKind) -> Vec<&TypeExpr> {
    match kind {
        TypeKind::Struct { fields, .. } => {
            let types = fields.iter().filter_map(|field| match &field.value {
                FieldValue::Type(ty) => Some(ty),
                FieldValue::Constant(_) => None,
            });
            types.collect()
        }
        TypeKind::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Newtype { .. } | TypeKind::Names { .. } => Vec::new(),
    }
}

fn held_mut(kind: &mut TypeKind) -> Vec<&mut TypeExpr> {
    match kind {
        TypeKind::Struct { fields, .. } => {
            let types = fields.iter_mut().filter_map(|field| match &mut field.value {
                FieldValue::Type(ty) => Some(ty),
                FieldValue::Constant(_) => None,
            });
            types.collect()
        }
        TypeKind::Union { variants, .. } => variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        TypeKind::Newtype { .. } | TypeKind::Names { .. } => Vec::new(),
    }
}

/// The named type that a value holds in itself.
fn direct(ty: &TypeExpr) -> Option<TypeId> {
    match ty {
        TypeExpr::Named(id) => Some(*id),
        TypeExpr::Nullable(inner) => direct(inner),
        _ => None,
    }
}

/// Whether one can get from a type to another one; `named` tells which type, if any, a part leads to.
pub(super) fn reaches(types: &[Type], from: TypeId, goal: TypeId, named: fn(&TypeExpr) -> Option<TypeId>) -> bool {
    let mut seen = vec![false; types.len()];
    let mut todo = vec![from];
    while let Some(here) = todo.pop() {
        if here == goal {
            return true;
        }
        if std::mem::replace(&mut seen[here.0], true) {
            continue;
        }
        match &types[here.0].kind {
            TypeKind::Newtype { inner, .. } => todo.extend(named(inner)),
            kind => todo.extend(held(kind).into_iter().filter_map(named)),
        }
    }
    false
}
