"""The command that makes films."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import (
    Commands,
    add_command,
    add_source,
    at_least,
    drawing_application,
    number,
    progress_bar,
    size,
)
from auslan_explorer.core.errors import UserError

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.core.session import SessionState
    from auslan_explorer.draw.film_settings import FilmSettings

_FIGURES = {"2d": 3, "3d": 5, "both": 3}
"""The article's figure that grows where no other is named."""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "film",
        _film,
        "make a film of the paths growing",
        "Without further options it is the article's: 150 frames of 1920 x 1080, all training paths growing one step "
        "of the network a frame, then held. Needs no display, in 3-D neither.",
        "  auslan-explorer film --out paths.mp4\n"
        "  auslan-explorer film --out small.gif --size 640x360 --fps 20 --hold 1\n"
        "  auslan-explorer film --out turning.mp4 --view 3d --turns 2 --theme dark --step --time\n"
        "  auslan-explorer film --out pair.mp4 --view both --signs think,crazy --colour sign --caption 'Think, crazy'\n"
        "  auslan-explorer film --out mine.mp4 --session mine.auslan --size 3840x2160\n"
        "  auslan-explorer film --out frames/map-%04d.png --frames 90",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        required=True,
        help="film to write, .mp4 or .gif; for numbered PNG frames a new folder, or a name such as shots/map-%%04d.png",
    )
    what = parser.add_argument_group("what is filmed")
    what.add_argument("--view", choices=["2d", "3d", "both"], default="2d", help="map, 3-D or both (default: 2d)")
    shown = what.add_mutually_exclusive_group()
    shown.add_argument(
        "--figure", metavar="N", type=at_least(3), help="what one of the article's figures shows (default: 3, in 3-D 5)"
    )
    shown.add_argument("--session", metavar="FILE", type=Path, help="what a saved session (.auslan) shows")
    what.add_argument("--signs", metavar="A,B", help="only these signs, by their keys or names")
    what.add_argument("--colour", metavar="BY", help="what colour stands for: time, sign, split, answer, hands, ...")
    what.add_argument(
        "--align",
        choices=["network", "start", "stretch"],
        help="line recordings up by the network's steps, by their own start, or all stretched to one length",
    )
    what.add_argument("--trail", metavar="N", type=at_least(1), help="only the last N steps of each path")
    what.add_argument("--ghost", action="store_true", help="the whole paths lie faintly beneath")
    runs = parser.add_argument_group("how it runs")
    runs.add_argument("--fps", metavar="N", type=number, default=25.0, help="frames a second (default: 25)")
    speed = runs.add_mutually_exclusive_group()
    speed.add_argument(
        "--steps-per-frame", metavar="N", type=number, default=1.0, help="steps of the network a frame (default: 1)"
    )
    speed.add_argument("--speed", metavar="N", type=number, help="steps of the network a second; 100 is real time")
    end = runs.add_mutually_exclusive_group()
    end.add_argument(
        "--hold", metavar="S", type=number, default=2.4, help="seconds that the end is held (default: 2.4)"
    )
    end.add_argument("--frames", metavar="N", type=at_least(1), help="frames in all, in place of --hold")
    turning = runs.add_mutually_exclusive_group()
    turning.add_argument(
        "--turn", metavar="DEG", type=number, default=360.0, help="degrees the 3-D camera turns in all (default: 360)"
    )
    turning.add_argument("--turns", metavar="N", type=number, help="the same in whole turns")
    runs.add_argument("--azimuth", metavar="DEG", type=number, help="where the camera begins (default: -60)")
    runs.add_argument("--elevation", metavar="DEG", type=number, help="how high the camera stands (default: 30)")
    look = parser.add_argument_group("how it looks")
    look.add_argument(
        "--size", metavar="WxH", type=size, default=(1920, 1080), help="pixels, up to 3840x2160 (default: 1920x1080)"
    )
    look.add_argument("--theme", choices=["light", "dark"], default="light", help="look (default: light)")
    look.add_argument("--caption", metavar="TEXT", default="", help="stands in the upper left corner")
    look.add_argument("--step", action="store_true", help="show the network's step")
    look.add_argument("--time", action="store_true", help="show the seconds of recording, at 100 steps a second")
    look.add_argument(
        "--scale", metavar="N", type=number, default=1.0, help="size of type, points and lines (default: 1)"
    )
    add_source(parser)


