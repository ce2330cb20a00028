/** The folder that the environment names by `name`, if it does. */
export function namedFolder(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    // Who may not read the environment has the usual one.
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
