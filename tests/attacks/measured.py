"""Run as a program: verify one file in a process with a memory limit, and print what it cost as JSON.

python -m tests.attacks.measured WARM-UP FILE [LISTS.json]
"""

import json
import resource
import sys
import time
from pathlib import Path

from tests.attacks.doors import library

SPACE = 1 << 30


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    warm, content = (Path(path).read_bytes() for path in sys.argv[1:3])
    lists = {url: body.encode() for url, body in json.loads(Path(sys.argv[3]).read_text()).items()}
    library(warm)
    before, started, used = _peak(), time.monotonic(), time.process_time()
    verdict = library(content, lists).verdict
    wall, processor = time.monotonic() - started, time.process_time() - used
    cost = {"verdict": verdict, "growth": _peak() - before, "wall": wall, "processor": processor}
    sys.stdout.write(json.dumps(cost))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
