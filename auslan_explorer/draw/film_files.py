"""Encodes frames to files, atomically: MP4 in H.264, GIF, or numbered PNG pictures."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.progress import IsCancelled
from auslan_explorer.io.atomic import check_writable, write_error, writing
from auslan_explorer.io.file_names import ending
from auslan_explorer.io.origin_tags import Origin, as_text, tag_gif_file, tag_png
from auslan_explorer.io.temporary import beside, move_into

from .film_settings import GIF, MP4, PNG, FilmSettings, kind_of

Frames = Iterable[np.ndarray]
"""Pictures of bytes blue, green, red, 255; shape (height, width, 4)."""

_BT709 = 1
_BGRA = av.VideoFormat("bgra")
_ENCODERS = 2
_WAIT = 0.05
_NUMBER = re.compile(r"%0?(\d*)d|(#+)")


# ------------------------------------------------------------------------------------------------------------- targets
def check_target(out: Path) -> str:
    """Check that a film can be written to `out`, and return its kind: `MP4`, `GIF` or `PNG`.

    Raises
    ------
    UserError
        If the ending is not known, the place cannot be written to, or frames would mix with files that are there.
    """
    kind = kind_of(out)
    if kind not in (MP4, GIF, PNG):
        raise UserError(
            f"{out.name}: films are written as MP4, GIF or numbered PNG frames; give the file the ending .mp4 or "
            ".gif, or name a folder or a pattern such as frame-%04d.png."
        )
    if kind != PNG:
        check_writable(out)
        return kind
    folder, pattern = frame_pattern(out)
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is not a folder; choose another.")
    there = _frame_in(folder, pattern) if folder.is_dir() else ""
    if there:
        raise UserError(f"{folder} holds frames already ({there}); choose another folder or another name.")
    check_writable((folder if folder.is_dir() else folder.parent) / pattern.format(1))
    return kind


def frame_pattern(out: Path) -> tuple[Path, str]:
    """Return the folder of a film's PNG frames, and the pattern of their names with one ``{}`` for the number.

    ``frames`` is a folder; ``frames/map-%04d.png`` and ``frames/map-####.png`` mark the place of the number;
    to ``frames/map.png`` it is appended.

    Raises
    ------
    UserError
        If there is more than one number in the name.
    """
    if out.is_dir() or not ending(out):
        return out, "frame-{:04d}.png"
    stem = out.stem.replace("{", "{{").replace("}", "}}")
    found = list(_NUMBER.finditer(stem))
    if len(found) > 1:
        raise UserError(f"{out.name}: the number of a frame can stand in one place only.")
    if not found:
        return out.parent, f"{stem}-{{:04d}}.png"
    digits = len(found[0][2] or "") or int(found[0][1] or 1)
    return out.parent, f"{stem[: found[0].start()]}{{:0{min(digits, 9)}d}}{stem[found[0].end() :]}.png"


def _frame_in(folder: Path, pattern: str) -> str:
    """Return the name of a file in the folder that matches the frames' pattern; empty if there is none."""
    before, after = re.split(r"\{:0\d+d\}", pattern)
    name = re.compile(re.escape(before.format()) + r"\d+" + re.escape(after.format()))
    return next((each.name for each in sorted(folder.iterdir()) if name.fullmatch(each.name)), "")


# ----------------------------------------------------------------------------------------------------------------- MP4
@contextmanager
def _translating_disk_errors(out: Path) -> Iterator[None]:
    """Convert disk errors of the film library to UserError."""
    try:
        yield
    except av.error.FFmpegError as error:
        raise write_error(OSError(error.errno, error.strerror), out) from error


def add_h264_stream(container: av.container.OutputContainer, rate: Fraction, width: int, height: int) -> av.VideoStream:
    """Add the stream of a film in H.264 to a file; `rate` is in frames a second."""
    stream = container.add_stream("libx264", rate=rate)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.options = {"crf": "18", "preset": "veryfast"}
    context = stream.codec_context
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = ColorRange.MPEG
    return stream


def yuv_frames(frames: Frames, rate: Fraction) -> Iterator[av.VideoFrame]:
    """Convert the colours of frames to those of H.264, by ITU-R BT.709; `rate` is in frames a second.

    While a film stands still its frames are one.
    """
    drawn, frame = None, None
    # One for all frames: each frame's own would work out the conversion anew.
    reformatter = VideoReformatter()
    for number, pixels in enumerate(frames):
        # None is copied before its colours are converted.
        if frame is None or pixels is not drawn:
            drawn = pixels
            frame = reformatter.reformat(
                av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(pixels), format="bgra"),
                format="yuv420p",
                dst_colorspace=Colorspace.ITU709,
                dst_color_range=ColorRange.MPEG,
            )
        frame.pts, frame.time_base = number, 1 / rate
        yield frame


def write_mp4(out: Path, frames: Frames, settings: FilmSettings, cancelled: IsCancelled, origin: Origin) -> None:
    """Write an MP4 film in H.264.

    Colours are converted by ITU-R BT.709 and tagged so, since players assume that for large films.

    Raises
    ------
    UserError
        If the file cannot be written.
    Cancelled
    """
    with writing(out) as part, _translating_disk_errors(out), av.open(str(part), "w", format="mp4") as container:
        if origin:
            # Of tags, an MP4 has a fixed set.
            container.metadata.update({"title": settings.caption, "comment": as_text(origin)})
        rate = Fraction(settings.fps).limit_denominator(1001)
        stream = add_h264_stream(container, rate, settings.width, settings.height)
        context = stream.codec_context

        def encode(frame: av.VideoFrame | None) -> None:
            # One by one: at the end the encoder still holds a dozen frames, a second's work in 4K.
            for packet in context.encode_lazy(frame):
                packet.stream = stream
                container.mux(packet)
                if cancelled():
                    raise Cancelled

        for frame in yuv_frames(frames, rate):
            encode(frame)
        encode(None)


