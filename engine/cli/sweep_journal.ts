import { InputError } from "../market/errors.ts";
import { engineDiffers, type EngineVersion } from "../search/distributed/engine_version.ts";
import type { SavedBatches } from "../search/sweep_options.ts";

/** The first line of a journal: whose batches it holds, and what made them. */
export interface JournalHead {
  /** The search's hash. */
  sweep: string;
  engine: EngineVersion;
}

/** A further line. */
interface Line {
  batch: number;
  numbers: (number | null)[];
}

/** The batches of a sweep in a file beside its output, so that it can go on where it was ended. */
export class SweepJournal implements SavedBatches {
  /** How many batches are in the file. */
  private holds: number;

  private constructor(
    private readonly path: string,
    private readonly file: Deno.FsFile,
    readonly numbers: ReadonlyMap<number, Float64Array>,
  ) {
    this.holds = numbers.size;
  }

  /**
   * Opens the journal of a sweep, which is known by its hash, or begins one; no other process can until it is
   * closed. Throws an `InputError` if the file is another sweep's or another engine's, whose numbers
   * belong in no table with this one's, or a process is at it.
   */
  static async open(path: string, head: JournalHead): Promise<SweepJournal> {
    const file = await openAlone(path);
    try {
      const text = await textOf(file);
      const lines = text.split("\n"), numbers = new Map<number, Float64Array>();
      // Its first line may have been being written when it was ended.
      if (!lineOf(head).startsWith(text)) checkHead(path, parse<JournalHead>(lines[0]), head);
      // What was being written when it was ended is no line: the next one is written over it.
      const half = lines.pop()!;
      for (const line of lines.slice(1)) {
        const read = parse<Line>(line);
        if (read) numbers.set(read.batch, Float64Array.from(read.numbers, (value) => value ?? NaN));
      }
      const whole = new TextEncoder().encode(text.slice(0, text.length - half.length)).length;
      await file.truncate(whole);
      await file.seek(whole, Deno.SeekMode.Start);
      const journal = new SweepJournal(path, file, numbers);
      if (whole === 0) journal.write(head);
      return journal;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  save(batch: number, numbers: Float64Array): void {
    this.holds++;
    this.write({
      batch,
      numbers: Array.from(numbers, (value) => Number.isNaN(value) ? null : value),
    });
  }

  /** Closes it; one that holds no batch is removed. */
  async close(): Promise<void> {
    try {
      if (this.holds === 0) await Deno.remove(this.path);
    } finally {
      this.file.close();
    }
  }

  /** Forgets its batches: all of them are in the output. */
  forget(): void {
    this.holds = 0;
  }

  private write(line: object): void {
    let bytes = new TextEncoder().encode(lineOf(line));
    while (bytes.length > 0) bytes = bytes.subarray(this.file.writeSync(bytes));
  }
}

function checkHead(path: string, theirs: JournalHead | undefined, ours: JournalHead): void {
  if (theirs?.sweep !== ours.sweep) {
    throw new InputError(
      `${path} is of another sweep, which was ended: name another --out, or remove it`,
    );
  }
  const differs = engineDiffers(theirs.engine, ours.engine);
  if (differs === undefined) return;
  throw new InputError(
    `${path} was begun by another Lockstep, whose numbers may be others: ${differs}. Remove it, which ` +
      "begins anew, or go on with the Lockstep that began it",
  );
}

const lineOf = (line: object) => JSON.stringify(line) + "\n";

/** Opens a file for this process alone. Throws an `InputError` if another one has it. */
async function openAlone(path: string): Promise<Deno.FsFile> {
  for (;;) {
    const file = await Deno.open(path, { create: true, read: true, write: true });
    if (!await file.tryLock(true)) {
      file.close();
      throw new InputError(
        `${path} is being written by another sweep that runs now: name another --out, or wait for it`,
      );
    }
    // One that was through meanwhile has removed what was opened here.
    if (await isAt(path, file)) return file;
    file.close();
  }
}

async function isAt(path: string, file: Deno.FsFile): Promise<boolean> {
  try {
    return (await Deno.stat(path)).ino === (await file.stat()).ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function textOf(file: Deno.FsFile): Promise<string> {
  const { size } = await file.stat(), bytes = new Uint8Array(size);
  for (let at = 0; at < size;) at += await file.read(bytes.subarray(at)) ?? size;
  return new TextDecoder().decode(bytes);
}

function parse<T>(line: string): T | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
