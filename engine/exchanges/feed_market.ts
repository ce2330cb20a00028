import type { Instrument } from "../market/trade.ts";
import { CountedLane } from "./counted_lane.ts";
import { fillById } from "./fill_by_id.ts";
import { fillByTime } from "./fill_by_time.ts";
import { fillLoose } from "./fill_loose.ts";
import type { FillTools } from "./fill_tools.ts";
import { askForKept } from "./kept_trades.ts";
import { type Lane, type LaneOutput, openLane } from "./lane.ts";
import { LooseLane } from "./loose_lane.ts";
import { reachBack } from "./reach_back.ts";
import type { Arrival, TradeTerms } from "./read_trade.ts";
import type { VenueTime } from "./venue_time.ts";
import type { VenueTraits } from "./venue_traits.ts";

/** An instrument that is listened to. */
export interface FeedMarket {
  instrument: Instrument;
  lane: Lane;
  /** What its trades must match. */
  terms(): TradeTerms;
  /** Fetches what the lane is missing. */
  fill(tools: FillTools): Promise<void>;
  /** Asks for what the exchange did not give, in case that it does by now. */
  recheck(tools: FillTools): Promise<void>;
  /**
   * The newest trades as REST tells them; where holes do not show by themselves, back to where that was
   * done last. `undefined` after an abort.
   */
  newest(tools: FillTools): Promise<Arrival[] | undefined>;
  /** Gives up what cannot be fetched. */
  giveUp(reason: string): void;
}

/** What a market is made of. */
export interface FeedMarketParts {
  instrument: Instrument;
  traits: VenueTraits;
  time: VenueTime;
  /** The exchange time from which trades are wanted, if older ones than now are. */
  since: number | undefined;
  backfill: boolean;
  output: LaneOutput;
}

/** An instrument with the lane that fits its venue. */
export function feedMarket(parts: FeedMarketParts): FeedMarket {
  const { instrument, traits, time } = parts, { symbol } = instrument;
  const { fields, symbolField } = traits;
  // One object, since it is made for every trade otherwise.
  const terms: TradeTerms = { symbol, fields, symbolField, latest: 0 };
  return {
    instrument,
    terms: () => {
      terms.latest = time.latest;
      return terms;
    },
    ...laneOf(parts),
  };
}

function laneOf(
  { traits, since, backfill, output }: FeedMarketParts,
): Pick<FeedMarket, "lane" | "fill" | "recheck" | "newest" | "giveUp"> {
  if (!backfill) {
    const nothing = () => Promise.resolve();
    const newest = () => Promise.resolve([]);
    return { lane: openLane(output), fill: nothing, recheck: nothing, newest, giveUp: () => {} };
  }
  if (!traits.isCounted) {
    const lane = new LooseLane(output, since);
    return {
      lane,
      fill: (tools) => fillLoose(lane, tools),
      recheck: () => Promise.resolve(),
      newest: async (tools) => {
        const page = await newestPage(tools), { provenTo } = lane;
        return page && provenTo !== undefined ? await reachBack(page, provenTo, tools) : page;
      },
      giveUp: (reason) => {
        const from = lane.from ?? 0;
        lane.lose(from, lane.held.at(0)?.trade.timestamp ?? lane.begun, reason);
        lane.release();
      },
    };
  }
  const lane = new CountedLane(output, since), fill = traits.byId ? fillById : fillByTime;
  return {
    lane,
    fill: (tools) => fill(lane, tools),
    recheck: (tools) => askForKept(lane, tools),
    newest: newestPage,
    giveUp: (reason) => {
      lane.loseBeginning(reason);
      lane.settle();
    },
  };
}

function newestPage({ pages }: FillTools): Promise<Arrival[] | undefined> {
  return pages.isById ? pages.byId(undefined) : pages.byTime(undefined, undefined);
}
