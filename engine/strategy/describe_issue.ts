import type { z } from "zod";
import { didYouMean } from "../market/did_you_mean.ts";
import { joined } from "./check_json.ts";

type Issue = z.core.$ZodIssue;
type Union = z.core.$ZodIssueInvalidUnion;

const TYPES: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** What a zod issue says, as the lines that a person needs: where, what was found, what is allowed. */
export function describeIssue(issue: Issue): string[] {
  const place = issue.path.reduce<string>(
    (path, step) => joined(path, typeof step === "number" ? step : String(step)),
    "",
  );
  if (issue.code === "unrecognized_keys") return unknownKeys(issue, place);
  if (issue.code === "invalid_union") return misfit(issue, place);
  return [`${place || "the file"}: ${shown(issue.input)}, but ${rule(issue)}`];
}

function rule(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "too_small":
      if (issue.origin === "string") return "must not be empty";
      return `must be ${issue.inclusive ? "at least" : "above"} ${issue.minimum}`;
    case "too_big":
      return `must be ${issue.inclusive ? "at most" : "below"} ${issue.maximum}`;
    case "invalid_value":
      return `must be one of ${issue.values.join(", ")}${nearest(issue.input, issue.values)}`;
    case "invalid_key":
      return rule(issue.issues[0]);
    default:
      return issue.message;
  }
}

function unknownKeys({ keys, message }: z.core.$ZodIssueUnrecognizedKeys, place: string): string[] {
  const allowed = message.split(", ");
  return keys.map((key) =>
    `${joined(place, key)}: unknown key${didYouMean(key, allowed) || "."} Allowed are ${message}`
  );
}

/** Of the forms that were allowed, the one that was meant: whose mistakes lie inside of it. */
function misfit(issue: Union, place: string): string[] {
  if (issue.discriminator) {
    const options = (issue as { options?: unknown[] }).options ?? [];
    const found = (issue.input as Record<string, unknown>)[issue.discriminator];
    return [`${place}: ${shown(found)}, but must be one of ${options.join(", ")}`];
  }
  const meant = forms(issue).find((issues) => issues.every(({ path }) => path.length > 0));
  if (!meant) return [`${place}: ${shown(issue.input)}, but ${issue.message}`];
  return meant.flatMap((inner) =>
    describeIssue({ ...inner, path: [...issue.path, ...inner.path] })
  );
}

function forms({ errors }: Union): Issue[][] {
  return errors.flatMap((issues) => {
    const [only] = issues;
    return only.code === "invalid_union" && only.path.length === 0 ? forms(only) : [issues];
  });
}

function nearest(found: unknown, allowed: readonly unknown[]): string {
  return typeof found === "string" ? didYouMean(found, allowed.map(String)) : "";
}

function shown(found: unknown): string {
  const text = JSON.stringify(found);
  if (text === undefined) return "missing";
  return `found ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`;
}
