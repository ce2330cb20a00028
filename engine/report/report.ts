import { Result } from "../research/result.ts";
import type { AnyResult } from "../charts/run_caption.ts";
import { needResults } from "../charts/drawable.ts";
import { InputError } from "../market/errors.ts";
import { PortfolioResult } from "../research/portfolio_result.ts";
import { reportDisplay } from "./report_display.ts";
import {
  type Reported,
  type ReportOptions,
  type Settings,
  settleReport,
} from "./report_options.ts";
import { reportPage } from "./report_page.ts";
import { reportText } from "./report_text.ts";

export type { ReportOptions };

/** A report of one result, several or a portfolio, made when it is asked for. */
export class Report {
  constructor(
    private readonly results: Reported,
    private readonly settings: Settings,
  ) {}

  /**
   * The report as one web page that needs no net and no scripts: light or dark as the reader's screen is,
   * light on paper. The same results give the same bytes.
   */
  html(): Promise<string> {
    return reportPage(this.results, this.settings);
  }

  /** Writes the page to a file. Throws an `InputError` where there is no folder for it. */
  async write(path: string): Promise<void> {
    const page = await this.html();
    try {
      await Deno.writeTextFile(path, page);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new InputError(`Cannot write ${path}: there is no such folder`);
    }
  }

  /** Its numbers as text. */
  toString(): string {
    return reportText(this.results, this.settings);
  }

  /** What a notebook shows: its tables and pictures, one below the other. */
  [Symbol.for("Jupyter.display")](): Promise<Record<string, string>> {
    return reportDisplay(this.results, this.settings, this.toString());
  }
}

/**
 * A report of a result, of several side by side, or of a portfolio and its instruments: pictures, every metric, every assumption that was
 * made, and the receipt by which it can be made again. `html()` gives the page and `write(path)` a file
 * of it. Throws an `InputError` for what is no result, and for options that cannot be.
 *
 * ```ts
 * import { backtest } from "../research/backtest.ts";
 * import { Candles } from "../market/candles.ts";
 * import { strategy } from "../strategy/strategy.ts";
 *
 * const riser = strategy("riser", {}, {
 *   build: (_, { close, open }) => ({ enterLong: close.above(open), exitLong: close.below(open) }),
 * });
 * const row = { volume: 1, trades: 1, kind: "traded" as const };
 * const prices = Array.from({ length: 99 }, (_, n) => [100 + n % 7, 100 + n % 5]);
 * const candles = Candles.fromRows("1d", prices.map(([open, close], n) => {
 *   return { ...row, open, close, high: 110, low: 90, time: (n + 1) * 86_400_000 };
 * }));
 * const page = report(backtest(riser, candles), { symbol: "ABC/EUR" });
 * String(page); // every metric; await page.write("report.html") leaves the page
 * ```
 */
export function report(
  results: AnyResult | readonly Result[],
  options: ReportOptions = {},
): Report {
  if (results instanceof PortfolioResult) {
    const whole = [results] as const;
    return new Report(whole, settleReport(whole, options));
  }
  const list = results instanceof Result ? [results] : results;
  needResults(list, "report([one, other])");
  if (list.length === 0) throw new InputError("Cannot report no results: give one or several");
  return new Report(list, settleReport(list, options));
}
