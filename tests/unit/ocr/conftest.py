"""Small pages drawn with the program's own fonts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]
Typeset = Callable[..., Picture]

PARAGRAPH = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2025;",
    "Ủy ban nhân dân xã đề nghị các cơ quan, đơn vị thực hiện đúng quy định,",
    "báo cáo kết quả về Văn phòng trước ngày 30 tháng 11 năm 2026 để tổng hợp.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc thì kịp thời phản ánh",
    "để được xem xét, giải quyết theo thẩm quyền của Ủy ban nhân dân cấp xã.",
)


@pytest.fixture(scope="session")
def typeset(root: Path) -> Typeset:
    """Draw text at places given in points on a page of `size` points; returns blue-green-red pixels."""

    def draw(
        texts: dict[tuple[float, float], str] | None = None,
        size: tuple[float, float] = (595, 420),
        dpi: int = 200,
        points: float = 13,
        font: str = "tinos-regular",
    ) -> Picture:
        scale = dpi / 72
        page = Image.new("RGB", (round(size[0] * scale), round(size[1] * scale)), "white")
        face = ImageFont.truetype(str(root / "resources" / "fonts" / f"{font}.ttf"), round(points * scale))
        pen = ImageDraw.Draw(page)
        for (x, y), text in (texts if texts is not None else paragraph()).items():
            pen.text((x * scale, y * scale), text, fill="black", font=face)
        return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])

    return draw


def paragraph(left: float = 70, top: float = 60, step: float = 22) -> dict[tuple[float, float], str]:
    """A few lines as any office writes them, three times over."""
    lines = PARAGRAPH * 3
    return {(left, top + step * place): line for place, line in enumerate(lines)}
