import { InputError } from "../../market/errors.ts";

/** What a cell showed: MIME types and their data. */
export type MimeBundle = Readonly<Record<string, string>>;

/** An output of a cell. */
export type Output =
  | { output_type: "stream"; name: string; text: string }
  | { output_type: "display_data" | "execute_result"; data: MimeBundle }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** A cell of a notebook. */
export interface Cell {
  type: "code" | "markdown" | "raw";
  id: string;
  source: string;
  metadata: { readonly tags?: readonly string[]; readonly [name: string]: unknown };
  outputs: readonly Output[];
}

type Text = string | readonly string[];

interface JsonCell {
  cell_type: Cell["type"];
  id?: string;
  source: Text;
  metadata: Cell["metadata"];
  outputs?: Record<string, unknown>[];
}

/** The cells of a notebook file. Throws an `InputError` for what is no notebook. */
export function readNotebook(text: string, path: string): Cell[] {
  let json: { nbformat?: number; cells?: JsonCell[] };
  try {
    json = JSON.parse(text);
  } catch {
    json = {};
  }
  if (json.nbformat !== 4 || !Array.isArray(json.cells)) {
    throw new InputError(`${path} is no notebook of format 4`);
  }
  return json.cells.map((cell, i) => ({
    type: cell.cell_type,
    id: cell.id ?? `cell-${i + 1}`,
    source: joined(cell.source),
    metadata: cell.metadata ?? {},
    outputs: (cell.outputs ?? []).map(readOutput),
  }));
}

function readOutput(json: Record<string, unknown>): Output {
  const { output_type, name, text, data, ename, evalue, traceback } = json;
  switch (output_type) {
    case "stream":
      return { output_type, name: String(name), text: joined(text as Text) };
    case "error":
      return {
        output_type,
        ename: String(ename),
        evalue: String(evalue),
        traceback: traceback as string[],
      };
    default:
      return {
        output_type: output_type as "display_data" | "execute_result",
        data: Object.fromEntries(
          Object.entries(data as Record<string, Text>).map(([type, it]) => [type, joined(it)]),
        ),
      };
  }
}

function joined(text: Text): string {
  return typeof text === "string" ? text : text.join("");
}
