#!/usr/bin/env bash
# The scan of the GitHub Action: annotations, a page for the job, SARIF, and the exit code as an output.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/plimsoll.XXXXXX")
trap 'rm -rf "$work"' EXIT

if [[ $PLIMSOLL_SARIF_FILE == *$'\n'* ]]; then
  echo 'plimsoll: the name of the SARIF file has several lines' >&2
  exit 2
fi

arguments=(scan --quiet --format github --format "table=$work/table.txt" --format "markdown=$work/summary.md"
  --format "sarif=$PLIMSOLL_SARIF_FILE")
if [[ -n $PLIMSOLL_SCANNERS ]]; then arguments+=(--scanners "$PLIMSOLL_SCANNERS"); fi
if [[ -n $PLIMSOLL_FAIL_ON ]]; then arguments+=(--fail-on "$PLIMSOLL_FAIL_ON"); fi
while IFS= read -r line; do
  if [[ -n $line ]]; then arguments+=(--policy "$line"); fi
done <<<"$PLIMSOLL_POLICY"
while IFS= read -r line; do
  if [[ -n $line ]]; then arguments+=("$line"); fi
done <<<"$PLIMSOLL_ARGUMENTS"

rm -f -- "$PLIMSOLL_SARIF_FILE"
code=0
node "$here/../run.mjs" "${arguments[@]}" -- "$PLIMSOLL_TARGET" || code=$?

if [[ -s $work/table.txt ]]; then
  # The table quotes the scanned content, which must not speak to the runner.
  token=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
  echo '::group::Report'
  echo "::stop-commands::$token"
  cat "$work/table.txt"
  echo
  echo "::$token::"
  echo '::endgroup::'
fi
if [[ -s $work/summary.md && -n ${GITHUB_STEP_SUMMARY:-} ]]; then cat "$work/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi

{
  echo "exit-code=$code"
  if [[ -s $PLIMSOLL_SARIF_FILE ]]; then echo "sarif-file=$PLIMSOLL_SARIF_FILE"; fi
} >>"$GITHUB_OUTPUT"
