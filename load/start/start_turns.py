#!/usr/bin/env python3
"""Starts builds of the service in turns, and prints when each listens, when it is ready to serve, and its processor time until then.

    load/start/start_turns.py ROUNDS NAME=WinBack.Service.dll [NAME=DLL ...]

Embedded role: mock broker and redis-server start with it, on free ports of loopback, and end with it. Seconds from the start of the
process. A build as the image has it:

    dotnet publish src/WinBack.Service -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o DIR
"""
import os
import pathlib
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 60
# As the image and ./run.sh set it.
ENVIRONMENT = {"DOTNET_GCgen0size": "0x8000000", "MALLOC_ARENA_MAX": "1"}


def start(dll):
    """Seconds until it listens and until it is ready, and processor seconds of the service (not of its children)."""
    began = time.monotonic()
    service = subprocess.Popen(
        ["dotnet", dll, "--WinBack:Roles=embedded", f"--WinBack:Models={ROOT / 'models'}",
         f"--WinBack:Playbook={ROOT / 'playbooks' / 'default.yaml'}",
         "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0"],
        env={**os.environ, **ENVIRONMENT}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    limit = threading.Timer(LIMIT_SECONDS, service.kill)
    limit.start()
    seen = {}
    try:
        # The two come in either order.
        for line in service.stdout:
            for words in ("Application started", "Ready to serve"):
                if words in line:
                    seen.setdefault(words, time.monotonic() - began)
            if len(seen) == 2:
                break
        else:
            sys.exit(f"{dll} ended, or was not ready after {LIMIT_SECONDS} s")
        fields = pathlib.Path(f"/proc/{service.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return seen["Application started"], seen["Ready to serve"], (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    finally:
        limit.cancel()
        service.terminate()
        service.communicate()


def main(rounds, builds):
    print("round,build,listens_s,ready_s,cpu_s")
    for turn in range(1, rounds + 1):
        for name, dll in builds:
            listens, ready, cpu = start(dll)
            print(f"{turn},{name},{listens:.2f},{ready:.2f},{cpu:.2f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3 or not sys.argv[1].isdigit() or any("=" not in build for build in sys.argv[2:]):
        sys.exit(__doc__)
    main(int(sys.argv[1]), [build.split("=", 1) for build in sys.argv[2:]])
