import { Refusal } from "../refusal.ts";

/** The parameters of an address, each of which is asked for by one of these. */
export class Query {
  private readonly known = new Set<string>();

  constructor(private readonly given: URLSearchParams) {}

  /** A whole number in [min, max]; `otherwise` if it is not given. */
  whole<T extends number | undefined>(
    name: string,
    otherwise: T,
    { min = 0, max }: { min?: number; max: number },
  ): number | T {
    const text = this.one(name);
    if (text === undefined) return otherwise;
    const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new Refusal(
      400,
      `${name} must be a whole number from ${min} to ${max}, and is ${quoted(text)}`,
    );
  }

  /** A text, if it is given. */
  text(name: string): string | undefined {
    return this.one(name);
  }

  /** Texts, up to `most`. */
  texts(name: string, most: number): string[] {
    this.known.add(name);
    const all = this.given.getAll(name);
    if (all.length <= most) return all;
    throw new Refusal(400, `${name} may be given ${most} times, and is given ${all.length} times`);
  }

  /** Refuses what was not asked for; to be called last. */
  end(): void {
    const unknown = [...this.given.keys()].find((name) => !this.known.has(name));
    if (unknown === undefined) return;
    const known = [...this.known].join(", ") || "none";
    throw new Refusal(400, `There is no parameter ${quoted(unknown)} here; there are: ${known}`);
  }

  private one(name: string): string | undefined {
    const [value, more] = this.texts(name, 2);
    if (more === undefined) return value;
    throw new Refusal(400, `${name} is given more than once`);
  }
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
