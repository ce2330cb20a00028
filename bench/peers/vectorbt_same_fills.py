"""What vectorbt makes of fills that it is told: reads prices from the folder and fills from standard input, prints the four numbers of each."""

import json
import sys

import numpy as np
import pandas as pd
import vectorbt as vbt

folder = sys.argv[1]
read = lambda name: np.fromfile(f"{folder}/{name}.f64")
close = pd.Series(read("close"), index=pd.to_datetime(read("time").astype("int64"), unit="ms"))


def at(rows):
    column = np.zeros(len(close), dtype=bool)
    column[rows] = True
    return column


def numbers(one):
    found = vbt.Portfolio.from_signals(
        close, at(one["bought"]), at(one["sold"]), fees=0.001, init_cash=10_000, freq="1min"
    )
    return [found.total_return(), found.sharpe_ratio(), found.max_drawdown(), float(found.trades.closed.count())]


print(json.dumps([numbers(one) for one in json.load(sys.stdin)]))
