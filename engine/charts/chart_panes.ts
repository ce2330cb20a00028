import { heldUnit } from "../metrics/benchmark.ts";
import type { Result } from "../research/result.ts";
import { isRestless } from "./band_series.ts";
import { type PaneName, PANES } from "./chart_options.ts";
import { conditionsPane } from "./conditions_pane.ts";
import { drawdownPane } from "./drawdown_pane.ts";
import { equityPane } from "./equity_pane.ts";
import { besideCandles } from "./line_drawing.ts";
import type { Pane } from "./pane.ts";
import type { PlacedSeries } from "./place_series.ts";
import { pricePane } from "./price_pane.ts";
import { seriesPanes } from "./series_panes.ts";
import type { Shown } from "./shown.ts";
import { MOST_MARKED, tradesIn } from "./trade_marks.ts";
import { tradesPane } from "./trades_pane.ts";
import { volumePane } from "./volume_pane.ts";

/** The panes that are wanted and have something to show, from the top. */
export function chartPanes(
  shown: Shown,
  result: Result | undefined,
  placed: PlacedSeries,
  wanted: readonly PaneName[] = PANES,
): Pane[] {
  const { bands, lanes } = wanted.includes("series") ? conditions(placed, shown) : placed;
  const draw: Record<PaneName, () => Pane[]> = {
    price: () => [pricePane(shown, { ...placed, bands }, result)],
    trades: () =>
      result && tooMany(result, shown) ? [tradesPane(result.trades.rows, result.open, shown)] : [],
    series: () => [
      ...(lanes.length > 0 ? [conditionsPane(lanes, shown)] : []),
      ...seriesPanes(placed.own, shown),
    ],
    volume: () => [volumePane(shown)],
    equity: () => result ? [equityOf(result, shown)] : [],
    drawdown: () => result ? [drawdownPane(result, besideCandles(shown))] : [],
  };
  return PANES.filter((name) => wanted.includes(name)).flatMap((name) => draw[name]());
}

/** Equity beside holding from the open of the first candle that is shown. */
function equityOf(result: Result, shown: Shown): Pane {
  const { quote, log, first, last } = shown, equity = result.equity.column("equity");
  const isWhole = first === 0 && last === equity.length;
  const held = {
    name: isWhole ? "buy and hold" : "buy and hold from here on",
    before: first === 0 ? result.account.balance : equity[first - 1],
    benchmark: heldUnit(result.candles, first),
  };
  const drawing = { quote, log, name: "strategy", held: shown.held ? held : undefined };
  return equityPane(result, besideCandles(shown), drawing);
}

/** Conditions that change too often to be shaded behind the candles go to lanes. */
function conditions({ bands, lanes }: PlacedSeries, shown: Shown) {
  const restless = bands.filter(({ values }) => isRestless(values, shown));
  return {
    bands: bands.filter((band) => !restless.includes(band)),
    lanes: [...lanes, ...restless],
  };
}

function tooMany({ trades }: Result, shown: Shown): boolean {
  return tradesIn(trades.rows, shown).length > MOST_MARKED;
}
