/** What is written of an operator where it is defined. */
export interface OperatorText {
  /** How it is called: `sma(x, window)`. */
  call: string;
  /** What it is, with the source of its formula. */
  about: string;
  /** The family that it stands in. */
  family: string;
}

const FOLDER = new URL("../../series/operators/", import.meta.url);

/** How the operators are called that are methods. */
const METHODS: Readonly<Record<string, string>> = {
  add: "a.plus(b)",
  subtract: "a.minus(b)",
  multiply: "a.times(b)",
  divide: "a.over(b)",
  greater: "a.above(b)",
  less: "a.below(b)",
  greaterOrEqual: "a.atLeast(b)",
  lessOrEqual: "a.atMost(b)",
  equal: "a.equals(b)",
  and: "a.and(b)",
  or: "a.or(b)",
  not: "a.not()",
};

/** Reads the doc comments of operators, by name, from their files. */
export function readOperatorTexts(names: readonly string[]): Record<string, OperatorText> {
  const files = sourceFiles(FOLDER, "");
  return Object.fromEntries(names.map((name) => [name, textOf(name, files)]));
}

function sourceFiles(folder: URL, family: string): { family: string; text: string }[] {
  return [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1).flatMap((entry) => {
    const { name, isDirectory } = entry;
    if (isDirectory) return sourceFiles(new URL(`${name}/`, folder), name);
    return name.endsWith(".ts")
      ? [{ family, text: Deno.readTextFileSync(new URL(name, folder)) }]
      : [];
  });
}

function textOf(name: string, files: readonly { family: string; text: string }[]): OperatorText {
  const places = [
    new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport function ${name}\\(([^]*?)\\n?\\): `),
    new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport const ${name}Operator\\b`),
  ];
  for (const place of places) {
    for (const { family, text } of files) {
      const found = place.exec(text);
      if (!found) continue;
      const [, comment, given] = found;
      const call = METHODS[name] ??
        `${name}(${given === undefined ? "" : inputsOf(given, text, found.index)})`;
      return { call, about: plain(comment), family };
    }
  }
  throw new Error(`${name} has no doc comment`);
}

/** A doc comment as one line. */
function plain(comment: string): string {
  return comment.replace(/```[^]*?```/g, "").replace(/^\s*\*? ?/gm, " ").replace(/\s+/g, " ")
    .trim();
}

/** The parameters of a function without their types, with what they are unless they are given. */
function inputsOf(given: string, text: string, from: number): string {
  const body = text.slice(from),
    defaults = /namedSettings\("\w+", \w+, \{([^}]*)\}/.exec(body);
  const customary = defaults?.[1].trim().replace(/\s+/g, " ").replace(/,$/, "");
  const named = `{ ${customary ?? "…"} }`;
  const flat = given.replace(/\{[^]*?\}/g, "{}").replace(/\s+/g, " ").trim();
  // A comma within a type is followed by no name and colon.
  return flat.split(/,(?: (?=\w+\??: )|$)/).filter(Boolean).map((parameter) => {
    const [, name, type, value] = /^(\w+)\??: (.*?)(?: = (.*))?$/.exec(parameter) ?? [];
    if (type === "{}") return named;
    return value === undefined ? name : `${name} = ${value}`;
  }).join(", ");
}
