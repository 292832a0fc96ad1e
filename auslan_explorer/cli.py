"""Command line: parses arguments and runs a command.

Bad input gives one sentence on stderr and exit code 2; an interrupt gives exit code 130.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from auslan_explorer import __version__, interrupts
from auslan_explorer.commands import (
    data,
    elan,
    evaluate,
    film,
    minimal_pairs,
    pictures,
    runs,
    self_test,
    stability,
    training,
    window,
)
from auslan_explorer.commands.common import PROGRAM, Parser
from auslan_explorer.commands.streams import flush, open_missing_streams
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.words import SIGN_LANGUAGE, Words
from auslan_explorer.io.opening import shown
from auslan_explorer.io.temporary import clear_left_behind

PIPE_CLOSED = 141
"""128 plus the number of the signal, as shells expect."""


def make_parser() -> tuple[Parser, list[str]]:
    """Build the parser of all commands; return it and the commands' names."""
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [FILE ...]\n       {PROGRAM} COMMAND [options]",
        description="A look inside an LSTM that recognises Australian sign language from glove recordings.\n"
        "Without a command the window opens, on FILE (a session or an activation cache) or on what ships.",
        epilog=f"`{PROGRAM} COMMAND --help` says more of each. A file that is named like a command opens as ./FILE.\n"
        "Your own recordings and networks are kept in your data folder; AUSLAN_EXPLORER_DATA names another one.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", required=True, prog=PROGRAM)
    for module in (window, data, training, runs, evaluate, stability, minimal_pairs, pictures, film, elan, self_test):
        module.add(commands)
    return parser, list(commands.choices)


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    if not argv:  # as by a double click; no parser need be made
        return argparse.Namespace(run=window.open_window, files=[])
    parser, names = make_parser()
    if argv[0].startswith("-") or argv[0] in names:
        return parser.parse_args(argv)
    # Anything else opens the window.
    if not Path(argv[0]).exists():
        near = difflib.get_close_matches(argv[0], names, 1)
        if near:
            parser.error(f"{argv[0]!r} is no command; did you mean {near[0]}?")
        if len(argv) > 1:
            parser.error(f"{argv[0]!r} is no command and no file")
    return parser.parse_args(["open", *argv])


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments after the program's name; by default those of this process.
    """
    open_missing_streams()
    code = _run(argv)
    for stream in (sys.stdout, sys.stderr):
        lost = flush(stream)
        if isinstance(lost, BrokenPipeError):
            code = PIPE_CLOSED  # whoever read the output has seen enough
        elif lost is not None:
            code = _say_lost(lost)
    return code


def _run(argv: Sequence[str] | None) -> int:
    args = argparse.Namespace()
    try:
        given = sys.argv[1:] if argv is None else list(argv)
        args = _parse(given)
        args.command_line = shlex.join([PROGRAM, *given])
        clear_left_behind()
        return int(args.run(args))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except UserError as error:
        words: Words = getattr(args, "words", SIGN_LANGUAGE)
        return _say(words.say(str(error)))
    except BrokenPipeError:
        return PIPE_CLOSED
    except OSError as error:
        if flush(sys.stdout) is not None:
            return _say_lost(error)
        what = f"{shown(error.filename)}: " if error.filename else ""
        return _say(f"{what}{error.strerror or error}.")
    except MemoryError:
        return _say("There is not enough memory for this; close other programs or choose less.")
    except (KeyboardInterrupt, Cancelled):
        interrupts.say()
        return interrupts.EXIT_CODE
    except Exception:
        # A library that is interrupted may raise what it likes.
        if not interrupts.was_asked():
            raise
        interrupts.say()
        return interrupts.EXIT_CODE


def _say_lost(error: OSError) -> int:
    return _say(f"The output could not be written: {error.strerror or error}.")


def _say(sentence: str, code: int = 2) -> int:
    with contextlib.suppress(OSError):  # then the exit code alone has to say it
        for line in sentence.splitlines():
            print(f"{PROGRAM}: {line}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
