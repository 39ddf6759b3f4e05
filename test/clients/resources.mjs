// The resources that every client lists and reads. README.md in this folder says what resources.json holds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const { fixed, templates, missing } = JSON.parse(readFileSync(new URL("resources.json", import.meta.url), "utf8"));

/**
 * Lists resources and templates, and reads each. ask has list(), templates(),
 * read(uri), call(tool, arguments), and refused(uri) for what is not there.
 */
export async function assertResources(client, ask) {
  assert.deepEqual((await ask.list()).map(({ uri }) => uri).sort(), Object.keys(fixed).sort(), `${client} lists`);
  assert.deepEqual((await ask.templates()).map(({ uriTemplate }) => uriTemplate).sort(), Object.keys(templates).sort(), `${client} lists`);
  for (const [uri, text] of Object.entries(fixed)) check(uri, await ask.read(uri), { form: "application/json", text });
  let count = Object.keys(fixed).length;
  for (const want of Object.values(templates).flat()) {
    const uri = want.uri ?? linked(await ask.call(want.tool, want.arguments), want.link);
    check(uri, await ask.read(uri), want);
    count++;
  }
  for (const uri of missing) await ask.refused(uri);
  console.log(`${client}: ${count} resources read, ${missing.length} refused`);
}

/** The address in an answer that begins in some way. */
function linked({ content }, start) {
  const link = content.find(({ type, uri }) => type === "resource_link" && uri.startsWith(start));
  assert.ok(link, `no link to ${start} in ${JSON.stringify(content)}`);
  return link.uri;
}

function check(uri, { contents }, want) {
  assert.equal(contents.length, 1, uri);
  assert.equal(contents[0].uri, uri);
  assert.equal(contents[0].mimeType, want.form, uri);
  if (want.text) return assert.ok(contents[0].text.includes(want.text), `${uri} is ${contents[0].text}`);
  assert.equal(Buffer.from(contents[0].blob, "base64").subarray(0, 2).toString(), "PK", uri);
}
