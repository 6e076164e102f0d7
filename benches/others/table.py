"""The figures of all languages as one Markdown table."""

import json
import math
import sys


def main(folder):
    read = lambda name: json.load(open(f"{folder}/{name}.json"))
    msgspec, ajv, cases = read("msgspec"), read("ajv"), read("cases")
    rows = []
    for case in cases:
        key = f"{case['system']} {case['event']}"
        rows.append((f"{case['system']} `{case['event']}`", case["decode_ns"], case["read_ns"], msgspec[key], ajv[key]))
    columns = list(zip(*rows))[1:]
    mean = [math.exp(sum(map(math.log, column)) / len(column)) for column in columns]
    print("### 8. Other languages, ns per message\n")
    print("`ours` and `reader` as in section 1; msgspec into typed Structs; ajv validates what `JSON.parse` gives.\n")
    print("| event | ours | reader | msgspec | msgspec / ours | / reader | ajv | ajv / ours | / reader |")
    print("|---|" + "---:|" * 8)
    for name, ours, reader, spec, node in [("**all: geometric mean**", *mean), *rows]:
        cells = [f"{ours:.0f}", f"{reader:.0f}", f"{spec:.0f}", f"{spec / ours:.2f}", f"{spec / reader:.2f}"]
        cells += [f"{node:.0f}", f"{node / ours:.2f}", f"{node / reader:.2f}"]
        print(f"| {name} | {' | '.join(cells)} |")


main(sys.argv[1])
