"""msgspec: bytes to typed, constrained Structs. The types are made from the same schemas, for every event.

Checked: types, required members, constants, lists of names, patterns, lengths, bounds, uuid and date-time. Not checked:
`format: email`, `pattern` beside a date-time, and keywords that look at a value as a whole (`anyOf`, `oneOf`, ...).
Unknown members are skipped, not kept.
"""

import datetime
import json
import keyword
import sys
import time
import uuid
from typing import Annotated, Any, Literal, Union
from urllib.parse import unquote

import msgspec

BOUNDS = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}
LENGTHS = {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern"}
ITEMS = {"minItems": "min_length", "maxItems": "max_length"}


class Types:
    """Makes Python types out of one bundle."""

    def __init__(self, bundle):
        self.bundle = bundle
        self.count = 0

    def resolved(self, schema):
        """A schema with what its `$ref` leads to; where both speak of one member, the narrower counts."""
        while "$ref" in schema:
            base = self.bundle
            for segment in unquote(schema["$ref"]).lstrip("#/").split("/"):
                base = base[segment.replace("~1", "/").replace("~0", "~")]
            over = {name: value for name, value in schema.items() if name != "$ref"}
            properties = {**base.get("properties", {}), **over.get("properties", {})}
            required = base.get("required", []) + over.get("required", [])
            schema = {**base, **over}
            if properties:
                schema |= {"properties": properties, "required": required}
        return schema

    def type(self, schema):
        schema = self.resolved(schema)
        if "const" in schema and isinstance(schema["const"], (str, int)):
            return Literal[schema["const"]]
        if "enum" in schema:
            return Literal[tuple(schema["enum"])]
        kinds = schema.get("type", [])
        kinds = kinds if isinstance(kinds, list) else [kinds]
        types = [self.kind(kind, schema) for kind in kinds]
        return Union[tuple(types)] if types else Any

    def kind(self, kind, schema):
        rules = lambda names: {ours: schema[theirs] for theirs, ours in names.items() if theirs in schema}
        match kind:
            case "string" if schema.get("format") == "uuid":
                return uuid.UUID
            case "string" if schema.get("format") == "date-time":
                return Annotated[datetime.datetime, msgspec.Meta(tz=True)]
            case "string":
                return Annotated[str, msgspec.Meta(**rules(LENGTHS))]
            case "integer":
                return Annotated[int, msgspec.Meta(**rules(BOUNDS))]
            case "number":
                return Annotated[float, msgspec.Meta(**rules(BOUNDS))]
            case "array":
                return Annotated[list[self.type(schema.get("items", {}))], msgspec.Meta(**rules(ITEMS))]
            case "object" if "properties" in schema:
                return self.struct(schema)
            case "object":
                inner = schema.get("additionalProperties", {})
                return dict[str, self.type(inner) if isinstance(inner, dict) else Any]
            case "boolean":
                return bool
            case "null":
                return None

    def struct(self, schema):
        required = set(schema.get("required", []))
        self.count += 1
        fields, names = [], {}
        for name, member in schema["properties"].items():
            field = f"{name}_" if keyword.iskeyword(name) or not name.isidentifier() else name
            names[field] = name
            of = self.type(member)
            fields.append((field, of) if name in required else (field, Union[of, msgspec.UnsetType], msgspec.UNSET))
        fields.sort(key=len)
        return msgspec.defstruct(f"Type{self.count}", fields, rename=names, kw_only=True)


def nanoseconds(decode, payload, slice_ns):
    """The best of a hundred short batches."""
    calls, took = 1, 0
    while took < slice_ns // 4:
        calls *= 2
        start = time.perf_counter_ns()
        for _ in range(calls):
            decode(payload)
        took = time.perf_counter_ns() - start
    best = took / calls
    for _ in range(100):
        start = time.perf_counter_ns()
        for _ in range(calls):
            decode(payload)
        best = min(best, (time.perf_counter_ns() - start) / calls)
    return best


def main(path):
    times = {}
    for case in json.load(open(path)):
        payload = case["payload"].encode()
        decoder = msgspec.json.Decoder(Types(case["schema"]).type(case["schema"]))
        decoder.decode(payload)
        times[f"{case['system']} {case['event']}"] = nanoseconds(decoder.decode, payload, 400_000)
    json.dump(times, sys.stdout)


main(sys.argv[1])
