// The TypeScript SDK, version 1: the last revision with a handshake.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { Person, play } from "./scenario.mjs";
import { server } from "./server.mjs";

for (const person of [undefined, new Person()]) {
  let revision;
  const transport = Object.assign(new StdioClientTransport(server), {
    setProtocolVersion: (negotiated) => { revision = negotiated; },
  });
  const client = new Client({ name: "sdk1", version: "1" }, { capabilities: person ? { elicitation: {} } : {} });
  if (person) client.setRequestHandler(ElicitRequestSchema, person.handle);
  await client.connect(transport);
  try {
    assert.equal(revision, "2025-11-25");
    const { tools } = await client.listTools();
    await play(`TypeScript SDK 1, ${revision}`, tools.map((tool) => tool.name), (name, args) =>
      client.callTool({ name, arguments: args }), person);
  } finally {
    await client.close();
  }
}
