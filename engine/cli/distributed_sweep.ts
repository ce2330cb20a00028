import { systemClock } from "../live/system_clock.ts";
import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { contentHash } from "../series/canonical.ts";
import { coordinate } from "../search/distributed/coordinate.ts";
import {
  fundingFingerprint,
  wanted,
  type WantedData,
  writeSearch,
} from "../search/distributed/described_search.ts";
import { engineVersion } from "../search/distributed/engine_version.ts";
import { usesOwnOperators } from "../strategy/check_portable.ts";
import type { FixedOptions } from "./backtest_run.ts";
import { instrumentSources } from "./instrument_candles.ts";
import { openQueue } from "./open_queue.ts";
import { note } from "./output.ts";
import { type JudgedSearch, runSearch, type Search } from "./run_search.ts";
import type { StrategyFile } from "./strategy_file.ts";

/** What the flags say that matters here. */
type Options = FixedOptions & { candles: string; out?: string };

/** Runs a search whose batches are done by every process that takes part. */
export async function distributedSweep(
  search: Search,
  file: StrategyFile,
  options: Options,
): Promise<JudgedSearch> {
  const { strategy, hash, asked } = search, { out } = options;
  if (usesOwnOperators(strategy)) {
    throw new InputError(
      `Cannot share ${strategy.name} out: it uses operators of your own code, which other processes do not have`,
    );
  }
  const engine = await engineVersion(), data = dataOf(search, file, options);
  const names = Object.keys(strategy.parameters), { queue, place, close } = await openQueue();
  note(`Shared out in ${place}: every deno task worker there takes part`);
  // One that goes on from its file finds what was under way; any other one is alone with its jobs.
  const own = out === undefined ? crypto.randomUUID() : `${Deno.hostname()}:${Deno.cwd()}:${out}`;
  const id = contentHash({ hash, own, engine: { ...engine } }).slice(0, 24);
  const describe = (work: Parameters<typeof writeSearch>[0]["work"]) =>
    writeSearch({ engine, work, names, data });
  const elsewhere = coordinate({ queue, id, describe, names, clock: systemClock, note });
  try {
    return await runSearch({ ...search, asked: { ...asked, elsewhere } }, out);
  } finally {
    await close();
  }
}

function dataOf({ candles, asked }: Search, file: StrategyFile, options: Options): WantedData {
  const { instruments = {}, funding } = asked, { candles: named, stamp } = options;
  const sources = instrumentSources(file.strategy, named, options, file.config);
  const others = Object.entries(instruments).map(([symbol, own]) =>
    [symbol, wanted(own as Candles, sources.get(symbol)!, stamp)] as const
  );
  return {
    candles: wanted(candles, named, stamp),
    decimals: candles.decimals,
    instruments: Object.fromEntries(others),
    ...(funding && {
      funding: { named: options.funding!, fingerprint: fundingFingerprint(funding) },
    }),
  };
}
