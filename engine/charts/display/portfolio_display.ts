import { openTime } from "../../market/timeframe.ts";
import { settingsText, summaryLines, summaryText } from "../../metrics/summary_text.ts";
import type { PortfolioResult } from "../../research/portfolio_result.ts";
import { spanCaption } from "../captions.ts";
import { portfolioCaption } from "../portfolio_caption.ts";
import { portfolioChart } from "../portfolio_chart.ts";
import { counted } from "./grid.ts";
import { MUTED, TABLE } from "./html_style.ts";
import { htmlText } from "./html_text.ts";
import type { MimeBundle } from "./mime_bundle.ts";
import { rowsHtml } from "./result_display.ts";
import { tableDisplay } from "./table_display.ts";

/** A portfolio's summary and its instruments' contributions as a card, without its picture. */
export function portfolioCard(result: PortfolioResult): MimeBundle {
  const summary = result.summary(), notes = result.notes().map((note) => `Note: ${note}`);
  const contributions = tableDisplay(result.contributions);
  return {
    "text/html": [
      `<div style="font-weight:600;padding:2px 10px">${htmlText(titleOf(result))}</div>`,
      `<table style="${TABLE}">`,
      ...rowsHtml(summaryLines(summary)),
      `</table>`,
      contributions["text/html"],
      ...[settingsText(summary.settings), ...notes].map((text) =>
        `<div style="${MUTED}">${htmlText(text)}</div>`
      ),
    ].join("\n"),
    "text/plain": [
      titleOf(result),
      summaryText(summary).trimEnd(),
      contributions["text/plain"],
      ...notes,
    ].join("\n"),
  };
}

/** How a notebook shows a portfolio: its card, ahead of its picture inside of a kernel. */
export async function portfolioDisplay(
  result: PortfolioResult,
  show?: (card: MimeBundle) => Promise<void>,
): Promise<MimeBundle> {
  const card = portfolioCard(result), picture = portfolioChart(result);
  const png = (await picture.png()).toBase64();
  if (!show) return { "image/png": png, ...card };
  await show(card);
  return { "image/png": png, "text/plain": picture.toString() };
}

function titleOf(result: PortfolioResult): string {
  const { time, timeframe, length } = result.performance.rows;
  const span = spanCaption({ from: openTime(time[0], timeframe), to: time[length - 1] });
  return `${portfolioCaption(result)} over ${counted(length, `${timeframe} candle`)}, ${span}`;
}
