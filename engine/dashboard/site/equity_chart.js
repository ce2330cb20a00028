import { BaselineSeries, createChart } from "/vendor/lightweight-charts.mjs";
import { chartLook, colour, seconds } from "./chart_look.js";
import { timeText } from "./words.js";

const percent = (value) => `${(100 * value).toFixed(2)}%`;
const money = (value) =>
  value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Equity above or below what the bot began with, and how far it is below its peak. */
export class EquityChart {
  rows = [];

  constructor(place, tell) {
    this.tell = tell;
    this.chart = createChart(place, chartLook());
    this.equity = this.chart.addSeries(BaselineSeries, { lineWidth: 2, priceLineVisible: false });
    this.drawdown = this.chart.addSeries(BaselineSeries, {
      baseValue: { type: "price", price: 0 },
      lineWidth: 1,
      priceLineVisible: false,
      priceFormat: { type: "custom", formatter: percent, minMove: 0.0001 },
    }, 1);
    const [top, bottom] = this.chart.panes();
    top.setStretchFactor(3);
    bottom.setStretchFactor(1);
    this.chart.subscribeCrosshairMove(({ time }) => this.say(time));
    addEventListener("theme", () => this.paint());
    this.paint();
  }

  paint() {
    this.chart.applyOptions(chartLook());
    this.equity.applyOptions({
      ...{
        topLineColor: colour("profit"),
        topFillColor1: colour("profit-faint"),
        topFillColor2: "transparent",
      },
      ...{
        bottomLineColor: colour("loss"),
        bottomFillColor1: "transparent",
        bottomFillColor2: colour("loss-faint"),
      },
    });
    this.drawdown.applyOptions({
      ...{
        topLineColor: colour("axis"),
        topFillColor1: "transparent",
        topFillColor2: "transparent",
      },
      bottomLineColor: colour("loss"),
      ...{ bottomFillColor1: colour("loss-faint"), bottomFillColor2: colour("loss-faint") },
    });
  }

  /** Shows these rows, each [time, equity, drawdown], of a bot that began with `balance`. */
  set(rows, balance) {
    this.rows = rows;
    this.equity.applyOptions({ baseValue: { type: "price", price: balance } });
    this.equity.setData(rows.map(([time, equity]) => ({ time: seconds(time), value: equity })));
    this.drawdown.setData(
      rows.map(([time, , drawdown]) => ({ time: seconds(time), value: drawdown })),
    );
    this.chart.timeScale().fitContent();
    this.say();
  }

  /** Adds rows behind. */
  add(rows) {
    for (const [time, equity, drawdown] of rows) {
      this.equity.update({ time: seconds(time), value: equity });
      this.drawdown.update({ time: seconds(time), value: drawdown });
    }
    this.rows.push(...rows);
    this.say();
  }

  say(time) {
    const row = time === undefined
      ? this.rows.at(-1)
      : this.rows.find(([at]) => seconds(at) === time);
    this.tell(
      row ? `${timeText(row[0])}  equity ${money(row[1])}  drawdown ${percent(row[2])}` : "",
    );
  }
}
