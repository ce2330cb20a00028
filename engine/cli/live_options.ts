import { InvalidArgumentError } from "commander";
import type { Address } from "../dashboard/listen.ts";
import type { ReplaySpeed } from "../exchanges/replay_clock.ts";
import { InputError } from "../market/errors.ts";

/** What `live` is told by flags. */
export interface LiveOptions {
  exchange?: string;
  exchangeOptions?: string;
  warmUp?: number;
  fresh?: boolean;
  standBy?: boolean;
  keepTrades?: number;
  verifyHour: number;
  replay?: string;
  symbol?: string;
  market?: string;
  speed: ReplaySpeed;
  exit?: boolean;
  keep?: boolean;
  /** `false` is none; unless given it is where it usually is. */
  dashboard?: Address | false;
  notify?: string;
  log: "text" | "json";
}

/** What only one of the two ways to trade knows. */
const OF_TAPES = ["symbol", "market", "speed", "exit", "keep"] as const;
const OF_EXCHANGES = [
  "exchange",
  "exchangeOptions",
  "warmUp",
  "fresh",
  "keepTrades",
  "verifyHour",
  "standBy",
] as const;

/** Throws an `InputError` for what only the other way to trade knows; `isGiven` is by the user. */
export function refuseMixed(
  { replay }: LiveOptions,
  isGiven: (name: keyof LiveOptions) => boolean,
): void {
  const live = replay === undefined, wrong = (live ? OF_TAPES : OF_EXCHANGES).find(isGiven);
  if (wrong === undefined) return;
  const flag = wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError(
    live
      ? `--${flag} is for a tape: give one with --replay`
      : `--${flag} is for trading live: leave --replay out, or it`,
  );
}

/** Times the tape's own pace. */
export function speed(text: string): ReplaySpeed {
  const value = Number(text);
  if (text === "max") return text;
  if (value > 0 && value <= 1e6) return value;
  throw new InvalidArgumentError("It must be max or a number above 0.");
}

/** A number of candles or months. */
export function count(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 99999.");
}

/** An hour of the day, UTC. */
export function hour(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) < 24) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 to 23.");
}
