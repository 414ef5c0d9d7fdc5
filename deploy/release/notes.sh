#!/usr/bin/env bash
# notes.sh VERSION: that version's part of CHANGELOG.md; of a preview, what is not released yet.
set -euo pipefail
changes=$(dirname "$0")/../../CHANGELOG.md
part() { awk -v title="## $1" 'index($0, title) == 1 && (length($0) == length(title) || substr($0, length(title) + 1, 1) == " ") { on = 1; next } /^## / { on = 0 } on' "$changes"; }
notes=$(part "$1")
[ -n "$notes" ] || case $1 in *-*) notes=$(part Unreleased) ;; esac
[ -n "$notes" ] || { echo "CHANGELOG.md says nothing about $1; write its part first." >&2; exit 2; }
printf '%s\n' "$notes"
