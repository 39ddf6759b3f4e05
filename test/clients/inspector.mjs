// The MCP Inspector on the command line. It cannot ask a person. Over stdio each
// call is a new process with a new sandbox, so it plays the steps that need
// nothing captured before them; a token that it gets is good in the next
// process, which has the same key and an equal invoice. Over HTTP the sandbox
// stays, and it plays the core of the scenario in both eras.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { assertPrompts } from "./prompts.mjs";
import { assertResources } from "./resources.mjs";
import { assertCovered, check, core, play, steps, take } from "./scenario.mjs";
import { config, env, name, overHTTP, state } from "./server.mjs";

// The exit code with which the Inspector reports an answer that is an error.
const toolError = 5;

function start(server, method, ...args) {
  const command = ["--cli", ...server, "--method", method, ...args, "--format", "json", "--quiet"];
  return { command, run: spawnSync("mcp-inspector", command, { env, encoding: "utf8" }) };
}

/** Has the Inspector make a request of a server, which may end with one of some exit codes. */
function inspect(server, exits, method, ...args) {
  const { command, run } = start(server, method, ...args);
  assert.ok(exits.includes(run.status), `mcp-inspector ${command.join(" ")} ended with ${run.status}\n${run.stdout}\n${run.stderr}`);
  return JSON.parse(run.stdout).result;
}

/** The names of the tools, whose schemas must bear a strict look. */
function list(server, revision) {
  assert.equal(inspect(server, [0], "initialize").protocolVersion, revision);
  return inspect(server, [0], "tools/list", "--strict").tools.map((tool) => tool.name);
}

const call = (server, exits, tool, args) =>
  inspect(server, exits, "tools/call", "--tool-name", tool, "--tool-args-json", JSON.stringify(args ?? {}));

/** Every prompt in the menu and to be had; the command line knows no completions, and shows of an error its text. */
function prompts(client, server) {
  const { prompts: listed } = inspect(server, [0], "prompts/list");
  return assertPrompts(client, listed, async (name, args) => {
    const given = Object.entries(args).map(([key, value]) => `${key}=${value}`);
    return inspect(server, [0], "prompts/get", "--prompt-name", name, ...(given.length > 0 ? ["--prompt-args", ...given] : []));
  }, []);
}

/** Every resource; of an error the command line shows the text. */
function resources(client, server) {
  return assertResources(client, {
    list: () => inspect(server, [0], "resources/list").resources,
    templates: () => inspect(server, [0], "resources/templates/list").resourceTemplates,
    read: (uri) => inspect(server, [0], "resources/read", "--uri", uri),
    call: (tool, args) => call(server, [0], tool, args),
    refused: (uri) => {
      const { run } = start(server, "resources/read", "--uri", uri);
      assert.ok(run.status !== 0 && `${run.stdout}${run.stderr}`.includes("No answer"), `${uri}: ${run.status} ${run.stdout} ${run.stderr}`);
    },
  });
}

async function overStdio(revision) {
  const server = ["--config", config, "--server", name, "-e", `FISKL_STATE_DIR=${state}`];
  const listed = list(server, revision);
  assertCovered(listed);
  const alone = steps
    .map((step) => (step.inspector ? { tool: step.tool, ...step.inspector } : step))
    .filter((step) => !JSON.stringify(step).includes('"$'));
  assert.deepEqual(listed.filter((tool) => !alone.some((step) => step.tool === tool)), [], "tools without a step that stands alone");
  for (const step of alone) {
    check(step, await take(step, (tool, args) => call(server, [step.error ? toolError : 0], tool, args)));
  }
  console.log(`Inspector, stdio, ${revision}, by token: ${listed.length} tools, ${alone.length} steps`);
  await prompts(`Inspector, stdio, ${revision}`, server);
  await resources(`Inspector, stdio, ${revision}`, server);
}

await overStdio("2025-11-25");
for (const [era, revision] of [["legacy", "2025-11-25"], ["modern", "2026-07-28"]]) {
  await overHTTP(async (url) => {
    const server = [url, "--protocol-era", era];
    await prompts(`Inspector, HTTP, ${revision}`, server);
    await resources(`Inspector, HTTP, ${revision}`, server);
    return play(`Inspector, HTTP, ${revision}`, list(server, revision), (tool, args) => call(server, [0, toolError], tool, args), undefined, core);
  });
}
