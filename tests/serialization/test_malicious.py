"""Damaged and malicious files: a clear error within a second, in bounded memory, with nothing executed."""

from __future__ import annotations

import io
import json
import pickle
import random
import re
import struct
import time
import tracemalloc
import zipfile

import pytest
import torch

import autograd

CLEAR = (RuntimeError, pickle.UnpicklingError)


def attempt(data: bytes, seconds: float = 1.0, megabytes: int = 64):
    """Load it; whatever comes of that must be quick, small, and a value or a clear error."""
    tracemalloc.start()
    start = time.perf_counter()
    try:
        return autograd.load(io.BytesIO(data))
    except CLEAR as error:
        assert str(error).startswith("load: "), error
        return error
    finally:
        spent, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert spent < seconds and peak < megabytes << 20, (spent, peak)


def archive(pickled: bytes, storages=None, compression=zipfile.ZIP_STORED, name="archive"):
    """A file like PyTorch's."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        made.writestr(f"{name}/data.pkl", pickled)
        for key, content in (storages or {}).items():
            made.writestr(f"{name}/data/{key}", content)
    return file.getvalue()


def refusal(pickled: bytes, match: str, kind=CLEAR, **more):
    found = attempt(archive(pickled, **more))
    assert isinstance(found, kind)

    assert re.search(match, str(found)), found


class Call:
    """Pickled as a call of a function."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def global_call(name: str, argument: bytes = b")") -> bytes:
    module, _, attribute = name.rpartition(".")
    return b"\x80\x02c" + f"{module}\n{attribute}\n".encode() + argument + b"R."


@pytest.mark.parametrize(
    "name",
    ["os.system", "posix.system", "builtins.eval", "builtins.getattr", "builtins.__import__", "subprocess.Popen",
     "nt.system", "torch.hub.load", "autograd.load", "numpy.load", "functools.partial", "operator.attrgetter",
     "types.FunctionType", "importlib.import_module", "autograd.tensor.os", "collections.namedtuple", "pickle.loads"],
)  # fmt: skip
def test_functions_are_refused_and_named(name):
    refusal(global_call(name), name.replace(".", r"\."), pickle.UnpicklingError)


def test_nothing_runs(tmp_path):
    mark = tmp_path / "mark"
    for protocol in range(5):
        refusal(pickle.dumps(Call(open, str(mark), "w"), protocol), "may run code", pickle.UnpicklingError)
    assert not mark.exists()


def build(*operations: bytes) -> bytes:
    return b"\x80\x04" + b"".join(operations) + b"."


NAMED_DICT = b"ccollections\nOrderedDict\n"


@pytest.mark.parametrize(
    ("pickled", "match"),
    [
        (build(b"cautograd.tensor\nTensor\n", b"(J\xff\xff\xff\x7ftR"), "calls something else"),
        (build(b"cbuiltins\nbytearray\n", b"(J\xff\xff\xff\x7ftR"), "damaged"),
        (build(NAMED_DICT, b")R", b")R"), "calls something else"),  # the call of a built object
        (build(NAMED_DICT, b"]R"), "calls something else"),
        (build(b"ccollections\nOrderedDict\n}b"), "changes a type"),
        (build(b"K\x01K\x02", b"K\x01", b"\x93"), "damaged"),
        (build(b"c_codecs\nencode\nX\x01\0\0\0aX\x05\0\0\0utf-7\x86R"), "encoding 'utf-7'"),
        (build(b"]", b"}b"), "changes a list"),
        (build(b"P0\n"), "opcode PERSID is not allowed"),
        (build(b"K\x01", b"\x81"), "damaged"),
        (build(b"K\x01", b")", b"\x81"), "instance of what is no class"),
        (build(b"}", b"(K\x01u"), "key without a value"),
        (build(b"\x87"), "more values than there are"),
        (build(b"h\x07"), "damaged"),
        (build(b"}((((K\x01ttttK\x01s"), "nested tuple for a key"),
        (build(b"ccollections\nOrderedDict\n", b"](((tt", b"K\x01", b"\x86", b"a", b"\x85R"), "nested tuple"),
        (b"\x80\x02K\x01", "damaged"),
        (b"", "damaged"),
        (b"\x80\x02\xff.", "damaged"),
    ],
)  # fmt: skip
def test_what_plain_values_do_not_need(pickled, match):
    refusal(pickled, match)


