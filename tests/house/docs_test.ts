import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { filesIn, ROOT, textOf } from "./project_files.ts";
import { tasks } from "./tasks.ts";

const files = filesIn(""), markdown = files.filter((path) => path.endsWith(".md"));

/** Relative links of a Markdown file, without their anchors. */
function linksOf(path: string): string[] {
  const links = textOf(path).matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g);
  return [...links].map(([, to]) => to.replace(/#.*$/, ""))
    .filter((to) => to !== "" && !/^[a-z]+:/.test(to));
}

Deno.test("every relative link of the documents leads somewhere", () => {
  const dead = markdown.flatMap((path) =>
    linksOf(path).filter((to) => !existsSync(new URL(to, new URL(path, ROOT))))
      .map((to) => `${path}: ${to}`)
  );
  assert.deepEqual(dead, []);
});

Deno.test("every task that a document or a message names exists", () => {
  const texts = files.filter((path) => /\.(md|ts|json)$/.test(path) && path !== "deno.json");
  const unknown = texts.flatMap((path) =>
    [...textOf(path).matchAll(/\bdeno(?:@[\d.]+)? task (?:-q )?([a-z][a-z-]*)/g)]
      .filter(([, name]) => !Object.hasOwn(tasks(), name))
      .map(([, name]) => `${path}: deno task ${name}`)
  );
  assert.deepEqual(unknown, []);
});

/** Spelled with brackets so that this file does not find itself. */
const UNWANTED = [
  /registry[.](npmjs|yarnpkg)/, // whoever builds it may use a mirror
  /\b(jsr[.]io|esm[.]sh|unpkg[.]com|jsdelivr[.]net|pypi[.]org|pythonhosted[.]org|crates[.]io)\b/,
  /[/]work[/](main|shared|[.])/, // a path of one machine
  /[/](root|Users|home)[/](?!ann\b)[\w.]/,
  /[/]tmp[/]\w/,
];

Deno.test("no file names a package registry or a path of somebody's machine", () => {
  const texts = files.filter((path) => !/\.(gz|png|ttf|parquet)$/.test(path));
  const found = texts.flatMap((path) =>
    textOf(path).split("\n").flatMap((line, i) =>
      UNWANTED.filter((pattern) => pattern.test(line)).map((pattern) =>
        `${path}:${i + 1}: ${pattern.exec(line)?.[0]}`
      )
    )
  );
  assert.deepEqual(found, []);
});

Deno.test("the document checks find what they look for", () => {
  assert.deepEqual(UNWANTED.map((pattern) => pattern.test(`x ${MADE_UP[pattern.source]} y`)), [
    true,
    true,
    true,
    true,
    true,
  ]);
});

/** A line that each pattern has to find, put together so that it is not found here. */
const MADE_UP = Object.fromEntries(
  [
    ["registry.", "npmjs.org"],
    ["es", "m.sh"],
    ["/work", "/shared/data"],
    ["/home", "/bob/x"],
    ["/tmp", "/x"],
  ].map((parts, i) => [UNWANTED[i].source, parts.join("")]),
);
