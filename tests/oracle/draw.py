"""A lottery drawn again from the description in jf-draw(1), which this shares no line with.

python3 tests/oracle/draw.py SALT NAME LABEL:SHARE,... COLS|- SIZES|- <LIST (with python3-xxhash):
the rows of LIST, ids in column 1, with the column NAME of arms behind them.
"""
import struct
import sys
from math import gcd

import xxhash

salt, name, arms, columns, sizes = [argument.encode() for argument in sys.argv[1:]]
header, *rows = [line.split(b"\t") for line in sys.stdin.buffer.read().split(b"\n")[:-1]]
labels = [arm.rsplit(b":", 1)[0] for arm in arms.split(b",")]
shares = [int(arm.rsplit(b":", 1)[1]) for arm in arms.split(b",")]
shares = [share // gcd(*shares) for share in shares]
total = sum(shares)


def lot(word, draw, who):
    fields = [salt, word + b" " + name, struct.pack("<Q", draw), who]
    text = b"".join(struct.pack("<Q", len(field)) + field for field in fields)
    return int.from_bytes(xxhash.xxh3_128(text).digest(), "big")


def stratum(row):
    named = [] if columns == b"-" else columns.split(b",")
    return b"\t".join(row[header.index(column)] for column in named)


strata = {}
for row in rows:
    strata.setdefault(stratum(row), []).append(row)
arm_of = {}
for cells, people in strata.items():
    if sizes == b"-":
        n, u, end, places = len(people), lot(b"places", 0, cells) % total, 0, []
        for share in shares:
            begin, end = end, end + n * share % total
            odd = [k for k in range(len(shares)) if begin <= u + k * total < end]
            places.append(n * share // total + len(odd))
        ranked = sorted(people, key=lambda row: (lot(b"order", 0, row[0]), row[0]))
        drawn = [label for label, count in zip(labels, places) for _ in range(count)]
        arm_of.update((row[0], label) for row, label in zip(ranked, drawn))
        continue
    ascending, left = sorted(map(int, sizes.split(b","))), []
    for t, row in enumerate(people):
        if not left:
            size = ascending[lot(b"block", t, cells) % len(ascending)]
            left = [label for label, share in zip(labels, shares)
                    for _ in range(size * share // total)]
        arm_of[row[0]] = left.pop(lot(b"place", t, cells) % len(left))
out = sys.stdout.buffer
out.write(b"\t".join(header + [name]) + b"\n")
for row in rows:
    out.write(b"\t".join(row + [arm_of[row[0]]]) + b"\n")
