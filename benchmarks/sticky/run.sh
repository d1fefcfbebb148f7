#!/usr/bin/env bash
# Usage: run.sh
# Prints what a stick table of a million keys takes, and how fast it is. Needs a built ./holdfast, and JDK 25 in JAVA_HOME or
# on the PATH.
set -euo pipefail
cd "$(dirname "$0")"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -Xmx1g -XX:+UseSerialGC -cp "${CLASSES:-../../cli/target/lib/*}" TableBenchmark.java
