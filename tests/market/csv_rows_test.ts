import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { columnIndex, columnIndexes, csvRows } from "../../engine/market/csv_rows.ts";
import { InputError } from "../../engine/market/errors.ts";
import { inTempFolder } from "../support/temp_folder.ts";

/** Writes a file and gives all that is read from it. */
async function read(content: string | Uint8Array) {
  const found = { names: [] as readonly string[], rows: [] as string[][], lines: [] as number[] };
  await inTempFolder(async (folder) => {
    const path = `${folder}/file.csv`;
    await Deno.writeFile(path, bytesOf(content));
    for await (const { header, rows, line } of csvRows(path)) {
      found.names = header.names;
      rows.forEach((row, i) => {
        found.rows.push(row);
        found.lines.push(line + i);
      });
    }
  });
  return found;
}

const bytesOf = (content: string | Uint8Array) =>
  typeof content === "string" ? new TextEncoder().encode(content) : content;

async function refusal(content: string | Uint8Array): Promise<string> {
  const error = await read(content).then(() => undefined, (error) => error);
  assert.ok(error instanceof InputError, String(error));
  return error.message;
}

const PLAIN = { names: ["a", "b"], rows: [["1", "2"], ["3", "4"]], lines: [2, 3] };

const SAME: Record<string, string | Uint8Array> = {
  "line feeds": "a,b\n1,2\n3,4\n",
  "no line end at the end": "a,b\n1,2\n3,4",
  "carriage returns": "a,b\r\n1,2\r\n3,4\r\n",
  "a byte order mark": "\ufeffa,b\n1,2\n3,4\n",
  "blank lines at the end": "a,b\n1,2\n3,4\n\n  \r\n\n",
  "quoted cells": '"a","b"\r\n"1",2\r\n3,"4"\r\n',
  "names with capitals and spaces": " A , B\n1,2\n3,4\n",
  "gzip under any name": gzipSync("a,b\n1,2\n3,4\n"),
  "several gzip members": new Uint8Array([...gzipSync("a,b\n1,"), ...gzipSync("2\n3,4\n")]),
};

for (const [what, content] of Object.entries(SAME)) {
  Deno.test(`a CSV file with ${what} is read`, async () => {
    assert.deepEqual(await read(content), PLAIN);
  });
}

Deno.test("a quoted cell may hold commas and quotes", async () => {
  const { rows } = await read('a,b\n"1,5","say ""hi"""\n');
  assert.deepEqual(rows, [["1,5", 'say "hi"']]);
});

Deno.test("a file of many pieces comes through whole, with its line numbers", async () => {
  const count = 120_000, lines = ["id,name"];
  for (let i = 0; i < count; i++) lines.push(`${i},ä${i * 7}`);
  for (const ends of ["\n", "\r\n"]) {
    const text = lines.join(ends) + ends;
    for (const content of [text, gzipSync(text)]) {
      const { rows, lines: numbers } = await read(content);
      assert.equal(rows.length, count);
      assert.ok(rows.every(([id, name], i) => id === `${i}` && name === `ä${i * 7}`));
      assert.ok(numbers.every((line, i) => line === i + 2));
    }
  }
});

Deno.test("a character that is cut off at the end is not lost without a word", async () => {
  const { rows } = await read(new Uint8Array([...bytesOf("a,b\n1,2"), 0xc3]));
  assert.deepEqual(rows, [["1", "2\ufffd"]]);
});

Deno.test("a header without rows is one empty batch", async () => {
  assert.deepEqual(await read("a,b\n"), { names: ["a", "b"], rows: [], lines: [] });
});

Deno.test("reading may stop anywhere", async () => {
  await inTempFolder(async (folder) => {
    const path = `${folder}/file.csv.gz`, rows = "1,2\n".repeat(500_000);
    await Deno.writeFile(path, gzipSync(`a,b\n${rows}`));
    for await (const batch of csvRows(path)) {
      assert.ok(batch.rows.length < 500_000);
      break;
    }
  });
});

