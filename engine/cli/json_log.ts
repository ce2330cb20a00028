import { configureSync, getLogger, type LogRecord } from "@logtape/logtape";
import type { About } from "../ports/tell.ts";

/**
 * A formatter for notes that makes a line of JSON of each: `time` (ISO 8601), `level`, `bot` and
 * `market` if it is about one, and `message`, without the bot's id in front that it has in a line for
 * people. What packages log by LogTape becomes such a line as well, written by `write`, from warnings on.
 */
export function jsonLog(write: (line: string) => void): (text: string, about?: About) => string {
  let line = "";
  configureSync({
    sinks: { own: (record) => line = lineOf(record), write: (record) => write(lineOf(record)) },
    loggers: [
      { category: [], sinks: ["write"], lowestLevel: "warning" },
      { category: "lockstep", sinks: ["own"], lowestLevel: "info", parentSinks: "override" },
      { category: ["logtape", "meta"], lowestLevel: "warning" },
    ],
  });
  const logger = getLogger("lockstep");
  return (text, { level = "info", ...about } = {}) => {
    // The text is a property, for LogTape would fill in what is in braces in a message.
    logger[level]("{text}", { ...about, text: withoutBot(text.trimEnd(), about) });
    return line;
  };
}

function lineOf({ timestamp, level, properties, message }: LogRecord): string {
  const { bot, market, text = message.join("") } = properties;
  return JSON.stringify({
    time: new Date(timestamp).toISOString(),
    level,
    bot,
    market,
    message: text,
  });
}

function withoutBot(text: string, { bot }: About): string {
  return bot !== undefined && text.startsWith(`${bot}: `) ? text.slice(bot.length + 2) : text;
}
