// The picture of the README: shot.mjs PROGRAM ROOT PICTURE (run.sh puts the modules in place).
import { launch, open, preview, ready } from "./kit.mjs";
import { join } from "node:path";

const [program, root, picture] = process.argv.slice(2);
const server = await preview(program, root, [join(root, "samples/district-overview/2026.xlsx")]);
const browser = await launch();
const { page } = await open(browser, server.url, { viewport: { width: 1360, height: 800 } });
await ready(page);
await page.evaluate(() => document.fonts.ready);
// A figure that was made of several cells, with all places that have a cell in common with it.
const spot = page.locator('#page-2 .spot[aria-label^="399.03"]').first();
await spot.evaluate((node) => node.scrollIntoView({ block: "center" }));
await spot.click();
await spot.hover();
await page.waitForTimeout(500);
await page.screenshot({ path: picture });
await browser.close();
server.child.kill();
process.exit(0);
