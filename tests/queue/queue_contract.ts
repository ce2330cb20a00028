import assert from "node:assert/strict";
import type { FinishedJob, Job, SharingOut, WorkQueue } from "../../engine/ports/queue.ts";
import { eventually } from "../support/eventually.ts";

/** Runs a test with a way to open queues that reach each other; they are closed afterwards. */
export type WithQueues = (test: (open: () => Promise<WorkQueue>) => Promise<void>) => Promise<void>;

/** Registers what every queue must do, with `register`; `name` begins the names of the tests. */
export function queueContract(
  name: string,
  withQueues: WithQueues,
  register: (name: string, test: () => Promise<void>) => void = Deno.test,
): void {
  const test = (what: string, body: (open: () => Promise<WorkQueue>) => Promise<void>) =>
    register(`${name} ${what}`, () => withQueues(body));

  test("has jobs done by all who take part, each once, and tells what came of them", async (open) => {
    const [here, ...others] = await Promise.all([open(), open(), open()]);
    const shared = await here.share("a", '{"what":"squares"}');
    const jobs = Array.from({ length: 150 }, (_, job) => ({ job, data: `${job} ü "q"` }));
    await shared.add(jobs);
    const done: number[] = [], sides = [0, 0];
    const taking = await Promise.all(others.map((queue, i) =>
      queue.takePart("a", {
        atOnce: 3,
        run: async ({ job, data }) => {
          await new Promise((resolve) => setTimeout(resolve, 2));
          done.push(job);
          sides[i]++;
          return `${data} = ${job ** 2}`;
        },
      })
    ));
    const found = await allOf(shared, jobs.length);
    assert.deepEqual(
      found,
      jobs.map(({ job, data }) => ({ job, result: `${data} = ${job ** 2}` })),
    );
    assert.deepEqual(done.sort((a, b) => a - b), jobs.map(({ job }) => job));
    assert.ok(sides.every((count) => count > 0), `${sides}`);
    assert.equal(await shared.count(), 0);
    await Promise.all(taking.map((one) => one.leave()));
    await shared.remove();
    await shared.close();
  });

  test("keeps jobs and results for whoever takes the work up again", async (open) => {
    const queue = await open(), first = await queue.share("b", "text");
    await first.add([{ job: 7, data: "seven" }, { job: 8, data: "eight" }]);
    const taking = await (await open()).takePart("b", { atOnce: 1, run: upper });
    await eventually("both results", async () => (await first.finished()).length === 2);
    await first.close();
    const again = await (await open()).share("b", "text");
    // Those that are there stay as they are.
    await again.add([{ job: 7, data: "other" }, { job: 9, data: "nine" }]);
    assert.deepEqual(await allOf(again, 3), [
      { job: 7, result: "SEVEN" },
      { job: 8, result: "EIGHT" },
      { job: 9, result: "NINE" },
    ]);
    await taking.leave();
    await again.remove();
    await again.close();
  });

  test("announces work until it is taken away, and then has it anew", async (open) => {
    const here = await open(),
      there = await open(),
      text = JSON.stringify({ long: "x".repeat(30_000) });
    assert.deepEqual(await there.announced(), []);
    const shared = await here.share("c", text);
    const [{ id, text: told, beat }, ...more] = await there.announced();
    assert.deepEqual([id, told, more], ["c", text, []]);
    await eventually("another beat", async () => {
      await shared.beat();
      return (await there.announced())[0].beat > beat;
    });
    await there.say("c", "I lack the candles");
    await there.say("c", "I have them now");
    assert.deepEqual(await shared.heard(), ["I lack the candles", "I have them now"]);
    assert.deepEqual(await shared.heard(), []);
    await shared.add([{ job: 0, data: "left" }]);
    await shared.remove();
    assert.deepEqual([await there.announced(), await shared.count()], [[], 0]);
    await shared.close();
    const anew = await here.share("c", text);
    await anew.add([{ job: 1, data: "one" }]);
    const taking = await there.takePart("c", { atOnce: 1, run: upper });
    assert.deepEqual(await allOf(anew, 1), [{ job: 1, result: "ONE" }]);
    await taking.leave();
    await anew.remove();
    await anew.close();
  });

  test("tells what a job threw, and gives it again to whoever takes the work up", async (open) => {
    const queue = await open(), shared = await queue.share("d", "text");
    await shared.add([{ job: 3, data: "three" }]);
    const failing = await queue.takePart("d", {
      atOnce: 1,
      run: () => Promise.reject(new Error("no such thing")),
    });
    await eventually("the failure", async () => (await shared.finished()).length === 1);
    assert.deepEqual(await shared.finished(), [{ job: 3, error: "no such thing" }]);
    await failing.leave();
    await shared.close();
    const again = await queue.share("d", "text");
    await again.add([{ job: 3, data: "three" }]);
    const taking = await queue.takePart("d", { atOnce: 1, run: upper });
    assert.deepEqual(await allOf(again, 1), [{ job: 3, result: "THREE" }]);
    await taking.leave();
    await again.remove();
    await again.close();
  });
}

const upper = ({ data }: Job) => Promise.resolve(data.toUpperCase());

/** Takes results until there are so many, in the order of their jobs; each is forgotten. */
async function allOf(shared: SharingOut, count: number): Promise<FinishedJob[]> {
  const found: FinishedJob[] = [];
  await eventually(`${count} results`, async () => {
    const some = await shared.finished();
    found.push(...some);
    await shared.forget(some.map(({ job }) => job));
    return found.length >= count;
  });
  return found.sort((a, b) => a.job - b.job);
}
