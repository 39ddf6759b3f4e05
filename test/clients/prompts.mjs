// What every client finds of prompts and completions: prompts.json says it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export const { prompts, errors, completions } = JSON.parse(readFileSync(new URL("prompts.json", import.meta.url), "utf8"));

const invalidParams = -32602;

/** Checks the menu, every job in it, and the errors; get(name, arguments) answers a prompt. */
export async function assertPrompts(client, listed, get, wrong = errors) {
  assert.deepEqual(listed.map(({ name, title }) => ({ name, title })), prompts.map(({ name, title }) => ({ name, title })));
  for (const { name, arguments: args, text } of prompts) {
    const { messages } = await get(name, args ?? {});
    assert.equal(messages.length, 1);
    for (const want of text) assert.ok(messages[0].content.text.includes(want), `${name} lacks ${want}:\n${messages[0].content.text}`);
  }
  for (const { name, arguments: args, message } of wrong) await refused(get(name, args ?? {}), message);
  console.log(`${client}: ${prompts.length} prompts`);
}

/** Checks suggestions; complete(ref, argument) answers a completion. */
export async function assertCompletions(client, complete) {
  for (const { prompt, uri, argument, typed, values, total, message } of completions) {
    const ref = prompt ? { type: "ref/prompt", name: prompt } : { type: "ref/resource", uri };
    const answer = complete({ ref, argument: { name: argument, value: typed } });
    if (message) {
      await refused(answer, message);
      continue;
    }
    const { completion } = await answer;
    assert.deepEqual([completion.values, completion.total, completion.hasMore ?? false], [values, total, false]);
  }
  console.log(`${client}: ${completions.length} completions`);
}

/** Fails unless a request is answered with an error that says what is wrong with it. */
async function refused(answer, message) {
  await assert.rejects(answer, (error) => {
    assert.ok(error.message.includes(message), error.message);
    assert.equal(error.code ?? error.data?.code, invalidParams, `${error.message}: ${JSON.stringify(error)}`);
    return true;
  });
}
