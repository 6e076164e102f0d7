//! `oneOf` and `anyOf`: an enum with a variant per branch, a list of names, or a value that may be `null`.

use std::collections::HashSet;

use crate::contract::{Name, Rule, TypeExpr, TypeKind, Variant, WholeSchema};
use crate::lower::branches::{Branch, Branches};
use crate::lower::types::{Layout, Shape};
use crate::names;
use crate::schema::{Kinds, NodeId};

/// Unions that hold unions at once: more than this are read more easily as JSON.
const DEEPEST: usize = 4;

impl Layout<'_> {
    /// The other branch of a schema that is nothing but "this, or `null`".
    pub(super) fn or_null(&self, nodes: &[NodeId]) -> Option<NodeId> {
        let [only] = nodes else { return None };
        let node = self.schemas.node(*only);
        let branches = if node.whole.any.is_empty() { &node.whole.one } else { &node.whole.any };
        let [first, second] = branches.as_slice() else { return None };
        if node.assertions() != 1 {
            return None;
        }
        let kinds = |id: &NodeId| self.kinds(&self.conjuncts(&[*id]));
        let is_null = |id: &NodeId| self.schemas.node(*id).assertions() == 1 && kinds(id).names() == ["null"];
        let value = if is_null(second) { first } else { second };
        ((is_null(first) || is_null(second)) && !kinds(value).has("null")).then_some(*value)
    }

    /// The type of a value that is of one of several branches; none if its branches say nothing that a type can say.
    pub(super) fn union(&mut self, nodes: &[NodeId], own: NodeId, name: &str, kinds: Kinds) -> Option<Shape> {
        let branches = self.branches(nodes, 0).filter(|_| self.open_unions < DEEPEST)?;
        let null = Kinds::named("null").unwrap_or(Kinds::ALL);
        if branches.nullable && kinds.has("null") {
            return Some(self.shape(nodes, own, name, kinds.without(null)).or_null());
        }
        if let Some((texts, repeats)) = self.lists_texts(&branches) {
            return Some(self.listed(nodes, own, name, &branches, &texts, repeats));
        }
        if let Some(elements) = self.one_list(nodes, name, &branches) {
            return Some(elements);
        }
        self.differ(&branches).then(|| self.variants(nodes, own, name, &branches))
    }

    /// Branches that are nothing but texts: one list of names.
    fn listed(
        &mut self,
        nodes: &[NodeId],
        own: NodeId,
        name: &str,
        branches: &Branches,
        texts: &[String],
        repeats: bool,
    ) -> Shape {
        let whole = &self.schemas.node(branches.holder).whole;
        // What stands in two branches of `oneOf` is refused.
        let rules: Vec<Rule> =
            if whole.count > 1 || repeats && !whole.one.is_empty() { vec![self.whole_rule(nodes)] } else { Vec::new() };
        let (rust, described) = self.record_name(nodes, own, name);
        let docs = self.docs(&[described]);
        let id = self.define(nodes, &rust, docs, described, |_, _| {
            let variants = texts.iter().map(|text| Name { wire: text.clone(), rust: names::type_name(text) }).collect();
            TypeKind::Names { variants, open: false, rules: Vec::new() }
        });
        self.variant_clashes(id, described);
        Shape { ty: TypeExpr::Named(id), rules }
    }

    /// An enum with a variant per branch.
    fn variants(&mut self, nodes: &[NodeId], own: NodeId, name: &str, branches: &Branches) -> Shape {
        let (tag, texts) = self.tag(branches).unzip();
        let whole = self.needs_judge(branches, tag.is_some()).then(|| {
            let keyword = self.schemas.node(branches.holder).whole.keyword.unwrap_or("oneOf").to_owned();
            WholeSchema { keyword, table: self.table(nodes) }
        });
        let (rust, described) = self.record_name(nodes, own, name);
        let docs = self.docs(&[described]);
        let id = self.define(nodes, &rust, docs, described, |layout, id| {
            let prefix = layout.ty(id).rust.clone();
            layout.unions.push((id, nodes.to_vec()));
            let mut taken = HashSet::new();
            let mut variants = Vec::new();
            for (index, branch) in branches.all.iter().enumerate() {
                let text = texts.as_ref().map(|texts: &Vec<String>| texts[index].clone());
                let (wire, docs) = layout.variant_name(branches, index, text.as_ref());
                let rust = names::numbered(&names::type_name(&wire), |name| !taken.contains(name));
                taken.insert(rust.clone());
                let name = Name { wire: text.clone().unwrap_or(wire), rust };
                let has_base = !branches.beside.is_empty();
                let variant = layout.variant(branch, has_base, &prefix, name, text);
                variants.push(Variant { docs: if variant.docs.is_empty() { docs } else { variant.docs }, ..variant });
            }
            let one = !layout.schemas.node(branches.holder).whole.one.is_empty();
            TypeKind::Union { variants, tag, one, whole }
        });
        Shape::plain(TypeExpr::Named(id))
    }

    /// Whether a value of a variant may be none of the schema's.
    ///
    /// Each variant holds what its branch accepts and nothing else. So `anyOf` is its variants; and `oneOf` is, where no
    /// value is of two branches.
    fn needs_judge(&self, branches: &Branches, is_tagged: bool) -> bool {
        let whole = &self.schemas.node(branches.holder).whole;
        whole.count > 1 || !whole.one.is_empty() && !is_tagged && !self.are_disjoint(branches)
    }

    fn variant(&mut self, branch: &Branch, has_base: bool, rust: &str, name: Name, tag: Option<String>) -> Variant {
        // With a base beside it, a definition is not the type that it is elsewhere.
        let own = if has_base { branch.own } else { self.called(branch.own) };
        self.open_unions += 1;
        let ty = self.alone(&branch.nodes, own, &format!("{rust}{}", name.rust.trim_start_matches("r#")));
        self.open_unions -= 1;
        // A type with a name has docs of its own.
        let docs = if matches!(ty, TypeExpr::Named(_)) { Vec::new() } else { self.docs(&[branch.own]) };
        Variant { name, docs, tag, ty }
    }

    /// What a variant is called: by its schema, its tag, the member that tells it apart, or its type; and what there is to
    /// say if nobody gave it that name.
    fn variant_name(&self, branches: &Branches, index: usize, tag: Option<&String>) -> (String, Vec<String>) {
        let branch = &branches.all[index];
        if let Some(given) = self.own_name(self.called(branch.own)).or_else(|| tag.cloned()) {
            return (given, Vec::new());
        }
        if let Some(member) = self.telling_member(branches, index) {
            let docs = format!("An object with `{}`.", member.replace('`', "'"));
            return (member, vec![docs]);
        }
        let (name, docs) = branch.flavour.words();
        (name.to_owned(), vec![docs.to_owned()])
    }

    /// The schema that names a branch: itself, or what it only refers to.
    pub(super) fn called(&self, own: NodeId) -> NodeId {
        let mut at = own;
        let mut seen = Vec::new();
        while self.own_name(at).is_none() && !seen.contains(&at) {
            seen.push(at);
            let node = self.schemas.node(at);
            match node.reference.filter(|_| node.is_plain() && node.all_of.is_empty()) {
                Some(target) => at = target,
                None => return own,
            }
        }
        at
    }
}
