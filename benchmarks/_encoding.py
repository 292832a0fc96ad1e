"""What the H.264 encoding of a film takes by itself: the command draws it, its frames are kept, and encoded then.

Takes the command's options; prints the seconds of all processors. The frames are those that are drawn: decoded from the
compressed film they are smoother, and those in 3-D take a fifth less.
"""

from __future__ import annotations

import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av

from auslan_explorer import cli
from auslan_explorer.draw import film
from auslan_explorer.draw.film_files import Frames, add_h264_stream, yuv_frames
from auslan_explorer.draw.film_settings import FilmSettings


def main() -> int:
    """Draw the film, encode it, and print what the latter took."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "film.mp4"

        def encode(_out: Path, frames: Frames, settings: FilmSettings, *_others: object) -> None:
            rate = Fraction(settings.fps)
            kept = [(frame, frame.pts) for frame in yuv_frames(frames, rate)]
            with av.open(str(out), "w", format="mp4") as container:
                began = time.process_time()
                stream = add_h264_stream(container, rate, settings.width, settings.height)
                for frame, number in kept:
                    frame.pts = number  # while a film stands still its frames are one
                    container.mux(stream.encode(frame))
                container.mux(stream.encode())
                print(time.process_time() - began)

        film.write_mp4 = encode
        return cli.main(["film", "--out", str(out), *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
