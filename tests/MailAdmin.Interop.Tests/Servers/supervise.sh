#!/bin/bash
# Runs a command until it ends or standard input does, and leaves nothing of it behind, however its processes detached
# themselves: they live in a process namespace, which the kernel empties when the shell within it ends. Whoever starts
# this holds the other end of standard input, so the server ends even when its owner is killed.
set -u
exec 3<&0 </dev/null
exec unshare --pid --fork --kill-child -- bash -c 'cat <&3 >/dev/null & "$@" 3<&- & wait -n' supervise "$@"
