import { checkOptions } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { InputError } from "../market/errors.ts";
import type { NotedCandles } from "../market/noted_candles.ts";
import { type Time, utcTime } from "../market/time.ts";
import { parseTimeframe } from "../market/timeframe.ts";
import { archiveFolder } from "./archive/folder.ts";
import { withStoreThere } from "./database_there.ts";
import type { Prefer } from "./join_candles.ts";
import { storedCandles } from "./stored_candles.ts";

/** Which stored candles a notebook wants. */
export interface StoredCandlesOptions {
  exchange: string;
  symbol: string;
  timeframe: string;
  /** Only candles that lie wholly within [from, to]. */
  from?: Time;
  to?: Time;
  /** Which is right where archive and database differ; without it that is an error. */
  prefer?: Prefer;
  /** Whether to look into the database, too; by default if there is one. */
  database?: boolean;
  /** The folder of the archive; see `archiveFolder`. */
  archive?: string;
}

const OPTIONS = "exchange symbol timeframe from to prefer database archive".split(" ");

const PREFERRED: readonly Prefer[] = ["archive", "database"];

/** The stored candles of the archive and, where it ends, of the database: see `storedCandles`. */
export async function notebookCandles(options: StoredCandlesOptions): Promise<NotedCandles> {
  checkOptions(options, OPTIONS, "candles");
  const { exchange, symbol, prefer, archive: root = archiveFolder() } = options;
  if (prefer !== undefined && !PREFERRED.includes(prefer)) {
    throw new InputError(
      `prefer is ${describeValue(prefer)}, but must be ${PREFERRED.join(" or ")}`,
    );
  }
  for (const [name, value] of Object.entries({ exchange, symbol })) {
    if (typeof value !== "string" || value === "") {
      throw new InputError(
        `candles: ${name} must be given, such as { exchange: "okx", symbol: "BTC/USDT" }`,
      );
    }
  }
  const from = utcTime(options.from ?? -Infinity, "from"),
    to = utcTime(options.to ?? Infinity, "to");
  const key = { exchange, symbol, timeframe: parseTimeframe(String(options.timeframe)) };
  const request = { key, from, to, ...(prefer && { prefer }) };
  try {
    if (options.database === false) return await storedCandles({ root, store: undefined }, request);
    return await withStoreThere((store) => storedCandles({ root, store }, request));
  } catch (error) {
    throw error instanceof Deno.errors.NotCapable ? forbidden(error) : error;
  }
}

/** A notebook may do everything; a script what it was started with. */
function forbidden({ message }: Error): InputError {
  return new InputError(
    `candles is not permitted what it needs: ${
      message.split(/[,.] /)[0]
    }. Run the script with -A; ` +
      "for the archive alone, with database: false, --allow-read is enough",
  );
}
