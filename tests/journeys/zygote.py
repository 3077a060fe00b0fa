"""Celery workers that start at once: everything is imported before the fork, so that killing one is cheap.

Each line read makes one whole worker process, whose number is printed. Run as a program; ends when its input ends.
"""

import ctypes
import os
import signal
import sys

import django

OPTIONS = "--pool threads --concurrency 2 --without-gossip --without-mingle --without-heartbeat --loglevel WARNING"
PR_SET_PDEATHSIG = 1


def main() -> None:
    django.setup()
    from lms.celery import app

    app.loader.import_default_modules()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # no worker outlives the test
            os.setsid()
            os.close(0)
            os.open(os.devnull, os.O_RDONLY)
            os.dup2(2, 1)  # our own output is only numbers
            app.worker_main(["worker", *OPTIONS.split()])
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
