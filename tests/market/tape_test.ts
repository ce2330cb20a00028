import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describeTape } from "../../engine/market/describe_tape.ts";
import { readTape, type TapeOptions, type TapeRow } from "../../engine/market/tape.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const BINANCE = "data/trades_binance_all6_recv_order_20240808.csv.gz";

async function all(path: string, options?: TapeOptions): Promise<TapeRow[]> {
  const rows: TapeRow[] = [];
  for await (const batch of readTape(path, options)) rows.push(...batch);
  return rows;
}

async function readText(text: string, options?: TapeOptions): Promise<TapeRow[]> {
  let rows: TapeRow[] = [];
  await inTempFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/tape.csv`, text);
    rows = await all(`${folder}/tape.csv`, options);
  });
  return rows;
}

const TWO = "side,extra,price,amount,timestamp,id\nsell,x,61837.63,0.02,1723161255342,t-1\n" +
  "BUY,y,61840,1e-5,2024-08-08T23:54:16Z,t-2\n";

Deno.test("a tape's columns may come in any order; without names the tape is called one", async () => {
  const [first, second] = await readText(TWO);
  assert.deepEqual(first, {
    instrument: { exchange: "tape", symbol: "TAPE" },
    trade: { id: "t-1", timestamp: 1723161255342, price: 61837.63, amount: 0.02, side: "sell" },
    received: 1723161255342,
  });
  assert.deepEqual(second.trade, {
    id: "t-2",
    timestamp: 1723161256000,
    price: 61840,
    amount: 0.00001,
    side: "buy",
  });
  assert.ok(first.instrument === second.instrument);
});

Deno.test("a tape without names takes those that are given", async () => {
  const rows = await readText(TWO, { market: "okx", symbol: "BTC/USDT" });
  assert.equal(rows.length, 2);
  assert.deepEqual(rows[0].instrument, { exchange: "okx", symbol: "BTC/USDT" });
});

const FOUR = "id,timestamp,price,amount,side,market,symbol,recv_ns\n" +
  "1,1723161255342,10,1,sell,spot,BTC,1723161254087896568\n" +
  "1,1723161255342,20,2,buy,spot,ETH,1723161255400000000\n" +
  "1,1723161255343,30,3,buy,perp,BTC,1723161255999999999\n" +
  "2,1723161255344,40.5,4,buy,spot,BTC,1723161256000000001\n";

Deno.test("a tape is narrowed to a market, a symbol or both", async () => {
  const prices = async (options: TapeOptions) =>
    (await readText(FOUR, options)).map(({ trade }) => trade.price);
  assert.deepEqual(await prices({}), [10, 20, 30, 40.5]);
  assert.deepEqual(await prices({ market: "spot" }), [10, 20, 40.5]);
  assert.deepEqual(await prices({ symbol: "BTC" }), [10, 30, 40.5]);
  assert.deepEqual(await prices({ market: "spot", symbol: "BTC" }), [10, 40.5]);
  assert.deepEqual(await prices({ market: "kraken" }), []);
});

Deno.test("times of arrival are the double nearest to their nanoseconds", async () => {
  const received = (await readText(FOUR)).map((row) => row.received);
  const texts = ["4087.896568", "5400", "5999.999999", "6000.000001"];
  assert.deepEqual(received, texts.map((text) => Number(`172316125${text}`)));
});

const REFUSED: [string, string, RegExp][] = [
  ["a price that is no number", "1,1723161255342,ten,1,sell", /line 2: price is NaN/],
  ["a price of zero", "1,1723161255342,0,1,sell", /line 2: price is 0/],
  ["an amount that is missing", "1,1723161255342,10,,sell", /line 2: amount is NaN/],
  ["a side that is none", "1,1723161255342,10,1,short", /line 2: side is "short"/],
  ["no id", ",1723161255342,10,1,sell", /line 2: id is empty/],
  ["a time in seconds", "1,1723161255,10,1,sell", /line 2: 1723161255 looks like seconds/],
  ["a fraction of a millisecond", "1,1723161255342.5,10,1,sell", /line 2: .* no whole number/],
];

for (const [what, row, message] of REFUSED) {
  Deno.test(`a trade with ${what} is refused, with the line`, async () => {
    const text = `id,timestamp,price,amount,side\n${row}\n`;
    await assert.rejects(readText(text), { name: "InputError", message });
  });
}

Deno.test("a time of arrival that is no whole nanoseconds is refused", async () => {
  for (const text of ["", "1723161255342", "1.72e18", "soon"]) {
    const rows = `id,timestamp,price,amount,side,recv_ns\n1,1723161255342,10,1,sell,${text}\n`;
    await assert.rejects(readText(rows), { name: "InputError", message: /line 2: recv_ns is/ });
  }
});

Deno.test("a tape without its columns is refused, with those it lacks", async () => {
  await assert.rejects(readText("time,price\n1,2\n"), {
    name: "InputError",
    message: /no column id, timestamp, amount, side \(its first line has time, price\)/,
  });
});

Deno.test("of a tape it is told how far its rows go back in time, by their arrival", () =>
  inTempFolder(async (folder) => {
    const path = `${folder}/tape.csv`, header = "id,timestamp,price,amount,side,symbol,recv_ns\n";
    const arrived = [[1, "A", 5], [2, "B", 9], [3, "A", 6], [4, "A", 8], [5, "B", 7], [
      6,
      "B",
      8.5,
    ]];
    const rows = arrived.map(([id, symbol, at]) =>
      `${id},${1_700_000_000_000 + Number(id) % 2},1,1,buy,${symbol},${
        1_700_000_000_000 + Number(at) * 1_000
      }000000`
    );
    await Deno.writeTextFile(path, header + rows.join("\n"));
    const { contents, backwards } = await describeTape(path);
    assert.deepEqual(backwards, { line: 4, by: 3_000 });
    assert.deepEqual(contents.map((content) => content.backwards), [undefined, {
      line: 6,
      by: 2_000,
    }]);
  }));

Deno.test("a tape is described per instrument, wanted or not", async () => {
  await inTempFolder(async (folder) => {
    const path = `${folder}/tape.csv`;
    await Deno.writeTextFile(path, FOUR);
    const { contents, others, fingerprint } = await describeTape(path, { symbol: "BTC" });
    assert.deepEqual(contents, [
      {
        instrument: { exchange: "spot", symbol: "BTC" },
        trades: 2,
        from: 1723161255342,
        to: 1723161255344,
        priceDecimals: 1,
        holes: [],
        unclearIds: undefined,
        backwards: undefined,
      },
      {
        instrument: { exchange: "perp", symbol: "BTC" },
        trades: 1,
        from: 1723161255343,
        to: 1723161255343,
        priceDecimals: 0,
        holes: [],
        unclearIds: undefined,
        backwards: undefined,
      },
    ]);
    assert.deepEqual(others.map(({ instrument }) => instrument), [
      { exchange: "spot", symbol: "ETH" },
    ]);
    assert.equal(fingerprint, createHash("sha256").update(FOUR).digest("hex"));
  });
});

Deno.test("a tape that was changed is described anew, and one that was not is not read again", async () => {
  await inTempFolder(async (folder) => {
    const path = `${folder}/tape.csv`;
    await Deno.writeTextFile(path, FOUR);
    const first = await describeTape(path);
    assert.ok(await describeTape(path) === first);
    await Deno.writeTextFile(
      path,
      FOUR + "3,1723161255345,1.125,4,buy,spot,BTC,1723161256000000001\n",
    );
    const second = await describeTape(path);
    assert.equal(second.contents[0].trades, 3);
    assert.equal(second.contents[0].priceDecimals, 3);
    assert.notEqual(second.fingerprint, first.fingerprint);
  });
});

Deno.test("prices that are no decimal numbers have no decimals", async () => {
  await inTempFolder(async (folder) => {
    const path = `${folder}/tape.csv`;
    await Deno.writeTextFile(path, `${TWO}buy,z,${1 / 3},1,1723161256000,t-3\n`);
    assert.equal((await describeTape(path)).contents[0].priceDecimals, undefined);
  });
});

Deno.test("a tape that cannot be described may be tried again", async () => {
  await inTempFolder(async (folder) => {
    const path = `${folder}/tape.csv`,
      missing = { name: "InputError", message: /There is no file/ };
    await assert.rejects(describeTape(path), missing);
    await assert.rejects(describeTape(path), missing);
    await Deno.writeTextFile(path, FOUR);
    assert.equal((await describeTape(path)).contents.length, 3);
  });
});

sharedTest("the Binance tape is read as it stands in the file", async () => {
  const path = sharedPath(BINANCE),
    text = new TextDecoder().decode(gunzipSync(Deno.readFileSync(path)));
  const [header, ...lines] = text.trimEnd().split("\n").map((line) => line.split(","));
  const cell = (line: string[], name: string) => line[header.indexOf(name)];
  const rows = await all(path);
  assert.equal(rows.length, 78_638);
  rows.forEach(({ instrument, trade, received }, i) => {
    const line = lines[i], ns = cell(line, "recv_ns");
    const written = [
      instrument.exchange === cell(line, "market"),
      instrument.symbol === cell(line, "symbol"),
      trade.id === cell(line, "id"),
      trade.timestamp === Number(cell(line, "timestamp")),
      trade.price === Number(cell(line, "price")),
      trade.amount === Number(cell(line, "amount")),
      trade.side === cell(line, "side"),
      received === Number(`${ns.slice(0, -6)}.${ns.slice(-6)}`),
    ];
    assert.ok(!written.includes(false), `row ${i + 1}: ${line} is not ${JSON.stringify(trade)}`);
  });
});

sharedTest("the Binance tape holds six instruments", async () => {
  const { contents, others } = await describeTape(sharedPath(BINANCE));
  assert.deepEqual(
    contents.map(({ instrument: { exchange, symbol }, trades, priceDecimals }) =>
      [exchange, symbol, trades, priceDecimals].join(" ")
    ),
    [
      "binance_spot BTCUSDT 19904 2",
      "binance_spot ETHUSDT 14515 2",
      "binance_um BTCUSDT 21313 1",
      "binance_um ETHUSDT 14076 2",
      "binance_cm BTCUSD_PERP 5235 1",
      "binance_cm ETHUSD_PERP 3595 2",
    ],
  );
  assert.equal(contents.reduce((sum, { trades }) => sum + trades, 0), 78_638);
  assert.deepEqual(others, []);
});
