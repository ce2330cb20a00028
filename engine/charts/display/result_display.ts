import { openTime } from "../../market/timeframe.ts";
import { settingsText, type SummaryLine, summaryLines } from "../../metrics/summary_text.ts";
import { summaryText } from "../../metrics/summary_text.ts";
import type { Result } from "../../research/result.ts";
import { madeCaption, spanCaption, strategyCaption } from "../captions.ts";
import { chart } from "../chart.ts";
import { counted } from "./grid.ts";
import { CELL, HEAD, MUTED, ROW, TABLE } from "./html_style.ts";
import { htmlText } from "./html_text.ts";
import type { MimeBundle } from "./mime_bundle.ts";

/** A result's summary as a card, without its picture. */
export function resultCard(result: Result): MimeBundle {
  const summary = result.summary(), notes = result.notes().map((note) => `Note: ${note}`);
  return {
    "text/html": [
      `<div style="font-weight:600;padding:2px 10px">${htmlText(titleOf(result))}</div>`,
      `<table style="${TABLE}">`,
      ...rowsHtml(summaryLines(summary)),
      `</table>`,
      ...[settingsText(summary.settings), ...notes].map((text) =>
        `<div style="${MUTED}">${htmlText(text)}</div>`
      ),
    ].join("\n"),
    "text/plain": [titleOf(result), summaryText(summary).trimEnd(), ...notes].join("\n"),
  };
}

/**
 * How a notebook shows a result: its card and its picture. Of one bundle a notebook shows one form
 * only, so inside of a kernel (`show` is given then) the card goes ahead.
 */
export async function resultDisplay(
  result: Result,
  show?: (card: MimeBundle) => Promise<void>,
): Promise<MimeBundle> {
  const card = resultCard(result), picture = chart(result), png = (await picture.png()).toBase64();
  if (!show) return { "image/png": png, ...card };
  await show(card);
  return { "image/png": png, "text/plain": picture.toString() };
}

function titleOf(result: Result): string {
  const { candles } = result, { timeframe, time, length } = candles;
  const span = spanCaption({ from: openTime(time[0], timeframe), to: time[length - 1] });
  return `${strategyCaption(result)} over ${counted(length, `${timeframe} candle`)}${
    madeCaption(result)
  }, ${span}`;
}

/** The lines of a summary as rows of a table. */
export function rowsHtml(lines: readonly SummaryLine[]): string[] {
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
