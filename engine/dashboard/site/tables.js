import { read } from "./ask.js";
import { el, scrolling } from "./dom.js";

/** A table of the server's: `columns`, and `rows` of texts. */
export function tableOf({ columns, rows }, name) {
  const cell = (content, i) => {
    const { text, tone = "" } = typeof content === "string" ? { text: content } : content;
    return el(
      "td",
      { class: `${columns[i].right ? "right" : ""} ${tone}`.trim() || undefined },
      text,
    );
  };
  return el(
    "table",
    { class: "plain" },
    el("caption", { class: "unseen" }, name),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ...columns.map(({ label, right }) =>
          el("th", { scope: "col", class: right && "right" }, label)
        ),
      ),
    ),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell)))),
  );
}

/** Shows a bot's table, the newest rows first, with a button for older ones. */
export async function showTable(panel, path, name) {
  const first = await read(path);
  if (first.rows.length === 0) {
    return panel.replaceChildren(el("p", { class: "muted empty" }, `No ${name} yet.`));
  }
  const table = tableOf(first, name), place = scrolling(name, table, "tall");
  const more = el("button", { type: "button", class: "more" }, "Older");
  let { next } = first;
  more.hidden = next === null;
  more.addEventListener("click", async () => {
    more.disabled = true;
    try {
      const page = await read(`${path}?before=${next}`);
      if (page.columns.length === first.columns.length) {
        table.tBodies[0].append(...tableOf(page, name).tBodies[0].rows);
      } else place.append(tableOf(page, name));
      next = page.next;
    } finally {
      more.disabled = false;
      more.hidden = next === null;
    }
  });
  panel.replaceChildren(place, more);
}
