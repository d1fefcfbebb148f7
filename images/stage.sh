#!/usr/bin/env bash
# Usage: JAVA_HOME=JDK stage.sh TARGET_DIR RUNTIME_DIR TRAINING.java "HOTSPOT FLAGS" "JAVA OPTIONS"
# Called by Maven before jib. Writes TARGET_DIR/stage, the image's /app:
#   jvm.flags  HotSpot's own flags; in a file, because there JDK_JAVA_OPTIONS of a pod wins over them
#   jvm.args   all that stands between "java" and the command
#   native     Netty's native libraries, which it would unpack to /tmp at each start otherwise
#   libs       jars whose classes are too old for an AOT cache, in a newer form; they replace the same jars of jib's
#   app.aot    an AOT cache from a training run of the jars in TARGET_DIR/classpath under the same flags
# jib adds /app/libs: the same jars, with the size and time (1 s after the epoch) that the cache knows them by.
set -euo pipefail
[ $# = 5 ] || { sed -n '2,8s/^# //p' "$0" >&2; exit 2; }
target=$(realpath "$1") runtime=$(realpath "$2") training=$(realpath "$3")
read -ra flags <<<"$4"
read -ra options <<<"$5"
main=dev.holdfast.cli.Holdfast

rm -rf "$target/stage" "$target/train"
mkdir -p "$target/stage" "$target/train/app/libs" "$target/classes" # jib insists on the last
cd "$target/train"
IFS=: read -ra jars <../classpath || true # the file has no newline at its end
cp "${jars[@]}" app/libs/
"$JAVA_HOME/bin/java" "${training%/*}/ModernClasses.java" app/libs ../stage/libs >modern.log
cp ../stage/libs/* app/libs/
touch -d @1 app/libs/*
shopt -s nullglob
unpacked=$(mktemp -d)
for jar in "$PWD"/app/libs/netty-transport-native-*.jar; do
  (cd "$unpacked" && "$JAVA_HOME/bin/jar" xf "$jar" META-INF/native)
done
mkdir ../stage/native
find "$unpacked" -name '*.so' -exec cp -t ../stage/native {} +
rm -r "$unpacked"
classpath() { local IFS=:; set -- "${jars[@]/#*\//$1/app/libs/}"; echo "$*"; } # where: with that root
printf '%s\n' "${flags[@]}" >../stage/jvm.flags
# Java looks for another one in all jars unless it is told; this is the only one of its own on Linux.
named=(-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider)
arguments() { # root cache-option: what jvm.args holds, one a line
  printf '%s\n' "-XX:Flags=$1/app/jvm.flags" "${options[@]}" "${named[@]}" "-Djava.library.path=$1/app/native" "$2" -cp "$(classpath "$1")" "$main"
}
arguments "" -XX:AOTCache=/app/app.aot >../stage/jvm.args

cp -r ../stage/jvm.flags ../stage/native app/
mapfile -t train < <(arguments "$PWD" "-XX:AOTCacheOutput=$target/stage/app.aot")
run=("$JAVA_HOME/bin/java" "-Dtraining.manifest=${training%/*}/failoverproxy.json" "$training" "$runtime/bin/java" "${train[@]}")
if ! "${run[@]}" >training.log 2>&1 || [ ! -s ../stage/app.aot ]; then
  tail -n 40 training.log >&2
  echo "stage.sh: the training run of ${training##*/} failed; its log is $PWD/training.log" >&2
  exit 1
fi
# A refused cache is silent, unless it must be used.
mapfile -t check < <(arguments "$PWD" "-XX:AOTCache=$target/stage/app.aot")
"$runtime/bin/java" -XX:AOTMode=on "${check[@]}" --version >check.log 2>&1 || { cat check.log >&2; exit 1; }
