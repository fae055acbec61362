"""The door of `portal-wizard-admin`: Ctrl+C while the command is still loading ends it quietly, too."""

from collections.abc import Sequence

INTERRUPTED = 130
"""The exit code that shells know for Ctrl+C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Load the commands and run the one that was asked for."""
    try:
        from wizard import cli

        return cli.main(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
