# Sourced by the other scripts: one short line for each step, the noise in a log that is shown when the step fails.

LOGS=.build/logs

# step NAME LABEL COMMAND...   Runs COMMAND with its output in the log NAME; prints "LABEL … 3.2s".
step() {
  local name=$1 label=$2 log started
  shift 2
  mkdir -p "$LOGS"
  log=$LOGS/$name.log
  printf '%s … ' "$label"
  started=$(date +%s%N)
  if "$@" >"$log" 2>&1 </dev/null; then
    elapsed "$started"
  else
    local code=$?
    printf 'failed\n\n'
    cat "$log"
    printf '\n%s: failed (exit code %s). This output is kept in %s\n' "$label" "$code" "$log" >&2
    return "$code"
  fi
}

elapsed() {
  local tenths=$((($(date +%s%N) - $1) / 100000000))
  printf '%s.%ss\n' "$((tenths / 10))" "$((tenths % 10))"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# fresh STAMP FINGERPRINT      True when STAMP was written for the same FINGERPRINT.
fresh() { [ -f "$1" ] && [ "$(<"$1")" = "$2" ]; }

stamp() {
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "$2" >"$1"
}

digest() { sha256sum | cut -d' ' -f1; }
