"""Records point downwards only, and every write of the site is an operation that leaves a line in the trail."""

from __future__ import annotations

import ast
import importlib
import inspect
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from architecture.source_tree import ROOT, SOURCE, modules, parsed

WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
MAY_WRITE_OUTSIDE_OPERATIONS = {
    "upstream_web/core/jobs.py": "the table of jobs is machinery; who queued a job stands in it",
    "upstream_web/core/schedule.py": "the table of what was queued today is machinery",
    "upstream_web/records/files.py": "writes pictures, not records",
    "upstream_web/audit/models/event.py": "refuses every write but the first",
    "upstream_web/large_partnership.py": "invents records to measure with, in a site made for that",
}
# Public functions of operations packages that take who acts, or write, and are no operations, each with the reason.
NO_OPERATIONS = {
    "access.operations.grants.check_not_own": "only checks",
    "access.operations.visits.note": "keeps when a person was last here, many times a day; signing in is in the trail",
    "assets.operations.uploads.ask_for_build": "queues work, which leaves its own line when it is done",
    "assets.operations.uploads.ask_for_load": "queues work, which leaves its own line when it is done",
    "audit.operations.events.keep_head": "is the trail",
    "audit.operations.events.record": "is the trail",
    "audit.operations.exporting.export_table": "leaves its line after reading, to hold no transaction for so long",
    "audit.operations.exporting.export_to": "leaves its line after reading, to hold no transaction for so long",
    "records.operations.notices.tell_of_assignment": "gives notices within the operation that changed the record",
    "records.operations.notices.tell_of_change": "gives notices within the operation that changed the record",
    "strategy.operations.actions.log_new_day": "keeps the log within the operation that moves the day",
}


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


def public_functions() -> dict[str, Callable[..., Any]]:
    """Give every public function that a module of an operations package defines, by its name below the site."""
    found = {}
    for path in modules():
        if "operations" in path.parts and path.is_relative_to(SOURCE / "upstream_web"):
            name = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
            for function in vars(importlib.import_module(name)).values():
                if inspect.isfunction(function) and function.__module__ == name and function.__name__[0] != "_":
                    found[f"{name}.{function.__name__}".removeprefix("upstream_web.")] = function
    return found


def is_operation(function: Callable[..., Any]) -> bool:
    """Tell whether a function is marked by `@operation`, which gives it one transaction and one line in the trail."""
    return hasattr(function, "operation")


def is_part_of_operations(function: Callable[..., Any]) -> bool:
    """Tell whether a function refuses to run outside an operation."""
    return bool({"under_way", "tell"} & set(function.__code__.co_names))


def takes_an_actor_or_writes(function: Callable[..., Any]) -> bool:
    """Tell a function that acts from one that only reads, names or checks."""
    called = set(function.__code__.co_names)
    return "by" in inspect.signature(function).parameters or bool(called & (WRITES | {"update", "keep", "keep_new"}))


def test_what_acts_among_operations_is_one_or_says_why_not() -> None:
    functions = {name: each for name, each in public_functions().items() if takes_an_actor_or_writes(each)}
    neither = {name for name, each in functions.items() if not is_operation(each) and not is_part_of_operations(each)}
    assert neither == set(NO_OPERATIONS)


def test_operations_take_keywords_only_among_them_who_and_when() -> None:
    for name, function in public_functions().items():
        if is_operation(function):
            taken = inspect.signature(inspect.unwrap(function)).parameters
            assert {"by", "at"} <= taken.keys(), f"{name} does not say who and when"
            kinds = {parameter.kind for parameter in taken.values()}
            assert kinds <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}, name


def test_words_of_an_operation_belong_to_it_alone() -> None:
    """The line in the trail must lead to the one thing that was done."""
    words = [function.operation for function in public_functions().values() if is_operation(function)]
    assert len(words) == len(set(words))
    assert len(words) >= 10


def test_page_with_the_form_of_a_record_shows_what_another_saved_meanwhile() -> None:
    """The form refuses a field that two people changed, and says that both texts stand on the page."""
    forms = {path.name: path.read_text(encoding="utf-8") for path in SOURCE.glob("upstream_web/**/*.html")}
    carrying = {name for name, text in forms.items() if "form.hidden_fields" in text}
    showing = {name for name, text in forms.items() if "records/parts/conflicts.html" in text}
    assert carrying - showing == {"publish.html"}  # asks whether to publish, and writes no words


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


def test_every_register_lies_beneath_its_area() -> None:
    """`/act/…` tells what a page is for before it opens. The area is said once, in `urls.py`, for a whole part."""
    from django.apps import apps

    from upstream_web.records.register import registers

    assert apps.ready
    ours = [register for register in registers() if register.model.__module__.startswith("upstream_web.")]
    found = {register.kind: register.address().split("/")[1:3] for register in ours}
    areas = {register.kind: register.area for register in ours}
    assert {kind: address[0] for kind, address in found.items()} == areas
    assert not [kind for kind, address in found.items() if address[1] in {"know", "act", "account"}], "said twice"
