# Sourced by the scripts beside it: publishes FeedWatch with its runtime for one architecture, and says its version.
# No distribution has the .NET 10 runtime everywhere, so it is brought along, as one folder; a single file would be unpacked at each start.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# publish amd64|arm64 FOLDER
publish() {
  local rid
  case $1 in
    amd64) rid=linux-x64 ;;
    arm64) rid=linux-arm64 ;;
    *) echo "Architecture '$1' is unknown; use amd64 or arm64." >&2; return 64 ;;
  esac
  # Its own output folders: what a developer has built stays as it is.
  dotnet publish "$root/src/FeedWatch/FeedWatch.csproj" -c Release -r "$rid" --self-contained -o "$2" \
    -p:DebugType=none -p:PublishDocumentationFile=false -p:PublishReferencesDocumentationFiles=false -p:RunAnalyzers=false -p:UseSharedCompilation=false -v quiet -nologo >&2
  # Debuggers' and profilers' parts of the runtime; FeedWatch never loads them.
  rm -f "$2"/libmscordaccore.so "$2"/libmscordbi.so "$2"/createdump "$2"/libclrgcexp.so "$2"/*.pdb
  find "$2" -type d -exec chmod 755 {} +
  find "$2" -type f -exec chmod 644 {} +
  chmod 755 "$2/feedwatch"
}

# version: of the tag that this tree stands on, or of the next one, as SemVer writes it
version() {
  dotnet restore "$root/src/FeedWatch/FeedWatch.csproj" --locked-mode -v quiet -nologo >&2 # brings what reads the tags
  dotnet msbuild "$root/src/FeedWatch/FeedWatch.csproj" -t:FeedWatchVersion -getProperty:Version -nologo
}
