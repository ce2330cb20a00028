import { byId, setText } from "./dom.js";
import { read } from "./ask.js";
import { clockText, lengthText } from "./words.js";

/** A server that says nothing for so long is away, in milliseconds; it speaks every second. */
const SILENCE = 5000;

/** What is known of the bots, by id. */
export const bots = new Map();

let heard, serverTime, trouble, lostSince;

/** The server's time now, as far as it is known; it stands still while the connection is lost. */
export function now() {
  if (serverTime === undefined) return Date.now();
  return lostSince === undefined ? serverTime + (performance.now() - heard) : serverTime;
}

/** Calls `listener` whenever bots changed, and each second for what has an age. */
export function follow(listener) {
  const take = (data) => {
    heard = performance.now();
    lostSince = trouble = undefined;
    serverTime = data.now;
    for (const bot of data.bots) bots.set(bot.id, bot);
    for (const id of data.gone ?? []) bots.delete(id);
    show();
    listener();
  };
  const stream = () => {
    const source = new EventSource("/api/events");
    source.addEventListener("bots", ({ data }) => {
      bots.clear();
      take(JSON.parse(data));
    });
    source.addEventListener("change", ({ data }) => take(JSON.parse(data)));
    source.addEventListener("trouble", ({ data }) => {
      heard = performance.now();
      lostSince = undefined;
      trouble = JSON.parse(data);
      show();
    });
    source.addEventListener("error", () => {
      lose();
      if (source.readyState !== EventSource.CLOSED) return;
      // It gives up where the answer is none of events: the server is restarting, or wants a log-in.
      setTimeout(() => read("/api/session").then(stream, stream), 1000);
    });
    addEventListener("pagehide", () => source.close(), { once: true });
  };
  stream();
  setInterval(() => {
    if (heard !== undefined && performance.now() - heard > SILENCE) lose();
    show();
    if (lostSince === undefined && trouble === undefined && bots.size > 0) listener();
  }, 1000);
}

function lose() {
  lostSince ??= Date.now();
  show();
}

/** Says how things stand between this page and the numbers. */
function show() {
  const link = byId("link"), banner = byId("banner");
  const state = lostSince !== undefined
    ? "lost"
    : trouble !== undefined
    ? "trouble"
    : heard === undefined
    ? "wait"
    : "live";
  link.dataset.state = state;
  document.body.dataset.state = state;
  setText(
    byId("link-text"),
    { lost: "connection lost", trouble: "database away", wait: "connecting", live: "live" }[state],
  );
  banner.hidden = state === "live" || state === "wait";
  if (state === "lost") {
    const seen = serverTime === undefined ? "" : ` What you see is of ${clockText(serverTime)}.`;
    setText(
      banner,
      `Connection lost since ${clockText(lostSince)}, for ${
        lengthText(Date.now() - lostSince)
      }.${seen} Trying again…`,
    );
  } else if (state === "trouble") {
    const seen = serverTime === undefined ? "" : ` What you see is of ${clockText(serverTime)}.`;
    setText(
      banner,
      `The database has been away since ${clockText(trouble.since)}: ${trouble.trouble}.${seen}`,
    );
  }
}
