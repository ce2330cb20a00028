/** What a reader sees of a page: no tags, no styles, no pictures. */
export function textOf(html: string): string {
  return html.replace(/<(style|svg)[\s\S]*?<\/\1>/g, "").replace(/<[^>]*>/g, "\n")
    .replace(
      /&(amp|lt|gt|quot);/g,
      (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name as "lt"],
    )
    .replace(/\s*\n\s*/g, "\n");
}

/** What stands behind a name on a page. */
export function valueOf(text: string, name: string): string | undefined {
  const lines = text.split("\n"), at = lines.indexOf(name);
  return at < 0 ? undefined : lines[at + 1];
}
