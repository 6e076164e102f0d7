//! Contracts in memory: systems of this repository, whose files are edited and loaded without a disk between.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use event_contracts_codegen::contract::Event;
use event_contracts_codegen::source::{Document, Folder, Origin, parse};
use event_contracts_codegen::{Loaded, load_folder};
use jsonschema::{Retrieve, Uri, Validator};
use serde_json::Value;

use crate::files;

/// The files of one system.
#[derive(Debug, Clone)]
pub struct Contract {
    documents: BTreeMap<String, Document>,
}

impl Contract {
    /// The system in a folder of this repository.
    ///
    /// # Panics
    /// If a file is not JSON.
    #[must_use]
    pub fn read(system: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(system);
        let name = folder.file_name().expect("a system has a name").to_string_lossy().into_owned();
        let document = |path: &Path| {
            let below = path.strip_prefix(&folder).expect("it is below").to_string_lossy();
            let name = format!("{name}/{below}");
            let text = std::fs::read_to_string(path).expect("the file can be read");
            let document = parse(&name, text).expect("the file is JSON");
            (name, document)
        };
        Self { documents: files(&folder).iter().map(|path| document(path)).collect() }
    }

    /// The paths of what can be edited: schemas and the manifest, no examples.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.documents.keys().filter(|path| !path.contains("/examples/")).cloned().collect()
    }

    /// A file.
    ///
    /// # Panics
    /// If it is not there.
    #[must_use]
    pub fn file(&self, path: &str) -> Value {
        self.documents[path].value.to_json()
    }

    /// Puts another file in its place.
    ///
    /// # Panics
    /// If what a value is written as is no JSON.
    pub fn put(&mut self, path: &str, value: &Value) {
        let text = serde_json::to_string_pretty(value).expect("a value has a text");
        self.documents.insert(path.to_owned(), parse(path, text).expect("a value is JSON"));
    }

    /// The contract as the library reads it, if it does.
    #[must_use]
    pub fn load(&self) -> Option<Loaded> {
        let folder = Folder { documents: self.documents.clone(), origin: Origin::Memory, ..Folder::default() };
        load_folder(folder).ok()
    }

    /// The validator of an event, made of the files as they are, without any of our code.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn validator(&self, event: &Event) -> Validator {
        let files = self.documents.iter().filter(|(path, _)| path.ends_with(".schema.json"));
        let files: HashMap<String, Value> = files
            .flat_map(|(path, document)| {
                let value = document.value.to_json();
                let own = value.get("$id").and_then(Value::as_str).map(str::to_owned);
                [Some(address(path)), own].into_iter().flatten().map(move |address| (address, value.clone()))
            })
            .collect();
        let options = jsonschema::options().with_base_uri(address(&event.path)).should_validate_formats(true);
        let options = options.with_retriever(Files(files));
        options.build(&self.file(&event.path)).expect("what was loaded is a schema")
    }

    /// The valid examples of an event.
    #[must_use]
    pub fn examples(&self, event: &Event) -> Vec<Value> {
        let (topic, file) = event.path.rsplit_once('/').expect("an event is in a topic");
        let name = file.strip_suffix(".schema.json").expect("an event is a schema");
        let folder = format!("{topic}/examples/{name}/valid/");
        let of_event = self.documents.iter().filter(|(path, _)| path.starts_with(&folder));
        of_event.map(|(_, document)| document.value.to_json()).collect()
    }
}

struct Files(HashMap<String, Value>);

impl Retrieve for Files {
    fn retrieve(&self, address: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        self.0.get(address.as_str()).cloned().ok_or_else(|| format!("no file is {address}").into())
    }
}

fn address(path: &str) -> String {
    format!("contract:///{path}")
}
