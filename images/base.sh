#!/usr/bin/env bash
# Usage: JAVA_HOME=JDK base.sh OUT.tar RUNTIME_DIR MODULES
# Writes the base image as a docker archive (jib reads it as tar://OUT.tar), from Debian packages and the JDK, without a
# registry. Layer 1: glibc's run-time files and a static busybox as shell. Layer 2: /opt/java, linked from MODULES and left
# in RUNTIME_DIR, too. Another architecture: run it there, or see README.md.
set -euo pipefail
[ $# = 3 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
out=$(realpath -m "$1") runtime=$(realpath -m "$2") modules=$3
arch=$(dpkg --print-architecture)
multiarch=$(uname -m)-linux-gnu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/debs" "$work/root"/{bin,etc,tmp,var/lib/dpkg/status.d,home/nonroot} "$work/java/opt" "$(dirname "$out")"

download() { (cd "$work/debs" && apt-get -qq -o APT::Sandbox::User=root download libc6 busybox-static) >"$work/apt.log" 2>&1; }
download || { apt-get -qq update && download; } || { cat "$work/apt.log" >&2; exit 1; }

unpack() { # package pattern...
  dpkg-deb --fsys-tarfile "$work/debs/$1"_*.deb | tar -x -C "$work/root" --wildcards "${@:2}" "./usr/share/doc/$1/copyright"
}
lib=./lib/$multiarch
unpack libc6 "./lib*/ld-linux-*.so.*" "$lib"/lib{c,m,dl,pthread,rt,resolv,nss_dns,nss_files}.so.*
unpack busybox-static ./bin/busybox
for applet in $("$work/root/bin/busybox" --list); do
  [ "$applet" = busybox ] || ln -s busybox "$work/root/bin/$applet"
done
for deb in "$work"/debs/*.deb; do # where scanners look for what is installed
  dpkg-deb -f "$deb" >"$work/root/var/lib/dpkg/status.d/$(dpkg-deb -f "$deb" Package)"
done
cp /etc/os-release "$work/root/etc/os-release"
cat >"$work/root/etc/passwd" <<'E'
root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/bin/sh
E
printf 'root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n' >"$work/root/etc/group"
printf 'hosts: files dns\n' >"$work/root/etc/nsswitch.conf"
chmod 1777 "$work/root/tmp"

rm -rf "$runtime"
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress=zip-0 --output "$runtime"
cp -a "$runtime" "$work/java/opt/java"
for needed in $(find "$runtime" -name '*.so' -exec ldd {} + | awk '$2 == "=>" {print $1}' | sort -u); do
  [ -n "$(find "$work/root" "$runtime" -name "$needed")" ] ||
    { echo "base.sh: the JDK in $JAVA_HOME needs $needed, which the base lacks: use a JDK that brings it, such as Temurin" >&2; exit 1; }
done

archive() { tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@1 "$@"; }
archive -cf "$work/system.tar" -C "$work/root" .
archive -cf "$work/runtime.tar" -C "$work/java" .
digest() { sha256sum "$1" | cut -d' ' -f1; }
cat >"$work/config.json" <<E
{"architecture": "$arch", "os": "linux", "created": "1970-01-01T00:00:01Z", "config": {"Env": ["PATH=/bin:/opt/java/bin"]},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$(digest "$work/system.tar")", "sha256:$(digest "$work/runtime.tar")"]},
 "history": [{"created": "1970-01-01T00:00:01Z", "created_by": "Debian libc6 and busybox-static"},
  {"created": "1970-01-01T00:00:01Z", "created_by": "jlink $modules"}]}
E
echo '[{"Config": "config.json", "RepoTags": ["localhost/holdfast-base:dev"], "Layers": ["system.tar", "runtime.tar"]}]' >"$work/manifest.json"
archive -cf "$out" -C "$work" manifest.json config.json system.tar runtime.tar
