// The TypeScript SDK, version 1: the last revision with a handshake.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { assertCompletions, assertPrompts } from "./prompts.mjs";
import { assertResources } from "./resources.mjs";
import { Person, play } from "./scenario.mjs";
import { overHTTP, server } from "./server.mjs";

async function run(way, transport, person) {
  let revision;
  const told = transport.setProtocolVersion?.bind(transport);
  transport.setProtocolVersion = (negotiated) => {
    revision = negotiated;
    told?.(negotiated);
  };
  const client = new Client({ name: "sdk1", version: "1" }, { capabilities: person ? { elicitation: {} } : {} });
  if (person) client.setRequestHandler(ElicitRequestSchema, person.handle);
  await client.connect(transport);
  try {
    assert.equal(revision, "2025-11-25");
    const who = `TypeScript SDK 1, ${way}, ${revision}`;
    const { tools } = await client.listTools();
    await play(who, tools.map((tool) => tool.name), (name, args) =>
      client.callTool({ name, arguments: args }), person);
    await assertPrompts(who, (await client.listPrompts()).prompts, (name, args) => client.getPrompt({ name, arguments: args }));
    await assertResources(who, {
      list: async () => (await client.listResources()).resources,
      templates: async () => (await client.listResourceTemplates()).resourceTemplates,
      read: (uri) => client.readResource({ uri }),
      call: (name, args) => client.callTool({ name, arguments: args }),
      refused: (uri) => assert.rejects(client.readResource({ uri }), ({ code, message }) => code === -32002 && message.includes("No answer")),
    });
    await assertCompletions(who, (params) => client.complete(params));
    await transport.terminateSession?.();
  } finally {
    await client.close();
  }
}

for (const person of [undefined, new Person()]) {
  await run("stdio", new StdioClientTransport(server), person);
  await overHTTP((url) => run("HTTP", new StreamableHTTPClientTransport(new URL(url)), person));
}