Deno.test("rows with too few or too many cells are refused, with the line", async () => {
  assert.match(
    await refusal("a,b\n1,2\n3\n"),
    /file\.csv, line 3: it has 1 cells, the header has 2/,
  );
  assert.match(await refusal("a,b\n1,2,3\n"), /line 2: it has 3 cells/);
  assert.match(await refusal("a,b\n1,2\n\n3,4\n"), /line 3: it is empty/);
  const deep = "a,b\n" + "1,2\n".repeat(150_000) + "3\n";
  assert.match(await refusal(deep), /line 150002: it has 1 cells/);
});

Deno.test("an open quote is refused, with the line", async () => {
  assert.match(await refusal('a,b\n1,2\n"3,4\n'), /line 3: Quoted field unterminated/);
});

Deno.test("gzip that is cut off or damaged is refused, with the line before", async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},${(i * 7919) % 10_007}`);
  const whole = gzipSync(`a,b\n${lines.join("\n")}\n`);
  const cut = await refusal(whole.subarray(0, whole.length - 20_000));
  assert.match(cut, /file\.csv past line \d+: its gzip data is damaged or cut off/);
  assert.ok(Number(/line (\d+)/.exec(cut)![1]) > 100_000);
  const damaged = Uint8Array.from(whole);
  damaged[whole.length - 8] ^= 1; // The checksum.
  assert.match(await refusal(damaged), /its gzip data is damaged/);
});

Deno.test("a file that is missing, empty, a folder or no text is refused", async () => {
  const reading = async (path: string) => {
    for await (const _ of csvRows(path)) assert.fail();
  };
  await assert.rejects(reading("no/such.csv"), {
    name: "InputError",
    message: `There is no file no/such.csv (looked in ${Deno.cwd()})`,
  });
  await inTempFolder(async (folder) => {
    await assert.rejects(reading(folder), { name: "InputError", message: /it is a folder/ });
  });
  assert.match(await refusal(""), /it is empty/);
  assert.match(await refusal("x".repeat(3 << 20)), /a line is longer than 1 MiB/);
});

Deno.test("columns that are missing are refused, with those found", () => {
  const header = { path: "a.csv", names: ["id", "timestamp", "px"] };
  const wanted = { time: ["time", "timestamp"], price: ["price", "close"], side: ["side"] };
  assert.throws(() => columnIndexes(header, wanted), {
    name: "InputError",
    message: "Cannot use a.csv: it has no column price or close, side " +
      "(its first line has id, timestamp, px)",
  });
  assert.deepEqual(columnIndexes(header, { time: ["time", "timestamp"], id: ["id"] }), {
    time: 1,
    id: 0,
  });
});

Deno.test("a column that is there twice is refused, whatever the case of its name", async () => {
  const header = { path: "a.csv", names: ["time", "close", "volume", "close"] };
  assert.throws(() => columnIndex(header, "close"), {
    ...{ name: "InputError", message: "Cannot use a.csv: it has several columns close" },
  });
  assert.equal(columnIndex(header, "volume"), 2);
  await inTempFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.csv`, "price,PRICE\n1,2\n");
    for await (const { header } of csvRows(`${folder}/a.csv`)) {
      assert.throws(() => columnIndexes(header, { price: ["price"] }), /several columns price/);
    }
  });
});

Deno.test("bytes behind gzip data are refused in words", async () => {
  await inTempFolder(async (folder) => {
    const member = gzipSync("a,b\n1,2\n"), more = new TextEncoder().encode("more of it");
    await Deno.writeFile(`${folder}/a.csv.gz`, new Uint8Array([...member, ...more]));
    await assert.rejects(Array.fromAsync(csvRows(`${folder}/a.csv.gz`)), {
      ...{ name: "InputError", message: /behind its gzip data there is something else/ },
    });
  });
});
