import { marketName } from "../market/market_name.ts";
import type { BotGlance, SeriesGlance } from "../ports/watch.ts";
import type { Happening } from "./happening.ts";

/** What is seen of a bot. */
export type SeenBot = Pick<BotGlance, "id" | "status" | "reason" | "restarts" | "trades">;

/** What is seen of a series that is older than it should be. */
export type StaleSeries = Pick<SeriesGlance, "exchange" | "symbol" | "timeframe" | "newest">;

/** All that is seen at once; or why nothing is. */
export type Look = { bots: readonly SeenBot[]; stale: readonly StaleSeries[] } | { away: string };

/** So many looks in a row have to fail, or to find a series stale, until that is told. */
export const LOOKS_AWAY = 2, LOOKS_STALE = 12;

/** Statuses that wait for a person; they are told at the first look too. */
const GRAVE = ["quarantined", "diverged"] as const;

/** Returns what is given one look after the other and tells what has happened since the one before. */
export function observer(): (look: Look) => Happening[] {
  let before: Map<string, SeenBot> | undefined, failed = 0;
  let stale = new Map<string, number>();
  return (look) => {
    if ("away" in look) {
      // It is only told once.
      return ++failed === LOOKS_AWAY
        ? [{ kind: "databaseAway", text: `The database is away: ${look.away}` }]
        : [];
    }
    const told: Happening[] = failed >= LOOKS_AWAY
      ? [{ kind: "databaseBack", text: "The database is back" }]
      : [];
    failed = 0;
    told.push(...look.bots.flatMap((bot) => ofBot(before, bot)));
    before = new Map(look.bots.map((bot) => [bot.id, bot]));
    const now = new Map(look.stale.map((one) => [marketName(one), one]));
    told.push(...ofData(stale, now));
    stale = new Map([...now.keys()].map((name) => [name, (stale.get(name) ?? 0) + 1]));
    return told;
  };
}

/** What a bot was before the look that found it first; it may be at its end by then. */
const UNSEEN = { status: undefined, restarts: 0, trades: 0 };

function ofBot(all: ReadonlyMap<string, SeenBot> | undefined, bot: SeenBot): Happening[] {
  const { id, status, reason, restarts, trades } = bot;
  const before = all && (all.get(id) ?? UNSEEN);
  const tell = (kind: Happening["kind"], text: string) => ({
    kind,
    bot: id,
    text: `${id}: ${text}`,
  });
  const told: Happening[] = [], why = reason ? `: ${reason}` : "";
  const grave = GRAVE.find((one) => one === status);
  if (grave && before?.status !== grave) told.push(tell(grave, `${status}${why}`));
  if (!before) return told;
  // A crash is over before somebody looks; what stays is that it was started again.
  if (status === "crashed" && before.status !== status) told.push(tell("crashed", `crashed${why}`));
  else if (restarts > before.restarts && before.status !== "crashed" && !grave) {
    told.push(tell("crashed", `crashed and was started again`));
  } else if (status !== before.status && !grave) told.push(tell("status", `${status}${why}`));
  const closed = trades - before.trades;
  if (closed > 0) {
    const what = closed === 1 ? "a trade was closed" : `${closed} trades were closed`;
    told.push(tell("tradeClosed", `${what}, ${trades} so far`));
  }
  return told;
}

function ofData(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, StaleSeries>,
): Happening[] {
  const told: Happening[] = [];
  for (const [name, { newest }] of now) {
    if (before.get(name) !== LOOKS_STALE - 1) continue;
    const text = `${name} is stale: its newest candle closed at ${new Date(newest).toISOString()}`;
    told.push({ kind: "dataStale", text });
  }
  for (const [name, looks] of before) {
    if (looks < LOOKS_STALE || now.has(name)) continue;
    told.push({ kind: "dataFresh", text: `${name} is as new as it should be` });
  }
  return told;
}
