// screenshots.mjs WXPUSHER: takes the pictures of the sandbox's page that the documentation shows, with this command.

import { spawn, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const wxpusher = process.argv[2]
const images = join(dirname(fileURLToPath(import.meta.url)), '..', 'images')
const sandbox = spawn(wxpusher, ['sandbox', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] })
const [said] = await once(sandbox.stdout, 'data')
const base = said.toString().match(/http:\/\/[\d.]+:\d+/)[0]
const environment = { ...process.env, WXPUSHER_BASE_URL: base, WXPUSHER_APP_TOKEN: 'AT_testdemo' }
const send = (...args) => execFileSync(wxpusher, ['send', ...args], { env: environment })
send('备份完成，用时 3 分 12 秒', '--uid', 'UID_testalice')
send('今晚 23:00 停机维护，预计 30 分钟', '--topic', '9701', '--summary', '停机维护')
send('## 磁盘已满\n\n`/dev/sda1` 已用 **100 %**\n\n- /var/log 81 GB\n- /home 12 GB', '--markdown', '--uid', 'UID_testalice', '--summary', '磁盘已满')

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const [language, name] of [['zh', 'sandbox-zh'], ['en', 'sandbox-en']]) {
  const page = await browser.newPage()
  await page.setViewport({ width: 1200, height: 720 })
  await page.evaluateOnNewDocument((value) => localStorage.setItem('wxpusher-language', value), language)
  await page.goto(`${base}/#/people/UID_testalice`)
  await page.waitForFunction(() => document.body.innerText.includes('磁盘已满'))
  await page.evaluate(() => [...document.querySelectorAll('a, button')].find((item) => item.textContent.includes('磁盘已满'))?.click())
  await page.waitForSelector('iframe')
  await new Promise((done) => setTimeout(done, 500))
  await page.screenshot({ path: join(images, `${name}.png`) })
  await page.close()
}
await browser.close()
sandbox.kill()
