import type { DayRun, Held } from "./day_run.ts";

/** By so much may memory and descriptors grow from the first third of a run to the last: noise, in shares. */
const NOISE = 0.25;

/** What leaked, as far as counts tell; nothing if all is well. */
export function leaks({ held, connections, hasEnded }: DayRun): string[] {
  const third = Math.floor(held.length / 3), found: string[] = [];
  const median = (some: readonly Held[], of: (one: Held) => number) =>
    some.map(of).sort((a, b) => a - b)[some.length >> 1];
  const grows = (what: string, of: (one: Held) => number) => {
    const before = median(held.slice(third, 2 * third), of),
      after = median(held.slice(2 * third), of);
    if (after > before * (1 + NOISE)) found.push(`${what} grew from ${before} to ${after}`);
  };
  if (third > 3) {
    grows("memory", ({ rss }) => rss);
    grows("the heap", ({ heap }) => heap);
    grows("open files and sockets", ({ descriptors }) => descriptors);
  }
  if (connections.left > 0) found.push(`${connections.left} connections to the database were left`);
  if (!hasEnded) found.push("a timer or a socket kept the process from ending");
  return found;
}

/** A day for people. */
export function dayText(run: DayRun): string {
  const { hours, bots, seconds, trades, candles, decisions, fills, cuts, connections, held, end } =
    run;
  const at = (share: number) => held[Math.floor(share * (held.length - 1))];
  const megabytes = (one: Held | undefined) => one ? (one.rss / 1e6).toFixed(0) : "—";
  const found = leaks(run);
  return [
    `${hours} hours of a made market in ${seconds.toFixed(0)} s: ${bots} bots, ${trades} trades, ` +
    `${candles} candles decided in ${decisions} decisions, ${fills} fills`,
    `Its connections to the database were cut ${cuts} times`,
    `Memory after a third ${megabytes(at(1 / 3))} MB, two thirds ${
      megabytes(at(2 / 3))
    }, at the end ` +
    `${megabytes(end)}; open files and sockets ${at(1 / 3)?.descriptors}, ${
      at(2 / 3)?.descriptors
    }, ` +
    `${end.descriptors}; connections ${connections.most} at most, ${connections.left} left`,
    found.length === 0 ? "Nothing leaked" : `Leaked: ${found.join("; ")}`,
  ].join("\n");
}
