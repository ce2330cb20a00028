/** What `readingTable` makes, as it is read again. */
export interface ReadingTable {
  from: readonly number[];
  to: readonly number[];
  seconds: boolean;
  /** What is counted where it is no time. */
  counted?: string;
  muted: string;
  groups: readonly {
    title: string;
    lines: readonly { name: string; colour: string; texts: readonly string[] }[];
  }[];
}

/**
 * What a page says of the moment that a reader points at, as HTML, by ECharts' parameters of a tooltip.
 * It is written into web pages as it stands here, and so uses nothing from outside.
 */
export function readingsText(table: ReadingTable): (found: unknown) => string {
  const { from, to, seconds, counted, muted, groups } = table;
  const written = (time: number) =>
    new Date(time).toISOString().slice(0, seconds ? 19 : 16).replace("T", " ");
  const html = (text: string) => text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);
  const cell = (text: string, style: string) => `<td style="padding:0;${style}">${text}</td>`;
  const line = (name: string, colour: string, text: string) => {
    const dot = `<span style="color:${colour}">●</span> ${html(name)}`;
    return `<tr>${cell(dot, "")}${cell(html(text), "padding-left:16px;text-align:right")}</tr>`;
  };
  const head = (text: string) =>
    `<tr><td colspan="2" style="padding:4px 0 0;color:${muted}">${html(text)}</td></tr>`;
  return (found) => {
    const [first] = Array.isArray(found) ? found : [found];
    const at = to.findIndex((end) => end >= first.axisValue);
    const i = at === -1 ? to.length - 1 : at;
    const moment = counted === undefined ? `${written(to[i])} UTC` : `${to[i]} ${counted}`;
    const until = from[i] === to[i] ? "" : `${written(from[i])} to `;
    const rows = groups.flatMap(({ title, lines }) => {
      const known = lines.filter(({ texts }) => texts[i] !== "");
      if (known.length === 0) return [];
      return [head(title), ...known.map((it) => line(it.name, it.colour, it.texts[i]))];
    });
    const style = "width:100%;border-collapse:collapse;line-height:1.35";
    return `<b>${until}${moment}</b><table style="${style}">${rows.join("")}</table>`;
  };
}
