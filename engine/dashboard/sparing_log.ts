import type { Clock } from "../ports/clock.ts";

/** So many lines are said in a minute; what comes behind them is counted. */
const MOST = 30, MINUTE = 60_000;
/** The longest line, in characters. */
const LONGEST = 500;

/**
 * Says lines that strangers have a part in: each is one line, of some length, and there are only so many.
 * Whoever asks for nonsense all day fills no disk.
 */
export function sparingLog(log: (message: string) => void, clock: Clock): (line: string) => void {
  let begun = -Infinity, said = 0, kept = 0;
  return (line) => {
    const now = clock.monotonic();
    if (now - begun >= MINUTE) {
      if (kept > 0) log(`dashboard: ${kept} more refusals were not told`);
      [begun, said, kept] = [now, 0, 0];
    }
    if (said >= MOST) kept++;
    else {
      said++;
      // What looks like a line of its own is none.
      const plain = line.replace(/\p{Cc}+/gu, " ");
      log(plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain);
    }
  };
}
