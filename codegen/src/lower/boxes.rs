//! A type that contains itself needs a pointer somewhere in the circle.

use crate::contract::{FieldValue, Type, TypeExpr, TypeId, TypeKind};

/// Puts a member on the heap wherever its type leads back to the struct that holds it, lists and maps apart: those are
/// on the heap already.
pub(super) fn break_cycles(types: &mut [Type]) {
    for index in 0..types.len() {
        let TypeKind::Struct { fields, .. } = &types[index].kind else { continue };
        let circular: Vec<usize> = (0..fields.len())
            .filter(|at| match &fields[*at].value {
                FieldValue::Type(ty) => direct(ty).is_some_and(|target| reaches(types, target, TypeId(index))),
                FieldValue::Constant(_) => false,
            })
            .collect();
        let TypeKind::Struct { fields, .. } = &mut types[index].kind else { continue };
        for at in circular {
            if let FieldValue::Type(ty) = &mut fields[at].value {
                *ty = TypeExpr::Boxed(Box::new(ty.clone()));
            }
        }
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

fn reaches(types: &[Type], from: TypeId, goal: TypeId) -> bool {
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
            TypeKind::Struct { fields, .. } => todo.extend(fields.iter().filter_map(|field| match &field.value {
                FieldValue::Type(ty) => direct(ty),
                FieldValue::Constant(_) => None,
            })),
            TypeKind::Newtype { inner, .. } => todo.extend(direct(inner)),
            TypeKind::Names { .. } => {}
        }
    }
    false
}
