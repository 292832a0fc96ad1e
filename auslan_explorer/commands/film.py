"""Command `film`: makes films."""

from __future__ import annotations

import argparse
import difflib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import (
    Commands,
    add_command,
    add_maps,
    add_source,
    at_least,
    drawing_application,
    drawing_with_qt,
    number,
    progress_bar,
    size,
)
from auslan_explorer.commands.map_layers import add_map_layers, with_map_layers
from auslan_explorer.core.errors import UserError
from auslan_explorer.core.words import counted

if TYPE_CHECKING:
    from auslan_explorer.commands.film_subject import Shown
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.core.session import SessionState
    from auslan_explorer.draw.film_settings import FilmSettings
    from auslan_explorer.draw.gesture import Gesture

THEMES = ("light", "dark")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "film",
        _film,
        "make a film of the paths growing",
        "Without further options it is the article’s: 150 frames of 1920 x 1080, all training paths growing one step "
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
        "--figure", metavar="N", type=at_least(3), help="what one of the article’s figures shows (default: 3, in 3-D 5)"
    )
    shown.add_argument("--session", metavar="FILE", type=Path, help="what a saved session (.auslan) shows")
    what.add_argument("--signs", metavar="A,B", help="only these signs, by their keys or names")
    what.add_argument("--colour", metavar="BY", help="what colour stands for: time, sign, split, answer, hands, ...")
    what.add_argument(
        "--align",
        choices=["network", "start", "stretch"],
        help="line recordings up by the network’s steps, by their own start, or all stretched to one length",
    )
    what.add_argument("--trail", metavar="N", type=at_least(1), help="only the last N steps of each path")
    what.add_argument("--ghost", action="store_true", help="the whole paths lie faintly beneath")
    what.add_argument("--faint-jumps", action="store_true", help="lines over jumps of a torn map are faint")
    what.add_argument("--settled", action="store_true", help="mark where the network’s answer no longer changes")
    what.add_argument("--spread", action="store_true", help="ellipses of where signs end on retrained maps")
    add_map_layers(what)
    what.add_argument("--whole", action="store_true", help="everything, though a session looks at a part of it")
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
    look.add_argument("--theme", choices=THEMES, help="look (default: as a session has it, else light)")
    look.add_argument("--caption", metavar="TEXT", default="", help="stands in the upper left corner")
    look.add_argument("--source", action="store_true", help="say below the caption which network and map it shows")
    look.add_argument("--step", action="store_true", help="show the network’s step")
    look.add_argument(
        "--time",
        action="store_true",
        help="show the seconds of recording, at 100 steps a second where the data do not say",
    )
    look.add_argument(
        "--scale", metavar="N", type=number, default=1.0, help="size of type, points and lines (default: 1)"
    )
    look.add_argument(
        "--hands",
        metavar="NAMES",
        help="show the hands of a recording beside the map, 'crazy 2.3' for sign, session and trial, or of two that "
        "are lined up, 'crazy 2.3, think 1.1'; needs the imported recordings",
    )
    add_source(parser)
    add_maps(parser)


@drawing_with_qt()
def _film(args: argparse.Namespace) -> int:
    from auslan_explorer.commands.film_subject import of_figure, of_session
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.core.clock import steps_per_second
    from auslan_explorer.core.identity import short_name
    from auslan_explorer.draw.film import check_settings
    from auslan_explorer.draw.film_files import check_target
    from auslan_explorer.draw.presets import figure_of_all_paths

    settings = _settings(args)
    check_settings(settings, check_target(args.out))
    if args.session is not None:
        if any(
            given is not None for given in (args.published, args.models, args.cache, args.recordings, args.maps or None)
        ):
            raise UserError("A session says itself what it is of; leave out --session, or the other source.")
        shown = of_session(args.session)
        settings = _as_saved(settings, shown, args)
    else:
        activations = chosen_activations(args)
        dims = 3 if settings.view.dims == (3,) else 2
        shown = of_figure(activations, args.figure or figure_of_all_paths(activations, dims))
    settings = replace(settings, real_rate=steps_per_second(shown.activations.seconds_per_step))
    shown = replace(shown, state=_with_choices(shown.activations, shown.state, args))
    if args.source:
        maps = [shown.projections[dims] for dims in settings.view.dims if dims in shown.projections]
        settings = replace(settings, source=short_name(shown.activations, maps))
    gesture = None
    if args.hands is not None:
        from auslan_explorer.commands.film_hands import gesture_of

        gesture = gesture_of(shown.activations, args.hands, args.recordings)
    film_of(shown if not args.whole else replace(shown, seen={}), args.out, settings, args.command_line, gesture)
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
        theme=args.theme or THEMES[0],
        scale=args.scale,
        **given,
    )


