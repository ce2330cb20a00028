import { calmar } from "../calmar.ts";
import { downsideDeviation } from "../downside_deviation.ts";
import { gainToPain } from "../gain_to_pain.ts";
import { martinRatio } from "../martin_ratio.ts";
import { type Measured, metricsOf } from "../metric.ts";
import { minimumTrackRecord } from "../minimum_track_record.ts";
import { omega } from "../omega.ts";
import { probabilisticSharpe } from "../probabilistic_sharpe.ts";
import { recoveryFactor } from "../recovery_factor.ts";
import { sharpe } from "../sharpe.ts";
import { sharpeBounds } from "../sharpe_bounds.ts";
import { sortino } from "../sortino.ts";
import { stability } from "../stability.ts";
import { totalReturn } from "../total_return.ts";
import { ulcerIndex } from "../ulcer_index.ts";
import { volatility } from "../volatility.ts";

const metric = metricsOf("Risk");
const beside = { beside: true }, more = { more: true }, moreBeside = { beside: true, more: true };
const ulcer = (m: Measured) => ulcerIndex(m.performance.initialBalance, m.ends);

/** What was earned for what was risked. */
export const RISK = {
  sharpe: metric("Sharpe", "ratio", (m) => sharpe(m.returns, m.settings)),
  probabilisticSharpe: metric(
    "Probabilistic Sharpe",
    "fraction",
    (m) => probabilisticSharpe(m.returns, m.settings),
    beside,
  ),
  sortino: metric("Sortino", "ratio", (m) => sortino(m.returns, m.settings)),
  calmar: metric("Calmar", "ratio", (m) => calmar(m.growth, m.drawdown.depth), beside),
  /** A fraction, 0 or negative. */
  maxDrawdown: metric("Max drawdown", "fraction", (m) => m.drawdown.depth),
  /** From its peak until equity was back there, or to the last row. */
  maxDrawdownDays: metric("Drawdown days", "days", (m) => m.drawdown.days, beside),
  volatility: metric("Volatility a year", "fraction", (m) => volatility(m.returns, m.settings)),
  exposure: metric("Exposure", "fraction", (m) => m.exposure, beside),
  /** The true Sharpe ratio lies between these two with the settings' confidence. */
  sharpeLow: metric(
    "Sharpe, at least",
    "ratio",
    (m) => sharpeBounds(m.returns, m.settings).low,
    more,
  ),
  sharpeHigh: metric(
    "Sharpe, at most",
    "ratio",
    (m) => sharpeBounds(m.returns, m.settings).high,
    moreBeside,
  ),
  /** In periods. */
  minimumTrackRecord: metric(
    "Minimum track record",
    "count",
    (m) => minimumTrackRecord(m.returns, m.settings),
    more,
  ),
  /** In periods: what there is to hold against the minimum. */
  trackRecord: metric("Track record", "count", (m) => m.returns.length, moreBeside),
  omega: metric("Omega", "ratio", (m) => omega(m.returns, m.settings), more),
  gainToPain: metric("Gain to pain", "ratio", (m) => gainToPain(m.returns), moreBeside),
  downsideDeviation: metric(
    "Downside a year",
    "fraction",
    (m) => downsideDeviation(m.returns, m.settings),
    more,
  ),
  stability: metric("Stability", "ratio", (m) => stability(m.returns), moreBeside),
  ulcerIndex: metric("Ulcer index", "fraction", ulcer, more),
  martinRatio: metric(
    "Martin ratio",
    "ratio",
    (m) => martinRatio(m.growth, ulcer(m), m.settings),
    moreBeside,
  ),
  recoveryFactor: metric(
    "Recovery factor",
    "ratio",
    (m) => recoveryFactor(totalReturn(m.performance), m.drawdown.depth),
    more,
  ),
};
