// The scenario that every client plays, and what its answers are held to.
// README.md in this folder says what a step may contain.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export const { steps } = JSON.parse(readFileSync(new URL("scenario.json", import.meta.url), "utf8"));

/** What a client replies to a question that is no yes, and what is one. */
const noes = [{ action: "decline" }, { action: "cancel" }, { action: "accept", content: { confirm: false } }];
const yes = { action: "accept", content: { confirm: true } };

/** A person whom a client with a handler for elicitation asks. */
export class Person {
  asked = [];
  reply = noes[0];

  handle = ({ params }) => {
    this.asked.push(params.message);
    return this.reply;
  };
}

/** The steps until an invoice was made, sent and partly paid. */
export const core = steps.slice(0, 1 + steps.findIndex((step) => step.tool === "get_payment"));

/**
 * Plays steps in order; call(tool, arguments) answers a tool result. The client
 * asks the person, if it has one.
 */
export async function play(client, listed, call, person, part = steps) {
  assertCovered(listed);
  const captured = {};
  for (const template of part) {
    const step = fill(template, captured);
    const result = await take(step, call, person);
    check(step, result);
    for (const [variable, path] of Object.entries(step.capture ?? {})) {
      captured[variable] = at(result.structuredContent, path);
      assert.notEqual(captured[variable], undefined, `${step.tool}: nothing to capture at ${path}`);
    }
  }
  console.log(`${client}, ${person ? "asking" : "by token"}: ${listed.length} tools, ${part.length} steps`);
}

/** Makes the call of a step. Where it needs a yes, it is made without one first. */
export async function take(step, call, person) {
  const args = step.arguments ?? {};
  if (!step.confirm) return call(step.tool, args);
  const look = async () => (await call("get_invoice", { invoice: args.invoice })).structuredContent;
  const before = await look();
  const rest = person ? await refuse(step, call, person) : await hold(step, call);
  assert.deepEqual(await look(), before, `${step.tool} did something without a yes`);
  return call(step.tool, { ...args, ...rest });
}

/** Has the person say anything but yes, and leaves them willing. */
async function refuse(step, call, person) {
  for (person.reply of noes) {
    const count = person.asked.length;
    const { isError, content } = await call(step.tool, step.arguments);
    assert.ok(isError && content[0].text.startsWith("Not done, nothing was changed: "), `${step.tool}: ${content[0].text}`);
    assert.equal(person.asked.length, count + 1, `${step.tool} asked the person`);
    assert.ok(person.asked.at(-1).includes(step.arguments.invoice), person.asked.at(-1));
  }
  person.reply = yes;
}

/** Makes the first of two calls, and answers what the second has besides. */
async function hold(step, call) {
  const { content, structuredContent } = await call(step.tool, step.arguments);
  assert.ok(content[0].text.startsWith("Nothing has been "), `${step.tool}: ${content[0].text}`);
  assert.equal(structuredContent.not_done, content[0].text);
  return { confirm_token: structuredContent.confirm_token };
}

/** Fails when the server lists a tool that no step calls. */
export function assertCovered(listed) {
  assert.notEqual(listed.length, 0, "the server lists no tools");
  assert.deepEqual(listed.filter((tool) => !steps.some((step) => step.tool === tool)), [], "tools that no step calls");
}

/** Compares one answer with what its step expects. */
export function check(step, result) {
  const text = result.content.map((part) => part.text).join("\n");
  const where = `${step.tool} ${JSON.stringify(step.arguments)} answered ${text}\n${JSON.stringify(result.structuredContent)}\n`;
  assert.equal(result.isError ?? false, step.error ?? false, `${where}isError`);
  assert.equal(result.structuredContent === undefined, step.error ?? false, `${where}structuredContent goes with success`);
  assert.notEqual(text, "", `${where}text is empty`);
  for (const want of step.text ?? []) {
    assert.ok(text.includes(want), `${where}text lacks ${want}`);
  }
  for (const [path, want] of Object.entries(step.values ?? {})) {
    assert.equal(String(at(result.structuredContent, path)), String(want), `${where}${path}`);
  }
}

/** The value at a dotted path such as rows.0.id. */
function at(value, path) {
  return path.split(".").reduce((inner, key) => inner?.[key], value);
}

/** The value with every string "$name" in it replaced by what was captured, as a string. */
function fill(value, captured) {
  if (Array.isArray(value)) return value.map((inner) => fill(inner, captured));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, captured)]));
  }
  if (typeof value !== "string" || !value.startsWith("$")) return value;
  assert.ok(value.slice(1) in captured, `${value} was not captured`);
  return String(captured[value.slice(1)]);
}
