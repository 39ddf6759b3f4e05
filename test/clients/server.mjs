// How the server is started: for a client over stdio by the sandbox entry of
// mcp.json.example, as it stands, and over HTTP on a free port; with the built
// binary first on the PATH and a folder of its own to keep the key of its tokens
// in.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./serve.mjs";

const root = new URL("../../", import.meta.url);

export const config = fileURLToPath(new URL("mcp.json.example", root));
export const name = "fiskl-sandbox";
export const state = mkdtempSync(join(tmpdir(), "fiskl-mcp-clients-"));
export const env = { ...process.env, PATH: `${fileURLToPath(new URL("bin", root))}:${process.env.PATH}`, FISKL_STATE_DIR: state };
process.on("exit", () => rmSync(state, { recursive: true }));

const { command, args } = JSON.parse(readFileSync(config, "utf8")).mcpServers[name];
export const server = { command, args, env };

/**
 * Has use(url) work with a server over HTTP that has a new sandbox and sets its
 * callers no pace, for these are quicker than people.
 */
export async function overHTTP(use, ...flags) {
  const { url, stop } = await serve("fiskl-mcp-server",
    ["http", "--sandbox", "--listen", "127.0.0.1:0", "--caller-rate", "0", "--log-level", "error", ...flags], env);
  await use(url);
  await stop();
}
