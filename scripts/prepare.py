"""Find a Python that is new enough and hand over to set_up.py.

Kept in syntax that any Python since 2.7 can read, so that an old one gets a plain sentence and not a syntax error.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
NEWEST_KNOWN = 14
HERE = os.path.dirname(os.path.abspath(__file__))


def version_of(command):
    """Ask an interpreter for its version; None when it cannot be started."""
    try:
        answer = subprocess.check_output(
            [command, "-c", "import sys; print(sys.version_info[0], sys.version_info[1])"], stderr=subprocess.PIPE
        )
        major, minor = answer.decode("ascii").replace("(", "").replace(")", "").replace(",", "").split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def newer_python():
    """Look on the path for an interpreter that is new enough, the best-tried first."""
    names = ["python3.%d" % minor for minor in range(OLDEST[1], NEWEST_KNOWN + 1)]  # noqa: UP031
    for name in names + ["python3", "python"]:  # noqa: RUF005
        version = version_of(name)
        if version is not None and version >= OLDEST:
            return name
    return None


def main():
    """Run set_up.py with this interpreter, or with a newer one from the path."""
    command = sys.executable
    if sys.version_info[:2] < OLDEST:
        command = newer_python()
        if command is None:
            sys.stderr.write(
                "Upstream needs Python %d.%d or newer; this is Python %d.%d and no newer one is on the path. "  # noqa: UP031
                "Install one, or name it: make setup PYTHON=/path/to/python3\n"
                % (OLDEST[0], OLDEST[1], sys.version_info[0], sys.version_info[1])
            )
            return 1
    try:
        return subprocess.call([command, os.path.join(HERE, "set_up.py")] + sys.argv[1:])  # noqa: RUF005
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. What was finished is kept; the same command goes on from there.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
