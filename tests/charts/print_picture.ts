import { chart } from "../../engine/charts/chart.ts";
import type { Picture } from "../../engine/charts/picture.ts";
import { waves } from "../research/waves.ts";

/** The picture that this program prints. */
export function printed(): Picture {
  return chart(waves(60), { size: { width: 500, height: 300 } });
}

if (import.meta.main) await Deno.stdout.write(await printed().png());
