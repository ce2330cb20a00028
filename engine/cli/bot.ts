import { Argument, Command } from "commander";
import { botControl } from "../live/wishes/bot_control.ts";
import { systemClock } from "../live/system_clock.ts";
import { InputError } from "../market/errors.ts";
import type { Answer, BotControl } from "../ports/bot_control.ts";
import { type Asker, type Wish, WISHES } from "../ports/bot_wishes.ts";
import type { Store } from "../ports/store.ts";
import { openBus } from "./bus.ts";
import { closing } from "./closing.ts";
import { openDatabase } from "./database.ts";
import { findBot } from "../live/bots/find_bot.ts";
import { note, print } from "./output.ts";

interface Options {
  all?: boolean;
  reason: string;
}

/** The exit code that says that nobody runs a bot of which something was asked. */
const WAITS = 3;

const MEANINGS = `
stop       ends its run; what it holds stays as it is marked, and is told as open
pause      opens nothing any more; exits, stops and targets go on
resume     decides again
liquidate  closes its position at the next open, and stays paused
start      begins a new run of a stopped bot; lets a quarantined one go on where it was

What an account carries out acts at the close of the candle in which it is asked. Whichever process runs
the bot does it; if none does, it is written down for the next one that does, and the answer says so. A
bot of a tape has one run: start lets it go on where it was, at once if its tape is being replayed, else
when that is replayed again with --keep.

Exit code: 0 if it is done or about to be, 1 if it is refused, ${WAITS} if nobody runs some of the bots now.

Example:
  deno task bot pause sma_cross_1m --reason "news at noon"
  deno task bot liquidate --all`;

/** `bot WISH BOT…|--all` */
export function botCommand(): Command {
  return new Command()
    .description("Start, stop, pause, resume or liquidate bots, wherever they run")
    .addArgument(new Argument("<what>", "what to ask of them").choices(WISHES))
    .argument(
      "[bot...]",
      "their ids or the beginnings of these, or names of configs: their last runs",
    )
    .option("--all", "ask every bot of which it can be asked now")
    .option("--reason <text>", "why, for whoever looks at the bot", "")
    .addHelpText("after", MEANINGS)
    .action(run);
}

async function run(wish: Wish, wanted: string[], { all = false, reason }: Options): Promise<void> {
  if ((wanted.length === 0) !== all) {
    throw new InputError(`Say which bots to ${wish}, or --all`);
  }
  const database = await openDatabase();
  const answers = await closing(database, async () => {
    const { store, url } = database, bus = await openBus(url, note);
    return await closing(bus, () => {
      const control = botControl({ store, bus, clock: systemClock });
      return askBots({ store, control, wish, asker: { by: asker(), reason } }, wanted);
    });
  });
  for (const { text, outcome } of answers) if (outcome !== "refused") print(text);
  if (answers.length === 0) print(`There is no bot of which this can be asked now: ${wish}`);
  const refused = answers.filter(({ outcome }) => outcome === "refused");
  if (refused.length > 0) throw new InputError(refused.map(({ text }) => text).join("\n"));
  if (answers.some(({ waits }) => waits)) Deno.exitCode = WAITS;
}

interface Asking {
  store: Store;
  control: BotControl;
  wish: Wish;
  asker: Asker;
}

/** Asks the bots that are wanted, or all. None is asked if one of them is not known. */
async function askBots(
  { store, control, wish, asker }: Asking,
  wanted: readonly string[],
): Promise<Answer[]> {
  if (wanted.length === 0) return await control.askAll(wish, asker);
  const ids: string[] = [], answers: Answer[] = [];
  for (const one of wanted) ids.push((await findBot(store, one)).id);
  for (const id of new Set(ids)) answers.push(await control.ask(id, wish, asker));
  return answers;
}

/** Who sits at the terminal, as far as the environment says. */
function asker(): string {
  return ["USER", "LOGNAME", "USERNAME"].map((name) => Deno.env.get(name)).find(Boolean) ??
    "the command line";
}
