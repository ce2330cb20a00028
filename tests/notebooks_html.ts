/**
 * Checks pages that nbconvert made of the notebooks: without scripts and style sheets, as GitHub shows
 * them, each page has every picture, table and text.
 *
 *     deno run --allow-read tests/notebooks_html.ts FOLDER
 */

import { type Output, readNotebook } from "../engine/cli/jupyter/notebook.ts";
import { pictureDifference } from "../engine/cli/jupyter/picture_difference.ts";
import { filesIn, textOf } from "./house/project_files.ts";

/** What is in the outputs of a notebook and not in its page; and how much is in both. */
function missingIn(page: string, outputs: readonly Output[]): { missing: string[]; found: number } {
  const bare = page.replace(/<(script|style)\b.*?<\/\1>/gs, "");
  const visible = bare.replace(/\s+/g, " "), text = withoutTags(bare);
  const image = /<img\b[^>]*src="data:image\/png;base64,([^"]*)"/g;
  const images = [...bare.matchAll(image)].map(([, data]) => data);
  const missing = outputs.flatMap((output) => {
    if (output.output_type === "stream") return absent(output.text, text);
    if (output.output_type === "error") return absent(output.evalue, text);
    const { "image/png": png, "text/html": html, "text/plain": plain } = output.data;
    // Of one output a page shows one form.
    if (html) {
      return visible.includes(html.trim().replace(/\s+/g, " "))
        ? []
        : [`a table: ${plain.split("\n")[0]}`];
    }
    if (!png) return absent(plain, text);
    const shown = images.shift()?.replace(/\s/g, "");
    const differs = shown === undefined || pictureDifference(shown, png);
    return differs ? [`a picture: ${plain.split("\n")[0]}`] : [];
  });
  return { missing, found: outputs.length - missing.length };
}

function absent(wanted: string, text: string): string[] {
  const lines = wanted.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
  return lines.filter((line) => !text.includes(line)).map((line) => `a line: ${line}`);
}

function withoutTags(html: string): string {
  const entities: Record<string, string> = {
    lt: "<",
    gt: ">",
    quot: '"',
    "#34": '"',
    "#39": "'",
    amp: "&",
  };
  return html.replace(/<[^>]*>/g, "").replace(
    /&(lt|gt|quot|#34|#39|amp);/g,
    (_, name) => entities[name],
  )
    .replace(/\s+/g, " ");
}

if (import.meta.main) {
  const [folder] = Deno.args;
  let problems = 0;
  for (const path of filesIn("notebooks").filter((path) => path.endsWith(".ipynb"))) {
    const name = path.replace(/.*\//, "").replace(".ipynb", ".html");
    const outputs = readNotebook(textOf(path), path).flatMap((cell) => cell.outputs);
    const { missing, found } = missingIn(Deno.readTextFileSync(`${folder}/${name}`), outputs);
    // deno-lint-ignore no-console
    console.log([`${name}: ${found} outputs`, ...missing.map((it) => `  lacks ${it}`)].join("\n"));
    problems += missing.length;
  }
  if (problems > 0) Deno.exit(1);
}
