// This very module, by its name in the import map: what it hands on is here by then.
import { DataFrame } from "danfojs";
import { makeShowable } from "./frame_display.ts";

/**
 * What `danfojs` stands for in the import map. It is named here and not there because `deno task`
 * fetches everything that the import map names (denoland/deno#30887), and this is 430 MB.
 */
export * from "npm:danfojs@1.1.2";

makeShowable(DataFrame);
