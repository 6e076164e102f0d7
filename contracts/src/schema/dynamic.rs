//! The dynamic scope: which schema resources the judge has come through.

use crate::schema::{Resource, Schema};

/// The innermost resource, and those around it. It lives on the stack of the judge.
#[derive(Debug)]
pub(super) struct Scope<'s> {
    resource: &'static Resource,
    outer: Option<&'s Scope<'s>>,
}

impl<'s> Scope<'s> {
    /// The scope inside `resource`, if that is another one than the innermost.
    pub(super) fn entered(resource: Option<&'static Resource>, outer: Option<&'s Self>) -> Option<Self> {
        let resource = resource?;
        let inside = outer.is_some_and(|scope| std::ptr::eq(scope.resource, resource));
        (!inside).then_some(Self { resource, outer })
    }

    /// The schema that the outermost resource with this anchor calls by it.
    pub(super) fn find(scope: Option<&Self>, anchor: &str) -> Option<&'static Schema> {
        let around = std::iter::successors(scope, |scope| scope.outer);
        let of_anchor = |scope: &Self| scope.resource.anchors.iter().find(|(name, _)| *name == anchor);
        around.filter_map(of_anchor).last().map(|(_, schema)| *schema)
    }
}
