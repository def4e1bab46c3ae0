"""The program's entry. Nothing heavy stands above freeze_support: a packaged child process starts here too."""

import multiprocessing
import sys


def main() -> int:
    """Run the command line, or open the window; returns the exit code."""
    multiprocessing.freeze_support()
    from desktop_crm import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
