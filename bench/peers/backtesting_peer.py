"""backtesting.py's side of a single run: prints what ours.ts prints."""

import json
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd
import talib
from backtesting import Backtest, Strategy

warnings.filterwarnings("ignore")
folder, times = sys.argv[1], int(sys.argv[3])
[only] = json.load(sys.stdin)
FAST, SLOW = only["fast"], only["slow"]
read = lambda name: np.fromfile(f"{folder}/{name}.f64")
index = pd.to_datetime(read("time").astype("int64"), unit="ms")
frame = pd.DataFrame({name.title(): read(name) for name in ["open", "high", "low", "close", "volume"]}, index=index)


class Cross(Strategy):
    def init(self):
        self.quick = self.I(talib.SMA, self.data.Close, FAST)
        self.steady = self.I(talib.SMA, self.data.Close, SLOW)

    def next(self):
        quick, steady = self.quick, self.steady
        if quick[-2] < steady[-2] and quick[-1] > steady[-1]:
            if not self.position:
                self.buy()
        elif quick[-2] > steady[-2] and quick[-1] < steady[-1] and self.position:
            self.position.close()


took, waited, found = [], [], []
for _ in range(min(times, 2)):
    worked, began = time.process_time(), time.perf_counter()
    stats = Backtest(frame, Cross, cash=10_000_000, commission=0.001, trade_on_close=True).run()
    took.append((time.process_time() - worked) * 1_000)
    waited.append((time.perf_counter() - began) * 1_000)
    found = [[stats["Return [%]"] / 100, float("nan"), stats["Max. Drawdown [%]"] / 100, float(stats["# Trades"])]]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_000
print(json.dumps({"took": took, "waited": waited, "peak": peak, "numbers": [[None if x != x else x for x in row] for row in found]}))
