import { iso } from "../../market/time.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { CandleRange, Store } from "../../ports/store.ts";
import { baseMarket } from "../../market/base_market.ts";
import { type Difference, LEDGER_TABLES, type LedgerTable, type Tally } from "./difference.ts";

/** What was done to rows that differ. */
const DONE: Readonly<Record<Difference["kind"], string>> = {
  changed: "edited",
  missing: "removed",
  added: "added",
};

/** Why a bot's rows differ from what comes out again, as far as that can be told, in words. */
export async function causeOf(
  store: Store,
  bot: BotRecord,
  first: Difference,
  tallies: Readonly<Record<LedgerTable, Tally>>,
): Promise<string> {
  const differing = LEDGER_TABLES.filter((table) => total(tallies[table]) > 0);
  const candle = await candleCause(store, bot, first);
  if (candle) return candle;
  if (!differing.includes("bots")) {
    return `its run ends as it is stored, so that rows were tampered with: ${
      differing.map((table) => listed(table, tallies[table])).join("; ")
    }`;
  }
  if (differing.length === 1) {
    return "every other row is as it comes out, so that the bot's own was tampered with";
  }
  return `from ${
    iso(first.time)
  } on it comes out otherwise: the candles up to then are not those that ` +
    "it decided on, or the engine is not";
}

function total({ changed, missing, added }: Tally): number {
  return changed + missing + added;
}

function listed(table: LedgerTable, tally: Tally): string {
  const kinds = (["changed", "missing", "added"] as const).filter((kind) => tally[kind] > 0);
  return `${table}: ${kinds.map((kind) => `${tally[kind]} ${DONE[kind]}`).join(", ")}`;
}

/** Whether the candle of the first difference is another than the one that was decided on. */
async function candleCause(
  store: Store,
  bot: BotRecord,
  first: Difference,
): Promise<string | undefined> {
  const { cursor, config, run: { front } } = bot, { time } = first, at = iso(time);
  const of = async (revision: CandleRange["revision"]) => {
    const range = { after: time - 1, to: time, front, revision };
    return (await store.marketData.candles(baseMarket(config.market), range)).rows().at(0);
  };
  const decided = await of("decided");
  if (decided === undefined) {
    // Of what is stored behind its last candle there never was one.
    const hadOne = first.kind === "added" && time <= (cursor ?? -Infinity);
    return hadOne ? `the candle of ${at}, which it decided on, is gone` : undefined;
  }
  const close = await closeOf(store, bot, first);
  if (close === undefined || near(close, decided.close)) return undefined;
  const latest = await of("latest");
  const isRevised = latest && near(latest.close, close) && latest.close !== decided.close;
  return `what is stored goes by a close of ${close}, but the candle of ${at} closes at ` +
    `${decided.close}: ` +
    (isRevised
      ? "it was decided on what the candle was revised to later"
      : "the candle was changed after it was decided on, or the row was");
}

/** The close that stored rows go by, if they tell. */
async function closeOf(
  store: Store,
  { id, config }: BotRecord,
  { table, column, time, stored }: Difference,
): Promise<number | undefined> {
  if (table === "signals" && column === "price") return Number(stored);
  const [row] = await store.performance.ofBot(id, { after: time - 1, to: time });
  // With leverage a part of the cash is put apart, which the row does not tell.
  if (row === undefined || row.position === 0 || (config.account.leverage ?? 1) !== 1) return;
  return Number(((row.equity - row.cash) / row.position).toPrecision(12));
}

function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.abs(other);
}
