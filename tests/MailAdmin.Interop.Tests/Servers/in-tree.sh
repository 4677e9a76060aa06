#!/bin/bash
# Runs a command of an unpacked Debian package as if it were installed: in a mount namespace of its own (started by
# unshare --mount) where the package's files lie over /usr and /etc, and the places that it writes to are private.
#
#   in-tree.sh PRIVATE TREE... -- COMMAND...
#
# PRIVATE has the directories etc (lies over all), spool, lib, log and run. Nothing outside of it changes.
set -eu
private=$1
shift
usr= etc=$private/etc
while [ "$1" != -- ]; do
    usr=$usr$1/usr:
    [ ! -d "$1/etc" ] || etc=$etc:$1/etc
    shift
done
shift
mount -t overlay overlay -o "lowerdir=$usr/usr" /usr
mount -t overlay overlay -o "lowerdir=$etc:/etc" /etc
for place in spool lib log; do mount --bind "$private/$place" "/var/$place"; done
mount --bind "$private/run" /run
exec "$@"
