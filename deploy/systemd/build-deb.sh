#!/usr/bin/env bash
# build-deb.sh [--arch amd64|arm64] [--output FOLDER]: makes feedwatch_VERSION_ARCH.deb from this tree. Needs the .NET SDK and dpkg-deb.
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

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
umask 022
share=$tree/usr/share
mkdir -p "$tree"/DEBIAN "$tree"/usr/{bin,lib/feedwatch,lib/sysusers.d} "$tree"/lib/systemd/system "$tree"/etc/feedwatch "$share"/doc/feedwatch/examples "$share"/man/man1 "$share"/lintian/overrides
chmod 755 "$tree"
publish "$arch" "$tree/usr/lib/feedwatch"
version=$(version)
debian=${version/-/\~} # a preview comes before its release

ln -s ../lib/feedwatch/feedwatch "$tree/usr/bin/feedwatch"
install -m 644 "$here"/feedwatch.service "$here"/feedwatch-bot.service "$tree/lib/systemd/system"
install -m 644 "$here"/package/sysusers.conf "$tree/usr/lib/sysusers.d/feedwatch.conf"
install -m 644 "$here"/package/etc/appsettings.json "$tree/etc/feedwatch"
install -m 700 -d "$tree/etc/feedwatch/credentials"
install -m 644 "$here"/package/secrets.conf "$share/doc/feedwatch/examples"
install -m 644 "$here"/package/debian/copyright "$share/doc/feedwatch"
install -m 644 "$here"/package/debian/lintian-overrides "$share/lintian/overrides/feedwatch"
gzip -9nc "$here/package/feedwatch.1" >"$share/man/man1/feedwatch.1.gz"
notices=$(find "$tree/usr/lib/feedwatch" -maxdepth 1 -iname '*ThirdPartyNotices*' | head -1)
[ -z "$notices" ] || { gzip -9nc "$notices" >"$share/doc/feedwatch/ThirdPartyNotices.txt.gz"; rm "$notices"; }
built=$(date -R --date="@$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/LICENSE")")
printf 'feedwatch (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- The FeedWatch authors <authors@feedwatch.org>  %s\n' "$debian" "$built" | gzip -9n >"$share/doc/feedwatch/changelog.gz"
[ ! -f "$root/CHANGELOG.md" ] || gzip -9nc "$root/CHANGELOG.md" >"$share/doc/feedwatch/CHANGELOG.md.gz"

install -m 755 "$here"/package/debian/{postinst,prerm,postrm} "$tree/DEBIAN"
install -m 644 "$here"/package/debian/conffiles "$tree/DEBIAN"
size=$(du -k -s --apparent-size "$tree" | cut -f1)
sed -e "s/@VERSION@/$debian/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" "$here/package/debian/control.in" >"$tree/DEBIAN/control"
(cd "$tree" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)

mkdir -p "$output"
deb=$output/feedwatch_${debian}_$arch.deb
dpkg-deb --root-owner-group -Zxz --build "$tree" "$deb" >&2
echo "$deb"
