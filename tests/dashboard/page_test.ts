/** The page in a real browser, over a real server, database and bots at work. */
import assert from "node:assert/strict";
import { openDashboard } from "../../engine/dashboard/dashboard.ts";
import { botControl } from "../../engine/live/wishes/bot_control.ts";
import { BotManager } from "../../engine/live/manager/bot_manager.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import type { Store } from "../../engine/ports/store.ts";
import { eventually } from "../support/eventually.ts";
import { deafBus } from "../live/faults.ts";
import { CANDLES, CONFIGS, decided, makeBots, stopping, storeCandles } from "../live/made_bots.ts";
import { browserTest, type DrivenPage } from "../support/browser.ts";
import { withStore } from "../support/database.ts";
import { seriousFaults } from "./serious_faults.ts";

const BEGIN = 200;

/** Bots at work and a page of theirs. */
interface Stage {
  store: Store;
  url: string;
  ids: string[];
  /** Has the market go on by a candle; the bots decide it. */
  next(): Promise<void>;
  /** Ends the server, and starts it again at the same address. */
  end(): Promise<void>;
  begin(): Promise<void>;
}

/** The first bot's market is a tape's: there, what is asked acts by the tape's time. */
const TAPE = { ...CONFIGS[0].market, exchange: "made@12345678" };
const ON_STAGE = CONFIGS.map((config, i) => i === 0 ? { ...config, market: TAPE } : config);

async function storeBoth(store: Store, from: number, to: number): Promise<void> {
  await storeCandles(store, from, to);
  await store.marketData.upsertCandles(TAPE, CANDLES.slice(from, to));
}

/** Runs `test` with bots that have decided 200 candles. */
async function onStage(test: (stage: Stage) => Promise<void>): Promise<void> {
  await withStore(async (store) => {
    const ids = await makeBots(store, ON_STAGE),
      manager = new BotManager(store, deafBus, systemClock);
    await storeBoth(store, 0, BEGIN);
    ids.forEach((id) => manager.start(id));
    const control = botControl({ store, bus: deafBus, clock: systemClock });
    const place = { store, control, clock: systemClock, log: () => {} };
    const open = (port: number) => openDashboard(place, { hostname: "127.0.0.1", port });
    let dashboard = await open(0), rows = BEGIN;
    const { port, url } = dashboard;
    const next = async () => {
      await storeBoth(store, rows, rows + 1);
      rows++;
    };
    const begin = async () => {
      dashboard = await open(port);
      assert.equal(dashboard.port, port);
    };
    await stopping([manager], async () => {
      try {
        await decided(store, BEGIN);
        await test({ store, url, ids, next, begin, end: () => dashboard.close() });
      } finally {
        await dashboard.close();
      }
    });
  });
}

/** In pixels. */
type Size = readonly [width: number, height: number];
const SIZES: Readonly<Record<"desktop" | "phone", Size>> = {
  desktop: [1_280, 900],
  phone: [360, 780],
};

/** Whether nothing sticks out to the right. */
function fits(page: DrivenPage): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth <= innerWidth");
}

/** The text of a tile. */
async function tile(page: DrivenPage, label: string): Promise<string> {
  return (await page.text(`.tile:has-text("${label}") dd`)).trim();
}

/** Waits until what stands there is that. */
function reads(page: DrivenPage, selector: string, text: string): Promise<void> {
  return eventually(`${selector} says ${text}`, async () => await page.text(selector) === text);
}

/** Has the market go on until a bot has another closed trade; returns how many it has. */
async function oneMoreTrade({ store, next }: Stage, id: string): Promise<number> {
  const before = await store.trades.count(id);
  for (let i = BEGIN; i < CANDLES.length - 1; i++) {
    await next();
    await eventually("the candle is decided", async () => {
      const [bot] = (await store.watch.glance({ limit: 1, id })).bots;
      return bot.cursor === (await store.marketData.latestCandle(CONFIGS[0].market))!.time;
    });
    const count = await store.trades.count(id);
    if (count > before) return count;
  }
  throw new Error("The bot did not trade any more");
}

