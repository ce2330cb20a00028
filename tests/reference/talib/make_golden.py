"""Makes golden.json.gz and golden_more.json.gz: what TA-Lib's C library gives for prices made here.

    python3 -m venv venv && venv/bin/pip install TA-Lib pandas && venv/bin/python make_golden.py

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
import pandas
import talib

ROWS = 200
MORE_ROWS = 400
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


def candles(start, step, silence, seed, rows_wanted):
    below, close, rows = generator(seed), start, []
    for _ in range(rows_wanted):
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


def volumes(seed):
    """Whole amounts, on some rows none."""
    below = generator(seed + 100)
    return [0 if below(20) == 0 else 1 + below(5_000) for _ in range(MORE_ROWS)]


def more(first, high, low, close, volume):
    """What the wider catalogue is held to, under the names that it has there."""
    out = {}
    for n in (3, 14):
        out[f"wma {n}"] = talib.WMA(close, n)
        out[f"dema {n}"] = talib.DEMA(close, n)
        out[f"tema {n}"] = talib.TEMA(close, n)
        out[f"t3 {n}"] = talib.T3(close, n, 0.7)
        out[f"kama {n}"] = talib.KAMA(close, n)
        out[f"roc {n}"] = talib.ROC(close, n)
        out[f"momentum {n}"] = talib.MOM(close, n)
        out[f"trix {n}"] = talib.TRIX(close, n)
        out[f"linearRegression {n} value"] = talib.LINEARREG(close, n)
        out[f"linearRegression {n} slope"] = talib.LINEARREG_SLOPE(close, n)
        out[f"williamsR {n}"] = talib.WILLR(high, low, close, n)
        out[f"cci {n}"] = talib.CCI(high, low, close, n)
        out[f"mfi {n}"] = talib.MFI(high, low, close, volume, n)
        out[f"natr {n}"] = talib.NATR(high, low, close, n)
        for name, line in zip(("down", "up"), talib.AROON(high, low, n)):
            out[f"aroon {n} {name}"] = line
        out[f"aroon {n} oscillator"] = talib.AROONOSC(high, low, n)
        out[f"adx {n} adx"] = talib.ADX(high, low, close, n)
        out[f"adx {n} plus"] = talib.PLUS_DI(high, low, close, n)
        out[f"adx {n} minus"] = talib.MINUS_DI(high, low, close, n)
        out[f"rowsSinceHighest {n}"] = numpy.arange(len(close)) - talib.MAXINDEX(high, n).astype(float)
        out[f"rowsSinceLowest {n}"] = numpy.arange(len(close)) - talib.MININDEX(low, n).astype(float)
        for name in ("highest", "lowest"):
            out[f"rowsSince{name.title()} {n}"][: n - 1] = numpy.nan
    for fast, slow, signal in ((12, 26, 9), (3, 10, 4)):
        out[f"ppo {fast} {slow} line"] = talib.PPO(close, fast, slow, 1)
        out[f"chaikinOscillator {fast} {slow}"] = talib.ADOSC(high, low, close, volume, fast, slow)
    for n, smoothing, signal in ((14, 3, 3), (5, 1, 4)):
        lines = talib.STOCH(high, low, close, n, smoothing, 0, signal, 0)
        for name, line in zip(("k", "d"), lines):
            out[f"stochastic {n} {smoothing} {signal} {name}"] = line
        for name, line in zip(("k", "d"), talib.STOCHRSI(close, n, 5, signal, 0)):
            out[f"stochRsi {n} 5 1 {signal} {name}"] = line
    out["ultimate"] = talib.ULTOSC(high, low, close, 7, 14, 28)
    out["parabolicSar"] = talib.SAR(high, low, 0.02, 0.2)
    out["parabolicSar 0.1 0.3"] = talib.SAR(high, low, 0.1, 0.3)
    out["directionalMove plus"] = talib.PLUS_DM(high, low, 1)
    out["directionalMove minus"] = talib.MINUS_DM(high, low, 1)
    out["medianPrice"] = talib.MEDPRICE(high, low)
    out["typicalPrice"] = talib.TYPPRICE(high, low, close)
    out["averagePrice"] = talib.AVGPRICE(first, high, low, close)
    out["obv"] = talib.OBV(close, volume)
    out["adl"] = talib.AD(high, low, close, volume)
    for name in ("log", "exp", "sqrt", "floor"):
        ours = {"log": "LN", "exp": "EXP", "sqrt": "SQRT", "floor": "FLOOR"}[name]
        out[name] = getattr(talib, ours)(close / 10_000 if name == "exp" else close)
    return out


def by_pandas(high, low, close):
    """Statistics of windows, which TA-Lib has not, or takes from running sums that lose digits."""
    out, h, l, c = {}, *(pandas.Series(column) for column in (high, low, close))
    moves = numpy.log(c).diff()
    for n in (5, 20):
        out[f"variance {n}"] = c.rolling(n).apply(lambda x: numpy.var(x), raw=True)
        out[f"deviation {n}"] = c.rolling(n).apply(lambda x: numpy.std(x), raw=True)
        out[f"skew {n}"] = c.rolling(n).apply(lambda x: pandas.Series(x).skew(), raw=True)
        out[f"kurtosis {n}"] = c.rolling(n).apply(lambda x: pandas.Series(x).kurt(), raw=True)
        out[f"median {n}"] = c.rolling(n).median()
        out[f"quantile {n} 0.3"] = c.rolling(n).quantile(0.3)
        # pandas counts from 1 to n.
        out[f"rank {n}"] = (c.rolling(n).rank() - 1) / (n - 1)
        out[f"product {n}"] = (c / c.mean()).rolling(n).apply(numpy.prod, raw=True)
        out[f"historicalVolatility {n}"] = moves.rolling(n).apply(lambda x: numpy.std(x, ddof=1), raw=True) * math.sqrt(365)
        pairs = {"covariance": [], "correlation": [], "beta": []}
        for i in range(len(c)):
            a, b = high[max(0, i + 1 - n) : i + 1], low[max(0, i + 1 - n) : i + 1]
            known = len(a) == n
            moving = known and min(a) != max(a) and min(b) != max(b)
            pairs["covariance"].append(numpy.cov(a, b, ddof=0)[0, 1] if known else math.nan)
            pairs["correlation"].append(numpy.corrcoef(a, b)[0, 1] if moving else math.nan)
            slopes = numpy.cov(a, b, ddof=0) if known and min(b) != max(b) else None
            pairs["beta"].append(math.nan if slopes is None else slopes[0, 1] / slopes[1, 1])
        out.update({f"{name} {n}": column for name, column in pairs.items()})
        out[f"meanDeviation {n}"] = c.rolling(n).apply(lambda x: numpy.mean(numpy.abs(x - x.mean())), raw=True)
        out[f"linearRegression {n} r2"] = c.rolling(n).apply(r2, raw=True)
    return out


def r2(x):
    if x.min() == x.max():
        return math.nan
    return numpy.corrcoef(x, numpy.arange(len(x)))[0, 1] ** 2


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
    written = {name: plain(column) for name, column in out.items()}
    for n in (5, 20):
        written[f"exact deviation {n}"] = exact_deviation(columns[3], n, decimals)
    return written


def plain(column):
    return [None if math.isnan(x) else float(x) for x in column]


def write(name, series):
    golden = {"library": f"TA-Lib {talib.__ta_version__.decode().split(' ')[0]}", "series": series}
    text = json.dumps(golden, separators=(",", ":"))
    pathlib.Path(__file__).with_name(name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def main():
    series = []
    for made in SERIES:
        columns = candles(made["start"], made["step"], made["silence"], made["seed"], ROWS)
        ticks = dict(zip(("open", "high", "low", "close"), columns))
        expected = outputs(columns, made["decimals"])
        series.append({"name": made["name"], "decimals": made["decimals"], "ticks": ticks, "expected": expected})
    write("golden.json.gz", series)
    wider = []
    for made in SERIES[1], SERIES[3]:
        columns = candles(made["start"], made["step"], made["silence"], made["seed"], MORE_ROWS)
        ticks = dict(zip(("open", "high", "low", "close"), columns))
        ticks["volume"] = volumes(made["seed"])
        prices = [numpy.array(c) / 10.0 ** made["decimals"] for c in columns]
        expected = more(*prices, numpy.array(ticks["volume"], dtype=float)) | by_pandas(*prices[1:])
        expected = {name: plain(column) for name, column in expected.items()}
        wider.append({"name": made["name"], "decimals": made["decimals"], "ticks": ticks, "expected": expected})
    write("golden_more.json.gz", wider)


main()
