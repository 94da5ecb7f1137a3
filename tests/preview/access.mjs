// axe-core finds no serious fault.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function faultless(page, name) {
  // The page's policy allows no script from elsewhere; the debugger's own is none of the page's.
  await page.evaluate(source);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message || n.failureSummary || "")) }));
  });
  const serious = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious, [], `${name}: ${JSON.stringify(serious, null, 1)}`);
  const rest = found.map(({ id, impact }) => `${id} (${impact})`).join(", ");
  console.log(`   axe: ${name}: nothing serious${rest ? `; ${rest}` : ""}`);
}