# ----------------------------------------------------------------------------------------------------------------- GIF
def write_gif(
    out: Path,
    frames: Frames,
    samples: Frames,
    settings: FilmSettings,
    cancelled: IsCancelled,
    origin: Origin,
) -> None:
    """Write a GIF that loops for ever, with one palette of 256 colours chosen from sample frames.

    Raises
    ------
    UserError
        If the file cannot be written.
    Cancelled
    """
    with writing(out) as part, _translating_disk_errors(out):
        base = 1 / Fraction(settings.fps).limit_denominator(1001)
        palette = _palette(samples, base)
        graph = av.filter.Graph()
        source = graph.add_buffer(width=settings.width, height=settings.height, format=_BGRA, time_base=base)
        colours = graph.add_buffer(width=palette.width, height=palette.height, format=_BGRA, time_base=base)
        # Without a pattern or noise: paths are thin, and what does not change between frames costs nothing then.
        use = graph.add("paletteuse", "dither=none:diff_mode=rectangle")
        sink = graph.add("buffersink")
        source.link_to(use, 0, 0)
        colours.link_to(use, 0, 1)
        use.link_to(sink)
        graph.configure()
        colours.push(palette)
        colours.push(None)
        with av.open(str(part), "w", format="gif") as container:
            stream = container.add_stream("gif", rate=1 / base)
            stream.width, stream.height, stream.pix_fmt = settings.width, settings.height, "pal8"
            for number, pixels in enumerate(frames):
                source.push(_timed(pixels, number, base))
                _encode_pulled(sink, stream, container)
                if cancelled():
                    raise Cancelled
            source.push(None)
            _encode_pulled(sink, stream, container)
            container.mux(stream.encode())
        tag_gif_file(part, origin)


def _timed(pixels: np.ndarray, number: int, base: Fraction) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="bgra")
    frame.pts, frame.time_base = number, base
    return frame


def _palette(samples: Frames, base: Fraction) -> av.VideoFrame:
    graph, source = av.filter.Graph(), None
    sink = graph.add("buffersink")
    for number, pixels in enumerate(samples):
        if source is None:
            height, width = pixels.shape[:2]
            source = graph.add_buffer(width=width, height=height, format=_BGRA, time_base=base)
            generate = graph.add("palettegen", "stats_mode=full")
            source.link_to(generate)
            generate.link_to(sink)
            graph.configure()
        source.push(_timed(pixels, number, base))
    assert source is not None
    source.push(None)
    palette = sink.pull()
    assert isinstance(palette, av.VideoFrame)
    palette.pts, palette.time_base = 0, base
    return palette


def _encode_pulled(
    sink: av.filter.FilterContext, stream: av.VideoStream, container: av.container.OutputContainer
) -> None:
    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        assert isinstance(frame, av.VideoFrame)
        container.mux(stream.encode(frame))


# ----------------------------------------------------------------------------------------------------------------- PNG
def write_frames(out: Path, frames: Frames, cancelled: IsCancelled, origin: Origin) -> None:
    """Write numbered PNG pictures: all of them, or none and no folder.

    They are compressed in other threads while the next frames are drawn.

    Raises
    ------
    UserError
        If they cannot be written.
    Cancelled
    """
    folder, pattern = frame_pattern(out)
    place = folder if folder.is_dir() else folder.parent
    packed: deque[Future[bytes]] = deque()
    pool = ThreadPoolExecutor(_ENCODERS, thread_name_prefix="PNG")
    count, last = 0, None

    def put(most: int) -> None:
        nonlocal count
        while len(packed) > most:
            while not wait([packed[0]], _WAIT).done:
                if cancelled():
                    raise Cancelled
            count += 1
            (part / pattern.format(count)).write_bytes(tag_png(packed.popleft().result(), origin))

    try:
        with beside(place / (folder.name or "frames")) as part:
            part.mkdir()
            for pixels in frames:
                held = pixels is last and packed
                packed.append(packed[-1] if held else pool.submit(png_bytes, pixels))
                last = pixels
                put(2 * _ENCODERS)
            put(0)
            if folder.exists():
                move_into(part, folder)  # none is replaced, see `check_target`
            else:
                os.replace(part, folder)
    except OSError as error:
        raise write_error(error, folder) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def png_bytes(pixels: np.ndarray) -> bytes:
    """Encode pixels (bytes blue, green, red, 255) as PNG. Unlike Qt's writer, this does not block the window."""
    height, width = pixels.shape[:2]
    context = av.CodecContext.create("png", "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height, context.pix_fmt, context.time_base = width, height, "rgb24", Fraction(1)
    context.options = {"compression_level": "4", "pred": "mixed"}
    frame = av.VideoFrame.from_ndarray(pixels, format="bgra").reformat(format="rgb24")
    return b"".join(bytes(packet) for part in (frame, None) for packet in context.encode(part))
