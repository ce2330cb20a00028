import assert from "node:assert/strict";
import { makeHome } from "../../engine/storage/embedded/make_home.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const modeOf = async (path: string) => (await Deno.stat(path)).mode! & 0o7777;

Deno.test("a folder that was there before keeps its mode", () =>
  inTempFolder(async (folder) => {
    for (const mode of [0o700, 0o711, 0o750, 0o777]) {
      await Deno.chmod(folder, mode);
      await makeHome(folder);
      assert.equal(await modeOf(folder), mode);
    }
  }));

Deno.test("a new home folder is open to the server's account, and to nobody without need", () =>
  inTempFolder(async (folder) => {
    await makeHome(`${folder}/a/b`);
    assert.equal(await modeOf(`${folder}/a/b`), Deno.uid() === 0 ? 0o755 : 0o700);
  }));

Deno.test("a place where no folder can be is told", () =>
  inTempFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    for (const place of [`${folder}/file`, `${folder}/file/home`]) {
      await assert.rejects(makeHome(place), {
        name: "StoreError",
        message: /^Cannot keep the database in .*Set LOCKSTEP_HOME to a folder of yours$/,
      });
    }
  }));