def test_exponential_keys_are_refused():
    nested = b"K\x01" + b"2\x86" * 0
    for number in range(60):
        nested += b"q" + bytes([number]) + b"h" + bytes([number]) + b"\x86"
    refusal(b"\x80\x02}" + nested + b"K\x01s.", "nested tuple")
    refusal(b"\x80\x04\x8f(" + nested + b"\x90.", "nested tuple")


def test_numbers_in_the_pickle_take_no_memory():
    refusal(b"\x80\x02]r\xff\xff\xff\x7fj\xff\xff\xff\x6f.", "damaged")  # a memo of two billion places
    refusal(b"\x80\x04\x8e" + struct.pack("<Q", 2**60) + b"x.", "damaged")  # bytes without end
    refusal(b"\x80\x02I" + b"9" * 100_000 + b"\n.", "damaged")  # a number that takes long to read


FLOATS = b"ctorch\nFloatStorage\n"


def tensor_pickle(key=b"0", count=4, offset=0, shape=(4,), strides=(1,), location=b"cpu", kind=FLOATS) -> bytes:
    def number(value):
        return b"\x8a\x09" + value.to_bytes(9, "little", signed=True)

    def string(value):
        return b"X" + struct.pack("<I", len(value)) + value

    storage = b"(" + string(b"storage") + kind + string(key) + string(location) + number(count) + b"tQ"
    sizes, steps = (b"(" + b"".join(map(number, part)) + b"t" for part in (shape, strides))
    return (b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(" + storage + number(offset) + sizes + steps
            + b"\x89ccollections\nOrderedDict\n)RtR.")  # fmt: skip


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"count": 5}, "should have 5 elements"),
        ({"count": 2**60}, "should have 1152921504606846976 elements"),
        ({"count": -1}, "should have -1 elements"),
        ({"offset": 1}, "beyond its storage"),
        ({"offset": -1}, "beyond its storage"),
        ({"shape": (5,)}, "beyond its storage"),
        ({"shape": (-1,)}, "beyond its storage"),
        ({"strides": (2,)}, "beyond its storage"),
        ({"strides": (-1,)}, "beyond its storage"),
        ({"shape": (2**40,), "strides": (0,)}, "expanded view"),
        ({"shape": (2**62, 2**62), "strides": (0, 0)}, "expanded view"),
        ({"shape": (2, 2)}, "damaged"),
        ({"key": b"../../etc/passwd"}, "no entry"),
        ({"key": b"7"}, "no entry"),
        ({"location": b"nowhere:99:1"}, "device"),
        ({"location": b"cuda:0"}, "map_location|cuda"),
        ({"kind": b"ctorch\nSize\n"}, "in a way that PyTorch does not"),
        ({"kind": b"ctorch\nQInt8Storage\n"}, r"torch\.QInt8Storage"),
    ],
)
@pytest.mark.cpu_only
def test_tensors_that_do_not_fit(options, match):
    storages = {"0": struct.pack("<4f", 1, 2, 3, 4)}
    assert attempt(archive(tensor_pickle(), storages)).tolist() == [1, 2, 3, 4]
    refusal(tensor_pickle(**options), match, storages=storages)


