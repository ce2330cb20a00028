import type { Cell, Output } from "./notebook.ts";

/**
 * A notebook's file with other outputs, and nothing else in it changed: not what editors keep in it
 * (attachments, metadata, the order of keys), nor how far it is indented. `cells` are those of the file
 * itself, in order. Equal outputs give equal bytes: there are no times in it.
 */
export function writeNotebook(text: string, cells: readonly Cell[]): string {
  const json: { cells: Record<string, unknown>[] } = JSON.parse(text);
  let count = 0;
  json.cells.forEach((cell, i) => {
    if (cells[i]?.type !== "code") return;
    count++;
    cell.execution_count = count;
    cell.outputs = cells[i].outputs.map((output) => outputJson(output, count));
  });
  return `${JSON.stringify(json, null, indentOf(text))}\n`;
}

/** As Jupyter itself has it, unless the file is indented otherwise. */
function indentOf(text: string): string {
  return /^\{\r?\n([ \t]+)"/.exec(text)?.[1] ?? " ";
}

function outputJson(output: Output, count: number): object {
  const { output_type } = output;
  switch (output_type) {
    case "stream":
      return { name: output.name, output_type, text: lines(output.text) };
    case "error":
      return {
        ename: output.ename,
        evalue: output.evalue,
        output_type,
        traceback: output.traceback,
      };
    case "display_data":
      return { data: dataJson(output.data), metadata: {}, output_type };
    case "execute_result":
      return { data: dataJson(output.data), execution_count: count, metadata: {}, output_type };
  }
}

function dataJson(data: Readonly<Record<string, string>>): object {
  const sorted = Object.entries(data).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(
    sorted.map(([type, it]) => [type, type.startsWith("text/") ? lines(it) : it]),
  );
}

/** Each with its line break, as the format wants it. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
