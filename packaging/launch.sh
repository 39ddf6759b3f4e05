#!/bin/sh
# Starts the program for this machine's processor, which the host of the bundle
# does not tell apart.
set -eu
folder=$(dirname -- "$0")
case $(uname -m) in
  x86_64 | amd64) program=$folder/fiskl-mcp-linux-amd64 ;;
  aarch64 | arm64) program=$folder/fiskl-mcp-linux-arm64 ;;
  *)
    echo "fiskl-mcp: there is no program for the processor $(uname -m) in this bundle" >&2
    exit 1
    ;;
esac
# Some hosts unpack files without the right to run them.
[ -x "$program" ] || chmod u+x "$program"
exec "$program" "$@"
