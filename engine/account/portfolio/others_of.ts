import type { Others } from "../book.ts";
import type { RefusalReason } from "../ledger.ts";
import type { Portfolio } from "./portfolio.ts";
import { valueOf } from "./member.ts";
import { shareOf } from "./share_of.ts";

const value = (value: number) => value;

/** What the account of the `own`-th member has to know of the others: as it is when it is asked. */
export function othersOf(portfolio: Portfolio, own: number): Others {
  const { members, book, settings, settings: { exposureCap, maxOpenPositions } } = portfolio;
  const sum = (of: (value: number) => number, without = own) => {
    let sum = 0;
    for (let n = 0; n < members.length; n++) if (n !== without) sum += of(valueOf(members[n]));
    return sum;
  };
  return {
    get worth(): number {
      return sum(value);
    },
    get owed(): number {
      return sum((value) => value < 0 ? -value : 0);
    },
    get share(): number {
      return shareOf(members[own], members, settings);
    },
    get room(): number {
      if (exposureCap === undefined) return Infinity;
      return exposureCap * (book.cash + sum(value, -1)) - sum(Math.abs, -1);
    },
    get refusal(): RefusalReason | undefined {
      if (maxOpenPositions === undefined) return undefined;
      return sum((value) => value === 0 ? 0 : 1) >= maxOpenPositions ? "positions" : undefined;
    },
  };
}
