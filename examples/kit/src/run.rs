//! The programs: one system by itself, a single service of it, or several systems one after the other.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use event_contracts_delivery::Cluster;

use crate::arguments::{Arguments, BROKERS, SERVICE, options};
use crate::context::Context;
use crate::stage::Stage;
use crate::story::Story;
use crate::summary;
use crate::system::{Error, System, with_causes};

/// A command line that is not understood.
const USAGE: u8 = 2;

/// The program of one system: its scenario, or one service of it. What `main` of each system calls.
///
/// The exit code is 1 if a workflow did not end as it should, 2 if the command line is not understood.
pub async fn run(system: System) -> ExitCode {
    log_to_stderr();
    let story = Story::aloud();
    let arguments = match Arguments::parse(std::env::args().skip(1), &[BROKERS, SERVICE]) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    if arguments.help {
        let (options, services) = (options(&[BROKERS, SERVICE]), names(&system));
        story.line(format_args!("{}: {}\n\n{options}\n\nservices: {services}", system.name, system.title));
        return ExitCode::SUCCESS;
    }
    let brokers = arguments.get(BROKERS);
    exit_code(match arguments.get(SERVICE) {
        Some(service) if system.services.iter().all(|known| known.contract.name != service) => {
            return usage(&*Error::from(format!("unknown service `{service}`; there are {}", names(&system))));
        }
        Some(service) => serve(system, service, brokers, story).await,
        None => match cluster(brokers) {
            Ok(cluster) => play(vec![(system, cluster)], story).await,
            Err(error) => Err(error),
        },
    })
}

/// Starts all services of all systems, plays the scenarios one after the other, and prints the table.
///
/// `true` if every workflow ended as it should.
///
/// # Errors
/// A system that does not start.
pub async fn play(systems: Vec<(System, Cluster)>, story: Story) -> Result<bool, Error> {
    let began = Instant::now();
    let mut stages = Vec::new();
    // All groups form while the first scenarios run.
    for (system, cluster) in systems {
        if cluster.mock().is_none() {
            story.line(format_args!("{} runs on {}", system.name, cluster.brokers()));
        }
        stages.push(Stage::open(system, None, cluster, story.clone()).await?);
    }
    for stage in &stages {
        stage.play().await;
    }
    let mut contexts = Vec::new();
    for stage in stages {
        contexts.push(stage.close().await);
    }
    summary::table(&story, &contexts);
    Ok(summary::verdict(&story, began.elapsed()))
}

/// Plays a system in silence for its test, on the cluster that `KAFKA_BOOTSTRAP` names or on one inside the process.
///
/// # Errors
/// A system that does not start.
pub async fn rehearse(system: System) -> Result<Context, Error> {
    let brokers = std::env::var("KAFKA_BOOTSTRAP").ok();
    let stage = Stage::open(system, None, cluster(brokers.as_deref())?, Story::silent()).await?;
    stage.play().await;
    Ok(stage.close().await)
}

/// The cluster at these brokers, or one inside the process.
///
/// # Errors
/// The embedded broker does not start.
pub fn cluster(brokers: Option<&str>) -> Result<Cluster, Error> {
    match brokers {
        // A service that starts before its topics exist looks for them every five minutes otherwise.
        Some(brokers) => Ok(Cluster::at(brokers).property("topic.metadata.refresh.interval.ms", "2000")),
        None => Ok(Cluster::embedded()?),
    }
}

/// Logs go to standard error, warnings and worse unless `RUST_LOG` says otherwise.
pub fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    // The story says when; a log line between its steps says what.
    let log = tracing_subscriber::fmt().without_time().with_target(false).with_ansi(std::io::stderr().is_terminal());
    log.with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// The exit code for a command line that is not understood, after saying so.
pub fn usage(error: &dyn std::error::Error) -> ExitCode {
    say(error);
    ExitCode::from(USAGE)
}

/// The exit code of a program: 1 if it could not run or a workflow did not end as it should.
pub fn exit_code(result: Result<bool, Error>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&*error);
            ExitCode::FAILURE
        }
    }
}

/// Runs one service; `false` if it stopped before it was asked to.
async fn serve(system: System, service: &str, brokers: Option<&str>, story: Story) -> Result<bool, Error> {
    let stage = Stage::open(system, Some(service), cluster(brokers)?, story.clone()).await?;
    story.line(format_args!("{service} runs on {}, until Ctrl-C\n", stage.context.cluster.brokers()));
    tokio::select! {
        asked = tokio::signal::ctrl_c() => asked?,
        () = stage.ended() => {}
    }
    let context = stage.close().await;
    summary::table(&story, &[context]);
    Ok(story.broken().is_empty())
}

fn names(system: &System) -> String {
    system.services.iter().map(|service| service.contract.name).collect::<Vec<_>>().join(", ")
}

fn say(error: &dyn std::error::Error) {
    // Nothing is left to do if standard error is gone.
    let _ = writeln!(anstream::stderr(), "error: {}", with_causes(error));
}
