#!/bin/sh
# Installs Debian packages of this folder, with what they depend on, without a network: debs/install NAME... (as root).
# SHA256SUMS has vouched for the files, so apt asks for no signature.
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
release=$(cat "$here/RELEASE")
. /etc/os-release
if [ "${VERSION_CODENAME:-}" != "$release" ]; then
    echo "debs/ 中的软件包适用于 $release，这台机器是 ${PRETTY_NAME:-其他系统}。请自行安装：$*" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$here" "$work/debs"
mkdir -p "$work/lists/partial"
echo "deb [trusted=yes] file:$work/debs ./" >"$work/sources.list"

only_here() {
    DEBIAN_FRONTEND=noninteractive apt-get -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- \
        -o "Dir::State::Lists=$work/lists" -o APT::Sandbox::User=root "$@"
}

only_here update
only_here install -y --no-install-recommends "$@"
