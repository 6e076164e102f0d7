#!/usr/bin/env bash
# Measures the peers in other languages over the same payloads; what it installs stays below target/.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$PWD/target/scratch/others
mkdir -p "$scratch"

cargo run --release --quiet -- --export "$scratch"

[ -x "$scratch/venv/bin/python" ] || python3 -m venv "$scratch/venv"
"$scratch/venv/bin/python" -c 'import msgspec' 2>/dev/null || "$scratch/venv/bin/pip" install --quiet msgspec==0.22.0
"$scratch/venv/bin/python" others/msgspec_bench.py "$scratch/cases.json" >"$scratch/msgspec.json"

[ -d "$scratch/node_modules/ajv-formats" ] ||
    npm install --silent --no-fund --no-audit --prefix "$scratch" ajv@8.20.0 ajv-formats@3.0.1
# Imports are looked up from the script's folder.
cp others/ajv_bench.mjs "$scratch/"
node "$scratch/ajv_bench.mjs" "$scratch/cases.json" >"$scratch/ajv.json"

printf '%s, %s\n\n' "$("$scratch/venv/bin/python" --version), msgspec 0.22.0" "node $(node --version), ajv 8.20.0"
python3 others/table.py "$scratch"
