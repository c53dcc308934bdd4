"""A SentencePiece vocabulary of a few words, as multilingual-e5-small has a large one."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

__all__ = ["PIECES", "sentencepieces"]

PIECES = [
    *(("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)),
    *(("▁the", -2.0), ("the", -3.0), ("▁gate", -3.0), ("gate", -4.0), ("▁", -2.0), ("s", -3.0), ("▁Ada", -4.0)),
    *((",", -2.0), (".", -2.0), ("?", -3.0), ("“", -3.0), ("”", -3.0), ("▁Voss", -4.0), ("▁keeps", -4.0)),
    *((letter, -9.0) for letter in "abcdefghijklmnopqrtuvwxyz"),
    ("<mask>", 0.0),
]


def sentencepieces(folder: Path) -> Path:
    """Write it as ``tokenizer.json``."""
    tokenizer = Tokenizer(models.Unigram(PIECES, unk_id=3))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder / "tokenizer.json"
