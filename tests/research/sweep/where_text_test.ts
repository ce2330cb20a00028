import assert from "node:assert/strict";
import { InputError } from "../../../engine/market/errors.ts";
import { whereText } from "../../../engine/research/sweep/where_text.ts";
import { choice, number, whole } from "../../../engine/strategy/parameters.ts";

const PARAMETERS = { fast: whole(5), slow: whole(20), source: choice("close", ["close", "open"]) };

Deno.test("a condition holds of the sets of which it does in JavaScript", () => {
  const held: readonly [
    text: string,
    holds: (fast: number, slow: number, source: string) => unknown,
  ][] = [
    ["fast < slow && slow - fast >= 10", (f, s) => f < s && s - f >= 10],
    ["10 <= slow - fast && slow - fast <= 20", (f, s) => 10 <= s - f && s - f <= 20],
    [
      "fast == 3 || slow % 7 == 0 || slow * 2 == fast",
      (f, s) => f === 3 || s % 7 === 0 || s * 2 === f,
    ],
    ["!(fast > 4) && -slow + fast / 2 < -5", (f, s) => !(f > 4) && -s + f / 2 < -5],
    ['source == "open" && fast != 2', (f, _s, x) => x === "open" && f !== 2],
    ["(fast < 3) == (slow < 12)", (f, s) => f < 3 === s < 12],
    ["true", () => true],
  ];
  for (const [text, holds] of held) {
    const allows = whereText(text, PARAMETERS);
    for (let fast = 1; fast <= 8; fast++) {
      for (let slow = 1; slow <= 30; slow++) {
        for (const source of ["open", "close"]) {
          const set = { fast, slow, source };
          assert.equal(allows(set), holds(fast, slow, source), `${text} ${JSON.stringify(set)}`);
        }
      }
    }
  }
});

Deno.test("its numbers are the decimals that were written", () => {
  // In tenths or hundredths, all that is said is about whole numbers.
  const held: readonly [text: string, scale: number, holds: (a: number, b: number) => boolean][] = [
    ["high - low >= 0.1", 10, (low, high) => high - low >= 1],
    ["high == low + 0.1", 10, (low, high) => high === low + 1],
    ["high - low - 0.1 > 0", 10, (low, high) => high - low - 1 > 0],
    ["high % 0.1 == 0 && high % -low != 0", 10, (low, high) => high % low !== 0],
    ["high / low == 3 || high / 3 * 3 != high", 10, (low, high) => high === 3 * low],
    ["low * high < 0.06", 10, (low, high) => low * high < 6],
    ["-low + 1000000.01 <= 1000000 + high - 0.01", 100, (low, high) => -low + 1 <= high - 1],
    ["high / 1e-7 > low * 20000000", 100, (low, high) => high > 2 * low],
    ["low / (high - 0.2) >= 1e3", 10, (_, high) => high === 2],
  ];
  const range = { min: 0, max: 9 };
  for (const [text, scale, holds] of held) {
    const allows = whereText(text, { low: number(0.1, range), high: number(0.2, range) });
    for (let low = 1; low <= 12; low++) {
      for (let high = 1; high <= 36; high++) {
        const set = { low: low / scale, high: high / scale };
        assert.equal(allows(set), holds(low, high), `${text} ${JSON.stringify(set)}`);
      }
    }
  }
});

const REFUSED: readonly [text: string, why: string][] = [
  [
    "10 <= slow - fast <= 50",
    "a comparison has two sides: write 10 <= slow - fast && slow - fast <= 50",
  ],
  ["5 < fast < 20", "a comparison has two sides: write 5 < fast && fast < 20"],
  ["!fast", '! needs true or false here, and "fast" is a number: compare it, as in fast < slow'],
  ["!fast < 5", '! needs true or false here, and "fast" is a number: compare it'],
  [
    "fast < slow || 1",
    '|| needs true or false here, and "1" is a number: compare it, as in fast < slow',
  ],
  [
    "slow - fast",
    "it is a number, and says of no set whether it is to be tried: compare it, as in slow - fast >= 10",
  ],
  [
    "fast",
    "it is a number, and says of no set whether it is to be tried: compare it, as in fast >= 10",
  ],
  [
    "fast + 2",
    "it is a number, and says of no set whether it is to be tried: compare it, as in fast + 2 >= 10",
  ],
  [
    "source",
    'it is a text, and says of no set whether it is to be tried: compare it, as in source == "open"',
  ],
  [
    "fast and slow",
    'parts stand side by side with nothing between them: write && for "and", || for "or" and !( ) for "not"',
  ],
  ["source > 3", '> needs a number here, and "source" is a text'],
  ['fast == "5"', '== needs a number here, and ""5"" is a text'],
  ["fast < true", '< needs a number here, and "true" is true or false'],
  [
    "fast === 5",
    "it compares parameters and numbers, as in fast < slow && slow - fast >= 10, with " +
    "< <= > >= == != + - * / % && || !; there is the operator === in it",
  ],
  [
    "fast < null",
    "it compares parameters and numbers, as in fast < slow && slow - fast >= 10, with " +
    "< <= > >= == != + - * / % && || !; there is Literal in it",
  ],
  ["fast < slo", 'no parameter "slo": did you mean "slow"? There are fast, slow, source'],
];

Deno.test("what a condition has no sense of is refused, with what to write", () => {
  for (const [text, why] of REFUSED) {
    assert.throws(() => whereText(text, PARAMETERS, "--where"), (error) => {
      assert(error instanceof InputError, `${text}: ${error}`);
      assert(error.message.startsWith(`--where "${text}": `), error.message);
      assert(error.message.includes(why), error.message);
      return true;
    });
  }
  assert.throws(() => whereText(" ", PARAMETERS), /^InputError: where " " is empty/);
});
