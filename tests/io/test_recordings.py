from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from auslan_explorer import paths
from auslan_explorer.core.errors import Cancelled, UserError
from auslan_explorer.core.recordings import Recordings
from auslan_explorer.io.models import ARTICLE_SIGNS
from auslan_explorer.io.recordings import import_recordings, load_recordings, open_recordings, save_recordings

Files = dict[str, bytes]
COLUMNS = ("frames", "lengths", "sign", "session", "trial")


def same(a: Recordings, b: Recordings) -> bool:
    arrays = ((getattr(a, name), getattr(b, name)) for name in COLUMNS)
    return a.signs == b.signs and all(x.dtype == y.dtype and np.array_equal(x, y) for x, y in arrays)


@pytest.fixture
def archive(as_tar: Callable, made_up: Files, tmp_path: Path) -> Path:
    path = tmp_path / "tctodd.tar.gz"
    path.write_bytes(as_tar(made_up))
    return path


def change(tmp_path: Path, as_tar: Callable, files: Files) -> Path:
    path = tmp_path / "changed.tar.gz"
    path.write_bytes(as_tar(files))
    return path


def test_order_does_not_depend_on_the_archive(archive: Path, as_zip: Callable, made_up: Files, tmp_path: Path) -> None:
    a = import_recordings(archive)
    assert a.signs == ("flash-light", "hello", "his_hers")
    assert a.names == ("flashlight", "hello", "his / hers")
    assert (a.sign.tolist(), a.session[:6].tolist(), a.trial[:6].tolist()) == (
        [0] * 6 + [1] * 6 + [2] * 6,
        [1, 1, 1, 2, 2, 2],
        [1, 2, 3, 1, 2, 3],
    )
    backwards = tmp_path / "b.zip"
    backwards.write_bytes(as_zip(dict(reversed(made_up.items()))))
    assert same(a, import_recordings(backwards))


def test_missing_recordings_are_a_note(archive: Path, as_tar: Callable, made_up: Files, tmp_path: Path) -> None:
    (note,) = import_recordings(archive).notes
    assert "18 of the full set’s 2565" in note
    assert "flash-light, session 3, trial 1" in note


def test_progress_and_cancel(archive: Path) -> None:
    told: list[tuple[float, str]] = []
    import_recordings(archive, progress=lambda fraction, text: told.append((fraction, text)))
    assert told[-1][0] == 1.0
    assert [f for f, _ in told] == sorted(f for f, _ in told)
    with pytest.raises(Cancelled):
        import_recordings(archive, cancelled=lambda: True)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("tctodd/tctodd10/hello-1.tsd", "not named like a recording"),
        ("tctodd/tctodd1/hello-4.tsd", "not named like a recording"),
        ("tctodd/tctodd1/hello.tsd", "not named like a recording"),
        ("hello-1.tsd", "not named like a recording"),
        ("other/tctodd1/hello-1.tsd", "are the same recording"),
    ],
)
def test_names_that_do_not_fit(
    path: str, says: str, as_tar: Callable, made_up: Files, tsd: Callable, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=says) as caught:
        import_recordings(change(tmp_path, as_tar, {**made_up, path: tsd()}))
    assert path in str(caught.value)


def test_a_bad_recording_is_named(as_tar: Callable, made_up: Files, tmp_path: Path) -> None:
    path = "tctodd/tctodd2/hello-2.tsd"
    for data in (b"", b"hello\n", made_up[path] + b"1\t2\n", made_up[path].replace(b"0.", b"nan", 1)):
        with pytest.raises(UserError, match=path):
            import_recordings(change(tmp_path, as_tar, {**made_up, path: data}))


