import { gridHtml } from "../charts/display/grid_html.ts";
import { htmlText } from "../charts/display/html_text.ts";
import { CELL, MUTED, ROW, TABLE } from "../charts/display/html_style.ts";
import { showAhead } from "../charts/display/kernel.ts";
import type { MimeBundle } from "../charts/display/mime_bundle.ts";
import { Result } from "../research/result.ts";
import { comparison } from "./comparison.ts";
import type { Reported, Settings } from "./report_options.ts";
import { resultSections } from "./result_sections.ts";
import type { Part, Section, TextCells } from "./section.ts";

/** A longer table shows so many of its first and of its last rows; the page has all. */
const END = 5, ALL = 60;

/**
 * How a notebook shows a report: each heading, table and picture by itself, since of one bundle a
 * notebook shows one form only. Outside of a kernel there is one bundle, without the pictures.
 */
export async function reportDisplay(
  results: Reported,
  settings: Settings,
  text: string,
  show = showAhead,
): Promise<MimeBundle> {
  const html: string[] = [];
  for (const section of sectionsOf(results, settings)) {
    html.push(heading(section));
    for (const part of section.parts) {
      if (part.kind !== "picture") html.push(partHtml(part));
      else if (show) {
        await show(htmlBundle(html.splice(0), section.title));
        const picture = part.draw({});
        await show({ "image/png": (await picture.png()).toBase64(), "text/plain": `${picture}` });
      }
    }
  }
  return htmlBundle(html, text);
}

function sectionsOf(results: Reported, settings: Settings): Section[] {
  const compared = results.filter((result) => result instanceof Result);
  const several = compared.length > 1;
  const each = results.flatMap((result, i) => {
    const own = resultSections(result, settings, settings.markets[i]);
    if (!several) return own;
    return own.map((section) => ({ ...section, title: `${settings.names[i]}: ${section.title}` }));
  });
  return several ? [comparison(compared, settings), ...each] : each;
}

function htmlBundle(html: readonly string[], text: string): MimeBundle {
  return { "text/html": html.join("\n"), "text/plain": text };
}

function heading({ title, about }: Section): string {
  return `<div style="font-weight:600;padding:10px 10px 0">${htmlText(title)}</div>` +
    `<div style="${MUTED}">${htmlText(about)}</div>`;
}

function partHtml(part: Exclude<Part, { kind: "picture" }>): string {
  switch (part.kind) {
    case "table":
      return tableHtml(part.table);
    case "pairs":
      return part.groups.map(({ title, pairs }) => pairsHtml(title, pairs)).join("\n");
    case "lines":
      return part.lines.map((line) => `<div style="padding:2px 10px">${htmlText(line)}</div>`)
        .join("\n");
    case "code":
      return `<pre style="padding:2px 10px;background:none">${htmlText(part.text)}</pre>`;
  }
}

function tableHtml({ columns, rows, caption }: TextCells): string {
  const isCut = rows.length > ALL,
    some = isCut ? [...rows.slice(0, END), ...rows.slice(-END)] : rows;
  return gridHtml({
    columns: columns.map((column, i) => ({ ...column, cells: some.map((row) => row[i]) })),
    cut: isCut ? END : undefined,
    caption,
  });
}

function pairsHtml(title: string, pairs: readonly (readonly [string, string])[]): string {
  const cell = (text: string, side: string) =>
    `<td align="${side}" style="text-align:${side};${CELL}">${htmlText(text)}</td>`;
  const rows = pairs.map(([name, value]) =>
    `<tr style="${ROW}">${cell(name, "left")}${cell(value, "right")}</tr>`
  );
  const head = title === "" ? "" : `<div style="${MUTED}">${htmlText(title)}</div>`;
  return `${head}<table style="${TABLE}">${rows.join("\n")}</table>`;
}
