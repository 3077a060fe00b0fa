#!/bin/sh
# Installs from this unpacked bundle without a network: checks every file, then builds .venv and prepares the data.
# The state goes to var/, or where LIDIAN_DATA points; DATABASE_URL and the like are obeyed as by bin/run.
set -eu
cd "$(dirname "$(readlink -f "$0")")"

if [ ! -f SHA256SUMS ]; then
    echo "这里没有 SHA256SUMS。请在 bin/bundle 生成的安装包解压后的文件夹中执行 install.sh" >&2
    exit 1
fi

echo "核对文件 Checking files …"
if ! faults=$(LC_ALL=C sha256sum --quiet --check SHA256SUMS 2>/dev/null); then
    echo "安装包不完整或已损坏，没有安装任何内容：" >&2
    echo "$faults" | sed -n 's/^\(.*\): FAILED open or read$/    缺少：\1/p; s/^\(.*\): FAILED$/    已损坏：\1/p' | head -20 >&2
    echo "请重新复制安装包，用 sha256sum -c 核对后再解压；解压时如提示空间不足，请先清理磁盘" >&2
    exit 1
fi

python=python$(sed -n 's/.*"python": "\([0-9.]*\)".*/\1/p' bundle.json)
if [ -x debs/install ] && ! command -v "$python" >/dev/null; then
    echo "缺少 Missing：$python"
    if [ "$(id -u)" != 0 ]; then
        echo "请执行以下命令后重试：" >&2
        echo "    sudo $PWD/debs/install $python $python-venv" >&2
        exit 1
    fi
    echo "安装系统软件包 Installing：$python $python-venv"
    debs/install "$python" "$python-venv" >install.log 2>&1 || { tail -5 install.log >&2; exit 1; }
fi

exec lms/launcher/start.sh install "$@"
