"""Signing many documents one after another: one PIN, stop at the first wrong one, keep a reason per failure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.ui.models import Office, SignOrder
from desktop.workflow.job import Cancelled, Changes, Context, Outcome, Problem
from desktop.workflow.problems import problem_of
from signing.model import Secret
from signing.ports import PinPrompt

STOPPING = frozenset({"pin_wrong", "pin_locked", "identity_missing", "certificate_refused"})
"""Going on after these would fail again, or lock the token after three tries."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one document: no problem means signed and verified; waiting means not tried."""

    order: SignOrder
    name: str
    problem: Problem | None = None
    waiting: bool = False


def sign_all(
    office: Office, orders: Sequence[tuple[SignOrder, str]], prompt: PinPrompt, context: Context
) -> Outcome[tuple[Signed, ...]]:
    """Sign in the order given. What was signed stays signed, whatever happens after."""
    ask = _once(prompt)
    results: list[Signed] = []
    stopped = False
    for number, (order, name) in enumerate(orders):
        if stopped:
            results.append(Signed(order, name, waiting=True))
            continue
        try:
            context.progress("ui.sign.step", number, len(orders), name)
            office.sign(order, ask, context)
            results.append(Signed(order, name))
        except Cancelled:
            stopped = True
            results.append(Signed(order, name, waiting=True))
        except Exception as error:
            problem = problem_of(error, name)
            if problem is None:
                raise
            stopped = problem.code in STOPPING
            results.append(Signed(order, name, problem))
    done = frozenset(entry.order.document_id for entry in results if not entry.problem and not entry.waiting)
    return Outcome(tuple(results), Changes(documents=done))


def _once(prompt: PinPrompt) -> Callable[[str], Secret]:
    """One PIN for the whole run; it lives no longer than the run."""
    known: dict[str, Secret] = {}

    def ask(what: str) -> Secret:
        if what not in known:
            known[what] = prompt(what)
        return known[what]

    return ask