def test_no_recordings_at_all(as_zip: Callable, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.zip").write_bytes(as_zip({"README": b"x"}))
    (tmp_path / "b.zip").write_bytes(as_zip({}))
    for name in ("empty", "a.zip", "b.zip"):
        with pytest.raises(UserError, match=f"{name} holds no recordings"):
            import_recordings(tmp_path / name)


def test_ucis_two_quirks_made_up(as_tar: Callable, made_up: Files, tmp_path: Path) -> None:
    files = {name.replace("tctodd1/his_hers", "tctodd1/her"): data for name, data in made_up.items()}
    odd = "tctodd/tctodd1/hello-1.tsd"
    files[odd] = files[odd].replace(b"\t", b"  ", 1)
    recordings = import_recordings(change(tmp_path, as_tar, files))
    assert recordings.signs == ("flash-light", "hello", "his_hers")
    assert len(recordings) == 18
    assert recordings.notes[0].startswith("her, session 1, trials 1, 2, 3: read as his_hers")
    assert recordings.notes[1].startswith("hello, session 1, trial 1: line 1 has spaces")


def test_names_in_other_letters(as_zip: Callable, tsd: Callable, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(as_zip({"tctodd1/grüße-ß-1.tsd": tsd()}))
    assert import_recordings(tmp_path / "a.zip").signs == ("grüße-ß",)


def test_names_that_are_no_utf8(tsd: Callable, tmp_path: Path) -> None:
    data = tsd()
    with tarfile.open(tmp_path / "a.tar", "w", encoding="latin-1", format=tarfile.GNU_FORMAT) as tar:
        member = tarfile.TarInfo("tctodd1/für-1.tsd")
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    recordings = import_recordings(tmp_path / "a.tar")
    assert recordings.signs == ("f\N{REPLACEMENT CHARACTER}r",)
    save_recordings(recordings, tmp_path / "r.h5")
    assert load_recordings(tmp_path / "r.h5").signs == recordings.signs


# ------------------------------------------------------------------------------------------------------------ store
def test_round_trip(recordings: Recordings, tmp_path: Path) -> None:
    save_recordings(recordings, tmp_path / "r.h5")
    again = load_recordings(tmp_path / "r.h5")
    assert same(recordings, again)
    assert again.notes == recordings.notes
    with h5py.File(tmp_path / "r.h5") as file:
        assert file["signs/name"].asstr()[0] == "computer (PC)"


def test_saving_fails_whole(recordings: Recordings, tmp_path: Path, broken_disk: str) -> None:
    (tmp_path / "r.h5").write_bytes(b"old")
    with pytest.raises(UserError, match=broken_disk):
        save_recordings(recordings, tmp_path / "r.h5")
    assert (tmp_path / "r.h5").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def broken(recordings: Recordings, path: Path, change: Callable[[h5py.File], object]) -> str:
    save_recordings(recordings, path)
    with h5py.File(path, "r+") as file:
        change(file)
    with pytest.raises(UserError) as caught:
        load_recordings(path)
    return str(caught.value)


def replace(name: str, data: object) -> Callable[[h5py.File], None]:
    def change(file: h5py.File) -> None:
        del file[name]
        if data is not None:
            file[name] = data

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.attrs.__setitem__("version", 9), "version 9"),
        (lambda f: f.attrs.__setitem__("format", "auslan-explorer-activations"), "an activation cache, not imported"),
        (lambda f: f.attrs.__delitem__("format"), "another kind of HDF5 file"),
        (lambda f: (f.attrs.__delitem__("format"), f.create_group("model_weights")), "is a Keras weight file, not"),
        (replace("frames", None), "frames is missing"),
        (replace("frames", np.zeros((16, 21), np.float32)), "frames has shape"),
        (replace("frames", np.full((16, 22), np.nan, np.float32)), "not finite"),
        (replace("frames", np.zeros((16, 22), np.int32)), "decimal numbers"),
        (replace("frames", np.zeros((15, 22), np.float32)), "do not add up"),
        (replace("recordings/length", np.array([4, 7, -5])), "length"),
        (replace("recordings/length", np.array([2**40, 7, 5])), "outside"),
        (replace("recordings/sign", np.array([0, 1, 2])), "sign that is not in the list"),
        (replace("recordings/session", np.array([0, 1])), "session has shape"),
        (replace("signs/key", None), "signs/key is missing"),
        (replace("signs/key", np.arange(3)), "signs/key is not a list of texts"),
        (replace("frames", h5py.ExternalLink("other.h5", "/frames")), "is a link"),
        (replace("frames", h5py.SoftLink("/recordings/sign")), "is a link"),
    ],
)
def test_what_is_wrong_with_a_store(recordings: Recordings, tmp_path: Path, change: Callable, says: str) -> None:
    sentence = broken(recordings, tmp_path / "r.h5", change)
    assert says in sentence
    assert "r.h5" in sentence


