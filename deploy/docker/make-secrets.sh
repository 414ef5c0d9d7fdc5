#!/bin/sh
# make-secrets.sh: makes the passwords of compose.yaml, once, in a folder that only you can enter. Containers read them as other users.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
umask 022
[ -s secrets/postgres-password ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >secrets/postgres-password
[ -s secrets/rabbitmq-password ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >secrets/rabbitmq-password
printf 'Host=postgres;Database=feedwatch;Username=feedwatch;Password=%s' "$(cat secrets/postgres-password)" >secrets/feedwatch-database
printf 'default_user = feedwatch\ndefault_pass = %s\n' "$(cat secrets/rabbitmq-password)" >secrets/rabbitmq-configuration
echo "The passwords are in $(pwd)/secrets."
