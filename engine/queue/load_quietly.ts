import process from "node:process";

/**
 * Loads what reads variables of the environment when it is loaded, which a process may not that has only
 * some permitted: it is shown an empty environment.
 */
export async function loadQuietly<T>(load: () => Promise<T>): Promise<T> {
  const { env } = process;
  process.env = {};
  try {
    return await load();
  } finally {
    process.env = env;
  }
}
