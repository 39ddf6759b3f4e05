// The scenario that every client plays, and what its answers are held to.
// README.md in this folder says what a step may contain.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export const { steps } = JSON.parse(readFileSync(new URL("scenario.json", import.meta.url), "utf8"));

/** Plays all steps in order; call(tool, arguments) answers a tool result. */
export async function play(client, listed, call) {
  assertCovered(listed);
  const captured = {};
  for (const template of steps) {
    const step = fill(template, captured);
    const result = await call(step.tool, step.arguments ?? {});
    check(step, result);
    for (const [variable, path] of Object.entries(step.capture ?? {})) {
      captured[variable] = at(result.structuredContent, path);
      assert.notEqual(captured[variable], undefined, `${step.tool}: nothing to capture at ${path}`);
    }
  }
  console.log(`${client}: ${listed.length} tools, ${steps.length} calls`);
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
