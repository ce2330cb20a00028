import { actionButtons, WISHES } from "./actions.js";
import { read } from "./ask.js";
import { configPanel } from "./config_panel.js";
import { byId, el, setClass, setText } from "./dom.js";
import { EquityChart } from "./equity_chart.js";
import { bots, follow, now } from "./live.js";
import { openPage } from "./page.js";
import { PriceChart } from "./price_chart.js";
import { showTable } from "./tables.js";
import { openTabs } from "./tabs.js";
import { showTiles, toneOf } from "./tiles.js";
import { agoText, timeText } from "./words.js";

const id = decodeURIComponent(location.pathname.split("/").pop());
const path = `/api/bots/${encodeURIComponent(id)}`;
const price = new PriceChart(byId("price"), (text) => setText(byId("price-reading"), text));
const equity = new EquityChart(byId("equity"), (text) => setText(byId("equity-reading"), text));
/** What each table's rows are counted by: when that changes, there are new ones. */
const COUNTED = { signals: "lastSignal", trades: "trades", fills: "fills", refusals: "refusals" };
let drawn, chosen, length = Infinity, isBusy = false, frontIsThere = false;

async function begin() {
  const [candles, curve] = await Promise.all([read(`${path}/candles`), read(`${path}/equity`)]);
  length = candles.length;
  price.set(candles);
  const bot = bots.get(id);
  if (bot) equity.set(curve.rows, bot.equity - bot.pnl);
  await readMarks();
  await readValues();
  drawn = { ...bot };
}

async function readMarks() {
  const after = (price.candles[0]?.[0] ?? 0) - 1;
  price.setFills((await read(`${path}/marks?after=${Math.max(0, after)}`)).marks);
}

/** The indicators at the last decision. */
async function readValues() {
  const { columns, rows: [row] } = await read(`${path}/signals?limit=1`), place = byId("values");
  place.replaceChildren();
  if (!row) return;
  place.append(el("span", { class: "muted" }, `At the last decision, ${row[1]} of ${row[0]}:`));
  columns.slice(4).forEach(({ label }, i) =>
    place.append(el("span", { class: "chip" }, `${label} `, el("b", {}, row[4 + i])))
  );
}

/** Fetches what is new; one at a time. */
async function catchUp(bot) {
  const isNew = bot.cursor !== drawn?.cursor || bot.fills !== drawn?.fills ||
    bot.lastSignal !== drawn?.lastSignal;
  const last = price.candles.at(-1)?.[0] ?? 0, isDue = now() - last > length + 2500;
  if (isBusy || !(isNew || isDue || !drawn)) return;
  isBusy = true;
  try {
    if (!drawn) await begin();
    const before = { ...drawn };
    if (price.candles.length > 0) {
      price.add(
        (await read(`${path}/candles?after=${last}`)).candles.filter(([time]) => time > last),
      );
    }
    const row = equity.rows.at(-1)?.[0];
    if (row !== undefined) equity.add((await read(`${path}/equity?after=${row}`)).rows);
    if (bot.fills !== before.fills) await readMarks();
    if (bot.lastSignal !== before.lastSignal) await readValues();
    if (COUNTED[chosen] && bot[COUNTED[chosen]] !== before[COUNTED[chosen]]) await show(chosen);
    // Where there was nothing yet, all is new.
    drawn = price.candles.length > 0 && (row !== undefined || bot.candles === 0)
      ? { ...bot }
      : undefined;
  } catch {
    // The connection says so itself; the next second tries again.
  } finally {
    setTimeout(() => isBusy = false, 900);
  }
}

async function show(name) {
  chosen = name;
  const panel = byId("panel");
  try {
    if (name === "config") panel.replaceChildren(configPanel(await read(path)));
    else await showTable(panel, `${path}/${name}`, name);
  } catch (error) {
    panel.replaceChildren(el("p", { class: "muted empty" }, error.message));
  }
}

let asked;

/** Buttons for what can be asked of the bot as it stands now. */
async function showActions(bot) {
  const key = `${bot.status} ${bot.asked}`;
  if (asked === key) return;
  asked = key;
  try {
    const { possible } = await read(path);
    const wishes = Object.keys(WISHES).filter((wish) => possible.includes(wish));
    const again = () => asked = undefined;
    byId("actions").replaceChildren(
      ...actionButtons(wishes, { where: `${path}/ask`, who: id, then: again }),
    );
  } catch {
    asked = undefined;
  }
}

function refresh() {
  const bot = bots.get(id);
  setText(byId("name"), id);
  document.title = `${id} · Lockstep`;
  if (!bot) return setText(byId("standing"), "There is no such bot.");
  setText(byId("market"), `${bot.strategy} on ${bot.market}`);
  showStanding(bot);
  showTiles(byId("tiles"), tilesOf(bot));
  price.setPosition(bot);
  showActions(bot);
  catchUp(bot);
}

function showStanding(bot) {
  const place = byId("standing");
  if (place.children.length === 0) place.append(el("span"), el("span", { class: "muted" }));
  const [pill, more] = place.children;
  setText(pill, bot.standing);
  setClass(pill, `pill ${bot.tone}`);
  const asks = bot.asked === null ? "" : `asked to ${bot.asked}, at the next close · `;
  const restarts = bot.restarts > 0 ? `, ${bot.restarts} restarts in the last hour` : "";
  const cursor = bot.cursor === null ? "no candle yet" : `last candle ${timeText(bot.cursor)}`;
  setText(
    more,
    `${asks}${bot.reason && `${bot.reason} · `}heartbeat ${
      agoText(bot.heartbeat, now())
    }, ${cursor}${restarts}${verifiedText(bot)}`,
  );
}

/** Whether the bot does again what is stored of it. */
function verifiedText({ verification }) {
  if (verification === null) return "";
  const { at, outcome, detail } = verification, when = timeText(at);
  if (outcome === "same") return ` · verified ${when}: the same as its backtest, to the bit`;
  return ` · verified ${when}: ${outcome}${detail && `, ${detail}`}`;
}

function tilesOf(bot) {
  const { text } = bot;
  return [
    ["Equity", text.equity, "", bot.currency],
    ["P&L", text.pnl, toneOf(bot.pnl), text.return],
    ["Drawdown", text.drawdown, "", `deepest ${text.maxDrawdown}`],
    [
      "Position",
      text.position.split(" ")[0],
      bot.position > 0 ? "long" : bot.position < 0 ? "short" : "",
      text.entryPrice && `${text.position.split(" ")[1]} at ${text.entryPrice}`,
    ],
    [
      "Closed trades",
      bot.trades.toLocaleString("en-US"),
      "",
      `${bot.fills.toLocaleString("en-US")} fills`,
    ],
    [
      "Candles",
      bot.candles.toLocaleString("en-US"),
      "",
      bot.refusals > 0 ? `${bot.refusals} refusals` : "",
    ],
  ];
}

/** Older candles come when somebody scrolls to the first one. */
price.chart.timeScale().subscribeVisibleLogicalRangeChange(async (range) => {
  if (!range || range.from > 20 || isBusy || frontIsThere || price.candles.length === 0) return;
  isBusy = true;
  try {
    const first = price.candles[0][0],
      older = (await read(`${path}/candles?before=${first}`)).candles;
    frontIsThere = older.length === 0;
    if (!frontIsThere) {
      price.addFront(older);
      await readMarks();
    }
  } catch {
    // As above.
  } finally {
    isBusy = false;
  }
});

openPage("bots");
openTabs(byId("tabs"), byId("panel"), ["signals", "trades", "fills", "refusals", "config"], show);
follow(refresh);
