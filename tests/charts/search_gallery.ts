import { monteCarloFan } from "../../engine/charts/monte_carlo_fan.ts";
import { overfittingHalves } from "../../engine/charts/overfitting_halves.ts";
import { parallelCoordinates } from "../../engine/charts/parallel_coordinates.ts";
import { parameterMap } from "../../engine/charts/parameter_map.ts";
import type { Picture } from "../../engine/charts/picture.ts";
import { walkForwardStrip } from "../../engine/charts/walk_forward_strip.ts";
import { monteCarlo } from "../../engine/search/monte_carlo.ts";
import { sweep } from "../../engine/search/sweep.ts";
import { walkForward } from "../../engine/search/walk_forward.ts";
import rsiReversion from "../../strategies/rsi_reversion.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { SAMPLE, sampleCandles } from "./gallery.ts";

/** The pictures of searches in the gallery, by the name of their file: over two parameters, and three. */
export async function searchGallery(): Promise<Record<string, Picture>> {
  const candles = await sampleCandles("1h");
  const crosses = await sweep(smaCross, candles, { fast: "5..50:3", slow: "20..200:10" });
  const space = { window: "6..20:2", oversold: "20..40:5", stop: "0.01,0.02,0.04" };
  const turns = await sweep(rsiReversion, candles, space);
  const dark = { ...SAMPLE, theme: "dark" } as const;
  const drawn = await monteCarlo(turns.result(), { of: "returns", draws: 300 });
  const reordered = await monteCarlo(turns.result(), { of: "trades", draws: 300 });
  const spaces = { fast: "5..50:5", slow: "60..200:20" };
  const rolling = await walkForward(smaCross, candles, spaces, { train: 180, test: 60 });
  const anchored = await walkForward(smaCross, candles, spaces, {
    train: 180,
    test: 30,
    gap: 2,
    anchored: true,
  });
  return {
    walk_forward_strip: walkForwardStrip(rolling, SAMPLE),
    walk_forward_strip_dark: walkForwardStrip(anchored, dark),
    overfitting: overfittingHalves(crosses, SAMPLE),
    overfitting_dark: overfittingHalves(turns, dark),
    monte_carlo_fan: monteCarloFan(drawn, SAMPLE),
    monte_carlo_fan_trades_dark: monteCarloFan(reordered, dark),
    parameter_map: parameterMap(crosses, SAMPLE),
    parameter_map_dark: parameterMap(turns, { ...dark, of: "totalReturn" }),
    parallel_coordinates: parallelCoordinates(crosses, SAMPLE),
    parallel_coordinates_dark: parallelCoordinates(turns, dark),
  };
}
