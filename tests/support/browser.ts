import { inTime } from "./eventually.ts";
import { runProcess, SERVES, startProcess } from "./limited_process.ts";

const PROGRAM = new URL("./browser/drive_browser.ts", import.meta.url).pathname;
const LOCK = new URL("../../deno.lock", import.meta.url).pathname;
const COMMAND = ["run", "--quiet", "--allow-all", `--lock=${LOCK}`, "--frozen", PROGRAM];

/**
 * A page in a real browser. What is looked for is named by Playwright's selectors, such as
 * `role=button[name="Stop"]`; it is waited for, and of several the first is meant.
 */
export interface DrivenPage {
  /** A fresh page of that size, in pixels; what went wrong in another one is forgotten. */
  open(width: number, height: number, scheme: "light" | "dark"): Promise<void>;
  go(url: string): Promise<void>;
  click(selector: string): Promise<void>;
  focus(selector: string): Promise<void>;
  /** Presses a key, such as `Enter`, wherever the focus is. */
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** What is to be read there. */
  text(selector: string): Promise<string>;
  /** Whether it is to be seen now: it is not waited for. */
  shows(selector: string): Promise<boolean>;
  /** What a script in the page comes to. */
  evaluate<T>(script: string): Promise<T>;
  /** Writes a picture of all of the page, as PNG. */
  picture(path: string): Promise<void>;
  /** What the browser complained of. */
  errors(): Promise<string[]>;
}

const present = (await runProcess("deno", { args: [...COMMAND, "--present"] })).success;

/** A test that drives a browser; skipped, by name, on a machine that has no Chromium. */
export function browserTest(name: string, test: (page: DrivenPage) => Promise<void>): void {
  Deno.test({ name, ignore: !present, fn: () => withBrowser(test) });
}

/** Runs `test` with a browser, which is gone afterwards. About a second. */
async function withBrowser(test: (page: DrivenPage) => Promise<void>): Promise<void> {
  const child = startProcess("deno", {
    args: COMMAND,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    limit: SERVES,
  });
  const orders = child.stdin.getWriter(), lines = answersOf(child.stdout);
  const order = async (...asked: unknown[]) => {
    await orders.write(new TextEncoder().encode(`${JSON.stringify(asked)}\n`));
    const { value } = await inTime(`the browser's answer to ${asked.join(" ")}`, lines.next());
    if (value === undefined) throw new Error("The browser has gone");
    const { error, value: answer } = JSON.parse(value);
    if (error !== undefined) throw new Error(`The browser cannot ${asked.join(" ")}: ${error}`);
    return answer;
  };
  const page = new Proxy({}, { get: (_, name) => (...given: unknown[]) => order(name, ...given) });
  try {
    await test(page as DrivenPage);
  } finally {
    await orders.close();
    while (!(await inTime("the end of the browser", lines.next())).done);
    await child.status;
  }
}

/** The lines of what a process says. */
async function* answersOf(said: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of said.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
