import assert from "node:assert/strict";
import { cellOutputs } from "../../../engine/cli/jupyter/cell_outputs.ts";
import { decode, encode } from "../../../engine/cli/jupyter/message.ts";

const bytes = (frames: readonly string[]) => frames.map((frame) => new TextEncoder().encode(frame));

Deno.test("A message is read back; one that was changed, or signed by another key, is refused", () => {
  const message = { type: "execute_request", content: { code: "1 + 1" } };
  const frames = encode(message, "session", "key");
  assert.deepEqual(decode(bytes(["route", ...frames]), "key"), message);
  assert.throws(() => decode(bytes(frames), "other"), /not signed as it should be/);
  const changed = frames.map((frame) => frame.replace("1 + 1", "1 + 2"));
  assert.throws(() => decode(bytes(changed), "key"), /not signed as it should be/);
  assert.throws(() => decode(bytes(["<IDS|MSG>"]), "key"), /not signed as it should be/);
});

Deno.test("A signature is the HMAC of the parts one after the other", () => {
  // RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?".
  const parts = ["what do ya ", "want for ", "nothing", "?"];
  const signed = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  assert.throws(
    () => decode(bytes(["<IDS|MSG>", signed, ...parts]), "Jefe"),
    // The signature is right; what is signed is no JSON.
    SyntaxError,
  );
});

Deno.test("Printed text is joined by stream, and a cell's result is its last output", () => {
  const stream = (name: string, text: string) => ({ type: "stream", content: { name, text } });
  const data = { "text/plain": "3" };
  assert.deepEqual(
    cellOutputs([
      stream("stdout", "a"),
      { type: "status", content: {} },
      stream("stdout", "b\n"),
      { type: "execute_result", content: { data } },
      stream("stderr", "late\n"),
    ]),
    [
      { output_type: "stream", name: "stdout", text: "ab\n" },
      { output_type: "stream", name: "stderr", text: "late\n" },
      { output_type: "execute_result", data },
    ],
  );
});
