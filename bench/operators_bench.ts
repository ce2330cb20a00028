/**
 * Each kernel over a year of minutes, in a plan, by candle chunks; beside it the loop that one would write by hand and
 * technicalindicators, for six of them.
 */
import { ATR, BollingerBands, EMA, MACD, RSI, SMA } from "technicalindicators";
import { close, type Expression } from "../engine/series/expression.ts";
import { atr } from "../engine/series/operators/volatility/atr.ts";
import { bollinger } from "../engine/series/operators/volatility/bollinger.ts";
import { ema } from "../engine/series/operators/averages/ema.ts";
import { macd } from "../engine/series/operators/oscillators/macd.ts";
import { rsi } from "../engine/series/operators/oscillators/rsi.ts";
import { sma } from "../engine/series/operators/averages/sma.ts";
import { CHUNK_ROWS, Plan } from "../engine/series/plan.ts";
import { synthYear } from "../tests/support/synth.ts";
import {
  plainAtr,
  plainBollinger,
  plainEma,
  plainMacd,
  plainRsi,
  plainSma,
} from "./plain_loops.ts";

const year = synthYear(), { length } = year;
const [a, b, c] = [1, 2, 3].map(() => new Float64Array(length));
const values = [...year.close], highs = [...year.high], lows = [...year.low];

function inPlan(expressions: Record<string, Expression>): () => void {
  return () => {
    const plan = new Plan(expressions, year);
    for (let from = 0; from < length; from += CHUNK_ROWS) {
      plan.advance(year, from, Math.min(from + CHUNK_ROWS, length));
    }
  };
}

/** What each group is: ours, by hand, and technicalindicators'. */
const GROUPS: Record<string, [ours: () => void, plain: () => void, theirs: () => void]> = {
  "sma 50": [
    inPlan({ x: sma(close, 50) }),
    () => plainSma(year.close, a, 50),
    () => void SMA.calculate({ period: 50, values }),
  ],
  "ema 12": [
    inPlan({ x: ema(close, 12) }),
    () => plainEma(year.close, a, 12),
    () => void EMA.calculate({ period: 12, values }),
  ],
  "rsi 14": [
    inPlan({ x: rsi(close, 14) }),
    () => plainRsi(year.close, a, 14),
    () => void RSI.calculate({ period: 14, values }),
  ],
  "macd 12 26 9": [
    inPlan({ ...macd(close) }),
    () => plainMacd(year.close, [a, b, c], 12, 26, 9),
    () =>
      void MACD.calculate({
        values,
        fastPeriod: 12,
        slowPeriod: 26,
        signalPeriod: 9,
        SimpleMAOscillator: false,
        SimpleMASignal: false,
      }),
  ],
  "bollinger 20": [
    inPlan({ ...bollinger(close) }),
    () => plainBollinger(year.close, [a, b, c], 20, 2),
    () => void BollingerBands.calculate({ period: 20, stdDev: 2, values }),
  ],
  "atr 14": [
    inPlan({ x: atr(14) }),
    () => plainAtr(year.high, year.low, year.close, a, 14),
    () => void ATR.calculate({ period: 14, high: highs, low: lows, close: values }),
  ],
};

for (const [group, [ours, plain, theirs]] of Object.entries(GROUPS)) {
  Deno.bench(`${group}: by hand`, { group, baseline: true }, plain);
  Deno.bench(`${group}: in a plan`, { group }, ours);
  Deno.bench(`${group}: technicalindicators`, { group, n: 3, warmup: 1 }, theirs);
}
