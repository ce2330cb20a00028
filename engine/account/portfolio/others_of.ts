import type { Book, Others } from "../book.ts";
import type { RefusalReason } from "../ledger.ts";
import { bookWorth, type Member, valueOf } from "./member.ts";
import type { PortfolioSettings } from "./settings.ts";
import { shareOf } from "./share_of.ts";

/** What a portfolio's members have in common. */
export interface Common {
  book: Book;
  members: readonly Member[];
  settings: PortfolioSettings;
}

const value = (value: number) => value;

/** What the account of the `own`-th member has to know of the others: as it is when it is asked. */
export function othersOf({ members, book, settings }: Common, own: number): Others {
  const { exposureCap, maxOpenPositions } = settings;
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
      return exposureCap * bookWorth(book, members) - sum(Math.abs, -1);
    },
    get refusal(): RefusalReason | undefined {
      if (maxOpenPositions === undefined) return undefined;
      return sum((value) => value === 0 ? 0 : 1) >= maxOpenPositions ? "positions" : undefined;
    },
  };
}