for (const [size, scheme] of [["desktop", "light"], ["phone", "dark"]] as const) {
  browserTest(
    `on a ${size} a bot's page shows a trade when it happens`,
    (page) =>
      onStage(async (stage) => {
        const { store, url, ids: [id] } = stage, row = "#panel tbody tr";
        await page.open(...SIZES[size], scheme);
        await page.go(url);
        await page.click(`role=link[name="${id}"]`);
        const before = await store.trades.count(id);
        await reads(page, '.tile:has-text("Closed trades") dd', String(before));
        await page.click('role=tab[name="trades"]');
        const trades = await oneMoreTrade(stage, id),
          [newest] = (await store.trades.ofBot(id)).slice(-1);
        await reads(page, '.tile:has-text("Closed trades") dd', String(trades));
        await reads(page, `${row} td`, String(trades));
        const cells = (await page.text(row)).split(/\t/);
        assert.equal(cells[1], newest.side);
        assert.equal(
          cells[4],
          new Date(newest.exitTime).toISOString().slice(0, 19).replace("T", " "),
        );
        assert.ok(await fits(page));
        assert.deepEqual(await page.errors(), []);
      }),
  );
}

browserTest(
  "a bot is paused, resumed, stopped and started by keyboard and by mouse",
  (page) =>
    onStage(async ({ store, url, ids: [id, other], next }) => {
      const standing = "#standing .pill", ask = (wish: string) => `#actions [data-wish=${wish}]`;
      const button = (name: string) => `dialog >> role=button[name="${name}"]`;
      let stored = BEGIN;
      // The market goes on when the bot has decided all there is: there are so many candles and no more.
      const becomes = (status: string) =>
        eventually(`it is ${status}`, async () => {
          const bot = (await store.bots.find(id))!;
          if (bot.status === status) return true;
          if (bot.cursor === CANDLES[stored - 1].time) {
            await next();
            stored++;
          }
          return false;
        });
      await page.open(...SIZES.desktop, "dark");
      await page.go(`${url}bots/${id}`);
      await reads(page, standing, "running");
      await page.click(ask("stop"));
      await page.click(button("Cancel"));
      assert.equal((await store.bots.find(id))!.status, "running");
      await page.focus(ask("pause"));
      await page.press("Enter");
      await page.type("lunch");
      await page.press("Enter");
      await eventually(
        "the wish is written",
        async () => (await store.wishes.ofBot(id)).length === 1,
      );
      await becomes("paused");
      await reads(page, standing, "paused");
      assert.match(await page.text("#standing"), /asked by dashboard: lunch/);
      await page.click(ask("resume"));
      await page.click(button("Resume"));
      await eventually(
        "the wish is written",
        async () => (await store.wishes.ofBot(id)).length === 2,
      );
      await becomes("running");
      await reads(page, standing, "running");
      await page.go(`${url}bots/${other}`);
      await page.click(ask("stop"));
      await page.click(button("Stop"));
      await reads(page, standing, "stopped");
      assert.equal((await store.bots.find(other))!.status, "stopped");
      await page.click(ask("start"));
      await page.click(button("Start"));
      await eventually(
        "the start is asked for",
        async () => (await store.wishes.ofBot(other)).at(-1)?.wish === "start",
      );
      assert.deepEqual(await page.errors(), []);
    }),
);

browserTest(
  "the page says since when the server is away, and goes on with it",
  (page) =>
    onStage(async ({ store, url, ids: [id], next, end, begin }) => {
      await page.open(...SIZES.phone, "light");
      await page.go(`${url}bots/${id}`);
      await reads(page, "#link", "live");
      assert.equal(await page.shows("#banner"), false);
      await end();
      await eventually("it says so", () => page.shows("#banner"));
      const said = await page.text("#banner");
      assert.match(said, /^Connection lost since \d\d:\d\d:\d\d, for .*What you see is of \d\d:/);
      await next();
      await begin();
      await reads(page, "#link", "live");
      assert.equal(await page.shows("#banner"), false);
      await eventually(
        "it shows what happened meanwhile",
        async () => await tile(page, "Candles") === String((await store.bots.find(id))!.candles),
      );
      // The browser itself says that nobody answered.
      assert.deepEqual((await page.errors()).filter((text) => !/net::ERR_/.test(text)), []);
    }),
);

browserTest(
  "no page has a serious fault for those who cannot see it well",
  (page) =>
    onStage(async ({ url, ids: [id] }) => {
      for (const [size, scheme] of [["desktop", "light"], ["phone", "dark"]] as const) {
        await page.open(...SIZES[size], scheme);
        for (
          const [path, sign] of [["", ".bots tbody tr"], [`bots/${id}`, "#panel table"], [
            "data",
            "#series table",
          ]]
        ) {
          await page.go(`${url}${path}`);
          await page.text(sign);
          assert.deepEqual(await seriousFaults(page), [], `${path} on a ${size}, ${scheme}`);
          assert.ok(await fits(page), `${path} on a ${size}`);
        }
        assert.deepEqual(await page.errors(), []);
      }
    }),
);
