import { InputError } from "../market/errors.ts";
import type { SavedBatches } from "../search/sweep_options.ts";

/** The first line of a journal: whose batches it holds. */
interface Head {
  sweep: string;
}

/** A further line. */
interface Line {
  batch: number;
  numbers: (number | null)[];
}

/** The batches of a sweep in a file beside its output, so that it can go on where it was ended. */
export class SweepJournal implements SavedBatches {
  private constructor(
    private readonly path: string,
    private readonly file: Deno.FsFile,
    readonly numbers: ReadonlyMap<number, Float64Array>,
  ) {}

  /**
   * Opens the journal of a sweep, which is known by its hash, or begins one. Throws an `InputError` if
   * the file is another sweep's.
   */
  static async open(path: string, sweep: string): Promise<SweepJournal> {
    const lines = await readLines(path), numbers = new Map<number, Float64Array>();
    if (lines.length > 0 && parse<Head>(lines[0])?.sweep !== sweep) {
      throw new InputError(
        `${path} is of another sweep, which was ended: name another --out, or remove it`,
      );
    }
    for (const line of lines.slice(1)) {
      const read = parse<Line>(line);
      // What was being written when it was ended is no line.
      if (read) numbers.set(read.batch, Float64Array.from(read.numbers, (value) => value ?? NaN));
    }
    const file = await Deno.open(path, { create: true, write: true, truncate: true });
    const journal = new SweepJournal(path, file, numbers);
    journal.write({ sweep });
    for (const [batch, found] of numbers) journal.save(batch, found);
    return journal;
  }

  save(batch: number, numbers: Float64Array): void {
    this.write({
      batch,
      numbers: Array.from(numbers, (value) => Number.isNaN(value) ? null : value),
    });
  }

  close(): void {
    this.file.close();
  }

  /** Removes it: all of it is in the output. */
  async remove(): Promise<void> {
    await Deno.remove(this.path);
  }

  private write(line: object): void {
    let bytes = new TextEncoder().encode(JSON.stringify(line) + "\n");
    while (bytes.length > 0) bytes = bytes.subarray(this.file.writeSync(bytes));
  }
}

async function readLines(path: string): Promise<string[]> {
  try {
    return (await Deno.readTextFile(path)).split("\n").filter((line) => line !== "");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function parse<T>(line: string): T | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
