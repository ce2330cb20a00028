/**
 * Drives Chromium by what is read from standard input: a line of JSON, `[order, …arguments]`, each of
 * which is answered by one, `{ value }` or `{ error }`. Ends with its input. With `--present` it only
 * says whether there is a browser. A process of its own, because Playwright looks at more of a machine
 * than tests may.
 */
import { type BrowserContext, chromium, type Page } from "playwright-core";

/** As Debian and others call it. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser's path, if there is one. */
async function findBrowser(): Promise<string | undefined> {
  const folders = (Deno.env.get("PATH") ?? "").split(":").filter(Boolean);
  for (const path of folders.flatMap((folder) => NAMES.map((name) => `${folder}/${name}`))) {
    if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
  }
  return undefined;
}

const executablePath = await findBrowser();
if (Deno.args.includes("--present") || executablePath === undefined) {
  Deno.exit(executablePath === undefined ? 1 : 0);
}
// Chromium's sandbox does not work for root, nor in most containers; it sees pages of ours alone.
const args = ["--no-sandbox", "--disable-dev-shm-usage"];
const browser = await chromium.launch({ executablePath, args });
let context: BrowserContext | undefined, page: Page, errors: string[] = [];

/** What may be asked for, in the words of `DrivenPage`. */
const ORDERS: Record<string, (...args: string[]) => Promise<unknown>> = {
  open: async (width, height, colorScheme) => {
    await context?.close();
    const viewport = { width: Number(width), height: Number(height) };
    context = await browser.newContext({ viewport, colorScheme: colorScheme as "light" | "dark" });
    page = await context.newPage();
    errors = [];
    page.on("console", (said) => {
      if (["error", "warning"].includes(said.type())) errors.push(said.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
  },
  go: async (url) => void await page.goto(url),
  click: (selector) => page.locator(selector).first().click(),
  focus: (selector) => page.locator(selector).first().focus(),
  press: (key) => page.keyboard.press(key),
  type: (text) => page.keyboard.type(text),
  text: (selector) => page.locator(selector).first().innerText(),
  shows: (selector) => page.locator(selector).first().isVisible(),
  evaluate: (script) => page.evaluate(script),
  picture: async (path) => void await page.screenshot({ path, fullPage: true }),
  errors: () => Promise.resolve(errors),
};

let rest = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (rest + text).split("\n");
  rest = lines.pop()!;
  for (const line of lines) {
    const [order, ...given] = JSON.parse(line);
    const answer = await ORDERS[order](...given).then(
      (value) => ({ value }),
      (error: Error) => ({ error: error.message }),
    );
    await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(answer)}\n`));
  }
}
await browser.close();
Deno.exit();
