import { type AccountSettings, DEFAULT_ACCOUNT, FURTHER_SETTINGS } from "../../account/settings.ts";
import type { SweepSpec } from "../../research/sweep/batch.ts";
import { contentHash } from "../../series/canonical.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { Strategy } from "../../strategy/strategy.ts";
import { strategyHash } from "../../strategy/strategy_json.ts";

/**
 * What numbers the sets of a search: the same number for the same strategy, stops, account, timeframe and
 * values, and another one for others (two of a million sets share one in every 18,000th search). The
 * span is no part of it, nor is the balance: over more candles, or with the money that an earlier window of
 * a walk forward left, a set is the same trial.
 */
export function setIds(
  { strategy, account, timeframe }: Pick<SweepSpec, "strategy" | "account" | "timeframe">,
): (set: ParameterValues) => number {
  // What is not decided by is no part of it: another name or a further drawn series is no other trial.
  const bare = new Strategy({
    ...strategy,
    name: "",
    parameters: {},
    where: undefined,
    series: {},
  });
  // What is not given is not there in JSON, either.
  const common = contentHash(
    JSON.parse(JSON.stringify({ strategy: strategyHash(bare), account: said(account), timeframe })),
  );
  const seeds = [parseInt(common.slice(0, 8), 16), parseInt(common.slice(8, 16), 16)];
  const names = Object.keys(strategy.parameters).sort();
  const bits = new DataView(new ArrayBuffer(8));
  return (set) => {
    const mix = new Mix(seeds[0], seeds[1]);
    for (const name of names) {
      const value = set[name];
      if (typeof value === "number") {
        // 0 and −0 are one value.
        bits.setFloat64(0, value + 0);
        mix.add(bits.getUint32(0));
        mix.add(bits.getUint32(4));
      } else {
        mix.add(value.length);
        for (let i = 0; i < value.length; i++) mix.add(value.charCodeAt(i));
      }
    }
    return mix.number;
  };
}

/**
 * What of an account is not so anyway: a default that is written out is no other trial. The balance is told as
 * the default one, and not left out, so that ledgers that are there already go on knowing their sets.
 */
function said(account: AccountSettings): Partial<AccountSettings> {
  const { balance } = DEFAULT_ACCOUNT;
  const { makerFee, ...rest } = account;
  const plain: Readonly<Record<string, { default: unknown }>> = FURTHER_SETTINGS;
  const kept = Object.entries(rest).filter(([name, value]) => plain[name]?.default !== value);
  return { ...Object.fromEntries(kept), balance, ...(makerFee !== rest.fee && { makerFee }) };
}

/** Two lanes of Austin Appleby's MurmurHash3, each of 32 bits; 53 of them are told. */
class Mix {
  constructor(private first: number, private second: number) {}

  add(word: number): void {
    this.first = stirred(this.first, word, 0xcc9e2d51, 0x1b873593);
    this.second = stirred(this.second, word, 0x85ebca6b, 0xc2b2ae35);
  }

  get number(): number {
    const high = finished(this.first ^ Math.imul(this.second, 0x9e3779b1));
    const low = finished(this.second ^ Math.imul(this.first, 0x85ebca77));
    return (high >>> 11) * 2 ** 32 + (low >>> 0);
  }
}

function stirred(lane: number, word: number, first: number, second: number): number {
  const scaled = Math.imul(word, first), turned = scaled << 15 | scaled >>> 17;
  const mixed = lane ^ Math.imul(turned, second);
  return Math.imul(mixed << 13 | mixed >>> 19, 5) + 0xe6546b64 | 0;
}

function finished(lane: number): number {
  let mixed = lane ^ lane >>> 16;
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ mixed >>> 13, 0xc2b2ae35);
  return mixed ^ mixed >>> 16;
}
