import assert from "node:assert/strict";
import { getLogger } from "@logtape/logtape";
import { jsonLog } from "../../engine/cli/json_log.ts";
import { withDatabase } from "../support/database.ts";
import { runCommand } from "./command.ts";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The lines of a text without their times, which are checked. */
function linesOf(text: string): Record<string, unknown>[] {
  return text.trimEnd().split("\n").map((line) => {
    const { time, ...rest } = JSON.parse(line);
    assert.match(time, MOMENT);
    return rest;
  });
}

Deno.test("a note is a line of JSON with time and level, and with the bot and market it is about", () => {
  const others: string[] = [], format = jsonLog((line) => others.push(line));
  const market = "okx BTC/USDT", bot = "sma-1";
  const lines = [
    format("Stopping: {all} ends\n"),
    format(`${bot}: crashed: "why"`, { level: "error", bot, market }),
    format(`${market}: trades may be missing`, { level: "warning", market }),
    format(`${bot} was at work`, { bot }),
  ];
  assert.deepEqual(linesOf(lines.join("\n")), [
    { level: "info", message: "Stopping: {all} ends" },
    { level: "error", bot, market, message: 'crashed: "why"' },
    { level: "warning", market, message: `${market}: trades may be missing` },
    { level: "info", bot, message: "sma-1 was at work" },
  ]);
  assert.deepEqual(others, []);
  // What a package logs is no note, and not lost.
  getLogger("package").warn("{count} sockets", { count: 3 });
  getLogger("package").info("nothing");
  assert.deepEqual(linesOf(others.join("\n")), [{ level: "warning", message: "3 sockets" }]);
});

Deno.test("live with --log json says nothing else on standard error, to the last line", () =>
  withDatabase(async (database) => {
    const config = "strategies/sma_cross_1m.json", tape = "data/sample_tape.csv.gz";
    const args = ["live", config, "--replay", tape, "--exit", "--keep", "--log", "json"];
    const first = await runCommand(args, { database });
    assert.equal(first.code, 0, first.err);
    const lines = linesOf(first.err);
    assert.ok(lines.some(({ message }) => /^The tape gave \d+ trades/.test(`${message}`)));
    assert.match(first.out, /sma_cross_1m/);
    const wrong = await runCommand(["live", config, "--replay", "none", "--log", "json"]);
    assert.equal(wrong.code, 1);
    assert.deepEqual(linesOf(wrong.err).map(({ level }) => level), ["error"]);
  }));
