#!/usr/bin/env bash
# build-zip.sh [--output FOLDER]: makes feedwatch-VERSION-win-x64.zip with its runtime, and feedwatch-VERSION-win-arm64.zip for an installed .NET 10, each with the service's scripts.
. "$(dirname "$0")/../systemd/publish.sh"
output=$root/artifacts
while [ $# -gt 0 ]; do
  case $1 in
    --output) output=$2; shift 2 ;;
    *) echo "usage: $0 [--output FOLDER]" >&2; exit 64 ;;
  esac
done
mkdir -p "$output"
output=$(cd "$output" && pwd)
version=$(version)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

zip_for() { # NAME, and how to publish it
  local tree=$work/feedwatch-$version-$1
  dotnet publish "$root/src/FeedWatch/FeedWatch.csproj" -c Release -o "$tree" "${@:2}" -p:DebugType=none -p:PublishDocumentationFile=false -p:PublishReferencesDocumentationFiles=false -p:RunAnalyzers=false -p:UseSharedCompilation=false -v quiet -nologo >&2
  rm -f "$tree"/*.pdb "$tree"/mscordaccore*.dll "$tree"/mscordbi.dll "$tree"/createdump.exe
  cp "$root"/deploy/windows/{install-service.ps1,uninstall-service.ps1} "$root/LICENSE" "$tree"
  sed -i 's/\r*$/\r/' "$tree"/*.ps1 # Notepad and older editors read them too
  (cd "$work" && python3 -m zipfile -c "$output/$(basename "$tree").zip" "$(basename "$tree")")
  echo "$output/$(basename "$tree").zip"
}

zip_for win-x64 -r win-x64 --self-contained
# Its launcher is not to be had everywhere; the script starts it as "dotnet feedwatch.dll".
zip_for win-arm64 --no-self-contained -p:UseAppHost=false -p:PublishReadyToRun=false
