"""A recipe is read whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.training import serving
from qa.training.recipe import load_recipe

RUNS = sorted((Path(serving.__file__).parent / "runs").glob("reader-*.toml"))


@pytest.mark.parametrize("path", RUNS, ids=lambda path: path.stem)
def test_every_recipe_can_be_read_and_every_set_of_it_has_a_source_and_a_licence(path: Path) -> None:
    recipe = load_recipe(path)
    assert set(recipe.sets) <= set(serving.SETS)
    assert recipe.as_dict()["sets"]["newsqa"]["answerable"] > 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seed =", "sede ="),
        ("steps = ", "# steps = "),
        ("answerable = 1.0 }", "answerabel = 1.0 }"),
        ("short = [70, 170]", "short = 70"),
        ("[sets]", "[sets"),
    ],
)
def test_a_misspelt_recipe_is_refused_with_its_path(tmp_path: Path, old: str, new: str) -> None:
    text = RUNS[0].read_text()
    assert old in text
    path = tmp_path / "run.toml"
    path.write_text(text.replace(old, new))
    with pytest.raises(SettingsError, match=r"run\.toml is not a recipe"):
        load_recipe(path)


def test_a_missing_recipe_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is not a recipe"):
        load_recipe(tmp_path / "run.toml")
