#!/bin/sh
# Finds Python 3.11 or later and hands over to the launcher; bin/run and its neighbours call this.
# The wheels of a bundle fit one Python only: that one is tried first.
set -eu
LIDIAN_ROOT=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
BUNDLED=$(sed -n 's/.*"python": "\([0-9.]*\)".*/python\1/p' "$LIDIAN_ROOT/bundle.json" 2>/dev/null || true)

for python in $BUNDLED python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        PYTHONPATH="$LIDIAN_ROOT" exec "$python" -P -m lms.launcher "$@"
    fi
done

echo "缺少：Python 3.11 或更高版本。Debian 12 / Ubuntu 24.04 及以上可安装：" >&2
echo "Missing: Python 3.11 or later. On Debian 12 / Ubuntu 24.04 or later:" >&2
echo "    sudo apt-get install python3 python3-venv" >&2
exit 1
