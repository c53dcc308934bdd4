"""What no JSON Schema can say of the API, for schemathesis: that two days must not contradict each other.

Loaded by schemathesis (``SCHEMATHESIS_HOOKS``). Of a request that fits the description, 422 is
right in this case alone.
"""

from __future__ import annotations

import json
from typing import Any

import schemathesis

__all__ = ["filter_failure"]


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext, failure: Exception, case: schemathesis.Case[Any], response: schemathesis.Response
) -> bool:
    """Say whether a failure counts."""
    if type(failure).__name__ != "RejectedPositiveData" or response.status_code != 422:
        return True
    return "The dates exclude everything" not in json.loads(response.content)["detail"]
