import type { Strategy } from "../../engine/strategy/strategy.ts";

const FOLDER = new URL("../../strategies/", import.meta.url);

/** Every strategy in strategies/, so that a new one is held to the laws without being named here. */
export async function allStrategies(): Promise<Strategy[]> {
  const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).filter((name) =>
    name.endsWith(".ts")
  );
  const modules = await Promise.all(files.sort().map((file) => import(new URL(file, FOLDER).href)));
  return modules.map((module) => module.default as Strategy);
}
