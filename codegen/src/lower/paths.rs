//! JSON Pointers of keys and the like → paths of Rust fields.

use crate::contract::manifest::{Manifest, Pointer, XEvent};
use crate::contract::{FieldPath, FieldValue, Offered, Paths, TypeExpr, TypeId, TypeKind};
use crate::diagnostic::{Diagnostic, Rule};
use crate::lower::form;
use crate::lower::types::Layout;
use crate::source::Document;

pub(super) fn resolve(
    says: &XEvent,
    manifest: &Manifest,
    version_at: Option<&Pointer>,
    root: TypeId,
    document: &Document,
    layout: &mut Layout<'_>,
) -> Paths {
    let mut key = |pointer: &Pointer, place: &str| {
        required(pointer, root, layout).unwrap_or_else(|reason| {
            let at = form::place(document, place);
            let finding =
                Diagnostic::new(Rule::KEY_OPTIONAL, &at, format!("`{}` cannot be a key: {reason}", pointer.0))
                    .label("this key");
            layout.found.push(finding.help("a key must lead to one text or number that every event of this type has"));
            Vec::new()
        })
    };
    let partition_key = key(&says.partition_key, "/x-event/partitionKey");
    let idempotency_key = says
        .idempotency_key
        .iter()
        .enumerate()
        .map(|(index, pointer)| key(pointer, &format!("/x-event/idempotencyKey/{index}")))
        .collect();
    let version = version_at.map(|pointer| key(pointer, "/x-event"));
    // The envelope may leave these optional: then the runtime has none to offer.
    let envelope = |pointer: &Option<Pointer>| pointer.as_ref().and_then(|pointer| offered(pointer, root, layout));
    Paths {
        partition_key,
        idempotency_key,
        version,
        time: manifest.envelope.time.as_ref().and_then(|pointer| time(pointer, root, layout)),
        id: envelope(&manifest.envelope.id),
        correlation: envelope(&manifest.envelope.correlation),
        causation: envelope(&manifest.envelope.causation),
    }
}

/// The path to a scalar that every event has.
fn required(pointer: &Pointer, root: TypeId, layout: &Layout<'_>) -> Result<FieldPath, String> {
    walk(pointer, root, layout).and_then(|(path, ty)| match scalar(&ty, layout) {
        true => Ok(path),
        false => Err("it is no scalar".to_owned()),
    })
}

/// The path to a scalar that an event may lack, if there is one.
fn offered(pointer: &Pointer, root: TypeId, layout: &Layout<'_>) -> Option<Offered> {
    let (path, ty, optional) = follow(pointer, root, layout).ok()?;
    match ty {
        TypeExpr::Nullable(inner) => scalar(&inner, layout).then_some(Offered { path, optional: true }),
        ty => scalar(&ty, layout).then_some(Offered { path, optional }),
    }
}

/// The path to a time that an event may lack.
fn time(pointer: &Pointer, root: TypeId, layout: &Layout<'_>) -> Option<Offered> {
    let (path, ty, optional) = follow(pointer, root, layout).ok()?;
    is_time(&ty, layout).then_some(Offered { path, optional })
}

fn is_time(ty: &TypeExpr, layout: &Layout<'_>) -> bool {
    match ty {
        TypeExpr::Timestamp => true,
        TypeExpr::Named(id) => {
            matches!(&layout.ty(*id).kind, TypeKind::Newtype { inner, .. } if is_time(inner, layout))
        }
        _ => false,
    }
}

/// The path to a required member, and its type.
pub(super) fn walk(pointer: &Pointer, root: TypeId, layout: &Layout<'_>) -> Result<(FieldPath, TypeExpr), String> {
    match follow(pointer, root, layout)? {
        (path, ty, false) => Ok((path, ty)),
        (.., true) => Err(format!("an event may lack `{}`", pointer.0)),
    }
}

/// The path to a member through members that are always there, its type, and whether an event may lack it.
fn follow(pointer: &Pointer, root: TypeId, layout: &Layout<'_>) -> Result<(FieldPath, TypeExpr, bool), String> {
    let mut path = Vec::new();
    let mut here = TypeExpr::Named(root);
    let mut optional = false;
    for segment in pointer.0.split('/').skip(1) {
        let segment = segment.replace("~1", "/").replace("~0", "~");
        let missing = || format!("there is no member `{segment}`");
        if optional {
            return Err("it is inside a member that an event may lack".to_owned());
        }
        let TypeExpr::Named(id) = here else { return Err(missing()) };
        let TypeKind::Struct { fields, .. } = &layout.ty(id).kind else { return Err(missing()) };
        let field = fields.iter().find(|field| field.name.wire == segment).ok_or_else(missing)?;
        optional = !field.required;
        path.push(field.name.rust.clone());
        here = match &field.value {
            FieldValue::Type(ty) => ty.clone(),
            FieldValue::Constant(_) => return Err(format!("`{segment}` is always the same")),
        };
    }
    Ok((path, here, optional))
}

fn scalar(ty: &TypeExpr, layout: &Layout<'_>) -> bool {
    match ty {
        TypeExpr::Named(id) => match &layout.ty(*id).kind {
            TypeKind::Newtype { inner, .. } => scalar(inner, layout),
            TypeKind::Names { .. } => true,
            TypeKind::Struct { .. } | TypeKind::Union { .. } => false,
        },
        TypeExpr::Json | TypeExpr::Vec(_) | TypeExpr::Map(_) | TypeExpr::Nullable(_) => false,
        TypeExpr::Boxed(inner) => scalar(inner, layout),
        _ => true,
    }
}
