import { checkOptions } from "../market/check_options.ts";
import type { PortfolioResult } from "../research/portfolio_result.ts";
import { drawdownPane } from "./drawdown_pane.ts";
import { equityPane } from "./equity_pane.ts";
import { atTheirTimes } from "./line_drawing.ts";
import { gapsCaption, madeCaption, spanCaption, written } from "./captions.ts";
import type { Heading } from "./heading.ts";
import { keyNumbers } from "./key_numbers.ts";
import type { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, settle } from "./picture_options.ts";
import { portfolioCaption } from "./portfolio_caption.ts";
import { portfolioLines } from "./portfolio_lines.ts";
import { earnedPane, sharesPane } from "./portfolio_panes.ts";
import { checkScaling, type Scaling, SCALING_OPTIONS } from "./scaling.ts";
import { wholeSpan } from "./shown_rows.ts";
import { timePicture } from "./time_picture.ts";

/** What the picture of a portfolio may be told; of `symbol` only the quote currency is used. */
export interface PortfolioChartOptions extends PictureOptions, Scaling {}

/**
 * The picture of a portfolio: equity beside buying and holding in equal parts, the share of it that
 * each position takes, what each instrument has earned, and drawdown. Times are UTC. Throws an
 * `InputError` for options that cannot be.
 */
export function portfolioChart(
  result: PortfolioResult,
  options: PortfolioChartOptions = {},
): Picture {
  checkOptions(options, [...PICTURE_OPTIONS, ...SCALING_OPTIONS], "chart of a portfolio");
  checkScaling(options);
  const settled = settle(options, { width: 1000, height: 760 }), { look, quote } = settled;
  const { rows, rows: { time }, benchmark, initialBalance: before } = result.performance;
  const lines = portfolioLines(result, look), { buyAndHold = true, scale } = options;
  const held = { name: "buy and hold in equal parts", before, benchmark };
  const equity = {
    ...{ quote, log: scale === "log", name: "portfolio" },
    held: buyAndHold ? held : undefined,
  };
  return timePicture({
    heading: headingOf(result, options),
    settled,
    ...wholeSpan(rows),
    times: [time],
    panes: (thinning) => {
      const drawn = { result, lines, thinning, look, quote };
      const drawing = atTheirTimes(time, thinning, look);
      return [
        { ...equityPane(result, drawing, equity), weight: 5 },
        sharesPane(drawn),
        earnedPane(drawn),
        drawdownPane(result, drawing),
      ];
    },
  });
}

function headingOf(result: PortfolioResult, { title }: PortfolioChartOptions): Heading {
  const { rows, rows: { timeframe, length } } = result.performance;
  const made = madeCaption({ timeframe: result.timeframe, candles: rows });
  const times = `${written(length)} ${timeframe} candles${made}`;
  return {
    title: title ?? portfolioCaption(result),
    about: [spanCaption(wholeSpan(rows)), times, ...gapsCaption(rows)],
    numbers: keyNumbers(result.summary()),
  };
}
