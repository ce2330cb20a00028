import { Refusal } from "../refusal.ts";

/** The longest body that is read, in bytes. */
const LONGEST = 4_096;
/** How deep its lists and objects may lie in one another. */
const DEEPEST = 8;

/** The JSON of a request's body, which must be short, flat and said to be JSON. */
export async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refusal(415, "The body must be JSON: content-type application/json");
  }
  const text = await readText(request.body);
  checkDepth(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is no JSON");
  }
}

async function readText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "", size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > LONGEST) throw new Refusal(413, `The body has more than ${LONGEST} bytes`);
    text += decode(decoder, part);
  }
  return text + decode(decoder);
}

function decode(decoder: TextDecoder, part?: Uint8Array): string {
  try {
    return decoder.decode(part, { stream: part !== undefined });
  } catch {
    throw new Refusal(400, "The body is no UTF-8");
  }
}

/** Brackets inside texts are not counted. */
function checkDepth(text: string): void {
  let depth = 0;
  for (const [bracket] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/g)) {
    if (bracket === "[" || bracket === "{") depth++;
    if (bracket === "]" || bracket === "}") depth--;
    if (depth > DEEPEST) {
      throw new Refusal(400, `The body's lists and objects lie more than ${DEEPEST} deep`);
    }
  }
}
