"""Makes golden.json.gz: what TA-Lib's C library gives for prices made here.

    python3 -m venv venv && venv/bin/pip install TA-Lib && venv/bin/python make_golden.py

The prices are whole ticks from an integer generator, so that they are the same everywhere; a price
is its ticks divided by 10 ** decimals. TA-Lib's deviation comes from running sums of squares, which
lose digits, so the exact one (rational arithmetic, 50 digits at the root) stands beside it.
"""

import gzip
import json
import math
import pathlib
from decimal import Decimal, getcontext

import numpy
import talib

ROWS = 200
SERIES = [
    # Cents around 100; a market around 80,000; eight decimals; one that often stands still.
    {"name": "cents", "decimals": 2, "start": 10_000, "step": 120, "silence": 0, "seed": 1},
    {"name": "dear", "decimals": 1, "start": 800_000, "step": 4_000, "silence": 0, "seed": 2},
    {"name": "cheap", "decimals": 8, "start": 120_000, "step": 900, "silence": 0, "seed": 3},
    {"name": "ties", "decimals": 2, "start": 10_000, "step": 3, "silence": 60, "seed": 4},
]


def generator(seed):
    """A linear congruential generator (Knuth's MMIX constants) that gives whole numbers below n."""
    state = seed

    def below(n):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % n

    return below


def candles(start, step, silence, seed):
    below, close, rows = generator(seed), start, []
    for _ in range(ROWS):
        if below(100) < silence:
            rows.append((close, close, close, close))
            continue
        first = close + below(step // 3 + 1) - step // 6
        last = first + below(2 * step + 1) - step
        high = max(first, last) + below(step // 2 + 1)
        low = min(first, last) - below(step // 2 + 1)
        rows.append((first, high, low, last))
        close = last
    return [list(column) for column in zip(*rows)]


def exact_deviation(ticks, window, decimals):
    """Population deviations of whole ticks: nothing is rounded before the last digit."""
    getcontext().prec = 50
    out = [None] * (window - 1)
    for i in range(window, len(ticks) + 1):
        part = ticks[i - window : i]
        squares = window * sum(x * x for x in part) - sum(part) ** 2
        root = (Decimal(squares) / Decimal(window**2)).sqrt()
        out.append(float(root / Decimal(10) ** decimals))
    return out


def outputs(columns, decimals):
    _, high, low, close = (numpy.array(c) / 10.0**decimals for c in columns)
    out = {}
    for n in (2, 20):
        out[f"sma {n}"] = talib.SMA(close, n)
    for n in (2, 12, 50):
        out[f"ema {n}"] = talib.EMA(close, n)
    for n in (2, 14):
        out[f"rsi {n}"] = talib.RSI(close, n)
    for fast, slow, signal in ((12, 26, 9), (3, 10, 4)):
        lines = talib.MACD(close, fast, slow, signal)
        for name, line in zip(("line", "signal", "histogram"), lines):
            out[f"macd {fast} {slow} {signal} {name}"] = line
    for n, width in ((20, 2.0), (5, 1.5)):
        for name, line in zip(("upper", "middle", "lower"), talib.BBANDS(close, n, width, width)):
            out[f"bollinger {n} {width} {name}"] = line
        out[f"deviation {n}"] = talib.STDDEV(close, n)
    out["true range"] = talib.TRANGE(high, low, close)
    for n in (5, 14):
        out[f"atr {n}"] = talib.ATR(high, low, close, n)
    for n in (2, 14):
        out[f"highest {n}"] = talib.MAX(high, n)
        out[f"lowest {n}"] = talib.MIN(low, n)
        out[f"sum {n}"] = talib.SUM(close, n)
    written = {name: [None if math.isnan(x) else float(x) for x in column] for name, column in out.items()}
    for n in (5, 20):
        written[f"exact deviation {n}"] = exact_deviation(columns[3], n, decimals)
    return written


def main():
    series = []
    for made in SERIES:
        columns = candles(made["start"], made["step"], made["silence"], made["seed"])
        ticks = dict(zip(("open", "high", "low", "close"), columns))
        expected = outputs(columns, made["decimals"])
        series.append({"name": made["name"], "decimals": made["decimals"], "ticks": ticks, "expected": expected})
    golden = {"library": f"TA-Lib {talib.__ta_version__.decode().split(' ')[0]}", "series": series}
    text = json.dumps(golden, separators=(",", ":"))
    path = pathlib.Path(__file__).with_name("golden.json.gz")
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


main()
