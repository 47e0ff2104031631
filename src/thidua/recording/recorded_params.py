"""Parameters that remember which of them were read."""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)
Read = Callable[[str, Any], None]

_PLACE = "_recorded_as"
# Tells a model that may be none from none.
_THERE = "__class__.__name__"


def recorded(model: Model, path: str, read: Read) -> Model:
    """A model whose values are told to ``read`` with their path, «document.signer.name», when they are asked for.

    It is one of the model's own class. What asks for it as a whole, to compare or to write it, has read all of it.
    """
    found: Model = object.__new__(_recording(type(model)))
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"):
        object.__setattr__(found, name, getattr(model, name))
    object.__setattr__(found, "__dict__", {**model.__dict__, _PLACE: (path, read, model)})
    return found


def get_ready(model: BaseModel) -> None:
    """Make now what ``recorded`` makes once for each class: before a process is forked for each who will need it."""
    _recording(type(model))
    for value in model.__dict__.values():
        if isinstance(value, BaseModel):
            get_ready(value)


def value_at(model: BaseModel, path: str) -> Any:
    """What a path leads to; the whole model for an empty one. AttributeError where it leads nowhere."""
    value: Any = model
    for name in filter(None, path.split(".")):
        value = getattr(value, name)
    return value


@cache
def _recording(kind: type[BaseModel]) -> type[Any]:
    def __getattribute__(self: Any, name: str) -> Any:
        known = object.__getattribute__(self, "__dict__")
        path, read, model = known[_PLACE]
        if name in kind.model_fields:
            value, place = known[name], f"{path}.{name}".strip(".")
            if isinstance(value, BaseModel):
                if type(None) in get_args(kind.model_fields[name].annotation):
                    read(f"{place}.{_THERE}", value_at(value, _THERE))  # whoever asks learns that there is one
                return recorded(value, place, read)
            read(place, value)
            return value
        if name == "__class__" or (name in vars(kind) and not name.startswith("__")):
            return object.__getattribute__(self, name)
        if name.startswith(("model_", "__", "copy", "dict", "json")):
            read(path, model)
            return getattr(model, name)
        return object.__getattribute__(self, name)

    def whole(name: str) -> Callable[..., Any]:
        def ask(self: Any, *others: Any) -> Any:
            path, read, model = object.__getattribute__(self, "__dict__")[_PLACE]
            read(path, model)
            return getattr(model, name)(*others)

        return ask

    methods = {name: whole(name) for name in ("__repr__", "__str__", "__eq__", "__hash__", "__iter__")}
    own = {"__getattribute__": __getattribute__, **methods, "__module__": kind.__module__}
    return types.new_class(kind.__name__, (kind,), exec_body=lambda space: space.update(own))
