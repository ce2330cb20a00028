"""vectorbt's side: reads columns from the folder and sets from standard input, and prints what ours.ts prints."""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd
import vectorbt as vbt

folder, what, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
sets = json.load(sys.stdin)
close = np.fromfile(f"{folder}/close.f64")
index = pd.to_datetime(np.fromfile(f"{folder}/time.f64").astype("int64"), unit="ms")
close = pd.Series(close, index=index, name="close")

# More columns at once take gigabytes, and no less time a column.
AT_ONCE = 20


def portfolio(some):
    fast, slow = [f for f, _ in some], [s for _, s in some]
    quick = vbt.MA.run(close, fast, short_name="quick", per_column=False)
    steady = vbt.MA.run(close, slow, short_name="steady", per_column=False)
    entries = quick.ma_crossed_above(steady)
    exits = quick.ma_crossed_below(steady)
    return vbt.Portfolio.from_signals(close, entries, exits, fees=0.001, init_cash=10_000, freq="1min")


def numbers(some):
    found = portfolio(some)
    columns = [found.total_return(), found.sharpe_ratio(), found.max_drawdown(), found.trades.closed.count()]
    columns = [np.atleast_1d(np.asarray(column, dtype=float)) for column in columns]
    return [list(row) for row in zip(*columns)]


def run():
    return [row for at in range(0, len(sets), AT_ONCE) for row in numbers(sets[at:at + AT_ONCE])]


numbers(sets[:1] if what == "single" else sets[:2])  # compiles
took, found = [], []
for _ in range(max(1, times)):
    began = time.perf_counter()
    found = run()
    took.append((time.perf_counter() - began) * 1_000)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_000
print(json.dumps({"took": took, "peak": peak, "numbers": found}))
