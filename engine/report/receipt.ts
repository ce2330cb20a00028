import project from "../../deno.json" with { type: "json" };
import { madeCaption, timeText, written } from "../charts/captions.ts";
import type { AnyResult } from "../charts/run_caption.ts";
import { openTime } from "../market/timeframe.ts";
import { fingerprint } from "../research/fingerprint.ts";
import { configOf } from "../research/promote.ts";
import type { Result } from "../research/result.ts";
import { strategyHash } from "../strategy/strategy_json.ts";
import type { Market } from "./report_options.ts";
import { runsOf } from "./runs_of.ts";
import type { PairGroup, Section } from "./section.ts";

/** What the report was made of, so that anybody can make it again and hold it against this one. */
export function receipt(result: AnyResult, market: Market): Section {
  const groups = runsOf(result).map(({ name, result }): PairGroup => {
    return { title: name, pairs: runPairs(result, market) };
  });
  const made: PairGroup["pairs"] = [["Lockstep", project.version], ["Deno", Deno.version.deno]];
  const [{ title, pairs }] = groups;
  return {
    title: "Receipt",
    about: "Whoever has the same candles and config gets the same numbers, to the last bit.",
    parts: [{
      kind: "pairs",
      groups: groups.length === 1
        ? [{ title, pairs: [...pairs, ...made] }]
        : [...groups, { title: "Made by", pairs: made }],
    }],
  };
}

function runPairs(result: Result, market: Market): PairGroup["pairs"] {
  const { seen, candles } = result, { exchange, symbol } = market;
  const from = (of: typeof seen) => timeText(openTime(of.time[0], of.timeframe));
  const named = [exchange, result.partOf ? "" : symbol].filter((part) => part !== "").join(" ");
  return [
    ...(result.partOf && named === "" ? [] : [["Market", named || "not named"] as const]),
    ["Candles", `${written(seen.length)} of ${seen.timeframe}${madeCaption(result)}`],
    ["Indicators began", `${from(seen)} UTC`],
    ["The account began", `${from(candles)} UTC`],
    ["The last close", `${timeText(candles.time[candles.length - 1])} UTC`],
    ["SHA-256 of the candles", fingerprint(seen)],
    ...hashes(result, market),
  ];
}

/** The hash of the bot's config needs its market; that of the strategy is without parameters. */
function hashes(result: Result, { exchange, symbol }: Market): PairGroup["pairs"] {
  const { strategy } = result;
  if (strategy === undefined) return [["Config", "none: the signals were computed by hand"]];
  const own = ["SHA-256 of the strategy, operator versions included", strategyHash(strategy)];
  // A bot has no config for one instrument of several.
  if (exchange === "" || symbol === "" || result.partOf) return [own as [string, string]];
  const { receipt } = configOf(result, { name: "report", market: { exchange, symbol } });
  return [own as [string, string], ["SHA-256 of the config", receipt!.contentHash]];
}
