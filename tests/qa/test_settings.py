"""Settings come from the environment, within bounds, and a misspelt one is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.settings import describe_settings, load_settings


def test_a_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_RETRIEVAL__TOP_K", "7")
    monkeypatch.setenv("QA_DATA_DIR", "/somewhere/else")
    settings = load_settings()
    assert settings.retrieval.top_k == 7
    assert settings.data_dir == Path("/somewhere/else")
    assert settings.retrieval.candidates == 100, "the rest of the group keeps its defaults"


def test_names_are_read_in_any_letter_case_and_a_group_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("qa_retrieval__top_k", "7")
    monkeypatch.setenv("QA_RETRIEVAL", '{"top_k": 5, "candidates": 40}')
    assert (load_settings().retrieval.top_k, load_settings().retrieval.candidates) == (7, 40)


@pytest.mark.parametrize("name", ["QA_RETREIVAL__TOP_K", "QA_RETRIEVAL__TOPK", "QA_DATADIR", "QA_RETRIEVAL"])
def test_a_misspelt_name_is_an_error(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "7")
    with pytest.raises(SettingsError, match=name):
        load_settings()


@pytest.mark.parametrize(("name", "value"), [("TOP_K", "0"), ("TOP_K", "many"), ("CANDIDATES", "1000000")])
def test_a_value_out_of_bounds_is_an_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"QA_RETRIEVAL__{name}", value)
    with pytest.raises(SettingsError, match=f"QA_RETRIEVAL__{name}"):
        load_settings()


def test_the_page_of_settings_is_up_to_date() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
    assert page.read_text(encoding="utf-8") == describe_settings(), "run: qa settings --markdown > docs/settings.md"


def test_the_data_folder_does_not_depend_on_where_one_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("QA_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    here = load_settings().data_dir
    monkeypatch.chdir(tmp_path)
    assert load_settings().data_dir == here == tmp_path / "onrecord"
    assert load_settings(data_dir="mine").data_dir == tmp_path / "mine"


def test_a_group_as_json_takes_no_single_setting_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_RETRIEVAL__TOP_K", "7")
    monkeypatch.setenv("qa_retrieval", '{"top_k": 9}')
    assert load_settings().retrieval.top_k == 7
    assert load_settings(retrieval={"candidates": 41}).retrieval.top_k == 7


def test_an_empty_data_folder_is_an_error_in_any_letter_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QA_DATA_DIR", raising=False)
    monkeypatch.setenv("qa_data_dir", "")
    with pytest.raises(SettingsError, match="empty"):
        load_settings()
