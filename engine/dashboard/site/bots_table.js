import { el, scrolling, setClass, setText } from "./dom.js";
import { paintSpark, sparkPicture } from "./spark.js";
import { toneOf } from "./tiles.js";
import { agoText, timeText } from "./words.js";

/** The columns: what each is sorted by, and what it shows. */
const COLUMNS = [
  { name: "bot", label: "Bot", by: (bot) => bot.id },
  { name: "status", label: "Status", by: (bot) => bot.standing },
  { name: "spark", label: "Equity", by: (bot) => bot.equity },
  { name: "pnl", label: "P&L", by: (bot) => bot.return },
  { name: "drawdown", label: "Drawdown", by: (bot) => bot.drawdown },
  { name: "position", label: "Position", by: (bot) => Math.sign(bot.position) },
  { name: "trades", label: "Trades", by: (bot) => bot.trades },
  { name: "cursor", label: "Last candle", by: (bot) => bot.cursor ?? 0 },
  { name: "heartbeat", label: "Heartbeat", by: (bot) => bot.heartbeat ?? 0 },
];

/** A table of bots that is kept up to date: a row is made once, and then only what changes. */
export class BotsTable {
  rows = new Map();
  sparks = {};
  sorted = { name: "bot", down: false };

  constructor(place) {
    this.heads = COLUMNS.map((column) => this.head(column));
    this.body = el("tbody");
    const table = el(
      "table",
      { class: "bots" },
      el("caption", { class: "unseen" }, "Bots"),
      el("thead", {}, el("tr", {}, ...this.heads)),
      this.body,
    );
    place.replaceChildren(scrolling("Bots", table));
  }

  head({ name, label }) {
    const sort = () => {
      this.sorted = { name, down: this.sorted.name === name && !this.sorted.down };
      this.order();
    };
    return el(
      "th",
      { scope: "col", class: name },
      el("button", { type: "button", onclick: sort }, label),
    );
  }

  /** Shows these bots. */
  show(bots, now) {
    this.bots = bots;
    const ids = new Set(bots.map(({ id }) => id));
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      row.remove();
      this.rows.delete(id);
    }
    for (const bot of bots) {
      if (!this.rows.has(bot.id)) this.rows.set(bot.id, newRow(bot));
      fillRow(this.rows.get(bot.id), bot, now, this.sparks[bot.id]);
    }
    this.order();
  }

  order() {
    const { name, down } = this.sorted, { by } = COLUMNS.find((column) => column.name === name);
    const sign = down ? -1 : 1;
    const sorted = this.bots.toSorted((a, b) => {
      const [x, y] = [by(a), by(b)];
      return sign * (x < y ? -1 : x > y ? 1 : 0) || (a.id < b.id ? -1 : 1);
    });
    this.heads.forEach((head) => {
      const isIt = head.classList.contains(name);
      if (isIt) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    sorted.forEach(({ id }, i) => {
      const row = this.rows.get(id);
      if (this.body.children[i] !== row) this.body.insertBefore(row, this.body.children[i] ?? null);
    });
  }
}

function newRow({ id }) {
  const cell = (name, label, ...children) =>
    el("td", { class: name, dataset: { label } }, ...children);
  return el(
    "tr",
    {},
    el(
      "th",
      { scope: "row", class: "bot" },
      el("a", { href: `/bots/${encodeURIComponent(id)}` }, id),
      el("small"),
    ),
    cell("status", "Status", el("span", { class: "pill" }), el("small")),
    cell("spark", "Equity", el("span", { class: "curve" }), el("b")),
    cell("pnl", "P&L", el("b"), el("small")),
    cell("drawdown", "Drawdown", el("span"), el("small")),
    cell("position", "Position", el("span"), el("small")),
    cell("trades", "Trades", el("span")),
    cell("cursor", "Last candle", el("span")),
    cell("heartbeat", "Heartbeat", el("span")),
  );
}

function fillRow(row, bot, now, spark) {
  const [name, status, curve, pnl, drawdown, position, trades, cursor, heartbeat] = row.children;
  setText(name.lastChild, bot.market);
  setText(status.firstChild, bot.standing);
  setClass(status.firstChild, `pill ${bot.tone}`);
  setText(status.lastChild, bot.reason);
  status.lastChild.title = bot.reason;
  setText(curve.lastChild, bot.text.equity);
  if (spark && curve.spark !== spark) {
    curve.spark = spark;
    curve.firstChild.replaceChildren(sparkPicture(spark, bot.pnl));
  }
  if (curve.firstChild.firstChild) paintSpark(curve.firstChild.firstChild, bot.pnl);
  setText(pnl.firstChild, bot.text.pnl);
  setClass(pnl.firstChild, toneOf(bot.pnl));
  setText(pnl.lastChild, bot.text.return);
  setText(drawdown.firstChild, bot.text.drawdown);
  setText(drawdown.lastChild, `deepest ${bot.text.maxDrawdown}`);
  setText(position.firstChild, bot.text.position);
  setClass(position.firstChild, bot.position > 0 ? "long" : bot.position < 0 ? "short" : "muted");
  setText(position.lastChild, bot.text.entryPrice && `at ${bot.text.entryPrice}`);
  setText(trades.firstChild, bot.trades.toLocaleString("en-US"));
  setText(cursor.firstChild, bot.cursor === null ? "none yet" : timeText(bot.cursor).slice(5));
  setText(heartbeat.firstChild, agoText(bot.heartbeat, now));
}
