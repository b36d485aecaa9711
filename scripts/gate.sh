#!/usr/bin/env bash
# gate.sh NAME LABEL COMMAND...   One gate of `make check` or `make test`: quiet when it passes, told in full when it fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/step.sh
step "$@"
