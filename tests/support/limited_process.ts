/** How a process is started, and how long it may take. */
export interface LimitedOptions extends Deno.CommandOptions {
  /** Milliseconds after which it is killed, and whoever waits for it is told so. */
  limit?: number;
}

/** What a process that has ended came to. */
export interface Ended {
  code: number;
  success: boolean;
  stdout: Uint8Array<ArrayBuffer>;
  out: string;
  err: string;
}

/**
 * No process of a test takes so long, on a busy machine of two cores either, in milliseconds. Deno may
 * have to check and fetch what it runs.
 */
const LIMIT = 240_000;

/** The limit of one that serves until it is told to end: each of its answers has a limit of its own. */
export const SERVES = 86_400_000;

/** So much of what a process said last is told when it took too long, in characters. */
const TOLD = 2_000;

/**
 * A process of a test's own that has a limit. Behind it, it is killed, and `status` and what is read of
 * its output throw an error that says so, with what it said last: a test that waits for what never comes
 * fails instead of hanging.
 */
export class LimitedProcess {
  readonly status: Promise<Deno.CommandStatus>;
  readonly stdout: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly stderr: ReadableStream<Uint8Array<ArrayBuffer>>;
  private readonly child: Deno.ChildProcess;
  private readonly late = Promise.withResolvers<never>();
  private readonly timer: ReturnType<typeof setTimeout>;
  private open = 0;
  private said = "";

  constructor(program: string, { limit = LIMIT, ...options }: LimitedOptions) {
    this.child = new Deno.Command(program, options).spawn();
    this.late.promise.catch(() => {});
    const what = [program, ...options.args ?? []].join(" ").slice(0, 500);
    this.timer = setTimeout(() => {
      this.kill("SIGKILL");
      const told = this.said === "" ? "It said nothing" : `It said last: ${this.said}`;
      const message = `It had not ended after ${limit / 1_000} s and was killed: ${what}\n${told}`;
      this.late.reject(new Error(message));
    }, limit);
    this.timer.unref();
    this.open++;
    this.status = Promise.race([this.child.status, this.late.promise]);
    this.status.then(() => this.closed(), () => {}); // whoever waits for it is told
    this.stdout = options.stdout === "piped" ? this.limited(this.child.stdout) : nothing();
    this.stderr = options.stderr === "piped" ? this.limited(this.child.stderr) : nothing();
  }

  /** Its input, if it is piped. */
  get stdin(): Deno.ChildProcess["stdin"] {
    return this.child.stdin;
  }

  /** Sends it a signal; one that has ended hears nothing. */
  kill(signal: Deno.Signal): void {
    try {
      this.child.kill(signal);
    } catch { /* it has ended */ }
  }

  private limited(
    stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    const reader = stream.getReader(), decoder = new TextDecoder();
    this.open++;
    return new ReadableStream({
      // What is called "deno" may be a script, whose own child keeps the pipe open when it is killed.
      pull: async (controller) => {
        const { value } = await Promise.race([reader.read(), this.late.promise]);
        if (value === undefined) {
          this.closed();
          return controller.close();
        }
        this.said = (this.said + decoder.decode(value, { stream: true })).slice(-TOLD);
        controller.enqueue(value);
      },
      cancel: (why) => {
        this.closed();
        return reader.cancel(why);
      },
    });
  }

  /** Once it has ended and all that it said is read, nothing is waited for. */
  private closed(): void {
    if (--this.open === 0) clearTimeout(this.timer);
  }
}

function nothing(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({ start: (controller) => controller.close() });
}

/** Starts a process that has a limit. */
export function startProcess(program: string, options: LimitedOptions): LimitedProcess {
  return new LimitedProcess(program, options);
}

/** Runs a process to its end, with `input` if it is given any. */
export async function runProcess(
  program: string,
  options: Omit<LimitedOptions, "stdin" | "stdout" | "stderr"> & { input?: string },
): Promise<Ended> {
  const { input, ...rest } = options;
  const child = new LimitedProcess(program, {
    ...rest,
    ...{ stdin: input === undefined ? "null" : "piped", stdout: "piped", stderr: "piped" },
  });
  if (input !== undefined) {
    const stdin = child.stdin.getWriter();
    await stdin.write(new TextEncoder().encode(input));
    await stdin.close();
  }
  const [stdout, err, { code, success }] = await Promise.all([
    new Response(child.stdout).bytes(),
    new Response(child.stderr).text(),
    child.status,
  ]);
  return { code, success, stdout, out: new TextDecoder().decode(stdout), err };
}
