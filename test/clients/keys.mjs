// Clients that bring their own key over HTTP: the sandbox's, each with what it may do.
import assert from "node:assert/strict";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { overHTTP } from "./server.mjs";

const connect = async (url, headers) => {
  const client = new Client({ name: "keys", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
};

/** The tools that a key is offered, after one call with it. */
async function offered(url, headers) {
  const client = await connect(url, headers);
  const { isError, structuredContent } = await client.callTool({ name: "get_context", arguments: {} });
  assert.ok(!isError && structuredContent.base_currency === "GBP", JSON.stringify(structuredContent));
  const { tools } = await client.listTools();
  await client.close();
  return tools.map((tool) => tool.name);
}

await overHTTP(async (url) => {
  const owner = await offered(url, { "X-Fiskl-Api-Key": "fsk_sandboxOwner" });
  const reader = await offered(url, { Authorization: "Bearer fsk_sandboxReadOnly" });
  assert.ok(owner.includes("create_invoice") && !reader.includes("create_invoice"), "a key that may only read is offered writes");
  for (const headers of [{}, { "X-Fiskl-Api-Key": "fsk_sandboxRevoked" }]) {
    await assert.rejects(connect(url, headers), /401|[Uu]nauthorized|requires authorization/);
  }
  console.log(`own keys, HTTP: ${owner.length} tools for the owner, ${reader.length} for the reader, none for strangers`);
}, "--auth", "header");
