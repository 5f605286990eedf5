# Makes the files of SPSS beside it: /path/to/python make.py, with pyreadstat (ReadStat) and pandas.
# big-endian.sav is written by hand, as SPSS on other processors wrote it.
import datetime
import os
import struct

import pandas
import pyreadstat

here = os.path.dirname(os.path.abspath(__file__))
people = pandas.DataFrame(
    {
        "respondent_number": [1.0, 2.0, 3.0, 4.0, 5.0],
        "vote": [1.0, 5.0, 99.0, None, 3.0],
        "income": [1200.5, -1.0, 998.0, 52000.0, 300.0],
        "país": ["España", "Österreich", "", "Deutschland", "Perú"],
        "code": ["A", "B", "X", "A", "B"],
        "why": ["short", "é" * 300, "", "x" * 600, "ends"],
        "born": [datetime.date(1990, 2, 28), datetime.date(1582, 10, 15), None, datetime.date(2001, 1, 1), datetime.date(1969, 7, 20)],
        "wt": [0.5, 1.5, 1.0, 1.0, 1.0],
    }
)
described = {
    "column_labels": {"vote": "Would you buy it?", "why": "Why is that?"},
    "variable_value_labels": {
        "vote": {1.0: "Never", 3.0: "Perhaps", 5.0: "Surely", 99.0: "Won’t say"},
        "code": {"A": "First", "B": "Second"},
    },
    "missing_ranges": {"vote": [99.0], "income": [{"lo": 990.0, "hi": 999.0}, -1.0], "code": ["X"]},
}
for name, how in {"plain.sav": {}, "rows.sav": {"row_compress": True}, "people.zsav": {"compress": True}}.items():
    pyreadstat.write_sav(people, os.path.join(here, name), **described, **how)

# A file that says to be in Latin 1: the name of the encoding and the page of characters take the place of UTF-8's.
western = pandas.DataFrame({"q1": ["caf#", "plain"]})
file = os.path.join(here, "western.sav")
pyreadstat.write_sav(western, file, column_labels={"q1": "Gr##e?"})
with open(file, "rb") as made:
    text = made.read()
text = text.replace(b"UTF-8", b"l1   ").replace(b"caf#", b"caf\xe9").replace(b"Gr##e?", b"Gr\xf6\xdfe?").replace(struct.pack("<i", 65001), struct.pack("<i", 1252))
with open(file, "wb") as made:
    made.write(text)


def variable(name, width, label=None):
    head = struct.pack(">6i", 2, width, int(label is not None), 0, 0, 0) + name.ljust(8).encode()
    return head + (b"" if label is None else struct.pack(">i", len(label)) + label.encode() + b"\0" * (-len(label) % 4))


big = b"$FL2" + b"by hand".ljust(60) + struct.pack(">5id", 2, 3, 0, 1, -1, 100.0) + b" " * 84
big += variable("AGE", 0, "How old?") + variable("CITY", 10) + variable("", -1)
big += struct.pack(">ii", 999, 0)
big += struct.pack(">d", 41.0) + b"Lima".ljust(16) + struct.pack(">d", -1.7976931348623157e308) + b"Cusco".ljust(16)
with open(os.path.join(here, "big-endian.sav"), "wb") as made:
    made.write(big)
