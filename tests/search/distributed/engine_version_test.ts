import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { engineVersion } from "../../../engine/search/distributed/engine_version.ts";
import { inTempFolder } from "../../support/temp_folder.ts";

/** What may be changed, and whether numbers may be others then. */
const CHANGES: readonly [path: string, from: string, to: string, matters: boolean][] = [
  ["import_map.json", "technicalindicators@", "technicalindicators@9", true],
  ["import_map.json", "commander@", "commander@9", false],
  ["engine/search/distributed/packed.ts", "export ", "export  ", true],
  ["engine/account/orders.ts", "export ", "export  ", true],
  // What chance draws says which sets are tried.
  ["engine/research/seeded_random.ts", "export ", "export  ", true],
  ["engine/account/orders.ts", "\n", "\r\n", false],
  ["engine/cli/sweep.ts", "export ", "export  ", false],
];

Deno.test("an engine is another one where its numbers may be others", () =>
  inTempFolder(async (folder) => {
    for (const name of ["engine", "import_map.json"]) {
      cpSync(name, `${folder}/${name}`, { recursive: true });
    }
    const root = pathToFileURL(`${folder}/`), ours = await engineVersion();
    assert.deepEqual(await engineVersion(root), ours);
    for (const [path, from, to, matters] of CHANGES) {
      const before = await Deno.readTextFile(`${folder}/${path}`);
      assert.ok(before.includes(from), path);
      await Deno.writeTextFile(`${folder}/${path}`, before.replaceAll(from, to));
      const { code } = await engineVersion(root);
      assert.equal(code !== ours.code, matters, `${path}: ${from}`);
      await Deno.writeTextFile(`${folder}/${path}`, before);
    }
  }));
