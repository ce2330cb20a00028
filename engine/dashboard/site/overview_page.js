import { actionButtons } from "./actions.js";
import { read } from "./ask.js";
import { BotsTable } from "./bots_table.js";
import { byId, el, setText } from "./dom.js";
import { bots, follow, now } from "./live.js";
import { openPage } from "./page.js";
import { showTiles, toneOf } from "./tiles.js";

/** How often curves are fetched, in milliseconds, and of how many bots. */
const SPARKS = 15000, MOST_SPARKS = 100;

const money = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
let table, sparksAt;

function wanted() {
  const words = byId("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  return [...bots.values()].filter((bot) => {
    const text = `${bot.id} ${bot.strategy} ${bot.market} ${bot.standing} ${bot.text.position}`
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function show() {
  const all = [...bots.values()], some = wanted();
  showTiles(byId("tiles"), tilesOf(all));
  setText(byId("count"), some.length === all.length ? "" : `${some.length} of ${all.length}`);
  if (all.length === 0) return showNone();
  table ??= new BotsTable(byId("bots"));
  table.show(some, now());
  if (sparksAt === undefined || performance.now() - sparksAt > SPARKS) readSparks(some);
}

function showNone() {
  table = undefined;
  byId("bots").replaceChildren(el(
    "p",
    { class: "muted empty" },
    "There are no bots yet. Start some with ",
    el("code", {}, "deno task live"),
    ".",
  ));
}

function tilesOf(all) {
  const count = (wanted) => all.filter(wanted).length,
    currencies = new Set(all.map((bot) => bot.currency));
  const sum = (key) => all.reduce((total, bot) => total + bot[key], 0);
  const bad = count(({ tone }) => tone === "bad"), warn = count(({ tone }) => tone === "warn");
  const [currency] = currencies,
    pnl = sum("pnl"),
    signed = `${pnl > 0 ? "+" : ""}${money.format(pnl)}`;
  const together = currencies.size === 1
    ? [["Equity", money.format(sum("equity")), "", currency], [
      "P&L",
      signed,
      toneOf(pnl),
      currency,
    ]]
    : [];
  const worst = all.toSorted((a, b) => a.drawdown - b.drawdown)[0];
  return [
    [
      "Bots at work",
      `${count(({ tone }) => tone === "good")} of ${all.length}`,
      bad > 0 ? "lost" : "",
      trouble(bad, warn),
    ],
    ...together,
    ["Deepest drawdown now", worst?.text.drawdown ?? "—", "", worst?.drawdown < 0 ? worst.id : ""],
    ["Open positions", String(count(({ position }) => position !== 0)), "", ""],
    ["Closed trades", sum("trades").toLocaleString("en-US"), "", ""],
  ];
}

function trouble(bad, warn) {
  if (bad + warn === 0) return "";
  return [bad > 0 ? `${bad} in trouble` : "", warn > 0 ? `${warn} to look at` : ""].filter(Boolean)
    .join(", ");
}

async function readSparks(some) {
  sparksAt = performance.now();
  const ids = some.slice(0, MOST_SPARKS).map(({ id }) => `id=${encodeURIComponent(id)}`);
  if (ids.length === 0) return;
  try {
    // Addresses have a length, too.
    for (let i = 0; i < ids.length; i += 25) {
      const { sparks } = await read(`/api/sparks?${ids.slice(i, i + 25).join("&")}`);
      Object.assign(table.sparks, sparks);
    }
    table.show(wanted(), now());
  } catch {
    // The connection says so itself.
  }
}

byId("find").addEventListener("input", () => {
  sparksAt = undefined;
  show();
});
byId("all").append(
  ...actionButtons(["resume", "pause", "stop", "liquidate"], {
    where: "/api/ask",
    who: "all bots",
  }),
);
openPage("bots");
follow(show);
