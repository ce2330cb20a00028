import { type Compared, memory, processorTime, times } from "./peer_table.ts";

/** What the table stands between in the README. */
export const README_START = "<!-- bench:peers -->", README_END = "<!-- /bench:peers -->";

/** What vectorbt does too, in processor time on one core and peak memory, as Markdown. */
export function readmeTable(all: readonly Compared[]): string {
  const rows = all.filter(({ peers }) => "vectorbt" in peers).map(({ name, ours, peers }) => {
    const { vectorbt } = peers;
    const cell = (side: typeof ours) => `${processorTime(side)}, ${memory(side)}`;
    return `| ${[name, cell(ours), cell(vectorbt), times(ours, vectorbt)].join(" | ")} |`;
  });
  return ["|  | Lockstep | vectorbt | times |", "| --- | --- | --- | --- |", ...rows, ""].join(
    "\n",
  );
}
