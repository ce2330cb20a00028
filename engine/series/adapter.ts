import { InputError } from "../market/errors.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import type { Kernel, Replayed } from "./operator.ts";

/**
 * Another library behind one name in the catalogue: in a graph, the text argument `indicator` says
 * which of its operators is meant.
 */
export interface Adapter {
  readonly kind: "adapter";
  readonly name: string;
  /** Of all its members: it rises when the library changes, or what is made of it. */
  readonly version: number;
  readonly members: ReadonlyMap<string, Kernel | Replayed>;
  /** What else the library has under a name, and why it is no operator. */
  readonly refused: Readonly<Record<string, string>>;
}

/** The operator that an adapter has under a name. Throws an `InputError` that names the nearest one. */
export function findMember({ name, members, refused }: Adapter, indicator: unknown) {
  const wanted = String(indicator), member = members.get(wanted);
  if (member) return member;
  if (Object.hasOwn(refused, wanted)) {
    throw new InputError(`${name} cannot give ${wanted} candle by candle: ${refused[wanted]}`);
  }
  const names = [...members.keys()], hint = didYouMean(wanted, names);
  throw new InputError(
    `${name} has no indicator "${wanted}"${hint || `: there are ${names.join(", ")}`}`,
  );
}
