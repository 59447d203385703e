// Looks at pages in a real Chromium: `node browser.mjs MODULES CHROMIUM SITE ORDER` prints a line of JSON for each.
// ORDER is a JSON list of {page, scheme, width, height, print, pdf, shot, scripts}; SITE is served on loopback while
// this runs. Every request is written down, and every one that would leave the host is refused.
import { createServer } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { createRequire } from "node:module";

const [modules, executablePath, site, order] = process.argv.slice(2);
const require = createRequire(join(modules, "index.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TYPES = { ".html": "text/html; charset=utf-8", ".ics": "text/calendar; charset=utf-8" };

const server = createServer((request, response) => {
  try {
    const name = normalize(new URL(request.url, "http://loopback").pathname);
    const data = readFileSync(join(site, name));
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" });
    response.end(data);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const host = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"],
});

// What a page is, once it stands: its width against the window's, its style at work, its words, what is cut off.
function measured() {
  const root = document.documentElement;
  const style = getComputedStyle(document.body);
  const sheet = document.querySelector(".sheet");
  const cut = [];
  if (sheet) {
    const edge = sheet.getBoundingClientRect();
    for (const element of sheet.querySelectorAll("li, h1, h2, p, svg")) {
      const box = element.getBoundingClientRect();
      const outside = box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.left < edge.left - 1;
      if (box.width && outside) cut.push(element.textContent.trim().slice(0, 60));
    }
  }
  const small = [...document.querySelectorAll("nav a, .button, summary")]
    .filter((element) => element.getBoundingClientRect().height > 0 && element.getBoundingClientRect().height < 24)
    .map((element) => element.textContent);
  return {
    overflow: root.scrollWidth - root.clientWidth,
    ground: style.backgroundColor,
    margin: style.marginTop,
    words: (document.querySelector("main") ?? document.body).innerText,
    cut,
    small,
  };
}

for (const one of JSON.parse(order)) {
  const context = await browser.newContext({
    viewport: { width: one.width, height: one.height },
    colorScheme: one.scheme,
    javaScriptEnabled: one.scripts !== false,
    deviceScaleFactor: one.scale ?? 1,
  });
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  const home = one.file ? `file://${site}/` : `${host}/`;
  await context.route("**/*", (route) => (route.request().url().startsWith(home) ? route.continue() : route.abort()));
  page.on("request", (request) => requests.push(request.url().replace(home, "/")));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(home + one.page);
  if (one.print) await page.emulateMedia({ media: "print" });
  const found = { ...one, requests, ...(await page.evaluate(measured)) };
  if (one.open) await page.evaluate(() => document.querySelectorAll("details").forEach((d) => d.setAttribute("open", "")));
  if (one.axe) {
    await page.evaluate(axe);
    const result = await page.evaluate(() => globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
    found.violations = result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).slice(0, 3).join(" | ")}`);
    found.passes = result.passes.map((p) => p.id);
  }
  if (one.shot) await page.screenshot({ path: one.shot, clip: one.clip, fullPage: !!one.full });
  if (one.pdf) {
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    writeFileSync(one.pdf, pdf);
    const text = pdf.toString("latin1");
    found.sheets = (text.match(/\/Type \/Page\b/g) ?? []).length;
    found.box = text.match(/\/MediaBox \[([^\]]*)\]/)[1];
  }
  found.complaints = complaints;
  console.log(JSON.stringify(found));
  await context.close();
}
await browser.close();
server.close();
