#!/usr/bin/env bash
# Make sure that there is a Chromium for the browser tests: the one that is there, Debian's when root, else Playwright's own.
# Usage: install.sh PYTHON
set -euo pipefail
python="${1:?usage: install.sh PYTHON}"

if [ -n "${ONRECORD_CHROMIUM:-}" ]; then
  [ -x "$ONRECORD_CHROMIUM" ] && exit 0
  echo "ONRECORD_CHROMIUM names $ONRECORD_CHROMIUM, which cannot be run." >&2
  exit 1
fi
[ -x /usr/bin/chromium ] && exit 0

if "$python" - <<'FOUND'
import pathlib, sys
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    sys.exit(0 if pathlib.Path(playwright.chromium.executable_path).is_file() else 1)
FOUND
then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests ..."
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null \
    && [ -x /usr/bin/chromium ]; then
    exit 0
  fi
  echo "The system's package did not install; trying Playwright's own." >&2
fi

echo "Fetching Playwright's Chromium for the browser tests ..."
"$python" -m playwright install chromium && exit 0
echo "There is no Chromium for the browser tests. Install one and name it in ONRECORD_CHROMIUM, or leave these tests out:" >&2
echo "  $python -m pytest -m 'not browser'" >&2
exit 1
