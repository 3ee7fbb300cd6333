"""Small PDF files for tests, written by hand: texts at places, pictures, a lock; no library is needed.

`python -m tests.helpers.pdf_files` makes the committed ones in tests/data/labs anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

Text = tuple[float, float, str]
"""Left edge and distance from the top of an A4 page in points, and the text."""

_HEIGHT = 842


def text_page(texts: Iterable[Text], size: int = 9) -> bytes:
    """The drawing instructions of a page of texts."""
    drawn = [f"BT /F1 {size} Tf".encode()]
    for left, top, text in texts:
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        drawn.append(f"1 0 0 1 {left} {_HEIGHT - top} Tm (".encode() + escaped.encode("cp1252") + b") Tj")
    return b"\n".join([*drawn, b"ET"])


def table(rows: Sequence[Sequence[str]], lefts: Sequence[float], top: float = 100) -> list[Text]:
    """Rows of cells at the given left edges; an empty cell stays empty."""
    return [
        (left, top + 14 * number, cell)
        for number, row in enumerate(rows)
        for left, cell in zip(lefts, row, strict=False)
        if cell
    ]


PICTURE = b"q 500 0 0 700 40 60 cm /Im1 Do Q"
"""The instructions of a page that is one picture."""


def pdf(pages: Iterable[bytes], *, locked: bool = False, font: str = "Helvetica") -> bytes:
    """A whole PDF of pages given as instructions."""
    kids: list[str] = []
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode(),
        4: _stream(
            b"\x80" * 64,
            b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8",
        ),
    }
    for number, content in enumerate(pages):
        page, stream = 10 + 2 * number, 11 + 2 * number
        kids.append(f"{page} 0 R")
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> "
            b"/XObject << /Im1 4 0 R >> >> /Contents %d 0 R >>" % stream
        )
        objects[stream] = _stream(content)
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _file(
        objects,
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> "
        b"/ID [<00> <00>]" % (b"ab" * 32, b"cd" * 32)
        if locked
        else b"",
    )


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<< %s /Length %d /Filter /FlateDecode >>" % (more, len(packed))
    return head + b"\nstream\n" + packed + b"\nendstream"


def _file(objects: dict[int, bytes], trailer: bytes) -> bytes:
    data, places = b"%PDF-1.4\n", {}
    for number in sorted(objects):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, size = len(data), max(objects) + 1
    data += b"xref\n0 %d\n" % size
    for number in range(size):
        data += b"%010d %05d %s \n" % (
            places.get(number, 0),
            0 if number in places else 65535,
            b"n" if number in places else b"f",
        )
    return data + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


ENGLISH = [
    (40, 40, "Riverside Laboratory"),
    (40, 60, "Patient: Anna Berg"),
    (300, 60, "Date of birth: 3 Feb 1970"),
    (40, 74, "Collected: 12/05/2024 08:15"),
    (300, 74, "Reported: 13/05/2024"),
    *table(
        [
            ("Test", "Result", "Flag", "Units", "Reference range"),
            ("HAEMATOLOGY",),
            ("Haemoglobin", "118", "L", "g/L", "120 - 155"),
            ("Mean cell volume", "101.0", "H", "fL", "80 - 99"),
            ("BIOCHEMISTRY",),
            ("Vitamin B12", "148", "L", "ng/L", "190 - 900"),
            ("Methylmalonic acid", "> 0.90", "H", "umol/L", "< 0.28"),
            ("Parietal cell antibody", "Positive", "", "", ""),
            ("Sodium", "140", "", "mmol/L", "133 - 146"),
            ("URINE",),
            ("Creatinine", "9.1", "", "mmol/L", ""),
        ],
        (40, 200, 260, 300, 380),
    ),
    (40, 300, "Comment: 3 of 4 values were checked again."),
    (40, 800, "Page 1 of 1"),
]
GERMAN = [
    (40, 40, "Labor am Fluss"),
    (40, 60, "Patientin:"),
    (110, 60, "Berg, Anna"),
    (300, 60, "Geboren:"),
    (370, 60, "03.02.1970"),
    (40, 74, "Druckdatum 02.07.2024"),
    (300, 74, "Endbefund"),
    *table(
        [
            ("Entnahmedatum", "11.01.2024", "15.03.2024", "28.06.2024", "", ""),
            ("Entnahmezeit", "07:45", "", "08:10", "", ""),
            ("Analyse", "", "", "", "Einheit", "Referenz"),
            ("Vitamin B12", "148", "", "1.250", "ng/l", "197 - 771"),
            ("Hämoglobin", "11,8", "12,6", "13,1", "g/dl", "12,0 - 15,5"),
            ("Ferritin", "", "> 1000", "", "µg/l", "15 - 150"),
            ("Holotranscobalamin", "", "", "folgt", "pmol/l", "> 50"),
        ],
        (40, 160, 230, 300, 380, 440),
    ),
]


def main() -> None:
    """Write the committed files."""
    folder = Path(__file__).resolve().parents[1] / "data" / "labs"
    files = {
        "english-report.pdf": pdf([text_page(ENGLISH)]),
        "german-cumulative.pdf": pdf([text_page(GERMAN)]),
        "typewriter.pdf": pdf(
            [
                text_page(
                    [(40, 60, "Sample date: 2024-05-12"), (40, 80, "Vitamin B12   148   pg/mL   190 - 900")]
                )
            ],
            font="Courier",
        ),
        "scan.pdf": pdf([PICTURE]),
        "locked.pdf": pdf([text_page(ENGLISH)], locked=True),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
