import { Command } from "commander";
import { systemClock } from "../live/system_clock.ts";
import { verifyAndRecord } from "../live/verify/verify_and_record.ts";
import type { Verification } from "../live/verify/verify_bot.ts";
import { InputError } from "../market/errors.ts";
import { toJson } from "../metrics/to_json.ts";
import type { Store } from "../ports/store.ts";
import { closing } from "./closing.ts";
import { openDatabase } from "./database.ts";
import { findBot } from "../live/bots/find_bot.ts";
import { print } from "./output.ts";
import { type Progress, progress } from "./progress.ts";
import { verificationText } from "./verification_text.ts";

interface Options {
  all?: boolean;
  json?: boolean;
}

/** `verify BOT` */
export function verifyCommand(): Command {
  return new Command()
    .description(
      "Backtest a bot over the candles that it decided on, and compare all that it did, to the bit",
    )
    .argument("[bot]", "its id or the beginning of it, or a config's name: its last run")
    .option("--all", "verify every bot in the database")
    .option("--json", "print a JSON list instead of text")
    .addHelpText("after", "\nExample:\n  deno task verify sma_cross_1m")
    .action(run);
}

async function run(wanted: string | undefined, { all, json }: Options): Promise<void> {
  if ((wanted === undefined) !== (all === true)) {
    throw new InputError("Say which bot to verify, or --all");
  }
  const database = await openDatabase();
  const found = await closing(database, () => verifyAll(database.store, wanted, json ?? false));
  const diverged = found.filter(({ outcome }) => outcome === "diverged").length;
  if (all && diverged > 0) {
    throw new InputError(`${diverged} of ${found.length} bots do not do the same again`);
  }
  const [{ bot, outcome } = { outcome: "same" }] = found;
  if (all || outcome === "same") return;
  throw new InputError(
    outcome === "diverged"
      ? `${bot} does not do the same again`
      : `${bot} cannot be run by this engine`,
  );
}

/** Verifies bots and stores what came of it. */
async function verifyAll(
  store: Store,
  wanted: string | undefined,
  json: boolean,
): Promise<Verification[]> {
  const bots = wanted === undefined ? await store.bots.list() : [await findBot(store, wanted)];
  const found: Verification[] = [], bar = progress();
  for (const { id } of bots) {
    const options = { pace: showing(bar, id) };
    const verification = await verifyAndRecord(store, id, () => systemClock.now(), options);
    found.push(verification);
    if (!json) print(verificationText(verification));
  }
  bar.end();
  if (json) print(toJson(found));
  else if (found.length === 0) print("No bots. A replay leaves its bots here with --keep.");
  return found;
}

/** Only what takes a while says how far it is. */
function showing(bar: Progress, id: string): (done: number) => void {
  const begun = systemClock.monotonic();
  return (done) => {
    if (systemClock.monotonic() - begun > PATIENCE) bar.show(done, id);
  };
}

const PATIENCE = 2_000;