def _as_saved(settings: FilmSettings, shown: Shown, args: argparse.Namespace) -> FilmSettings:
    """Return the settings completed from a session, where the command line does not set them."""
    camera = shown.seen.get(3)
    for name in ("azimuth", "elevation"):
        if getattr(args, name) is None and camera is not None:
            settings = replace(settings, **{name: getattr(camera, name)})
    if args.theme is None and shown.look in THEMES:
        settings = replace(settings, theme=shown.look)
    return settings


def _with_choices(activations: Activations, state: SessionState, args: argparse.Namespace) -> SessionState:
    from auslan_explorer.core.identity import splits_known
    from auslan_explorer.core.playing import Alignment, Trail
    from auslan_explorer.core.selected import Selected
    from auslan_explorer.core.session import Colouring

    if args.signs is not None:
        state = replace(state, visible_signs=frozenset(_signs(activations, args.signs)), selected=Selected())
    if args.align is not None:
        state = replace(state, alignment=Alignment(args.align))
    if args.trail is not None:
        state = replace(state, trail=Trail(args.trail))
    state = replace(
        state,
        ghost=state.ghost or args.ghost,
        faint_jumps=state.faint_jumps or args.faint_jumps,
        settled=state.settled or args.settled,
        spread=state.spread or args.spread,
    )
    state = with_map_layers(state, args)
    if args.colour is not None:
        known = [each.value for each in Colouring]
        if args.colour not in known:
            raise UserError(f"Nothing can be coloured by {args.colour!r}; choose one of {', '.join(known)}.")
        if args.colour == Colouring.SPLIT and not splits_known(activations):
            unknown = "Which recordings trained this network is not known, so no colour can stand for splits."
            raise UserError(activations.wording.say(unknown))
        state = replace(state, colouring=Colouring(args.colour))
    return state


def _signs(activations: Activations, text: str) -> list[int]:
    """Return the signs of a list with commas; a name may hold commas itself, the longest that fits counts."""
    places = {name.lower(): i for names in (activations.names, activations.signs) for i, name in enumerate(names)}
    plain = {_without_spaces(name): place for name, place in places.items()}
    parts = text.lower().split(",")
    found = []
    while parts:
        for count in range(len(parts), 0, -1):
            place = plain.get(_without_spaces(",".join(parts[:count])))
            if place is not None:
                break
        else:
            asked = parts[0].strip()
            near = difflib.get_close_matches(asked, places, 1)
            none = activations.wording.say("There is no sign {0!r}", asked)
            raise UserError(none + (f"; did you mean {near[0]}?" if near else "."))
        found.append(place)
        parts = parts[count:]
    return found


def _without_spaces(name: str) -> str:
    """Return a name by which it is found, however spaces stand around its commas."""
    return ",".join(" ".join(part.split()) for part in name.split(","))


def film_of(shown: Shown, out: Path, settings: FilmSettings, command: str = "", gesture: Gesture | None = None) -> None:
    """Make a film, with the hands of a gesture beside the map if one is given, and print a summary."""
    from auslan_explorer.commands.film_subject import measure
    from auslan_explorer.draw.film import make_film
    from auslan_explorer.draw.film_frames import subject_of
    from auslan_explorer.workflows.origin import origin_of

    app = drawing_application()
    measure(shown, settings.view.dims)
    subject = subject_of(shown.activations, shown.projections, shown.state, settings, shown.seen, gesture)
    origin = origin_of(shown.activations, [shown.projections[dims] for dims in settings.view.dims], command)
    with progress_bar("filming") as progress:
        make_film(subject, out, settings, progress, origin=origin)
    count, seconds = settings.count(subject.steps), settings.seconds(subject.steps)
    print(f"A film of {counted(count, 'frame')} ({seconds:.1f} s, {settings.width} x {settings.height}) is in {out}.")
    app.processEvents()
