import { el } from "./dom.js";

/** What a bot is: its receipt as pairs, and its config and run as they are stored. */
export function configPanel({ config, run, receipt, receiptPairs, receiptFits }) {
  const pairs = (list) =>
    el(
      "dl",
      { class: "pairs" },
      ...list.map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text))),
    );
  const block = (
    title,
    value,
  ) => [el("h3", {}, title), el("pre", { tabindex: "0" }, JSON.stringify(value, null, 2))];
  return el(
    "div",
    { class: "config" },
    el("h3", {}, "Receipt"),
    receiptFits ? undefined : el(
      "p",
      {},
      el("span", { class: "pill warn" }, "edited"),
      " Market, strategy, account or risk are not what this receipt was made for.",
    ),
    receipt === null
      ? el(
        "p",
        { class: "muted" },
        "This config has no receipt: it was not promoted from a backtest.",
      )
      : pairs(receiptPairs),
    ...block("Config", config),
    ...block("Run", run),
  );
}
