"""Full-text search over what documents say: accents and case do not matter, quotes ask for a phrase.

The index is SQLite's FTS5 (`texts_fts`, kept in step with `texts` by triggers); a database with another index
needs this module's twin, and only that.
"""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa

from storage.catalog import tables
from storage.catalog.folding import fold, fold_with_origins
from storage.model import SearchHit

MAX_QUERY = 400
"""Characters of a query that are looked at."""
MAX_TERMS = 24
SNIPPET = 120
"""Characters of original text around the match."""

_TEXTS = tables.texts
_TERM = re.compile(r'"([^"]*)"?|(\S+)')

_FIND = sa.text(
    """
    WITH best AS (
        SELECT rowid AS id, rank FROM texts_fts WHERE texts_fts MATCH :query ORDER BY rank, rowid LIMIT :limit
    )
    SELECT d.id, d.name, d.kind_name, o.code, t.text
    FROM best JOIN texts t ON t.id = best.id
    JOIN documents d ON d.id = t.document_id LEFT JOIN dossiers o ON o.id = d.dossier_id
    ORDER BY best.rank, best.id
    """
)


def index(connection: sa.Connection, document_id: str, text: str) -> None:
    """Make a document findable by its text; a document indexed before gets the new text instead."""
    text = unicodedata.normalize("NFC", text)
    values = {"text": text, "folded": fold(text)}
    known = connection.execute(sa.update(_TEXTS).where(_TEXTS.c.document_id == document_id).values(values))
    if known.rowcount == 0:
        connection.execute(sa.insert(_TEXTS).values(document_id=document_id, **values))


def find(connection: sa.Connection, query: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """Documents whose text has all words of the query, best first; none for a query of mere signs.

    `"hai từ"` asks for the words side by side; the last word may be unfinished.
    """
    terms = _terms(query)
    if not terms:
        return ()
    rows = connection.execute(_FIND, {"query": _expression(terms), "limit": limit})
    return tuple(SearchHit(row[0], row[1], row[2], row[3], snippet(row[4], terms)) for row in rows)


def snippet(text: str, terms: tuple[str, ...]) -> str:
    """The part of the original text around the first place where one of the folded terms stands."""
    folded, origins = fold_with_origins(text)
    places = [match for match in (_place(folded, term) for term in terms) if match is not None]
    if not places:
        return _shorten(text, 0, min(len(text), SNIPPET))
    start, end = min(places)
    return _shorten(text, origins[start], origins[end - 1] + 1)


def _terms(query: str) -> tuple[str, ...]:
    folded = fold(query[:MAX_QUERY])
    found = (match[1] if match[1] is not None else match[2] for match in _TERM.finditer(folded))
    return tuple(term for term in found if any(map(_is_token, term)))[:MAX_TERMS]


def _is_token(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _expression(terms: tuple[str, ...]) -> str:
    # quoted, a term is data: FTS5's operators mean nothing in it, and 12/qd-ubnd is a phrase of three tokens
    quoted = ['"' + term.replace("\0", " ").replace('"', '""') + '"' for term in terms]
    return " AND ".join(quoted) + "*"


def _place(folded: str, term: str) -> tuple[int, int] | None:
    words = re.findall(r"[^\W_]+", term)
    match = re.search(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)), folded)
    return None if match is None or not words else match.span()


def _shorten(text: str, start: int, end: int) -> str:
    room = max(0, SNIPPET - (end - start)) // 2
    left, right = max(0, start - room), min(len(text), end + room)
    if left > 0:
        left = text.find(" ", left, start) + 1 or left
    if right < len(text):
        right = max(text.rfind(" ", end, right), end)
    shown = " ".join(text[left:right].split())
    return ("… " if left > 0 else "") + shown + (" …" if right < len(text) else "")
