"""bin/run, second half: inside .venv, from the folder of all state to a running platform and its end."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from . import banner, network, processes, state, supervisor
from .console import give_up, say, speak_utf8
from .paths import BEAT, LOGS, PYTHON, QUEUE, ROOT, data_folder
from .site import Site
from .supervisor import Program, Supervisor

BUSY = "另一个砺电学堂正在使用 {data}（进程 {pid}）。请先停止它，或用 LIDIAN_DATA 指定另一个文件夹"
START_LIMIT = 90  # seconds until the web server must have answered
WEB_DEATHS = 3  # the web server may die this often before its first answer


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/run",
        description="启动砺电学堂：网页、后台任务、定时任务",
        epilog="环境变量：PORT、LIDIAN_DATA、DATABASE_URL、CELERY_BROKER_URL、CACHE_URL；说明见 lms/settings",
    )
    parser.add_argument("--https", action="store_true", help="使用本机证书，通过 HTTPS 访问")
    parser.add_argument("--no-demo", action="store_true", help="不建立演示公司，演示账号也不能登录")
    parser.add_argument("--prepare", action="store_true", help="只安装并准备数据，不启动")
    return parser.parse_args()


def port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        give_up(f"PORT 应为 1 至 65535 的数字，现为“{text}”")
    return int(text)


def site(options: argparse.Namespace) -> Site:
    off = os.environ.get("LIDIAN_DEMO", "1").lower() in {"0", "off", "no", "false"}
    demo = not (options.no_demo or off)
    return Site(data_folder(), port(), options.https, demo, network.lan_address())


def environment(site: Site) -> dict[str, str]:
    """What the programs are told: the caller's own settings win, his further hosts are kept."""
    hosts = [site.lan, os.uname().nodename, os.environ.get("LIDIAN_HOSTS")]
    return {
        "LIDIAN_SITE_URL": f"{site.scheme}://{site.lan or 'localhost'}:{site.port}",
        **os.environ,
        "LIDIAN_DEMO": "1" if site.demo else "0",
        "LIDIAN_HOSTS": ",".join(filter(None, hosts)),
        "LIDIAN_DATA": str(site.data),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }


def prepare(site: Site, env: dict[str, str]) -> None:
    """Migrations, static files and demo company, unless exactly this code did it before."""
    if state.prepared(site.data, site.demo):
        return
    if processes.run([PYTHON, "-P", "-m", "lms.launcher.prepare"], env=env, cwd=ROOT):
        give_up("准备数据未完成，原因见上")
    state.remember_prepared(site.data, site.demo)


def web(site: Site, certificate: tuple[Path, Path, Path] | None) -> Program:
    command: list[str | Path] = [
        *(PYTHON, "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", str(site.port)),
        *("--workers", os.environ.get("WEB_WORKERS", "1")),
        *("--blocking-threads", os.environ.get("WEB_THREADS", "16")),
        *("--no-ws", "--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "5"),
    ]
    if certificate:
        public, key, _ = certificate
        command += ["--ssl-certificate", public, "--ssl-keyfile", key, "--ssl-protocol-min", "tls1.2"]
    return Program("web", "网页服务", [*command, "lms.wsgi:application"])


def celery(name: str, title: str, *options: str | Path) -> Program:
    program: list[str | Path] = [PYTHON, "-m", "celery", "-A", "lms.celery", "--quiet", "--skip-checks", name]
    return Program(name, title, [*program, "--loglevel", "WARNING", *options])


def worker() -> Program:
    alone = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    return celery("worker", "后台任务", "--pool", "threads", "--concurrency", "4", *alone)


def beat(site: Site) -> Program:
    return celery("beat", "定时任务", "--schedule", site.data / BEAT, "--pidfile=")


def certificate_files(site: Site) -> tuple[Path, Path, Path] | None:
    if not site.https:
        return None
    from .tls import local_certificate

    return local_certificate(site.data / "tls", [site.lan] if site.lan else [])


def wait_for_web(running: Supervisor, site: Site) -> None:
    deadline = time.monotonic() + START_LIMIT
    program = running.programs[0]
    while not network.answers(site.port, site.https):
        processes.stop.obey()
        running.look()
        if program.deaths >= WEB_DEATHS or time.monotonic() > deadline:
            give_up("网页服务未能启动：", *running.log(program).read_text(errors="replace").splitlines()[-15:])
        time.sleep(processes.TICK)


def serve(site: Site, env: dict[str, str]) -> None:
    """Starts everything, tells people where it is, and keeps it running until somebody asks to stop."""
    certificate = certificate_files(site)
    supervisor.empty_queue(site.data / QUEUE)
    supervisor.forget_beat(site.data)
    running = Supervisor(site.data / LOGS, env, ROOT)
    try:
        running.add(web(site, certificate))
        wait_for_web(running, site)
        banner.show(site, certificate[2] if certificate else None)
        running.add(worker())
        running.add(beat(site))
        watch(running, site)
    finally:
        say("正在停止 Stopping …")
        running.end()
        say("已停止 Stopped")


def watch(running: Supervisor, site: Site) -> None:
    housekeeping = time.monotonic()
    while not processes.stop.asked:
        running.look()
        if time.monotonic() - housekeeping > supervisor.HOUSEKEEPING:
            housekeeping = time.monotonic()
            supervisor.keep_house(site.data / LOGS, site.data / QUEUE)
        time.sleep(2 * processes.TICK)


def main() -> None:
    speak_utf8()
    processes.stop.listen()
    options = arguments()
    this = site(options)
    with state.held(this.data, BUSY):
        if not (options.prepare or network.port_is_free(this.port)):
            give_up(f"端口 {this.port} 已被占用，请用 PORT=其他端口 bin/run 启动")
        env = environment(this)
        prepare(this, env)
        processes.stop.obey()
        if not options.prepare:
            serve(this, env)


if __name__ == "__main__":
    main()
