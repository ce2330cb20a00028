import type { Cell, Output } from "./notebook.ts";

/** What Jupyter writes of Deno's kernel, but for the version of TypeScript: that changes nothing. */
const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/**
 * A notebook as the text of its file, format 4.5, as Jupyter itself writes it: keys in order, texts
 * as lists of lines. Equal cells give equal bytes: there are no times in it.
 */
export function writeNotebook(cells: readonly Cell[]): string {
  let count = 0;
  const json = {
    cells: cells.map((cell) => cellJson(cell, cell.type === "code" ? ++count : 0)),
    metadata: METADATA,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(json, null, 1)}\n`;
}

function cellJson({ type, id, metadata, source, outputs }: Cell, count: number): object {
  if (type !== "code") return { cell_type: type, id, metadata, source: lines(source) };
  return {
    cell_type: type,
    execution_count: count,
    id,
    metadata,
    outputs: outputs.map((output) => outputJson(output, count)),
    source: lines(source),
  };
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
