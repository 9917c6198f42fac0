"""Records point downwards only, and every write of the site is an operation that leaves a line in the trail."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from architecture.source_tree import ROOT, SOURCE, functions, modules, parsed

WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
MAY_WRITE_OUTSIDE_OPERATIONS = {
    "upstream_web/core/jobs.py": "the table of jobs is machinery; who queued a job stands in it",
    "upstream_web/audit/models/event.py": "refuses every write but the first",
}
NEED_NO_TRAIL = {
    "note": "keeps when a person was last here, many times a day; signing in is in the trail",
    "record": "is the trail",
}
RECORD_WORDS = {"announce", "record", "make"}  # calls that leave a line in the trail, or lead to one that does


def layers() -> list[set[str]]:
    """Give the apps of the site in their layers, topmost first, as the import contract has them."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = document["tool"]["importlinter"]["contracts"]
    found = next(c["layers"] for c in contracts if c.get("containers") == ["upstream_web"])
    return [{part.strip(" ()") for part in layer.split("|")} for layer in found]


def test_records_point_downwards_only() -> None:
    """A foreign key named by a string escapes the import contracts; the registry of models does not."""
    from django.apps import apps

    height = {app: number for number, layer in enumerate(reversed(layers())) for app in layer}
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if {model._meta.app_label, field.related_model._meta.app_label} <= height.keys()
        if height[model._meta.app_label] < height[field.related_model._meta.app_label]
    ]
    assert apps.get_app_configs()
    assert not upwards


def called_names(tree: ast.AST) -> set[str]:
    """Give the last name of everything that a piece of code calls."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def writes_records(path: Path) -> bool:
    """Tell whether a module writes records through the ORM."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, ast.unparse(node.func.value)
            if name in WRITES and (".objects" in owner or name in {"save", "delete"}):
                return True
            if name == "update" and ".objects" in owner:
                return True
    return False


def test_records_are_written_by_operations_only() -> None:
    writing = {
        path.relative_to(SOURCE).as_posix()
        for path in modules()
        if path.is_relative_to(SOURCE / "upstream_web") and "operations" not in path.parts and writes_records(path)
    }
    assert writing <= set(MAY_WRITE_OUTSIDE_OPERATIONS)


def is_marked(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function carries `@operation(...)`, which writes the line itself."""
    marks = (mark.func for mark in function.decorator_list if isinstance(mark, ast.Call))
    return any(getattr(mark, "id", "") == "operation" for mark in marks)


def operations() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Give every public operation of the site that writes records."""
    for path in modules():
        if "operations" in path.parts and writes_records(path):
            for function in functions(path):
                if not function.name.startswith("_") and called_names(function) & (WRITES | {"update"}):
                    yield path.relative_to(SOURCE).as_posix(), function


@pytest.mark.parametrize(("path", "function"), list(operations()), ids=lambda part: getattr(part, "name", part))
def test_operation_names_its_moment_and_leaves_a_line(path: str, function: ast.FunctionDef) -> None:
    keywords = {argument.arg for argument in function.args.kwonlyargs}
    assert "at" in keywords, f"{path}: {function.name} does not say when"
    if function.name not in NEED_NO_TRAIL and not is_marked(function):
        assert called_names(function) & RECORD_WORDS, f"{path}: {function.name} leaves no line in the trail"


def test_there_are_operations_to_look_at() -> None:
    assert len(list(operations())) >= 3


def test_views_carry_no_statistics() -> None:
    """What is calculated is calculated in the library; a page only shows it."""
    calculating = {"numpy", "scipy", "statistics"}
    found = [
        path.relative_to(SOURCE).as_posix()
        for path in modules()
        if "views" in path.parts
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        if calculating & {getattr(node, "module", None) or "", *(alias.name for alias in node.names)}
    ]
    assert not found
