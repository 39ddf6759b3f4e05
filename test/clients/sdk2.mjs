// The TypeScript client, version 2: asks the server what it speaks and takes the newest, which knows no handshake.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { play } from "./scenario.mjs";
import { server } from "./server.mjs";

const client = new Client({ name: "sdk2", version: "1" }, { versionNegotiation: { mode: "auto" } });
await client.connect(new StdioClientTransport(server));
try {
  const revision = client.getNegotiatedProtocolVersion();
  assert.equal(revision, "2026-07-28");
  const { tools } = await client.listTools();
  await play(`TypeScript client 2, ${revision}`, tools.map((tool) => tool.name), (name, args) =>
    client.callTool({ name, arguments: args }));
} finally {
  await client.close();
}
