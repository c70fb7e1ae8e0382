// browser.mjs SITE SCREENSHOTS: opens the built site in Chromium, tests the search, and takes screenshots.
// Without a Chromium the test is reported as NOT RUN; under CI=true that is a failure.

import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import puppeteer from 'puppeteer-core'

const [site, screenshots] = process.argv.slice(2)
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
)
if (!executablePath) {
  console.log('docs browser: NOT RUN, no Chromium (apt-get install chromium fonts-noto-cjk)')
  process.exit(process.env.CI === 'true' ? 1 : 0)
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.txt': 'text/plain' }
const server = createServer((request, response) => {
  let path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
  if (path.endsWith('/')) path += 'index.html'
  const file = join(site, path)
  if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': `${types[extname(file)] ?? 'application/octet-stream'}; charset=utf-8` })
  createReadStream(file).pipe(response)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const base = `http://127.0.0.1:${server.address().port}`

const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--lang=zh-CN'] })
const page = await browser.newPage()
const problems = []
page.on('pageerror', (error) => problems.push(`${page.url()}: ${error}`))
page.on('requestfailed', (request) => {
  if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`${request.url()}: ${request.failure()?.errorText}`)
})
page.on('request', (request) => {
  if (!request.url().startsWith(base) && !request.url().startsWith('data:')) problems.push(`asks another host: ${request.url()}`)
})

async function search(start, query, expected) {
  await page.goto(base + start, { waitUntil: 'networkidle0' })
  await page.keyboard.down('Control')
  await page.keyboard.press('k')
  await page.keyboard.up('Control')
  await page.waitForSelector('.VPLocalSearchBox input')
  await page.type('.VPLocalSearchBox input', query)
  try {
    await page.waitForFunction(
      (text) => [...document.querySelectorAll('.VPLocalSearchBox .result')].some((result) => result.getAttribute('href')?.includes(text)),
      { timeout: 10_000 },
      expected,
    )
  } catch {
    const found = await page.$$eval('.VPLocalSearchBox .result', (all) => all.map((result) => result.getAttribute('href')))
    problems.push(`searching ${query} from ${start} does not find ${expected}; found: ${found.join(' ') || 'nothing'}`)
    return
  }
  console.log(`docs browser: ${query} is found from ${start}`)
}

await page.setViewport({ width: 1280, height: 800 })
await search('/zh/', '磁盘', '/zh/guides/')
await search('/zh/', '限流', '/zh/concepts/limits-and-rate')
await search('/en/', 'rate limit', '/en/concepts/limits-and-rate')
await search('/en/', 'max_retries', '/en/')

mkdirSync(screenshots, { recursive: true })
const shown = { '/zh/': 'home-zh', '/en/': 'home-en', '/zh/guides/send.html': 'guide-zh', '/en/reference/protocol.html': 'protocol-en' }
for (const [path, name] of Object.entries(shown)) {
  for (const scheme of ['light', 'dark']) {
    for (const [device, width] of [['desktop', 1280], ['phone', 390]]) {
      await page.setViewport({ width, height: 850 })
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await page.goto(base + path, { waitUntil: 'networkidle0' })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (overflow > 0) problems.push(`${path} is ${overflow} px wider than a window of ${width} px`)
      await page.screenshot({ path: join(screenshots, `${name}-${device}-${scheme}.png`) })
    }
  }
}
await browser.close()
server.close()
for (const problem of problems) console.error(problem)
console.log(`docs browser: ${Object.keys(shown).length * 4} screenshots, ${problems.length} problems`)
process.exit(problems.length ? 1 : 0)
