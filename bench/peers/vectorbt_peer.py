"""vectorbt's side: reads columns from the folder and sets from standard input, and prints what ours.ts prints."""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd
import talib
import vectorbt as vbt

folder, strategy, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
sets = json.load(sys.stdin)
read = lambda name: np.fromfile(f"{folder}/{name}.f64")
index = pd.to_datetime(read("time").astype("int64"), unit="ms")
open_, high, low, close = (pd.Series(read(name), index=index, name=name) for name in ["open", "high", "low", "close"])

# More columns at once take gigabytes, and no less time a column.
AT_ONCE = 20


def portfolio(some):
    fast, slow = [one["fast"] for one in some], [one["slow"] for one in some]
    quick = vbt.MA.run(close, fast, short_name="quick", per_column=False)
    steady = vbt.MA.run(close, slow, short_name="steady", per_column=False)
    entries = quick.ma_crossed_above(steady)
    exits = quick.ma_crossed_below(steady)
    more = {}
    if strategy == "filtered":
        is_calm = talib.RSI(close.values, 14) < 70
        is_awake = talib.ATR(high.values, low.values, close.values, 14) > close.values * 0.0006
        entries = entries & (is_calm & is_awake)[:, None]
    if strategy == "guarded":
        more = {"open": open_, "high": high, "low": low, "sl_stop": 0.005, "tp_stop": 0.01}
    return vbt.Portfolio.from_signals(close, entries, exits, fees=0.001, init_cash=10_000, freq="1min", **more)


def numbers(some):
    found = portfolio(some)
    columns = [found.total_return(), found.sharpe_ratio(), found.max_drawdown(), found.trades.closed.count()]
    columns = [np.atleast_1d(np.asarray(column, dtype=float)) for column in columns]
    return [list(row) for row in zip(*columns)]


def run():
    return [row for at in range(0, len(sets), AT_ONCE) for row in numbers(sets[at:at + AT_ONCE])]


numbers(sets[:1] if len(sets) == 1 else sets[:2])  # compiles
took, waited, found = [], [], []
for _ in range(max(1, times)):
    worked, began = time.process_time(), time.perf_counter()
    found = run()
    took.append((time.process_time() - worked) * 1_000)
    waited.append((time.perf_counter() - began) * 1_000)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_000
print(json.dumps({"took": took, "waited": waited, "peak": peak, "numbers": found}))
