import { openConnection } from "../storage/postgres/connection.ts";

type Print = (line: string) => void;

/**
 * Opens psql on the database at `url`, if there is a psql; else says how to get in. With a
 * `statement`, prints the rows that it gives, separated by tabs, and needs no psql. `passwordPlace`
 * says where a person finds the password.
 */
export async function runPsql(
  url: string,
  statement: string | undefined,
  passwordPlace: string,
  print: Print,
): Promise<void> {
  if (statement !== undefined) return await printRows(url, statement, print);
  if (await interactive(url)) return;
  printInstructions(url, passwordPlace, print);
  await untilInterrupted();
}

async function printRows(url: string, statement: string, print: Print): Promise<void> {
  const database = openConnection(url, 1);
  try {
    const rows = await database.attempt("run the statement", {}, (sql) => sql.unsafe(statement));
    // Several statements in one give a list of what each gives.
    const all = Array.isArray(rows[0]) ? rows as unknown as (typeof rows)[] : [rows];
    for (const result of all) {
      if (result.columns) print(result.columns.map((column) => column.name).join("\t"));
      for (const row of result) print(Object.values(row).map(cell).join("\t"));
    }
  } finally {
    await database.close();
  }
}

function cell(value: unknown): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Runs psql and waits for its end. Returns false if there is none. */
async function interactive(url: string): Promise<boolean> {
  const { address, password } = withoutPassword(url);
  // Ctrl-C is for psql, which gets it as well; it must not end us first.
  const ignore = () => {};
  Deno.addSignalListener("SIGINT", ignore);
  try {
    await new Deno.Command("psql", {
      args: [address],
      env: { PGPASSWORD: password, PGAPPNAME: "psql" },
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn().status;
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  } finally {
    Deno.removeSignalListener("SIGINT", ignore);
  }
}

/** The password goes by the environment: everyone can see a program's arguments. */
function withoutPassword(url: string): { address: string; password: string } {
  const address = new URL(url), password = decodeURIComponent(address.password);
  address.password = "";
  return { address: address.href, password };
}

function printInstructions(url: string, passwordPlace: string, print: Print): void {
  const { hostname, port, username, pathname } = new URL(url);
  print(`There is no psql on this machine. Any PostgreSQL client can connect while this runs:
  host ${hostname}, port ${port || 5432}, user ${username}, database ${pathname.slice(1)},
  password in ${passwordPlace}
For one statement: deno task db psql "select * from bots"
Ctrl-C ends this.`);
}

async function untilInterrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    Deno.addSignalListener("SIGINT", function end() {
      Deno.removeSignalListener("SIGINT", end);
      resolve();
    });
  });
}
