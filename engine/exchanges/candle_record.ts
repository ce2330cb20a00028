import type { Candle } from "../market/candles.ts";
import { intervalEnd, intervalStart, nominalLength, type Timeframe } from "../market/timeframe.ts";
import type { CandlePage } from "../ports/history.ts";
import { type AskCandles, candleWindow } from "./candle_window.ts";
import { RequestRefused } from "./patiently.ts";

/** So often it begins anew at a stretch of which the exchange says something else each time. */
const AGAIN = 3;

/**
 * An exchange's record of one market's candles, page by page. What nobody can tell from silence is not
 * told: where the exchange answers with nothing, and no candle that is known to be there can be asked for
 * with it, the stretch waits until a candle comes behind it and it is empty once more.
 */
export class CandleRecord {
  /** The open time of the newest candle that is there, or of a longer one. */
  private anchor: number | undefined;

  constructor(
    private readonly asks: (timeframe: Timeframe) => AskCandles,
    /** Longer timeframes, the shorter ones first. */
    private readonly coarser: readonly Timeframe[],
    private readonly timeframe: Timeframe,
    /** Candles that come in one answer at most. */
    private readonly size: number,
  ) {}

  /** The pages of [from, to); they end where the record is not known any more. */
  async *pages(from: number, to: number, signal: AbortSignal): AsyncGenerator<CandlePage> {
    let told = from;
    if (from < to && !await this.findAnchor(from)) return;
    for (let open = from, again = 0; open < to && !signal.aborted;) {
      const page = await this.page(open, to);
      if (!page) return;
      const { candles, through } = page;
      if (through > open && told < open && candles.length > 0) {
        const isEmpty = await this.isEmpty(told, open);
        if (isEmpty === undefined) return;
        if (!isEmpty && ++again >= AGAIN) return;
        if (!isEmpty) {
          open = told;
          if (!await this.findAnchor(open)) return;
          continue;
        }
      }
      if (candles.length > 0) this.anchor = openOf(candles.at(-1)!, this.timeframe);
      const isKnown = through > open, isTold = isKnown && (told === open || candles.length > 0);
      // It did not even give a candle that is there.
      if (!isKnown && this.isNear(open, this.widest)) return;
      open = isKnown ? through : Math.min(to, this.windowEnd(open, this.widest));
      if (!isTold) continue;
      yield { candles, through };
      told = through;
    }
  }

  /**
   * Looks for the last candle before `open`, and for a longer one if there is none near: an exchange may
   * refuse to look so far back. False after an abort.
   */
  private async findAnchor(open: number): Promise<boolean> {
    this.anchor = undefined;
    for (const timeframe of [this.timeframe, ...this.coarser]) {
      const end = intervalStart(open, timeframe);
      const ask = this.asks(timeframe)(end - nominalLength(timeframe) * this.half, end);
      const page = await ask.catch((error) => {
        if (error instanceof RequestRefused) return new Map<number, Candle>();
        throw error;
      });
      if (!page) return false;
      const opens = [...page].filter(([, { volume }]) => volume > 0).map(([open]) => open);
      if (opens.length === 0) continue;
      this.anchor = Math.max(...opens);
      return true;
    }
    return true;
  }

  private get half(): number {
    return this.size >> 1;
  }

  private get widest(): Timeframe {
    return this.coarser.at(-1) ?? this.timeframe;
  }

  /** What comes from `open` on, and through when it is known; `undefined` after an abort. */
  private async page(open: number, to: number): Promise<CandlePage | undefined> {
    const { timeframe } = this, near = this.isNear(open, timeframe) ? this.anchor : undefined;
    const until = Math.min(to, this.windowEnd(near ?? open, timeframe));
    const window = { timeframe, from: open, to: until, anchor: near, isFollowed: until < to };
    const found = await candleWindow(this.asks(timeframe), window);
    if (!found || found.through > open) return found;
    for (const coarse of this.coarser) {
      const through = await this.silentThrough(open, to, coarse);
      if (through === undefined) return undefined;
      if (through > open) return { candles: [], through };
    }
    return found;
  }

  /** Through when longer candles tell that nothing was traded; `open` if they do not. */
  private async silentThrough(
    open: number,
    to: number,
    coarse: Timeframe,
  ): Promise<number | undefined> {
    const first = intervalStart(open, coarse);
    const before = this.isNear(open, coarse) ? intervalStart(this.anchor!, coarse) : first;
    const near = before < first ? before : undefined, end = this.windowEnd(near ?? first, coarse);
    const window = { timeframe: coarse, from: first, to: end, anchor: near, isFollowed: true };
    const found = await candleWindow(this.asks(coarse), window);
    if (!found) return undefined;
    const traded = found.candles.find(({ volume }) => volume > 0);
    const through = traded ? openOf(traded, coarse) : found.through;
    return Math.max(open, Math.min(to, intervalStart(through, this.timeframe)));
  }

  /** Whether nothing was traded in a stretch, asked once more; `undefined` after an abort. */
  private async isEmpty(from: number, to: number): Promise<boolean | undefined> {
    const { widest } = this, ask = this.asks(widest);
    for (let open = intervalStart(from, widest); open < intervalStart(to, widest);) {
      const until = Math.min(this.windowEnd(open, widest), intervalStart(to, widest));
      const page = await ask(open, until);
      if (!page) return undefined;
      if ([...page.values()].some(({ volume }) => volume > 0)) return false;
      open = until;
    }
    return true;
  }

  /** Whether an answer that begins with the newest known candle has room for more than that. */
  private isNear(open: number, timeframe: Timeframe): boolean {
    const { anchor, half } = this;
    return anchor !== undefined && this.windowEnd(anchor, timeframe, half) > open;
  }

  private windowEnd(open: number, timeframe: Timeframe, size = this.size): number {
    let end = open;
    for (let i = 0; i < size; i++) end = intervalEnd(end, timeframe);
    return end;
  }
}

function openOf({ time }: Candle, timeframe: Timeframe): number {
  return intervalStart(time - 1, timeframe);
}