def _film(args: argparse.Namespace) -> int:
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.draw.film import check_settings
    from auslan_explorer.draw.film_files import check_target

    settings = _settings(args)
    check_settings(settings, check_target(args.out))
    if args.session is not None:
        if any(given is not None for given in (args.published, args.models, args.cache, args.recordings)):
            raise UserError("A session says itself what it is of; leave out --session, or the other source.")
        activations, state, settings = _of_session(args, settings)
    else:
        activations = chosen_activations(args)
        state = _of_figure(activations, args.figure or _FIGURES[settings.view])
    film_of(activations, _with_choices(activations, state, args), args.out, settings)
    return 0


def _settings(args: argparse.Namespace) -> FilmSettings:
    from auslan_explorer.draw.film_settings import FilmSettings, FilmView

    width, height = args.size
    given = {name: value for name in ("azimuth", "elevation") if (value := getattr(args, name)) is not None}
    return FilmSettings(
        view=FilmView(args.view),
        width=width,
        height=height,
        fps=args.fps,
        steps_per_frame=args.steps_per_frame if args.speed is None else args.speed / (args.fps or 1),
        hold=args.hold,
        frames=args.frames,
        turn=args.turn if args.turns is None else 360 * args.turns,
        caption=args.caption,
        show_step=args.step,
        show_time=args.time,
        theme=args.theme,
        scale=args.scale,
        **given,
    )


def _of_figure(activations: Activations, number: int) -> SessionState:
    from auslan_explorer.draw.presets import figure

    wanted = figure(number)
    lacks = wanted.lacks(activations, activations.projections)
    if lacks:
        raise UserError(lacks)
    return wanted.state(activations)


def _of_session(args: argparse.Namespace, settings: FilmSettings) -> tuple[Activations, SessionState, FilmSettings]:
    from auslan_explorer.commands.sources import shipped_activations
    from auslan_explorer.core.saved_state import state_from_plain
    from auslan_explorer.gui.tasks import open_session

    opened = open_session(args.session, None)
    if opened.remarks:
        raise UserError(f"{args.session} cannot be filmed: {'; '.join(opened.remarks)}.")
    activations = opened.activations or shipped_activations()
    state, _ = state_from_plain(opened.saved.shown, activations)
    camera = opened.saved.camera
    if camera is not None:
        settings = replace(
            settings,
            azimuth=camera.azimuth if args.azimuth is None else args.azimuth,
            elevation=camera.elevation if args.elevation is None else args.elevation,
        )
    return activations, state, settings


def _with_choices(activations: Activations, state: SessionState, args: argparse.Namespace) -> SessionState:
    from auslan_explorer.core.playing import Alignment, Trail
    from auslan_explorer.core.session import Colouring

    if args.signs is not None:
        state = replace(state, visible_signs=frozenset(_signs(activations, args.signs.split(","))), selected=())
    if args.align is not None:
        state = replace(state, alignment=Alignment(args.align))
    if args.trail is not None:
        state = replace(state, trail=Trail(args.trail))
    if args.ghost:
        state = replace(state, ghost=True)
    if args.colour is not None:
        known = [each.value for each in Colouring]
        if args.colour not in known:
            raise UserError(f"Nothing can be coloured by {args.colour!r}; choose one of {', '.join(known)}.")
        state = replace(state, colouring=Colouring(args.colour))
    return state


def _signs(activations: Activations, wanted: Sequence[str]) -> list[int]:
    places = {name.lower(): i for names in (activations.names, activations.signs) for i, name in enumerate(names)}
    found = []
    for text in (each.strip().lower() for each in wanted):
        if text not in places:
            near = difflib.get_close_matches(text, places, 1)
            raise UserError(f"There is no sign {text!r}" + (f"; did you mean {near[0]}?" if near else "."))
        found.append(places[text])
    return found


def film_of(activations: Activations, state: SessionState, out: Path, settings: FilmSettings) -> None:
    """Film a state, and print what came of it."""
    from auslan_explorer.draw.film import make_film
    from auslan_explorer.draw.film_frames import subject_of

    app = drawing_application()
    subject = subject_of(activations, activations.projections, state, settings)
    with progress_bar("filming") as progress:
        make_film(subject, out, settings, progress)
    count, seconds = settings.count(subject.steps), settings.seconds(subject.steps)
    print(f"A film of {count} frames ({seconds:.1f} s, {settings.width} x {settings.height}) is in {out}.")
    app.processEvents()
