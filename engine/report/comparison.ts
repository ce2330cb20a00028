import { compare } from "../charts/compare.ts";
import { summaryLines } from "../metrics/summary_text.ts";
import type { Result } from "../research/result.ts";
import { picturePart } from "./picture_part.ts";
import type { Settings } from "./report_options.ts";
import type { Part, Section, TextCells } from "./section.ts";

/** Results side by side: their curves, and every metric of each in a column. */
export function comparison(results: readonly Result[], settings: Settings): Section {
  const { names, markets: [{ symbol, quote }, ...others], scaling } = settings;
  const isSame = others.every((other) => other.symbol === symbol);
  const curves = picturePart((options) =>
    compare(results, {
      ...scaling,
      symbol: isSame ? symbol : "",
      names,
      heading: false,
      ...options,
    })
  );
  const table: Part = { kind: "table", table: metricTable(results, names, isSame ? quote : "") };
  return {
    title: "Side by side",
    about: "Equity since each one's start, as a percentage of its balance, and every metric.",
    parts: [curves, table],
  };
}

function metricTable(
  results: readonly Result[],
  names: readonly string[],
  quote: string,
): TextCells {
  const [first, ...others] = results.map((result) =>
    summaryLines(result.summary(), { quote, all: true }).flatMap(({ cells }) => cells)
  );
  return {
    columns: [{ name: "", right: false }, ...names.map((name) => ({ name, right: true }))],
    rows: first.map(({ label, value }, i) => [
      label,
      value,
      ...others.map((cells) => cells[i].value),
    ]),
    caption: "",
  };
}
