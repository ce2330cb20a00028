// This very module, by its name in the import map: what it hands on is here by then.
import { DataFrame } from "danfojs";
import { makeShowable } from "./frame_display.ts";

/**
 * What `danfojs` stands for in the import map, so that whoever imports that gets frames that show
 * themselves. No module of ours imports it by a literal name: Deno would fetch it, used or not, and
 * this is 430 MB.
 */
export * from "npm:danfojs@1.1.2";

makeShowable(DataFrame);
