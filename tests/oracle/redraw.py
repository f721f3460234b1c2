"""The draws of jf-permute(1) by its page: tests/data/oracle/permute-draws.tsv.

python3 tests/oracle/redraw.py >tests/data/oracle/permute-draws.tsv in the top folder, with libxxhash. How many
of the first 400 draws of nsw by the salt `page` are at least as extreme, of 1975; t^2 in fractions. The second time
the arms change places, as draws are not symmetric in them; the third time within blocks.
"""
import ctypes
import struct
from fractions import Fraction

DRAWS = 400


class Hash(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


library = ctypes.CDLL("libxxhash.so.0")
library.XXH3_128bits.restype = Hash
library.XXH3_128bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]


def field(value):
    return struct.pack("<Q", len(value)) + value


def lot(salt, what, draw, who):
    fields = field(salt) + field(what) + field(struct.pack("<Q", draw)) + field(who)
    found = library.XXH3_128bits(fields, len(fields))
    return found.high << 64 | found.low


def read(name):
    with open("tests/data/nsw/" + name) as file:
        names = file.readline().rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in file]


def square_of(people, values, treated):
    """t^2; strata are weighted by their size."""
    diff = variance = Fraction(0)
    for block in sorted(set(people.values())):
        n = [0, 0]
        s = [Fraction(0), Fraction(0)]
        q = [Fraction(0), Fraction(0)]
        for who, stratum in people.items():
            if stratum == block:
                arm = who in treated
                n[arm] += 1
                s[arm] += values[who]
                q[arm] += values[who] ** 2
        share = Fraction(sum(n), len(people))
        diff += share * (s[1] / n[1] - s[0] / n[0])
        variance += share ** 2 * sum((q[i] - s[i] ** 2 / n[i]) / (n[i] - 1) / n[i] for i in (0, 1))
    return diff ** 2 / variance


def main():
    listed = read("assign.tsv")
    rows = [row for row in read("long.tsv") if row["t"] == "1975"]
    values = {row["id"]: Fraction(row["earn"]) for row in rows}
    print("control", "strata", "draws", "reached", sep="\t")
    for control, column in (("0", None), ("1", None), ("0", "block")):
        people = {row["id"]: row[column] if column else "" for row in listed}
        held = {row["id"] for row in listed if row["arm"] != control}
        observed = square_of(people, values, held)
        reached = 0
        for draw in range(1, DRAWS + 1):
            treated = set()
            for block in set(people.values()):
                ids = [who for who in people if people[who] == block]
                ids.sort(key=lambda who: lot(b"page", b"permute", draw, who.encode()))
                treated.update(ids[:len(held & set(ids))])
            reached += square_of(people, values, treated) >= observed
        print(control, column or "none", DRAWS, reached, sep="\t")


main()
