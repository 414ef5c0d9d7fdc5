#!/bin/sh
# install.sh [--remove [--purge]]: installs FeedWatch from this folder below /usr/local, as a service; or removes it. Run again to upgrade.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lib=/usr/local/lib/feedwatch
units=/etc/systemd/system

[ "$(id -u)" = 0 ] || { echo "Run it as root: sudo $0 $*" >&2; exit 64; }
case "${1:-}" in
  "" | --remove) ;;
  *) echo "usage: $0 [--remove [--purge]]" >&2; exit 64 ;;
esac

if [ "${1:-}" = --remove ]; then
  systemctl disable --now feedwatch.service feedwatch-bot.service 2>/dev/null || true
  rm -rf "$lib" /usr/local/bin/feedwatch "$units/feedwatch.service" "$units/feedwatch-bot.service" /etc/sysusers.d/feedwatch.conf /usr/local/share/man/man1/feedwatch.1
  systemctl daemon-reload 2>/dev/null || true
  if [ "${2:-}" = --purge ]; then
    rm -rf /var/lib/feedwatch /var/lib/feedwatch-bot /etc/feedwatch
    echo "FeedWatch is removed, with its settings and all that it remembered."
  else
    echo "FeedWatch is removed. Its settings in /etc/feedwatch and what it remembers in /var/lib/feedwatch stay; --remove --purge takes them too."
  fi
  exit 0
fi

if ! ldconfig -p 2>/dev/null | grep -q libicuuc; then
  echo "FeedWatch needs ICU, which knows how letters of all languages belong together: install icu (Arch, openSUSE), libicu (Fedora, RHEL) or libicu-dev, and run this again." >&2
  exit 1
fi

rm -rf "$lib.new"
cp -R "$here/lib" "$lib.new"
rm -rf "$lib.old"
[ ! -d "$lib" ] || mv "$lib" "$lib.old"
mv "$lib.new" "$lib"
rm -rf "$lib.old"
mkdir -p /usr/local/bin /usr/local/share/man/man1 /etc/sysusers.d "$units" /etc/feedwatch
ln -sf "$lib/feedwatch" /usr/local/bin/feedwatch
install -m 644 "$here/feedwatch.1" /usr/local/share/man/man1/
install -m 644 "$here/sysusers.conf" /etc/sysusers.d/feedwatch.conf
[ -f /etc/feedwatch/appsettings.json ] || install -m 644 "$here/appsettings.json" /etc/feedwatch/
install -m 700 -d /etc/feedwatch/credentials
for unit in feedwatch feedwatch-bot; do
  sed 's|/usr/bin/feedwatch|/usr/local/bin/feedwatch|' "$here/$unit.service" >"$units/$unit.service"
done
if [ -d /run/systemd/system ]; then
  systemd-sysusers feedwatch.conf
  systemctl daemon-reload
  systemctl enable feedwatch.service
  systemctl restart feedwatch.service
  systemctl try-restart feedwatch-bot.service
  echo "FeedWatch runs. 'feedwatch health' says how it is, 'journalctl -u feedwatch' what it does; its settings are in /etc/feedwatch."
else
  echo "FeedWatch is installed. systemd does not run here: start it with 'feedwatch run --data FOLDER'."
fi
