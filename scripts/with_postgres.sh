#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL on the loopback address, whose address it finds in
# UPSTREAM_TEST_POSTGRES (for tests) and, with --for-site first, in UPSTREAM_DATABASE_URL (for benchmarks):
#     scripts/with_postgres.sh make test
#     scripts/with_postgres.sh --for-site .venv/bin/upstream bench lists
set -euo pipefail
for_site=
if [ "${1:-}" = "--for-site" ]; then
    for_site=1
    shift
fi

# PostgreSQL refuses to run as root, so root lends the work to the account that the package made.
binaries=$(dirname "$(compgen -G "/usr/lib/postgresql/*/bin/initdb" | sort -V | tail -1)")
cluster=$(mktemp -d /tmp/upstream-postgres.XXXXXX)
as_postgres=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$cluster"
    as_postgres=(runuser -u postgres --)
fi
port=$(python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
stop_postgres() {
    (cd / && "${as_postgres[@]}" "$binaries/pg_ctl" --pgdata="$cluster/data" --mode=immediate --silent stop) || true
    rm -rf "$cluster"
}
trap stop_postgres EXIT
(
    cd /
    "${as_postgres[@]}" "$binaries/initdb" --pgdata="$cluster/data" --username=upstream --auth=trust --encoding=UTF8 >/dev/null
    "${as_postgres[@]}" "$binaries/pg_ctl" --pgdata="$cluster/data" --log="$cluster/log" --silent --wait \
        --options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$cluster -c fsync=off" start
)
export UPSTREAM_TEST_POSTGRES="postgresql://upstream@127.0.0.1:$port/postgres"
[ -z "$for_site" ] || export UPSTREAM_DATABASE_URL="$UPSTREAM_TEST_POSTGRES"
"$@"
