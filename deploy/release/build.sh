#!/usr/bin/env bash
# build.sh FOLDER: everything of a release but the image, from this tree: .deb, tarballs, zips, NuGet package, SBOM, notes, checksums.
. "$(dirname "$0")/../systemd/publish.sh"
[ $# = 1 ] || { echo "usage: $0 FOLDER" >&2; exit 64; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
version=$(version)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for arch in amd64 arm64; do
  "$here/build-deb.sh" --arch $arch --output "$out"
  "$here/build-tarball.sh" --arch $arch --output "$out"
done

"$root/deploy/windows/build-zip.sh" --output "$out"
dotnet pack "$root/src/FeedWatch.Contracts/FeedWatch.Contracts.csproj" -c Release -o "$out" -v quiet -nologo

# What is in it: the packages of the lock files, with the hashes that the build was held to.
"$root/deploy/release/sbom.py" --version "$version" >"$out/feedwatch-$version.spdx.json"

"$root/deploy/release/notes.sh" "$version" >"$out/NOTES.md"
(cd "$out" && sha256sum -- feedwatch* FeedWatch* >SHA256SUMS)
ls -l "$out"
