import { htmlText } from "../charts/display/html_text.ts";
import type { Part, TextCells } from "./section.ts";
import { type Colours, themedSvg } from "./themed_svg.ts";

/** How wide a picture is on a phone; as wide as its own width anywhere else. */
const NARROW = 420;
/** Rows from which on a table scrolls by itself. */
const LONG = 90;
/** Letters from which on the head of a column goes on in the next line. */
const LONG_NAME = 24;

/** A part of a section as HTML. `id` is unique on the page. */
export async function partHtml(part: Part, id: string, colours: Colours): Promise<string> {
  switch (part.kind) {
    case "picture":
      return await pictureHtml(part, id, colours);
    case "table":
      return tableHtml(part.table);
    case "pairs":
      return `<div class="groups">${
        part.groups.map(({ title, pairs }) =>
          `<div class="group">${title === "" ? "" : `<h3>${htmlText(title)}</h3>`}<dl>${
            pairs.map(([name, value]) =>
              `<div><dt>${htmlText(name)}</dt><dd>${htmlText(value)}</dd></div>`
            ).join("")
          }</dl></div>`
        ).join("\n")
      }</div>`;
    case "lines":
      return `<ul>${part.lines.map((line) => `<li>${htmlText(line)}</li>`).join("\n")}</ul>`;
    case "code":
      return `<pre>${htmlText(part.text)}</pre>`;
  }
}

async function pictureHtml(
  { draw, narrow }: Extract<Part, { kind: "picture" }>,
  id: string,
  colours: Colours,
): Promise<string> {
  const wide = await themedSvg(draw, {}, { id: `${id}w`, colours });
  if (narrow === undefined) return `<figure class="slides">${wide}</figure>`;
  const size = { width: NARROW, height: narrow };
  const small = await themedSvg(draw, { size }, { id: `${id}n`, colours });
  return `<figure><div class="wide">${wide}</div>\n<div class="narrow">${small}</div></figure>`;
}

/** A table; a long one has a bar of its own to scroll by. */
function tableHtml({ columns, rows, caption }: TextCells): string {
  const side = (right: boolean, name = "") => {
    const classes = [...(right ? ["right"] : []), ...(name.length > LONG_NAME ? ["wraps"] : [])];
    return classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
  };
  const head = columns.map(({ name, right }) => `<th${side(right, name)}>${htmlText(name)}</th>`);
  const body = rows.map((row) =>
    `<tr>${
      row.map((cell, i) => `<td${side(columns[i].right)}>${htmlText(cell)}</td>`).join("")
    }</tr>`
  );
  const table = columns.length === 0
    ? ""
    : `<div class="${rows.length > LONG ? "scroll long" : "scroll"}" tabindex="0"><table>
<thead><tr>${head.join("")}</tr></thead>
<tbody>${body.join("\n")}</tbody>
</table></div>`;
  return table + (caption === "" ? "" : `<p class="muted">${htmlText(caption)}</p>`);
}
