import { send } from "./ask.js";
import { confirmed, toast } from "./confirm.js";
import { el } from "./dom.js";

/** What may be asked of bots, and what asking it means. */
export const WISHES = {
  start: { label: "Start", text: "It goes to work with the next process that is free." },
  resume: {
    label: "Resume",
    text: "It opens positions again, from the close of the candle that is being made.",
  },
  pause: {
    label: "Pause",
    text: "It opens nothing more, and goes on looking after what it holds.",
  },
  stop: {
    label: "Stop",
    text:
      "It decides nothing any more. What it holds stays as it is marked, with no stop to look after it.",
    isGrave: true,
  },
  liquidate: {
    label: "Liquidate",
    text: "It closes what it holds at the next open, whatever the price, and is paused then.",
    isGrave: true,
  },
};

/** Buttons for what can be asked; each asks whether it is meant. `where` is the address, `who` a name. */
export function actionButtons(wishes, { where, who, then = () => {} }) {
  return wishes.map((wish) => {
    const { label, text, isGrave } = WISHES[wish];
    const act = async () => {
      const reason = await confirmed({ title: `${label} ${who}?`, text, action: label, isGrave });
      if (reason === undefined) return;
      try {
        const { answers } = await send(where, { wish, reason });
        if (answers.length === 0) toast(`There is no bot to ${wish}.`);
        for (const answer of answers.slice(0, 5)) {
          toast(`${answer.text}.`, answer.outcome === "refused");
        }
        if (answers.length > 5) toast(`And ${answers.length - 5} more.`);
      } catch (error) {
        toast(`Not done: ${error.message}`, true);
      }
      then();
    };
    return el("button", {
      type: "button",
      class: isGrave && "grave",
      dataset: { wish },
      onclick: act,
    }, label);
  });
}
