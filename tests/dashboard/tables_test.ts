import assert from "node:assert/strict";
import { bareBot, starting } from "../storage/bare_bot.ts";
import { ask, withDashboard } from "./with_dashboard.ts";

Deno.test("signals have their confidence beside them if the strategy gives one", () =>
  withDashboard(async ({ url, store }) => {
    const signals = { enterLong: "up" }, time = Date.UTC(2024, 7, 8);
    const configs = {
      plain: { strategy: { name: "cross", signals } },
      sure: { strategy: { name: "cross", signals: { ...signals, confidence: "strength" } } },
      odd: {},
    };
    for (const [botId, config] of Object.entries(configs)) {
      await store.bots.create(bareBot(botId, config));
      const epoch = await store.bots.claim(botId, starting("me"));
      await store.commit({
        ...{ botId, epoch, previousCursor: undefined, cursor: time, snapshot: new Uint8Array() },
        signals: [{ time, action: "enterLong", confidence: 1, price: 2, values: { up: 3 } }],
        ...{ refusals: [], fills: [], trades: [], performance: [], candles: 1, maxDrawdown: 0 },
      });
    }
    const tableOf = async (id: string) => {
      const { columns, rows } = JSON.parse((await ask(`${url}/api/bots/${id}/signals`)).text);
      return [columns.map(({ label }: { label: string }) => label), rows[0]];
    };
    const plain = [["Candle", "Decision", "Close", "up"], [
      ...["2024-08-08 00:00:00", "enter long", "2.00", "3"],
    ]];
    assert.deepEqual(await tableOf("plain"), plain);
    assert.deepEqual(await tableOf("odd"), plain);
    assert.deepEqual(await tableOf("sure"), [
      ["Candle", "Decision", "Close", "Confidence", "up"],
      ["2024-08-08 00:00:00", "enter long", "2.00", "1.00", "3"],
    ]);
  }));
