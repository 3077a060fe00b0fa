"""What bin/run prints once the platform answers."""

from __future__ import annotations

import io
from pathlib import Path

from .console import say
from .paths import LOGS
from .site import Site

DEMO_PASSWORD = "Lidian-2026"
DEMO_ACCOUNTS = (
    ("00120039", "李振东", "学员 learner"),
    ("00120031", "唐志远", "培训师 trainer"),
    ("00120017", "马　跃", "考务员 examiner"),
    ("00120011", "林晓雯", "培训管理员 training administrator"),
    ("00120097", "罗建华", "管理者 manager"),
    ("admin", "管理员", "系统管理员 system administrator"),
)
NEEDS_TLS = "扫码（摄像头）、离线学习、通行密钥、安装到手机桌面"


def show(site: Site, authority: Path | None) -> None:
    """`authority`: the file phones have to trust when we serve HTTPS with our own certificate."""
    show_addresses(site)
    show_security(authority)
    if site.demo:
        show_accounts()
    say()
    say(f"数据 {site.data} · 日志 {site.data / LOGS}")
    say("按 Ctrl-C 停止 Press Ctrl-C to stop")


def show_addresses(site: Site) -> None:
    say()
    say(f"砺电学堂已启动 Lidian is running：{site.scheme}://localhost:{site.port}")
    if site.lan:
        url = f"{site.scheme}://{site.lan}:{site.port}"
        say(f"手机在同一网络中打开 From a phone：{url}")
        say(qr(url))
    else:
        say("未发现局域网地址，手机暂时不能访问")


def qr(url: str) -> str:
    """The address as blocks of text, two rows of modules a line; segno is imported from .venv only."""
    import segno

    drawn = io.StringIO()
    segno.make(url, error="l").terminal(out=drawn, border=2, compact=True)
    return drawn.getvalue().rstrip("\n")


def show_security(authority: Path | None) -> None:
    if authority:
        say("HTTPS 使用本机证书。手机首次使用请安装并信任该文件：")
        say(f"    {authority}")
    else:
        say(f"手机上使用以下功能需要 HTTPS：{NEEDS_TLS}。启用：bin/run --https")


def show_accounts() -> None:
    say()
    say(f"演示账号 Demo accounts（密码 password：{DEMO_PASSWORD}）")
    for number, name, role in DEMO_ACCOUNTS:
        say(f"    {number:<10}{name}　{role}")
