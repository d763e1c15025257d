"""Files that share one agreement: each gets its own value, nobody waits for ever, one works at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.agreement import Gathering


class Broken(Exception):
    """A file that cannot be signed."""


class Desk:
    """Answers every digest with its reverse and notes how it was asked."""

    def __init__(self) -> None:
        self.rounds: list[int] = []

    def ask(self, digests: Sequence[bytes]) -> Sequence[bytes]:
        self.rounds.append(len(digests))
        return [digest[::-1] for digest in digests]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=6))
def test_every_file_gets_its_own_values_in_as_few_rounds_as_can_be(files: list[tuple[int, bool]]) -> None:
    desk = Desk()
    busy: list[int] = []
    gathering = Gathering(desk.ask, 6)

    def work(number: int, signatures: int, breaks: bool) -> list[bytes]:
        found = []
        for turn in range(signatures):
            busy.append(number)
            assert busy == [number], "two files worked at once"
            busy.clear()
            found.append(gathering.value(bytes([number, turn])))
        if breaks:
            raise Broken
        return found

    works = [partial(work, number, *file) for number, file in enumerate(files)]
    for number, (done, (signatures, breaks)) in enumerate(zip(gathering.run(works), files, strict=True)):
        if breaks:
            with pytest.raises(Broken):
                done.result()
        else:
            assert done.result() == [bytes([turn, number]) for turn in range(signatures)]
    most = max((signatures for signatures, _ in files), default=0)
    assert desk.rounds == [sum(signatures > turn for signatures, _ in files) for turn in range(most)]


def test_a_refusal_reaches_everybody_who_waits() -> None:
    def refuse(digests: Sequence[bytes]) -> Sequence[bytes]:
        raise Broken

    gathering = Gathering(refuse, 3)
    ended = list(gathering.run([lambda: gathering.value(b"1"), lambda: gathering.value(b"2"), lambda: b"3"]))
    assert [type(done.exception()) for done in ended] == [Broken, Broken, type(None)]


def test_no_more_than_one_agreement_covers() -> None:
    gathering = Gathering(Desk().ask, 1)
    with pytest.raises(ValueError, match="more works"):
        next(gathering.run([lambda: b"", lambda: b""]))
    assert gathering.value(b"ab") == b"ba"
