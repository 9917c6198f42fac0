"""The interface described by OpenAPI 3.1: each operation once for every kind of record, with its own fields."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from upstream_web.api.interface import api
from upstream_web.api.shapes import schema_of
from upstream_web.records.register import Register, registers

PREFIX = "/api/v1/"
WRITING = ("post", "patch")
PROBLEMS = {401: "Nobody is signed in", 403: "Not allowed", 404: "Not there, or not open to you", 422: "Faults"}


def document() -> dict[str, Any]:
    """Give the OpenAPI document."""
    found: dict[str, Any] = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=PREFIX)))
    found["openapi"] = "3.1.0"
    found["info"]["description"] = "Records of the partnership under the same rights and forms as the pages."
    found["paths"] = dict(_paths(found["paths"]))
    found["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
    }
    found["components"]["schemas"]["Problem"] = {
        "type": "object",
        "required": ["title", "status", "found"],
        "properties": {name: {"type": "string"} for name in ("type", "title", "detail", "found", "expected", "do")}
        | {"status": {"type": "integer"}},
    }
    found["security"] = [{"token": []}, {"session": []}]
    return found


def _paths(generic: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for register in registers():
        for path, operations in generic.items():
            kept = {
                method: _of_kind(register, method, operation)
                for method, operation in copy.deepcopy(operations).items()
                if method not in WRITING or register.change is not None or "comments" in path
            }
            yield path.replace("{kind}", register.kind), kept


def _of_kind(register: Register[Any], method: str, operation: dict[str, Any]) -> dict[str, Any]:
    operation["operationId"] = f"{register.kind}-{operation['operationId'].rpartition('.')[2]}"
    operation["tags"] = [register.title]
    operation["summary"] = operation["summary"].replace("a record", f"a {register.noun}")
    operation["parameters"] = [one for one in operation.get("parameters", ()) if one["name"] != "kind"]
    if operation["operationId"].endswith("list_records"):
        operation["parameters"] += [
            {
                "name": each.name,
                "in": "query",
                "required": False,
                "schema": {"type": "string"},
                "description": each.label,
            }
            for each in register.filters
        ]
    _describe_fields(register, operation)
    answers = operation["responses"]
    for status, words in PROBLEMS.items() | ({(409, "Changed meanwhile: both texts")} if method == "patch" else set()):
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        answers[str(status)] = {"description": words, "content": content}
    operation["responses"] = {str(status): answer for status, answer in sorted(answers.items(), key=str)}
    return operation


def _describe_fields(register: Register[Any], operation: dict[str, Any]) -> None:
    """Name the fields of the kind in what is sent."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        if name not in ("NewRecord", "ChangedRecord"):
            continue
        model = register.model._meta
        taken = [one for one in register.form.base_fields if one != "began_from"]
        columns = {field.name for field in model.concrete_fields}
        fields = {one: schema_of(model.get_field(one)) if one in columns else {} for one in taken}
        body = {"type": "object", "properties": {"fields": {"type": "object", "properties": fields}}}
        if name == "ChangedRecord":
            body["properties"]["version"] = {"type": "integer"}  # type: ignore[index]
            body["required"] = ["version", "fields"]
        content["schema"] = body
