import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { COMMANDS, loadCommand } from "../../engine/cli/commands.ts";
import { DASHBOARD } from "../../engine/cli/dashboard_address.ts";
import { notifySettings } from "../../engine/notify/settings.ts";
import { filesIn, ROOT, textOf } from "./project_files.ts";
import { tasks } from "./tasks.ts";

const COMPOSE = textOf("deploy/compose.yaml"), CONTAINER = textOf("deploy/Containerfile");
const UNIT = textOf("deploy/lockstep.service"), DOCS = textOf("docs/deployment.md");

/** What Deno and the shells read themselves. */
const OF_OTHERS = ["DENO_DIR", "HOME"];

/** The variables that our code asks the environment for, and those that the tasks do. */
function readVariables(): Set<string> {
  const code = filesIn("engine").filter((path) => path.endsWith(".ts")).map(textOf).join("\n");
  const asked = [...code.matchAll(/env\.get\("([A-Z_]+)"\)/g)];
  const expanded = [...Object.values(tasks()).join("\n").matchAll(/\$([A-Z][A-Z_]+)/g)];
  return new Set([...asked, ...expanded].map(([, name]) => name));
}

/** The variables that a text gives to Lockstep: of the compose file's one environment, the unit, the table. */
function givenVariables(): Record<string, string[]> {
  const [, ours = ""] = /&environment\n((?: {6}\S.*\n)+)/.exec(COMPOSE) ?? [];
  const names = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, name]) => name);
  const unit = names(UNIT, /^Environment=(.*)$/gm).join(" ");
  return {
    compose: names(ours, /^ {6}([A-Z_]+):/gm),
    unit: names(unit, /([A-Z_]+)=/g),
    docs: names(DOCS, /^\| `([A-Z_]+)`/gm),
  };
}

Deno.test("what deployments give in the environment is read", () => {
  const read = readVariables();
  for (const [where, names] of Object.entries(givenVariables())) {
    assert.ok(names.length > 1, where);
    assert.deepEqual(
      names.filter((name) => !read.has(name) && !OF_OTHERS.includes(name)),
      [],
      where,
    );
  }
});

Deno.test("what compose gives and what it asks for in .env is told in the docs", () => {
  const { compose, docs } = givenVariables();
  assert.deepEqual(compose.filter((name) => !docs.includes(name)), []);
  const asked = [...COMPOSE.matchAll(/\$\{([A-Z_]+):\?\}/g)].map(([, name]) => name);
  for (const name of new Set(asked)) assert.match(DOCS, new RegExp(`^${name}=`, "m"));
});

Deno.test("deployments serve, publish and ask after the port that the dashboard has", () => {
  const ports = [COMPOSE, CONTAINER, UNIT, DOCS].flatMap((text) =>
    [...text.matchAll(/(?<!@)(?:127\.0\.0\.1|0\.0\.0\.0|EXPOSE)[: ](\d+)(?::(\d+))?/g)]
      .flatMap(([, first, second]) => second === undefined ? [first] : [first, second])
  );
  assert.ok(ports.length >= 7);
  assert.deepEqual([...new Set(ports)], [`${DASHBOARD.port}`]);
});

/** The words after `task -q` of each command line of a text, without quotes and commas. */
function linesOf(text: string): string[][] {
  return [...text.matchAll(/\btask\W+-q\W+(.*)$/gm)].map(([, rest]) =>
    rest.replace(/>.*$/, "").replace(/[[\]",`]/g, " ").trim().split(/\s+/)
  );
}

Deno.test("the commands and options that deployments call exist", async () => {
  const lines = [COMPOSE, CONTAINER, UNIT].flatMap(linesOf);
  assert.equal(lines.length, 5);
  for (const [name, ...words] of lines) {
    assert.ok(Object.hasOwn(COMMANDS, name), name);
    const { options } = await loadCommand(name);
    const known = options.map(({ long }) => long);
    for (const word of words.filter((word) => /^--(?!help$)/.test(word))) {
      assert.ok(known.includes(word), `${name} ${word}`);
    }
  }
});

Deno.test("both deployments notify by settings that are there, and tell nobody until they are changed", () => {
  const settings = notifySettings.parse(JSON.parse(textOf("deploy/notify.json")));
  assert.deepEqual(settings.receivers, []);
  const [, file] = /live .* --notify (\S+)$/m.exec(UNIT) ?? [];
  assert.ok(DOCS.includes(`cp deploy/notify.json ${file}\n`));
  assert.match(COMPOSE, /--notify,\s+notify\.json,?\s*\]/);
  assert.match(COMPOSE, /^ +- \.\/notify\.json:\/opt\/lockstep\/notify\.json:ro$/m);
  assert.match(COMPOSE, /^ +env_file: \[\.env\]$/m);
});

Deno.test("the image has the README's Deno, and files that are there", () => {
  const [, version] = /deno@([\d.]+) task live/.exec(textOf("README.md")) ?? [];
  assert.match(CONTAINER, new RegExp(`^FROM \\S+/deno:${version}$`, "m"));
  const copied = [...CONTAINER.matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, from]) =>
    from.split(" ")
  );
  const named = CONTAINER.match(/engine\/\S+\.ts/g) ?? [];
  assert.ok(copied.length > 3 && named.length > 0);
  for (const path of [...copied, ...named]) assert.ok(existsSync(new URL(path, ROOT)), path);
});
