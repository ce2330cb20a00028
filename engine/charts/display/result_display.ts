import { settingsText, type SummaryLine, summaryLines } from "../../metrics/summary_text.ts";
import { summaryText } from "../../metrics/summary_text.ts";
import { PortfolioResult } from "../../research/portfolio_result.ts";
import { madeCaption, spanCaption } from "../captions.ts";
import { chart } from "../chart.ts";
import { type AnyResult, ranCaption } from "../run_caption.ts";
import { wholeSpan } from "../shown_rows.ts";
import { counted } from "./grid.ts";
import { CELL, HEAD, MUTED, ROW, TABLE } from "./html_style.ts";
import { htmlText } from "./html_text.ts";
import type { MimeBundle } from "./mime_bundle.ts";
import { tableDisplay } from "./table_display.ts";

/** A result's summary as a card, without its picture; of a portfolio with what each instrument did. */
export function resultCard(result: AnyResult): MimeBundle {
  const summary = result.summary(), notes = result.notes().map((note) => `Note: ${note}`);
  const tables = result instanceof PortfolioResult ? [tableDisplay(result.contributions)] : [];
  return {
    "text/html": [
      `<div style="font-weight:600;padding:2px 10px">${htmlText(titleOf(result))}</div>`,
      `<table style="${TABLE}">`,
      ...rowsHtml(summaryLines(summary)),
      `</table>`,
      ...tables.map((table) => table["text/html"]),
      ...[settingsText(summary.settings), ...notes].map((text) =>
        `<div style="${MUTED}">${htmlText(text)}</div>`
      ),
    ].join("\n"),
    "text/plain": [
      titleOf(result),
      summaryText(summary).trimEnd(),
      ...tables.map((table) => table["text/plain"]),
      ...notes,
    ].join("\n"),
  };
}

/**
 * How a notebook shows a result: its card and its picture. Of one bundle a notebook shows one form
 * only, so inside of a kernel (`show` is given then) the card goes ahead.
 */
export async function resultDisplay(
  result: AnyResult,
  show?: (card: MimeBundle) => Promise<void>,
): Promise<MimeBundle> {
  const card = resultCard(result), picture = chart(result), png = (await picture.png()).toBase64();
  if (!show) return { "image/png": png, ...card };
  await show(card);
  return { "image/png": png, "text/plain": picture.toString() };
}

function titleOf(result: AnyResult): string {
  const { rows } = result.performance, { timeframe } = result;
  const made = madeCaption({ timeframe, candles: rows });
  const what = `${counted(rows.length, `${rows.timeframe} candle`)}${made}`;
  return `${ranCaption(result)} over ${what}, ${spanCaption(wholeSpan(rows))}`;
}

/** The lines of a summary as rows of a table. */
function rowsHtml(lines: readonly SummaryLine[]): string[] {
  const cell = (text: string, side: "left" | "right", style: string, span = 1) =>
    `<td align="${side}"${
      span > 1 ? ` colspan="${span}"` : ""
    } style="text-align:${side};${style}">` +
    `${htmlText(text)}</td>`;
  let section = "";
  return lines.flatMap(({ cells, ...line }) => {
    const heads = line.section === section
      ? []
      : [`<tr style="${ROW}">${cell(section = line.section, "left", HEAD, 4)}</tr>`];
    const metrics = cells.map(({ label, value }) =>
      cell(label, "left", CELL) + cell(value, "right", CELL)
    );
    return [...heads, `<tr style="${ROW}">${metrics.join("")}</tr>`];
  });
}
