//! A section of the report each, in its order.

pub mod decode;
pub mod dispatch;
pub mod encode;
pub mod shapes;
pub mod validate;

use bench_cases::Case;
use jsonschema::Validator;

/// The name of a row.
fn name(case: &Case) -> String {
    format!("{} `{}`", case.system, case.event)
}

/// The validator as one builds it at start-up, formats asserted.
fn validator(case: &Case) -> Validator {
    let schema = serde_json::from_str(case.schema).expect("the schema is JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is one")
}

/// What a row says if typify has no type that takes this payload.
fn typify(case: &Case, payload: &str) -> Option<&'static bench_cases::Typify> {
    let case = bench_cases::CASES.iter().find(|known| std::ptr::eq(*known, case))?;
    case.typify.as_ref().ok().filter(|typify| (typify.decode)(payload.as_bytes()))
}

/// The events that some peer cannot take, and why.
fn print_missing() {
    for case in &bench_cases::CASES {
        match &case.typify {
            Err(reason) => println!("- typify has no type for {}: {reason}.", name(case)),
            Ok(typify) if !(typify.decode)(case.compact.as_bytes()) => {
                println!("- typify's type refuses the documented payload of {}.", name(case));
            }
            Ok(_) => {}
        }
    }
    println!();
}
