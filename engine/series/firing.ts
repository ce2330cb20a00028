import { lastSide, sideChanges, sideChangesByBlocks } from "./operators/events/side_changes.ts";
import type { BlockRanges } from "./block_ranges.ts";
import type { Slot, Step } from "./program.ts";

/** The rows of the last chunk on which a condition is true: the first `count` of `rows`, in order. */
export interface Firing {
  readonly rows: Int32Array;
  readonly count: number;
}

/** A condition whose rows are looked for, chunk by chunk. */
interface Sought extends Firing {
  count: number;
  /** The columns that it reads. */
  readonly reads: readonly Slot[];
  /** Finds the rows of [begin, end). */
  find(begin: number, end: number): void;
  /** Goes past them, for who wants none of them: what later rows depend on is noted. */
  skip?(begin: number, end: number): void;
}

/** What fills columns, and where they are. */
export interface Columns {
  stepOf(slot: Slot): Step | undefined;
  at(slot: Slot): Float64Array;
  /** The ranges of a column's rows of the chunk, where these are known. */
  rangesOf(slot: Slot): BlockRanges | undefined;
}

/**
 * How the rows are found on which conditions are true. Most are true on few rows, so a column of them is
 * made for nothing: those of a cross are found by looking at each row once, for both directions of it;
 * of `and`, only the rows of one side are looked up on the other. All else is read off its column.
 */
export class FiringRows {
  private readonly sought: Sought[] = [];
  private readonly changes = new Map<string, Changes>();
  private readonly known = new Map<Slot, Sought>();
  private taken = 0;

  /** `pool` are arrays of a chunk's length, which others may use between one `find` and the next. */
  constructor(
    private readonly columns: Columns,
    private readonly pool: Int32Array[],
    private readonly chunk: number,
  ) {}

  /** The rows on which the condition of a column is true. */
  of(slot: Slot): Firing {
    return this.seek(slot);
  }

  /** The columns that have to be there for the rows to be found. */
  get reads(): Slot[] {
    return this.sought.flatMap(({ reads }) => reads);
  }

  /** The columns of which each cross reads two. */
  get crossed(): Slot[] {
    return [...this.changes.values()].flatMap(({ reads }) => reads);
  }

  /** Finds the rows of [begin, end). */
  find(begin: number, end: number): void {
    for (const one of this.sought) one.find(begin, end);
  }

  /** Goes past the rows of [begin, end), none of which is wanted. */
  skip(begin: number, end: number): void {
    for (const one of this.sought) one.skip?.(begin, end);
  }

  private seek(slot: Slot): Sought {
    const found = this.known.get(slot) ?? this.cross(slot) ?? this.both(slot) ??
      this.add(new Read(slot, this.columns, this.rows()));
    this.known.set(slot, found);
    return found;
  }

  private cross(slot: Slot): Sought | undefined {
    const step = this.columns.stepOf(slot);
    if (step?.kind !== "kernel" || step.kernel.kind !== "kernel") return undefined;
    const { kernel: { side }, inputs } = step;
    if (side === undefined) return undefined;
    const key = String(inputs), known = this.changes.get(key);
    const changes = known ?? this.add(new Changes(inputs, this.columns, this.rows()));
    this.changes.set(key, changes);
    return this.add(new OneSide(side, changes, this.rows()));
  }

  private both(slot: Slot): Sought | undefined {
    const step = this.columns.stepOf(slot);
    if (step?.kind !== "kernel" || step.kernel.name !== "and") return undefined;
    const [a, b] = step.inputs;
    const rare = this.cross(a) ?? this.both(a), other = rare ? b : a;
    const sought = rare ?? this.cross(b) ?? this.both(b);
    return sought && this.add(new AlsoTrue(sought, other, this.columns, this.rows()));
  }

  private add<One extends Sought>(one: One): One {
    this.sought.push(one);
    return one;
  }

  private rows(): Int32Array {
    return this.pool[this.taken++] ??= new Int32Array(this.chunk);
  }
}

/** Where one column comes to lie on the other side of another: found once for both directions. */
class Changes implements Sought {
  count = 0;
  readonly state = new Float64Array(1);

  constructor(
    readonly reads: readonly Slot[],
    private readonly columns: Columns,
    readonly rows: Int32Array,
  ) {}

  find(begin: number, end: number): void {
    const [a, b] = this.reads, { columns, state, rows } = this;
    const [x, y] = [columns.at(a), columns.at(b)];
    const [xRanges, yRanges] = [columns.rangesOf(a), columns.rangesOf(b)];
    this.count = xRanges && yRanges
      ? sideChangesByBlocks([x, xRanges], [y, yRanges], state, begin, end, rows)
      : sideChanges(x, y, state, begin, end, rows);
  }

  skip(begin: number, end: number): void {
    const [a, b] = this.reads, { columns, state } = this;
    state[0] = lastSide(columns.at(a), columns.at(b), begin, end) || state[0];
  }
}

/** Those of them that go to one side: every other one. */
class OneSide implements Sought {
  count = 0;
  readonly reads: readonly Slot[] = [];

  constructor(
    private readonly side: number,
    private readonly changes: Changes,
    readonly rows: Int32Array,
  ) {}

  find(): void {
    const { changes, rows } = this, last = changes.count - 1;
    let count = 0;
    for (let k = (changes.state[0] === this.side ? last : last - 1) & 1; k <= last; k += 2) {
      rows[count++] = changes.rows[k];
    }
    this.count = count;
  }
}

/** Rows of a condition on which another is true, too. */
class AlsoTrue implements Sought {
  count = 0;
  readonly reads: readonly Slot[];

  constructor(
    private readonly rare: Sought,
    private readonly other: Slot,
    private readonly columns: Columns,
    readonly rows: Int32Array,
  ) {
    this.reads = [other];
  }

  find(): void {
    const { rare, rows } = this, column = this.columns.at(this.other);
    let count = 0;
    for (let k = 0; k < rare.count; k++) {
      const row = rare.rows[k];
      if (column[row] === 1) rows[count++] = row;
    }
    this.count = count;
  }
}

/** The rows on which a column is true. */
class Read implements Sought {
  count = 0;
  readonly reads: readonly Slot[];

  constructor(
    private readonly slot: Slot,
    private readonly columns: Columns,
    readonly rows: Int32Array,
  ) {
    this.reads = [slot];
  }

  find(begin: number, end: number): void {
    const { rows } = this, column = this.columns.at(this.slot);
    let count = 0;
    for (let i = begin; i < end; i++) if (column[i] === 1) rows[count++] = i;
    this.count = count;
  }
}
