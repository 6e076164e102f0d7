//! A table of ratios: a row per event, and their geometric mean.

use std::fmt;

/// Columns beside the event's name, each with what is aimed at.
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<(String, Vec<Option<f64>>)>,
}

struct Column {
    heading: &'static str,
    kind: Kind,
}

/// What a column shows.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Nanoseconds.
    Time,
    /// A peer's time by ours: how often faster we are, and how often we mean to be.
    Faster(f64),
    /// A time by another, and how much it may be.
    Within(f64),
    /// A part of the whole in percent, and how much it may be.
    Share(f64),
    /// A number per call, and what it may be at most.
    Count(f64),
    /// A number per call of somebody else.
    Plain,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: &[(&'static str, Kind)]) -> Self {
        let columns = columns.iter().map(|(heading, kind)| Column { heading, kind: *kind }).collect();
        Self { columns, rows: Vec::new() }
    }

    /// A row; `None` where there is nothing to compare.
    pub fn row(&mut self, name: String, values: Vec<Option<f64>>) {
        self.rows.push((name, values));
    }

    /// The mean of each column, by its own kind.
    fn means(&self) -> Vec<Option<f64>> {
        let columns = self.columns.iter().enumerate();
        columns
            .map(|(at, column)| {
                let values: Vec<f64> = self.rows.iter().filter_map(|(_, values)| values[at]).collect();
                let count = values.len() as f64;
                match column.kind {
                    _ if values.is_empty() => None,
                    Kind::Count(_) | Kind::Plain => Some(values.iter().sum::<f64>() / count),
                    _ => Some((values.iter().map(|value| value.ln()).sum::<f64>() / count).exp()),
                }
            })
            .collect()
    }
}

impl Kind {
    fn show(self, value: Option<f64>) -> String {
        let Some(value) = value else { return "–".to_owned() };
        match self {
            Self::Time => format!("{value:.0}"),
            Self::Faster(_) | Self::Within(_) => format!("{value:.2}"),
            Self::Share(_) => format!("{value:.1} %"),
            Self::Count(_) | Self::Plain => format!("{value:.1}").trim_end_matches(".0").to_owned(),
        }
    }

    fn target(self) -> String {
        match self {
            Self::Time | Self::Plain => String::new(),
            Self::Faster(target) => format!("≥ {target}"),
            Self::Within(target) => format!("≤ {target}"),
            Self::Share(target) => format!("< {target} %"),
            Self::Count(target) => format!("{target}"),
        }
    }

    /// Whether a mean is what was aimed at.
    fn verdict(self, mean: Option<f64>) -> &'static str {
        let met = match (self, mean) {
            (Self::Time | Self::Plain, _) | (_, None) => return "",
            (Self::Faster(target), Some(mean)) => mean >= target,
            (Self::Within(target) | Self::Count(target), Some(mean)) => mean <= target,
            (Self::Share(target), Some(mean)) => mean < target,
        };
        if met { "met" } else { "**missed**" }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, name: &str, cells: Vec<String>| {
            writeln!(f, "| {name} | {} |", cells.join(" | "))
        };
        line(f, "event", self.columns.iter().map(|column| column.heading.to_owned()).collect())?;
        writeln!(f, "|---|{}", "---:|".repeat(self.columns.len()))?;
        let means = self.means();
        let by_kind = |show: &dyn Fn(Kind, Option<f64>) -> String| {
            self.columns.iter().zip(&means).map(|(column, mean)| show(column.kind, *mean)).collect()
        };
        line(f, "**all: geometric mean**", by_kind(&|kind, mean| format!("**{}**", kind.show(mean))))?;
        line(f, "target", by_kind(&|kind, _| kind.target()))?;
        line(f, "", by_kind(&|kind, mean| kind.verdict(mean).to_owned()))?;
        for (name, values) in &self.rows {
            line(f, name, self.columns.iter().zip(values).map(|(column, value)| column.kind.show(*value)).collect())?;
        }
        Ok(())
    }
}
