//! `cargo run -p demo`: all services of all systems, their scenarios one after the other, and what they counted.

use std::collections::BTreeSet;
use std::process::ExitCode;

use event_contracts_delivery::Cluster;
use example_kit::arguments::{Arguments, BROKERS, Flag, SYSTEM, options};
use example_kit::{Error, Story, System, run};

/// How to read what follows.
const INTRODUCTION: &str = "\
Services of several systems at work over Kafka. Each line is a step: the service, what it is about, what it does.
An expectation that holds is `ok`. What is refused or skipped on purpose is logged as well, on standard error.";

const FLAGS: [Flag; 2] = [BROKERS, SYSTEM];

#[tokio::main]
async fn main() -> ExitCode {
    run::log_to_stderr();
    let story = Story::aloud();
    let arguments = match Arguments::parse(std::env::args().skip(1), &FLAGS) {
        Ok(arguments) => arguments,
        Err(error) => return run::usage(&error),
    };
    if arguments.help {
        story.line(format_args!("Five systems of services at work over Kafka.\n\n{}\n", options(&FLAGS)));
        for System { name, title, .. } in systems() {
            story.line(format_args!("{name:<24}{title}"));
        }
        return ExitCode::SUCCESS;
    }
    let systems = match chosen(arguments.get(SYSTEM)) {
        Ok(systems) => systems,
        Err(error) => return run::usage(&*error),
    };
    story.line(format_args!("{INTRODUCTION}"));
    match clusters(systems, arguments.get(BROKERS), &story) {
        Ok(systems) => run::exit_code(run::play(systems, story).await),
        Err(error) => run::exit_code(Err(error)),
    }
}

fn systems() -> Vec<System> {
    vec![
        example_commerce::system(),
        example_order_workflow::system(),
        example_first_viscount::system(),
        example_flowops::system(),
        example_order_service::system(),
    ]
}

fn chosen(name: Option<&str>) -> Result<Vec<System>, Error> {
    let Some(name) = name else { return Ok(systems()) };
    let names = systems().iter().map(|system| system.name).collect::<Vec<_>>().join(", ");
    match systems().into_iter().find(|system| system.name == name) {
        Some(system) => Ok(vec![system]),
        None => Err(format!("unknown system `{name}`; there are {names}").into()),
    }
}

/// Each system is an organisation with a cluster of its own. Those that share one must not share a topic.
fn clusters(systems: Vec<System>, brokers: Option<&str>, story: &Story) -> Result<Vec<(System, Cluster)>, Error> {
    let mut taken = BTreeSet::new();
    let mut placed = Vec::new();
    for system in systems {
        let shared = system.topics.iter().find(|topic| taken.contains(topic.name));
        let cluster = match (brokers, shared) {
            (Some(brokers), Some(topic)) => {
                let System { name, .. } = system;
                story.line(format_args!(
                    "{name} has a topic `{}` too, with other events on it, so it runs on a broker of its own.\n\
                     Another cluster can be given to it: --system {name} --brokers {brokers}",
                    topic.name
                ));
                run::cluster(None)?
            }
            (Some(_), None) => {
                taken.extend(system.topics.iter().map(|topic| topic.name));
                run::cluster(brokers)?
            }
            (None, _) => run::cluster(None)?,
        };
        placed.push((system, cluster));
    }
    Ok(placed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_that_share_a_topic_name_do_not_share_a_cluster() {
        let placed = clusters(systems(), Some("127.0.0.1:9092"), &Story::silent()).unwrap();
        let alone: Vec<&str> =
            placed.iter().filter(|(_, cluster)| cluster.mock().is_some()).map(|(system, _)| system.name).collect();
        assert_eq!(alone, ["order-service"]);
        let placed =
            clusters(chosen(Some("order-service")).unwrap(), Some("127.0.0.1:9092"), &Story::silent()).unwrap();
        assert_eq!(placed[0].1.brokers(), "127.0.0.1:9092");
    }
}
