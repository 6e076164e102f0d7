#!/usr/bin/env bash
# Fills the corpora from what the repository has: messages for those who read them, schemas for the generator.
set -euo pipefail
cd "$(dirname "$0")"

mkdir -p corpus/{decode,round_trip,reader,generator}
# Many files have one name; a hash of the path is one of its own.
seed() { cp "$1" "$2/$(printf '%s' "$1" | sha1sum | cut -c 1-16)"; }

while IFS= read -r file; do
    for target in decode round_trip reader; do seed "$file" "corpus/$target"; done
done < <(find ../schemas -path '*/examples/*' -name '*.json' ! -name '*.refused.json')

while IFS= read -r file; do
    seed "$file" corpus/generator
done < <(find ../schemas ../tests/fixtures/world -name '*schema.json' -size -16k) # Larger ones only slow it down.

# The grammar of the generator makes a schema of any bytes, and a rich one only of many.
for number in $(seq 64); do head -c 300 /dev/urandom >"corpus/generator/random-$number"; done
