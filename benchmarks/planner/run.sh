#!/usr/bin/env bash
# Usage: run.sh
# Prints how long the planner takes for 1,000 floating IPs on 100 servers. Needs a built ./holdfast, and JDK 25 in JAVA_HOME or
# on the PATH.
set -euo pipefail
cd "$(dirname "$0")"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -XX:+UseSerialGC -cp '../../cli/target/lib/*' PlannerBenchmark.java
