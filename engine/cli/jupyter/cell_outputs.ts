import type { Message } from "./message.ts";
import type { MimeBundle, Output } from "./notebook.ts";

/**
 * The outputs in what a kernel published while it ran a cell. Text that follows text of the same
 * stream is joined to it, and the cell's own result is the last one: printed text may come late.
 */
export function cellOutputs(messages: readonly Message[]): Output[] {
  const outputs: Output[] = [];
  for (const message of messages) {
    const output = outputOf(message), last = outputs.at(-1);
    if (output?.output_type === "stream" && last?.output_type === "stream") {
      if (last.name === output.name) {
        last.text += output.text;
        continue;
      }
    }
    if (output) outputs.push(output);
  }
  const isResult = ({ output_type }: Output) => output_type === "execute_result";
  return [...outputs.filter((output) => !isResult(output)), ...outputs.filter(isResult)];
}

function outputOf({ type, content }: Message): Output | undefined {
  switch (type) {
    case "stream":
      return { output_type: type, name: String(content.name), text: String(content.text) };
    case "display_data":
    case "execute_result":
      return { output_type: type, data: content.data as MimeBundle };
    case "error":
      return {
        output_type: type,
        ename: String(content.ename),
        evalue: String(content.evalue),
        traceback: (content.traceback as string[]).map(String),
      };
  }
}
