#!/usr/bin/env bash
# Sets a fresh checkout up. Every part compares a fingerprint of what it was made from, so that a second run costs nothing.
#   setup.sh up     what `frontdesk up` needs: Python packages, web packages, web build, the package itself
#   setup.sh dev    the same with the test packages
#   setup.sh python the Python part of dev alone
#   setup.sh browser   a Chromium for the end-to-end tests
#   setup.sh proxy     Debian's nginx for the tests of deploy/, where that is possible
#   setup.sh servers   a PostgreSQL server for the tests: Debian's when root, else the one that came with the test packages
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/step.sh
. scripts/step.sh

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
VENV=.venv

is_root() { [ "$(id -u)" = 0 ]; }

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q && apt-get install -y -q --no-install-recommends "$@"
}

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "Frontdesk needs Python 3.11 or newer: install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name one with make PYTHON=..."
}

make_venv() {
  local base=$1
  rm -rf "$VENV"
  "$base" -m venv "$VENV"
}

venv() {
  local base version mark
  base=$(find_python) || exit 1
  version=$("$base" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])')
  mark="$version $PWD" # scripts in a venv carry its absolute path, so a moved checkout needs a new one
  if fresh "$VENV/.stamp-venv" "$mark" && [ -x "$VENV/bin/python" ]; then return; fi
  if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
    if is_root && command -v apt-get >/dev/null; then
      step apt-venv "Installing Debian's python3-venv" apt_install python3-venv
    else
      fail "Python's venv module is missing: install it with 'sudo apt-get install python3-venv', then run make again."
    fi
  fi
  step venv "Creating $VENV with Python $version" make_venv "$base"
  stamp "$VENV/.stamp-venv" "$mark"
}

# packages LOCK      Installs a lock file by its hashes. dev.txt contains demo.txt, at the same versions.
packages() {
  local lock=requirements/$1.txt mark
  mark=$(digest <"$lock")
  if fresh "$VENV/.stamp-$1" "$mark"; then return; fi
  step "pip-$1" "Installing Python packages ($1)" \
    "$VENV/bin/python" -m pip install --require-hashes --no-deps --only-binary :all: -r "$lock"
  stamp "$VENV/.stamp-$1" "$mark"
  if [ "$1" = dev ]; then stamp "$VENV/.stamp-demo" "$(digest <requirements/demo.txt)"; fi
}

# apsw's stub takes Buffer from collections.abc, where Python 3.11 does not have it yet: every value of a row would be
# unknown to the type checker. The same stub, with the name taken from where 3.11 has it.
typings() {
  local stub made=.build/typings/apsw/__init__.pyi
  for stub in "$VENV"/lib/python3*/site-packages/apsw/__init__.pyi; do
    if [ "$made" -nt "$stub" ]; then return; fi
    mkdir -p "${made%/*}"
    sed 's/^from collections.abc import Mapping, Buffer, /from typing_extensions import Buffer\nfrom collections.abc import Mapping, /' "$stub" >"$made"
  done
}

# After the packages, as it is built with the setuptools that the lock pins.
itself() {
  local mark
  mark=$(digest <pyproject.toml)
  if fresh "$VENV/.stamp-itself" "$mark" && [ -x "$VENV/bin/frontdesk" ]; then return; fi
  step itself "Installing Frontdesk itself" \
    "$VENV/bin/python" -m pip install --no-deps --no-build-isolation --no-index --editable .
  stamp "$VENV/.stamp-itself" "$mark"
}

web_packages() {
  local node mark
  node=$(node --version 2>/dev/null) || fail "Frontdesk builds its web pages with Node.js 20.19 or newer: install nodejs and npm, then run make again."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Frontdesk builds its web pages with Node.js 20.19 or newer; this is $node."
  command -v npm >/dev/null || fail "npm is missing: install it beside Node.js, then run make again."
  mark="$node $(cd web && find . -name node_modules -prune -o \( -name package.json -o -name package-lock.json \) -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | digest)"
  if fresh web/node_modules/.stamp "$mark"; then return; fi
  step npm "Installing web packages" npm --prefix web ci --no-audit --no-fund
  stamp web/node_modules/.stamp "$mark"
}

web_outputs() { find web -name node_modules -prune -o -type d -name dist -print | LC_ALL=C sort; }

web_build() {
  local mark outputs
  # By content, not by time: a branch switched to and back, or a removed file, is told correctly.
  mark=$(cd web && find . \( -name node_modules -o -name dist -o -name coverage -o -name .vite -o -name test-results \) -prune -o \
    -type f ! -name '*.tsbuildinfo' ! -name '*.test.ts' ! -name '*.test.tsx' ! -name '*.md' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | digest)
  if fresh .build/web.stamp "$mark" && [ -f .build/web.outputs ]; then
    outputs=$(<.build/web.outputs)
    if [ "$outputs" = "$(web_outputs)" ]; then return; fi
  fi
  step web-build "Building the console and the widget" npm --prefix web run build
  web_outputs >.build/web.outputs
  stamp .build/web.stamp "$mark"
}

find_browser() {
  local candidate
  for candidate in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$candidate" && return
  done
  return 1
}

browser() {
  if find_browser >/dev/null; then return; fi
  if is_root && command -v apt-get >/dev/null; then
    step apt-chromium "Installing Debian's chromium" apt_install chromium
    if find_browser >/dev/null; then return; fi
  fi
  fail "The end-to-end tests drive a real browser and found neither chromium nor google-chrome: install one ('sudo apt-get install chromium'), then run make again."
}

# Without it the tests use the nginx of a wheel, which is a newer one.
proxy() {
  if command -v nginx >/dev/null || [ -x /usr/sbin/nginx ]; then return; fi
  if is_root && command -v apt-get >/dev/null; then
    step apt-nginx "Installing Debian's nginx" apt_install nginx
  fi
}

servers() {
  if compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then return; fi
  if is_root && command -v apt-get >/dev/null; then
    step apt-postgresql "Installing Debian's postgresql" apt_install postgresql
  fi
}

# One part a line: bash forgets `set -e` inside `a && b`, and a failed part must end the run before its stamp is written.
mkdir -p .build
part=${1:-}
case $part in
  up | dev | python)
    venv
    if [ "$part" = up ]; then
      packages demo
    else
      packages dev
      typings
    fi
    itself
    if [ "$part" != python ]; then
      web_packages
      web_build
    fi
    ;;
  browser) browser ;;
  proxy) proxy ;;
  servers) servers ;;
  *) fail "usage: scripts/setup.sh up | dev | python | browser | proxy | servers" ;;
esac
