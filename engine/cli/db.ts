import { Command } from "commander";
import { StoreError } from "../ports/store_errors.ts";
import { homeAt } from "../storage/embedded/home.ts";
import { stopEmbedded } from "../storage/embedded/embedded.ts";
import { lockstepHome } from "../storage/server.ts";
import { openDatabase } from "./database.ts";
import { runPsql } from "./psql.ts";
import { print } from "./output.ts";

/** `deno task db …`: looks after the database. */
export function dbCommand(): Command {
  const db = new Command("db")
    .description("Look after Lockstep's database")
    .addHelpText(
      "after",
      `
Lockstep keeps everything in PostgreSQL: in the database that DATABASE_URL names or, without it, on a
server of its own, which starts when it is needed and stops when nobody uses it any more.

Example:
  deno task db psql "select id, status, reason from bots"`,
    );
  db.command("stop")
    .description("Stop Lockstep's own server, where a crash left it running")
    .option("--force", "also when something is connected to it")
    .action(async ({ force }: { force?: boolean }) => {
      const stopped = await stopEmbedded({ home: lockstepHome(), force });
      print(stopped ? "Stopped" : "It was not running");
    });
  db.command("path")
    .description("Print where the data is")
    .action(() => print(dataPlace()));
  db.command("psql")
    .description("Open psql on the database, or print the rows of one statement")
    .argument("[sql]", "the statement; needs no psql")
    .action(async (statement?: string) => {
      const { url, close } = await openDatabase();
      try {
        await runPsql(url, statement, passwordPlace(), print);
      } finally {
        await close();
      }
    });
  return db;
}

/** The folder of the data, or the user's own database without the password. */
function dataPlace(): string {
  const given = Deno.env.get("DATABASE_URL");
  if (!given) return homeAt(lockstepHome()).data;
  // The address may hold a password, also where it is no address.
  if (!URL.canParse(given)) throw new StoreError("DATABASE_URL is no address of a database");
  const url = new URL(given);
  return `${url.host}${url.pathname} (from DATABASE_URL)`;
}

function passwordPlace(): string {
  return Deno.env.get("DATABASE_URL") ? "DATABASE_URL" : homeAt(lockstepHome()).password;
}