def test_a_store_that_is_no_hdf5(recordings: Recordings, tmp_path: Path) -> None:
    path = tmp_path / "r.h5"
    save_recordings(recordings, path)
    whole = path.read_bytes()
    for data, says in ((b"", "empty"), (b"text", "not an HDF5"), (whole[: len(whole) // 2], "damaged or cut short")):
        path.write_bytes(data)
        with pytest.raises(UserError, match=says):
            load_recordings(path)
    with pytest.raises(UserError, match="no file"):
        load_recordings(tmp_path / "none.h5")
    with pytest.raises(UserError, match="is a folder"):
        load_recordings(tmp_path)


def test_open_takes_anything(
    recordings: Recordings, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path / "mine"))
    with pytest.raises(UserError, match="auslan-explorer download"):
        open_recordings()
    paths.make_folder(paths.data_dir())
    save_recordings(recordings, paths.recordings_file())
    assert same(open_recordings(), recordings)
    assert same(open_recordings(paths.recordings_file()), recordings)
    assert len(open_recordings(archive)) == 18
    with pytest.raises(UserError, match="There is no file or folder"):
        open_recordings(tmp_path / "none")


# ------------------------------------------------------------------------------------------------------- real files
def test_the_real_archive(real_archive: Path, tmp_path: Path) -> None:
    recordings = import_recordings(real_archive)
    assert (len(recordings), len(recordings.signs), len(recordings.frames)) == (2565, 95, 146_949)
    assert (recordings.lengths.min(), recordings.lengths.max()) == (45, 136)
    assert recordings.notes == ()
    article = recordings.article_subset()
    assert (len(article), article.signs) == (2528, ARTICLE_SIGNS)
    save_recordings(recordings, tmp_path / "r.h5")
    assert same(load_recordings(tmp_path / "r.h5"), recordings)


def test_ucis_own_archive(real_archive: Path, tmp_path: Path) -> None:
    """The real files with UCI's two quirks, as a zip of the tarball."""
    buffer = io.BytesIO()
    with (
        tarfile.open(real_archive) as source,
        gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=1) as packed,
        tarfile.open(fileobj=packed, mode="w") as target,
    ):
        for member in source:
            data = source.extractfile(member).read() if member.isfile() else b""
            if member.name.endswith("tctodd1/drink-1.tsd"):
                rows = data.split(b"\n")
                rows[20] = rows[20].replace(b"\t", b"  ", 1)
                data = b"\n".join(rows)
            member.name = member.name.replace("tctodd1/his_hers-", "tctodd1/her-")
            member.size = len(data)
            target.addfile(member, io.BytesIO(data))
    with zipfile.ZipFile(tmp_path / "uci.zip", "w") as archive:
        archive.writestr("tctodd.tar.gz", buffer.getvalue())
    recordings = import_recordings(tmp_path / "uci.zip")
    assert recordings.notes == (
        "her, session 1, trials 1, 2, 3: read as his_hers, as the other sessions name it.",
        "drink, session 1, trial 1: line 21 has spaces where a tab belongs; it was read all the same.",
    )
    assert same(recordings, import_recordings(real_archive))
