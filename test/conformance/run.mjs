// Runs the official conformance suite: against the fixtures, of which it must
// find nothing wrong, and against fiskl-mcp itself, as far as that needs no
// fixtures. Prints what failed, and counts. Called by "npm run conformance" in
// ../clients, which has the suite and the node it needs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../clients/serve.mjs";
import { overHTTP } from "../clients/server.mjs";

const revisions = ["2026-07-28", "2025-11-25"];

// What is run for information and does not exist here: the tasks extension.
const absent = /^tasks-/;

// What fiskl-mcp is held to without fixtures. A list
// names the checks that do need fixtures, and says so when one stops to.
const own = {
  "2026-07-28": {
    "server-stateless": [
      "sep-2575-server-rejects-undeclared-capability", "sep-2575-missing-capability-http-400",
      "sep-2575-http-server-no-independent-requests-on-stream", "sep-2575-server-no-log-without-loglevel",
    ],
    "tools-list": [],
    "prompts-list": [],
    "resources-list": [],
    "server-sse-multiple-streams": [],
    "sep-2164-resource-not-found": [],
    "dns-rebinding-protection": [],
    "caching": [],
    "input-required-result-unsupported-methods": [],
    "input-required-result-validate-input": [],
    "http-header-validation": [],
  },
  "2025-11-25": {
    "server-initialize": [],
    "ping": [],
    "tools-list": [],
    "prompts-list": [],
    "resources-list": [],
    "server-sse-multiple-streams": [],
    "dns-rebinding-protection": [],
    "server-session-lifecycle": [],
  },
};

const results = mkdtempSync(join(tmpdir(), "fiskl-mcp-conformance-"));
process.on("exit", () => rmSync(results, { recursive: true }));
let failures = 0;

/** Runs the scenarios of a revision and answers how that ended, and the checks by scenario. */
function suite(what, revision, url) {
  const folder = join(results, `${what}-${revision}`);
  const run = spawnSync("conformance", ["server", "--url", url, "--requirements", revision, "--timeout", "10000", "--output-dir", folder], { encoding: "utf8", timeout: 120_000 });
  assert.ok(run.status === 0 || run.status === 1, `conformance ended with ${run.status ?? run.signal}\n${run.stdout}\n${run.stderr}`);
  const scenarios = {};
  for (const entry of readdirSync(folder)) {
    const [, scenario] = entry.match(/^server-(.*)-\d{4}-\d\d-\d\dT/) ?? assert.fail(`unexpected folder ${entry}`);
    scenarios[scenario] = JSON.parse(readFileSync(join(folder, entry, "checks.json"), "utf8"));
  }
  assert.notEqual(Object.keys(scenarios).length, 0, run.stderr);
  return { passed: run.status === 0, scenarios };
}

/** Prints the failures among the checks of scenarios, and one line that counts. */
function report(what, revision, scenarios) {
  const count = { SUCCESS: 0, FAILURE: 0, WARNING: 0, SKIPPED: 0 };
  for (const [scenario, checks] of Object.entries(scenarios)) {
    for (const { status, id, description, errorMessage } of checks) {
      count[status] += 1;
      if (status === "FAILURE") console.error(`FAILED ${what}, ${revision}, ${scenario}: ${id}: ${description}\n  ${errorMessage ?? ""}`);
    }
  }
  failures += count.FAILURE;
  console.log(`${what}, ${revision}: ${Object.keys(scenarios).length} scenarios, ` +
    `${count.SUCCESS} checks passed, ${count.FAILURE} failed, ${count.WARNING} warnings, ${count.SKIPPED} skipped`);
}

function judgeFixtures(revision, url) {
  const { passed, scenarios } = suite("fixtures", revision, url);
  report("fixtures", revision, Object.fromEntries(Object.entries(scenarios).filter(([name]) => !absent.test(name))));
  if (passed) return;
  failures += 1;
  console.error(`FAILED fixtures: the suite finds that what ${revision} requires is not there`);
}

function judgeProgram(revision, url) {
  const { scenarios } = suite("fiskl-mcp", revision, url);
  report("fiskl-mcp", revision, Object.fromEntries(Object.entries(own[revision]).map(([name, needFixtures]) => {
    const checks = scenarios[name] ?? assert.fail(`the suite did not run ${name}`);
    for (const id of needFixtures) {
      assert.ok(checks.some((check) => check.id === id && check.status === "FAILURE"), `${name}: ${id} needs no fixture any more`);
    }
    return [name, checks.filter(({ id }) => !needFixtures.includes(id))];
  })));
}

const { url, stop } = await serve(fileURLToPath(new URL("../../bin/conformance", import.meta.url)), []);
for (const revision of revisions) judgeFixtures(revision, url);
await stop();
await overHTTP((address) => revisions.forEach((revision) => judgeProgram(revision, address)));
process.exitCode = failures === 0 ? 0 : 1;
