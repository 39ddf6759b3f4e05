// How a client starts the server: the sandbox entry of mcp.json.example, as it
// stands, with the built binary first on the PATH.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

export const config = fileURLToPath(new URL("mcp.json.example", root));
export const name = "fiskl-sandbox";
export const env = { ...process.env, PATH: `${fileURLToPath(new URL("bin", root))}:${process.env.PATH}` };

const { command, args } = JSON.parse(readFileSync(config, "utf8")).mcpServers[name];
export const server = { command, args, env };
