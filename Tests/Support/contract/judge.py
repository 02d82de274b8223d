"""Judges an answer by the types that Stripe generates for its own SDK: no field missing that is always there, none unknown."""

import atexit
import json
import os
import pathlib
import typing

from stripe._object_classes import get_object_class
from stripe._list_object import ListObject

# Free-form by nature: their keys are ours.
FREE = {"metadata"}

# The types mark "may be null" and "may be absent" alike. What may be absent is written down here, type by type, so that a field that
# has always been sent cannot go missing. `RECORD=1 scripts/contract` writes it anew and fails that run: the diff is the review.
ABSENT_FILE = pathlib.Path(__file__).with_name("absent.json")
RECORDING = "RECORD" in os.environ
ABSENT = {} if RECORDING else json.loads(ABSENT_FILE.read_text())


def record():
    ordered = {kind: sorted(fields) for kind, fields in sorted(ABSENT.items())}
    ABSENT_FILE.write_text(json.dumps(ordered, indent=1) + "\n")
    print("recorded what may be absent: look at the diff, and run again without RECORD")
    os._exit(1)


if RECORDING:
    atexit.register(record)


def judge(answer, where="answer"):
    """Returns what is wrong with an answer, one sentence each."""
    if not isinstance(answer, dict):
        return []
    kind = answer.get("object")
    if kind == "list":
        missing = [f"{where}: {name} is missing" for name in ("data", "has_more", "url") if name not in answer]
        return missing + [p for i, item in enumerate(answer.get("data", [])) for p in judge(item, f"{where}.data[{i}]")]
    if kind is None or answer.get("deleted"):
        return []
    cls = get_object_class("V1", kind)
    if not annotations(cls):
        return [f"{where}: Stripe has no object {kind!r}, or this judge cannot read its type"]
    return compare(answer, cls, where if where != "answer" else kind)


def compare(value, cls, where):
    """Compares one object with the annotations of its class, and goes on into what it holds."""
    hints = annotations(cls)
    if not hints:
        return []
    problems = []
    for name, hint in hints.items():
        if name in value:
            continue
        if RECORDING and is_optional(hint):
            ABSENT.setdefault(cls.__qualname__, set()).add(name)
        elif not is_optional(hint) or name not in ABSENT.get(cls.__qualname__, []):
            problems.append(f"{where}.{name} is missing")
    for name, inner in value.items():
        if name not in hints:
            problems.append(f"{where}.{name} is unknown")
        elif inner is None:
            if not is_optional(hints[name]):
                problems.append(f"{where}.{name} is null")
        elif name not in FREE:
            problems += follow(inner, hints[name], f"{where}.{name}")
    return problems


def follow(value, hint, where):
    if isinstance(value, list):
        inner = [a for a in members(hint) if typing.get_origin(a) in (list, typing.List)]
        element = typing.get_args(inner[0])[0] if inner else None
        return [p for i, item in enumerate(value) for p in (follow(item, element, f"{where}[{i}]") if element else [])]
    if isinstance(value, dict):
        if isinstance(value.get("object"), str):
            return judge(value, where)
        if isinstance(value.get("object"), dict):  # The snapshot in an event.
            return judge(value["object"], f"{where}.object")
        for candidate in members(hint):
            if isinstance(candidate, type) and annotations(candidate):
                return compare(value, candidate, where)
        return []
    return wrong_kind(value, hint, where)


def wrong_kind(value, hint, where):
    """A number where a text belongs, or a word that is none of the words allowed."""
    allowed = members(hint)
    words = [w for a in allowed if typing.get_origin(a) is typing.Literal for w in typing.get_args(a)]
    kinds = [a for a in allowed if a in (int, str, bool, float)]
    if words and str not in kinds and value not in words:
        return [f"{where} is {value!r}, which is none of Stripe's words"]
    if kinds and not words and not any(type(value) is k or (k is float and type(value) is int) for k in kinds):
        return [f"{where} is a {type(value).__name__}"]
    return []


def annotations(cls):
    if not isinstance(cls, type) or cls in (dict, ListObject):
        return {}
    hints = {}
    for base in reversed(cls.__mro__):
        for name, hint in getattr(base, "__annotations__", {}).items():
            if not name.startswith("_") and typing.get_origin(hint) is not typing.ClassVar and name != "OBJECT_NAME":
                hints[name] = resolved(hint, base)
    return hints if "object" in hints or cls.__qualname__.count(".") else {}


def resolved(hint, owner):
    """Annotations are texts where a class names one that comes later in the file."""
    if not isinstance(hint, (str, typing.ForwardRef)):
        return hint
    text = hint if isinstance(hint, str) else hint.__forward_arg__
    import sys

    module = sys.modules[owner.__module__]
    try:
        return eval(text, {**vars(typing), **vars(module)}, dict(vars(owner)))
    except NameError:
        return typing.Any


def is_optional(hint):
    return type(None) in typing.get_args(hint) or hint is typing.Any


def members(hint):
    """The kinds that a hint allows, without Optional, Union and the SDK's expandable references."""
    if typing.get_origin(hint) is typing.Union:
        return [m for arg in typing.get_args(hint) for m in members(arg)]
    if getattr(typing.get_origin(hint), "__name__", "") == "ExpandableField":
        return [str, *typing.get_args(hint)]
    return [] if hint is type(None) else [hint]