def test_compressed_entries_are_refused():
    bomb = archive(tensor_pickle(count=2**26, shape=(2**26,)), {"0": bytes(2**28)}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 2**19
    assert "is compressed" in str(attempt(bomb))


def test_encrypted_entries_are_refused():
    data = bytearray(archive(tensor_pickle(), {"0": bytes(16)}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    assert "is encrypted" in str(attempt(bytes(data)))


def test_references_to_something_else():
    refusal(b"\x80\x02K\x01Q.", "something else than a storage")
    refusal(b"\x80\x02(cposix\nsystem\nX\x01\x00\x00\x00at.", r"posix\.system", pickle.UnpicklingError)


def test_entries_longer_than_the_file():
    data = archive(tensor_pickle(), {"0": struct.pack("<4f", 1, 2, 3, 4)})
    size = struct.pack("<II", 16, 16)
    longer = data.replace(size, struct.pack("<II", 2**31, 2**31))
    assert longer != data
    assert isinstance(attempt(longer), RuntimeError)


def test_names_of_entries_are_never_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = archive(tensor_pickle(key=b"../../x"), {"../../x": struct.pack("<4f", 1, 2, 3, 4)}, name="..")
    assert attempt(data).tolist() == [1, 2, 3, 4] and not list(tmp_path.iterdir())


def whole_files() -> list[bytes]:
    torch_file, ours, module = io.BytesIO(), io.BytesIO(), io.BytesIO()
    torch.manual_seed(0)
    torch.save({"m": torch.nn.Linear(2, 3).state_dict(), "n": [1, 2.5, "x", None], "b": torch.ones(2, 2).T}, torch_file)
    autograd.save({"m": autograd.ones(2, 3), "n": [1, 2.5, "x", None, 1j], "z": autograd.ones(2) * 1j}, ours)
    autograd.save([autograd.ones(2), Fraction()], module)
    return [torch_file.getvalue(), ours.getvalue(), module.getvalue()]


class Fraction:
    """Makes a file a pickle."""


@pytest.mark.parametrize("which", range(3))
def test_truncated_files(which):
    (data) = whole_files()[which]
    for end in range(0, len(data), 7):
        assert isinstance(attempt(data[:end]), CLEAR), end


@pytest.mark.parametrize("which", range(3))
def test_flipped_bits(which):
    data, chance = whole_files()[which], random.Random(which)
    for _ in range(1500):
        changed = bytearray(data)
        for _ in range(chance.choice((1, 1, 3, 30))):
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        attempt(bytes(changed))


def test_random_pickles():
    """Opcodes in any order, inside an archive that is whole."""
    chance = random.Random(0)
    parts = [pickle.dumps([1, {"a": (2, 3)}, {4}, b"x", 2.5], protocol) for protocol in range(5)]
    parts += [tensor_pickle(), global_call("os.system"), global_call("collections.OrderedDict")]
    pieces = [part[i : i + k] for part in parts for i in range(len(part)) for k in (1, 3, 9)]
    for _ in range(1500):
        pickled = b"".join(chance.choice(pieces) for _ in range(chance.randrange(1, 30))) + b"."
        attempt(archive(pickled, {"0": bytes(16)}))


def header_file(header: object, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def floats(first: int, end: int) -> dict:
    return {"dtype": "F32", "shape": [(end - first) // 4], "data_offsets": [first, end]}


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (struct.pack("<Q", 2**62), "damaged"),
        (header_file(b"[" * 100_000), "damaged|too deeply"),
        (header_file([]), "damaged"),
        (header_file({"a": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 2**42]}}), "place of tensor 'a'"),
        (header_file({"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}, bytes(4)), "place of tensor 'a'"),
        (header_file({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}, bytes(8)), "place of tensor 'a'"),
        (header_file({"a": {"dtype": "F32", "shape": [1.0], "data_offsets": [0, 4]}}, bytes(4)), "place of tensor 'a'"),
        (header_file({"a": {"dtype": "F8_E4M3", "shape": [1], "data_offsets": [0, 1]}}, bytes(1)), "F8_E4M3"),
        (header_file({"__metadata__": {"retrograd.structure": "{\"__retrograd__\": \"os\"}"}}), "damaged"),
        (header_file({"a": floats(0, 8), "b": floats(4, 12)}, bytes(12)), "'b' begins at byte 4, but .* ends at 8"),
        (header_file({"a": floats(4, 12)}, bytes(12)), "'a' begins at byte 4, but the one before it ends at 0"),
        (header_file({"a": floats(0, 8)}, bytes(9)), "1 bytes follow the last tensor"),
        (header_file(b'{"a": 1, "a": 2}'), "a name is there twice"),
        (header_file({"__metadata__": {"retrograd.structure": "[" * 5000 + "]" * 5000}}), "too deeply|damaged"),
    ],
)  # fmt: skip
def test_impossible_headers(data, match):

    found = attempt(data)
    assert isinstance(found, RuntimeError) and re.search(match, str(found)), found


def test_an_entry_before_the_start_of_the_file(tmp_path):
    data = bytearray(archive(pickle.dumps(1, 2)))
    (place,) = struct.unpack("<I", data[-6:-2])  # where the directory is said to begin
    data[-6:-2] = struct.pack("<I", place + 10)
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(RuntimeError, match="^load: .* is damaged"):
        autograd.load(tmp_path / "file")


def test_an_error_does_not_repeat_the_file():
    found = attempt(header_file(b'{"' + bytes([255]) * 5000 + b'": 1}'))
    assert "UnicodeDecodeError" in str(found) and len(str(found)) < 400
