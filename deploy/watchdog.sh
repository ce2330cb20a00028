#!/bin/sh
# Runs a command in this process's place, and tells systemd that it lives for as long as an address of it
# answers: watchdog.sh ADDRESS COMMAND… Any answer will do, also 503: what is silent is stuck, and starting
# it again mends that; stale data or a database that is away it does not mend.
# A program because systemd is told through a Unix datagram socket, which Deno has not without --unstable-net.
set -eu
address=$1
shift
main=$$
(
  told=--ready
  while kill -0 "$main" 2>/dev/null; do
    if curl --silent --output /dev/null --max-time 10 "$address"; then
      systemd-notify $told WATCHDOG=1 && told=
    fi
    sleep 5
  done
) &
exec "$@"
