#!/bin/sh
# Postfix's pipe transport hands over one message here: store.sh DIRECTORY SENDER RECIPIENT... <message
# It lands as in a maildir: written in tmp, then renamed into new, with the envelope as header fields at the top.
umask 022
file=$(mktemp "$1/tmp/XXXXXXXXXXXX") || exit 75
new=$1/new/${file##*/}
{
    printf 'Return-Path: <%s>\n' "$2"
    shift 2
    printf 'Delivered-To: %s\n' "$@"
    cat
} >"$file" && chmod 644 "$file" && mv "$file" "$new" || exit 75
