import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  LineStyle,
} from "/vendor/lightweight-charts.mjs";
import { chartLook, colour, priceFormat, seconds } from "./chart_look.js";
import { timeText } from "./words.js";

/** Intervals without a candle that are left blank at most; a longer gap is drawn so long. */
const MOST_BLANK = 200;
const KINDS = ["", ", nothing traded", ", the exchange's own"];

/** Candles with volumes, fills and what is held. */
export class PriceChart {
  candles = [];
  fills = [];

  /** `tell` is given the words for the candle under the pointer, or for the last one. */
  constructor(place, tell) {
    this.tell = tell;
    this.chart = createChart(place, chartLook());
    this.price = this.chart.addSeries(CandlestickSeries, { priceLineVisible: true });
    this.volume = this.chart.addSeries(HistogramSeries, {
      priceScaleId: "volume",
      priceFormat: { type: "volume" },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.chart.priceScale("volume").applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    this.price.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.2 } });
    this.marks = createSeriesMarkers(this.price, []);
    this.chart.subscribeCrosshairMove(({ time }) => this.say(time));
    addEventListener("theme", () => this.paint());
    this.paint();
  }

  paint() {
    this.chart.applyOptions(chartLook());
    const up = colour("up"), down = colour("down");
    this.price.applyOptions({
      ...{ upColor: up, borderUpColor: up, wickUpColor: up },
      ...{ downColor: down, borderDownColor: down, wickDownColor: down },
    });
    this.draw();
  }

  /** Shows these candles instead of all others. */
  set({ candles, length, timeframe }) {
    this.length = length;
    this.candles = candles;
    if (candles.length > 0) {
      this.price.applyOptions({ priceFormat: priceFormat(candles.at(-1)[4]) });
    }
    this.chart.applyOptions({ timeScale: { secondsVisible: timeframe === "1s" } });
    this.draw();
    const shown = Math.min(candles.length, this.chart.timeScale().width() / 6 || 120);
    this.chart.timeScale().setVisibleLogicalRange({
      from: this.points - shown,
      to: this.points + 3,
    });
  }

  /** Adds candles behind those that are there. */
  add(candles) {
    if (candles.length === 0) return;
    this.candles.push(...candles);
    this.draw();
  }

  /** Adds older candles in front. */
  addFront(candles) {
    this.candles.unshift(...candles);
    const range = this.chart.timeScale().getVisibleLogicalRange(), before = this.points;
    this.draw();
    const moved = this.points - before;
    this.chart.timeScale().setVisibleLogicalRange({
      from: range.from + moved,
      to: range.to + moved,
    });
  }

  draw() {
    const price = [], volume = [], up = colour("up-faint"), down = colour("down-faint");
    let before;
    for (const [time, open, high, low, close, amount, kind] of this.candles) {
      for (const blank of blanks(before, time, this.length)) price.push({ time: seconds(blank) });
      before = time;
      const faint = kind === 1
        ? { color: colour("axis"), wickColor: colour("axis"), borderColor: colour("axis") }
        : {};
      price.push({ time: seconds(time), open, high, low, close, ...faint });
      volume.push({ time: seconds(time), value: amount, color: close >= open ? up : down });
    }
    this.points = price.length;
    this.price.setData(price);
    this.volume.setData(volume);
    this.mark();
    this.say();
  }

  /** Shows fills, oldest first. */
  setFills(fills) {
    this.fills = fills;
    this.mark();
  }

  mark() {
    const first = this.candles[0]?.[0] ?? Infinity, last = this.candles.at(-1)?.[0] ?? -Infinity;
    const shown = this.fills.filter(({ time }) => time >= first && time <= last);
    this.marks.setMarkers(shown.map(({ time, side, reason, position }) => ({
      time: seconds(this.timeOf(time)),
      position: side === "buy" ? "belowBar" : "aboveBar",
      shape: position === 0 ? "square" : side === "buy" ? "arrowUp" : "arrowDown",
      color: colour(position === 0 ? "text" : side === "buy" ? "long" : "short"),
      text: shown.length > 80 || ["entry", "signal"].includes(reason) ? undefined : spaced(reason),
      size: position === 0 ? 0.7 : 1.2,
    })));
  }

  /** The candle with which a fill is shown: the first that closes then or later. */
  timeOf(time) {
    let low = 0, high = this.candles.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.candles[middle][0] < time) low = middle + 1;
      else high = middle;
    }
    return this.candles[low][0];
  }

  /** Draws a line at what was paid for what is held. */
  setPosition(bot) {
    const key = bot.entryPrice === null ? "" : `${bot.text.position} ${bot.entryPrice}`;
    if (this.held === key) return;
    this.held = key;
    if (this.entry) this.price.removePriceLine(this.entry);
    this.entry = key === "" ? undefined : this.price.createPriceLine({
      price: bot.entryPrice,
      title: bot.text.position,
      color: colour(bot.position > 0 ? "long" : "short"),
      lineStyle: LineStyle.Dotted,
      lineWidth: 1,
    });
  }

  /** Tells of the candle at that time, with its fills; of the last one unless given. */
  say(time) {
    const candle = time === undefined
      ? this.candles.at(-1)
      : this.candles.find((one) => seconds(one[0]) === time);
    if (!candle) return this.tell(time === undefined ? "" : `${timeText(time * 1000)} no candle`);
    const [at, open, high, low, close, volume, kind] = candle;
    const text = (value) => value.toLocaleString("en-US", { maximumSignificantDigits: 9 });
    const fills = this.fills.filter((fill) =>
      this.candles.length > 0 && this.timeOf(fill.time) === at
    )
      .map(({ side, amount, price, reason }) =>
        ` · ${side} ${text(amount)} at ${text(price)} (${spaced(reason)})`
      );
    this.tell(
      `${timeText(at)}  O ${text(open)}  H ${text(high)}  L ${text(low)}  C ${text(close)}  V ${
        text(volume)
      }${KINDS[kind]}${fills.join("")}`,
    );
  }
}

const spaced = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The times between two candles at which there should be others; months are not counted. */
function blanks(before, time, length) {
  if (before === undefined || !(length < 28 * 86400000)) return [];
  const count = Math.min(MOST_BLANK, Math.round((time - before) / length) - 1);
  return Array.from({ length: Math.max(0, count) }, (_, i) => time - (count - i) * length);
}
