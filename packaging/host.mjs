// Prints how a host starts the server of an unpacked bundle, with what a person
// chose: node host.mjs FOLDER JSON. It is the format's own reading.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getMcpConfigForManifest } from "@anthropic-ai/mcpb";

const [folder, chosen] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const config = await getMcpConfigForManifest({
  manifest,
  extensionPath: folder,
  systemDirs: {},
  userConfig: JSON.parse(chosen),
  pathSeparator: "/",
});
process.stdout.write(JSON.stringify(config));
