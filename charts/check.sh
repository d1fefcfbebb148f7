#!/usr/bin/env bash
# Usage: charts/check.sh [--write]
# Checks the chart: lint, the table of values in its README, the CRDs (a copy of crds/generated) and the rendered output for
# each snapshots/*.values.yaml. Prints what differs. --write brings table, CRDs and snapshots up to date instead. Needs helm.
set -euo pipefail
shopt -s failglob
cd "$(dirname "$0")/holdfast"
case ${1:-} in
  '') write= ;;
  --write) write=1 ;;
  *) sed -n '2,4s/^# //p' "../check.sh" >&2; exit 2 ;;
esac
command -v helm >/dev/null || { echo "charts/check.sh: helm is not on PATH" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

compare() { # file: what is checked in, against what should be there, on stdin
  cat >"$work/wanted"
  if [ -n "$write" ]; then
    cp "$work/wanted" "$1"
  elif ! diff -u --label "charts/holdfast/$1" --label wanted "$1" "$work/wanted"; then
    failed=1
  fi
}

table() { # of values.yaml: each "# --" comment is the description of the key after it
  awk '
    /^ *# -- / { sub(/^ *# -- /, ""); about = $0; next }
    /^ *[A-Za-z]+:/ {
      depth = (match($0, /[^ ]/) - 1) / 2
      split($0, pair, ":"); key = pair[1]; sub(/^ */, "", key)
      path[depth] = key; name = path[0]
      for (i = 1; i <= depth; i++) name = name "." path[i]
      value = substr($0, index($0, ":") + 2)
      if (about != "") printf "| `%s` | %s | %s |\n", name, value == "" ? "see values.yaml" : "`" value "`", about
      about = ""
    }' values.yaml
}

copies=()
for crd in ../../crds/generated/*.y*ml; do
  copy=files/crds/$(basename "${crd%.*}").yaml
  copies+=("$copy")
  [ -e "$copy" ] || touch "$copy"
  compare "$copy" <"$crd"
done
for copy in files/crds/*; do
  [[ " ${copies[*]} " == *" $copy "* ]] || { echo "charts/holdfast/$copy has no source in crds/generated: remove it" >&2; failed=1; }
done

{ sed '/^<!-- values/q' README.md; printf '\n| value | default | what it is |\n| --- | --- | --- |\n'; table; } >"$work/readme"
compare README.md <"$work/readme"

helm lint --strict --quiet .
for values in snapshots/*.values.yaml; do
  snapshot=${values%.values.yaml}.yaml
  [ -e "$snapshot" ] || touch "$snapshot"
  helm template holdfast . --namespace holdfast-system --kube-version 1.34.0 --api-versions monitoring.coreos.com/v1/ServiceMonitor \
    --api-versions monitoring.coreos.com/v1/PodMonitor --values "$values" >"$work/rendered"
  # of the CRDs only what the template adds to them: they have their own check
  awk '/^---$/ { crd = 0; body = 0 } /^kind: CustomResourceDefinition$/ { crd = 1 } crd && /^spec:$/ { body = 1 } !body' \
    "$work/rendered" >"$work/snapshot"
  compare "$snapshot" <"$work/snapshot"
done
[ $failed = 0 ] || echo "charts/check.sh: differs; charts/check.sh --write brings it up to date" >&2
exit $failed
