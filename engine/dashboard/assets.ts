import { createHash } from "node:crypto";
import { CHART_FILE } from "./chart_library.ts";

/** A file of the page. */
export interface Asset {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  /** Tells its content from any other. */
  etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/manifest+json",
};

/** Where pages find the charts. */
const CHARTS_PATH = "/vendor/lightweight-charts.mjs";

/** Every file of the page, by its path: read once, so that no request leads to the disk. */
export async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const folder = new URL("./site/", import.meta.url), assets = new Map<string, Asset>();
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile) assets.set(`/${name}`, await readAsset(new URL(name, folder)));
  }
  assets.set(CHARTS_PATH, await readAsset(new URL(CHART_FILE)));
  return assets;
}

async function readAsset(url: URL): Promise<Asset> {
  const bytes = await Deno.readFile(url), type = TYPES[/\w+$/.exec(url.pathname)?.[0] ?? ""];
  const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  return { bytes, type, etag };
}

/** The answer that gives a file, or says that whoever asks has it. */
export function assetAnswer({ bytes, type, etag }: Asset, known?: string): Response {
  // Kept, and asked for again each time: a newer Lockstep is seen at once.
  const headers = { "content-type": type, etag, "cache-control": "no-cache" };
  return known?.split(/\s*,\s*/).includes(etag)
    ? new Response(null, { status: 304, headers })
    : new Response(bytes, { headers });
}
