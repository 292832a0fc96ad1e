"""Command `render`: draws the article's figures; also the output where there is no display."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auslan_explorer.commands.common import (
    Commands,
    add_command,
    add_maps,
    add_source,
    at_least,
    check_out,
    drawing_application,
    drawing_with_qt,
    number,
    progress_bar,
    size,
)
from auslan_explorer.commands.map_layers import add_map_layers, asked_for, with_map_layers
from auslan_explorer.core.errors import UserError
from auslan_explorer.io.file_names import with_ending

if TYPE_CHECKING:
    from auslan_explorer.core.activations import Activations
    from auslan_explorer.draw.figures import FigureOptions

KINDS = ("png", "svg", "pdf")
MOST_DPI = 4800
_LEAST_SCALE, _MOST_SCALE = 0.25, 4.0
SHORT_FILM = (1280, 720)
"""Size of the film that `without_display` makes, pixels."""


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    parser = add_command(
        commands,
        "render",
        _render,
        "draw the article’s figures, or what a session shows",
        "1, 2: classifier, autoencoder, layer by layer. 3: every step of all paths. 4: last steps. 5: "
        "all steps in 3-D. 6: by hand usage. 7 to 10: signs compared. 11, 12, 13: misclassified of training, "
        "validation and test. Training recordings are drawn where the split is known, else all.",
        "  auslan-explorer render --figure 3 --out figure-3.pdf --size 1600x1200\n"
        "  auslan-explorer render --figure all --out figure.png   (figure-3.png, figure-4.png, ...)\n"
        "  auslan-explorer render --session mine.auslan --view 3d --out mine.png\n"
        "  auslan-explorer render --figure all --format png svg pdf --out out/figure",
    )
    shown = parser.add_mutually_exclusive_group(required=True)
    shown.add_argument("--figure", metavar="N", help="number of the figure in the article, or all")
    shown.add_argument("--session", metavar="FILE", type=Path, help="what a saved session (.auslan) shows")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="picture to write: .png, .svg or .pdf")
    parser.add_argument(
        "--format", metavar="KIND", nargs="+", choices=KINDS, help="write each of these kinds: png, svg, pdf"
    )
    parser.add_argument(
        "--size", metavar="WxH", type=size, help="pixels, or points of 1/72 inch in PDF (default: 1200x1000)"
    )
    parser.add_argument("--dpi", metavar="N", type=at_least(1, MOST_DPI), help="pixels an inch, written into a PNG")
    parser.add_argument("--transparent", action="store_true", help="without paper")
    parser.add_argument(
        "--scale", metavar="X", type=number, default=1.0, help="size of type, points and lines of maps (default: 1)"
    )
    _add_theme(parser)
    parser.add_argument(
        "--view",
        choices=["2d", "3d"],
        help="of a session: the map or the 3-D view (default: as it has it, else the map)",
    )
    parser.add_argument("--whole", action="store_true", help="everything, though a session looks at a part of it")
    add_map_layers(parser)
    add_source(parser)
    add_maps(parser)


def _add_theme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--theme", choices=["light", "dark"], help="look (default: as a session has it, else light)")


def _numbers(text: str, offered: Collection[int]) -> list[int]:
    """Return the numbers of the figures that are asked for, of those that there are."""
    if text == "all":
        return list(offered)
    if not text.isdecimal() or int(text) not in offered:
        raise UserError(f"There is no figure {text!r}; choose one of {', '.join(map(str, offered))}, or all.")
    return [int(text)]


@drawing_with_qt()
def _render(args: argparse.Namespace) -> int:
    from auslan_explorer.commands.sources import chosen_activations
    from auslan_explorer.draw.figures import FigureOptions
    from auslan_explorer.draw.picture import SUFFIXES, check_size
    from auslan_explorer.draw.presets import FIGURES, distinct_figures_of, figures_of

    if args.figure is not None:
        _numbers(args.figure, FIGURES)  # nothing is read for a number that no data have
    if args.size is not None:
        check_size(*args.size)
    if not _LEAST_SCALE <= args.scale <= _MOST_SCALE:
        raise UserError(f"--scale is a number from {_LEAST_SCALE:g} to {_MOST_SCALE:g}.")
    plain = [args.out] if args.format is None else [with_ending(args.out, f".{kind}") for kind in args.format]
    for out in plain:
        check_out(out, SUFFIXES)  # before anything is read
    if args.session is not None:
        return _render_session(args, plain)
    if args.view is not None or args.whole:
        raise UserError("A figure has its own view; leave out --view and --whole, or draw a --session.")
    several, layers = args.figure == "all", asked_for(args)
    activations = chosen_activations(args)
    numbers = distinct_figures_of(activations) if several else _numbers(args.figure, figures_of(activations))
    outs = [(n, out.with_stem(f"{out.stem}-{n}") if several else out) for out in plain for n in numbers]
    for _, out in outs if several else ():
        check_out(out)
    dims = None if several else figures_of(activations)[numbers[0]].dims
    if layers and dims == 0:
        raise UserError(f"Figure {args.figure} is no map; leave out --landscape, --flow and --resting.")
    if (args.landscape or args.flow) and dims == 3:
        raise UserError(f"--landscape and --flow are drawn on the 2-D map, and figure {args.figure} is in 3-D.")
    finish = FigureOptions(args.dpi, args.transparent, args.scale, layers)
    _render_all(outs, activations, args.size, args.theme or "light", args.command_line, finish)
    return 0


def _render_session(args: argparse.Namespace, outs: Sequence[Path]) -> int:
    from auslan_explorer.commands.film_subject import measure, of_session
    from auslan_explorer.core.session import Layout
    from auslan_explorer.draw.figures import DEFAULT_SIZE
    from auslan_explorer.draw.theme import THEMES
    from auslan_explorer.workflows.export import PictureOptions, export_picture

    if any(
        given is not None for given in (args.published, args.models, args.cache, args.recordings, args.maps or None)
    ):
        raise UserError("A session says itself what it is of; leave out --session, or the other source.")
    shown = of_session(args.session)
    shown = replace(shown, state=with_map_layers(shown.state, args))
    solid = args.view == "3d" if args.view else shown.state.layout is Layout.MAP_3D
    dims = 3 if solid else 2
    theme = THEMES[args.theme or (shown.look if shown.look in THEMES else "light")]
    seen = None if args.whole else shown.seen.get(dims)
    options = PictureOptions(dims, args.size or DEFAULT_SIZE, theme, seen, args.scale, args.dpi, args.transparent)
    app = drawing_application()
    measure(shown, [dims])
    for out in outs:
        with progress_bar("drawing") as progress:
            export_picture(
                shown.activations, shown.projections, shown.state, out, options, args.command_line, progress=progress
            )
        print(f"What {args.session} shows is in {out}.")
    app.processEvents()
    return 0


def _render_all(
    outs: Sequence[tuple[int, Path]],
    activations: Activations,
    size: tuple[int, int] | None,
    theme: str,
    command: str,
    finish: FigureOptions | None = None,
) -> None:
    """Draw figures; of several, report and skip those that the activations do not hold the data for."""
    from auslan_explorer.commands.film_subject import Shown, measure
    from auslan_explorer.draw.figures import PLAIN, render_figure
    from auslan_explorer.draw.presets import figures_of
    from auslan_explorer.draw.theme import THEMES
    from auslan_explorer.io.model_lookup import with_networks
    from auslan_explorer.workflows.origin import origin_of

    app = drawing_application()
    activations = with_networks(activations)
    figures = figures_of(activations)
    for figure, out in outs:
        dims = figures[figure].dims
        maps = [activations.projections[dims]] if dims in activations.projections else []
        origin = origin_of(activations, maps, command)
        try:
            if finish is not None and finish.changes and dims:
                state = replace(figures[figure].state(activations), **finish.changes)
                measure(Shown(activations, activations.projections, state), [dims])
            with progress_bar(f"figure {figure}") as progress:
                render_figure(figure, activations, out, size, THEMES[theme], progress, finish or PLAIN, origin)
        except UserError as error:
            if len(outs) == 1 or out.exists():
                raise
            print(f"Figure {figure} is left out. {error}")
            continue
        print(f"Figure {figure} ({figures[figure].title_of(activations)}) is in {out}.")
    app.processEvents()


def without_display() -> int:
    """Draw the article's figures and a short film into ``out/``, for computers where no window can be opened."""
    from auslan_explorer.commands.film import film_of
    from auslan_explorer.commands.film_subject import of_figure
    from auslan_explorer.commands.sources import shipped_activations
    from auslan_explorer.draw.figures import FIGURES
    from auslan_explorer.draw.film_settings import FilmSettings

    activations = shipped_activations()
    print("There is no display to open a window on, so figures and a short film are drawn into out/ instead.")
    sys.stdout.flush()
    folder = Path("out")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {folder.absolute()} cannot be made ({error.strerror}).") from error
    outs = [(figure, folder / f"figure-{figure}.png") for figure in FIGURES]
    film = folder / "film.mp4"
    for path in (*(out for _, out in outs), film):
        check_out(path)
    _render_all(outs, activations, None, "light", command="")
    width, height = SHORT_FILM
    film_of(of_figure(activations, 3), film, FilmSettings(width=width, height=height))
    return 0
