#!/usr/bin/env bash
# build-tarball.sh [--arch amd64|arm64] [--output FOLDER]: makes feedwatch-VERSION-linux-ARCH.tar.gz with an install script, for distributions without .deb.
. "$(dirname "$0")/publish.sh"
arch=amd64
output=$root/artifacts
while [ $# -gt 0 ]; do
  case $1 in
    --arch) arch=$2; shift 2 ;;
    --output) output=$2; shift 2 ;;
    *) echo "usage: $0 [--arch amd64|arm64] [--output FOLDER]" >&2; exit 64 ;;
  esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
version=$(version)
name=feedwatch-$version-linux-$arch
tree=$work/$name
mkdir -p "$tree/lib"
publish "$arch" "$tree/lib"
install -m 644 "$here"/feedwatch.service "$here"/feedwatch-bot.service "$here"/package/{sysusers.conf,etc/appsettings.json,feedwatch.1,secrets.conf} "$root/LICENSE" "$tree"
install -m 755 "$here/package/install.sh" "$tree"

mkdir -p "$output"
tar -C "$work" --owner=0 --group=0 --sort=name --mtime="@$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/LICENSE")" -cf - "$name" | gzip -9n >"$output/$name.tar.gz"
echo "$output/$name.tar.gz"
