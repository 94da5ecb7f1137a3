// The pictures of the desk in the README: shot-desk.mjs PROGRAM ROOT FOLDER (run.sh puts the modules in place).
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desk, launch, open } from "./kit.mjs";

const [program, root, out] = process.argv.slice(2);
const dir = join(tmpdir(), "青河区2026年");
rmSync(dir, { recursive: true, force: true });
mkdirSync(dir);
cpSync(join(root, "samples/township-briefing/2026.xlsx"), join(dir, "各镇联络站.xlsx"));
cpSync(join(root, "samples/work-report/2026.xlsx"), join(dir, "全民阅读.xlsx"));
const env = { ...process.env, HUIBAO_HOME: root };
spawnSync(program, ["form", "-t", "special-report", "-o", join(dir, "专项行动.xlsx"), "--year", "2026"], { env });
const server = await desk(program, root, dir);
const browser = await launch();
const { page } = await open(browser, server.url, { viewport: { width: 1366, height: 860 } });
await page.waitForFunction(() => document.body.dataset.ready);
await page.screenshot({ path: join(out, "desk-start.png") });
await page.goto(new URL("/batch?file=各镇联络站.xlsx", page.url()).href);
await page.waitForFunction(() => Number(document.body.dataset.tables) > 0);
await page.click("#start");
await page.waitForFunction(() => document.body.dataset.runs, null, { timeout: 60000 });
await page.screenshot({ path: join(out, "desk-batch.png") });
await browser.close();
server.child.kill();
process.exit(0);
