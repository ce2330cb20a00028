/**
 * Preloaded by `deno task test`: gives every test, those of doc comments too, a limit of time, so that
 * one that waits for what never comes fails by name instead of holding up all others. `LOCKSTEP_TEST_LIMIT`
 * is another one, in milliseconds.
 */
const LIMIT = Number(Deno.env.get("LOCKSTEP_TEST_LIMIT") ?? 600_000);

type Definition = Partial<Deno.TestDefinition>;

/** The forms in which `Deno.test` takes a test, as one: a name, options and a function, each if it is given. */
function definitionOf(given: readonly unknown[]): Definition {
  let definition: Definition = {};
  for (const one of given) {
    if (typeof one === "string") definition.name = one;
    else if (typeof one === "function") definition.fn = one as Deno.TestDefinition["fn"];
    else definition = { ...definition, ...one as Definition };
  }
  return { timeout: LIMIT, name: definition.fn?.name, ...definition };
}

const limited = new Proxy(Deno.test, {
  apply: (test, self, given) => Reflect.apply(test, self, [definitionOf(given)]),
});
Object.defineProperty(Deno, "test", { value: limited });
