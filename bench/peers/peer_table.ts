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
    [name, "Lockstep", shown(ours.took), "1", shown(ours.waited), megabytes(ours), ""],
    ...Object.entries(peers).map(([peer, theirs]) => {
      const times = (best(theirs) / best(ours)).toFixed(best(theirs) < 10 * best(ours) ? 1 : 0);
      const cells = [shown(theirs.took), times, shown(theirs.waited), megabytes(theirs)];
      return [name, peer, ...cells, agreement(ours, theirs)];
    }),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

const best = ({ took }: Timed) => Math.min(...took);

function shown(times: readonly number[]): string {
  const milliseconds = Math.min(...times);
  return milliseconds < 1_000
    ? `${milliseconds.toFixed(1)} ms`
    : `${(milliseconds / 1_000).toFixed(2)} s`;
}

const megabytes = ({ peak }: Timed) => `${Math.round(peak / 1e6).toLocaleString("en-US")} MB`;

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
  return `${alike} of ${of} with as many trades; their returns within ${apart.toExponential(1)}`;
}
