"""A file that is made once is whole, its owner's alone, and never replaced."""

import stat

from nosvidere.kernel.files import write_once


def test_of_two_that_write_at_once_the_first_holds_and_nothing_is_left_beside(tmp_path):
    write_once(tmp_path / "key", b"first")

    write_once(tmp_path / "key", b"second")

    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"first"]


def test_its_owner_alone_may_read_it(tmp_path):
    write_once(tmp_path / "key", b"first")

    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o400


def test_what_a_kill_left_of_an_earlier_write_is_in_nobodys_way(tmp_path):
    (tmp_path / ".key.1").write_bytes(b"half")

    write_once(tmp_path / "key", b"whole")

    assert (tmp_path / "key").read_bytes() == b"whole"
