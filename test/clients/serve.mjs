// Starts a program that serves over HTTP and says where on its first line.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Answers the address of the program, and how to stop it: it must end well. */
export async function serve(command, args, env = process.env) {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);
  const ended = once(child, "exit");
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
  const [url] = String(line).match(/http:\S+/) ?? [];
  assert.ok(url, `${command} ${args.join(" ")}: not an address: ${line}`);
  const stop = async () => {
    child.kill("SIGTERM");
    const [code, signal] = await ended;
    process.off("exit", kill);
    assert.equal(code, 0, `${command} ended with ${code ?? signal}`);
  };
  return { url, stop };
}
