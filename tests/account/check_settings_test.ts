import assert from "node:assert/strict";
import { checkSettings } from "../../engine/account/check_settings.ts";
import { type AccountSettings, DEFAULT_ACCOUNT, SETTINGS } from "../../engine/account/settings.ts";
import { STOPS, type Stops } from "../../engine/account/stop_rules.ts";
import { InputError } from "../../engine/market/errors.ts";

/** The message with which settings are refused; undefined if they are not. */
function refusal(settings: Record<string, unknown>, stops: Stops = {}): string | undefined {
  try {
    checkSettings({ ...DEFAULT_ACCOUNT, ...settings } as AccountSettings, stops);
    return undefined;
  } catch (error) {
    assert(error instanceof InputError);
    return error.message;
  }
}

Deno.test("settings at the ends of their ranges are taken", () => {
  assert.equal(refusal({}), undefined);
  assert.equal(refusal({ fee: 0, slippage: 0, lot: 0, size: 1, balance: 0.01 }), undefined);
  assert.equal(refusal({ fee: 0.999, slippage: 0.999, size: 1e-9, lot: 1e6 }), undefined);
  assert.equal(refusal({}, { stopLoss: 0.999, takeProfit: 12 }), undefined);
});

Deno.test("settings with which no account can trade are refused, with the value", () => {
  assert.equal(refusal({ balance: 0 }), "account.balance is 0, but must be an amount above 0");
  const wrong: Record<string, unknown[]> = {
    balance: [-1, NaN, Infinity, "10000", undefined],
    fee: [-0.001, 1, NaN, "0.001"],
    slippage: [-0.001, 1, NaN],
    fill: ["open", undefined],
    size: [0, -0.5, 1.5, NaN],
    shorts: [1, "yes", undefined],
    lot: [-1, NaN, Infinity],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      assert.match(
        refusal({ [name]: value }) ?? "",
        new RegExp(
          typeof value === "string" && name !== "fill"
            ? `account.${name} is the text "${value}", but`
            : `account.${name} is ${value}, but`,
        ),
      );
    }
  }
});

Deno.test("a text that spells a number is called a text", () => {
  assert.equal(
    refusal({ leverage: "5", maintenanceMargin: 0.01 }),
    'account.leverage is the text "5", but must be 1 or more, 1000 at most',
  );
});

Deno.test("stops that are no fractions of a price are refused", () => {
  for (const stopLoss of [0, -0.1, 1, 5, NaN]) {
    assert.match(refusal({}, { stopLoss }) ?? "", new RegExp(`stopLoss is ${stopLoss}, but`));
  }
  for (const takeProfit of [0, -0.1, NaN, Infinity]) {
    assert.match(refusal({}, { takeProfit }) ?? "", new RegExp(`takeProfit is ${takeProfit}, but`));
  }
});

Deno.test("a misspelt setting is refused, with the one that was probably meant", () => {
  assert.equal(
    refusal({ fees: 0 }),
    'account has no option "fees": did you mean "fee"? ' +
      `There are ${Object.keys(SETTINGS).join(", ")}`,
  );
  assert.equal(
    refusal({}, { stopLos: 0.1 } as Stops),
    'stops has no option "stopLos": did you mean "stopLoss"? ' +
      `There are ${Object.keys(STOPS).join(", ")}`,
  );
});

Deno.test("leverage wants to know when it ends", () => {
  assert.match(
    refusal({ leverage: 3 }) ?? "",
    /leverage is 3, but there is no .*maintenanceMargin/,
  );
  assert.equal(refusal({ leverage: 3, maintenanceMargin: 0.01 }), undefined);
  // With ten times the margin a position begins with a tenth of its worth: it must be allowed less.
  assert.equal(refusal({ leverage: 10, maintenanceMargin: 0.099 }), undefined);
  assert.match(
    refusal({ leverage: 10, maintenanceMargin: 0.1 }) ?? "",
    /maintenanceMargin is 0\.1, but must be below 0\.1, which is 1 \/ account\.leverage \(10\)/,
  );
  assert.match(refusal({ leverage: 0.5 }) ?? "", /account.leverage is 0.5, but must be 1 or more/);
});

Deno.test("costs by which a sale would have no price are refused together", () => {
  assert.equal(refusal({ slippage: 0.5, spread: 0.4, impact: 0.2 }), undefined);
  const message = refusal({ slippage: 0.5, spread: 0.5, impact: 0.25 }) ?? "";
  assert.match(
    message,
    /^account\.slippage \(0\.5\), half of account\.spread \(0\.5\) and .* no price$/,
  );
});
