import { randomUUID } from "node:crypto";
import { type Connection, freeConnection } from "./connection.ts";
import { decode, encode, type Message } from "./message.ts";
import type { Dealer, Subscriber } from "./zeromq.ts";

/** How often a kernel is asked whether it is there, and for how long; milliseconds. */
const ASK_EVERY = 100, ASK_FOR = 60_000;

/** A running kernel. */
export interface Kernel {
  /**
   * Runs a cell, and gives what the kernel published meanwhile: outputs and errors in their order.
   * Throws if the kernel ends.
   */
  execute(code: string): Promise<Message[]>;
  /** Ends it. */
  stop(): Promise<void>;
}

/**
 * Starts Deno's kernel with `folder` as its working directory: what Jupyter does for a notebook. It keeps
 * its trials in a ledger of its own, so that what was searched for elsewhere changes nothing that it shows.
 */
export async function startKernel(folder: string): Promise<Kernel> {
  const trials = await Deno.makeTempDir();
  const connection = freeConnection(), file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(connection));
  const process = new Deno.Command("deno", {
    args: ["jupyter", "--kernel", "--conn", file],
    cwd: folder,
    env: { NO_COLOR: "1", LOCKSTEP_TRIALS: trials },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const sockets = await openSockets(connection);
  const kernel = new KernelClient(process, sockets, connection.key, trials);
  try {
    await kernel.ready();
  } catch (error) {
    await kernel.stop();
    throw error;
  } finally {
    await Deno.remove(file);
  }
  return kernel;
}

interface Sockets {
  shell: Dealer;
  published: Subscriber;
}

async function openSockets({ ip, shell_port, iopub_port }: Connection): Promise<Sockets> {
  const specifier = "./zeromq.ts";
  const zeromq: typeof import("./zeromq.ts") = await import(specifier);
  const shell = new zeromq.Dealer({ linger: 0 }), published = new zeromq.Subscriber({ linger: 0 });
  shell.connect(`tcp://${ip}:${shell_port}`);
  published.connect(`tcp://${ip}:${iopub_port}`);
  published.subscribe();
  return { shell, published };
}

class KernelClient implements Kernel {
  private readonly session = randomUUID();
  private readonly complaints: Promise<string>;
  private cells = 0;
  private ended = false;

  constructor(
    private readonly process: Deno.ChildProcess,
    private readonly sockets: Sockets,
    private readonly key: string,
    /** A folder that goes when the kernel does. */
    private readonly folder: string,
  ) {
    this.complaints = new Response(process.stderr).text();
    // Who waits for a message then sees the socket close.
    process.status.then(() => this.close());
  }

  /** Waits until what the kernel publishes arrives here: what it says before that is lost. */
  async ready(): Promise<void> {
    let asking = true;
    const asked = (async () => {
      for (let waited = 0; asking && waited < ASK_FOR; waited += ASK_EVERY) {
        await this.request({ type: "kernel_info_request", content: {} });
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
      }
      if (asking) await this.stop();
    })();
    await this.next("published");
    asking = false;
    await asked;
    // The first result comes after its cell has been reported as done.
    await this.execute("undefined");
  }

  /**
   * What a cell prints or shows may come after the kernel has said that the cell is done. So another
   * cell is sent behind it that prints and shows a line of its own: what is published before both
   * belongs to the first.
   */
  async execute(code: string): Promise<Message[]> {
    const end = `end of cell ${this.session} ${++this.cells}`, messages: Message[] = [];
    const line = JSON.stringify(end);
    await this.request(executeRequest(code, true));
    await this.request(executeRequest(`console.log(${line}); ${line}`, false));
    for (let ends = 0; ends < 2;) {
      const message = await this.next("published"), before = beforeEnd(message, end);
      if (before === undefined) {
        messages.push(message);
        continue;
      }
      ends++;
      if (before) messages.push({ ...message, content: { ...message.content, text: before } });
    }
    const { content } = await this.reply();
    await this.reply();
    // Of a cell that cannot be parsed, nothing else is said.
    const said = content.status !== "error" || messages.some(({ type }) => type === "error");
    return said ? messages : [...messages, { type: "error", content }];
  }

  async stop(): Promise<void> {
    this.close();
    try {
      this.process.kill("SIGKILL");
    } catch { /* it has ended by itself */ }
    await this.process.status;
    await this.complaints;
    await Deno.remove(this.folder, { recursive: true });
  }

  private async request(message: Message): Promise<void> {
    if (this.ended) throw await this.end();
    await this.sockets.shell.send(encode(message, this.session, this.key));
  }

  private async reply(): Promise<Message> {
    for (;;) {
      const message = await this.next("shell");
      if (message.type === "execute_reply") return message;
    }
  }

  private async next(socket: keyof Sockets): Promise<Message> {
    try {
      return decode(await this.sockets[socket].receive(), this.key);
    } catch (error) {
      throw this.ended ? await this.end() : error;
    }
  }

  private close(): void {
    if (this.ended) return;
    this.ended = true;
    this.sockets.shell.close();
    this.sockets.published.close();
  }

  private async end(): Promise<Error> {
    const { code, signal } = await this.process.status;
    const how = signal ?? `exit code ${code}`, last = (await this.complaints).trim();
    return new Error(`The kernel ended with ${how}${last && `: ${last}`}`);
  }
}

/** What a message prints before the line that ends a cell; `undefined` if that line is not in it. */
function beforeEnd({ type, content }: Message, end: string): string | undefined {
  if (type === "execute_result" && JSON.stringify(content.data).includes(end)) return "";
  const text = type === "stream" ? String(content.text) : "", at = text.indexOf(end);
  return at < 0 ? undefined : text.slice(0, at);
}

function executeRequest(code: string, counts: boolean): Message {
  return {
    type: "execute_request",
    content: {
      code,
      silent: false,
      store_history: counts,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    },
  };
}
