// The TypeScript client, version 2: asks the server what it speaks and takes the newest, which knows no handshake.
import assert from "node:assert/strict";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { assertCompletions, assertPrompts } from "./prompts.mjs";
import { assertResources } from "./resources.mjs";
import { Person, play } from "./scenario.mjs";
import { overHTTP, server } from "./server.mjs";

async function run(way, transport, person) {
  const client = new Client({ name: "sdk2", version: "1" }, {
    versionNegotiation: { mode: "auto" },
    capabilities: person ? { elicitation: { form: {} } } : {},
  });
  if (person) client.setRequestHandler("elicitation/create", person.handle);
  await client.connect(transport);
  try {
    const revision = client.getNegotiatedProtocolVersion();
    assert.equal(revision, "2026-07-28");
    const who = `TypeScript client 2, ${way}, ${revision}`;
    const { tools } = await client.listTools();
    await play(who, tools.map((tool) => tool.name), (name, args) =>
      client.callTool({ name, arguments: args }), person);
    await assertPrompts(who, (await client.listPrompts()).prompts, (name, args) => client.getPrompt({ name, arguments: args }));
    await assertResources(who, {
      list: async () => (await client.listResources()).resources,
      templates: async () => (await client.listResourceTemplates()).resourceTemplates,
      read: (uri) => client.readResource({ uri }),
      call: (name, args) => client.callTool({ name, arguments: args }),
      refused: (uri) => assert.rejects(client.readResource({ uri }), ({ code, message }) => code === -32602 && message.includes("No answer")),
    });
    await assertCompletions(who, (params) => client.complete(params));
  } finally {
    await client.close();
  }
}

for (const person of [undefined, new Person()]) {
  await run("stdio", new StdioClientTransport(server), person);
  await overHTTP((url) => run("HTTP", new StreamableHTTPClientTransport(new URL(url)), person));
}
