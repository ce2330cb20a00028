import type { MimeBundle } from "./mime_bundle.ts";

/** Deno's own interface to the notebook that it runs in, if it runs in one. */
export const kernel: typeof Deno.jupyter | undefined = inKernel() ? Deno.jupyter : undefined;

/** Shows something ahead of what a cell gives; `undefined` outside of a kernel. */
export const showAhead: ((bundle: MimeBundle) => Promise<void>) | undefined = kernel &&
  ((bundle) => kernel.display(bundle, { raw: true }));

/** Elsewhere than in a kernel, reading a member of `Deno.jupyter` throws. */
function inKernel(): boolean {
  try {
    return typeof Deno.jupyter?.display === "function";
  } catch {
    return false;
  }
}
