import { note } from "./output.ts";

const WIDTH = 30, TENTH = 0.1;

const encoder = new TextEncoder();

/** Shows how far something is. */
export interface Progress {
  /** `done` goes from 0 to 1. */
  show(done: number, text: string): void;
  /** Leaves what was shown last. */
  end(): void;
}

/** A bar in its place on a terminal; elsewhere a line for every tenth. */
export function progress(): Progress {
  if (!Deno.stderr.isTerminal()) return lines();
  let shown = false;
  return {
    show(done, text) {
      const full = Math.round(done * WIDTH), bar = "█".repeat(full) + "░".repeat(WIDTH - full);
      Deno.stderr.writeSync(encoder.encode(`\r\x1b[K${bar} ${percent(done)} ${text}`));
      shown = true;
    },
    end() {
      if (shown) Deno.stderr.writeSync(encoder.encode("\n"));
    },
  };
}

function lines(): Progress {
  let next = TENTH;
  return {
    show(done, text) {
      if (done < next) return;
      note(`${percent(done)} ${text}`);
      next = (Math.floor(done / TENTH + 1e-9) + 1) * TENTH;
    },
    end() {},
  };
}

function percent(done: number): string {
  return `${Math.floor(100 * done)} %`.padStart(5);
}
