import { gapsCaption, madeCaption, spanCaption, written } from "../charts/captions.ts";
import { htmlText } from "../charts/display/html_text.ts";
import { fontFaces } from "../charts/font_faces.ts";
import { type AnyResult, ranCaption } from "../charts/run_caption.ts";
import { wholeSpan } from "../charts/shown_rows.ts";
import { NotedCandles } from "../market/noted_candles.ts";
import { PortfolioResult } from "../research/portfolio_result.ts";
import { Result } from "../research/result.ts";
import { comparison } from "./comparison.ts";
import { pageStyle } from "./page_style.ts";
import { partHtml } from "./part_html.ts";
import type { Market, Reported, Settings } from "./report_options.ts";
import { resultSections } from "./result_sections.ts";
import type { Section } from "./section.ts";
import type { Colours } from "./themed_svg.ts";
import { tilesOf } from "./tiles.ts";

/** No script, nothing from elsewhere; browsers hold it to that. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

/** A report as one web page; everything that it needs is in it. */
export async function reportPage(
  results: Reported,
  settings: Settings,
): Promise<string> {
  const colours: Colours = new Map(), { title, names } = settings;
  const compared = results.filter((result) => result instanceof Result);
  const several = compared.length > 1;
  const head = several
    ? [
      `<nav>${names.map((name, i) => `<a href="#r${i}">${htmlText(name)}</a>`).join("")}</nav>`,
      await sectionHtml(comparison(compared, settings), "c", colours),
    ]
    : [];
  const body: string[] = [];
  for (const [i, result] of results.entries()) {
    if (several) body.push(`<h2 id="r${i}">${htmlText(names[i])}</h2>`);
    body.push(await resultHtml(result, settings, settings.markets[i], { id: `r${i}`, colours }));
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${htmlText(title)}</title>
<style>
${await fontFaces()}
${pageStyle(colours)}
</style>
</head>
<body>
<main>
<h1>${htmlText(title)}</h1>
${[...head, ...body].join("\n")}
</main>
</body>
</html>
`;
}

async function resultHtml(
  result: AnyResult,
  settings: Settings,
  market: Market,
  { id, colours }: { id: string; colours: Colours },
): Promise<string> {
  const notes = notesOf(result), about = aboutOf(result, settings);
  const tiles = tilesOf(result, market.quote).map(({ name, value, outcome }) =>
    `<div class="tile"><span>${htmlText(name)}</span><b class="${outcome}">${
      htmlText(value)
    }</b></div>`
  );
  const sections: string[] = [];
  for (const [i, section] of resultSections(result, settings, market).entries()) {
    sections.push(await sectionHtml(section, `${id}s${i}`, colours));
  }
  return [
    `<p class="about">${htmlText(about.join(" · "))}</p>`,
    `<div class="tiles">${tiles.join("\n")}</div>`,
    notes.length === 0
      ? ""
      : `<ul class="notes">${notes.map((it) => `<li>${htmlText(it)}</li>`).join("")}</ul>`,
    ...sections,
  ].join("\n");
}

/** What ran over what, as far as the title does not say it. */
function aboutOf(result: AnyResult, { title }: Settings): string[] {
  const { rows } = result.performance, { timeframe } = result;
  const caption = ranCaption(result);
  const made = madeCaption({ timeframe, candles: rows });
  return [
    ...(title.includes(caption) ? [] : [caption]),
    spanCaption(wholeSpan(rows)),
    `${written(rows.length)} ${rows.timeframe} candles${made}`,
    ...gapsCaption(rows),
  ];
}

/** What has to be said of the candles and of the run. */
function notesOf(result: AnyResult): string[] {
  const seen = result instanceof PortfolioResult
    ? result.instruments.map((name) => ({ name: `${name}: `, candles: result.seen[name] }))
    : [{ name: "", candles: result.seen }];
  const notes = seen.flatMap(({ name, candles }) =>
    candles instanceof NotedCandles ? candles.notes.map((note) => `${name}${note}`) : []
  );
  return [...notes, ...result.notes()];
}

async function sectionHtml(
  { title, about, parts }: Section,
  id: string,
  colours: Colours,
): Promise<string> {
  const html: string[] = [];
  for (const [i, part] of parts.entries()) html.push(await partHtml(part, `${id}p${i}`, colours));
  return `<section class="${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}">
<h3>${htmlText(title)}</h3>
<p class="about">${htmlText(about)}</p>
${html.join("\n")}
</section>`;
}
