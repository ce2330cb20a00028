/** What a side prints: milliseconds of processor time and of the clock, peak memory in bytes, and the numbers of each set. */
export interface Timed {
  took: number[];
  waited: number[];
  peak: number;
  /** Total return, Sharpe ratio, deepest drawdown, closed trades; null is unknown. */
  numbers: (number | null)[][];
}

/** A piece of work by us and by the peers. */
export interface Compared {
  name: string;
  ours: Timed;
  peers: Record<string, Timed>;
}

const RETURN = 0, TRADES = 3;

/** The table of all work, as Markdown. */
export function peerTable(all: readonly Compared[]): string {
  const head = [
    "Work",
    "By",
    "Processor time",
    "Times ours",
    "By the clock",
    "Peak memory",
    "Agrees",
  ];
  const rows = all.flatMap(({ name, ours, peers }) => [
    [name, "Lockstep", processorTime(ours), "1", shown(ours.waited), memory(ours), ""],
    ...Object.entries(peers).map(([peer, theirs]) => {
      const took = [processorTime(theirs), times(ours, theirs), shown(theirs.waited)];
      const cells = [...took, memory(theirs)];
      return [name, peer, ...cells, agreement(ours, theirs)];
    }),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

/** The least of a side's times of a processor. */
export const processorTime = ({ took }: Timed): string => shown(took);

/** How many times ours theirs is, by the processor. */
export function times(ours: Timed, theirs: Timed): string {
  const ratio = Math.min(...theirs.took) / Math.min(...ours.took);
  return ratio.toFixed(ratio < 10 ? 1 : 0);
}

function shown(times: readonly number[]): string {
  const milliseconds = Math.min(...times);
  return milliseconds < 1_000
    ? `${milliseconds.toFixed(1)} ms`
    : `${(milliseconds / 1_000).toFixed(2)} s`;
}

/** A side's peak memory, the process and all. */
export const memory = ({ peak }: Timed): string =>
  `${Math.round(peak / 1e6).toLocaleString("en-US")} MB`;

/**
 * How many sets have as many trades with both, and how far apart their returns are at most. Where a peer's averages miss ties, it trades
 * at other times, and nothing agrees.
 */
function agreement(ours: Timed, theirs: Timed): string {
  let alike = 0, apart = 0;
  ours.numbers.forEach((own, set) => {
    const other = theirs.numbers[set];
    if (own[TRADES] !== other[TRADES]) return;
    alike++;
    apart = Math.max(apart, Math.abs(own[RETURN]! - other[RETURN]!));
  });
  const of = ours.numbers.length;
  if (alike === 0) return `0 of ${of} with as many trades`;
  return `${alike} of ${of} with as many trades; their returns within ${apart.toExponential(1)}`;
}
