import { byId, el, scrolling } from "./dom.js";
import { follow } from "./live.js";
import { openPage } from "./page.js";
import { read } from "./ask.js";
import { lengthText, timeText } from "./words.js";

/** How often this page looks, in milliseconds. */
const PERIOD = 3000;

function seriesTable({ series }) {
  if (series.length === 0) return el("p", { class: "muted empty" }, "No candles are stored yet.");
  const head = [
    "Market",
    "State",
    "Newest candle",
    "Lag",
    "There",
    "Silent",
    "Trades a minute",
    "Gaps",
  ];
  return scrolling(
    "Series of candles",
    el(
      "table",
      { class: "plain series" },
      el("caption", { class: "unseen" }, "Series of candles"),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ...head.map((label, i) => el("th", { scope: "col", class: i > 2 && "right" }, label)),
        ),
      ),
      el("tbody", {}, ...series.map(seriesRow)),
    ),
  );
}

function seriesRow(one) {
  const { exchange, symbol, timeframe, newest, lag, stale, needed, intervals, candles } = one;
  const [state, tone] = lag === null
    ? ["recording", "idle"]
    : stale
    ? ["stale", needed ? "bad" : "warn"]
    : ["live", "good"];
  const full = el("meter", {
    min: "0",
    max: String(intervals),
    value: String(candles),
    low: String(intervals),
    "aria-label": `${candles} of ${intervals} candles`,
  });
  const right = (...content) => el("td", { class: "right" }, ...content);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, `${symbol} ${timeframe}`, el("small", {}, exchange)),
    el(
      "td",
      {},
      el("span", { class: `pill ${tone}` }, state),
      needed ? "" : el("small", {}, "no bot needs it"),
    ),
    el("td", {}, timeText(newest)),
    right(lag === null ? "—" : lengthText(lag)),
    right(`${candles} of ${intervals} `, full),
    right(String(one.empty)),
    right(rateText(one)),
    right(String(one.gaps)),
  );
}

/** How fast the collector takes trades in, of the time that was looked at. */
function rateText({ trades, intervals, length }) {
  const rate = trades / (intervals * length / 60000);
  return rate.toLocaleString("en-US", { maximumFractionDigits: rate < 10 ? 1 : 0 });
}

function gapsTable({ gaps }) {
  if (gaps.length === 0) return el("p", { class: "muted empty" }, "No gap is recorded.");
  return scrolling(
    "Recorded gaps",
    el(
      "table",
      { class: "plain" },
      el("caption", { class: "unseen" }, "Recorded gaps"),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ...["Market", "From", "To", "Length", "Why"].map((label) =>
            el("th", { scope: "col" }, label)
          ),
        ),
      ),
      el(
        "tbody",
        {},
        ...gaps.map(({ instrument, from, to, reason }) =>
          el(
            "tr",
            {},
            ...[
              `${instrument.exchange} ${instrument.symbol}`,
              timeText(from),
              timeText(to),
              lengthText(to - from),
              reason,
            ].map((text) => el("td", {}, text)),
          )
        ),
      ),
    ),
  );
}

function healthCard({ status, reasons, warnings, database }) {
  const list = [
    ...reasons.map((text) => el("li", { class: "bad" }, text)),
    ...warnings.map((text) => el("li", { class: "warn" }, text)),
  ];
  return el(
    "div",
    { class: `card health ${status}` },
    el(
      "p",
      {},
      el("span", { class: `pill ${status === "healthy" ? "good" : "bad"}` }, status),
      el(
        "span",
        { class: "muted" },
        `${database.detail}, answered in ${database.latency.toFixed(1)} ms`,
      ),
    ),
    list.length > 0 ? el("ul", {}, ...list) : undefined,
  );
}

/** Replaces what is shown only where it is otherwise: a reader's place is not lost. */
function put(id, content) {
  const place = byId(id);
  if (place.innerHTML !== content.outerHTML) place.replaceChildren(content);
}

async function look() {
  try {
    const data = await read("/api/data");
    put("health", healthCard(data.health));
    put("series", seriesTable(data));
    put("gaps", gapsTable(data));
  } catch {
    // The connection says so itself.
  }
  setTimeout(look, PERIOD);
}

openPage("data");
follow(() => {});
look();
