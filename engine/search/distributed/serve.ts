import { InputError } from "../../market/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { SharedWork, WorkQueue } from "../../ports/queue.ts";
import { columnsOf } from "../../research/sweep/work.ts";
import type { Candles } from "../../market/candles.ts";
import { counted } from "../../market/counted.ts";
import { type DescribedSearch, readSearch, type WantedData } from "./described_search.ts";
import { checkEngine, type EngineVersion } from "./engine_version.ts";
import { Persistent } from "./persistent.ts";
import { takesPart } from "./takes_part.ts";
import { type Turns, turns } from "./turns.ts";
import { type AtWork, workOn } from "./work_on.ts";

/** How often it is looked for searches, in milliseconds. */
const LOOK = 500;

/** Looks after which a search that nobody says anything of is left: half a minute. */
const SILENT = 60;

/** How a process takes part in searches. */
export interface Server {
  queue: WorkQueue;
  /** What others call it. */
  name: string;
  /** Batches that it does at a time, of all searches together. */
  processors: number;
  engine: EngineVersion;
  /** Finds the data of a search. Throws an `InputError` that says what is lacking. */
  find: (data: WantedData) => Promise<Candles>;
  clock: Clock;
  note: (line: string) => void;
}

/** How it joins searches: they take turns at its processors. */
interface Joining extends Server {
  inTurn: Turns;
}

/** A search that this process knows. */
interface Known {
  beat: number;
  silent: number;
  title: string;
  /** Whether it was left because nobody was heard of. */
  isLeft: boolean;
  /** Unless it cannot take part. */
  atWork?: AtWork;
}

/** Takes part in all searches that are announced and whose data it has, until it is to end. */
export async function serve(options: Server, signal: AbortSignal): Promise<void> {
  const server = { ...options, inTurn: turns(options.processors) };
  const known = new Map<string, Known>(), { queue, clock, note } = server;
  const persist = new Persistent(note, clock, signal);
  try {
    while (!signal.aborted) {
      const announced = await persist.in(() => queue.announced());
      for (const work of announced) {
        const before = known.get(work.id);
        if (before) await listen(before, work, server);
        else known.set(work.id, await persist.in(() => join(server, work)));
      }
      for (const [id, search] of known) {
        if (announced.some((work) => work.id === id)) continue;
        known.delete(id);
        if (!search.atWork) continue;
        await search.atWork.drop();
        tell(search, note, "is through");
      }
      await clock.sleep(LOOK, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    for (const search of known.values()) {
      await search.atWork?.leave();
      if (search.atWork) tell(search, note, "is left");
    }
  }
}

function tell({ title, atWork }: Known, note: (line: string) => void, why: string): void {
  note(`${title} ${why}: ${counted(atWork!.done)} batches were done here`);
}

/** Leaves a search that nobody collects the results of any more, and joins it again when somebody does. */
async function listen(search: Known, work: SharedWork, server: Joining): Promise<void> {
  search.silent = search.beat === work.beat ? search.silent + 1 : 0;
  const isBack = search.silent === 0 && search.isLeft;
  search.beat = work.beat;
  if (search.silent >= SILENT && search.atWork) {
    await search.atWork.leave();
    tell(search, server.note, "is not heard of any more");
    Object.assign(search, { isLeft: true, atWork: undefined });
  } else if (isBack) Object.assign(search, await join(server, work), { isLeft: false });
}

/** Joins a search; says why, here and there, if it cannot. */
async function join(server: Joining, { id, text, beat }: SharedWork): Promise<Known> {
  const { queue, name, processors, inTurn, note } = server;
  // What is not heard there is lost; what matters is the work.
  const say = (line: string) => queue.say(id, line).catch(() => {});
  const known = { beat, silent: 0, isLeft: false, title: `Search ${id.slice(0, 8)}` };
  try {
    const search = readSearch(text);
    checkEngine(search.engine, server.engine);
    known.title = titleOf(search);
    const { names, data } = search, candles = columnsOf(await server.find(data));
    const work = { ...search.work, candles };
    const atWork = await workOn(queue, id, work, names, processors, inTurn);
    note(`${known.title}: takes part`);
    await say(takesPart(name, processors));
    return { ...known, atWork };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    note(`Cannot take part in ${known.title}: ${error.message}`);
    await say(`${name} cannot take part: ${error.message}`);
    return known;
  }
}

function titleOf({ work, data: { candles } }: DescribedSearch): string {
  return `${work.strategy.name} over ${counted(candles.count)} ${candles.timeframe} candles`;
}
