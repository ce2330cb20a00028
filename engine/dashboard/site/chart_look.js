import { LineStyle } from "/vendor/lightweight-charts.mjs";

/** A colour of the page's style. */
export const colour = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** What both charts have in common, in the colours of now. */
export function chartLook() {
  return {
    autoSize: true,
    localization: { locale: "en-US" },
    layout: {
      background: { color: colour("card") },
      textColor: colour("muted"),
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 12,
      // It would put a style into the page, which is forbidden; the page names its maker below.
      attributionLogo: false,
      panes: { separatorColor: colour("line"), separatorHoverColor: colour("line") },
    },
    grid: { vertLines: { color: colour("grid") }, horzLines: { color: colour("grid") } },
    rightPriceScale: { borderColor: colour("line") },
    timeScale: {
      borderColor: colour("line"),
      timeVisible: true,
      secondsVisible: false,
      rightOffset: 3,
    },
    crosshair: {
      vertLine: {
        color: colour("axis"),
        style: LineStyle.Dashed,
        labelBackgroundColor: colour("accent"),
      },
      horzLine: {
        color: colour("axis"),
        style: LineStyle.Dashed,
        labelBackgroundColor: colour("accent"),
      },
    },
    handleScale: { axisPressedMouseMove: { price: false } },
  };
}

/** The charts' time of ours: seconds. */
export const seconds = (time) => time / 1000;

/** Decimals that prices of this size are told apart by. */
export function priceFormat(price) {
  const precision = price >= 1000
    ? 2
    : price >= 1
    ? 4
    : Math.min(10, 4 - Math.floor(Math.log10(price || 1)));
  return { type: "price", precision, minMove: 10 ** -precision };
}
