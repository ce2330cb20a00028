import assert from "node:assert/strict";
import { sharedPath, sharedTest } from "../support/shared.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { type CommandOptions, runCommand } from "./command.ts";

const CANDLES = ["--candles", "data/sample_candles_1h.csv.gz"];
const BACKTEST = ["backtest", "strategies/sma_cross.ts", ...CANDLES];
const over = (file: string) => ["backtest", "strategies/sma_cross.ts", "--candles", file];
const TAPE = ["--replay", "data/sample_tape.csv.gz"];

/** A command that cannot be, and what it has to say. */
type Refusal = readonly [args: readonly string[], said: RegExp, options?: CommandOptions];

/** Nothing listens there. */
const NOWHERE = { database: "postgres://ann:secret@127.0.0.1:1/lockstep" };

const COMMANDS: readonly Refusal[] = [
  [[], /^Which command\? There are: live, backtest,/],
  [["lvie"], /^No command "lvie"\. There are: live,/],
  [["live", "--nope"], /unknown option '--nope'/],
  [["live", "--speed", "fast"], /'fast' is invalid\. It must be max or a number above 0/],
  [["live", "--speed", "-1", ...TAPE], /'-1' is invalid/],
  [
    ["live"],
    /exchange is "synthetic", which is none .*--exchange okx.*\n {2}deno task live --replay/,
  ],
  [["live", "--speed", "9", "--exchange", "okx"], /^--speed is for a tape/],
  [["live", "--warm-up", "9", ...TAPE], /^--warm-up is for trading live/],
  [["live", "--verify-hour", "3", ...TAPE], /^--verify-hour is for trading live/],
  [["live", "--verify-hour", "24"], /'24' is invalid\. It must be a whole number from 0 to 23/],
  [
    ["fetch", "--exchange", "okx", "--symbol", "A/B", "--timeframe", "1m", "--from", "2024-01-01"]
      .concat("--exchange-options", "nowhere.json"),
    /^There is no file nowhere\.json$/,
  ],
  [["live", "nowhere.json", ...TAPE], /^There is no file nowhere\.json$/],
  [["live", "strategies", ...TAPE], /^strategies is a folder$/],
  [["live", "--replay", "nowhere.csv"], /^There is no file nowhere\.csv \(looked in .+\)$/],
  [["live", "--replay", "data"], /^Cannot read data: it is a folder$/],
  [["live", "--replay", "data/sample_candles_1m.csv.gz"], /it has no column id, timestamp, price/],
  [["live", ...TAPE, "--symbol", "XRP"], /has no such instrument\.\n.*synthetic BTC\/USDT$/],
  [
    ["live", "strategies/sma_cross_1m.json", "strategies/sma_cross_1m.json", ...TAPE],
    /^Two configs are called "sma_cross_1m"/,
  ],
  [["live", ...TAPE], /the database at 127\.0\.0\.1:1 cannot be reached/, NOWHERE],
  [["list-bots"], /the database at 127\.0\.0\.1:1 cannot be reached/, NOWHERE],
  [
    ["db", "path"],
    /^DATABASE_URL is no address of a database$/,
    { database: "postgres://ann:secret@host:port/lockstep" },
  ],
  [["list-bots", "all"], /too many arguments/],
  [["show-trades"], /missing required argument 'bot'/],
  [["show-trades", "a"], /cannot be reached/, NOWHERE],
  [["validate"], /missing required argument 'config'/],
  [["validate", "nowhere.json"], /^There is no file nowhere\.json\n1 of 1 configs refused$/],
  [["backtest", "strategies/sma_cross.ts"], /required option '--candles <candles>' not specified/],
  [
    ["backtest", "strategies/sma_cross.ts", "--candels", "data/sample_candles_1h.csv.gz"],
    /^error: unknown option '--candels'\n\(Did you mean --candles\?\)$/,
  ],
  [
    ["fetch", "--exchange", "okx", "--symbol", "A/B", "--timefrme", "1m", "--from", "2024-01-01"],
    /^error: unknown option '--timefrme'\n\(Did you mean --timeframe\?\)$/,
  ],
  [
    [...BACKTEST, "--leverage", "5"],
    /'--leverage'\nleverage is a setting .* --account '\{"leverage":…\}', .* account leverage$/,
  ],
  [
    [...BACKTEST, "--limit-entry=1"],
    /\nlimitEntry is given by the strategy, .* account limitEntry$/,
  ],
  [
    [...BACKTEST, "--account", '{"leverage":"5"}'],
    /account\.leverage: found "5", but must be 1 or more, 1000 at most\.$/,
  ],
  [
    [...BACKTEST, "--account", '{"levrage":5}'],
    /account\.levrage: unknown setting: did you mean "leverage"\? See deno task account$/,
  ],
  [[...BACKTEST, "--account", '{"x":5}'], /account\.x: unknown setting: see deno task account$/],
  [[...BACKTEST, "--account", "5"], /must be a JSON object such as '\{"sizing":"risk"/],
  [[...BACKTEST, "--portfolio", "x"], /must be a JSON object such as '\{"maxOpenPositions":2/],
  [
    ["backtest", "README.md", ...CANDLES],
    /^README\.md is no strategy \(STRATEGY\.ts\), nor a config/,
  ],
  [
    ["live", "strategies/sma_cross.ts", ...TAPE],
    /^strategies\/sma_cross\.ts is no config .* when a backtest of it is promoted$/,
  ],
  [
    ["validate", "strategies/config.schema.json"],
    /is the schema of configs, and no config itself$/,
  ],
  [["backtest", "strategies/nope.ts", ...CANDLES], /^There is no file strategies\/nope\.ts$/],
  [[...BACKTEST, "more"], /too many arguments/],
  [over("nowhere.csv"), /^There is no file nowhere\.csv \(looked in .+\)$/],
  [over("data"), /it is a folder/],
  [[...BACKTEST, "--fee", "x"], /'x' is invalid\. It must be a fraction from 0 to below 1/],
  [[...BACKTEST, "--slippage", "1"], /'1' is invalid/],
  [[...BACKTEST, "--balance", "0"], /'0' is invalid/],
  [[...BACKTEST, "--fill", "now"], /Allowed choices are next-open, close/],
  [[...BACKTEST, "--stamp", "middle"], /Allowed choices are open, close/],
  [[...BACKTEST, "--params", "{"], /It must be a JSON object such as/],
  [[...BACKTEST, "--params", "[1]"], /It must be a JSON object such as/],
  [[...BACKTEST, "--params", '{"fats":5}'], /fats: no such parameter: did you mean "fast"/],
  [[...BACKTEST, "--params", '{"fast":50,"slow":10}'], /does not allow fast 50, slow 10/],
  [[...BACKTEST, "--from", "2024-02-30"], /"2024-02-30" is no time/],
  [[...BACKTEST, "--start", "2023"], /"2023" is no time: give UTC milliseconds or a date like/],
  [
    [...BACKTEST, "--account", '{"fee":0.5,"fee":0.001}'],
    /It must be a JSON object such as '.*', in which each name is there once: fee: is there twice\.$/,
  ],
  [
    ["sweep", "strategies/sma_cross.ts", ...CANDLES, "--params"]
      .concat('{"fast":"5..8","fast":"6..7"}'),
    /fast: is there twice\.$/,
  ],
  [[...BACKTEST, "--from", "2040-01-01"], /has no candle between --from and --to/],
];

/** Runs a command and holds it to how Lockstep refuses. */
async function assertRefused([args, said, options]: Refusal): Promise<void> {
  const { code, out, err } = await runCommand(args, options), name = args.join(" ");
  assert.equal(code, 1, name);
  assert.equal(out, "", name);
  assert.match(err.trimEnd(), said, `${name}: ${err}`);
  assert.ok(err.trimEnd().split("\n").length <= 2, `${name}: more than two lines:\n${err}`);
  assert.doesNotMatch(err, /\n +at |Unexpected|secret/, name);
}

/** Two at a time. */
async function assertAllRefused(refusals: readonly Refusal[]): Promise<void> {
  const next = refusals.values();
  const worker = async () => {
    for (const refusal of next) await assertRefused(refusal);
  };
  await Promise.all([worker(), worker()]);
}

Deno.test("what cannot be is refused in one or two lines, with exit code 1", () =>
  assertAllRefused(COMMANDS));

Deno.test("files that cannot be are refused, and so is a folder without strategies", () =>
  inTempFolder(async (folder) => {
    const write = (name: string, text: string) => {
      Deno.writeTextFileSync(`${folder}/${name}`, text);
      return `${folder}/${name}`;
    };
    const config = JSON.parse(Deno.readTextFileSync("strategies/sma_cross_1m.json"));
    const header = "time,open,high,low,close,volume\n";
    const options = { folder };
    const rows = [5_000, 9_000, 6_999, 9_000].map((at, i) =>
      `${i},${1_700_000_000_000 + at},1,1,buy`
    );
    const backwards = ["id,timestamp,price,amount,side", ...rows].join("\n");
    const tape = ["--replay", new URL("../../data/sample_tape.csv.gz", import.meta.url).pathname];
    await assertAllRefused([
      [["live", ...tape], /^There is no folder strategies\/ here/, options],
      [["live", write("bad.json", "{"), ...TAPE], /bad\.json: not JSON/],
      [
        ["live", write("odd.json", JSON.stringify({ ...config, nmae: 1 })), ...TAPE],
        /odd\.json: nmae: unknown key/,
      ],
      [
        [
          "validate",
          write(
            "short.json",
            JSON.stringify({ ...config, account: { ...config.account, shorts: 1 } }),
          ),
        ],
        /short\.json: account\.shorts: .*\n1 of 1 configs refused/,
      ],
      [["live", "--replay", write("empty.csv", "")], /it is empty/],
      [
        over(write("no.csv", header)),
        /^There are no candles in .*no\.csv$/,
      ],
      [
        over(write("cut.csv", header.replaceAll(",", ";"))),
        /cells must be separated by commas$/,
      ],
      [
        ["live", "--replay", write("order.csv", backwards)],
        /^Cannot take the trades of .*order\.csv as they come: line 4 is 2\.001 s older than one above it\. Sort/,
      ],
      [
        ["trades-to-ohlcv", `${folder}/order.csv`, "--timeframe", "1m", "--out", `${folder}/o.csv`],
        /line 4 is 2\.001 s older/,
        { archive: folder },
      ],
      [
        ["live", "--replay", write("none.csv", "id,timestamp,price,amount,side\n")],
        /^There is no trade in /,
      ],
      [
        ["live", "--replay", write("nan.csv", "id,timestamp,price,amount,side\n1,5,x,1,buy\n")],
        /nan\.csv, line 2: price is NaN, not a number above 0/,
      ],
      [
        over(write("low.csv", `${header}60000,5,6,7,5,1\n120000,5,6,5,5,1\n`)),
        /Cannot use the candles of .*low\.csv.*row 1: high 6 is below/,
      ],
    ]);
  }));

sharedTest(
  "a tape of several instruments, and candles that are none, are refused",
  () =>
    assertAllRefused([
      [
        ["live", "--replay", sharedPath("data/trades_binance_all6_recv_order_20240808.csv.gz")],
        /has several instruments.*\nChoose with --market and --symbol among binance_spot BTCUSDT, /,
      ],
      [
        [...over(sharedPath("data/si_bad.csv.gz")), "--stamp", "close"],
        /^Cannot use the candles of .*si_bad\.csv\.gz.*row \d+/,
      ],
    ]),
);
