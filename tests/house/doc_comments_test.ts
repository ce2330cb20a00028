import assert from "node:assert/strict";
import { undocumented } from "./doc_comments.ts";
import { filesIn, textOf } from "./project_files.ts";

Deno.test("every exported function and class of engine/ has a doc comment", () => {
  const paths = filesIn("engine").filter((path) => path.endsWith(".ts"));
  assert.ok(paths.length > 100);
  assert.deepEqual(paths.flatMap((path) => undocumented(path, textOf(path))), []);
});

Deno.test("the check finds exports without a comment of their own", () => {
  const source = `
    /** Of the file. */
    const x = 1;
    export function bare() {}
    /* no doc comment */
    export class Bare {}
    /** Said. */
    export function said(a: string): void;
    export function said(a: number): void;
    /** Said. */
    export class Said {}
    // Said, but not in the way that tools read.
    export async function lineComment() {}
  `;
  assert.deepEqual(undocumented("a.ts", source), [
    "a.ts:4: bare",
    "a.ts:6: Bare",
    "a.ts:13: lineComment",
  ]);
});
