import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import { nominalLength } from "../market/timeframe.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { quantile } from "../metrics/quantile.ts";
import type { Chance } from "../research/monte_carlo/drawing.ts";
import { MonteCarlo } from "../research/monte_carlo/monte_carlo_result.ts";
import { spanCaption, written } from "./captions.ts";
import { fanPane } from "./fan_pane.ts";
import type { Heading } from "./heading.ts";
import { signed } from "./key_numbers.ts";
import { percentText, withDecimals } from "./number_text.ts";
import type { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { titled } from "./shown.ts";
import { timePicture } from "./time_picture.ts";
import { percents, plainNumbers } from "./value_axis.ts";

/** What was drawn, in words. */
const DRAWN: Readonly<Record<Chance, string>> = {
  trades: "trades drawn by chance",
  returns: "returns drawn in stretches",
  candles: "candles with noise",
  parameters: "parameters nearby",
};

/**
 * What a backtest could have come to: bands in which half and nine tenths of the draws of a Monte Carlo lie, of equity and
 * of drawdowns, with the middle one and what came of it in truth. Throws an `InputError` for options that
 * cannot be.
 *
 * ```ts
 * import { Candles } from "../market/candles.ts";
 * import { backtest } from "../research/backtest.ts";
 * import { monteCarlo } from "../search/monte_carlo.ts";
 * import { strategy } from "../strategy/strategy.ts";
 *
 * const riser = strategy("riser", {}, {
 *   build: (_, { close, open }) => ({ enterLong: close.above(open), exitLong: close.below(open) }),
 * });
 * const row = { open: 100, high: 110, low: 90, volume: 1, trades: 1, kind: "traded" as const };
 * const candles = Candles.fromRows("1d", Array.from({ length: 99 }, (_, n) => {
 *   return { ...row, close: 100 + n % 7 - n % 5, time: (n + 1) * 86_400_000 };
 * }));
 * const drawn = await monteCarlo(backtest(riser, candles), { of: "returns", draws: 50 });
 * const picture = monteCarloFan(drawn, { title: "riser" });
 * String(picture); // its title, how many draws, where they end; .png(), .svg() and .html() draw it
 * ```
 */
export function monteCarloFan(drawn: MonteCarlo, options: PictureOptions = {}): Picture {
  if (!(drawn instanceof MonteCarlo)) {
    throw new InputError(
      `Cannot draw ${describeValue(drawn)}: write monteCarloFan(drawn) with what ` +
        "await monteCarlo(result, { of }) gave",
    );
  }
  checkOptions(options, PICTURE_OPTIONS, "monteCarloFan");
  const settled = settle(options, { width: 1000, height: 520 }), { axis, balance, found } = drawn;
  // Where all draws begin: one step before the first of which something is known.
  const start = drawn.unit === "trades" ? 0 : axis.length > 1 ? 2 * axis[0] - axis[1] : axis[0];
  const along = Float64Array.of(start, ...axis), to = along[along.length - 1];
  const from = (value: number) => (values: Float64Array) => Float64Array.of(value, ...values);
  const equity = drawn.equityFan().map(({ values }) => from(balance)(values));
  const falls = drawn.drawdownFan().map(({ values }) => from(0)(values).map((it) => 100 * it));
  const own = from(balance)(found.equity), { look, quote } = settled;
  return timePicture({
    heading: headingOf(drawn, options, { from: start, to }),
    settled,
    from: start,
    to,
    times: [along],
    ...(drawn.unit === "trades" && { counted: "trades" }),
    panes: (thinning) => [
      {
        ...fanPane(
          {
            title: titled(
              drawn.unit === "trades" ? "Equity behind each closed trade" : "Equity",
              quote,
            ),
            along,
            lines: equity,
            found: own,
          },
          thinning,
          look,
          withDecimals(2),
        ),
        weight: 7,
        format: plainNumbers,
      },
      {
        ...fanPane(
          { title: "Drawdown, %", along, lines: falls, found: fallsOf(own) },
          thinning,
          look,
          percentText,
        ),
        weight: 3.4,
        legend: [],
        format: percents,
        fromZero: true,
      },
    ],
  });
}

function fallsOf(equity: Float64Array): Float64Array {
  let peak = equity[0];
  return equity.map((worth) => 100 * (worth / (peak = Math.max(peak, worth)) - 1));
}

function headingOf(
  drawn: MonteCarlo,
  { title }: PictureOptions,
  span: { from: number; to: number },
): Heading {
  const { of, draws, unit, axis, totalReturns, maxDrawdowns, found, balance } = drawn;
  const ends = [0.05, 0.5, 0.95].map((at) => signed(quantile(totalReturns, at)));
  const fall = (value: number) => formatNumber(value, "fraction");
  return {
    title: title ?? `What could have come of it: ${DRAWN[of]}`,
    about: [
      unit === "trades" ? `${written(axis.length)} trades` : spanCaption(span),
      `${written(draws)} ${draws === 1 ? "draw" : "draws"}`,
    ],
    numbers: [
      `Return ${signed(found.equity[found.equity.length - 1] / balance - 1)}, ` +
      // Trades in another order all come to the same.
      (ends[0] === ends[2]
        ? "and that of all draws"
        : `of the draws ${ends[1]} (90% in ${ends[0]} to ${ends[2]})`),
      `chance of loss ${fall(drawn.chanceOfLoss)}`,
      `max drawdown ${measuredBy(drawn)} ${fall(found.maxDrawdown)}, of the draws ${
        fall(quantile(maxDrawdowns, 0.5))
      } ` +
      `(5% below ${fall(quantile(maxDrawdowns, 0.05))})`,
    ],
  };
}

const DAY = nominalLength("1d");

/** Where equity is looked at for a drawdown: the less often, the less deep it is. */
function measuredBy({ of, axis }: MonteCarlo): string {
  if (of === "trades") return "by closed trades";
  if (of !== "returns") return "by candles";
  return axis.length > 1 && axis[1] - axis[0] === DAY ? "by days" : "by periods";
}
