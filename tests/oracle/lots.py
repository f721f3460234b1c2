"""The lots of some fields, by the description in jf-draw(1): tests/data/oracle/lots.tsv.

python3 tests/oracle/lots.py >tests/data/oracle/lots.tsv (with python3-xxhash)
"""
import struct
import xxhash


def field(value):
    return struct.pack("<Q", len(value)) + value


def lot(salt, what, draw, who):
    fields = field(salt) + field(what) + field(struct.pack("<Q", draw)) + field(who)
    return int.from_bytes(xxhash.xxh3_128_digest(fields), "big")


# The first ones are those on the page, without what looks like an id.
rows = [("JobFirst", "order arm", 0, "person1"), ("JobFirst", "order arm", 1, "person1"),
        ("JobFirst", "order arm", 0, "person4"), ("JobFirst", "places arm", 0, ""),
        ("JobFirst", "places arm", 0, "Aarhus"), ("JobFirst", "block arm", 6, "Aarhus"),
        ("JobFirst", "place arm", 5, "Aarhus"), ("a", "b", 0, "c"),
        ("ab", "c", 0, "d"), ("a", "bc", 0, "d"), ("1", "permute", 1999, "a"),
        ("x", "y", 2**64 - 1, "z"), ("ø", "å", 2**32, "æ")]
# Around the lengths where XXH3 goes another way: 128, 240 and 1024 bytes in all.
rows += [("s", "w", 3, "x*%d" % times) for times in (86, 87, 198, 199, 214, 215, 400, 982, 983)]
print("salt", "what", "draw", "id", "lot", "of 15", sep="\t")
for salt, what, draw, who in rows:
    times = who.startswith("x*")
    found = lot(salt.encode(), what.encode(), draw, b"x" * int(who[2:]) if times else who.encode())
    print(salt, what, draw, who, "%032x" % found, found % 15, sep="\t")
