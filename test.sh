#!/usr/bin/env bash
# Builds everything with warnings as errors and runs every test. Needs a Debian-like machine with the .NET SDK; what else
# the tests use (Node and its packages, boto3, the AWS command line, Chromium) is installed when it is missing, and tests skip with a
# reason when it cannot be.
#
#   ./test.sh            under 20 minutes on 2 cores
#   ./test.sh --long     the crash and load drills in their long form
set -uo pipefail
cd "$(dirname "$0")"

case "${1-}" in
  "") ;;
  --long) export KINDRED_LONG=1 ;;
  *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
esac

command -v dotnet >/dev/null || { echo "The .NET SDK is missing; install the version that global.json names." >&2; exit 2; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

updated=
install() {
  command -v apt-get >/dev/null || return 1
  [ -n "$updated" ] || { as_root apt-get update -qq >/dev/null 2>&1; updated=1; }
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

echo "== what the client tests need"
command -v npm >/dev/null || install nodejs npm || echo "Node could not be installed; its tests will skip."
command -v chromium >/dev/null || install chromium || echo "Chromium could not be installed; the portal's browser tests will skip."
python3 -c 'import boto3' 2>/dev/null || install python3 python3-boto3 || echo "boto3 could not be installed; its tests will skip."
command -v aws >/dev/null || install awscli || echo "The AWS command line could not be installed; its test will skip."
if command -v npm >/dev/null; then
  for folder in tests/clients tests/deploy; do
    (cd "$folder" && npm install --no-package-lock --no-audit --no-fund --loglevel=error >/dev/null) || echo "npm install failed; the tests of $folder will skip."
  done
fi

echo "== build"
solution=SaaS.sln
# The AppHost first and by itself: restoring a solution passes over a project whose SDK is missing.
if ! reason=$({ dotnet restore Aspire.AppHost -v quiet && dotnet restore tests/Kindred.AppHost.Tests -v quiet; } 2>&1); then
  solution=Product.slnf
  echo "Aspire's packages cannot be restored, so the AppHost and its tests are left out: $(grep -m1 'error' <<<"$reason")"
fi
# One compiler for all projects, where the environment would start one for each: half of the time.
dotnet build "$solution" -c Release -v quiet -clp:Summary -p:UseSharedCompilation=true || { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }
dotnet build-server shutdown --vbcscompiler >/dev/null

echo "== test"
results=$(mktemp -d) && trap 'rm -rf "$results"' EXIT

run() {
  local began=$SECONDS
  "tests/$1/bin/Release/net10.0/$1" -noColor -noLogo >"$results/$1" 2>&1
  echo $? >"$results/$1.code"
  echo $((SECONDS - began)) >"$results/$1.seconds"
}

passed=0 failed=0 skipped=0
report() {
  local output="$results/$1" code summary total errors failures skips
  code=$(cat "$output.code")
  summary=$(sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\).*/\1 \2 \3 \4/p' "$output" | tail -1)
  read -r total errors failures skips <<<"${summary:-0 0 0 0}"
  if [ -z "$summary" ] || { [ "$code" != 0 ] && [ $((errors + failures)) = 0 ]; }; then errors=1; fi
  grep -E '\[SKIP\]' "$output"
  if [ $((errors + failures)) != 0 ]; then cat "$output"; fi
  echo "$1: $((total - failures - skips)) passed, $((errors + failures)) failed, $skips skipped, $(cat "$output.seconds") s"
  passed=$((passed + total - failures - skips)) failed=$((failed + errors + failures)) skipped=$((skipped + skips))
}

# A browser waits more than it works, so the portal's tests run beside the others. Last come those that start processes which use every core.
portal=Kindred.Portal.Tests last=Kindred.EndToEnd.Tests
run $portal &
for project in tests/*.Tests; do
  name=$(basename "$project")
  if [ "$name" = $portal ] || [ "$name" = $last ]; then continue; fi
  if [ "$solution" != SaaS.sln ] && [ "$name" = Kindred.AppHost.Tests ]; then continue; fi
  run "$name"
  report "$name"
done
run $last
report $last
wait
report $portal

if [ "$skipped" = 0 ]; then echo "$passed passed, $failed failed"; else echo "$passed passed, $failed failed, $skipped skipped"; fi
[ "$failed" = 0 ] && [ "$passed" != 0 ]
