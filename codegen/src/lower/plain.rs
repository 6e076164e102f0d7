//! A schema of any origin → types with an exact decoder: nothing is asked of it but that it is a JSON Schema.

use crate::contract::{Name, Plain, Rule, RuleValue, TypeExpr, TypeId, TypeKind, WholeSchema};
use crate::diagnostic::Diagnostics;
use crate::lower::boxes;
use crate::lower::types::{Layout, Shape};
use crate::names;
use crate::schema::{Kinds, NodeId, Schemas};

/// Lays out the schema `root`; `name` is what the file is called.
///
/// # Errors
/// What cannot be decoded exactly: patterns beyond regular languages, and schemas that lead back to themselves.
pub(crate) fn lower(schemas: &Schemas, root: NodeId, name: &str) -> Result<Plain, Diagnostics> {
    let mut found = Diagnostics::new();
    let mut layout = Layout::new(schemas, false, &mut found);
    let table = layout.table(&[root]);
    let title = schemas.node(root).title.as_deref().filter(|title| title.len() < 60);
    let rust = names::type_name(title.unwrap_or(name));
    let shape = if schemas.are_dynamic() {
        // What a `$dynamicRef` means depends on the way from the root: only the whole can be judged.
        let whole = WholeSchema { keyword: "$dynamicRef".to_owned(), table };
        Shape { ty: TypeExpr::Json, rules: vec![Rule { keyword: "schema", value: RuleValue::Schema(whole) }] }
    } else {
        let nodes = layout.conjuncts(&[root]);
        layout.shape(&nodes, root, &rust, Kinds::ALL)
    };
    let root_type = named(&mut layout, shape, root, &rust);
    let (mut types, tables) = layout.finish();
    boxes::break_cycles(&mut types);
    found.gate().map(|_| Plain {
        name: Name { wire: name.to_owned(), rust: names::module(name) },
        types,
        tables,
        root: root_type,
        table,
    })
}

/// The type of the root, which must have a name.
fn named(layout: &mut Layout<'_>, shape: Shape, root: NodeId, rust: &str) -> TypeId {
    match shape {
        Shape { ty: TypeExpr::Named(id), rules } if rules.is_empty() => id,
        Shape { ty, rules } => {
            let docs = layout.docs(&[root]);
            layout.newtype(rust, docs, root, TypeKind::Newtype { inner: ty, rules })
        }
    }
}
