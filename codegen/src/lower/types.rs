//! Which Rust type a list of schemas becomes. The decision stands in [`Layout::shape`]; each kind has a file of its own.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::contract::{Rule, RuleValue, Tables, Type, TypeExpr, TypeId, TypeKind, WholeSchema};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Rule as DiagnosticRule};
use crate::lower::branches::Flavour;
use crate::lower::retries;
pub(super) use crate::lower::shape::Shape;
use crate::names;
use crate::schema::{Kinds, NodeId, ResourceId, Schemas};

/// Places below places below places: deeper than this, a value is kept as JSON.
const DEEPEST: usize = 2_000;

/// More types than this come of schemas that were made to exhaust us; further values are kept as JSON.
const MOST: usize = 20_000;

/// Lists of lists of lists: the compiler would give up on more.
const NESTED: usize = 16;

/// The types of one system while they are being laid out.
pub(super) struct Layout<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) found: &'a mut Diagnostics,
    /// The schemas that describe the version member of the event at hand.
    pub(super) version_at: Vec<NodeId>,
    /// The older major version whose types are being laid out.
    pub(super) module: Option<u32>,
    /// Whether whatever cannot be laid out is refused; otherwise it becomes a JSON value that is judged as it stands.
    pub(super) strict: bool,
    types: Vec<Type>,
    /// What the judge of the runtime walks.
    pub(super) tables: Tables,
    /// Tables by the schemas that they stand for, and by resource.
    pub(super) known_tables: HashMap<Vec<NodeId>, usize>,
    pub(super) resource_numbers: HashMap<ResourceId, usize>,
    /// Whether there were too many tables: what is laid out from then on is never written.
    pub(super) exhausted: bool,
    /// How many places deep the one at hand is.
    depth: usize,
    /// Arrays and maps on the way to the place at hand: one that holds itself ends in a value that a validator judges.
    pub(super) laying: Vec<Vec<NodeId>>,
    /// Patterns by their text, translated and proven to compile: most stand in many places.
    pub(super) patterns: HashMap<String, Result<String, String>>,
    /// Whether one pattern admits nothing but what another does: to know costs an automaton of each.
    pub(super) inclusions: HashMap<(String, String), bool>,
    /// Schemas whose branches stay together in one struct: keys of the event at hand lead through it.
    pub(super) undivided: Vec<NodeId>,
    /// How many unions are open for the value at hand: a variant may be one itself, and so on.
    pub(super) open_unions: usize,
    /// What the branches of a schema leave of the JSON types.
    pub(super) branch_kinds: RefCell<HashMap<NodeId, Kinds>>,
    /// What kind of type a list of schemas becomes.
    pub(super) flavours: RefCell<HashMap<Vec<NodeId>, Flavour>>,
    /// Unions, each with the schemas that it stands for.
    pub(super) unions: Vec<(TypeId, Vec<NodeId>)>,
    /// A type per list of schemas and module: equal lists are one type.
    known: HashMap<(Vec<NodeId>, Option<u32>), TypeId>,
    scopes: HashMap<Option<u32>, names::Scope>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(schemas: &'a Schemas, strict: bool, found: &'a mut Diagnostics) -> Self {
        Self {
            schemas,
            found,
            version_at: Vec::new(),
            module: None,
            strict,
            types: Vec::new(),
            tables: Tables::default(),
            known_tables: HashMap::new(),
            resource_numbers: HashMap::new(),
            exhausted: false,
            depth: 0,
            laying: Vec::new(),
            patterns: HashMap::new(),
            inclusions: HashMap::new(),
            undivided: Vec::new(),
            open_unions: 0,
            branch_kinds: RefCell::default(),
            flavours: RefCell::default(),
            unions: Vec::new(),
            known: HashMap::new(),
            scopes: HashMap::new(),
        }
    }

    /// The types, and the tables of what is judged as it stands.
    pub(super) fn finish(mut self) -> (Vec<Type>, Tables) {
        for (union, nodes) in std::mem::take(&mut self.unions) {
            if retries::reads_twice(&self.types, union) {
                let rules = vec![self.whole_rule(&nodes)];
                self.types[union.0].kind = TypeKind::Newtype { inner: TypeExpr::Json, rules };
            }
        }
        self.endless_tables();
        (self.types, self.tables)
    }

    pub(super) fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    /// The struct of an event: its name is the event's.
    pub(super) fn event(&mut self, root: NodeId, rust: &str) -> Option<TypeId> {
        let nodes = self.conjuncts(&[root]);
        match self.shape(&nodes, root, rust, Kinds::ALL).ty {
            TypeExpr::Named(id) if matches!(self.ty(id).kind, TypeKind::Struct { .. }) => Some(id),
            _ => {
                let at = self.schemas.node(root).at.clone();
                self.found.push(Diagnostic::new(
                    DiagnosticRule::UNSUPPORTED_KEYWORD,
                    &at,
                    "an event must be an object with declared members",
                ));
                None
            }
        }
    }

    /// The type of a value for which `nodes` hold and whose JSON type is in `mask`.
    ///
    /// `own` is the schema at the place itself, for words and places; `name` is what a type without a name of its own gets.
    pub(super) fn shape(&mut self, nodes: &[NodeId], own: NodeId, name: &str, mask: Kinds) -> Shape {
        if self.exhausted || self.depth == DEEPEST || self.types.len() > MOST || self.laying.len() > NESTED {
            return Shape { ty: TypeExpr::Json, rules: vec![self.whole_rule(nodes)] };
        }
        self.depth += 1;
        let shape = self.shape_of(nodes, own, name, mask);
        self.depth -= 1;
        shape
    }

    fn shape_of(&mut self, nodes: &[NodeId], own: NodeId, name: &str, mask: Kinds) -> Shape {
        let kinds = self.kinds(nodes).and(mask);
        let is_never = nodes.iter().any(|id| self.schemas.node(*id).always == Some(false));
        if kinds.is_empty() || is_never || self.admitted(nodes).is_some_and(|values| values.is_empty()) {
            return self.refuse(nodes, own, DiagnosticRule::UNSATISFIABLE, "no value satisfies this schema");
        }
        let null = Kinds::named("null").unwrap_or(Kinds::ALL);
        let others = kinds.without(null);
        let is_extended = |id: &NodeId| self.schemas.node(*id).open_enum.is_some() || self.schemas.node(*id).decimal;
        if others.names() != ["string"] && nodes.iter().any(is_extended) {
            return self.refuse(
                nodes,
                own,
                DiagnosticRule::KEYWORD_VALUE,
                "`x-open-enum` and `x-decimal` stand beside `\"type\": \"string\"`",
            );
        }
        let is_whole = self.is_whole(nodes);
        // A validator judges a value as it stands: `null` and the rest are not taken apart then.
        if kinds.has("null") && others.names().len() == 1 && !is_whole {
            let inner = self.shape(nodes, own, name, others);
            return Shape { ty: TypeExpr::Nullable(Box::new(inner.ty)), rules: inner.rules };
        }
        if let Some(value) = self.or_null(nodes) {
            let parts = self.conjuncts(&[value]);
            let mut inner = self.shape(&parts, value, name, others);
            // A schema of the place judges `null`, too.
            if inner.rules.iter().any(|rule| rule.keyword == "schema") {
                inner.rules.retain(|rule| rule.keyword != "schema");
                self.judge_whole(nodes, &mut inner.rules);
            }
            return inner.or_null();
        }
        if let Some(union) = self.union(nodes, own, name, kinds) {
            return union;
        }
        match kinds.names().as_slice() {
            ["boolean"] if self.values(nodes).is_none() => Shape { ty: TypeExpr::Bool, rules: self.rules(nodes, &[]) },
            ["integer"] if self.values(nodes).is_none() => self.integer(nodes, kinds),
            ["number"] if self.values(nodes).is_none() => self.number(nodes, kinds),
            ["string"] => self.string(nodes, own, name, kinds),
            ["array"] if self.values(nodes).is_none() => self.array(nodes, name),
            ["object"] if self.values(nodes).is_none() => self.object(nodes, own, name),
            names => self.any(nodes, kinds, names),
        }
    }

    /// A value of several JSON types, or out of a list of values that are no texts: kept as JSON. Its type is checked;
    /// whatever else there is to check, a validator judges.
    fn any(&mut self, nodes: &[NodeId], kinds: Kinds, names: &[&'static str]) -> Shape {
        let simple = |id: &NodeId| self.schemas.node(*id).only_kinds().is_some();
        let rule = if nodes.iter().all(simple) {
            (kinds != Kinds::ALL).then(|| Rule { keyword: "kinds", value: RuleValue::Kinds(names.to_vec()) })
        } else {
            Some(self.whole_rule(nodes))
        };
        Shape { ty: TypeExpr::Json, rules: rule.into_iter().collect() }
    }

    /// The rule that a validator judges the whole value by all that `nodes` say.
    pub(super) fn whole_rule(&mut self, nodes: &[NodeId]) -> Rule {
        Rule { keyword: "schema", value: RuleValue::Schema(self.whole_schema(nodes)) }
    }

    /// Adds that rule, unless it is among the rules of the place already.
    pub(super) fn judge_whole(&mut self, nodes: &[NodeId], rules: &mut Vec<Rule>) {
        if rules.iter().all(|rule| rule.keyword != "schema") {
            rules.push(self.whole_rule(nodes));
        }
    }

    /// Whether a type cannot honour all that the schemas say.
    pub(super) fn is_whole(&self, nodes: &[NodeId]) -> bool {
        nodes.iter().any(|id| self.schemas.node(*id).whole.keyword.is_some())
    }

    /// The table of all that `nodes` say, and the keyword that makes it necessary.
    pub(super) fn whole_schema(&mut self, nodes: &[NodeId]) -> WholeSchema {
        let keyword = nodes.iter().find_map(|id| self.schemas.node(*id).whole.keyword).unwrap_or("type").to_owned();
        WholeSchema { keyword, table: self.table(nodes) }
    }

    /// The type of this list of schemas: the one that is known, or a new one. It is known before `kind` is asked for, so
    /// that a type may contain itself.
    pub(super) fn define(
        &mut self,
        nodes: &[NodeId],
        rust: &str,
        docs: Vec<String>,
        own: NodeId,
        kind: impl FnOnce(&mut Self, TypeId) -> TypeKind,
    ) -> TypeId {
        let mut key = nodes.to_vec();
        key.sort_unstable();
        if let Some(&known) = self.known.get(&(key.clone(), self.module)) {
            return known;
        }
        let at = self.schemas.node(own).at.clone();
        let (rust, is_new) = match self.strict {
            true => (rust.to_owned(), self.take(rust, &at)),
            false => (self.scopes.entry(self.module).or_default().unique(rust, &at), false),
        };
        let id = TypeId(self.types.len());
        self.known.insert((key, self.module), id);
        let deprecated = self.schemas.node(own).deprecated;
        let unknown = TypeKind::Names { variants: Vec::new(), open: false, rules: Vec::new() };
        self.types.push(Type { rust: rust.clone(), docs, deprecated, at, module: self.module, kind: unknown });
        let kind = kind(self, id);
        if is_new && matches!(kind, TypeKind::Struct { .. }) {
            let at = self.types[id.0].at.clone();
            self.take(&format!("{rust}Builder"), &at);
        }
        self.types[id.0].kind = kind;
        id
    }

    /// A type of its own, whatever other types there are for the same schemas.
    pub(super) fn newtype(&mut self, rust: &str, docs: Vec<String>, own: NodeId, kind: TypeKind) -> TypeId {
        let at = self.schemas.node(own).at.clone();
        let deprecated = self.schemas.node(own).deprecated;
        let rust = self.scopes.entry(self.module).or_default().unique(rust, &at);
        self.types.push(Type { rust, docs, deprecated, at, module: self.module, kind });
        TypeId(self.types.len() - 1)
    }

    /// What is known of a type while it is laid out; for names that were given.
    pub(super) fn ty_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.types[id.0]
    }

    /// Takes a Rust name in the module at hand, or notes the clash.
    pub(super) fn take(&mut self, rust: &str, at: &Location) -> bool {
        match self.scopes.entry(self.module).or_default().take(rust, at) {
            Ok(()) => true,
            Err(clash) => {
                self.found.push(*clash);
                false
            }
        }
    }

    /// Notes why a schema cannot be laid out; one of other origin is kept as JSON and judged as it stands.
    pub(super) fn refuse(
        &mut self,
        nodes: &[NodeId],
        own: NodeId,
        rule: &'static DiagnosticRule,
        message: &str,
    ) -> Shape {
        if !self.strict {
            return Shape { ty: TypeExpr::Json, rules: vec![self.whole_rule(nodes)] };
        }
        let at = self.schemas.node(own).at.clone();
        self.found.push(Diagnostic::new(rule, &at, message).label("this schema"));
        Shape::plain(TypeExpr::Json)
    }
}
