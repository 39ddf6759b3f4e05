// The MCP Inspector on the command line. Each call is a new process with a new
// sandbox, so it plays the steps that need nothing captured before them. It
// cannot ask a person; a token that it gets is good in the next process, which
// has the same key and an equal invoice.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { assertCovered, check, steps, take } from "./scenario.mjs";
import { config, env, name, state } from "./server.mjs";

// The exit code with which the Inspector reports an answer that is an error.
const toolError = 5;

function inspect(expectedExit, method, ...args) {
  const command = ["--cli", "--config", config, "--server", name, "-e", `FISKL_STATE_DIR=${state}`, "--method", method, ...args, "--format", "json", "--quiet"];
  const run = spawnSync("mcp-inspector", command, { env, encoding: "utf8" });
  assert.equal(run.status, expectedExit, `mcp-inspector ${command.join(" ")}\n${run.stdout}\n${run.stderr}`);
  return JSON.parse(run.stdout).result;
}

const { protocolVersion } = inspect(0, "initialize");
assert.equal(protocolVersion, "2025-11-25");

const listed = inspect(0, "tools/list", "--strict").tools.map((tool) => tool.name);
assertCovered(listed);

const alone = steps
  .map((step) => (step.inspector ? { tool: step.tool, ...step.inspector } : step))
  .filter((step) => !JSON.stringify(step).includes('"$'));
assert.deepEqual(listed.filter((tool) => !alone.some((step) => step.tool === tool)), [], "tools without a step that stands alone");

for (const step of alone) {
  const result = await take(step, (tool, args) =>
    inspect(step.error ? toolError : 0, "tools/call", "--tool-name", tool, "--tool-args-json", JSON.stringify(args)));
  check(step, result);
}
console.log(`Inspector, ${protocolVersion}, by token: ${listed.length} tools, ${alone.length} steps`);
