#!/bin/bash
# Brings the mail servers and clients that the interop tests talk to. Run as root on Debian; running it again is quick.
#
#   bash tests/MailAdmin.Interop.Tests/install-servers.sh
#
# Debian installs only one mail transport agent at a time. Postfix is installed; Exim and OpenSMTPD are unpacked into
# a cache directory, from which the tests run them in a mount namespace, so that nothing outside of it changes.
# Exit codes: 0 all is there; 3 this machine cannot install (the tests then skip with reasons); anything else a failure.
set -u

cache=${MAILADMIN_INTEROP_CACHE:-/var/cache/mailadmin-interop}
unpacked=(exim4-daemon-light exim4-base opensmtpd)
packages=(
    postfix dovecot-core sasl2-bin libsasl2-modules                 # server; SASL from Dovecot, NTLM from Cyrus
    dovecot-gssapi krb5-kdc krb5-admin-server krb5-user             # Kerberos
    gss-ntlmssp                                                     # NTLM for clients
    swaks libio-socket-ssl-perl libauthen-sasl-perl msmtp curl      # clients
    opendkim opendkim-tools                                         # DKIM verifier
    microsocks tinyproxy-bin                                        # SOCKS5 and HTTP CONNECT proxies
    knot bind9 bind9-utils unbound bind9-dnsutils                   # DNS servers, zone signer, dig
    sslscan                                                         # judge of TLS versions and cipher suites
    openssl python3 util-linux)

installed() { [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null)" = 'ii ' ]; }

missing() {
    local package
    for package in "$@"; do installed "$package" || printf '%s\n' "$package"; done
}

# A second package manager at work holds the lock for a while; that is no failure.
apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null; }

update_once() {
    [ -n "${updated:-}" ] || apt update || return
    updated=yes
}

install() {
    local wanted
    mapfile -t wanted < <(missing "$@")
    [ ${#wanted[@]} -eq 0 ] && return
    echo "installing ${wanted[*]}"
    update_once && without_services apt install -y --no-install-recommends "${wanted[@]}"
}

# Packages start their daemons when they are installed, unless this policy says no.
without_services() {
    local policy=/usr/sbin/policy-rc.d ours= result
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy && ours=yes
    fi
    "$@"
    result=$?
    [ -z "$ours" ] || rm -f $policy
    return $result
}

unpack() {
    local package=$1 work
    [ -e "$cache/$package/.complete" ] && return
    echo "unpacking $package"
    update_once || return
    rm -rf "${cache:?}/$package"
    work=$(mktemp -d) && chmod 755 "$work" || return
    (cd "$work" && apt -o APT::Sandbox::User=root download "$package" && mkdir -p "$cache/$package" &&
        dpkg-deb -x ./*.deb "$cache/$package" &&
        dpkg-deb -f ./*.deb Depends >"$cache/$package/.depends" && touch "$cache/$package/.complete")
    local result=$?
    rm -rf "$work"
    return $result
}

libraries() {
    local package
    for package in "${unpacked[@]}"; do
        tr ',' '\n' <"$cache/$package/.depends" | sed -n 's/^ *\(lib[^ |]*\).*/\1/p'
    done | sort -u
}

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    echo "Servers for the interop tests are installed only by root on Debian; tests that need them are skipped." >&2
    exit 3
fi

# Asked for by name, so that Postfix writes no configuration of the machine's own.
if ! installed postfix; then
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections || exit 1
fi

install "${packages[@]}" || exit 1
for package in "${unpacked[@]}"; do unpack "$package" || exit 1; done
mapfile -t needed < <(libraries)
install "${needed[@]}" || exit 1
echo "Servers for the interop tests are ready; unpacked ones are in $cache."
