"""What is made at its first use is the same as what is made at once."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import qa
from qa.lazily import Waiting, members, pattern
from qa.text import word_spans


def test_a_pattern_is_compiled_when_it_is_first_used_and_does_as_a_compiled_one() -> None:
    lazy = pattern(r"(?P<day>\d+)\. may", re.IGNORECASE)
    assert isinstance(vars(lazy).get("_given"), tuple)
    assert "finditer" not in vars(lazy)
    assert lazy.pattern == r"(?P<day>\d+)\. may"
    assert "finditer" in vars(lazy), "it is compiled once"
    ready = re.compile(lazy.pattern, re.IGNORECASE)
    text = "On 3. May or 12. MAY"
    assert [match["day"] for match in lazy.finditer(text)] == [match["day"] for match in ready.finditer(text)]
    assert lazy.sub("x", text) == ready.sub("x", text)
    assert (lazy.groupindex, lazy.flags) == (ready.groupindex, ready.flags)
    with pytest.raises(AttributeError):
        getattr(lazy, "nothing")  # noqa: B009


def test_every_pattern_of_ours_compiles() -> None:
    for module in pkgutil.walk_packages(qa.__path__, "qa."):
        if not module.name.startswith(("qa.training", "qa.evaluation", "qa.cli.__main__")):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Waiting):
                    assert value.flags >= 0, "a mistake in it is raised here"


@pytest.mark.parametrize("package", ["qa.assistant", "qa.attribution", "qa.ingestion"])
def test_a_package_hands_out_every_public_name_and_no_other(package: str) -> None:
    module = importlib.import_module(package)
    assert all(getattr(module, name) is not None for name in module.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(module, "nothing")  # noqa: B009


def test_a_name_is_looked_for_in_its_own_module_alone() -> None:
    find = members("qa.text", {"nowhere": ("lost",), "words": ("word_spans",)})
    assert find("word_spans") is word_spans
    with pytest.raises(ModuleNotFoundError, match=r"qa\.text\.nowhere"):
        find("lost")
