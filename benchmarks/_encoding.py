"""What the H.264 encoding of a film takes by itself: its frames are decoded, kept, and encoded as the film was.

Prints the seconds of all processors. The frames are those of the compressed film, which encode a little faster than the
ones that it was made of.
"""

from __future__ import annotations

import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av

from auslan_explorer.draw.film_files import add_h264_stream


def main() -> int:
    """Encode the film that is named, and print what it took."""
    with av.open(sys.argv[1]) as film:
        frames = list(film.decode(video=0))
        rate = Fraction(film.streams.video[0].average_rate or 25)
    with tempfile.TemporaryDirectory() as folder, av.open(str(Path(folder) / "again.mp4"), "w", format="mp4") as out:
        began = time.process_time()
        stream = add_h264_stream(out, rate, frames[0].width, frames[0].height)
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base = number, 1 / rate
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        print(time.process_time() - began)
    return 0


if __name__ == "__main__":
    sys.exit(main())
