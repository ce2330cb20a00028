import assert from "node:assert/strict";
import { inTempFolder } from "../support/temp_folder.ts";
import { runProcess } from "../support/limited_process.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** Runs a script in the project's folder with these permissions. */
async function script(text: string, ...allowed: string[]): Promise<{ out: string; err: string }> {
  return await runProcess("deno", {
    args: ["run", "-q", "--no-prompt", "--lock=deno.lock", "--frozen", ...allowed, "-"],
    cwd: ROOT,
    input: text,
  });
}

const told = (options: string) => `
  import { candles } from "./engine/mod.ts";
  const key = { exchange: "okx", symbol: "BTC/USDT", timeframe: "1h" };
  await candles({ ...key, ${options} }).catch((error) => console.log(error.name + ": " + error.message));
`;

Deno.test("a script that may not look for a database is told which permissions it needs", () =>
  inTempFolder(async (folder) => {
    const archive = `archive: ${JSON.stringify(folder)}`;
    const lacking = await script(told(archive), "--allow-read");
    assert.match(
      lacking.out,
      /^InputError: candles is not permitted .*Requires env access to "DATABASE_URL".* -A; for the archive alone, with database: false, --allow-read is enough\n$/,
      lacking.err,
    );
    const alone = await script(told(`${archive}, database: false`), "--allow-read");
    assert.match(alone.out, /^InputError: No candles of okx BTC\/USDT 1h are stored/, alone.err);
  }));
