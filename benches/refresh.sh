#!/usr/bin/env bash
# Runs everything and puts the figures at the end of COMPARE.md.
set -euo pipefail
cd "$(dirname "$0")"
figures=$(mktemp)
trap 'rm -f "$figures"' EXIT

sed '/^<!-- figures/q' ../COMPARE.md >"$figures"
{
    echo
    cargo run --release --quiet
    cargo run --release --quiet -p bench-generation -- compile
    others/run.sh
    cargo run --release --quiet -p bench-compare
} >>"$figures"
# Blank lines at most one in a row.
cat -s "$figures" >../COMPARE.md
