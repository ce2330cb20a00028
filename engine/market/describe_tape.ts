import { createHash } from "node:crypto";
import { decimalsOf } from "./exact.ts";
import { type IdHole, idHoles, type IdSteps } from "./id_holes.ts";
import { isFarAhead } from "./is_far_ahead.ts";
import { everyTapeRow, isWanted, type TapeOptions, type TapeRow } from "./tape.ts";
import type { Instrument } from "./trade.ts";

/** What a tape holds of one instrument. */
export interface TapeContent {
  instrument: Instrument;
  /** Number of trades. */
  trades: number;
  /** Earliest and latest timestamp. */
  from: number;
  to: number;
  /** The fewest decimals that write every price; `undefined` if the prices are no decimal numbers. */
  priceDecimals: number | undefined;
  /** What was not recorded, by the trades' ids, where they count up one by one. */
  holes: readonly IdHole[];
  /** Set where ids leave out so many that what was not recorded cannot be told by them. */
  unclearIds: IdSteps | undefined;
  /** How far rows go back in time at most, if they do. */
  backwards: Backwards | undefined;
}

/** A row of a tape that arrived before the one above it. */
export interface Backwards {
  /** Its line in the file; the header is line 1. */
  line: number;
  /** By so many milliseconds. */
  by: number;
}

/** What a tape holds. */
export interface TapeDescription {
  /** The instruments that are wanted, in the order in which they first trade. */
  contents: readonly TapeContent[];
  /** The instruments that are not. */
  others: readonly TapeContent[];
  /** How far rows go back in time at most, of whatever instrument they are. */
  backwards: Backwards | undefined;
  /** SHA-256 of the whole file, decompressed, in hexadecimal. */
  fingerprint: string;
}

const descriptions = new Map<string, Promise<TapeDescription>>();

/**
 * What is in a tape, in one pass over the file; told again without reading while the file's time and
 * size stay the same. Errors are those of `readTape`.
 */
export async function describeTape(
  path: string,
  options: TapeOptions = {},
): Promise<TapeDescription> {
  const file = await Deno.stat(path).catch(() => undefined);
  const { market, symbol } = options;
  const key = JSON.stringify([path, file?.mtime, file?.size, market, symbol]);
  const described = descriptions.get(key) ?? describe(path, options);
  descriptions.set(key, described);
  described.catch(() => descriptions.delete(key));
  return described;
}

async function describe(path: string, options: TapeOptions): Promise<TapeDescription> {
  const found = new Map<Instrument, Describing>(), hash = createHash("sha256");
  const order = arrivals();
  let line = 1;
  for await (const rows of everyTapeRow(path, options, (bytes) => hash.update(bytes))) {
    for (const row of rows) {
      line++;
      order.take(row, line);
      found.getOrInsertComputed(row.instrument, describing).take(row, line);
    }
  }
  const all = [...found.values()].map(({ content }) => content());
  const wanted = (content: TapeContent) => isWanted(content.instrument, options);
  return {
    contents: all.filter(wanted),
    others: all.filter((content) => !wanted(content)),
    backwards: order.backwards(),
    fingerprint: hash.digest("hex"),
  };
}

/** The description of an instrument in the making. */
interface Describing {
  take(row: TapeRow, line: number): void;
  content(): TapeContent;
}

function describing(instrument: Instrument): Describing {
  const ids = idHoles(), order = arrivals();
  let trades = 0, from = Infinity, to = -Infinity, priceDecimals: number | undefined = 0;
  return {
    take(row, line) {
      const { timestamp, price } = row.trade;
      trades++;
      // Its time is nobody's: a collector leaves it out.
      if (isFarAhead(timestamp, row.received)) return;
      from = Math.min(from, timestamp);
      to = Math.max(to, timestamp);
      if (priceDecimals !== undefined) priceDecimals = decimalsOf([price], priceDecimals);
      ids.add(row.trade);
      order.take(row, line);
    },
    content: () => ({
      ...{ instrument, trades, from, to, priceDecimals },
      ...{ holes: ids.found(), unclearIds: ids.unclear(), backwards: order.backwards() },
    }),
  };
}

/** Watches whether rows arrived in their order. */
function arrivals() {
  let latest = -Infinity, worst: Backwards | undefined;
  return {
    take({ received }: TapeRow, line: number): void {
      if (received >= latest) latest = received;
      else if (latest - received > (worst?.by ?? 0)) worst = { line, by: latest - received };
    },
    backwards: () => worst,
  };
}
